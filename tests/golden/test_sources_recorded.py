"""Pages of shipped sources that have no feed, served under their own names, and what must come out of each.

A case is a folder in recorded/ named like a source: the answer as bytes, and expected.json with the documents, a piece
of text whose change breaks the layout, and the two ends of the list. Where the change of a list is the news, an earlier
version lies beside it. Texts are invented; layouts, fields, encodings and forms of addresses are those of the sites. A
new case is a new folder, no Python.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterable, Iterator
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
from bot.tune.sources.kit import Kit
from bot.tune.sources.trying import Trial, try_source
from bot.types.document import Document, Gathered
from bot.types.settings import FetchSettings
from bot.types.source import Fetched, Request, Source, SourceState
from tests.fakes import tls
from tests.fakes.clock import FakeClock
from tests.fakes.parsers import InProcess
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
    """The shipped sources, each of which `monazite sources test` may try on a web of its own."""

    def __init__(self, sources: dict[str, Source], web: Web, context: ssl.SSLContext) -> None:
        self.sources = sources
        self._web = web
        self._fetcher = HttpFetcher(FetchSettings(per_host_seconds=0.0), clock=FakeClock(), network=web, tls=context)

    def source(self, name: str, recorded: Case) -> Source:
        """The shipped row; at an address of the test where the shipped one waits for somebody's."""
        source = self.sources[name]
        return replace(source, url=recorded.expected.get("url", source.url))

    def trial(self, name: str, recorded: Case, answer: Behaviour) -> Trial:
        """What the command says when the site answers so."""
        source = self.source(name, recorded)
        server = self._serve(source, recorded, answer)
        found = try_source(source, self._kit(recorded))
        assert server.requests[-1].headers["host"] == urlsplit(source.url).hostname
        return found

    def saved(self, name: str, recorded: Case) -> Trial:
        """What the command says of the answer as a file, without a network."""
        return try_source(self.source(name, recorded), self._kit(recorded), page=recorded.body)

    def compared(self, name: str, recorded: Case, before: bytes) -> Gathered:
        """What is news when the version before is remembered."""
        first = self._gathered(name, recorded, before, "")
        return self._gathered(name, recorded, recorded.body, first.memory or "")

    def _gathered(self, name: str, recorded: Case, body: bytes, memory: str) -> Gathered:
        source = self.source(name, recorded)
        self._serve(source, recorded, recorded.answer(body))
        answer = self._fetcher.fetch(self._request(source, recorded), now=recorded.now)
        assert isinstance(answer, Fetched)
        found = gather(source, answer, memory)
        assert isinstance(found, Gathered)
        return found

    def _kit(self, recorded: Case) -> Kit:
        clock = FakeClock(recorded.now)
        return Kit(fetcher=self._fetcher, parsers=InProcess(), clock=clock, kinds=plugins().source_kinds)

    def _request(self, source: Source, recorded: Case) -> Request:
        state = SourceState(source_id=source.id, next_due=recorded.now)
        (request,) = plugins().source_kinds[source.kind].requests(source, state, now=recorded.now)
        return request

    def _serve(self, source: Source, recorded: Case, answer: Behaviour) -> WebServer:
        parts = urlsplit(self._request(source, recorded).url)
        server = self._web.servers[443 if parts.scheme == "https" else 80]
        server.on(parts.path or "/", answer)
        return server


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("tls")
    # One certificate stands for all sites; that names are checked is tested at the door itself.
    context = ssl.create_default_context(cafile=str(tls.trusted(folder)))
    context.check_hostname = False
    sources = {str(source.id): source for source in load(ROOT / "rules", plugins()).sources}
    with WebServer() as plain, WebServer(tls=tls.server_context(folder)) as secure:
        yield Desk(sources, Web(plain, secure), context)


def as_data(documents: Iterable[Document]) -> list[dict[str, str | None]]:
    """What a case writes down; a version of a list is named by a hash, which says nothing to people."""
    return [
        {
            "title": document.title,
            "url": document.url.partition("#version-")[0],
            "published": document.published_at.isoformat() if document.published_at else None,
            "text": document.text,
        }
        for document in documents
    ]


@EACH
def test_every_item_is_found_with_its_address_date_and_text(name: str, desk: Desk) -> None:
    recorded = case(name)
    trial = desk.trial(name, recorded, recorded.answer())
    assert trial.trouble == ()
    assert trial.entries >= desk.sources[name].min_items
    documents = [item.document for item in trial.items]
    if recorded.before is not None:
        assert documents == [], "a list that is seen for the first time is no news"
        documents = [document for document, _ in desk.compared(name, recorded, recorded.before).documents]
    assert as_data(documents) == recorded.expected["documents"]
    assert len({document.id for document in documents}) == len(documents)


@EACH
def test_a_saved_page_gives_the_same(name: str, desk: Desk) -> None:
    recorded = case(name)
    served, saved = desk.trial(name, recorded, recorded.answer()), desk.saved(name, recorded)
    assert (saved.trouble, saved.entries) == ((), served.entries)
    assert [item.document for item in saved.items] == [item.document for item in served.items]


@pytest.mark.parametrize("name", [name for name in CASES if case(name).expected["encoding"] != "utf-8"])
def test_the_encoding_is_recognised(name: str, desk: Desk) -> None:
    recorded = case(name)
    (answer,) = desk.trial(name, recorded, recorded.answer()).answers
    assert answer.charset is not None
    wanted = recorded.expected["encoding"]
    assert recorded.body.decode(answer.charset.name) == recorded.body.decode(wanted), answer.charset


def complaint(trial: Trial) -> str:
    """The one sentence that says why there are no items."""
    assert trial.items == ()
    (told,) = trial.trouble
    said = told.removeprefix(f"{trial.answers[0].url}: ")
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("name", [name for name in CASES if case(name).expected["renamed"]])
def test_a_redesign_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    said = complaint(desk.trial(name, recorded, recorded.answer(recorded.renamed())))
    assert any(word in said for word in ("layout", "shape", "no list at", "expected", "no feed")), said


@EACH
@pytest.mark.parametrize("title", ["502 Bad Gateway", "Sign in to continue"])
def test_a_page_of_another_kind_with_status_200_is_told(name: str, title: str, desk: Desk) -> None:
    said = complaint(desk.trial(name, case(name), page(title)))
    assert any(word in said for word in (title, *STRANGE)), said


@pytest.mark.parametrize("name", [name for name in CASES if case(name).expected["empty"]])
def test_an_empty_list_is_told(name: str, desk: Desk) -> None:
    recorded = case(name)
    said = complaint(desk.trial(name, recorded, recorded.answer(recorded.emptied())))
    assert any(word in said for word in ("layout", "shape", "no list at", "expected", "no feed", "no markup")), said
