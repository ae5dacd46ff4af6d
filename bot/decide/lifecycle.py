"""Derive how an act or clause stands from everything that stories say of it; pure.

    considered -> proposed -> announced -> in-force -> suspended -> in-force ... -> lifted
                         `-> denied            `-> eased   ^ the day after its last one, by the calendar

The course of a dossier is worked out anew from all its entries, sorted by day: the order in which they arrived cannot
matter, and a suspension can run out only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.types.ids import StoryId
from bot.types.levels import Direction, Stage
from bot.types.lifecycle import Entry, Measure, Standing, State, Transition, act_of
from bot.types.reading import Event
from bot.types.story import Story

DAY = timedelta(days=1)
LATE_EXTENSION = timedelta(days=31)  # so long after its end a suspension can still be extended
_STAGES = tuple(Stage)
_OWN = {  # what a story about the act itself makes of it, in rising order
    Stage.CONSIDERED: State.CONSIDERED,
    Stage.PROPOSED: State.PROPOSED,
    Stage.ANNOUNCED: State.ANNOUNCED,
    Stage.IN_FORCE: State.IN_FORCE,
}
_RISING = tuple(_OWN.values())
_RELIEF = frozenset({State.SUSPENDED, State.EASED})
_OVER = frozenset({State.LIFTED, State.EXPIRED, State.DENIED})
NEVER = date(2999, 1, 1)  # an end as far away as this is none, and days are added to others
_NUMBERED = 2  # colons of a key that names one act: issuer, year, number


def entries_of(story: Story) -> tuple[Entry, ...]:
    """What a story says of acts with a number: of those it changes, else of its own.

    A text that says "No. 70 suspends the curbs" names the act that does it, but none that it is done to: no entry.
    """
    event = story.event
    if event is None or event.stage is Stage.HISTORIC:
        return ()
    lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
    on = event.announced or lead.dated.date()
    if event.acts:
        by = event.citation or story.id
        return tuple(_entry(key, story.id, event, own=False, on=on, by=by, why=lead.title) for key in event.acts)
    if event.citation is None or event.citation.count(":") < _NUMBERED:
        return ()
    if event.stage in _OWN or event.stage is Stage.DENIED:
        return (_entry(event.citation, story.id, event, own=True, on=on, by=event.citation, why=lead.title),)
    return ()


def soon(day: date | None) -> date | None:
    """A day that may come; None for one that a text puts at the end of all days."""
    return day if day is not None and day < NEVER else None


def _entry(key: str, story_id: StoryId, event: Event, *, own: bool, on: date, by: str, why: str) -> Entry:
    return Entry(
        key=key,
        story_id=story_id,
        own=own,
        stage=event.stage,
        eases=event.direction is Direction.EASE,
        on=on,
        effective=soon(event.effective),
        until=soon(event.until),
        by=by,
        why=why,
    )


def course(key: str, entries: Iterable[Entry], today: date) -> tuple[Transition, ...]:
    """All transitions of an act or clause up to a day, in order.

    Args:
        key: The act, or a clause of it.
        entries: All that is known of it, of the act that it belongs to, and of acts that change it; others do no harm.
        today: The calendar has done what was due until then.
    """
    return _run(key, entries, today).told


def measure(key: str, entries: Iterable[Entry], today: date) -> Measure:
    """The dossier of an act or clause as it stands on a day."""
    known = tuple(entries)
    run = _run(key, known, today)
    last = run.told[-1] if run.told else None
    ends = run.until if run.state in _RELIEF else None if run.state in _OVER else run.own_until
    return Measure(
        key=key,
        entries=tuple(sorted((entry for entry in known if entry.key == key), key=_place)),
        state=run.state,
        since=last.on if last else None,
        until=ends,
        effective=run.effective if run.state is State.ANNOUNCED else None,
        by=last.by if last else "",
        story_id=last.story_id if last else None,
        next_day=min((at for at, _ in run.due()), default=None),
    )


def standings(story: Story, dossiers: Iterable[tuple[Measure, Sequence[Transition]]]) -> tuple[Standing, ...]:
    """How the acts stand that a story is about: its own with its clauses, or those that it changes."""
    event = story.event
    if event is None:
        return ()
    found = []
    for dossier, transitions in dossiers:
        own = not event.acts and dossier.act == event.citation
        if dossier.state is None or not (own or dossier.key in event.acts):
            continue
        last = transitions[-1] if transitions else None
        standing = Standing(
            key=dossier.key,
            state=dossier.state,
            until=dossier.until,
            by=dossier.by,
            own=own,
            itself=last is not None and last.itself,
            lapsed=last.on - DAY if last is not None and last.itself and last.before is not State.ANNOUNCED else None,
        )
        found.append(standing)
    return tuple(sorted(found, key=lambda standing: standing.key))


def _place(entry: Entry) -> tuple[date, int, str, str, str]:
    return entry.on, _STAGES.index(entry.stage), entry.by, entry.story_id, entry.key


def _run(key: str, entries: Iterable[Entry], today: date) -> _Run:
    known = sorted(set(entries), key=_place)
    own = [entry for entry in known if entry.key == key]
    suspenders = {entry.by for entry in own if not entry.own}
    run = _Run(key)
    for entry in known:
        of_suspender = entry.key in suspenders and not entry.own
        of_act = entry.key == act_of(key) and entry.stage is Stage.LIFTED and not entry.own
        if entry.key != key and not of_act and not of_suspender:
            continue
        run.advance(entry.on)
        if entry.key != key and of_suspender:
            run.suspender(entry)
        else:
            run.take(entry)
    run.advance(today)
    return run


@dataclass(slots=True)
class _Run:
    """One pass over the entries of a dossier."""

    key: str
    state: State | None = None
    base: State | None = None  # what holds beneath a suspension
    effective: date | None = None
    own_until: date | None = None  # last day of the measure itself
    until: date | None = None  # last day of a suspension
    lapsed_on: date | None = None  # first day after the last suspension that ran out
    relief: Entry | None = None  # what suspended or eased it
    latest: Entry | None = None
    told: tuple[Transition, ...] = field(default=())

    def advance(self, day: date) -> None:
        """Let the calendar do what is due up to a day."""
        while True:
            due = [(at, name) for at, name in self.due() if at <= day]
            if not due:
                return
            at, name = min(due)
            source = self.relief if name == "relief" else self.latest
            assert source is not None  # noqa: S101 - no date without the entry that named it
            if name == "start":
                self.base = State.IN_FORCE
                if self.state is State.ANNOUNCED:
                    self._tell(source, State.IN_FORCE, at, self.own_until, itself=True)
            elif name == "relief":
                self._back(source, at, itself=True)
                self.lapsed_on = at
            else:
                self._tell(source, State.EXPIRED, at, None, itself=True)
                self.base = State.EXPIRED

    def due(self) -> tuple[tuple[date, str], ...]:
        """What the calendar will do, and on which days; none is before what has been told."""
        if self.state in {None, *_OVER}:
            return ()
        found = []
        if self.base is State.ANNOUNCED and self.effective is not None:
            found.append((self.effective, "start"))
        if self.state in _RELIEF and self.until is not None:
            found.append((self.until + DAY, "relief"))
        if self.state in {State.ANNOUNCED, State.IN_FORCE, *_RELIEF} and self.own_until is not None:
            found.append((self.own_until + DAY, "end"))
        return tuple((max(at, self.told[-1].on), name) for at, name in found)

    def take(self, entry: Entry) -> None:
        """What a story says of the act itself."""
        if self.state in {State.LIFTED, State.EXPIRED} or (entry.stage is Stage.CONSIDERED and not entry.own):
            return
        if entry.own:
            self._own(entry)
        elif entry.stage is Stage.LIFTED:
            self._tell(entry, State.LIFTED, entry.on, None)
        elif entry.stage is Stage.SUSPENDED:
            self._relieve(entry, State.SUSPENDED)
        elif entry.stage is Stage.EXTENDED:
            self._extend(entry)
        elif entry.eases and entry.stage in {Stage.ANNOUNCED, Stage.IN_FORCE}:
            self._relieve(entry, State.EASED)

    def suspender(self, entry: Entry) -> None:
        """What becomes of the act that suspends this one: extended, it holds longer; lifted, this one holds again."""
        if self.state not in _RELIEF:
            return
        if entry.stage is Stage.EXTENDED:
            self._extend(entry)
        elif entry.stage is Stage.LIFTED:
            self._back(entry, entry.on, itself=False)

    def _own(self, entry: Entry) -> None:
        if entry.stage is Stage.DENIED:
            if self.state in {State.CONSIDERED, State.PROPOSED, State.ANNOUNCED}:
                self._tell(entry, State.DENIED, entry.on, None)
                self.base = State.DENIED
            return
        state = _OWN[entry.stage]
        if state is State.IN_FORCE and entry.effective is not None and entry.effective > entry.on:
            state = State.ANNOUNCED  # "in force from 1 December"
        if state in {State.ANNOUNCED, State.IN_FORCE}:  # the dates of a draft are not yet those of the measure
            self.effective = entry.effective or self.effective
            self.own_until = entry.until or self.own_until
            self.latest = entry
        if self.base in _RISING and _RISING.index(state) <= _RISING.index(self.base):
            return
        self.base = state
        if self.state not in _RELIEF:
            self._tell(entry, state, entry.on, self.own_until)

    def _relieve(self, entry: Entry, state: State) -> None:
        if self.state in _RELIEF and self.state is state:
            if entry.until is not None and entry.until != self.until:
                self._move(entry)
            return
        if self.state not in _RELIEF:
            self.base = self.base if self.base in _RISING else State.IN_FORCE
        self.until, self.relief = entry.until, entry
        self._tell(entry, state, entry.on, entry.until)

    def _extend(self, entry: Entry) -> None:
        if self.state in _RELIEF:
            if entry.until is not None and entry.until != self.until:
                self._move(entry)
        elif self.lapsed_on is not None and entry.on - self.lapsed_on <= LATE_EXTENSION:
            self._relieve(entry, State.SUSPENDED)
        elif self.state in {State.ANNOUNCED, State.IN_FORCE} and entry.until is not None:
            self.own_until, self.latest = entry.until, entry
            self._tell(entry, self.state, entry.on, entry.until)
        elif self.state is None:
            self._relieve(entry, State.SUSPENDED)  # met for the first time: what is extended is what eases it

    def _move(self, entry: Entry) -> None:
        assert self.state is not None  # noqa: S101 - only a state has an end
        self.until = entry.until
        # The act that suspended it stays the one on which the suspension hangs.
        self.relief = replace(entry, by=self.relief.by) if self.relief and entry.key != self.key else entry
        self._tell(entry, self.state, entry.on, entry.until)

    def _back(self, entry: Entry, on: date, *, itself: bool) -> None:
        back = self.base or State.IN_FORCE
        if back is State.ANNOUNCED and self.effective is not None and self.effective <= on:
            back = self.base = State.IN_FORCE
        self.until = None
        self._tell(entry, back, on, self.own_until, itself=itself)

    def _tell(self, entry: Entry, after: State, on: date, until: date | None, *, itself: bool = False) -> None:
        transition = Transition(
            key=self.key,
            before=self.state,
            after=after,
            on=on,
            until=until,
            by=entry.by,
            story_id=entry.story_id,
            why=entry.why,
            itself=itself,
        )
        self.told = (*self.told, transition)
        self.state = after
