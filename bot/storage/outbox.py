"""Messages on their way: `pending -> sending -> sent | rejected | merged`, or `ambiguous` and looked for.

A row is claimed in a transaction of its own, handed over outside of any, and marked in a third. Each claim has an
epoch; a mark with an older one is refused, so that a sender that was given up for dead cannot overwrite what its
successor knows.

P1, no loss: rows are added in the transaction of the decision that they tell, and leave the open states only as `sent`
(with the provider's id), `rejected` (operators are told) or `merged` (with the id of the row that says it instead).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.storage import schema
from bot.storage._text import fit, record
from bot.storage.reminders import awaited
from bot.types.codec import revive
from bot.types.delivery import Action, ChannelTarget, Delivery, DeliveryState, Message
from bot.types.ids import AlertId, DeliveryId

OPEN = (DeliveryState.PENDING.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value)
SETTLED = (DeliveryState.SENT.value, DeliveryState.REJECTED.value, DeliveryState.MERGED.value)
_out = schema.outbox.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A rendered message that is to be handed over once."""

    target: ChannelTarget
    message: Message
    action: Action  # SEND, UPDATE or THREAD
    dedupe_key: str  # one row per channel and key, ever
    alert_id: AlertId | None
    not_before: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """How a channel is doing."""

    channel: str
    next_at: datetime  # nothing is handed over before
    failures: int = 0  # in a row
    last_sent: datetime | None = None
    last_error: str | None = None
    swept_at: datetime | None = None  # when its history was last compared with what was sent
    twins: int = 0  # messages that stood there twice, ever; the later ones were deleted
    lost_from: datetime | None = None  # a backup was restored: what was sent since is to be looked up first


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What becomes of a claimed row."""

    state: DeliveryState
    not_before: datetime
    provider_id: str | None = None
    error: str | None = None
    misses: int = 0
    message: Message | None = None  # another form of the message, when the service refused the first
    merged_into: DeliveryId | None = None  # MERGED: the row that says it instead
    action: Action | None = None  # SEND: an edit whose message stands nowhere goes out as a first message


class Outbox:
    """Deliveries and the state of channels."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[NewDelivery], *, at: datetime) -> tuple[DeliveryId, ...]:
        """Put messages into the outbox; gives the ids of those that were not there yet.

        A message that stands at the service already, since a restored backup forgot that it was sent, counts as sent.
        """
        added = []
        for new in rows:
            delivery_id = delivery_id_of(new.target.name, new.dedupe_key)
            statement = upsert(schema.outbox).values(
                id=delivery_id,
                channel=new.target.name,
                kind=new.message.kind,
                action=new.action.value,
                dedupe_key=new.dedupe_key,
                alert_id=new.alert_id,
                state=DeliveryState.PENDING.value,
                created_at=at,
                not_before=new.not_before,
                target=record(new.target),
                message=record(new.message),
            )
            if self._connection.scalar(statement.on_conflict_do_nothing().returning(_out.id)) is not None:
                added.append(delivery_id)
        if added:
            known = schema.posting.c
            self._connection.execute(
                update(schema.outbox)
                .where(_out.id.in_(added), _out.id == known.id)
                .values(state=DeliveryState.SENT.value, provider_id=known.provider_id, settled_at=at)
            )
        return tuple(added)

    def claim(self, channel: str, now: datetime) -> Delivery | None:
        """Take the next row of a channel that may be handed over or looked for; None when there is none.

        A pending row becomes `sending`; an ambiguous one stays so. Both get a new epoch. Rows of one alert keep their
        order: an edit or a reply waits until every earlier row of its alert in the channel is settled.
        """
        earlier = schema.outbox.alias("earlier")
        blocked = exists().where(
            earlier.c.channel == _out.channel,
            earlier.c.alert_id == _out.alert_id,
            earlier.c.seq < _out.seq,
            earlier.c.state.in_(OPEN),
        )
        found = self._connection.scalar(
            select(_out.id)
            .where(
                _out.channel == channel,
                _out.state.in_((DeliveryState.PENDING.value, DeliveryState.AMBIGUOUS.value)),
                _out.not_before <= now,
                ~blocked,
            )
            .order_by(_out.seq)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if found is None:
            return None
        pending = _out.state == DeliveryState.PENDING.value
        self._connection.execute(
            update(schema.outbox)
            .where(_out.id == found)
            .values(
                state=case((pending, DeliveryState.SENDING.value), else_=_out.state),
                claimed_at=case((pending, now), else_=_out.claimed_at),
                attempts=case((pending, _out.attempts + 1), else_=_out.attempts),
                epoch=_out.epoch + 1,
            )
        )
        return self.get(DeliveryId(found))

    def mark(self, delivery: Delivery, mark: Mark, *, now: datetime) -> bool:
        """Write what became of a claimed row; False when the claim is no longer ours and nothing was written."""
        settled = mark.state.value in SETTLED
        values: dict[str, object] = {
            "state": mark.state.value,
            "not_before": mark.not_before,
            "misses": mark.misses,
            "settled_at": now if settled else None,
        }
        if mark.provider_id is not None:
            values["provider_id"] = fit(mark.provider_id)
        if mark.error is not None:
            values["last_error"] = fit(mark.error)
        if mark.message is not None:
            values |= {"message": record(mark.message), "kind": mark.message.kind}
        if mark.merged_into is not None:
            values["merged_into"] = mark.merged_into
        if mark.action is not None:
            values["action"] = mark.action.value
        done = self._connection.execute(
            update(schema.outbox)
            .where(_out.id == delivery.id, _out.epoch == delivery.epoch, _out.state == delivery.state.value)
            .values(**values)
        )
        return done.rowcount == 1

    def is_ours(self, delivery: Delivery) -> bool:
        """Whether a claim still holds: nobody has taken the row over since."""
        claimed = (_out.id == delivery.id, _out.epoch == delivery.epoch, _out.state == delivery.state.value)
        return self._connection.scalar(select(_out.id).where(*claimed)) is not None

    def orphans(self, channel: str) -> tuple[Delivery, ...]:
        """Rows that are marked as being sent; to be called by the only sender of the channel, so nobody sends them."""
        return self._deliveries(and_(_out.channel == channel, _out.state == DeliveryState.SENDING.value))

    def get(self, delivery_id: DeliveryId) -> Delivery | None:
        """One row."""
        found = self._deliveries(_out.id == delivery_id)
        return found[0] if found else None

    def of_alert(self, alert_id: AlertId) -> tuple[Delivery, ...]:
        """All rows of an alert, in order."""
        return self._deliveries(_out.alert_id == alert_id)

    def roots(self, alert_id: AlertId) -> Mapping[str, Delivery]:
        """Channel to the first message of an alert there, whatever became of it; but for those that a summary said."""
        return {
            row.target.name: row
            for row in self.of_alert(alert_id)
            if row.action is Action.SEND and row.state is not DeliveryState.MERGED
        }

    def root_merged(self, delivery: Delivery) -> bool:
        """Whether the message that this one edits or answers was said by a summary, so that it stands nowhere."""
        found = select(_out.id).where(
            _out.channel == delivery.target.name,
            _out.alert_id == delivery.alert_id,
            _out.action == Action.SEND.value,
            _out.state == DeliveryState.MERGED.value,
        )
        return self._connection.scalar(found.limit(1)) is not None

    def later_edit(self, delivery: Delivery) -> DeliveryId | None:
        """The last edit of the same message that waits behind this row; None when none does.

        A first message that was made since a summary said the one before says as much as an edit.
        """
        seq = select(_out.seq).where(_out.id == delivery.id).scalar_subquery()
        later = select(_out.id).where(
            _out.channel == delivery.target.name,
            _out.alert_id == delivery.alert_id,
            _out.action.in_((Action.UPDATE.value, Action.SEND.value)),
            _out.state == DeliveryState.PENDING.value,
            _out.seq > seq,
        )
        found = self._connection.scalar(later.order_by(_out.seq.desc()).limit(1))
        return DeliveryId(found) if found is not None else None

    def looked_for_since(self, channel: str) -> datetime | None:
        """When the oldest row of a channel that is looked for was handed over; None when none is."""
        found: datetime | None = self._connection.scalar(
            select(func.min(func.coalesce(_out.claimed_at, _out.created_at))).where(
                _out.channel == channel, _out.state == DeliveryState.AMBIGUOUS.value
            )
        )
        return found

    def recent(self, channel: str, since: datetime) -> tuple[Delivery, ...]:
        """Rows of a channel that are open, or were settled since, in order."""
        return self._deliveries(and_(_out.channel == channel, or_(_out.state.in_(OPEN), _out.settled_at >= since)))

    def hasten(self, alert_id: AlertId, channel: str, now: datetime) -> None:
        """Let no edit that waits for company keep a later row of its alert waiting."""
        self._connection.execute(
            update(schema.outbox)
            .where(
                _out.alert_id == alert_id,
                _out.channel == channel,
                _out.action == Action.UPDATE.value,
                _out.state == DeliveryState.PENDING.value,
                _out.not_before > now,
            )
            .values(not_before=now)
        )

    def due_channels(self, now: datetime) -> tuple[str, ...]:
        """Channels with rows that may be handed over now, whose sender died, or into which is to be looked first."""
        paced = select(schema.channel_state.c.channel).where(schema.channel_state.c.next_at > now)
        rows = self._connection.scalars(
            select(_out.channel)
            .where(
                _out.state.in_(OPEN),
                or_(_out.state == DeliveryState.SENDING.value, _out.not_before <= now),
                _out.channel.not_in(paced),
            )
            .group_by(_out.channel)
            .order_by(func.min(_out.seq))
        )
        state = schema.channel_state.c
        lost = self._connection.scalars(
            select(state.channel).where(state.lost_from.is_not(None), state.next_at <= now).order_by(state.channel)
        )
        return tuple(dict.fromkeys((*rows, *lost)))

    def next_due(self, channel: str) -> datetime | None:
        """When the next waiting row of a channel may be handed over; None when none waits."""
        waiting = (DeliveryState.PENDING.value, DeliveryState.AMBIGUOUS.value)
        found: datetime | None = self._connection.scalar(
            select(func.min(_out.not_before)).where(_out.channel == channel, _out.state.in_(waiting))
        )
        return found

    def counts(self) -> Mapping[DeliveryState, int]:
        """Rows by state."""
        rows = self._connection.execute(select(_out.state, func.count()).group_by(_out.state))
        return {DeliveryState(state): count for state, count in rows}

    def rejected(self, since: datetime, *, limit: int = 50) -> tuple[Delivery, ...]:
        """Rows that were refused since, newest last."""
        return self._deliveries(and_(_out.state == DeliveryState.REJECTED.value, _out.settled_at >= since))[-limit:]

    def channel(self, channel: str, now: datetime) -> ChannelState:
        """How a channel is doing; a channel that never sent is ready now."""
        row = self._connection.execute(
            select(schema.channel_state).where(schema.channel_state.c.channel == channel)
        ).one_or_none()
        return ChannelState(**row._mapping) if row else ChannelState(channel=channel, next_at=now)  # noqa: SLF001 - public API

    def channels(self) -> tuple[ChannelState, ...]:
        """How every channel is doing that was ever used."""
        rows = self._connection.execute(select(schema.channel_state).order_by(schema.channel_state.c.channel))
        return tuple(ChannelState(**row._mapping) for row in rows)  # noqa: SLF001 - public API

    def save_channel(self, state: ChannelState) -> None:
        """Remember how a channel is doing; what sweeps found is theirs to write."""
        values = {
            "next_at": state.next_at,
            "failures": state.failures,
            "last_sent": state.last_sent,
            "last_error": fit(state.last_error) if state.last_error is not None else None,
        }
        statement = upsert(schema.channel_state).values(channel=state.channel, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["channel"], set_=values))

    def forget(self, before: datetime) -> int:
        """Drop rows that were settled before, but for messages of stories with a date ahead; gives how many."""
        standing = select(schema.alert.c.id).where(schema.alert.c.story_id.in_(awaited()))
        other = or_(_out.alert_id.is_(None), _out.alert_id.not_in(standing))
        statement = delete(schema.outbox).where(_out.state.in_(SETTLED), _out.settled_at < before, other)
        return self._connection.execute(statement).rowcount

    def _deliveries(self, condition: ColumnElement[bool]) -> tuple[Delivery, ...]:
        root = schema.outbox.alias("root")
        first = (
            select(root.c.provider_id)
            .where(
                root.c.channel == _out.channel,
                root.c.alert_id == _out.alert_id,
                root.c.action == Action.SEND.value,
                root.c.state.not_in((DeliveryState.MERGED.value, DeliveryState.REJECTED.value)),
                root.c.seq < _out.seq,
            )
            .order_by(root.c.seq)
            .limit(1)
            .correlate(schema.outbox)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(schema.outbox, first.label("root_provider_id")).where(condition).order_by(_out.seq)
        )
        return tuple(
            Delivery(
                id=DeliveryId(row.id),
                target=revive(ChannelTarget, row.target),
                message=revive(Message, row.message),
                action=Action(row.action),
                dedupe_key=row.dedupe_key,
                alert_id=AlertId(row.alert_id) if row.alert_id is not None else None,
                state=DeliveryState(row.state),
                attempts=row.attempts,
                created_at=row.created_at,
                not_before=row.not_before,
                claimed_at=row.claimed_at,
                epoch=row.epoch,
                misses=row.misses,
                provider_id=row.provider_id,
                root_provider_id=row.root_provider_id,
                settled_at=row.settled_at,
                last_error=row.last_error,
            )
            for row in rows
        )


def delivery_id_of(channel: str, dedupe_key: str) -> DeliveryId:
    """The id of a row: the same after a restore from backup, so that a read-back still finds what was sent before."""
    return DeliveryId("d-" + hashlib.sha256(f"{channel}\n{dedupe_key}".encode()).hexdigest()[:24])
