"""Read the ledger back: line by line for exports and tables, and by address for questions."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Select, Text, and_, any_, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY

from bot.storage import schema
from bot.storage.search import question
from bot.types.codec import revive
from bot.types.delivery import Alert
from bot.types.desk import Mute
from bot.types.ids import AlertId, DocumentId, SourceId, StoryId

BATCH = 500  # rows that the server hands over at a time
_line = schema.decision.c
_out = schema.outbox.c
_document = schema.document.c


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of the ledger with what it was about then and what became of its messages."""

    id: int
    at: datetime
    story: str  # "" for what happened to a document alone
    alert: str  # "" without a message
    document: str  # "" for decisions about a story
    action: str
    reason: str
    why: str  # one sentence
    band: str
    score: float | None
    sectors: tuple[str, ...]  # ids, most exposed first
    rules: tuple[str, ...]  # ids of alert rules that held
    channels: tuple[str, ...]
    ruleset: str  # hash
    headline: str  # of the text that led the story then
    publisher: str
    source: str
    url: str
    deliveries: tuple[str, ...]  # "channel action state", in order


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Which lines are wanted; what is empty does not narrow."""

    since: datetime
    until: datetime | None = None  # left out itself
    actions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """What became of one message, without what it says: address and payload may hold credentials."""

    id: str
    alert_id: AlertId | None
    channel: str
    kind: str  # of channel, e.g. "slack"
    action: str
    state: str
    created_at: datetime
    settled_at: datetime | None
    attempts: int
    error: str  # what was last said about it; "" when nothing
    instead: str = ""  # summary of the message that says it instead
    instead_channel: str = ""
    instead_state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An item as its source lists it."""

    source_id: SourceId
    document_id: DocumentId
    title: str
    link: str
    first_seen: datetime
    seen_on: date  # last day on which the source listed it


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """An alert as it was last told, with the story that it belongs to by now."""

    alert: Alert
    story_id: StoryId
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A text that may have been meant."""

    document_id: DocumentId
    title: str
    url: str
    publisher: str


class Ledger:
    """The ledger, for people."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lines(self, wanted: LedgerFilter) -> Generator[LedgerLine, None, None]:
        """Lines in order of time, a few hundred at a time: memory does not grow with their number."""
        query = _lines(wanted).order_by(_line.at, _line.id)
        rows = self._connection.execute(query, execution_options={"yield_per": BATCH})  # for this statement alone
        with closing(rows):  # also when nobody wants the rest
            for row in rows:
                yield _told(row)

    def latest(self, wanted: LedgerFilter, *, limit: int) -> tuple[LedgerLine, ...]:
        """The newest lines, newest first."""
        query = _lines(wanted).order_by(_line.at.desc(), _line.id.desc()).limit(limit)
        return tuple(_told(row) for row in self._connection.execute(query))

    def subjects(self, urls: Iterable[str]) -> tuple[tuple[StoryId | None, DocumentId | None], ...]:
        """Stories and documents that lines of the ledger speak of under these addresses."""
        rows = self._connection.execute(
            select(_line.story_id, _line.document_id).where(_line.url == any_(_texts(urls))).distinct()
        )
        return tuple((row.story_id, row.document_id) for row in rows)

    def documents(self, urls: Iterable[str]) -> tuple[DocumentId, ...]:
        """Texts that were delivered under one of these addresses, in order of first sight."""
        wanted = _texts(urls)
        rows = self._connection.scalars(
            select(_document.id)
            .where(or_(_document.canonical_url == any_(wanted), _document.url == any_(wanted)))
            .order_by(_document.first_seen, _document.id)
        )
        return tuple(DocumentId(row) for row in rows)

    def listings(
        self, *, sources: Iterable[SourceId] = (), keys: Iterable[str] = (), document_ids: Iterable[DocumentId] = ()
    ) -> tuple[Listing, ...]:
        """Items that became one of these documents; else those that sources list under one of these keys."""
        item, key = schema.item.c, schema.item_key.c
        named = select(key.document_id).where(key.source_id == any_(_texts(sources)), key.key == any_(_texts(keys)))
        ids = tuple(document_ids)
        rows = self._connection.execute(
            select(item.source_id, item.document_id, item.title, item.link, item.first_seen, item.seen_on)
            .where(item.document_id == any_(_texts(ids)) if ids else item.document_id.in_(named))
            .order_by(item.first_seen, item.document_id)
        )
        return tuple(Listing(**row._mapping) for row in rows)  # noqa: SLF001 - public API

    def messages(self, alert_ids: Iterable[AlertId]) -> tuple[MessageLine, ...]:
        """What became of the messages of alerts, in order; of a refused one also what went elsewhere instead."""
        instead = schema.outbox.alias("instead")
        says_it = or_(
            instead.c.id == _out.merged_into,
            and_(_out.state == "rejected", instead.c.dedupe_key == func.concat("fallback:", _out.id)),
        )
        rows = self._connection.execute(
            select(
                _out.id, _out.alert_id, _out.channel, _out.kind, _out.action, _out.state, _out.created_at,
                _out.settled_at, _out.attempts, func.coalesce(_out.last_error, "").label("error"),
                func.coalesce(instead.c.message.op("->>")("summary"), "").label("instead"),
                func.coalesce(instead.c.channel, "").label("instead_channel"),
                func.coalesce(instead.c.state, "").label("instead_state"),
            )
            .select_from(schema.outbox.outerjoin(instead, says_it))
            .where(_out.alert_id == any_(_texts(alert_ids)))
            .order_by(_out.seq)
        )  # fmt: skip
        return tuple(MessageLine(**row._mapping) for row in rows)  # noqa: SLF001 - public API

    def alerts(
        self, *, alert_id: str = "", story_ids: Iterable[StoryId] = (), urls: Iterable[str] = ()
    ) -> tuple[AlertLine, ...]:
        """Alerts by their id, by their story, or by the address of a source that they name, in order of time."""
        alert = schema.alert.c
        wanted: list[ColumnElement[bool]] = [alert.id == alert_id, alert.story_id == any_(_texts(story_ids))]
        wanted += [alert.record.contains({"sources": [{"url": url}]}) for url in urls]
        rows = self._connection.execute(
            select(alert.record, alert.story_id, alert.first_at, alert.last_at)
            .where(or_(*wanted))
            .order_by(alert.first_at, alert.id)
        )
        return tuple(
            AlertLine(
                alert=revive(Alert, row.record),
                story_id=StoryId(row.story_id),
                first_at=row.first_at,
                last_at=row.last_at,
            )
            for row in rows
        )

    def mute(self, story_id: StoryId) -> Mute | None:
        """Who wants to hear no more of a story, and until when."""
        found = self._connection.scalar(select(schema.mute.c.record).where(schema.mute.c.story_id == story_id))
        return revive(Mute, found) if found is not None else None

    def held_until(self, story_id: StoryId) -> datetime | None:
        """When a held story is decided again."""
        held: datetime | None = self._connection.scalar(
            select(schema.story.c.decide_at).where(schema.story.c.id == story_id)
        )
        return held

    def near(self, host: str, words: Sequence[str], *, limit: int = 5) -> tuple[Near, ...]:
        """Texts that hold any of these words or come from this host: those of the host first, then the best match."""
        here = func.split_part(_document.canonical_url, "/", 3).in_((host, f"www.{host}"))
        asked = " | ".join(f"({part})" for part in (question(word) for word in words) if part)
        query = select(
            _document.id.label("document_id"),
            _document.title,
            _document.canonical_url.label("url"),
            _document.record.op("->>")("publisher").label("publisher"),
        ).limit(limit)
        if asked:
            match = cast(literal(asked), TSQUERY)
            rank = func.ts_rank_cd(_document.search, match)
            query = query.where(_document.search.op("@@")(match))
            query = query.order_by(here.desc(), rank.desc(), _document.first_seen.desc())
        else:
            query = query.where(here).order_by(_document.first_seen.desc())
        return tuple(Near(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 - public API


def _texts(values: Iterable[str]) -> ColumnElement[Any]:
    return cast(list(values), ARRAY(Text))


def _lines(wanted: LedgerFilter) -> Select[Any]:
    about = _line.about
    conditions: list[ColumnElement[bool]] = [_line.at >= wanted.since]
    if wanted.until is not None:
        conditions.append(_line.at < wanted.until)
    for column, values in (
        (_line.action, wanted.actions),
        (_line.reason, wanted.reasons),
        (_line.band, wanted.bands),
        (about.op("->>")("source"), wanted.sources),
    ):
        if values:
            conditions.append(column.in_(values))
    if wanted.sectors:
        conditions.append(about.op("->")("sectors").op("?|")(_texts(wanted.sectors)))
    channels = func.jsonb_array_elements_text(
        func.coalesce(_line.record.op("->")("channels"), func.jsonb_build_array())
    ).table_valued("value", name="concerned")
    delivered = (
        select(
            func.array_agg(
                func.concat_ws(" ", _out.channel, _out.action, _out.state), type_=ARRAY(Text)
            )  # rows of one key and channel are one or two: the edit comes with its reply
        )
        .where(
            _line.dedupe_key != "",
            _out.channel.in_(select(channels.c.value)),
            _out.dedupe_key.in_((_line.dedupe_key, func.concat(_line.dedupe_key, ":edit"))),
        )
        .correlate(schema.decision)
        .scalar_subquery()
    )
    return select(
        _line.id, _line.at, _line.story_id, _line.alert_id, _line.document_id, _line.action, _line.reason, _line.why,
        _line.band, _line.url, about, _line.record.op("->")("channels").label("channels"),
        delivered.label("delivered"),
    ).where(*conditions)  # fmt: skip


def _told(row: Any) -> LedgerLine:
    about = row.about or {}
    return LedgerLine(
        id=row.id,
        at=row.at,
        story=row.story_id or "",
        alert=row.alert_id or "",
        document=row.document_id or "",
        action=row.action,
        reason=row.reason,
        why=row.why,
        band=row.band,
        score=about.get("score"),
        sectors=tuple(about.get("sectors") or ()),
        rules=tuple(about.get("rules") or ()),
        channels=tuple(row.channels or ()),
        ruleset=about.get("ruleset") or "",
        headline=about.get("headline") or "",
        publisher=about.get("publisher") or "",
        source=about.get("source") or "",
        url=row.url or "",
        deliveries=tuple(sorted(row.delivered or ())),
    )
