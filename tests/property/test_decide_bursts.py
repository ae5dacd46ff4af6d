"""Whatever comes in a burst: nothing is lost or told twice, and an hour brings no more than the limit and one list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide.bursts import ALONE, HOUR, is_listed
from bot.types.delivery import Decision
from bot.types.levels import Band
from bot.types.rules import Route, RouteIf, Routing
from tests.fakes.channel_desk import Arrival, ChannelDesk
from tests.fakes.rules import NOON, routing

LOUD = (Band.ALERT, Band.URGENT)


def only_desk(at_most: int, quiet: str | None = None) -> Routing:
    place = routing().place
    desk = Route(id="desk", if_=RouteIf(bands=LOUD), send="desk", quiet=quiet, place=place)
    return routing(routes=(desk,), at_most_per_hour=at_most)


@st.composite
def bursts(draw: st.DrawFn) -> list[Arrival]:
    minutes = draw(st.lists(st.integers(0, 400) | st.integers(0, 5), min_size=1, max_size=40))
    return [
        Arrival(
            at=NOON + timedelta(minutes=minute),
            name=f"s-{number}",
            band=draw(st.sampled_from([Band.ALERT, Band.ALERT, Band.ALERT, Band.URGENT])),
            score=float(draw(st.integers(60, 99))),
        )
        for number, minute in enumerate(minutes)
    ]


def most_in_an_hour(times: Sequence[datetime]) -> int:
    return max((sum(start <= at < start + HOUR for at in times) for start in times), default=0)


def first(made: Sequence[Decision]) -> Decision:
    (only,) = made
    return only


@settings(max_examples=100, deadline=None)
@given(bursts(), st.integers(1, 6))
def test_nothing_is_lost_and_no_hour_brings_more_than_the_limit_and_one_list(
    arrivals: list[Arrival], at_most: int
) -> None:
    desk = ChannelDesk(only_desk(at_most)).run(arrivals)
    told = {name: first(made) for name, made in desk.sent("desk").items()}
    assert set(told) == {arrival.name for arrival in arrivals}
    quieter = [told[arrival.name] for arrival in arrivals if arrival.band is not Band.URGENT]
    singly = [d.at for d in quieter if not is_listed(d) and not d.dedupe_key.endswith(ALONE)]
    lists = [at for at, _, _ in desk.lists] + [d.at for d in quieter if d.dedupe_key.endswith(ALONE)]
    assert most_in_an_hour(singly) <= at_most
    assert most_in_an_hour(lists) <= 1
    for arrival in arrivals:
        waited = told[arrival.name].at - arrival.at
        if arrival.band is Band.URGENT:
            assert waited == timedelta(minutes=3)  # that of gathering
            assert not is_listed(told[arrival.name])
        assert waited <= timedelta(minutes=3) + 2 * HOUR


@settings(max_examples=40, deadline=None)
@given(bursts(), st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_same_burst_is_told_the_same_way_in_whatever_order_it_is_written_down(
    arrivals: list[Arrival], at_most: int, chance: object
) -> None:
    once = ChannelDesk(only_desk(at_most)).run(arrivals)
    shuffled = list(arrivals)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = ChannelDesk(only_desk(at_most)).run(shuffled)
    for name, made in once.sent("desk").items():
        assert [(d.at, d.reason) for d in again.sent("desk")[name]] == [(d.at, d.reason) for d in made]


def test_sixty_stories_in_an_hour_are_six_messages_and_one_list_and_no_trickle() -> None:
    burst = [Arrival(NOON + timedelta(seconds=50 * n), f"s-{n:02}", Band.ALERT, 60.0 + n / 2) for n in range(60)]
    desk = ChannelDesk(only_desk(6)).run(burst)
    told = [first(made) for made in desk.sent("desk").values()]
    assert sum(not is_listed(decision) for decision in told) == 6
    ((at, channel, names),) = desk.lists
    assert (channel, len(names)) == ("desk", 54)
    assert names[0] == "s-59", "the loudest stands first"
    assert at == NOON + timedelta(hours=1, minutes=3), "an hour after the first message, not ten hours later"


def test_after_a_night_the_loudest_go_singly_and_the_rest_at_once_in_a_list() -> None:
    evening = datetime(2026, 1, 6, 22, tzinfo=UTC)
    night = [Arrival(evening + timedelta(minutes=n), f"s-{n:02}", Band.ALERT, 60.0 + n) for n in range(20)]
    desk = ChannelDesk(only_desk(6, "nights")).run(night)
    morning = datetime(2026, 1, 7, 6, tzinfo=UTC)
    told = {name: first(made) for name, made in desk.sent("desk").items()}
    assert {decision.at for decision in told.values()} == {morning}
    assert [name for name in sorted(told) if not is_listed(told[name])] == [f"s-{n:02}" for n in range(14, 20)]
    assert len(desk.lists) == 1


def test_quiet_hours_over_a_change_of_clocks_end_at_seven_by_the_wall() -> None:
    for evening, morning in (
        (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),  # to summer time
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),  # and back
    ):
        desk = ChannelDesk(only_desk(6, "nights")).run([Arrival(evening, "s-1", Band.ALERT, 65.0)])
        assert [made.at for made in desk.sent("desk")["s-1"]] == [morning]


def test_the_only_story_of_a_list_is_a_message_of_its_own() -> None:
    seven = [Arrival(NOON, f"s-{n}", Band.ALERT, 70.0 - n) for n in range(7)]
    desk = ChannelDesk(only_desk(6)).run(seven)
    last = first(desk.sent("desk")["s-6"])
    assert not is_listed(last)
    assert last.at == NOON + timedelta(minutes=3) + HOUR
    assert desk.lists == []
