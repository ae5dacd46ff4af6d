"""What is remembered of sources between polls, and the log of fetches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ARRAY, Connection, Select, Table, Text, any_, bindparam, cast, delete, func, insert, or_, select
from sqlalchemy.dialects.postgresql import JSONB, Insert
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import dumps, fit, record
from bot.types.codec import revive
from bot.types.ids import SourceId
from bot.types.source import SourceState

UNCHANGED = ("unchanged", "not-modified")  # outcomes of polls that brought nothing new

_state = schema.source_state.c


def _listed(table: Table, names: Sequence[str]) -> Select[Any]:
    """Rows, handed over column by column: one statement with one text, however many they are."""
    kinds = [table.c[name].type for name in names]
    # An array of JSON values would be taken for one JSON value.
    told: list[Any] = [Text() if isinstance(kind, JSONB) else kind for kind in kinds]
    arrays = [bindparam(name, type_=ARRAY(kind)) for name, kind in zip(names, told, strict=True)]
    rows = func.unnest(*arrays).table_valued(*names).render_derived()
    return select(*(cast(rows.c[name], kind) for name, kind in zip(names, kinds, strict=True)))


def _columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, list[object]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _save() -> Insert:
    statement = upsert(schema.source_state).from_select(_SAVED, _listed(schema.source_state, _SAVED))
    changed = {name: statement.excluded[name] for name in _SAVED[1:]}
    return statement.on_conflict_do_update(index_elements=["source_id"], set_=changed)


# Built once, since building them takes longer than running them.
_SAVED = ("source_id", "next_due", "failures", "last_success", "record")
_LOGGED = ("source_id", "at", "outcome", "status", "bytes", "entries", "fresh", "message")
_SAVE = _save()
_LOG = insert(schema.fetch_log).from_select(_LOGGED, _listed(schema.fetch_log, _LOGGED))
_RECALL = select(_state.record).where(_state.source_id == any_(bindparam("source_ids", type_=ARRAY(Text))))
_RECALL_LOCKED = _RECALL.order_by(_state.source_id.collate("C")).with_for_update()  # as `sorted` does it


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLine:
    """One poll of a source, for health tables."""

    source_id: SourceId
    at: datetime
    outcome: str  # fetched | unchanged | not-modified | parse-failure | a FetchProblem
    message: str  # one sentence for people, "" when all is well
    status: int | None = None
    bytes: int = 0
    entries: int = 0  # in the answer
    fresh: int = 0  # new or edited ones


class Sources:
    """States and fetch log."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, source_id: SourceId, *, lock: bool = False) -> SourceState | None:
        """What is remembered of one source; `lock` keeps others from changing it until the transaction ends."""
        query = select(schema.source_state.c.record).where(schema.source_state.c.source_id == source_id)
        found = self._connection.scalar(query.with_for_update() if lock else query)
        return revive(SourceState, found) if found is not None else None

    def recall(self, source_ids: Sequence[SourceId], *, lock: bool = False) -> Mapping[SourceId, SourceState]:
        """What is remembered of some sources; `lock` as for one, in an order that is the same for everybody."""
        query = _RECALL_LOCKED if lock else _RECALL
        rows = self._connection.scalars(query, {"source_ids": list(source_ids)})
        return {state.source_id: state for state in (revive(SourceState, row) for row in rows)}

    def states(self) -> Mapping[SourceId, SourceState]:
        """What is remembered of every source that was ever polled or planned."""
        rows = self._connection.scalars(select(schema.source_state.c.record))
        return {state.source_id: state for state in (revive(SourceState, row) for row in rows)}

    def save(self, *states: SourceState) -> None:
        """Remember."""
        rows = [(s.source_id, s.next_due, s.failures, s.last_success, dumps(record(s))) for s in states]
        self._connection.execute(_SAVE, _columns(_SAVED, rows))

    def plan(self, dues: Mapping[SourceId, datetime]) -> None:
        """Give sources that are not known yet their first due time; known ones keep theirs."""
        if not dues:
            return
        rows = [
            {
                "source_id": source_id,
                "next_due": due,
                "failures": 0,
                "record": record(SourceState(source_id=source_id, next_due=due, planned=due)),
            }
            for source_id, due in dues.items()
        ]
        self._connection.execute(upsert(schema.source_state).on_conflict_do_nothing(), rows)

    def due(self, now: datetime) -> tuple[SourceId, ...]:
        """Sources whose time has come, longest waiting first."""
        rows = self._connection.scalars(
            select(schema.source_state.c.source_id)
            .where(schema.source_state.c.next_due <= now)
            .order_by(schema.source_state.c.next_due, schema.source_state.c.source_id)
        )
        return tuple(rows)

    def memory(self, source_id: SourceId) -> str:
        """What the kind of a source left for its next answer; "" when nothing."""
        memory = schema.source_memory.c
        return self._connection.scalar(select(memory.memory).where(memory.source_id == source_id)) or ""

    def keep_memory(self, source_id: SourceId, memory: str, *, at: datetime) -> None:
        """Keep what the kind of a source wants to be given with the next answer."""
        values = {"at": at, "memory": fit(memory)}
        statement = upsert(schema.source_memory).values(source_id=source_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=values))

    def log(self, *lines: FetchLine) -> None:
        """Add lines to the log of fetches."""
        rows = [(x.source_id, x.at, x.outcome, x.status, x.bytes, x.entries, x.fresh, fit(x.message)) for x in lines]
        self._connection.execute(_LOG, _columns(_LOGGED, rows))

    def lines(self, source_id: SourceId, *, limit: int = 20) -> tuple[FetchLine, ...]:
        """The latest polls of a source, newest first."""
        log = schema.fetch_log.c
        rows = self._connection.execute(
            select(log.source_id, log.at, log.outcome, log.message, log.status, log.bytes, log.entries, log.fresh)
            .where(log.source_id == source_id)
            .order_by(log.id.desc())
            .limit(limit)
        )
        return tuple(FetchLine(**row._mapping) for row in rows)  # noqa: SLF001 - public API

    def days(self, since: date) -> Mapping[SourceId, Mapping[date, int]]:
        """New and edited items per source and day (UTC), for the days on which it was polled."""
        log = schema.fetch_log.c
        day = func.date(func.timezone("UTC", log.at))
        start = datetime.combine(since, time(), UTC)
        rows = self._connection.execute(
            select(log.source_id, day, func.sum(log.fresh)).where(log.at >= start).group_by(log.source_id, day)
        )
        found: dict[SourceId, dict[date, int]] = {}
        for source_id, when, fresh in rows:
            found.setdefault(SourceId(source_id), {})[when] = int(fresh)
        return found

    def forget_lines(self, before: datetime, *, unchanged_before: datetime) -> int:
        """Drop old lines of the log; gives how many.

        Polls that brought nothing new are most of it. Of these, the first of a source and day is enough to know that
        it was watched.

        Args:
            before: Lines from before go.
            unchanged_before: Those that say "unchanged" or "not modified" go when they are from before.
        """
        log = schema.fetch_log.c
        day = func.date(func.timezone("UTC", log.at))
        place = func.row_number().over(partition_by=(log.source_id, day), order_by=log.id).label("place")
        idle = select(log.id, place).where(log.outcome.in_(UNCHANGED), log.at < unchanged_before).subquery()
        old = or_(log.at < before, log.id.in_(select(idle.c.id).where(idle.c.place > 1)))
        return self._connection.execute(delete(schema.fetch_log).where(old)).rowcount

    def forget(self, source_ids: Iterable[SourceId]) -> int:
        """Drop the memory of sources that no rule file names any more; gives how many."""
        gone = tuple(source_ids)
        if not gone:
            return 0
        self._connection.execute(delete(schema.source_memory).where(schema.source_memory.c.source_id.in_(gone)))
        statement = delete(schema.source_state).where(schema.source_state.c.source_id.in_(gone))
        return self._connection.execute(statement).rowcount
