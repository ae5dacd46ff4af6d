"""Suggest words and exceptions from votes, each tried by reading again before anyone sees it; nothing is applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.rulebook.changing import Head, Proposed, adding
from bot.rulebook.nodes import Seq
from bot.rulebook.shelf import Layers
from bot.rulebook.terms import TermError, parse_term
from bot.rulebook.three_way import value_at
from bot.score.index import known_conditions
from bot.tune.votes.cases import Case, Corpus
from bot.tune.votes.ideas import (
    FEWEST,
    FEWEST_MUTED,
    INSIDE,
    MAYBE,
    NEAR,
    SOURCE,
    TITLE,
    Idea,
    mutes,
    silencers,
    words,
)
from bot.tune.votes.jury import Effect, Jury, ids
from bot.tune.votes.proposing import Maker
from bot.types.document import Document
from bot.types.ids import StoryId
from bot.types.lexicon import Concept, Lexicon, Term
from bot.types.place import Place
from bot.types.reading import Reading
from bot.types.rules import AlertRule, ConditionUse, ExceptionRow, Rulebook

COMMAND = "monazite rules suggest"
PREFIX = "suggest-"  # of the names of files
MOST = 10  # suggestions at a time: a person reads them all
TRIALS = 24  # times that texts are read again for each kind of idea, a second or two each
MUTED_FOR = timedelta(days=90)
_MUTES = frozenset({SOURCE, TITLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something worth adding, and what it was seen to do."""

    what: str  # one line
    evidence: str  # one sentence
    titles: tuple[str, ...]  # of the stories that it silences or finds
    stories: tuple[StoryId, ...]
    idea: Idea
    file: Proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the votes suggest."""

    suggestions: tuple[Suggestion, ...]
    votes: int  # stories with votes that were looked at
    false_alerts: int  # alerts of today's words that readers did not find useful
    missed: int  # useful stories that were not alerted and would not be today
    sampled: int  # texts without a step that stand for the rest of the archive
    tried: int  # ideas that were tried
    harmful: int  # of them: those that would lose a useful alert or make a false one
    gone: int  # stories with votes whose texts are gone


@dataclass(slots=True)
class _Chosen:
    """Ideas that proved good, and what they take care of."""

    kept: list[tuple[Idea, Effect]]
    covered: set[StoryId]
    tried: int = 0
    harmful: int = 0


def suggest(
    corpus: Corpus,
    jury: Jury,
    layers: Layers,
    maker: Maker,
    *,
    ungated: Callable[[Document], Reading],
    first: int = 1,
) -> Advice:
    """Words that silence false alerts, exceptions of rules, and words for what was missed; the best per problem.

    Args:
        corpus: Stories with votes, and a sample of the archive.
        jury: The same stories, read by the words in force.
        layers: The files, for where an entry goes.
        maker: Who asks, and when.
        ungated: Reads a text with all words, whatever the gate says.
        first: Number of the first change file.
    """
    chosen = _Chosen([], set())
    against = sorted((*silencers(jury, corpus), *mutes(jury)), key=lambda idea: idea.order)
    _choose(against, jury, layers, maker, chosen)
    _choose(words(jury, corpus, ungated), jury, layers, maker, chosen)
    kept = sorted(chosen.kept, key=lambda pair: -len(_hit(pair[1])))[:MOST]
    return Advice(
        suggestions=tuple(
            _suggestion(idea, effect, jury, layers, maker, number) for number, (idea, effect) in enumerate(kept, first)
        ),
        votes=len(jury.standings),
        false_alerts=len(jury.false_alerts),
        missed=len(jury.missed),
        sampled=len(corpus.quiet),
        tried=chosen.tried,
        harmful=chosen.harmful,
        gone=corpus.gone,
    )


def _choose(ideas: Iterable[Idea], jury: Jury, layers: Layers, maker: Maker, chosen: _Chosen) -> None:
    """Keep ideas that do good and no harm, each for stories that no better one takes care of."""
    readings = 0
    for idea in ideas:
        fewest = FEWEST_MUTED if idea.kind in _MUTES else FEWEST
        if len(idea.support - chosen.covered) < fewest or (idea.kind not in _MUTES and readings >= TRIALS):
            continue
        changed = applied(idea, jury.rulebook, layers, maker)
        if changed is None:
            continue
        readings += idea.kind not in _MUTES
        chosen.tried += 1
        effect = jury.try_out(changed)
        if not effect.harmless:
            chosen.harmful += 1
        elif len(fresh := ids(_hit(effect)) - chosen.covered) >= fewest:
            chosen.covered |= fresh
            chosen.kept.append((idea, effect))


def _hit(effect: Effect) -> list[Case]:
    """What an effect is good for."""
    return [*effect.silenced, *effect.found]


# -- an idea as a rule set -----------------------------------------------------------------------------------------


def applied(idea: Idea, rulebook: Rulebook, layers: Layers, maker: Maker) -> Rulebook | None:
    """The rule set with the idea in force; None when the word is none that a file could hold."""
    if idea.kind in _MUTES:
        alerts = tuple(_muted(rule, idea, maker) if rule.id == idea.target else rule for rule in rulebook.alerts)
        return replace(rulebook, alerts=alerts)
    place = Place(path="suggested", line=1)
    try:
        terms = parse_term(idea.entry, lang=_listed_under(idea, layers)[1], sure=idea.kind != MAYBE, place=place)
    except TermError:
        return None
    concepts = tuple(
        _worded(concept, idea.kind, terms) if concept.id == idea.target else concept
        for concept in rulebook.lexicon.concepts
    )
    return replace(rulebook, lexicon=Lexicon(concepts=concepts, hash=f"{rulebook.lexicon.hash}+{idea.order}"))


def _worded(concept: Concept, kind: str, terms: tuple[Term, ...]) -> Concept:
    if kind == INSIDE:
        return replace(concept, inside=(*concept.inside, *terms))
    if kind == NEAR:
        return replace(concept, near=(*concept.near, *terms))
    return replace(concept, terms=(*concept.terms, *terms))


def _muted(rule: AlertRule, idea: Idea, maker: Maker) -> AlertRule:
    params = known_conditions()[idea.kind].parse(idea.entry)
    row = ExceptionRow(
        id="suggested",
        if_=(ConditionUse(name=idea.kind, params=params, place=rule.place),),
        until=maker.today + MUTED_FOR,
        owner=maker.owner,
        why="tried",
        place=rule.place,
    )
    return replace(rule, exceptions=(*rule.exceptions, row))


# -- an idea as a file ---------------------------------------------------------------------------------------------


def _suggestion(idea: Idea, effect: Effect, jury: Jury, layers: Layers, maker: Maker, number: int) -> Suggestion:
    cases = _hit(effect)
    evidence = _evidence(effect, jury)
    name = f"{PREFIX}{maker.today.isoformat()}-{number}"
    head = Head(id=name, owner=maker.owner, why=evidence, made_by=COMMAND)
    return Suggestion(
        what=_what(idea, layers),
        evidence=evidence,
        titles=tuple(case.title for case in cases),
        stories=tuple(case.story.id for case in cases),
        idea=idea,
        file=_file(idea, effect, jury, layers, maker, head),
    )


def _evidence(effect: Effect, jury: Jury) -> str:
    said = []
    if effect.silenced:
        said.append(f"silences {len(effect.silenced)} of {len(jury.false_alerts)} false alerts")
    if effect.found:
        loud = f", {len(effect.alerted)} of them as alerts" if effect.alerted else ""
        said.append(f"finds {len(effect.found)} of {len(jury.missed)} missed stories{loud}")
    useful = sum(each.alerts for each in jury.useful)
    return f"{' and '.join(said)}; 0 of {useful} useful alerts lost"


def _what(idea: Idea, layers: Layers) -> str:
    if idea.kind == SOURCE:
        return f"{idea.target}: an exception for what {idea.entry} tells"
    if idea.kind == TITLE:
        return f'{idea.target}: an exception for titles with "{idea.entry}"'
    return f'{idea.target}: {_listed_under(idea, layers)[0]} + "{idea.entry}"'


def _file(idea: Idea, effect: Effect, jury: Jury, layers: Layers, maker: Maker, head: Head) -> Proposed:
    if idea.kind not in _MUTES:
        return adding(
            layers, _kind_of(idea.target, layers), idea.target, {_listed_under(idea, layers)[0]: [idea.entry]}, head
        )
    false = len(effect.silenced)
    row = {
        "id": head.id,
        "if": {idea.kind: idea.entry},
        "until": (maker.today + MUTED_FOR).isoformat(),
        "owner": maker.owner,
        "why": f"{false} alerts were voted not useful and none useful, of {len(jury.standings)} stories with votes",
    }
    return adding(layers, "alert", idea.target, {"exceptions": [row]}, head)


def _listed_under(idea: Idea, layers: Layers) -> tuple[str, str]:
    """Key path of the list that takes a word, and the language for which it then counts."""
    path = idea.kind if idea.kind == MAYBE else f"not_when.{idea.kind}"
    root = layers.merged[_kind_of(idea.target, layers), idea.target].root
    # A bare list counts for every language; a language cannot be added to it.
    bare = isinstance(value_at(root, path), Seq)
    return (path, "*") if bare else (f"{path}.{idea.lang}", idea.lang)


def _kind_of(concept: str, layers: Layers) -> str:
    return next(kind for kind in ("concept", "actor") if (kind, concept) in layers.merged)
