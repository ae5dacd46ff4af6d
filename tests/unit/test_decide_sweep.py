"""What a sweep makes of a channel: twins, what arrived, what is gone; and what a summary after an outage says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.decide.sweep import Comparison, compare
from bot.types.delivery import Action, Delivery, DeliveryState, Posting
from bot.types.ids import DeliveryId
from tests.fakes.clock import START
from tests.fakes.records import delivery

FENCE = timedelta(seconds=75)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def stands(name: str, second: int, *, answered: bool = False) -> Posting:
    at = START - HOUR + timedelta(seconds=second)
    return Posting(
        delivery_id=DeliveryId(name), provider_id=f"C1:{second}", posted_at=at, replied_at=at if answered else None
    )


def row(name: str, state: DeliveryState = DeliveryState.SENT, **fields: object) -> Delivery:
    values = {"id": DeliveryId(name), "state": state, "provider_id": "C1:0", "settled_at": START - HOUR}
    return replace(delivery(), **values | fields)  # type: ignore[arg-type]


def judged(rows: list[Delivery], standing: list[Posting]) -> Comparison:
    return compare(rows, standing, since=START - DAY, read_at=START, fence=FENCE)


def test_the_later_of_two_is_removed_whatever_order_they_come_in() -> None:
    for standing in ([stands("d-1", 1), stands("d-1", 2)], [stands("d-1", 2), stands("d-1", 1)]):
        (twin,) = judged([row("d-1")], standing).twins
        assert (twin.keep, twin.remove) == (stands("d-1", 1), (stands("d-1", 2),))


def test_the_one_with_answers_is_kept() -> None:
    (twin,) = judged([], [stands("d-1", 1), stands("d-1", 2, answered=True)]).twins
    assert twin.keep.provider_id == "C1:2"
    (twin,) = judged([], [stands("d-1", 1, answered=True), stands("d-1", 2, answered=True)]).twins
    assert twin.keep.provider_id == "C1:1"


def test_what_waits_and_stands_has_arrived_but_for_what_is_being_sent() -> None:
    rows = [
        row("d-1", DeliveryState.AMBIGUOUS),
        row("d-2", DeliveryState.PENDING),
        row("d-3", DeliveryState.SENDING),
        row("d-4", DeliveryState.AMBIGUOUS),
        row("d-5", DeliveryState.PENDING, action=Action.UPDATE),
    ]
    found = judged(rows, [stands(f"d-{n}", n) for n in (1, 2, 3, 5)])
    assert [(one.id, where) for one, where in found.arrived] == [("d-1", "C1:1"), ("d-2", "C1:2")]


def test_only_what_was_sent_well_inside_the_time_can_be_missing() -> None:
    rows = [
        row("gone"),
        row("fresh", settled_at=START - FENCE),
        row("old", settled_at=START - DAY - HOUR),
        row("edit", action=Action.UPDATE),
        row("reply", action=Action.THREAD),
        row("refused", DeliveryState.REJECTED),
        row("there"),
    ]
    assert [one.id for one in judged(rows, [stands("there", 1)]).missing] == ["gone"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.booleans()), unique_by=lambda one: one[:2]))
def test_one_of_each_is_kept_and_no_other_is_removed(found: list[tuple[str, int, bool]]) -> None:
    standing = [stands(name, second, answered=answered) for name, second, answered in found]
    twins = judged([], standing).twins
    removed = {one.provider_id + one.delivery_id for twin in twins for one in twin.remove}
    left = [one.delivery_id for one in standing if one.provider_id + one.delivery_id not in removed]
    assert sorted(left) == sorted({one.delivery_id for one in standing})
