"""What the pipeline works with: the ports that app filled, in one frozen record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.decide.outbox import STALE_CLAIM
from bot.pipeline.polling.admission import Admission
from bot.pipeline.together import Together
from bot.storage import Database
from bot.types.delivery import ChannelTarget
from bot.types.ports import Channel, Clock, Fetcher, Sender, SourceKind
from bot.types.rules import Rulebook
from bot.types.settings import Settings

CONSOLE = "console"  # the way out that is always open


def _nothing(_point: str) -> None:
    """Passing a point has no effect."""


class Workers(Protocol):
    """Child processes that can be killed."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        """Run `module:function` in a child.

        Raises:
            WorkerError: The child died, or ran out of seconds or memory.
        """

    def renew(self, initializer: tuple[str, tuple[Any, ...]]) -> None:
        """Get every further child ready with another function."""


class Exits:
    """The ways out: which are open, and which one stands in for a closed one.

    Senders are opened when they are first needed and kept, since they remember what they looked up.
    """

    def __init__(self, channels: Mapping[str, Channel], settings: Settings) -> None:
        self.channels = channels
        self._settings = settings
        self._open: dict[str, Sender | str] = {}

    def sender(self, kind: str) -> Sender | str:
        """The way out for a kind of channel; a string says in one sentence why it is closed."""
        if kind not in self._open:
            channel = self.channels.get(kind)
            self._open[kind] = channel.connect(self._settings) if channel else f"there is no channel kind {kind!r}"
        return self._open[kind]

    def target(self, target: ChannelTarget) -> ChannelTarget:
        """Where a new message goes: to its target, or to the console as long as that way is closed.

        The name stays: when the way opens later, what was told on the console is not told again.
        """
        closed = isinstance(self.sender(target.kind), str)
        if closed and not isinstance(self.sender(CONSOLE), str):
            return replace(target, kind=CONSOLE, address="stdout", options={})
        return target


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """Everything that a unit of work may touch."""

    database: Database
    rulebook: Rulebook
    settings: Settings
    clock: Clock
    fetcher: Fetcher
    workers: Workers  # read texts; heavy to start, since they know all words
    parsers: Workers  # parse what strangers send; light to start, so that one may be killed often
    ward: Workers  # one child that parses the answers of sources in quarantine, so that others need not wait for it
    kinds: Mapping[str, SourceKind]
    exits: Exits
    admission: Admission = field(default_factory=Admission)  # one for all rigs of a process
    together: Together = field(init=False, repr=False)  # small transactions of many threads as one
    pause: Callable[[float], bool]  # waits so many seconds; True: the program is to stop, come back at once
    reader: str = "bot.understand.reader:read_batch"  # what a child runs to read documents
    harvester: str = "bot.sources._work:gather"  # what a child runs to read the answer of a source
    completer: str = "bot.sources._page:complete"  # what a child runs to read the page behind an item
    passes: Callable[[str], None] = _nothing  # told of every step from an answer to a mark; tests end the process there

    def __post_init__(self) -> None:
        object.__setattr__(self, "together", Together(self.database))

    def host(self, url: str) -> str:
        """Host whose turns an address needs; "" where hosts need none, or where it is no address."""
        if self.settings.fetch.per_host_seconds <= 0:
            return ""
        try:
            return urlsplit(url).hostname or ""
        except ValueError:
            return ""

    def fence(self, kind: str) -> timedelta:
        """Time after a claim until nobody sends it any more and the service would show it."""
        slack, mail = self.settings.slack, self.settings.mail
        if kind == "slack":
            # A post may be preceded by one other call, which finds out whom to mention.
            return STALE_CLAIM + timedelta(seconds=2 * slack.timeout + slack.fence)
        if kind == "email":
            # Seven commands come before the text; the answer to the text may take ten times as long as one to a command
            # (RFC 5321 section 4.5.3.2).
            return STALE_CLAIM + timedelta(seconds=(7 + 10) * mail.timeout)
        return timedelta(seconds=60)


class Current:
    """The rig in force: a unit of work takes it once, when it begins, and so keeps one rule set to its end."""

    __slots__ = ("rig",)

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
