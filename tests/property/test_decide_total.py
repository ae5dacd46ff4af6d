"""decide answers whatever the state, keeps its promises to channels, and has nothing to add when asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.decide import decide, decisions, recorded
from bot.decide.bursts import is_listed
from bot.decide.deciding import SPOKEN
from bot.decide.escalating import escalations
from bot.decide.quiet import quiet_until
from bot.decide.standing import in_force
from bot.score.assessing import band_of
from bot.types.delivery import Action, Decision, History
from bot.types.desk import Member, Mute, Rest
from bot.types.ids import RuleId, SectorId, StoryId
from bot.types.levels import Authority, Band, Stage
from bot.types.rules import Escalate, Routing
from bot.types.story import Assessment, SectorScore, Story
from tests.fakes.rules import NOON, document, event, reading, routing, scoring

NUMBERS = scoring()
moments = st.integers(0, 360 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    tellings = []
    for number in range(draw(st.integers(1, 4))):
        official = draw(st.booleans())
        doc = document(
            f"d{number}",
            authority=Authority.OFFICIAL if official else Authority.PRESS,
            jurisdiction=draw(st.sampled_from(["CN", "NL"])),
            first_seen=NOON,
        )
        told = event(
            stage=draw(st.sampled_from([Stage.CONSIDERED, Stage.ANNOUNCED, Stage.IN_FORCE, Stage.DENIED])),
            targets=draw(st.sampled_from([(), ("JP",), ("KR", "JP")])),
            effective=draw(st.sampled_from([None, date(2026, 2, 1)])),
        )
        tellings.append(telling_of(doc, reading(doc, [told] if draw(st.booleans()) else [])))
    return story_of(StoryId("s-d0"), tellings, revision=draw(st.integers(1, 9)))


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    score = draw(st.integers(-20, 110)) / 1.0
    band = band_of(score, NUMBERS)
    shadow = (RuleId("probation"),) if draw(st.booleans()) else ()
    sectors = tuple(
        SectorScore(sector=SectorId(name), score=score, band=band, ledger=())
        for name in draw(st.lists(st.sampled_from(["wind", "chips"]), unique=True))
    )
    return Assessment(
        story_id=StoryId("s-d0"),
        score=score,
        probability=0.5,
        band=band,
        sectors=sectors,
        ledger=(),
        rules=(RuleId("cn-limits"),) if draw(st.booleans()) else (),
        shadow_rules=shadow,
        near_misses=(),
        ruleset_hash="x",
    )


TODAY = NOON.date()
ADA = Member(id="U0ADA", sectors=(SectorId("wind"),), band=Band.DIGEST)
BOB = Member(id="U0BOB", sectors=(SectorId("chips"),), rest=Rest(start=time(11), end=time(14), zone="UTC"))
MUTED = Mute(story_id=StoryId("s-d0"), until=TODAY, by="Ada", at=NOON)
OTHER = Mute(story_id=StoryId("s-other"), until=TODAY, by="Ada", at=NOON)
people = st.sampled_from([((), ()), ((), (ADA,)), ((), (ADA, BOB)), ((MUTED,), (BOB,)), ((OTHER,), ())])
routings = st.builds(
    lambda kept, hour, said: in_force(
        routing(routes=tuple(r for r in routing().routes if r.id in kept), at_most_per_hour=hour),
        said[0],
        said[1],
        TODAY,
    ),
    st.sets(st.sampled_from(["urgent", "desk", "wind", "weekly", "catch-all"])),
    st.integers(1, 3),
    people,
)


@st.composite
def pasts(draw: st.DrawFn, routes: Routing) -> History:
    """A history that deciding itself led to, after some other state of the story."""
    history = History(baseline=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 3))):
        made = decisions(draw(assessments()), draw(stories()), routes, history, draw(moments))
        for decision in made:
            history = recorded(history, decision)
    return history


@settings(max_examples=200, deadline=None)
@given(assessments(), stories(), routings, moments, st.data())
def test_there_is_always_an_answer_with_a_sentence_and_every_channel_gets_one_at_most(
    about: Assessment, story: Story, routes: Routing, now: datetime, data: st.DataObject
) -> None:
    history = data.draw(pasts(routes))
    made = decisions(about, story, routes, history, now)
    assert made[0] == decide(about, story, routes, history, now)
    assert all(d.why and d.facts for d in made)
    channels = [channel for d in made for channel in d.channels]
    assert len(channels) == len(set(channels))
    for d in made:
        assert (d.hold_until is not None) is (d.action is Action.HOLD)
        assert d.hold_until is None or d.hold_until > now
        assert (d.action in SPOKEN or d.action is Action.HOLD) <= (d.alert_id is not None)
        assert set(d.channels) <= (set(routes.digests) if d.action is Action.DIGEST else set(routes.channels))


@settings(max_examples=200, deadline=None)
@given(assessments(), stories(), routings, moments, st.data())
def test_asked_again_it_has_nothing_to_add(
    about: Assessment, story: Story, routes: Routing, now: datetime, data: st.DataObject
) -> None:
    history = data.draw(pasts(routes))
    sent: list[Decision] = []
    for decision in decisions(about, story, routes, history, now):
        history = recorded(history, decision)
        sent.append(decision)
    again = decisions(about, story, routes, history, now)
    assert not [d for d in again if d.action in SPOKEN]
    held = {(d.hold_until, d.channels) for d in sent if d.action is Action.HOLD}
    assert {(d.hold_until, d.channels) for d in again if d.action is Action.HOLD} == held


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(assessments(), stories(), moments), min_size=1, max_size=5), routings)
def test_no_channel_ever_gets_two_first_messages_or_the_same_key_twice(
    course: list[tuple[Assessment, Story, datetime]], routes: Routing
) -> None:
    history = History()
    seen: set[tuple[str, str]] = set()
    roots: set[str] = set()
    for about, story, now in sorted(course, key=lambda step: step[2]):
        for decision in decisions(about, story, routes, history, now):
            history = recorded(history, decision)
            for channel in decision.channels if decision.action in SPOKEN else ():
                if not is_listed(decision):
                    assert (decision.action is Action.SEND) is (channel not in roots)
                    roots.add(channel)
                if decision.action is Action.SEND:
                    assert (channel, decision.dedupe_key) not in seen
                seen.add((channel, decision.dedupe_key))


@settings(max_examples=200, deadline=None)
@given(assessments(), stories(), moments, st.data())
def test_the_order_of_routes_and_silences_means_nothing(
    about: Assessment, story: Story, now: datetime, data: st.DataObject
) -> None:
    routes = routing()
    shuffled = replace(routes, routes=tuple(data.draw(st.permutations(routes.routes))))
    assert decisions(about, story, routes, History(), now) == decisions(about, story, shuffled, History(), now)


@settings(max_examples=100, deadline=None)
@given(assessments(), stories(), moments, routings)
def test_every_first_message_of_an_escalating_route_waits_for_one_answer_and_nothing_else_does(
    about: Assessment, story: Story, now: datetime, routes: Routing
) -> None:
    loud = tuple(
        replace(r, escalate=Escalate(after=timedelta(minutes=30), to="wind")) if r.send in ("now", "desk") else r
        for r in routes.routes
    )
    for made in decisions(about, story, replace(routes, routes=loud), History(), now):
        waits = escalations(made, replace(routes, routes=loud))
        concerned = made.action is Action.SEND and bool({"now", "desk"} & set(made.channels))
        assert len(waits) == concerned
        assert all(w.told_in in made.channels and w.due_at == now + w.after for w in waits)


@settings(max_examples=300, deadline=None)
@given(moments)
def test_quiet_hours_end_and_are_over_when_they_end(now: datetime) -> None:
    window = routing().quiet["nights"]
    end = quiet_until(window, now)
    if end is not None:
        assert now < end <= now + timedelta(hours=10)  # nine hours by the clock, ten when it is turned back
        assert quiet_until(window, end) is None
