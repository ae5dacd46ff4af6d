"""Run the tests that stand beside the words: what is marked must be found, all else must stay silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.decide.route import run_tests
from bot.tune.texts import case_document
from bot.types.document import Document
from bot.types.kinship import Kinship
from bot.types.levels import Band
from bot.types.place import Place
from bot.types.ports import Reader
from bot.types.reading import Event, Mention, Reading
from bot.types.rules import MarkedText, Rulebook
from bot.types.story import Assessment, LedgerLine

Assess = Callable[[Document], tuple[Reading, Assessment]]


@runtime_checkable
class ReadsWords(Protocol):
    """A reader that can also match words alone, in texts that its gate would not open for."""

    def read_words(self, document: Document, *, lang: str | None = None) -> Reading:
        """Mentions only."""


NOBODY = "none"  # written for an event field that must be empty


class Outcome(StrEnum):
    """How a case ended."""

    PASSED = "passed"
    FAILED = "failed"
    GAP = "gap"  # fails, as its `known_gap` says
    CLOSED = "closed"  # has a `known_gap` and passes now: the mark can go


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test and the file it belongs to."""

    owner: str  # id of the concept, sector or alert rule; "routes" for tests of routes
    kind: str  # concept, sector, alert or routes
    test: MarkedText


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one test."""

    owner: str
    kind: str
    place: Place
    text: str
    outcome: Outcome
    misses: tuple[str, ...] = ()  # one sentence each
    known_gap: str = ""
    score: float | None = None  # when the case was scored
    band: Band | None = None
    ledger: tuple[LedgerLine, ...] = ()  # of a case that missed its band or rule
    found: tuple[tuple[str, str, str], ...] = field(default=())  # unexpected and missed: concept, words, rule


def cases(rulebook: Rulebook) -> tuple[Case, ...]:
    """All marked texts of a rule set, in order of file and line."""
    found = [Case(owner=name, kind="concept", test=test) for name, tests in rulebook.concept_tests for test in tests]
    found += [Case(owner=sector.id, kind="sector", test=test) for sector in rulebook.sectors for test in sector.tests]
    found += [Case(owner=alert.id, kind="alert", test=test) for alert in rulebook.alerts for test in alert.tests]
    return tuple(sorted(found, key=lambda case: case.test.place))


def marked_tests(rulebook: Rulebook, reader: Reader | None, assess: Assess) -> tuple[CaseResult, ...]:
    """Run every test of every file.

    Args:
        rulebook: The rule set.
        reader: Reads a document; made from the same rule set. It spares cases without band or rule the scoring.
        assess: Reads and scores a document as a story of its own.
    """
    return tuple(run_cases(rulebook, reader, assess))


def run_cases(rulebook: Rulebook, reader: Reader | None, assess: Assess) -> Iterator[CaseResult]:
    """The same one by one, for progress bars; tests of routes come last."""
    kin = Kinship(rulebook.lexicon)
    for case in cases(rulebook):
        yield run_case(case, kin, reader, assess)
    yield from route_tests(rulebook)


def route_tests(rulebook: Rulebook) -> Iterator[CaseResult]:
    """The tests of routes.yml: where an imagined alert goes."""
    failed = {test.place: why for test, why in run_tests(rulebook.routing)}
    for test in rulebook.routing.tests:
        about = f"{test.band}{' for ' + ', '.join(test.sectors) if test.sectors else ''}"
        why = failed.get(test.place)
        yield CaseResult(
            owner="routes",
            kind="routes",
            place=test.place,
            text=about,
            outcome=Outcome.FAILED if why else Outcome.PASSED,
            misses=(why,) if why else (),
        )


def run_case(case: Case, kin: Kinship, reader: Reader | None, assess: Assess) -> CaseResult:
    """Run one test."""
    test = case.test
    document, marks = case_document(test)
    assessment: Assessment | None = None
    if reader is None or test.band or test.says_rule or test.silent_rule:
        reading, assessment = assess(document)
    else:
        reading = reader.read(document, lang=test.lang)
    words: object = reader
    if case.kind == "concept" and not reading.mentions and isinstance(words, ReadsWords):
        # In operation a text without measure or goods is not read at all; here the words of cues and actors are tried.
        reading = words.read_words(document, lang=test.lang)
    own = {case.owner} if case.kind == "concept" else set()
    strays = _strays(reading.mentions, marks, own, kin)
    lost = _lost(document.full, reading.mentions, marks, kin)
    misses = [f"missed {concept} “{words}”" for concept, words, _ in lost]
    misses += [
        f"unexpected {concept} “{words}”, found by {rule or 'the reader itself'}" for concept, words, rule in strays
    ]
    if test.event:
        misses += _event_misses(test.event, reading.events, kin)
    score, band, ledger = _scored(test, assessment)
    verdicts = _score_misses(test, assessment, band, score)
    return CaseResult(
        owner=case.owner,
        kind=case.kind,
        place=test.place,
        text=document.full.strip(),
        outcome=_outcome(test, failed=bool(misses or verdicts)),
        misses=(*misses, *verdicts),
        known_gap=test.known_gap or "",
        score=score,
        band=band,
        ledger=ledger if verdicts else (),
        found=(*lost, *strays),
    )


def _outcome(test: MarkedText, *, failed: bool) -> Outcome:
    if test.known_gap:
        return Outcome.GAP if failed else Outcome.CLOSED
    return Outcome.FAILED if failed else Outcome.PASSED


def _lost(
    full: str, mentions: Sequence[Mention], marks: Sequence[tuple[int, int, str]], kin: Kinship
) -> tuple[tuple[str, str, str], ...]:
    """Marks that no mention of the concept, or of one below it, touches."""
    return tuple(
        (concept, full[start:end], "")
        for start, end, concept in marks
        if not any(m.start < end and start < m.end and kin.isa(m.concept, concept) for m in mentions)
    )


def _strays(
    mentions: Sequence[Mention], marks: Sequence[tuple[int, int, str]], own: set[str], kin: Kinship
) -> tuple[tuple[str, str, str], ...]:
    """Mentions of the concepts in question where no mark asks for them."""
    concerned = own | {concept for _, _, concept in marks}
    return tuple(
        (m.concept, m.surface, m.rule)
        for m in mentions
        if m.concept in concerned
        and not any(
            m.start < end and start < m.end and kin.related(m.concept, concept) for start, end, concept in marks
        )
    )


def _scored(
    test: MarkedText, assessment: Assessment | None
) -> tuple[float | None, Band | None, tuple[LedgerLine, ...]]:
    """Score, band and ledger in question: of the test's sector, else of the whole."""
    if assessment is None:
        return None, None, ()
    if test.sector is None:
        return assessment.score, assessment.band, assessment.ledger
    own = next((score for score in assessment.sectors if score.sector == test.sector), None)
    if own is None:
        # Nothing in the text concerns the sector, so nobody there hears of it.
        return 0.0, Band.ARCHIVE, assessment.ledger
    return own.score, own.band, own.ledger


