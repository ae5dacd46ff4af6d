"""Records of the way in: what to poll, what came back, what items it held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.place import Place


class ItemIs(StrEnum):
    """What an entry of a source is, so that words are credited to the text that said them."""

    ARTICLE = "article"  # its body is its own text
    HEADLINE = "headline"  # its body says no more than its title: no text
    SIBLINGS = "siblings"  # its body lists headlines of other articles: each is an item of its own


class Store(StrEnum):
    """How much of a text stays once it has been read and weighed."""

    FULL = "full"
    EXCERPT = "excerpt"  # title, lead and the sentences that a reading points to
    NONE = "none"  # the title alone


class PageWhen(StrEnum):
    """Whether the page behind an item is fetched for its whole text."""

    ALWAYS = "always"  # the default of official sources
    RELEVANT = "relevant"  # when title or summary speak of our subjects; the default of all others
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """How the page behind an item is read. Made by rulebook."""

    when: PageWhen = PageWhen.RELEVANT
    text: str = ""  # CSS selector of the article's text; "" leaves it to the extractor
    drop: str = ""  # CSS selector of what stands inside the text and is none of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to poll. Made by rulebook from rules/sources/."""

    id: SourceId
    kind: str  # name of a file in bot/sources/
    url: str  # may hold {year}; the kind fills it
    publisher: str  # name as shown to readers
    jurisdiction: str  # ISO 3166 alpha-2, or EU, WTO, INT
    authority: Authority
    reliability: str  # Admiralty scale A-F
    languages: tuple[str, ...]  # codes of bot/understand/languages; a prior, no fact
    every: timedelta  # pace of polling
    enabled: bool
    why: str  # why it is read, or why it is disabled
    place: Place
    options: Mapping[str, object] = field(default_factory=dict)  # checked by the kind
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # sent to the source's own origin only
    max_age_of_newest: timedelta | None = None  # older than this: the source is stale
    min_items: int = 0  # fewer than this: the layout broke
    state_media: bool = False  # speaks for a state without being official
    item: ItemIs = ItemIs.ARTICLE
    store: Store = Store.FULL
    page: PageRule = PageRule()
    robots: bool = True  # False: its owner allowed us what robots.txt does not
    domains: tuple[str, ...] = ()  # registrable domains besides that of `url` that it may move or link to


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a source was like as long as it could be trusted, and why it no longer can. Made by pipeline.

    Domains are registrable ones, see bot/parse/domain.py.
    """

    approved: tuple[str, ...] = ()  # domains that operators approved besides those of the rule file
    links: tuple[str, ...] = ()  # domains that its items have linked to, latest last
    roams: bool = False  # an answer linked to as many domains as an aggregator's does: new ones say nothing
    language: str = ""  # of its titles in the first answer
    generator: str = ""  # program that makes the feed, without its version
    doubt: str = ""  # why it may not be what it was, one sentence; "" when nothing speaks against it
    doubted: tuple[str, ...] = ()  # domains that gave rise to the doubt; to approve is to take them over


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls. Made by storage."""

    source_id: SourceId
    next_due: datetime
    url: str = ""  # of its rule, when it last answered: to which validators and items belong
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  # hash of the last complete body; equal means unchanged
    failures: int = 0  # consecutive
    last_success: datetime | None = None
    last_attempt: datetime | None = None
    last_error: str | None = None  # one sentence for people
    items_seen: int = 0  # items in the last good answer
    first_fetch_done: bool = False  # False: the next answer is a silent baseline
    planned: datetime | None = None  # since when it is watched; None while it is disabled
    newest: datetime | None = None  # date of its newest item; dates in the future do not count
    counts: tuple[int, ...] = ()  # items in the last good answers, latest last
    notes: tuple[str, ...] = ()  # what was odd about the last good answer, one phrase each
    stops: int = 0  # answers that stopped the parser since it last left quarantine; from 1 on it is in quarantine
    clean: int = 0  # answers in a row that did not, while in quarantine
    trust: Trust = Trust()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request to make. Made by sources."""

    source_id: SourceId
    url: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # may hold a key
    etag: str | None = None
    last_modified: str | None = None
    robots: bool = False  # True: a page, for which robots.txt is asked first
    optional: bool = False  # True: that it is not there (yet) is no failure
    led_by: str = ""  # address of the source whose answer named this one; "" for what the rules name


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body that arrived. Made by fetch."""

    request: Request
    final_url: str  # after redirects
    status: int
    media_type: str  # lower case, without parameters; "" when absent
    charset: str | None  # as declared in the header
    body: bytes  # decoded from transfer encodings
    complete: bool  # False: truncated; its validators must not be kept
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing changed. Made by fetch."""

    request: Request
    fetched_at: datetime


class FetchProblem(StrEnum):
    """Why no body came."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    BROKEN = "broken"  # reset, bad framing, truncated compression
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    ADDRESS = "address"  # not a public address, or a scheme or port that is not allowed
    REDIRECT = "redirect"  # too many, or to a worse place
    STATUS = "status"  # an HTTP status that is no success
    RATE_LIMITED = "rate-limited"  # 429, or 503 with Retry-After
    ROBOTS = "robots"  # robots.txt does not want this page read


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """No body came, and why. Made by fetch; a value, since it is part of a day's work."""

    request: Request
    problem: FetchProblem
    message: str  # one sentence for people, without secrets
    transient: bool  # True: trying again later makes sense
    fetched_at: datetime
    status: int | None = None
    retry_after: timedelta | None = None

    @property
    def not_there(self) -> bool:
        """The server answers that there is no such thing: all that an optional request may fail by."""
        return self.status in (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed or list. Made by sources."""

    source_id: SourceId
    url: str  # absolute; "" when the entry has none
    title: str  # plain text, may be ""
    body_html: str  # as delivered, not yet cleaned
    guid: str | None = None
    published_at: datetime | None = None  # aware
    updated_at: datetime | None = None  # aware
    lang_hint: str | None = None  # what the feed claims
    enclosures: tuple[str, ...] = ()  # absolute URLs


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """The items of one answer. Made by sources."""

    items: tuple[Item, ...]
    salvage: tuple[str, ...] = ()  # steps that were needed to read a broken body, in order
    dropped: int = 0  # entries that could not be read at all
    memory: str | None = None  # what the kind wants to be given with the next answer; None leaves what it had
    more: tuple[Request, ...] = ()  # what else to ask for in the same poll; what comes back may not ask for more
    shown: int | None = None  # entries that the answer showed, where that is not the number of items
    unchanged: bool = False  # True: by its memory, the kind knows that there is nothing to read
    generator: str = ""  # program that made the answer, as it says itself


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailure:
    """A body that holds no readable item. Made by sources; a value."""

    source_id: SourceId
    url: str
    message: str  # one sentence for people
    memory: str | None = None  # see `Harvest.memory`: kept although the answer is not


class Novelty(StrEnum):
    """What an item is to us."""

    NEW = "new"
    SAME = "same"
    EDITED = "edited"  # known, with another text
    RENAMED = "renamed"  # known, under a new id (a feed that re-publishes with new GUIDs)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """What is kept of an item for as long as readings are kept. Made by storage."""

    keys: tuple[str, ...]  # "n:" name, "g:" guid, "l:" link, "t:" title, "h:" content; see bot/parse/identity.py
    document_id: DocumentId
    content_hash: str
    title: str
    link: str
    first_seen: datetime
