"""Draw ideas from votes: words that part false alerts from useful ones, what a rule could leave out, words to learn.

Plain counting: in how many stories a word, phrase, source or piece of a title occurs, and in how many others it does
not. An idea is no suggestion yet; what it does is found out by reading again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean

from bot.tune.votes.cases import Corpus
from bot.tune.votes.jury import Judged, Jury
from bot.tune.votes.tokens import SPACELESS, Token, around, folded, spaced, tokens
from bot.types.document import Document
from bot.types.ids import ConceptId, StoryId
from bot.types.kinship import kinship
from bot.types.levels import Slot, Stage, Status
from bot.types.lexicon import Concept
from bot.types.reading import Mention, Reading
from bot.understand.reader import common_words, function_words

INSIDE, NEAR, MAYBE = "inside", "near", "maybe"  # lists of a concept
SOURCE, TITLE = "source", "title_has"  # conditions of an exception
FEWEST = 2  # stories that must speak for a word
FEWEST_MUTED = 3  # for an exception, which mutes more than a word
EVERYDAY = 0.1  # share of the archive's texts above which a word says nothing
_FEWEST_TEXTS = 30  # of a language, before shares of them mean anything
_TRIED_CONCEPTS = 3  # measures to which a new word is tried
_TITLE_WORDS = range(2, 6)
_TITLE_SIGNS = range(4, 9)  # characters, where words have no spaces between them
_ORDER = (INSIDE, TITLE, SOURCE, NEAR, MAYBE)  # at equal support, what says more about the text comes first
_READ_CHARS = 4000  # of a text of the sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """Something that could be added to a file."""

    kind: str  # inside, near or maybe of a concept; source or title_has as an exception of an alert rule
    target: str  # id of the concept or alert rule
    lang: str  # of the word; "" for exceptions
    entry: str  # word, phrase, source id or piece of a title
    support: frozenset[StoryId]
    rank: tuple[object, ...] = ()  # after support; smaller is better

    @property
    def order(self) -> tuple[object, ...]:
        """Best first."""
        return (-len(self.support), _ORDER.index(self.kind), *self.rank, self.entry, self.target)


@dataclass(slots=True)
class _Tally:
    """Where a word stands."""

    stories: set[StoryId] = field(default_factory=set)
    reach: list[int] = field(default_factory=list)  # characters between it and what it stands beside


_Key = tuple[str, ConceptId, str, str]  # kind, concept, language, word


# -- words against false alerts ------------------------------------------------------------------------------------


def silencers(jury: Jury, corpus: Corpus) -> list[Idea]:
    """Phrases that swallow and words that silence what made false steps, found in no useful story."""
    tallies: dict[_Key, _Tally] = defaultdict(_Tally)
    for each in jury.false_alerts:
        for document, reading in _texts(each):
            for key, reach in _around_steps(document, reading):
                tallies[key].stories.add(each.case.story.id)
                tallies[key].reach.append(reach)
    kept = {key: tally for key, tally in tallies.items() if len(tally.stories) >= FEWEST}
    for key in _useful_words(jury.useful, kept):
        kept.pop(key, None)
    shares = _Shares(corpus, {lang for _, _, lang, _ in kept})
    found = []
    for (kind, concept, lang, word), tally in kept.items():
        share = shares.of(word, lang, of_least=_FEWEST_TEXTS) if kind == NEAR else 0.0
        if share <= EVERYDAY:
            rank = (share, round(fmean(tally.reach)), -len(word))
            found.append(
                Idea(kind=kind, target=concept, lang=lang, entry=word, support=frozenset(tally.stories), rank=rank)
            )
    return _longest(found)


def _around_steps(document: Document, reading: Reading) -> Iterator[tuple[_Key, int]]:
    """Phrases and words around the mentions that made a step, and how far off they stand."""
    full, lang = document.full, reading.lang
    for event in (event for event in reading.events if event.stage is not Stage.HISTORIC):
        beside = _free(tokens(full[event.start : event.end], lang, shift=event.start), reading)
        for mention in _makers(reading.mentions, event.evidence):
            for phrase, more in around(full, mention.start, mention.end, lang):
                # The words of a step beside one another are no look-alike of it, and "the" or "of" makes none.
                if more.text not in function_words(lang) and not _overlaps(more, reading.mentions):
                    yield (INSIDE, mention.concept, lang, phrase), 0
            for token in beside:
                yield (NEAR, mention.concept, lang, token.text), _apart(token, mention)


def _makers(mentions: Iterable[Mention], evidence: Iterable[tuple[int, int]]) -> list[Mention]:
    """Mentions of measures and goods from which a step was made."""
    spans = list(evidence)
    return [
        m
        for m in mentions
        if m.slot in (Slot.MEASURE, Slot.GOODS) and any(m.start < end and start < m.end for start, end in spans)
    ]


def _useful_words(useful: Iterable[Judged], wanted: Iterable[_Key]) -> set[_Key]:
    """Which of these phrases and words useful stories hold, words in one sentence with the concept."""
    keys = list(wanted)
    found: set[_Key] = set()
    for document, reading in (text for each in useful for text in _texts(each)):
        text = spaced(document.full)
        beside: dict[ConceptId, set[str]] = defaultdict(set)
        for start, end in reading.sentences:
            words = {token.text for token in tokens(document.full[start:end], reading.lang)}
            for mention in reading.mentions:
                if start <= mention.start < end:
                    beside[mention.concept] |= words
        found |= {
            key for key in keys if (key[3] in text if key[0] == INSIDE else key[3] in beside.get(key[1], frozenset()))
        }
    return found


# -- exceptions of alert rules -------------------------------------------------------------------------------------


def mutes(jury: Jury) -> list[Idea]:
    """Sources, and pieces of titles, of which a rule alerted false stories only."""
    sources = {source.id for source in jury.rulebook.sources}
    found = []
    for rule in (rule for rule in jury.rulebook.alerts if rule.status is Status.LIVE):
        held = [each for each in jury.standings if rule.id in each.assessment.rules]
        false = [each for each in held if each.case.false and each.alerts]
        useful = [each for each in held if each.case.useful]
        for kind, marks in ((SOURCE, _sources), (TITLE, _pieces)):
            tally: dict[str, set[StoryId]] = defaultdict(set)
            for each in false:
                for mark in marks(each):
                    tally[mark].add(each.case.story.id)
            for mark, stories in tally.items():
                known = kind != SOURCE or mark in sources
                if len(stories) >= FEWEST_MUTED and known and not any(_bears(each, kind, mark) for each in useful):
                    found.append(
                        Idea(
                            kind=kind,
                            target=rule.id,
                            lang="",
                            entry=mark,
                            support=frozenset(stories),
                            rank=(-len(mark),),
                        )
                    )
    return _longest(found)


def _sources(standing: Judged) -> set[str]:
    """The one source that tells a story."""
    found = {telling.source_id or "" for telling in standing.case.story.tellings}
    return found if len(found) == 1 else set()


def _pieces(standing: Judged) -> set[str]:
    """Pieces of the lead's title that are no part of what it tells: the name of a column, not the step itself.

    Two to five words, the first and last of them no function words; four to eight characters without spaces.
    """
    lead = standing.case.story.lead_id
    document = next((d for d in standing.case.documents if d.id == lead), None)
    if document is None:
        return set()
    reading = standing.readings[lead]
    told = [(m.start, m.end) for m in reading.mentions]
    found: set[str] = set()
    for start, end in _gaps(len(document.title), told):
        text = folded(document.title[start:end])
        if reading.lang in SPACELESS:
            found |= {text[at : at + size] for size in _TITLE_SIGNS for at in range(len(text) - size + 1)}
        else:
            found |= set(_phrases(text, reading.lang))
    title = folded(document.title)
    return {piece for piece in found if piece in title}


def _gaps(length: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What spans leave of a text."""
    at = 0
    for start, end in sorted(spans):
        if start > at:
            yield at, min(start, length)
        at = max(at, end)
    if at < length:
        yield at, length