def _score_misses(
    test: MarkedText, assessment: Assessment | None, band: Band | None, score: float | None
) -> tuple[str, ...]:
    if assessment is None:
        return ()
    misses = []
    if test.band is not None and band is not test.band:
        exposed = test.sector is None or any(s.sector == test.sector for s in assessment.sectors)
        note = "" if exposed else f", {test.sector} is not exposed"
        misses.append(f"band {band} ({score:g} points{note}), expected {test.band}")
    held = {*assessment.rules, *assessment.shadow_rules}
    if test.says_rule and test.says_rule not in held:
        near = next((miss for miss in assessment.near_misses if test.says_rule in miss), "")
        misses.append(f"rule {test.says_rule} does not hold" + (f": {near}" if near else ""))
    if test.silent_rule and test.silent_rule in held:
        misses.append(f"rule {test.silent_rule} holds, but must not")
    return tuple(misses)


# -- events --------------------------------------------------------------------------------------------------------


def _event_misses(wanted: Mapping[str, str], events: Sequence[Event], kin: Kinship) -> list[str]:
    if not events:
        return ["no event found"]
    first = events[0]
    misses = []
    for key, value in wanted.items():
        found = _event_field(first, key, kin)
        if not _fits(key, value, found, kin):
            misses.append(f"event {key} is {_shown(found)}, expected {value or 'nobody in particular'}")
    return misses


def _event_field(event: Event, key: str, kin: Kinship) -> tuple[str, ...]:
    """A field of an event as texts; nothing when it is empty."""
    if key == "family":
        return (kin.family(event.measure),)
    value = getattr(event, key)
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple(str(item) for item in value)
    return (value.isoformat() if hasattr(value, "isoformat") else str(value),)


def _fits(key: str, wanted: str, found: tuple[str, ...], kin: Kinship) -> bool:
    options = tuple(wanted.split(",")) if wanted else ()
    if key == "stage":
        return bool(found) and found[0] in options
    if key == "measure":
        return bool(found) and kin.isa(found[0], wanted)
    if key == "goods":
        asked = all(any(kin.isa(good, option) for good in found) for option in options)
        return asked and all(any(kin.related(good, option) for option in options) for good in found)
    if key == "targets":
        return set(options) == set(found)
    return (wanted,) == (found or (NOBODY,))


def _shown(found: tuple[str, ...]) -> str:
    return ", ".join(found) or "not set"
