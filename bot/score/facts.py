"""Lay out what a story's texts state, in the form that conditions and the ledger look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.types.ids import ConceptId, DocumentId
from bot.types.kinship import Kinship
from bot.types.levels import Authority, Cue, Slot, Stage, Zone
from bot.types.reading import UNNAMED, Event, Mention, Reading, ReadsAs
from bot.types.story import Story, Telling

PARAGRAPH = 350  # characters on either side of a sentence that count as its paragraph; readings keep no paragraphs
UNSAID = frozenset({Cue.NEGATED, Cue.PAST})  # a mention held like this is no evidence of a step now


class StepFact:
    """One event of one telling, as conditions see it (`bot.types.ports.Fact`)."""

    __slots__ = (
        "_kin",
        "_near",
        "all_mentions",
        "authority",
        "event",
        "jurisdiction",
        "mentions",
        "reads_as",
        "source_id",
        "title",
    )

    def __init__(
        self,
        telling: Telling,
        event: Event,
        mentions: Sequence[Mention],
        *,
        kin: Kinship,
        reads_as: ReadsAs | None = None,
    ) -> None:
        self.event = event
        self.authority: Authority = telling.authority
        self.source_id: str = telling.source_id or ""
        self.jurisdiction: str = telling.jurisdiction
        self.title: str = telling.title
        self.reads_as: ReadsAs | None = reads_as
        self.all_mentions: Sequence[Mention] = mentions
        self.mentions: Sequence[Mention] = mentions
        self._kin = kin
        self._near: dict[str, Sequence[Mention]] = {"document": mentions}

    def isa(self, concept: str, ancestor: str) -> bool:
        """True when `concept` is `ancestor` or stands below it."""
        return self._kin.isa(concept, ancestor)

    def family(self, measure: str) -> str:
        """Family of a measure concept."""
        return self._kin.family(measure)

    def look(self, within: str) -> StepFact:
        """The same fact, with `mentions` reaching as far as a rule's `within` says."""
        found = self._near.get(within)
        if found is None:
            found = self._near[within] = near(self.event, self.all_mentions, within)
        self.mentions = found
        return self


def near(event: Event, mentions: Sequence[Mention], within: str) -> Sequence[Mention]:
    """Mentions in the event's sentence, its paragraph, or the whole document.

    A title speaks for its lead: an event of the title has title and lead as its paragraph.
    """
    if within == "document":
        return mentions
    if within == "sentence":
        return [m for m in mentions if event.start <= m.start < event.end]
    head = event.zone is Zone.TITLE
    low, high = event.start - PARAGRAPH, event.end + PARAGRAPH
    return [m for m in mentions if low <= m.start < high or (head and m.zone is not Zone.BODY)]


@dataclass(slots=True)
class Finding:
    """One concept that the story's texts name."""

    concept: ConceptId
    rule: str  # place of the term that fired
    words: dict[str, None] = field(default_factory=dict)  # surfaces in order of appearance


@dataclass(slots=True)
class Evidence:
    """Everything that the lines of a ledger are made from."""

    facts: list[StepFact] = field(default_factory=list)  # events that are not historic
    past: list[StepFact] = field(default_factory=list)  # historic events
    findings: dict[Slot, dict[ConceptId, Finding]] = field(default_factory=dict)
    together: str = ""  # "sentence", "paragraph" or ""
    noise: set[ConceptId] = field(default_factory=set)  # named by every independent text
    in_field: bool = False  # some text names the trade in goods, is official, cites an act or was not read
    reads_as: ReadsAs | None = None  # of the telling that reads most like a new step
    measure_cues: set[Cue] = field(default_factory=set)
    sector_words: dict[str, dict[str, None]] = field(default_factory=dict)  # sector or company -> surfaces
    guessed: bool = False  # no word names the goods of any step
    suppliers: dict[str, dict[str | None, None]] = field(default_factory=dict)
    # goods of the steps, with all that stands above them -> who acts, in order; None for nobody named


