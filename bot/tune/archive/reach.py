"""Say what of a rule set the archive never needed: idle terms, rules that never held, sectors that no alert reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.decide.route import matches, subject
from bot.score.judging import MUTED_BY
from bot.storage import Transaction
from bot.tune.texts import text_document
from bot.types.ids import ConceptId
from bot.types.levels import Band, Slot, Status
from bot.types.lexicon import Concept, Lexicon, Term
from bot.types.rules import Rulebook
from bot.understand.reader import SpacyReader

EVERYWHERE = "*"

Surfaces = Mapping[tuple[ConceptId, str], Mapping[str, int]]  # (concept, language) -> words as written -> how often


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How the words of one concept fared."""

    concept: ConceptId
    hits: int  # mentions
    used: int  # terms that found something
    idle: tuple[Term, ...]  # that found nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a stretch of the archive made of a rule set."""

    documents: int
    stories: int
    words: tuple[Usage, ...]  # in order of id
    rules: tuple[str, ...]  # live alert rules that never held
    sectors: tuple[str, ...]  # live sectors that no alert reached
    mutes: tuple[str, ...]  # silences and exceptions that kept nothing quiet


def reach(tx: Transaction, rulebook: Rulebook, start: datetime, end: datetime) -> Reach:
    """What was found, held and reached between two times, as it was read and weighed then."""
    documents, stories = tx.archive.counts(start, end)
    held: set[str] = set()
    reached: set[str] = set()
    muting: set[str] = set()
    for story, found in tx.stories.week(start, end, having="rules"):
        held.update(found.rules)
        reached.update(score.sector for score in found.sectors if score.band.rank >= Band.ALERT.rank)
        about = subject(found, story)
        muting.update(silence.id for silence in rulebook.routing.silences if matches(silence.if_, about))
    for _, found in tx.stories.week(start, end, having="near_misses"):
        muting.update(hit[1] for miss in found.near_misses if (hit := MUTED_BY.search(miss)))
    return Reach(
        documents=documents,
        stories=stories,
        words=tuple(usage(rulebook.lexicon, tx.archive.surfaces(start, end))),
        rules=tuple(rule.id for rule in rulebook.alerts if rule.status is Status.LIVE and rule.id not in held),
        sectors=tuple(s.id for s in rulebook.sectors if s.status is Status.LIVE and s.id not in reached),
        mutes=tuple(name for name in _mutes(rulebook) if name not in muting),
    )


def _mutes(rulebook: Rulebook) -> Iterator[str]:
    yield from (silence.id for silence in rulebook.routing.silences)
    yield from (row.id for rule in rulebook.alerts if rule.status is Status.LIVE for row in rule.exceptions)


def usage(lexicon: Lexicon, surfaces: Surfaces) -> Iterator[Usage]:
    """Which terms find the words that mentions of their concept showed."""
    known = lexicon.by_id()
    found: dict[ConceptId, set[int]] = {}
    for lang in sorted({lang for _, lang in surfaces}):
        named = {concept: words for (concept, code), words in surfaces.items() if code == lang and concept in known}
        for name, number in _hits(lang, named, known):
            found.setdefault(name, set()).add(number)
    for concept in sorted(lexicon.concepts, key=lambda c: c.id):
        used = found.get(concept.id, set())
        yield Usage(
            concept=concept.id,
            hits=sum(sum(words.values()) for (name, _), words in surfaces.items() if name == concept.id),
            used=len(used),
            idle=tuple(term for number, term in enumerate(concept.terms) if number not in used),
        )


def _hits(
    lang: str, named: Mapping[ConceptId, Mapping[str, int]], known: Mapping[ConceptId, Concept]
) -> Iterator[tuple[ConceptId, int]]:
    """Concept and number of every term that finds one of its concept's words, read alone."""
    terms = {
        ConceptId(f"{concept} {number}"): term
        for concept in named
        for number, term in enumerate(known[concept].terms)
        if term.lang in (lang, EVERYWHERE)
    }
    reader = SpacyReader(Lexicon(concepts=tuple(_alone(known, name, term) for name, term in terms.items()), hash=""))
    for words in _distinct(named.values()):
        for mention in reader.read_ungated(text_document(words, lang=lang), lang=lang).mentions:
            concept, _, number = mention.concept.partition(" ")
            if words in named.get(ConceptId(concept), ()):
                yield ConceptId(concept), int(number)


def _alone(known: Mapping[ConceptId, Concept], name: ConceptId, term: Term) -> Concept:
    """A concept of one term, which nothing silences."""
    concept = known[ConceptId(name.partition(" ")[0])]
    return replace(
        concept, id=name, slot=Slot.GOODS, parent=None, maybe_needs=(), inside=(), near=(),
        terms=(replace(term, sure=True),), hs=(), cas=(), eccn=(),
    )  # fmt: skip


def _distinct(lists: Iterable[Iterable[str]]) -> Sequence[str]:
    return sorted({words for words in lists for words in words})
