"""What a text says: mentions and events, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.types.ids import ConceptId, DocumentId
from bot.types.levels import Cue, Direction, Slot, Stage, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One hit of one concept. Made by understand; `document.full[start:end] == surface`."""

    concept: ConceptId
    slot: Slot
    surface: str
    start: int  # offset into Document.full
    end: int
    zone: Zone
    cue: Cue
    rule: str  # "concepts/export-ban.yml:12"; "" for what no rule file holds
    value: str = ""  # actors: jurisdiction; identifiers: normalised code; cues and stages: the cue


UNNAMED = "unnamed-goods"  # among what was learned of an event: no word names its goods


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A step of a state as one text tells it. Made by understand."""

    measure: ConceptId
    direction: Direction
    stage: Stage
    imposer: str | None  # ISO 3166 alpha-2, EU, WTO
    targets: tuple[str, ...]  # ISO codes; empty = all countries or unsaid
    goods: tuple[ConceptId, ...]  # "other" stands for goods no file knows; see goods_surface
    start: int  # span of the sentence, offsets into Document.full
    end: int
    confidence: float  # 0..1
    zone: Zone  # of the sentence
    evidence: tuple[tuple[int, int], ...]  # spans of the words that made the event
    agency: ConceptId | None = None
    goods_surface: tuple[str, ...] = ()  # words of unknown goods, as written
    end_use: str | None = None  # "military", "civil-excepted", or None
    announced: date | None = None
    effective: date | None = None
    until: date | None = None  # end of a suspension or of the measure
    citation: str | None = None  # normalised key "issuer:year:number", e.g. "cn-mofcom:2026:1"
    acts: tuple[str, ...] = ()  # earlier acts that the step changes, as such keys; "#2" behind one: a clause of it
    reported: bool = False  # known from others ("state media say")
    limits: tuple[str, ...] = ()  # scope limits in the text's own words
    learned: tuple[str, ...] = ()  # slots that the learned reader filled or changed, maybe UNNAMED

    @property
    def named_goods(self) -> tuple[ConceptId, ...]:
        """Goods that the text names; what it only seems to be about counts for rules, but nobody is told so."""
        return () if UNNAMED in self.learned else self.goods


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A labelled example that reads like the text: the reason of a learned verdict."""

    label: str  # alert, context or irrelevant
    title: str
    cosine: float  # of the two encodings, -1..1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsAs:
    """How a text reads as a whole, by the learned reader; the chances sum to 1."""

    new_step: float
    context: float  # of the field, but no new step
    other: float
    like: tuple[Likeness, ...] = ()  # nearest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was understood of one document. Made by understand."""

    document_id: DocumentId
    lang: str  # code of bot/understand/languages, or another ISO 639 code when unread
    lang_confidence: float  # 0..1
    mentions: tuple[Mention, ...]  # in order of start
    events: tuple[Event, ...]  # most confident first
    reader_version: str  # hash of lexicon and reader code
    degraded: tuple[str, ...] = ()  # e.g. "language-not-read", "killed", "truncated"
    sentences: tuple[tuple[int, int], ...] = ()  # spans of sentences that hold mentions
    reads_as: ReadsAs | None = None  # None: words alone settled it, or no learned reader is set up
