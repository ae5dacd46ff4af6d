"""Pages of shipped sources that have no feed, served under their own names, and what must come out of each.

A case is a folder in recorded/ named like a source: the answer as bytes, and expected.json with the documents, a piece
of text whose change breaks the layout, and the two ends of the list. Where the change of a list is the news, an earlier
version lies beside it. Texts are invented; layouts, fields, encodings and forms of addresses are those of the sites. A
new case is a new folder, no Python.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore
import pytest

from bot.app import plugins
from bot.fetch.http import HttpFetcher
from bot.fetch.network import SystemNetwork
from bot.rulebook.load import load
from bot.sources._work import gather
from bot.types.document import Gathered
from bot.types.settings import FetchSettings
from bot.types.source import Fetched, FetchFailure, ParseFailure, Source, SourceState
from tests.fakes import tls
from tests.fakes.clock import FakeClock
from tests.fakes.web import Behaviour, WebServer, ok, page

ROOT = Path(__file__).resolve().parents[2]
RECORDED = Path(__file__).parent / "recorded"
CASES = sorted(path.name for path in RECORDED.iterdir())
PUBLIC = "93.184.216.34"
# What is said of answers that name no title of their own.
STRANGE = ("no JSON", "no markup at", "another page", "No row of the table")
EACH = pytest.mark.parametrize("name", CASES)


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded answer."""

    body: bytes
    before: bytes | None  # the version that is remembered, for lists whose change is the news
    expected: dict[str, Any]

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.expected["now"])

    def answer(self, body: bytes | None = None) -> Behaviour:
        """The answer, or another one of the same type."""
        return ok(self.body if body is None else body, self.expected["content_type"])

    def renamed(self) -> bytes:
        """The answer after a redesign."""
        old, new = self._bytes("renamed")
        assert old in self.body
        return self.body.replace(old, new)

    def emptied(self) -> bytes:
        """The answer with nothing between the ends of its list."""
        start, end = self._bytes("empty")
        head, found, rest = self.body.partition(start)
        _, closed, tail = rest.rpartition(end) if start == b"[" else rest.partition(end)
        assert found
        assert closed
        return head + start + end + tail

    def _bytes(self, name: str) -> list[bytes]:
        return [str(part).encode(self.expected["encoding"]) for part in self.expected[name]]


def case(name: str) -> Case:
    expected = json.loads((RECORDED / name / "expected.json").read_text(encoding="utf-8"))
    before = (RECORDED / name / expected["before"]).read_bytes() if "before" in expected else None
    return Case((RECORDED / name / expected["page"]).read_bytes(), before, expected)


class Web:
    """A network in which every name leads to two servers on loopback, one of them with TLS."""

    def __init__(self, plain: WebServer, secure: WebServer) -> None:
        self.servers = {80: plain, 443: secure}
        self._system = SystemNetwork()

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        return (PUBLIC,)

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        return self._system.connect("127.0.0.1", self.servers[port].port, timeout)


class Desk:
    """What `monazite sources test` does with a source, with a web of its own."""

    def __init__(self, sources: dict[str, Source], web: Web, context: ssl.SSLContext) -> None:
        self.sources = sources
        self._web = web
        self._fetcher = HttpFetcher(FetchSettings(per_host_seconds=0.0), clock=FakeClock(), network=web, tls=context)

    def try_out(self, name: str, answer: Behaviour, recorded: Case) -> Gathered | str:
        """The documents of a source whose site answers so, or why there are none."""
        source = self.sources[name]
        source = replace(source, url=recorded.expected.get("url", source.url))
        memory = ""
        if recorded.before is not None:
            first = self._poll(source, recorded.answer(recorded.before), recorded.now)
            assert isinstance(first, Gathered)
            assert first.documents == (), "a list that is seen for the first time is no news"
            memory = first.memory or ""
        return self._poll(source, answer, recorded.now, memory)

    def _poll(self, source: Source, answer: Behaviour, now: datetime, memory: str = "") -> Gathered | str:
        state = SourceState(source_id=source.id, next_due=now)
        (request,) = plugins().source_kinds[source.kind].requests(source, state, now=now)
        server = self._web.servers[443 if request.url.startswith("https:") else 80]
        server.on(urlsplit(request.url).path or "/", answer)
        found = self._fetcher.fetch(request, now=now)
        assert server.requests[-1].headers["host"] == urlsplit(request.url).hostname
        if isinstance(found, FetchFailure):
            return found.message
        assert isinstance(found, Fetched)
        gathered = gather(source, found, memory)
        return gathered.message if isinstance(gathered, ParseFailure) else gathered


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("tls")
    # One certificate stands for all sites; that names are checked is tested at the door itself.
    context = ssl.create_default_context(cafile=str(tls.trusted(folder)))
    context.check_hostname = False
    sources = {str(source.id): source for source in load(ROOT / "rules", plugins()).sources}
    with WebServer() as plain, WebServer(tls=tls.server_context(folder)) as secure:
        yield Desk(sources, Web(plain, secure), context)


@EACH
def test_every_item_is_found_with_its_address_date_and_text(name: str, desk: Desk) -> None:
    recorded = case(name)
    found = desk.try_out(name, recorded.answer(), recorded)
    assert isinstance(found, Gathered), found
    seen = [
        {
            "title": document.title,
            "url": document.url.partition("#version-")[0],
            "published": document.published_at.isoformat() if document.published_at else None,
            "text": document.text,
        }
        for document, _ in found.documents
    ]
    assert seen == recorded.expected["documents"]
    assert len({document.id for document, _ in found.documents}) == len(seen)
    assert (found.shown or len(seen)) >= desk.sources[name].min_items
    assert found.dropped == 0


def complaint(found: Gathered | str, source: Source) -> str:
    """The sentence that says why there are no items; fewer than are expected are as bad as none."""
    if isinstance(found, Gathered):
        assert len(found.documents) < source.min_items, f"{len(found.documents)} items, and nobody would ask why"
        return f"{len(found.documents)} items where at least {source.min_items} are expected."
    assert found[0].isupper()
    assert found.endswith(".")
    assert "\n" not in found
    return found


@pytest.mark.parametrize("name", [name for name in CASES if case(name).expected["renamed"]])
def test_a_redesign_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    said = complaint(desk.try_out(name, recorded.answer(recorded.renamed()), recorded), desk.sources[name])
    assert any(word in said for word in ("layout", "shape", "no list at", "expected", "no feed")), said


@EACH
def test_an_error_page_with_status_200_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    said = complaint(desk.try_out(name, page("502 Bad Gateway"), recorded), desk.sources[name])
    assert any(word in said for word in ("502 Bad Gateway", *STRANGE)), said


@EACH
def test_a_login_page_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    said = complaint(desk.try_out(name, page("Sign in to continue"), recorded), desk.sources[name])
    assert any(word in said for word in ("Sign in to continue", *STRANGE)), said


@pytest.mark.parametrize("name", [name for name in CASES if case(name).expected["empty"]])
def test_an_empty_list_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    emptied = recorded.emptied()
    assert complaint(desk.try_out(name, recorded.answer(emptied), recorded), desk.sources[name])
