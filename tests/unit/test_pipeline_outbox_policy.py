"""What becomes of a message after each outcome; the whole table, and what holds for every path through it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.outbox import (
    GIVE_UP,
    LONGEST_WAIT,
    LOOK_AGAIN,
    STALE_CLAIM,
    Step,
    abandoned,
    after,
    backoff,
    needless,
    stale,
)
from bot.types.delivery import Action, DeliveryState, Outcome, Receipt
from bot.types.ids import DeliveryId
from tests.fakes.clock import START
from tests.fakes.records import delivery

FENCE = timedelta(seconds=70)
SECOND = timedelta(seconds=1)
SENDING, AMBIGUOUS = DeliveryState.SENDING, DeliveryState.AMBIGUOUS
SENT, PENDING, REJECTED = DeliveryState.SENT, DeliveryState.PENDING, DeliveryState.REJECTED


def receipt(outcome: Outcome, **fields: object) -> Receipt:
    return Receipt(outcome=outcome, detail="It says.", **fields)  # type: ignore[arg-type]


def step(state: DeliveryState, answer: Receipt | None, *, later: timedelta = SECOND, **fields: object) -> Step:
    return after(delivery(state=state, **fields), answer, now=START + later, fence=FENCE)


def test_an_accepted_message_is_sent_with_the_id_it_got() -> None:
    found = step(SENDING, receipt(Outcome.SENT, provider_id="C1:17.4"))
    assert (found.state, found.provider_id) == (SENT, "C1:17.4")


def test_a_message_that_was_not_accepted_goes_back_and_its_channel_waits() -> None:
    found = step(SENDING, receipt(Outcome.NOT_SENT), attempts=3)
    assert (found.state, found.not_before) == (PENDING, START + SECOND)
    assert found.channel_until == START + SECOND + timedelta(seconds=8)


def test_a_service_that_names_a_time_is_obeyed() -> None:
    found = step(SENDING, receipt(Outcome.NOT_SENT, retry_after=timedelta(minutes=40)))
    assert found.channel_until == START + SECOND + timedelta(minutes=40)


def test_a_week_without_success_is_told_to_an_operator() -> None:
    assert step(SENDING, receipt(Outcome.NOT_SENT), later=GIVE_UP).state is PENDING
    found = step(SENDING, receipt(Outcome.NOT_SENT), later=GIVE_UP + SECOND)
    assert (found.state, found.detail) == (REJECTED, "Given up after 7 days. It says.")


def test_a_refused_message_is_refused_for_good() -> None:
    assert step(SENDING, receipt(Outcome.REJECTED)).state is REJECTED
    assert step(AMBIGUOUS, receipt(Outcome.REJECTED)).state is REJECTED


def test_an_unknown_outcome_waits_for_the_fence_counted_from_the_claim() -> None:
    found = step(SENDING, receipt(Outcome.AMBIGUOUS))
    assert (found.state, found.not_before) == (AMBIGUOUS, START + FENCE)
    late = step(SENDING, receipt(Outcome.AMBIGUOUS), later=timedelta(hours=1))
    assert late.not_before == START + timedelta(hours=1)


def test_a_dead_sender_leaves_an_unknown_outcome() -> None:
    found = abandoned(delivery(), fence=FENCE)
    assert (found.state, found.not_before) == (AMBIGUOUS, START + FENCE)


def test_a_message_that_is_found_was_sent() -> None:
    found = step(AMBIGUOUS, receipt(Outcome.SENT, provider_id="C1:17.4"))
    assert (found.state, found.provider_id) == (SENT, "C1:17.4")


def test_only_two_looks_without_a_find_send_it_again() -> None:
    once = step(AMBIGUOUS, receipt(Outcome.NOT_SENT))
    assert (once.state, once.misses, once.not_before) == (AMBIGUOUS, 1, START + SECOND + LOOK_AGAIN)
    twice = step(AMBIGUOUS, receipt(Outcome.NOT_SENT), misses=once.misses)
    assert (twice.state, twice.misses, twice.not_before) == (PENDING, 0, START + SECOND)


def test_a_look_that_failed_counts_for_nothing() -> None:
    found = step(AMBIGUOUS, receipt(Outcome.AMBIGUOUS, retry_after=timedelta(minutes=5)), misses=1)
    assert (found.state, found.misses, found.not_before) == (AMBIGUOUS, 1, START + SECOND + timedelta(minutes=5))
    assert step(AMBIGUOUS, receipt(Outcome.AMBIGUOUS)).not_before == START + SECOND + LOOK_AGAIN


def test_a_channel_that_cannot_look_sends_again_under_the_same_id() -> None:
    assert step(AMBIGUOUS, None).state is PENDING


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 2), (1, 2), (2, 4), (3, 8), (8, 256), (9, 512), (10, 900), (10**9, 900)]
)
def test_waits_double_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)
    assert backoff(attempts) <= LONGEST_WAIT


ANSWERS = st.one_of(
    st.none(),
    st.builds(
        receipt,
        st.sampled_from(Outcome),
        retry_after=st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=2))),
    ),
)


@given(
    state=st.sampled_from([SENDING, AMBIGUOUS]),
    answer=ANSWERS,
    attempts=st.integers(1, 50),
    misses=st.integers(0, 1),
    later=st.timedeltas(timedelta(0), timedelta(days=30)),
)
def test_no_outcome_loses_a_message_or_sends_one_that_may_have_arrived(
    state: DeliveryState, answer: Receipt | None, attempts: int, misses: int, later: timedelta
) -> None:
    if state is SENDING and answer is None:
        answer = receipt(Outcome.AMBIGUOUS)
    found = step(state, answer, later=later, attempts=attempts, misses=misses)
    outcome = answer.outcome if answer else None
    assert found.state in (SENT, PENDING, AMBIGUOUS, REJECTED), "a row never leaves in another way"
    assert (found.state is SENT) == (outcome is Outcome.SENT)
    assert found.not_before >= START + later, "nothing goes back in time"
    if state is SENDING and outcome is Outcome.AMBIGUOUS:
        assert found.state is AMBIGUOUS, "what may have arrived is looked for before it is sent again"
        assert found.not_before >= START + FENCE
    if found.state is PENDING and state is AMBIGUOUS:
        assert outcome is None or (outcome is Outcome.NOT_SENT and misses == 1)
    if found.state is REJECTED:
        unsure = Outcome.NOT_SENT if state is SENDING else Outcome.AMBIGUOUS
        assert outcome is Outcome.REJECTED or (outcome is unsure and later > GIVE_UP)
    assert found.detail


LATER, MERGED = DeliveryId("d-later"), DeliveryState.MERGED


@pytest.mark.parametrize(
    ("action", "root", "later", "root_merged", "state", "into", "becomes"),
    [
        (Action.SEND, None, None, False, None, None, None),
        (Action.UPDATE, "C1:1", None, False, None, None, None),
        (Action.UPDATE, "C1:1", LATER, False, MERGED, LATER, None),
        (Action.THREAD, "C1:1", LATER, False, None, None, None),
        (Action.UPDATE, None, None, False, REJECTED, None, None),
        (Action.UPDATE, None, None, True, PENDING, None, Action.SEND),
        (Action.THREAD, None, None, True, PENDING, None, Action.SEND),
        (Action.THREAD, None, LATER, True, MERGED, LATER, None),
    ],
)
def test_edits_and_replies_without_a_message_go_somewhere(
    action: Action,
    root: str | None,
    later: DeliveryId | None,
    root_merged: bool,
    state: DeliveryState | None,
    into: DeliveryId | None,
    becomes: Action | None,
) -> None:
    row = delivery(action=action, root_provider_id=root)
    found = needless(row, later=later, root_merged=root_merged, now=START)
    assert (found and found.state, found and found.merged_into, found and found.action) == (state, into, becomes)


def test_a_claim_holds_for_a_moment_only() -> None:
    row = delivery(claimed_at=START)
    assert stale(row, START + STALE_CLAIM) is None
    late = stale(row, START + STALE_CLAIM + SECOND)
    assert late is not None
    assert late.state is PENDING
