"""How fast feeds are polled, beside what a user would write otherwise: feedparser and a PhraseMatcher over every body.

The work of `monazite bench poll`. Feeds are made up (see `made_feeds`); in a cycle 95 % of them are as they were. Both
sides get the same answers in one run, and figures are processor time. What each row holds stands in its name.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import WorkerError
from bot.parse.identity import recognise
from bot.sources._plain import plain_entries
from bot.sources._work import gather
from bot.tune import made_feeds
from bot.tune.bench import Row, warmed_reader
from bot.tune.processes import Cost
from bot.types.document import Document, Gathered
from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.lexicon import Lexicon
from bot.types.place import Place
from bot.types.source import Fetched, KnownItem, Novelty, Request, Source
from bot.understand.plain_stack import plain_stack
from bot.understand.reader import WORDS, SpacyReader

_NOW = datetime(2026, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of the workload, at two polls in a row."""

    source: Source
    lang: str
    before: bytes
    after: bytes


def sources(count: int) -> tuple[Source, ...]:
    """So many feeds to poll every five minutes."""
    return tuple(
        Source(
            id=SourceId(f"feed-{number}"),
            kind="feed",
            url=f"http://feed-{number}.example/news.xml",
            publisher=f"Newspaper {number}",
            jurisdiction="INT",
            authority=Authority.PRESS,
            reliability="C",
            languages=(),
            every=timedelta(minutes=5),
            enabled=True,
            why="",
            place=Place(path="made-up.yml", line=number + 1),
        )
        for number in range(count)
    )


def feeds(count: int) -> list[Feed]:
    """The feeds and their answers; one in twenty changes between the polls."""
    found = []
    for number, source in enumerate(sources(count)):
        before = made_feeds.feed(source.id, 0)
        after = made_feeds.feed(source.id, 1) if number % made_feeds.UNCHANGED == 0 else before
        found.append(Feed(source=source, lang=made_feeds.language(source.id), before=before, after=after))
    return found


def thinking(lexicon: Lexicon, chosen: Sequence[Feed]) -> Iterator[Row]:
    """Both sides without network and storage: a cycle of which 95 % is unchanged, then a cycle in which all is new."""
    stack = plain_stack(lexicon, {feed.lang for feed in chosen})
    reader = warmed_reader(lexicon, WORDS)
    known = [_Known(feed) for feed in chosen]
    yours = len(chosen) / _spent(lambda: [_plain(stack, feed, feed.after) for feed in chosen])
    yield Row(what="user: feedparser, PhraseMatcher, every body", value=yours, unit="feeds/s", times=1.0)
    ours = len(chosen) / _spent(lambda: [one.poll(reader) for one in known])
    yield Row(what="hash; identity, gate, spaCy, events of new", value=ours, unit="feeds/s", times=ours / yours)
    entries = len(chosen) * made_feeds.ENTRIES
    yield Row(what="user: the same, by entries", value=yours * made_feeds.ENTRIES, unit="entries/s", times=1.0)
    all_new = entries / _spent(lambda: [_read_all(reader, feed) for feed in chosen])
    yield Row(
        what="all new: parse, identity, gate, spaCy, events",
        value=all_new,
        unit="entries/s",
        times=all_new / (yours * made_feeds.ENTRIES),
    )


def users_cycle(lexicon: Lexicon, found: Sequence[Source], get: Callable[[str], bytes]) -> Row:
    """What a user would run every five minutes: get every body, parse it, match every entry."""
    langs = {source.id: made_feeds.language(source.url.partition("//")[2]) for source in found}
    stack = plain_stack(lexicon, set(langs.values()))
    spent = _spent(
        lambda: [stack(text, langs[source.id]) for source in found for text in plain_entries(get(source.url))]
    )
    return Row(what="user: httpx, feedparser, PhraseMatcher", value=len(found) / spent, unit="feeds/s", times=1.0)


def bots_cycle(
    count: int, cycle: Callable[[], int], cost: Callable[[], Mapping[str, Cost]], yours: Row
) -> Iterator[Row]:
    """A cycle of the pipeline as it runs: conditional requests, hash, parsers in children, identity, storage.

    Readers are left out on this side alone: documents are read by other children when a poll is done.
    """
    begin = time.monotonic()
    if cycle() < count:
        raise WorkerError("Some feeds could not be polled.", reason="error")
    first, middle, before = time.monotonic() - begin, time.monotonic(), cost()
    cycle()
    steady, after = time.monotonic() - middle, cost()
    spent = {kind: after[kind].seconds - before[kind].seconds for kind in after}
    for what, seconds in (
        ("pipeline: requests, storage; all processes", sum(spent.values())),
        ("  of it in the bot's own process", spent["this"]),
        ("  of it in parsers", spent["children"]),
        ("  of it in the database server", spent["database"]),
    ):
        value = count / seconds if seconds else float("inf")
        yield Row(what=what, value=value, unit="feeds/s", times=value / yours.value)
    yield Row(what="wall time of the first cycle, all new", value=first, unit="s")
    yield Row(what="wall time of a cycle, 95 % unchanged", value=steady, unit="s")
    for kind, one in after.items():
        yield Row(what=f"memory, {kind}", value=one.megabytes, unit="MB")


class _Known:
    """What is remembered of a feed after its first poll."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._hash = hashlib.sha256(feed.before).digest()
        self._items = tuple(
            KnownItem(
                keys=keys,
                document_id=document.id,
                content_hash=document.content_hash,
                title=document.title,
                link=document.canonical_url,
                first_seen=document.first_seen,
            )
            for document, keys in _documents(feed, feed.before)
        )

    def poll(self, reader: SpacyReader) -> list[DocumentId]:
        """The second poll; gives what was new and read."""
        if hashlib.sha256(self._feed.after).digest() == self._hash:
            return []
        found = recognise(_documents(self._feed, self._feed.after), self._items)
        fresh = [one.document for one in found if one.novelty in (Novelty.NEW, Novelty.EDITED)]
        return [reader.read(document).document_id for document in fresh]


def _documents(feed: Feed, body: bytes) -> tuple[tuple[Document, tuple[str, ...]], ...]:
    request = Request(source_id=feed.source.id, url=feed.source.url)
    fetched = Fetched(
        request=request, final_url=request.url, status=200, media_type="application/rss+xml", charset=None, body=body,
        complete=True, fetched_at=_NOW,
    )  # fmt: skip
    found = gather(feed.source, fetched)
    if not isinstance(found, Gathered):
        raise TypeError(f"{feed.source.id}: {found.message}")
    return found.documents


def _read_all(reader: SpacyReader, feed: Feed) -> list[DocumentId]:
    found = recognise(_documents(feed, feed.before), ())
    return [reader.read(one.document).document_id for one in found]


def _plain(stack: Callable[[str, str], int], feed: Feed, body: bytes) -> int:
    return sum(stack(text, feed.lang) for text in plain_entries(body))


def _spent(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
