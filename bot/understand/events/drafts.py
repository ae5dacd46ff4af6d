"""Find the steps of a line: measures with polarity, stage, roles, goods and dates, before texts are looked at whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Stage
from bot.types.reading import Mention
from bot.understand.events.lines import Line, Setting
from bot.understand.events.wording import Span

INBOUND = frozenset(
    {
        "import-tariff",
        "import-ban",
        "trade-remedy",
        "section-232-301",
        "investment-screening",
        "procurement-ban",
        "probe-antitrust",
        "state-control",
        "sanctions",
    }
)
_ROUNDED = timedelta(days=45)  # "until November" and "until 10 November", "for a year" and "until 10 November 2026"
_PHRASES = frozenset({"reported", "historic", "until", "effective", "opinion"})
LISTING = frozenset({"entity-list", "sanctions", "investment-screening", "procurement-ban", "probe-antitrust"})
OPERATOR_MEASURES = frozenset({"suspension", "extension"})  # measures that say what happens to another measure
# Measures whose object is goods, so that the words after "ban on" name them even when no file knows them.
GOODS_NAMED = frozenset(
    {
        "export-ban",
        "export-control",
        "export-licence",
        "export-quota",
        "export-duty",
        "import-tariff",
        "import-ban",
        "trade-remedy",
        "reexport",
        "suspension",
    }
)
# The more a measure says, the earlier it stands: a "licence duty" names what "controls" leave open.
_RANK = (
    "export-ban",
    "import-ban",
    "export-quota",
    "trade-remedy",
    "export-duty",
    "investment-screening",
    "import-tariff",
    "section-232-301",
    "export-licence",
    "tech-transfer-ban",
    "entity-list",
    "denial-presumption",
    "reexport",
    "catch-all",
    "customs-delay",
    "stockpile-release",
    "stockpile-build",
    "procurement-ban",
    "domestic-processing",
    "state-control",
    "end-use-certificate",
    "reporting-duty",
    "sanctions",
    "probe-antitrust",
    "export-control",
    "anti-circumvention",
    "retaliation",
    "subsidy",
)
# Measures that leave open what is done: a more telling one in the same step names it.
GENERIC = frozenset({"export-control", "retaliation", "anti-circumvention", "customs-delay"}) | OPERATOR_MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One step as one line tells it."""

    measure: ConceptId
    family: str
    direction: Direction
    stage: Stage
    firm: int  # how sure the stage is: 0 by default, 1 a verb says a step is taken, 2 the words name the stage
    line: Line
    span: Span  # of the measure's words
    mentions: tuple[Mention, ...]  # its measure mentions
    imposer: str | None = None
    imposer_strength: float = 0.0
    agency: ConceptId | None = None
    targets: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()  # who is hit, while no imposer is known
    goods: tuple[ConceptId, ...] = ()
    surfaces: tuple[str, ...] = ()
    end_use: str | None = None
    announced: date | None = None
    effective: date | None = None
    until: date | None = None
    until_day: bool = False  # that end is a day by its date: not "for a year", nor "until November"
    citation: str | None = None
    acts: tuple[str, ...] = ()  # earlier acts that it changes, as keys
    reported: bool = False
    negated: bool = False
    demanded: bool = False
    everywhere: bool = False  # "to all countries"
    grounded: bool = True  # a word for trade, a control or a relief stands in its clause
    limiting: bool = False  # it spares some from another step
    acted: bool = False  # it is lifted, suspended, extended in its own line
    bare: bool = False  # a noun that only refers: "the curbs", with no sign of a step
    limits: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()  # words that name the targets
    confidence: float = 0.0
    borrowed: frozenset[str] = field(default_factory=frozenset)  # fields filled from elsewhere

    @property
    def inbound(self) -> bool:
        """Whether the measure stands at the imposer's own border: tariffs, screening."""
        return self.measure in INBOUND

    @property
    def order(self) -> int:
        """Place in the ranking of measures by how much they say."""
        return rank(self.measure)


def end_of(lead: Draft, other: Draft) -> tuple[date | None, bool]:
    """The end of a step that two drafts tell: of two about as far away the one that is a day by its date."""
    if lead.until is None or (
        other.until is not None and other.until_day and not lead.until_day and abs(other.until - lead.until) <= _ROUNDED
    ):
        return other.until, other.until_day
    return lead.until, lead.until_day


def rank(measure: str) -> int:
    """Place of a measure in the order from the most to the least telling."""
    if measure in _RANK:
        return _RANK.index(measure)
    return len(_RANK) + (1 if measure in OPERATOR_MEASURES else 0)


def group_measures(line: Line, setting: Setting) -> tuple[tuple[Mention, ...], ...]:
    """Measure mentions of a line that speak of one step: overlapping, or of one direction in one clause."""
    groups: list[list[Mention]] = []
    phrases = [m for m in line.of(Slot.CUE, Slot.STAGE) if _cue(m, setting) in _PHRASES]
    for mention in line.of(Slot.MEASURE):
        if any(p.start <= mention.start and mention.end <= p.end and p.surface != mention.surface for p in phrases):
            continue  # "volgens staatsmedia" reports, whatever "volgens" may mean alone
        if groups and _joins(groups[-1], mention, line, setting):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return tuple(tuple(group) for group in groups)


def _cue(mention: Mention, setting: Setting) -> str:
    return setting.concepts[mention.concept].cue


def _joins(group: Sequence[Mention], mention: Mention, line: Line, setting: Setting) -> bool:
    end = max(m.end for m in group)
    if mention.start < end:
        return True
    if setting.wording.has("negates", setting.text, end, mention.start):
        return False  # "controls are not a ban"
    same_clause = line.clause_at(mention.start) == line.clause_at(end - 1)
    proper = [m for m in (*group, mention) if m.concept not in OPERATOR_MEASURES]
    return same_clause and len({m.concept in INBOUND for m in proper}) <= 1


_LONG = 60  # characters: two words this far apart make a weak name for a step
_LOOSE = 40
_BARE_DUTY = 6


def lead_of(group: Sequence[Mention], acting: Sequence[Mention], setting: Setting) -> Mention:
    """The mention that names the step best: a measure proper, the most telling one, the longest.

    Args:
        group: Measure mentions of one step.
        acting: Those of them that are but verbs over another one.
        setting: The text and its words.
    """

    def key(mention: Mention) -> tuple[bool, int, int]:
        length = mention.end - mention.start
        place = rank(mention.concept) + (_LOOSE if length > _LONG else 0)
        if mention.concept == "export-duty" and not setting.wording.has(
            "trade", setting.text, mention.start, mention.end
        ):
            place += _BARE_DUTY  # "duties" alone are mostly those on imports
        return mention.concept in OPERATOR_MEASURES or mention in acting, place, -length

    return min(group, key=key)


def span_of(group: Sequence[Mention]) -> Span:
    """From the first to the last character of a group."""
    return min(m.start for m in group), max(m.end for m in group)