def _phrases(text: str, lang: str) -> Iterator[str]:
    empty, common = function_words(lang), common_words(lang)
    cut = text.split()
    for size in _TITLE_WORDS:
        for at in range(len(cut) - size + 1):
            run = cut[at : at + size]
            if "".join(run).isalpha() and not {run[0], run[-1]} & empty and not common.issuperset(run):
                yield " ".join(run)


def _bears(standing: Judged, kind: str, mark: str) -> bool:
    tellings = standing.case.story.tellings
    if kind == SOURCE:
        return any(telling.source_id == mark for telling in tellings)
    return any(mark in folded(telling.title) for telling in tellings)


# -- words for what was missed -------------------------------------------------------------------------------------


def words(jury: Jury, corpus: Corpus, ungated: Callable[[Document], Reading]) -> list[Idea]:
    """Words beside goods and actors of missed stories that no false or unvoted text has, for measures they could name.

    A word becomes a `maybe` word, which counts only beside what the measure's file asks for.
    """
    beside: dict[tuple[str, str], dict[StoryId, set[ConceptId]]] = defaultdict(dict)
    for each in jury.missed:
        for document in each.case.documents:
            reading = ungated(document)
            for token, concepts in _near_named(document, reading):
                beside[reading.lang, token.text].setdefault(each.case.story.id, set()).update(concepts)
    kept = {key: stories for key, stories in beside.items() if len(stories) >= FEWEST}
    others = _Shares(corpus, {lang for lang, _ in kept})
    others.add(text for each in jury.standings if each.case.false for text in _texts(each))
    alerts = _Shares(replace(corpus, quiet=()), {lang for lang, _ in kept})
    alerts.add(text for each in jury.useful if each.alerts for text in _texts(each))
    found: list[Idea] = []
    for (lang, word), stories in kept.items():
        # What useful alerts say too is hardly what made the others be missed.
        if others.of(word, lang) == 0 and alerts.of(word, lang) <= EVERYDAY:
            found += _for_measures(jury, lang, word, stories)
    return _longest(found)


