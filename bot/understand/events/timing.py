"""Say what each date of a sentence is: a start, an end, the day of the step, or long ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.understand.events.dates import end_of_month, find_dates
from bot.understand.events.found import Dated, add_months
from bot.understand.events.lines import Line
from bot.understand.events.wording import Span, Wording

_OLD_DAYS = 40  # a step this far back is no news
_OLD_MONTH_DAYS = 25  # since the end of a month named without a day
_RECENT_DAYS = 150
_FRESH_DAYS = 10
_LONG_PAST = 75
_CUE_REACH_SPACED, _CUE_REACH_DENSE = 45, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date with its part in the sentence."""

    dated: Dated
    role: str  # "from" "until" "since" "plain"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.dated.start, self.dated.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """All that a sentence says about time."""

    anchor: date
    moments: tuple[Moment, ...]
    at_once: tuple[Span, ...]
    begun: bool  # "took effect": what is dated has happened

    def old(self) -> tuple[Span, ...]:
        """Places that put the sentence into the past."""
        return tuple(m.span for m in self.moments if m.role in {"plain", "since", "from"} and self.is_old(m.dated))

    def fresh(self) -> tuple[Span, ...]:
        """Places that put it on the days around the text, or ahead."""
        near = [
            m.span
            for m in self.moments
            if m.dated.grain in {"day", "weekday"} and (m.dated.day - self.anchor).days >= -_FRESH_DAYS
        ]
        ahead = [m.span for m in self.moments if m.role == "from" and m.dated.day > self.anchor]
        return (*near, *ahead, *self.at_once)

    def is_old(self, dated: Dated) -> bool:
        """Whether a date lies so far back that a step taken then is no news."""
        if dated.grain == "year":
            return dated.day.year < self.anchor.year
        if dated.grain == "month":
            return (self.anchor - end_of_month(dated.day)).days > _OLD_MONTH_DAYS
        return (self.anchor - dated.day).days > _OLD_DAYS

    def is_recent(self, dated: Dated) -> bool:
        """Whether a date without a year lies a few months back."""
        return dated.relative and (self.anchor - dated.day).days <= _RECENT_DAYS

    def effective(self, span: Span, clause: Span | None = None) -> date | None:
        """The start that stands nearest to a place: "from 1 May", else at once, else a day ahead in its clause."""
        since = [m for m in self.moments if m.role == "since" and not self.is_old(m.dated)]
        if since:
            return since[0].dated.day
        found = [m for m in self.moments if m.role == "from"]
        if not found and clause is not None:
            found = [
                m
                for m in self.moments
                if m.role == "plain"
                and m.dated.grain in {"day", "month"}
                and self._ahead(m)
                and clause[0] <= m.dated.start < clause[1]
            ]
        nearest = min(found, key=lambda m: _gap(m.span, span), default=None)
        if nearest is not None:
            return nearest.dated.day if self.begun else _coming(nearest.dated, self.anchor)
        if self.at_once:
            return self.announced() or self.anchor
        return None

    def starts(self) -> date | None:
        """The first start that is named as one, without guessing from a day ahead."""
        # "the first release from 2021 on" starts nothing
        found = [m for m in self.moments if m.role == "from" and not (m.dated.grain == "year" and self.is_old(m.dated))]
        if found:
            return found[0].dated.day if self.begun else _coming(found[0].dated, self.anchor)
        return (self.announced() or self.anchor) if self.at_once else None

    def until(self, span: Span) -> date | None:
        """The end that stands nearest to a place."""
        nearest = self._ending(span)
        return _end(replace(nearest.dated, day=_coming(nearest.dated, self.anchor))) if nearest is not None else None

    def until_day(self, span: Span) -> bool:
        """Whether that end is a day by its date: not "for a year", nor "until November"."""
        nearest = self._ending(span)
        return nearest is not None and nearest.dated.grain == "day"

    def _ending(self, span: Span) -> Moment | None:
        found = [m for m in self.moments if m.role == "until"]
        return min(found, key=lambda m: _gap(m.span, span), default=None)

    def announced(self) -> date | None:
        """The latest plain day up to the day of the text and not far before it."""
        days = [
            m.dated.day
            for m in self.moments
            if m.role == "plain"
            and m.dated.grain in {"day", "weekday"}
            and 0 <= (self.anchor - m.dated.day).days <= _FRESH_DAYS
        ]
        return max(days, default=None)

    def _ahead(self, moment: Moment) -> bool:
        return moment.dated.day > self.anchor + timedelta(days=1)


