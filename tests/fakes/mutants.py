"""Feeds, pages and JSON answers broken in one of countless ways; each by its number, always in the same way.

corpus = Corpus.load(folder)
chew(str(folder), first=0, count=500)  # in a child: what came of so many of them
"""

from __future__ import annotations

import random
import tarfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.sources._work import gather, kinds
from bot.types.document import Gathered
from bot.types.source import Fetched, ParseFailure
from tests.fakes import records

LARGEST = 16_000  # bytes of a body that is taken for breaking; most are far smaller
OPTIONS: Mapping[str, Mapping[str, object]] = {
    "feed": {},
    "listing": {"row": "li, tr, item, entry, p, div"},
    "jsonapi": {"items": "items", "title": "title", "url": "url", "date": "date_published", "text": "content_html"},
    "sitemap": {},
    "document": {},
}
SHARES = (*["feed"] * 16, "listing", "jsonapi", "sitemap", "document")  # of 20 mutants
_FITS: Mapping[str, Callable[[bytes], bool]] = {
    "feed": lambda body: b"<item" in body or b"<entry" in body or b"<rss" in body,
    "listing": lambda body: b"<li" in body or b"<tr" in body,
    "jsonapi": lambda body: body.lstrip()[:1] in (b"{", b"["),
    "sitemap": lambda body: b"<urlset" in body or b"<sitemapindex" in body,
    "document": lambda body: body.startswith((b"%PDF", b"PK")) or b"<tr" in body or body.count(b",") > 20,
}
_ROOT = Path(__file__).resolve().parents[2]
# Our own answers of all kinds, since collections of feeds hold little else.
_OWN = ("tests/golden/feeds", "tests/golden/pages", "tests/golden/recorded", "bot/demo/recorded")
GOOD_TITLE = "Ban on gallium exports of 3 December"
GOOD = (
    f"<item><title>{GOOD_TITLE}</title><link>https://good.example/1</link><guid>good-1</guid>"
    "<description>A whole sentence.</description></item>"
)

