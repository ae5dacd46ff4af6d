"""What stands at a service, compared with the outbox: sweeps, and what was sent before a backup was restored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.types.delivery import Action, DeliveryState, Posting
from bot.types.ids import AlertId, DeliveryId

_out, _state = schema.outbox.c, schema.channel_state.c


class Postings:
    """Sweeps, and messages that stand though no row knows them."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def to_sweep(self, since: datetime, swept_before: datetime) -> tuple[str, ...]:
        """Channels to which something was sent since and whose last sweep is older, in order."""
        sent = exists().where(
            _out.channel == _state.channel, _out.state == DeliveryState.SENT.value, _out.settled_at >= since
        )
        rows = self._connection.scalars(
            select(_state.channel)
            .where(or_(_state.swept_at.is_(None), _state.swept_at <= swept_before), sent)
            .order_by(_state.channel)
        )
        return tuple(rows)

    def swept(self, channel: str, *, at: datetime) -> None:
        """Note that a channel was compared with the outbox."""
        self._connection.execute(update(schema.channel_state).where(_state.channel == channel).values(swept_at=at))

    def count_twin(self, channel: str) -> None:
        """Count a message that stood twice."""
        counted = update(schema.channel_state).where(_state.channel == channel).values(twins=_state.twins + 1)
        self._connection.execute(counted)

    def stands_as(self, delivery_id: DeliveryId, provider_id: str) -> None:
        """Let a sent row name the copy that is kept."""
        sent = (_out.id == delivery_id, _out.state == DeliveryState.SENT.value)
        self._connection.execute(update(schema.outbox).where(*sent).values(provider_id=provider_id))

    def edit_again(self, channel: str, alert_id: AlertId, *, at: datetime) -> None:
        """Have the last edit of an alert made once more: the copy that is kept may not show it."""
        last = (
            select(_out.id)
            .where(
                _out.channel == channel,
                _out.alert_id == alert_id,
                _out.action == Action.UPDATE.value,
                _out.state == DeliveryState.SENT.value,
            )
            .order_by(_out.seq.desc())
            .limit(1)
            .scalar_subquery()
        )
        again = {"state": DeliveryState.PENDING.value, "settled_at": None, "not_before": at}
        self._connection.execute(update(schema.outbox).where(_out.id == last).values(**again))

    def expect(self, channels: Sequence[str], since: datetime) -> None:
        """Let nothing be sent to channels before what was sent there since has been looked up."""
        for channel in channels:
            statement = upsert(schema.channel_state).values(channel=channel, next_at=since, lost_from=since)
            oldest = func.least(func.coalesce(_state.lost_from, since), since)
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["channel"], set_={"lost_from": oldest})
            )

    def put_off(self, channel: str, until: datetime) -> None:
        """Let a channel wait before it is looked into again."""
        self._connection.execute(update(schema.channel_state).where(_state.channel == channel).values(next_at=until))

    def looked_up(self, channel: str) -> None:
        """What was sent to a channel before the backup was restored is known."""
        self._connection.execute(update(schema.channel_state).where(_state.channel == channel).values(lost_from=None))

    def remember(self, channel: str, found: Sequence[Posting], *, at: datetime) -> int:
        """Keep what stands in a channel though no row knows it; gives how many are new."""
        if not found:
            return 0
        known = set(self._connection.scalars(select(_out.id).where(_out.id.in_([one.delivery_id for one in found]))))
        rows = {
            one.delivery_id: {
                "id": one.delivery_id,
                "channel": channel,
                "provider_id": one.provider_id,
                "at": at,
            }
            for one in reversed(found)  # of two copies the first counts
            if one.delivery_id not in known
        }
        if not rows:
            return 0
        statement = upsert(schema.posting).values(list(rows.values())).on_conflict_do_nothing()
        return self._connection.execute(statement).rowcount

    def forget(self, before: datetime) -> int:
        """Drop what was found before; gives how many."""
        return self._connection.execute(delete(schema.posting).where(schema.posting.c.at < before)).rowcount