def untimed(anchor: date) -> Timing:
    """Of a line whose dates nobody asks for."""
    return Timing(anchor=anchor, moments=(), at_once=(), begun=False)


def time_of(line: Line, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording, anchor: date) -> Timing:
    """The dates of a line, each with its part."""
    # the year in "Announcement No. 1 of 2026" is a part of its name
    named = [(m.start, m.end) for m in line.of(Slot.IDENTIFIER)]
    found = tuple(
        dated
        for dated in find_dates(text, line.start, line.end, wording, anchor)
        if dated.grain != "year" or not any(left <= dated.start < right for left, right in named)
    )
    beside = {dated: _role(dated, line, text, wording) for dated in found}
    marked = _marked_by_cues(found, beside, line, concepts, wording)
    moments = tuple(Moment(dated=dated, role=beside[dated] or marked.get(dated, "plain")) for dated in found)
    return Timing(
        anchor=anchor,
        moments=moments,
        at_once=tuple(
            span for span in wording.spans("at_once", text, line.start, line.end) if _is_said(span, line, text, wording)
        ),
        begun=wording.has("begun", text, line.start, line.end),
    )


def _is_said(span: Span, line: Line, text: str, wording: Wording) -> bool:
    """Whether "at once" is told as a fact: not in "may not be able to stop at once"."""
    start = line.clause_span(*span)[0]
    if wording.grammar.steps.verb_final or not wording.spaced:
        return True
    return not (wording.has("negates", text, start, span[0]) and wording.has("modal", text, start, span[0]))


def _role(dated: Dated, line: Line, text: str, wording: Wording) -> str:
    """What the words right beside a date make of it; empty when they say nothing."""
    near = 4 if wording.spaced else 0  # an article may stand between
    if wording.ends("until_before", text, line.start, dated.start, within=near) or wording.starts(
        "until_after", text, dated.end, line.end
    ):
        return "until"
    if wording.ends("since", text, line.start, dated.start, within=near):
        return "since"
    if wording.ends("from_before", text, line.start, dated.start, within=near):
        return "from"
    return "from" if wording.starts("from_after", text, dated.end, line.end) else ""


def _marked_by_cues(
    found: Sequence[Dated],
    beside: Mapping[Dated, str],
    line: Line,
    concepts: Mapping[ConceptId, Concept],
    wording: Wording,
) -> dict[Dated, str]:
    """Each cue ("takes effect", "expires") with the date nearest to it, unless words give one behind it that part."""
    reach = _CUE_REACH_SPACED if wording.spaced else _CUE_REACH_DENSE
    marked: dict[Dated, str] = {}
    for mention in line.of(Slot.CUE, Slot.STAGE):
        cue = concepts[mention.concept].cue
        if cue not in {"effective", "until"}:
            continue
        place = (mention.start, mention.end)
        part = "from" if cue == "effective" else "until"
        if any(beside[dated] == part and 0 <= dated.start - place[1] <= reach for dated in found):
            continue  # "passed on 11 December, takes effect from 1 January"
        # of two as near, the one that follows: "from 10 November until 9 November"
        nearest = min(
            found, key=lambda dated: (_gap(place, (dated.start, dated.end)), dated.start < place[0]), default=None
        )
        if nearest is None:
            continue
        gap = _gap(place, (nearest.start, nearest.end))
        apart = abs(line.clause_at(mention.start) - line.clause_at(nearest.start))
        if gap <= reach and (apart == 0 or (apart == 1 and gap * 3 <= reach * 2)):
            marked.setdefault(nearest, part)
    return marked


def _gap(span: Span, other: Span) -> int:
    if span[0] < other[1] and span[1] > other[0]:
        return 0
    return min(abs(span[0] - other[1]), abs(other[0] - span[1]))


def _coming(dated: Dated, anchor: date) -> date:
    """A start or end without a year: the coming weekday, and the next year's day rather than one long past."""
    if dated.grain == "weekday" and dated.day < anchor:
        return dated.day + timedelta(days=7)
    if dated.relative and dated.grain in {"day", "month"} and (anchor - dated.day).days > _LONG_PAST:
        return add_months(dated.day, 12)
    return dated.day


def _end(dated: Dated) -> date:
    """The last day of what is meant: "until June" runs through June."""
    if dated.grain == "month":
        return end_of_month(dated.day)
    if dated.grain == "year":
        return date(dated.day.year, 12, 31)
    return dated.day