_TOKENS = (
    *(b"&#xD800;", b"&#x110000;", b"&#99999999999;", b"&#0;", b"&#x1F600;", b"&#146;", b"&nbsp;", b"&bogus;", b"&"),
    *(b"<", b">", b"</", b"/>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?php ", b"?>", b"<!DOCTYPE x [", b"]>"),
    *(b"<item>", b"</item>", b"<entry>", b"</entry>", b"<title>", b"</title>", b"<link/>", b"<channel>", b"</rss>"),
    *(b"<x:y>", b"</x:y>", b" xmlns=''", b" xmlns:a='b'", b" xml:base='http://[::1'", b" xml:base='//'"),
    *(b'="', b"='", b"\0", b"\x0b", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\x1b$B", b"\x85"),
    *(b'{"items":', b"[[[[", b"1e999", b'"\\ud800"', b"NaN", b"null", b"}", b"https://[", b"http://\xe4:99999/"),
    *(b"2026-13-45", b"Thu, 99 Zed 99999", b"+9999", b"<georss:point>a b</georss:point>", b"9" * 30, b" type='html'"),
    *(b"<enclosure/>", b"<guid isPermaLink='true'>", b"<content type='xhtml'>", b"<div><div><div>", b"javascript:"),
    *(b"<media:content url='x' ", b"<author>a@" + b"a." * 50),
)  # fmt: skip
_BOMB = b"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
) + b"]>"  # fmt: skip
_ENCODINGS = ("utf-16", "utf-32", "cp037", "utf-7", "shift_jis", "gb18030", "koi8-r", "iso-2022-jp", "big5", "bogus")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Bodies to break: all of them, and those that a kind of source can read."""

    bodies: tuple[bytes, ...]
    of_kind: Mapping[str, tuple[bytes, ...]]

    @classmethod
    def load(cls, folder: Path) -> Corpus:
        """All small files of a folder, those inside its archives among them, in a fixed order."""
        bodies = []
        for path in sorted(folder.iterdir()):
            if ".tar." in path.name:
                with tarfile.open(path) as tar:
                    files = [tar.extractfile(member) for member in tar if member.isfile() and member.size <= LARGEST]
                    bodies += [file.read() for file in files if file is not None]
            elif path.is_file() and path.stat().st_size <= LARGEST and not path.name.endswith(".expect.json"):
                bodies.append(path.read_bytes())
        answers = (path for name in _OWN for path in sorted((_ROOT / name).rglob("*")) if path.is_file())
        own = [path.read_bytes() for path in answers if not path.name.endswith(("expect.json", "expected.json"))]
        sorted_out = {kind: tuple(filter(fits, bodies if kind == "feed" else own)) for kind, fits in _FITS.items()}
        return cls(tuple(bodies), {kind: found or tuple(bodies) for kind, found in sorted_out.items()})

    def mutant(self, number: int, kind: str) -> bytes:
        """The body with this number for this kind of source."""
        draw = random.Random(number)
        body = draw.choice(self.of_kind[kind])
        for _ in range(draw.choice((1, 1, 2, 3, 6))):
            body = draw.choice(_MUTATIONS)(draw, body, self.bodies)
        return body[: 4 * LARGEST]

    def around_good(self, number: int) -> bytes:
        """A feed with one good entry among mutated ones."""
        draw = random.Random(number)
        parts = []
        for _ in range(2):
            part = b"".join(
                b"<item><title>%d</title><link>/%d</link></item>" % (n, n) for n in range(draw.randrange(4))
            )
            for _ in range(draw.choice((0, 1, 2, 4))):
                part = draw.choice(_LOCAL)(draw, part, self.bodies)
            parts.append(part)
        return b"<rss version='2.0'><channel>%s%s%s</channel></rss>" % (parts[0], GOOD.encode(), parts[1])


def chew(folder: str, first: int, count: int) -> dict[str, Any]:
    """What came of so many mutants: counts by kind and outcome, the slowest, and every exception that got out."""
    corpus = _corpus(folder)
    outcomes: Counter[str] = Counter()
    escapes: list[str] = []
    slowest = (0.0, first)
    known = kinds()
    for number in range(first, first + count):
        kind = SHARES[number % len(SHARES)]
        if kind not in known:
            kind = "feed"
        body = corpus.mutant(number, kind)
        began = time.perf_counter()
        try:
            found = gather(*_answer(kind, body))
        except Exception as error:  # noqa: BLE001 - to find them is what this is for
            place = traceback.extract_tb(error.__traceback__)[-1]
            escapes.append(f"{number} ({kind}): {type(error).__name__}: {error} in {place.filename}:{place.lineno}")
        else:
            outcomes[f"{kind}: {type(found).__name__}"] += 1
        slowest = max(slowest, (time.perf_counter() - began, number))
    return {"outcomes": dict(outcomes), "escapes": escapes, "slowest": slowest}


def chew_around_good(folder: str, first: int, count: int) -> list[int]:
    """The numbers of mutants that swallowed their good entry; in a well-formed feed a comment rightly may."""
    corpus = _corpus(folder)
    lost = []
    for number in range(first, first + count):
        found = gather(*_answer("feed", corpus.around_good(number)))
        titles = [document.title for document, _ in found.documents] if isinstance(found, Gathered) else []
        if GOOD_TITLE not in titles and (isinstance(found, ParseFailure) or found.salvage):
            lost.append(number)
    return lost


@cache
def _corpus(folder: str) -> Corpus:
    return Corpus.load(Path(folder))


def _answer(kind: str, body: bytes) -> tuple[Any, Fetched]:
    source = records.source("src", kind=kind, jurisdiction="INT", options=kinds()[kind].options(OPTIONS[kind]))
    return source, records.answer(body, source)


Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _flip(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    data = bytearray(body)
    for _ in range(draw.randrange(1, 8)):
        if data:
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(data)


def _cut(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    return body[: draw.randrange(len(body) + 1)]


def _remove(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    start = draw.randrange(len(body) + 1)
    return body[:start] + body[start + draw.randrange(1, 80) :]


def _insert(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(body) + 1)
        body = body[:at] + draw.choice(_TOKENS) * draw.choice((1, 1, 1, 2, 30)) + body[at:]
    return body


def _double(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    """A stretch repeated, mostly from tag to tag."""
    start = max(body.rfind(b"<", 0, draw.randrange(len(body) + 1)), 0)
    end = body.find(b">", start + draw.randrange(1, 200)) + 1 or len(body)
    return body[:end] + body[start:end] * draw.choice((1, 1, 2, 20)) + body[end:]


def _splice(draw: random.Random, body: bytes, others: Sequence[bytes]) -> bytes:
    other = draw.choice(others)
    return body[: draw.randrange(len(body) + 1)] + other[draw.randrange(len(other) + 1) :]


def _drop_bracket(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    at = body.find(draw.choice((b">", b"<", b'"', b"/", b"=")), draw.randrange(len(body) + 1))
    return body[:at] + body[at + 1 :] if at >= 0 else body


def _recode(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    return body.decode("utf-8", errors="replace").encode(draw.choice(_ENCODINGS[:6]), errors="replace")


def _declare(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    name = draw.choice(_ENCODINGS).encode()
    head, _, rest = body.partition(b"?>")
    return b"<?xml version='1.0' encoding='%s'?>%s" % (name, rest if head.startswith(b"<?xml") else body)


def _bomb(draw: random.Random, body: bytes, _others: Sequence[bytes]) -> bytes:
    at = draw.randrange(len(body) + 1)
    return _BOMB + body[:at] + b"&i;" * draw.randrange(1, 5) + body[at:]


_LOCAL: tuple[Mutation, ...] = (_flip, _cut, _remove, _insert, _insert, _double, _splice, _drop_bracket)
_MUTATIONS: tuple[Mutation, ...] = (*_LOCAL, _flip, _insert, _recode, _declare, _bomb)
