"""Shapes of what comes in and goes out: sources, routes, digests; and of local changes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from bot.rulebook.fields import (
    AlertRef,
    Clock,
    Day,
    GoodsRef,
    Ident,
    Jurisdiction,
    Language,
    Many,
    MeasureRef,
    SectorRef,
    Shape,
    SourceRef,
    Span,
    Text,
    Texts,
    Whole,
    YesNo,
    Zone,
    names,
)
from bot.types.levels import Authority, Band
from bot.types.source import ItemIs, PageWhen, Store

Anything = Annotated[Any, WithJsonSchema({})]


class PageShape(Shape):
    """How the page behind an item is read."""

    when: PageWhen | None = None
    """always, relevant (title or summary speak of our subjects), never. Default: official always, else relevant."""
    text: Text = ""
    """CSS selector of the article's text; without one the text is found by its look."""
    drop: Text = ""
    """CSS selector of what stands inside the text and is none of it."""


class SourceShape(Shape):
    """One thing to poll."""

    id: Ident
    """Short, unique among sources."""
    kind: Annotated[Text, names("source-kind")]
    """How it is read; one of the files in bot/sources/."""
    url: Text
    """Address; {year} stands for the year."""
    publisher: Text
    """Name as shown to readers."""
    jurisdiction: Jurisdiction | None = None
    """Whose voice it is; without one, that of the file."""
    languages: Many[Language] = ()
    """Languages to expect."""
    authority: Authority
    """Who speaks."""
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    """Admiralty scale: A always reliable ... E never, F not known."""
    every: Span
    """Pace of polling."""
    enabled: YesNo
    """Whether it is polled."""
    why: Text
    """Why it is read, or why not."""
    max_age_of_newest: Span | None = None
    """When even the newest item is older, the source is reported as stale."""
    min_items: Whole = 0
    """Fewer items than this mean that the layout broke."""
    options: dict[str, Anything] = Field(default_factory=dict)
    """What the kind needs to know."""
    headers: dict[str, Text] = Field(default_factory=dict)
    """Sent to this source only."""
    state_media: YesNo = False
    """Speaks for a state without being official."""
    item: ItemIs = ItemIs.ARTICLE
    """article: the body is its text; headline: it only repeats the title; siblings: it lists other articles."""
    store: Store = Store.FULL
    """How much stays of a text: full, excerpt (title, lead, sentences that count) or none (the title)."""
    page: PageShape = Field(default_factory=PageShape)
    """How the page behind an item is read."""
    robots: YesNo = True
    """no: the site's owner allowed what its robots.txt does not."""
    domains: Texts = ()
    """Other domains that the source may move to or link to."""


class SourcesFile(Shape):
    """Sources of one jurisdiction."""

    kind: Literal["sources"]
    title: Text = ""
    jurisdiction: Jurisdiction | None = None
    """For rows that name none."""
    changed: Day | None = None
    owner: Text = ""
    why: Text = ""
    sources: Annotated[tuple[SourceShape, ...], Field(min_length=1)]
    """One row per source."""


class RouteIfShape(Shape):
    """What must be so; keys that are left out match everything."""

    band: Many[Annotated[str, WithJsonSchema({"enum": [f"{b}{p}" for b in Band for p in ("", "+")]})]] = ()
    """A band, or a band and all louder ones: alert+."""
    sector: Many[SectorRef] = ()
    goods: Many[GoodsRef] = ()
    measure: Many[MeasureRef] = ()
    actor: Many[Jurisdiction] = ()
    """Who takes the step."""
    target: Many[Jurisdiction] = ()
    """Who is hit."""
    source: Many[SourceRef] = ()
    rule: Many[AlertRef] = ()
    story: Texts = ()
    """Ids of single stories, as messages show them."""


class EscalateShape(Shape):
    """What happens when nobody acknowledges a first message."""

    after: Span
    """Time since it was sent, 5m to 24h."""
    to: Annotated[Text, names("channel")]
    """Another channel, which is told once."""


