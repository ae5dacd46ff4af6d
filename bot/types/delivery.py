"""What is decided about a story, and what becomes of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.types.desk import Handling
from bot.types.ids import AlertId, DeliveryId, RuleId, SectorId, StoryId
from bot.types.levels import Authority, Band, Direction, Stage
from bot.types.lifecycle import Change, Standing


class Action(StrEnum):
    """What happens with a story now."""

    SEND = "send"  # first message
    UPDATE = "update"  # edit the message that stands
    THREAD = "thread"  # edit it and reply in its thread: something material changed
    DIGEST = "digest"  # weekly mail only
    HOLD = "hold"  # later (quiet hours, rate limit)
    DROP = "drop"  # archive only


class Reason(StrEnum):
    """Why; every decision carries one of these and a sentence."""

    NEW_STORY = "new-story"
    MORE_SOURCES = "more-sources"
    OFFICIAL_CONFIRMATION = "official-confirmation"
    STAGE_CHANGED = "stage-changed"
    DATE_CHANGED = "date-changed"
    TARGETS_CHANGED = "targets-changed"
    BAND_RAISED = "band-raised"
    NOTHING_NEW = "nothing-new"
    BELOW_ALERT = "below-alert"
    BELOW_DIGEST = "below-digest"
    NO_RULE = "no-rule"
    SHADOW_ONLY = "shadow-only"
    SILENCED = "silenced"
    QUIET_HOURS = "quiet-hours"
    RATE_LIMITED = "rate-limited"
    BASELINE = "baseline"
    NO_ROUTE = "no-route"
    STORIES_MERGED = "stories-merged"  # two stories that were told apart are one
    STORY_SPLIT = "story-split"  # what was told as one is two
    REMINDER = "reminder"  # a date of the story comes near
    LAPSED = "lapsed"  # the date has passed: what it ended snaps back
    ESCALATION = "escalation"  # nobody has acknowledged it
    MUTED = "muted"  # somebody wants to hear no more of it
    GATHERING = "gathering"  # waits a moment, so that several sources arrive as one message


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What is known of a step at the time of a decision, so that a change can be told from a repetition."""

    stage: Stage | None = None
    direction: Direction = Direction.NONE
    effective: date | None = None
    until: date | None = None
    targets: tuple[str, ...] = ()  # sorted
    official: bool = False  # confirmed by the imposer's own side
    outlets: int = 0  # independent publishers
    band: Band = Band.ARCHIVE
    standings: tuple[Standing, ...] = ()  # of the acts that the story is about, in order of key


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a story, and why. Made by decide."""

    story_id: StoryId
    at: datetime
    action: Action
    reason: Reason
    why: str  # one sentence for people
    band: Band
    channels: tuple[str, ...]  # names of routes.yml channels and digests that this concerns
    dedupe_key: str  # one outbox row per (channel, dedupe_key), ever
    routes: tuple[str, ...] = ()  # ids of the routes that matched
    hold_until: datetime | None = None
    alert_id: AlertId | None = None  # set when there is or will be a message
    revision: int = 1  # of the story
    facts: StepFacts | None = None  # what the message says; kept, since the next decision compares with it
    changes: tuple[Change, ...] = ()  # for THREAD: what is new, most important first; `why` says it in English


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What decide must remember of a story and of the last hour. Made by storage."""

    sent: tuple[Decision, ...] = ()  # SEND, UPDATE and THREAD of this story and those merged into it, in order of `at`
    last_hour: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    # channel -> times of first messages (SEND) of all stories that are less than an hour old; lists do not count
    lists: Mapping[str, datetime] = field(default_factory=dict)
    # channel -> time of the last list of stories over its limit
    due: Mapping[str, datetime] = field(default_factory=dict)
    # channel -> when the list goes out for which stories were held last
    baseline: bool = False  # every telling came with the first answer of its source, so nothing of it is news
    standings: tuple[Standing, ...] = ()  # how the acts stand that the story is about, by the dossiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The alerts that waited too long in a channel, and are told in one summary. Made by storage."""

    bands: Mapping[Band, int]  # how many alerts of each
    first: tuple[str, ...]  # a line for each of the oldest
    oldest: datetime  # when the first was made
    newest: datetime  # when the last was

    @property
    def count(self) -> int:
        """How many."""
        return sum(self.bands.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source as shown in a message."""

    publisher: str
    authority: Authority
    url: str
    host: str  # real host of the URL, shown beside every link
    lang: str
    title: str
    published_at: datetime
    doubt: str = ""  # why it may not come from whom it claims, one sentence; "" when nothing speaks against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the lead telling, in its own language."""

    text: str
    lang: str
    marks: tuple[tuple[int, int], ...]  # spans in `text` of the words that fired
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a team is told about a story. Made by pipeline from Story, Assessment and Decision."""

    id: AlertId
    story_id: StoryId
    revision: int
    headlines: Mapping[str, str]  # locale -> line made from the event's own fields; "en" always present
    band: Band
    score: float
    probability: float
    direction: Direction
    stage: Stage | None
    sectors: tuple[tuple[SectorId, str, float], ...]  # id, title, score; highest first
    rules: tuple[RuleId, ...]
    why: tuple[str, ...]  # strongest ledger lines as phrases, with their points
    quote: Quote | None
    sources: tuple[SourceLine, ...]  # official first, then by time
    confirmed_by: str | None  # e.g. "MOFCOM No. 1/2026"; None = press only
    first_seen: datetime
    last_seen: datetime
    effective: str | None = None  # ISO date
    until: str | None = None  # ISO date
    limits: tuple[str, ...] = ()  # scope limits in the text's own words
    change: str = ""  # for THREAD: what is new, one English sentence
    changes: tuple[Change, ...] = ()  # the same for readers of any language
    place_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code in `changes` -> locale -> name
    sector_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # sector id -> locale -> name
    ruleset_hash: str = ""  # of the rule set that decided; storage keeps its files
    votes: tuple[int, int] = (0, 0)  # readers who found it relevant, and not
    handling: Handling | None = None  # who looks after it; None while nobody has touched it
    muted_until: date | None = None  # somebody wants to hear no more of it; on this day that still holds


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTarget:
    """Where a channel of routes.yml leads. Made by rulebook, options checked by the channel."""

    name: str  # name in routes.yml, e.g. "desk"
    kind: str  # name of a file in bot/deliver/, e.g. "slack"
    address: str  # "#econsec-alerts", "a@example.org", "https://...", "stdout"
    locale: str = "en"  # language of the reader
    options: Mapping[str, str] = field(default_factory=dict)  # e.g. mention: "@econsec-oncall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A channel's own payload, rendered once and frozen in the outbox. Made by deliver."""

    kind: str  # channel kind that can send it
    payload: Mapping[str, object]  # JSON; for mail the headers, text, html and parts
    summary: str  # plain text, for logs, tables and fall-back


class DeliveryState(StrEnum):
    """Where an outbox row stands."""

    PENDING = "pending"
    SENDING = "sending"
    AMBIGUOUS = "ambiguous"
    SENT = "sent"
    REJECTED = "rejected"
    MERGED = "merged"  # another message says it: a later edit, or the summary after an outage


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One outbox row. Made by storage."""

    id: DeliveryId
    target: ChannelTarget
    message: Message
    action: Action  # SEND, UPDATE or THREAD
    dedupe_key: str
    alert_id: AlertId | None
    state: DeliveryState
    attempts: int
    created_at: datetime
    not_before: datetime
    claimed_at: datetime | None = None
    epoch: int = 0  # of the claim; a late writer with an older epoch is refused
    misses: int = 0  # read-backs that did not find it
    provider_id: str | None = None  # Slack ts, Message-ID ...
    root_provider_id: str | None = None  # UPDATE and THREAD: provider id of the message that stands
    settled_at: datetime | None = None
    last_error: str | None = None


class Outcome(StrEnum):
    """What is known after an attempt to send."""

    SENT = "sent"
    NOT_SENT = "not-sent"  # certainly not accepted: try again
    REJECTED = "rejected"  # certainly refused: trying the same again is useless
    AMBIGUOUS = "ambiguous"  # accepted or not, nobody knows: read back before trying again


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Result of an attempt. Made by deliver."""

    outcome: Outcome
    detail: str  # one sentence for people, without secrets
    provider_id: str | None = None
    retry_after: timedelta | None = None
    layout: bool = False  # REJECTED only: the form is at fault, the channel's plain form may pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A message of ours as it stands at a service. Made by deliver."""

    delivery_id: DeliveryId
    provider_id: str
    posted_at: datetime
    replied_at: datetime | None = None  # when the last answer below it came; None: there is none


class Health(StrEnum):
    """How a probe went."""

    GOOD = "good"
    WARNING = "warning"  # works, but less well than it should
    BROKEN = "broken"
    OFF = "off"  # not configured; no fault


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeFinding:
    """One line of a channel's self-test. Made by deliver, shown by doctor."""

    channel: str  # kind, e.g. "slack"
    health: Health
    message: str  # one sentence: what was found, and what to do when it is not good
