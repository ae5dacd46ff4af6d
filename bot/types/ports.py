"""What the stages ask of the outside and of their plug-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.types.delivery import Alert, ChannelTarget, Delivery, Message, Posting, ProbeFinding, Receipt
from bot.types.document import Document
from bot.types.levels import Authority
from bot.types.reading import Event, Mention, Reading, ReadsAs
from bot.types.settings import Settings
from bot.types.source import (
    Fetched,
    FetchFailure,
    Harvest,
    NotModified,
    ParseFailure,
    Request,
    Source,
    SourceState,
)


class Clock(Protocol):
    """The time of day; tests turn it by hand."""

    def now(self) -> datetime:
        """Aware, UTC."""


class Fetcher(Protocol):
    """Gets bytes politely, or says why not. Never raises for what the network does."""

    def fetch(self, request: Request, *, now: datetime) -> Fetched | NotModified | FetchFailure:
        """Make one request, redirects included."""

    def close(self) -> None:
        """Give connections back."""


@runtime_checkable
class SourceKind(Protocol):
    """A kind of source; one file in bot/sources/ with `SOURCE_KIND: SourceKind = ...`. Pure: no network, no clock."""

    @property
    def name(self) -> str:
        """Name under `kind:` in rules/sources/."""

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        """Check and complete the options of a source.

        Raises:
            ValueError: One sentence naming the option, what is wrong and what is allowed.
        """

    def requests(self, source: Source, state: SourceState, *, now: datetime) -> tuple[Request, ...]:
        """What to ask for, with validators."""

    def older(self, source: Source, page: int, *, now: datetime) -> Request | None:
        """What to ask for when every item of an answer is new, so that some may have come and gone in between.

        Args:
            source: The source.
            page: 2 for what came before the answer to `requests`, 3 for what came before that, and so on.
            now: The moment of asking.

        Returns:
            None when the source shows nothing older, or its options allow no more pages.
        """

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:
        """What the answer holds. Runs in a child process with deadline and memory limit.

        Args:
            source: The source.
            fetched: Its answer.
            memory: `Harvest.memory` of the last answer; "" when there was none.
        """


class Reader(Protocol):
    """Turns a document into a reading; same input, same output, on any host."""

    @property
    def version(self) -> str:
        """Hash of lexicon and code."""

    def read(self, document: Document, *, lang: str | None = None) -> Reading:
        """Read one document; `lang` forces the language."""


class Fact(Protocol):
    """What a rule condition may look at: one event of one telling. Made by score."""

    event: Event
    mentions: Sequence[Mention]  # near the event, as far as `within` reaches
    all_mentions: Sequence[Mention]  # of the whole document
    authority: Authority
    source_id: str
    jurisdiction: str  # of the source
    title: str
    reads_as: ReadsAs | None  # how the whole text reads to the learned reader

    def isa(self, concept: str, ancestor: str) -> bool:
        """True when `concept` is `ancestor` or stands below it."""

    def family(self, measure: str) -> str:
        """Family of a measure concept, e.g. "restrict"."""


@runtime_checkable
class Condition(Protocol):
    """A key of `when:`; one file in bot/score/conditions/ with `CONDITION: Condition = ...`. Pure.

    Its docstring holds one YAML example, which a test loads and runs.
    """

    @property
    def name(self) -> str:
        """Key in alert files."""

    def parse(self, raw: object) -> object:
        """Parameters from plain YAML data (str, list, dict; scalars are text).

        Raises:
            ValueError: One sentence for the analyst.
        """

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        """Ids that must exist, as (kind, id) with kind "concept", "source" or "sector"; the checker looks them up."""

    def holds(self, fact: Fact, params: object) -> str | None:
        """Words for the ledger when the condition holds, None when it does not."""


class Sender(Protocol):
    """An open way out: a channel with its credentials."""

    def send(self, delivery: Delivery) -> Receipt:
        """Hand one message over. Never raises for what the network or the service does."""

    def find(self, delivery: Delivery) -> Receipt | None:
        """Look for an ambiguous delivery at the service.

        Returns:
            SENT with the provider id when it is there; NOT_SENT when it is certainly absent; AMBIGUOUS when the service
            could not be asked now (look again after `retry_after`); None when this channel cannot look (mail,
            webhook): the delivery is then sent again with the same id.
        """


@runtime_checkable
class Ledgered(Protocol):
    """Optional part of a sender: the service shows what was sent, and takes back what was sent twice."""

    def history(
        self, target: ChannelTarget, since: datetime, threads: Sequence[str] = ()
    ) -> tuple[Posting, ...] | Receipt | None:
        """Everything of ours that stands in a channel, oldest first, in as few calls as the service allows.

        Args:
            target: The channel.
            since: Nothing older is asked for.
            threads: Provider ids of messages whose answers are wanted too.

        Returns:
            A receipt when the service could not be asked now; None when it may not be asked.
        """

    def remove(self, provider_id: str) -> Receipt:
        """Take a message back: SENT when it is gone, REJECTED when the service does not allow it."""


@runtime_checkable
class Channel(Protocol):
    """A channel; one file in bot/deliver/ with `CHANNEL: Channel = ...`."""

    @property
    def name(self) -> str:
        """Key under `channels:` in routes.yml."""

    def check(self, target: ChannelTarget) -> None:
        """Refuse a target that cannot work.

        Raises:
            ValueError: One sentence for the analyst.
        """

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The message for a new alert or its edit. Pure; escapes everything that came from a feed."""

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        """The thread reply for a material change; None when the channel has no threads."""

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A message of the bot about itself (feed health, broken rules)."""

    def connect(self, settings: Settings) -> Sender | str:
        """Open the way out; a string says in one sentence why it is closed (no token set)."""


@runtime_checkable
class PlainForm(Protocol):
    """Optional part of a channel: a simpler form of a message, tried once after `Receipt.layout`."""

    def plain(self, message: Message) -> Message | None:
        """The same message without layout; None when it is already plain or the channel has no other form."""


@runtime_checkable
class ListForm(Protocol):
    """Optional part of a channel: many stories as one message, for what is over the limit of messages per hour."""

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """Headline, score and link of each, as far as they fit, and how many more there are. Pure, and escapes.

        Args:
            alerts: Loudest first; at least two.
            target: Where it goes.
        """


@runtime_checkable
class Probe(Protocol):
    """Optional part of a channel: a self-test for doctor. Sends no message to anybody."""

    def probe(self, settings: Settings, targets: Sequence[ChannelTarget] = ()) -> tuple[ProbeFinding, ...]:
        """Try credentials and rights. Never raises for what the network or the service does.

        Args:
            settings: Where the credentials are.
            targets: Channels of routes.yml of this kind; each is checked as far as possible without sending.
        """
