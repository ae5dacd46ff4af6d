"""The life of a measure, act by act and clause by clause, and what changes in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.types.ids import StoryId
from bot.types.levels import Stage


class State(StrEnum):
    """Where a measure stands."""

    CONSIDERED = "considered"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IN_FORCE = "in-force"
    EASED = "eased"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    EXPIRED = "expired"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one story says becomes of one act or clause. Made by decide."""

    key: str  # the act's citation, "cn-mofcom:2024:46"; with "#2" behind it: that clause alone
    story_id: StoryId
    own: bool  # the story is about the act itself; False: about a step that changes it
    stage: Stage
    eases: bool  # the step lets more trade through
    on: date  # the day that it is told for
    effective: date | None = None
    until: date | None = None
    by: str = ""  # the act that does it, as a citation; the story's id when its number is not known
    why: str = ""  # title of the text that leads the story


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step in the life of an act or clause. Made by decide."""

    key: str
    before: State | None  # None: nothing was known
    after: State  # the same as `before`: only its end was moved
    on: date  # first day of the state
    until: date | None = None  # last day of the state, when it ends by itself
    by: str = ""  # as in `Entry`
    story_id: StoryId
    why: str = ""
    itself: bool = False  # the calendar did it: a suspension ran out, a start came


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The dossier of one act or clause: what stories say of it, and how it stands. Made by decide, kept by storage."""

    key: str
    entries: tuple[Entry, ...]  # in order of day
    state: State | None = None  # None: only planned changes are known
    since: date | None = None
    until: date | None = None  # last day of the state, when it ends by itself
    effective: date | None = None  # start ahead of an announced measure
    by: str = ""  # who brought the state about
    story_id: StoryId | None = None  # whose story told it last
    next_day: date | None = None  # when the calendar changes it again

    @property
    def act(self) -> str:
        """The act that this is, or is a clause of."""
        return act_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an act stands that a story is about, as its readers were told. Made by decide."""

    key: str
    state: State
    until: date | None = None
    by: str = ""
    own: bool = True  # the story's own act, or a clause of it; False: one that the story changes
    itself: bool = False  # the calendar brought it about
    lapsed: date | None = None  # last day of what has just run out: a suspension, or the measure itself


class ChangeKind(StrEnum):
    """What is new about a story."""

    CONFIRMED = "confirmed"  # an official source says it
    STAGE = "stage"  # before and after are stages
    DIRECTION = "direction"
    EFFECTIVE = "effective"  # before and after are days
    UNTIL = "until"
    TARGETS = "targets"  # before and after are codes of states, parted by commas
    STATE = "state"  # of an act or clause; before and after are states
    TERM = "term"  # the end of an act's state moved; before and after are days
    NEAR_EFFECTIVE = "near-effective"  # a day comes near; after is the day, before how many days are left
    NEAR_END = "near-end"
    NEAR_COMMENTS = "near-comments"
    LAPSED = "lapsed"  # the day has passed
    JOINED = "joined"  # the message tells the same step as another one, which goes on
    LEFT = "left"  # told until now as part of another story
    PARTED = "parted"  # part of what was told is another story


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is new about a story, in no language; channels say it in their reader's. Made by decide."""

    kind: ChangeKind
    before: str = ""  # "" when nothing was known
    after: str = ""
    about: str = ""  # the act or clause: a key, in an alert its name ("MOFCOM No. 46/2024")
    clause: str = ""  # clause of that act, "" for all of it
    until: str = ""  # ISO day on which the new state ends
    by: str = ""  # the act that brought it about, as `about`
    titles: tuple[tuple[str, str], ...] = ()  # headline of the other story, by locale: for JOINED, LEFT and PARTED


def act_of(key: str) -> str:
    """The act of a key, without its clause."""
    return key.partition("#")[0]


def clause_of(key: str) -> str:
    """The clause of a key, e.g. "2"; "" for a whole act."""
    return key.partition("#")[2]