class RouteShape(Shape):
    """One way out; every route that matches sends."""

    id: Ident
    if_: RouteIfShape = Field(alias="if")
    send: Annotated[Text, names("destination")]
    """A channel, a digest, or archive."""
    quiet: Text | None = None
    """A window of `quiet`; ignore for always."""
    escalate: EscalateShape | None = None
    """Tells another channel when nobody acknowledges the first message in time."""


class StoriesShape(Shape):
    """How stories become messages."""

    hold: Span
    """Wait before the first message, so that several sources arrive as one."""
    at_most: Text
    """First messages per channel and hour, e.g. 6 or `6 per hour per channel`; the rest becomes a list."""
    group_by: Literal["story"] = "story"
    updates: Literal["thread"] = "thread"
    remind: Many[Annotated[Text, WithJsonSchema({"type": "string", "pattern": "^([1-9][0-9]* ?[dw]|never)$"})]] = (
        "7d",
        "1d",
    )
    """How long before a date ahead (start, end, end of comments) readers are reminded: days or weeks, or never."""


class QuietShape(Shape):
    """A window in which messages are held and then sent once."""

    days: Text = "mon-sun"
    """mon-fri, or sat sun, or a list."""
    from_: Clock = Field(alias="from")
    to: Clock
    """May be earlier than `from`: over midnight."""
    zone: Zone
    """IANA name, e.g. Europe/Amsterdam."""
    then: Literal["send at end"] = "send at end"


class SilenceShape(Shape):
    """A mute with an end."""

    id: Ident
    if_: RouteIfShape = Field(alias="if")
    until: Day
    owner: Text
    why: Text


class DigestToShape(Shape):
    """One reader."""

    who: Text
    """Mail address."""
    sectors: Many[SectorRef] = ()
    """Only these; all when left out."""
    locale: Language = "en"
    """Language of the reader."""


class DigestShape(Shape):
    """A weekly mail."""

    when: Text
    """Weekday and local time, e.g. mon 07:30."""
    zone: Zone
    to: Many[DigestToShape]
    audit_sample: Whole = 5
    """Random items from below the threshold, to measure misses."""


class AlertWanted(Shape):
    """An imagined alert."""

    band: Band
    sector: Many[SectorRef] = ()


class RouteTestShape(Shape):
    """An imagined alert and where it must go."""

    alert: AlertWanted
    goes_to: Many[Annotated[Text, names("destination")]]


class RoutesFile(Shape):
    """Where messages go."""

    kind: Literal["routes"]
    changed: Day | None = None
    owner: Text = ""
    why: Text = ""
    channels: Annotated[
        dict[Ident, dict[str, Any]],
        WithJsonSchema({"type": "object", "additionalProperties": {"type": "object", "x-channel": True}}),
    ]
    """Name -> the kind of channel with its address, e.g. {slack: "#desk"}, and its options."""
    routes: Annotated[tuple[RouteShape, ...], Field(min_length=1)]
    stories: StoriesShape
    quiet: dict[Ident, QuietShape] = Field(default_factory=dict)
    silences: tuple[SilenceShape, ...] = ()
    digests: dict[Ident, DigestShape] = Field(default_factory=dict)
    operations: Annotated[Text, names("channel")] | None = None
    """Channel for feed health and delivery trouble."""
    tests: tuple[RouteTestShape, ...] = ()


class ChangeFile(Shape):
    """A local change of a shipped file, which upgrades never overwrite."""

    kind: Literal["change"]
    id: Ident
    changes: Text
    """Id of what is changed, and the version looked at: export-ban@2026-11-21."""
    owner: Text
    why: Text
    status: Literal["live", "draft"] = "live"
    """A draft is not applied."""
    add: dict[str, Anything] = Field(default_factory=dict)
    """Key path -> values to add to a list or mapping: {sure.nl: [uitvoerstop]}."""
    remove: dict[str, Anything] = Field(default_factory=dict)
    """Key path -> values to take out of a list."""
    set: dict[str, Anything] = Field(default_factory=dict)
    """Key path -> new value."""
    was: dict[str, Anything] = Field(default_factory=dict)
    """Key path -> what the file had there when this was written; later upgrades are told apart from it."""
