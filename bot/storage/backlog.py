"""Alerts that waited through an outage: counted, and merged into one summary, without reading them one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from bot.storage import schema
from bot.storage._text import record
from bot.storage.outbox import NewDelivery, delivery_id_of
from bot.types.delivery import Action, DeliveryState, Outage
from bot.types.ids import DeliveryId
from bot.types.levels import Band

_out, _alert = schema.outbox.c, schema.alert.c
_PENDING = DeliveryState.PENDING.value


class Backlogs:
    """What waits in channels."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def old(self, channel: str, before: datetime, *, spared: Band, lines: int) -> Outage | None:
        """First messages of alerts that wait since before a time; None when there are none.

        Args:
            channel: Where they wait.
            before: Younger ones are left out.
            spared: Alerts of this band are left out: they go out singly.
            lines: How many of them to name.
        """
        chosen = _old(channel, before, spared)
        joined = schema.outbox.join(schema.alert, _alert.id == _out.alert_id)
        rows = self._connection.execute(
            select(_alert.band, func.count(), func.min(_out.created_at), func.max(_out.created_at))
            .select_from(joined)
            .where(chosen)
            .group_by(_alert.band)
        ).all()
        if not rows:
            return None
        first = self._connection.scalars(
            select(_out.message["summary"].astext).select_from(joined).where(chosen).order_by(_out.seq).limit(lines)
        )
        return Outage(
            bands={Band(band): count for band, count, _, _ in rows},
            first=tuple(first),
            oldest=min(row[2] for row in rows),
            newest=max(row[3] for row in rows),
        )

    def merge(self, channel: str, before: datetime, *, spared: Band, summary: NewDelivery, at: datetime) -> int:
        """Put a summary where the oldest of the old first messages stands, and settle them all as merged into it.

        Edits and replies that are as old are merged too; those that are younger become first messages when their turn
        comes, since no message of their alert stands. Gives how many first messages were merged.
        """
        summary_id = delivery_id_of(summary.target.name, summary.dedupe_key)
        merged = self._connection.execute(
            update(schema.outbox)
            .where(_old(channel, before, spared), _alert.id == _out.alert_id)
            .values(_merged(summary_id, at))
            .returning(_out.seq)
        ).all()
        if not merged:
            return 0
        root = schema.outbox.alias("root")
        self._connection.execute(
            update(schema.outbox)
            .where(
                _out.channel == channel,
                _out.state == _PENDING,
                _out.action != Action.SEND.value,
                _out.created_at < before,
                root.c.channel == channel,
                root.c.alert_id == _out.alert_id,
                root.c.merged_into == summary_id,
            )
            .values(_merged(summary_id, at))
        )
        self._connection.execute(
            insert(schema.outbox).values(
                seq=min(row.seq for row in merged),
                id=summary_id,
                channel=channel,
                kind=summary.message.kind,
                action=Action.SEND.value,
                dedupe_key=summary.dedupe_key,
                alert_id=None,
                state=_PENDING,
                created_at=at,
                not_before=summary.not_before,
                target=record(summary.target),
                message=record(summary.message),
            )
        )
        return len(merged)


def _old(channel: str, before: datetime, spared: Band) -> ColumnElement[bool]:
    return and_(
        _out.channel == channel,
        _out.state == _PENDING,
        _out.action == Action.SEND.value,
        _out.created_at < before,
        _alert.band != spared.value,
    )


def _merged(into: DeliveryId, at: datetime) -> Mapping[str, object]:
    return {"state": DeliveryState.MERGED.value, "merged_into": into, "settled_at": at}
