"""What robots.txt of a site says to this program (RFC 9309), asked once a day through the same door as all else."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from bot.fetch.guard import Gate
from bot.fetch.network import Steady
from bot.fetch.stopped import FetchStopped
from bot.types.source import FetchProblem

TOKEN = "Monazite"  # noqa: S105 - the product token of RFC 9309, by which a robots.txt names us
LONGEST = 512_000  # bytes of a robots.txt that are read; RFC 9309 wants 500 KiB at least
LONGEST_DELAY = 60.0  # seconds of Crawl-delay that are honoured

_FRESH = 24 * 3600.0  # seconds for which an answer holds
_TRY_AGAIN = 300.0  # seconds after which one that did not come is asked for again
_MANY = 2_000  # origins that are remembered
_AGENT = re.compile(r"\s*user[- ]?agent\b\s*:?\s*(.*)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_-]*")

# Problems that say more than "no robots.txt", whatever was asked for.
_OF_THEIR_OWN = frozenset((
    *(FetchProblem.ADDRESS, FetchProblem.RATE_LIMITED),
    *(FetchProblem.DNS, FetchProblem.CONNECT, FetchProblem.TLS),
))  # fmt: skip


class Rules:
    """The rules of one origin that concern us."""

    def __init__(self, body: bytes) -> None:
        self._rules = Protego.parse(_ours(body[:LONGEST].decode("utf-8", errors="replace").removeprefix("\ufeff")))
        self.delay = min(self._rules.crawl_delay(TOKEN) or 0.0, LONGEST_DELAY)  # seconds between two requests

    def allow(self, url: httpx.URL) -> bool:
        """Whether a page may be read."""
        return bool(self._rules.can_fetch(f"http://site{url.raw_path.decode('ascii')}", TOKEN))


@dataclass(slots=True)
class _Origin:
    """What is known of one origin; its lock is held while it is asked."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    trouble: str = ""  # why there are none; one sentence
    until: float = float("-inf")  # moment up to which the above holds


class RobotsBook:
    """The robots.txt of every origin that was asked for one; safe to use from many threads.

    Args:
        download: Gives the body of a robots.txt, b"" when the site has none; raises FetchStopped when it cannot be
            reached.
        steady: Measures how old an answer is.
    """

    def __init__(self, download: Callable[[Gate, httpx.URL], bytes], steady: Steady) -> None:
        self._download = download
        self._steady = steady
        self._lock = threading.Lock()
        self._origins: OrderedDict[tuple[str, str, int | None], _Origin] = OrderedDict()

    def check(self, gate: Gate, url: httpx.URL) -> float:
        """Make sure that a page may be read.

        The gate is that of the page: its robots.txt is no way to places that the page itself could not lead to.

        Returns:
            Seconds that the site wants between two requests, 0 when it does not say.

        Raises:
            FetchStopped: It may not, or nobody knows yet whether it may.
        """
        origin = self._origin(url)
        with origin.lock:
            if self._steady.monotonic() >= origin.until:
                self._ask(origin, gate, url)
        rules = origin.rules
        if rules is None:
            raise FetchStopped(
                FetchProblem.ROBOTS,
                f"The robots.txt of {url.host} cannot be read, so its pages wait: {origin.trouble}",
            )
        if not rules.allow(url):
            raise FetchStopped(
                FetchProblem.ROBOTS,
                f"The robots.txt of {url.host} does not want this page read by programs; when its owner allowed it, "
                "say robots: no in the source.",
                transient=False,
            )
        return rules.delay

    def _origin(self, url: httpx.URL) -> _Origin:
        key = (url.scheme, url.host, url.port)
        with self._lock:
            found = self._origins.setdefault(key, _Origin())
            self._origins.move_to_end(key)
            while len(self._origins) > _MANY:
                self._origins.popitem(last=False)
        return found

    def _ask(self, origin: _Origin, gate: Gate, url: httpx.URL) -> None:
        """Ask for the file; an old answer stays in force while none comes."""
        try:
            origin.rules = Rules(self._download(gate, url.copy_with(raw_path=b"/robots.txt", fragment=None)))
        except FetchStopped as stop:
            if stop.problem in _OF_THEIR_OWN:
                raise
            if stop.problem is FetchProblem.REDIRECT:  # "unavailable", as RFC 9309 calls what leads nowhere
                origin.rules = Rules(b"")
            origin.trouble = stop.message
            origin.until = self._steady.monotonic() + _TRY_AGAIN
        else:
            origin.until = self._steady.monotonic() + _FRESH


def _ours(text: str) -> str:
    """A robots.txt in which nobody but us and "*" has a name.

    By the RFC a group is ours when its product token is ours, not when it begins like it; and a file that names
    thousands of agents costs no more to read than one that names two.
    """
    lines = []
    for line in text.splitlines():
        agent = _AGENT.match(line.partition("#")[0])
        if agent is None:
            lines.append(line)
        else:
            lines.append(f"User-agent: {_called(agent[1].strip())}")
    return "\n".join(lines)


def _called(agent: str) -> str:
    if agent == "*":
        return agent
    named = _NAME.match(agent)
    return TOKEN if named is not None and named[0].lower() == TOKEN.lower() else "others"
