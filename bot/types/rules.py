"""The rule set as data: what analysts own, checked and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from bot.types.delivery import ChannelTarget
from bot.types.ids import ConceptId, RuleId, SectorId, SourceId
from bot.types.levels import Band, Level, Slot, Status
from bot.types.lexicon import Lexicon, Term
from bot.types.place import Place
from bot.types.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """A test text of a concept, sector or alert file. Made by rulebook."""

    text: str  # without marks
    marks: tuple[tuple[int, int, ConceptId], ...]  # spans that must be found, with their concept
    place: Place
    lang: str | None = None  # None: named by the reader
    title: str | None = None  # None: the text is the title
    source: str = "unknown"  # authority
    jurisdiction: str = ""  # of the source
    published: date | None = None
    sector: SectorId | None = None
    band: Band | None = None  # expected
    says_rule: RuleId | None = None  # alert rule that must hold
    silent_rule: RuleId | None = None  # alert rule that must not hold
    known_gap: str | None = None  # why the case fails today
    event: Mapping[str, str] = field(default_factory=dict)  # expected fields of the first event


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureRow:
    """One way in which a sector can be hit."""

    goods: ConceptId
    from_: str  # jurisdiction of the supplier state, or "*"
    level: Level
    why: str
    place: Place
    source: str = ""  # public source of the dependence
    basis: str = "judgement"  # figures | judgement: where the level comes from


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCompany:
    """A company whose name in a text makes it matter to the sector."""

    name: str
    aliases: tuple[Term, ...]  # its name first
    level: Level
    place: Place
    id: ConceptId = ConceptId("")  # under which the lexicon holds it, slot sector, role company


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """An exposed sector. Made by rulebook from rules/sectors/."""

    id: SectorId
    title: str
    status: Status
    names: Mapping[str, str]  # locale -> name for readers
    terms: tuple[Term, ...]  # the sector itself, when named in text
    exposed_to: tuple[ExposureRow, ...]
    countries: Mapping[str, Level]  # who hurts us by acting or by being hit
    companies: tuple[NamedCompany, ...]
    tests: tuple[MarkedText, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a team is exposed to. Made by rulebook from rules/profile.yml."""

    sectors: tuple[SectorId, ...]  # that count
    own: Sector | None  # the team's own goods and countries, as a sector with the id `own`
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionUse:
    """One condition as an alert file uses it; `params` were parsed by the condition itself."""

    name: str  # name of a file in bot/score/conditions/
    params: object
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an alert rule holds, judged on one event at a time."""

    all: tuple[ConditionUse, ...]
    any: tuple[ConditionUse, ...] = ()
    none: tuple[ConditionUse, ...] = ()
    within: str = "sentence"  # sentence | paragraph | document: how near measure and goods must stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Extra points of an alert rule."""

    points: int
    if_: tuple[ConditionUse, ...]
    why: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRow:
    """A mute inside an alert rule; always dated."""

    id: str
    if_: tuple[ConditionUse, ...]
    until: date
    owner: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """One alert rule. Made by rulebook from rules/alerts/."""

    id: RuleId
    title: str
    status: Status
    when: When
    add: tuple[Bonus, ...]
    at_least: Band  # floor when `when` holds
    at_most: Band  # ceiling of what this rule alone may reach; urgent unless said
    exceptions: tuple[ExceptionRow, ...]
    tests: tuple[MarkedText, ...]
    place: Place
    say: str = ""  # sentence for readers with {actor} {stage} {measure} {goods} {target} {effective}; "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadsAsPoints:
    """What the learned reader's verdict is worth: its odds against those of `even`, as points."""

    even: float  # chance of a new step, 0..1, that adds nothing
    least: int  # points (negative) at most taken away
    most: int  # points at most added
    elsewhere: float = 1.0  # chance of another subject, 0..1, above which a text stays in the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """All numbers, once. Made by rulebook from rules/scoring.yml; field names are the keys of the file."""

    version: int
    half: int  # score at which a reader finds the story useful in 1 of 2 cases
    double_every: int  # points that double the odds
    bands: Mapping[Band, int]  # lowest score of each band
    levels: Mapping[Level, int]
    repeat: tuple[float, ...]  # weights of the 1st, 2nd, 3rd different finding in a slot
    together: Mapping[str, int]  # sentence, paragraph
    actor_known: int
    target_known: int
    named_company: int
    sector_named: int
    source: Mapping[str, int]  # authority -> points
    stage: Mapping[str, int]  # stage -> points
    cue: Mapping[str, int]  # cue -> points, e.g. reported, negated
    seen_by_each_doubling: int
    seen_by_most: int
    noise: Mapping[str, int]  # noise concept -> points (negative)
    background: int  # points (negative) when goods or measures are named but no event stands
    off_field: int = 0  # points (negative) when a step is read from texts without one word of the field
    reads_as: ReadsAsPoints | None = None  # None: the learned reader's verdict adds nothing
    age_halves_every: timedelta  # for digest order only
    places: Mapping[str, Place]  # key path ("stage.announced") -> place, for ledgers
    place: Place

    def points(self, key: str) -> int:
        """Points under a key path of the file, e.g. "stage.announced" or "actor_known"; 0 for what it leaves out."""
        head, _, rest = key.partition(".")
        if head == "seen_by":
            return int(getattr(self, f"seen_by_{rest}"))
        found = getattr(self, head)
        return int(found.get(rest, 0)) if rest else int(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteIf:
    """What a route or silence matches; empty fields match everything."""

    bands: tuple[Band, ...] = ()
    sectors: tuple[SectorId, ...] = ()
    goods: tuple[ConceptId, ...] = ()
    measures: tuple[ConceptId, ...] = ()
    imposers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # source ids
    rules: tuple[RuleId, ...] = ()
    stories: tuple[str, ...] = ()  # story ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Where a first message of a route goes again when nobody acknowledges it."""

    after: timedelta  # since it was sent
    to: str  # a channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row of routes. Every matching route sends, once per channel and story."""

    id: str
    if_: RouteIf
    send: str  # a channel, a digest, or "archive"
    quiet: str | None  # name of a quiet window; None = always
    place: Place
    escalate: Escalate | None = None  # None: nobody is asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """A window in which messages are held."""

    days: tuple[int, ...]  # 0 = Monday
    start: time
    end: time  # may be earlier than start: over midnight
    zone: str  # IANA name
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A mute with an end."""

    id: str
    if_: RouteIf
    until: date
    owner: str
    why: str
    place: Place
    mute: bool = False  # of a person, about one story; kept as a row and not in the file


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTo:
    """One reader of a digest."""

    who: str  # mail address
    sectors: tuple[SectorId, ...] = ()  # empty = all
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """A weekly digest of one team."""

    name: str
    weekday: int  # 0 = Monday
    at: time  # local
    zone: str  # IANA name
    to: tuple[DigestTo, ...]
    audit_sample: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTest:
    """One row of `tests:` in routes.yml."""

    band: Band
    sectors: tuple[SectorId, ...]
    goes_to: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Where messages go. Made by rulebook from rules/routes.yml."""

    channels: Mapping[str, ChannelTarget]
    routes: tuple[Route, ...]
    hold: timedelta  # wait before the first send, so that several sources arrive as one message
    at_most_per_hour: int  # first messages per channel and hour, beside one list of what comes beyond; 0: no limit
    quiet: Mapping[str, QuietHours]
    silences: tuple[Silence, ...]
    digests: Mapping[str, DigestPlan]
    operations: str | None  # channel for feed health and delivery trouble
    tests: tuple[RouteTest, ...]
    place: Place
    remind: tuple[timedelta, ...] = (timedelta(days=7), timedelta(days=1))  # before a date ahead; empty: never


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """A whole rule set that loaded without error. Made by rulebook."""

    folder: str
    lexicon: Lexicon
    concept_tests: tuple[tuple[ConceptId, tuple[MarkedText, ...]], ...]
    sectors: tuple[Sector, ...]
    alerts: tuple[AlertRule, ...]
    scoring: Scoring
    routing: Routing
    sources: tuple[Source, ...]
    hash: str  # of everything; stands on every assessment
    slots: Mapping[ConceptId, Slot] = field(default_factory=dict)
    profile: Profile | None = None  # of the team; None: every sector counts
    uncounted: tuple[Sector, ...] = ()  # sectors that the profile leaves out
    source_by_id: Mapping[SourceId, Source] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source_by_id", {source.id: source for source in self.sources})

    def of_everybody(self) -> Rulebook:
        """The same without the team's profile, as the tests inside the files expect it."""
        own = self.profile.own if self.profile else None
        sectors = (*(sector for sector in self.sectors if sector is not own), *self.uncounted)
        ordered = tuple(sorted(sectors, key=lambda sector: sector.id))
        return replace(self, sectors=ordered, profile=None, uncounted=())