def _near_named(document: Document, reading: Reading) -> Iterator[tuple[Token, set[ConceptId]]]:
    """Words in sentences with goods or actors, with the concepts of the sentence."""
    for start, end in reading.sentences:
        named = [m for m in reading.mentions if start <= m.start < end and m.slot in (Slot.GOODS, Slot.ACTOR)]
        if named:
            cut = tokens(document.full[start:end], reading.lang, shift=start)
            for token in _free(cut, reading):
                yield token, {m.concept for m in named}


def _for_measures(jury: Jury, lang: str, word: str, stories: Mapping[StoryId, set[ConceptId]]) -> Iterator[Idea]:
    """The word for the measures that useful stories tell most, where their files ask for what stands beside it."""
    kin = kinship(jury.rulebook.lexicon)
    told = Counter(
        event.measure for each in jury.useful for reading in each.readings.values() for event in reading.events
    )

    def fits(concept: Concept, beside: Iterable[ConceptId]) -> bool:
        return any(kin.isa(other, need) for other in beside for need in concept.maybe_needs)

    measures = [
        concept
        for concept in jury.rulebook.lexicon.concepts
        if concept.slot is Slot.MEASURE and concept.status is Status.LIVE and concept.maybe_needs
    ]
    measures.sort(key=lambda concept: (-told[concept.id], concept.id))
    tried = 0
    for concept in measures:
        support = frozenset(story for story, beside in stories.items() if fits(concept, beside))
        if len(support) >= FEWEST and tried < _TRIED_CONCEPTS:
            tried += 1
            rank = (-len(word), word, tried)
            yield Idea(kind=MAYBE, target=concept.id, lang=lang, entry=word, support=support, rank=rank)


# -- what all share ------------------------------------------------------------------------------------------------


class _Shares:
    """In which share of texts a word occurs, per language."""

    def __init__(self, corpus: Corpus, langs: Iterable[str]) -> None:
        self._langs = frozenset(langs)
        self._texts: Counter[str] = Counter()
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self.add(corpus.quiet)

    def add(self, texts: Iterable[tuple[Document, Reading]]) -> None:
        """Count more texts."""
        for document, reading in texts:
            if reading.lang in self._langs:
                self._texts[reading.lang] += 1
                cut = tokens(document.full[:_READ_CHARS], reading.lang)
                self._words[reading.lang].update({token.text for token in cut})

    def of(self, word: str, lang: str, *, of_least: int = 1) -> float:
        """Share of the language's texts that hold a word; of fewer than `of_least` texts, as if there were so many."""
        return self._words[lang][word] / max(self._texts[lang], of_least)


def _texts(standing: Judged) -> Iterator[tuple[Document, Reading]]:
    for document in standing.case.documents:
        yield document, standing.readings[document.id]


def _free(cut: Iterable[Token], reading: Reading) -> list[Token]:
    """Words that no file knows yet and that do not stand in texts on any subject."""
    common = common_words(reading.lang)
    return [token for token in cut if token.text not in common and not _overlaps(token, reading.mentions)]


def _overlaps(token: Token, mentions: Iterable[Mention]) -> bool:
    return any(m.start < token.end and token.start < m.end for m in mentions)


def _apart(token: Token, mention: Mention) -> int:
    return max(0, token.start - mention.end, mention.start - token.end)


def _longest(ideas: Iterable[Idea]) -> list[Idea]:
    """Ideas, best first, without pieces of longer ones that the same stories speak for."""
    kept: dict[tuple[str, str, str, frozenset[StoryId]], list[Idea]] = defaultdict(list)
    for idea in sorted(ideas, key=lambda idea: (-len(idea.entry), idea.entry)):
        alike = kept[idea.kind, idea.target, idea.lang, idea.support]
        if not any(idea.entry in other.entry for other in alike):
            alike.append(idea)
    return sorted((idea for alike in kept.values() for idea in alike), key=lambda idea: idea.order)
