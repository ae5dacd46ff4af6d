"""Compare what stands in a channel with what the outbox says was sent there; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.types.delivery import Action, Delivery, DeliveryState, Posting
from bot.types.ids import DeliveryId

EVERY = timedelta(minutes=15)  # between two sweeps of a channel
REACH = timedelta(hours=24)  # how far back a sweep looks
OPEN = (DeliveryState.PENDING, DeliveryState.AMBIGUOUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A message that stands twice."""

    delivery_id: DeliveryId
    keep: Posting
    remove: tuple[Posting, ...]
    row: Delivery | None  # None: no row knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a sweep found."""

    twins: tuple[Twin, ...]
    arrived: tuple[tuple[Delivery, str], ...]  # open rows that stand all the same, with their provider ids
    missing: tuple[Delivery, ...]  # sent, and not there any more


def compare(
    rows: Sequence[Delivery], standing: Sequence[Posting], *, since: datetime, read_at: datetime, fence: timedelta
) -> Comparison:
    """What is there twice, what arrived though nobody knew, and what is gone.

    Of two copies the later is to go, unless people answer below it and nobody below the first.

    Args:
        rows: Of the channel: open, or settled since; read after `standing`.
        standing: What the channel showed.
        since: Nothing older was asked for.
        read_at: When the channel was read.
        fence: Time until a history shows what was accepted.
    """
    by_id: dict[DeliveryId, list[Posting]] = {}
    for one in sorted(standing, key=lambda one: (one.posted_at, one.provider_id)):
        by_id.setdefault(one.delivery_id, []).append(one)
    known = {row.id: row for row in rows}
    return Comparison(
        twins=tuple(_twin(copies, known.get(name)) for name, copies in by_id.items() if len(copies) > 1),
        arrived=tuple(
            (row, _kept(by_id[row.id]).provider_id)
            for row in rows
            if row.state in OPEN and row.action is not Action.UPDATE and row.id in by_id
        ),
        missing=tuple(row for row in rows if _is_missing(row, by_id, since=since, before=read_at - fence)),
    )


def _is_missing(row: Delivery, by_id: Mapping[DeliveryId, object], *, since: datetime, before: datetime) -> bool:
    """Whether a first message was settled well inside the time that was read, and is not there."""
    sent = row.state is DeliveryState.SENT and row.action is Action.SEND and row.provider_id is not None
    return sent and row.id not in by_id and row.settled_at is not None and since <= row.settled_at < before


def _twin(copies: Sequence[Posting], row: Delivery | None) -> Twin:
    keep = _kept(copies)
    remove = tuple(one for one in copies if one is not keep)
    return Twin(delivery_id=keep.delivery_id, keep=keep, remove=remove, row=row)


def _kept(copies: Sequence[Posting]) -> Posting:
    """The first that has answers, else the first; `copies` are in order."""
    return next((one for one in copies if one.replied_at is not None), copies[0])
