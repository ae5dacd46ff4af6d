"""Faults to plant into the whole program through its seams, each of which the checks of the machine must find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text, update

from bot.errors import RuleError
from bot.storage import Transaction, schema
from bot.storage.decisions import Decisions
from bot.storage.documents import Documents, NewDocument
from bot.storage.outbox import Mark, NewDelivery, Outbox
from bot.types.delivery import Action, Decision, Delivery, Outcome, Receipt
from bot.types.ids import DeliveryId, StoryId
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from tests.fakes import whole_machine, whole_world
from tests.fakes.whole_machine import Faults, MortalSender


class _Hasty(MortalSender):
    """Sends again at once when it does not know whether the first post arrived."""

    def send(self, delivery: Delivery) -> Receipt:
        receipt = super().send(delivery)
        return super().send(delivery) if receipt.outcome is Outcome.AMBIGUOUS else receipt


class _Sure(MortalSender):
    """Takes a lost answer for a good one."""

    def find(self, delivery: Delivery) -> Receipt | None:
        return Receipt(outcome=Outcome.SENT, detail="it will have arrived", provider_id="C0000000:0.000000")


class _Blurred(Outbox):
    """Takes messages of two channels for one when their keys agree."""

    def add(self, rows: Sequence[NewDelivery], *, at: datetime) -> tuple[DeliveryId, ...]:
        known = set(self._connection.scalars(select(schema.outbox.c.dedupe_key)))
        fresh = {row.dedupe_key: row for row in reversed(rows) if row.dedupe_key not in known}
        return super().add(list(fresh.values()), at=at)


class _Stubborn(Outbox):
    """Writes what became of a row whoever holds it by now."""

    def mark(self, delivery: Delivery, mark: Mark, *, now: datetime) -> bool:
        self._connection.execute(
            update(schema.outbox)
            .where(schema.outbox.c.id == delivery.id)
            .values(epoch=delivery.epoch, state=delivery.state.value)
        )
        return super().mark(delivery, mark, now=now)


class _Careless(Outbox):
    """Never asks what became of messages whose sender died."""

    def orphans(self, channel: str) -> tuple[Delivery, ...]:
        return ()


class _Twice(Outbox):
    """Forgets under which key a message was put in before."""

    def add(self, rows: Sequence[NewDelivery], *, at: datetime) -> tuple[DeliveryId, ...]:
        return super().add([replace(row, dedupe_key=f"{row.dedupe_key}:{at:%H%M%S}") for row in rows], at=at)


class _Oblivious(Decisions):
    """Does not remember what it said about a story in another hour."""

    def told(self, story_ids: Sequence[StoryId]) -> tuple[Decision, ...]:
        return tuple(decision for decision in super().told(story_ids) if decision.action is not Action.SEND)


class _Loud(Documents):
    """Takes everything for news."""

    def put(self, documents: Any) -> None:
        super().put([NewDocument(document=new.document) for new in documents])


class _OneEdit(Outbox):
    """Makes one edit of each message and no other."""

    def add(self, rows: Sequence[NewDelivery], *, at: datetime) -> tuple[DeliveryId, ...]:
        made = [replace(row, dedupe_key=f"{row.alert_id}:edit") if row.action is Action.UPDATE else row for row in rows]
        return super().add(made, at=at)


def _with(**parts: Callable[[Any], object]) -> Callable[[Transaction], None]:
    """Puts other record families into every transaction."""

    def plant(tx: Transaction) -> None:
        for name, make in parts.items():
            setattr(tx, name, make(tx.connection))

    return plant


def _forgetful(tx: Transaction) -> None:
    """Nothing is known of an item but for a while."""
    tx.connection.execute(text("DELETE FROM item WHERE document_id IN (SELECT document_id FROM reading)"))


def _blind(documents: Any) -> tuple[Reading, ...]:
    """No notice has a number, so that look-alikes cannot be told apart."""
    return tuple(
        replace(reading, events=tuple(replace(event, citation=None) for event in reading.events))
        for reading in whole_world.read(documents)
    )


def _lax(folder: Path) -> Rulebook:
    """Rules that do not load are no rules."""
    try:
        return whole_machine.load(folder)
    except RuleError:
        return whole_machine.rulebook("c")


PLANTED: Mapping[str, Faults] = {
    "an ambiguous post is repeated at once": Faults(sender=_Hasty),
    "a lost answer is taken for a good one": Faults(sender=_Sure),
    "nobody waits for the history": Faults(fence=-40.0),
    "the key of a message leaves out its channel": Faults(transaction=_with(outbox=_Blurred)),
    "a mark does not look at the epoch": Faults(transaction=_with(outbox=_Stubborn)),
    "messages of dead senders are forgotten": Faults(transaction=_with(outbox=_Careless)),
    "what was held is sent anew": Faults(transaction=_with(outbox=_Twice, decisions=_Oblivious)),
    "the first answer of a source is news": Faults(transaction=_with(documents=_Loud)),
    "a message is edited once": Faults(transaction=_with(outbox=_OneEdit)),
    "known items are forgotten": Faults(transaction=_forgetful),
    "conflicts are not seen": Faults(reads=_blind),
    "broken rules are taken for none": Faults(load=_lax),
}
