"""A real-world step across sources and languages, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.types.ids import ConceptId, DocumentId, RuleId, SectorId, SourceId, StoryId
from bot.types.levels import Authority, Band, Slot, Stage
from bot.types.reading import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a story keeps of each document that tells it. Made by cluster."""

    document_id: DocumentId
    publisher: str
    authority: Authority
    jurisdiction: str
    lang: str
    url: str
    title: str
    dated: datetime
    first_seen: datetime
    content_hash: str
    shingles: tuple[int, ...]  # hashes of the shingles of title and lead
    events: tuple[Event, ...]  # of the document, most confident first, historic ones left out
    copy_of: DocumentId | None = None  # near-duplicate of an earlier telling (wire copy): counted once
    source_id: SourceId | None = None  # source that delivered it
    doubt: str = ""  # see `Document.doubt`
    numbered: tuple[str, ...] = ()  # numbers of notices that title and lead name
    figures: tuple[str, ...] = ()  # digits of the figures in title and lead, alike in every language
    credit: str = ""  # agency that the text names as its author, folded; "" when it names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One step, however often it is told. Made by cluster."""

    id: StoryId
    lead_id: DocumentId  # the telling that represents the story: official first, then earliest
    tellings: tuple[Telling, ...]  # in order of first_seen
    event: Event | None  # the step itself, from the best telling; None for stories without a step
    stage: Stage | None
    first_seen: datetime
    last_seen: datetime
    revision: int = 1  # grows with every telling

    @property
    def document_ids(self) -> tuple[DocumentId, ...]:
        """Ids of all tellings."""
        return tuple(t.document_id for t in self.tellings)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in order of appearance."""
        return tuple(dict.fromkeys(t.lang for t in self.tellings))

    @property
    def publishers(self) -> tuple[str, ...]:
        """Publishers in order of appearance, wire copies left out."""
        return tuple(dict.fromkeys(t.publisher for t in self.tellings if t.copy_of is None))

    @property
    def confirmed_by(self) -> Telling | None:
        """The first official telling of the imposer's own side, which turns press reports into fact."""
        official = [t for t in self.tellings if t.authority is Authority.OFFICIAL]
        imposer = self.event.imposer if self.event else None
        own = [t for t in official if imposer is None or t.jurisdiction == imposer]
        return own[0] if own else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One reason of a score. Made by score."""

    points: float  # multiple of 0.25, so that sums are exact
    slot: str  # measure goods together actor target stage source seen-by alert exposure noise ...
    why: str  # one phrase for people
    rule: str  # "concepts/export-ban.yml:12"; "scoring.yml:9" for general lines
    words: tuple[str, ...] = ()  # the surfaces that fired
    key: str = ""  # whose points they are: key path of scoring.yml, or "alert.RULE.N" for the Nth row under `add`
    share: float = 1.0  # of these points that counts here; points are share x worth, to the quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorScore:
    """How much a story matters to one sector. Made by score."""

    sector: SectorId
    score: float
    band: Band
    ledger: tuple[LedgerLine, ...]  # sums to score exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How much a story matters, and because of which rules and words. Made by score."""

    story_id: StoryId
    score: float  # of the most exposed sector, or without any sector
    probability: float  # 1 / (1 + 2 ** ((50 - score) / 10))
    band: Band
    sectors: tuple[SectorScore, ...]  # exposed ones only, highest first
    ledger: tuple[LedgerLine, ...]  # of `score`; sums to it exactly
    rules: tuple[RuleId, ...]  # live alert rules whose `when` holds
    shadow_rules: tuple[str, ...]  # rules, concepts and sectors in state shadow that would make an alert, or add to it
    near_misses: tuple[str, ...]  # per rule that failed on one condition: a sentence why
    ruleset_hash: str
    slots: tuple[Slot, ...] = ()  # slots that were found at all
    goods: tuple[ConceptId, ...] = ()  # of the story's steps, with all that stands above them; for routes
    measures: tuple[ConceptId, ...] = ()  # of the story's steps, with all that stands above them