def gather(story: Story, readings: Mapping[DocumentId, Reading], kin: Kinship) -> Evidence:
    """Collect the evidence of all tellings; a telling without a reading still gives its events."""
    evidence = Evidence()
    best: ReadsAs | None = None
    noises: list[list[Mention]] = []
    for telling in story.tellings:
        reading = readings.get(telling.document_id)
        mentions = reading.mentions if reading else ()
        for event in reading.events if reading else telling.events:
            fact = StepFact(telling, event, mentions, kin=kin, reads_as=reading.reads_as if reading else None)
            (evidence.past if event.stage is Stage.HISTORIC else evidence.facts).append(fact)
        if reading and reading.reads_as and (best is None or reading.reads_as.new_step > best.new_step):
            best = evidence.reads_as = reading.reads_as
        _collect(mentions, evidence)
        evidence.in_field = evidence.in_field or reading is None or _in_field(telling, reading)
        if reading and telling.copy_of is None:
            noises.append([m for m in mentions if m.slot is Slot.NOISE and m.cue is not Cue.NEGATED])
            evidence.together = _closer(evidence.together, _closeness(reading))
    if noises:
        evidence.noise = set.intersection(*(_noise(found, evidence.facts) for found in noises))
    evidence.guessed = bool(evidence.facts) and all(UNNAMED in fact.event.learned for fact in evidence.facts)
    for fact in evidence.facts:
        for good in kin.widened(fact.event.goods):
            evidence.suppliers.setdefault(good, {})[fact.event.imposer] = None
        _add_named(fact.event, evidence)
        evidence.together = _closer(evidence.together, _togetherness(fact))
    return evidence


def _noise(found: Iterable[Mention], steps: Sequence[StepFact]) -> set[ConceptId]:
    """Noise that a text is held to.

    A text that tells a step is noise only when its head says so, or when every step stands in a sentence with that
    noise; one word elsewhere in the body is an aside.
    """
    found = list(found)
    head = {m.concept for m in found if not steps or m.zone is not Zone.BODY}
    if not steps:
        return head
    spans = {(fact.event.start, fact.event.end) for fact in steps}
    beside = ({m.concept for m in found if start <= m.start < end} for start, end in spans)
    return head | set.intersection(*beside)


def _in_field(telling: Telling, reading: Reading) -> bool:
    """True when a text speaks of trade in goods at all; what a state publishes or cites needs no such word."""
    return (
        telling.authority is Authority.OFFICIAL
        or any(m.slot in (Slot.FIELD, Slot.IDENTIFIER) for m in reading.mentions)
        or any(event.citation or event.agency for event in reading.events)
    )


def _collect(mentions: Iterable[Mention], evidence: Evidence) -> None:
    for mention in mentions:
        if mention.slot is Slot.MEASURE:
            evidence.measure_cues.add(mention.cue)
        if mention.slot is Slot.SECTOR:
            evidence.sector_words.setdefault(mention.concept, {})[mention.surface] = None
        if mention.cue in UNSAID:
            continue
        slot = evidence.findings.setdefault(mention.slot, {})
        finding = slot.get(mention.concept)
        if finding is None:
            finding = slot[mention.concept] = Finding(mention.concept, mention.rule)
        finding.words[mention.surface] = None


def _add_named(event: Event, evidence: Evidence) -> None:
    """What an event names is found, also where its words were only gathered from several mentions."""
    for slot, concepts in ((Slot.MEASURE, (event.measure,)), (Slot.GOODS, event.goods)):
        found = evidence.findings.setdefault(slot, {})
        for concept in concepts:
            if concept not in found:
                found[concept] = Finding(concept, "", dict.fromkeys(event.goods_surface if concept == "other" else ()))


def _closeness(reading: Reading) -> str:
    """How near a measure and goods stand to each other anywhere in the text."""
    measures = [m for m in reading.mentions if m.slot is Slot.MEASURE and m.cue not in UNSAID]
    goods = [m for m in reading.mentions if m.slot is Slot.GOODS and m.cue not in UNSAID]
    if not measures or not goods:
        return ""
    for start, end in reading.sentences:
        if any(start <= m.start < end for m in measures) and any(start <= g.start < end for g in goods):
            return "sentence"
    return "paragraph" if any(abs(m.start - g.start) <= PARAGRAPH for m in measures for g in goods) else ""


def _togetherness(fact: StepFact) -> str:
    event = fact.event
    if not event.goods:
        return ""
    goods = [m for m in fact.all_mentions if m.slot is Slot.GOODS and event.start <= m.start < event.end]
    return "sentence" if goods or event.goods_surface else "paragraph"


def _closer(one: str, other: str) -> str:
    return "sentence" if "sentence" in (one, other) else one or other
