"""What becomes of a story, channel by channel, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.decide import alert_id, decide, decisions, recorded
from bot.decide.quiet import quiet_until
from bot.decide.route import Subject, destinations, matches, run_tests
from bot.types.delivery import Action, Decision, History, Reason
from bot.types.ids import ConceptId, RuleId, SectorId, SourceId, StoryId
from bot.types.levels import Authority, Band, Stage
from bot.types.place import Place
from bot.types.reading import Event
from bot.types.rules import QuietHours, RouteIf, Routing, Silence
from bot.types.story import Assessment, LedgerLine, SectorScore, Story
from tests.fakes.rules import NOON, document, event, reading, routing

LATER = NOON + timedelta(minutes=10)
SCORES = {Band.ARCHIVE: 10.0, Band.DIGEST: 45.0, Band.ALERT: 65.0, Band.URGENT: 85.0}


def story(*events: Event, official: int = 0, **changes: Any) -> Story:
    """A story told by as many papers as events, the first `official` of them ministries."""
    tellings = []
    for number, told in enumerate(events):
        authority = Authority.OFFICIAL if number < official else Authority.PRESS
        doc = document(f"d{number}", authority=authority, jurisdiction="CN" if number < official else "NL")
        tellings.append(telling_of(doc, reading(doc, [told])))
    made = story_of(StoryId("s-d0"), tellings, revision=len(tellings))
    return replace(made, **changes)


def assessment(band: Band = Band.ALERT, sectors: tuple[str, ...] = ("wind",), **changes: Any) -> Assessment:
    score = SCORES[band]
    ledger = (LedgerLine(points=score, slot="measure", why="all of it", rule="x:1"),)
    made = Assessment(
        story_id=StoryId("s-d0"),
        score=score,
        probability=0.5,
        band=band,
        sectors=tuple(SectorScore(sector=SectorId(s), score=score, band=band, ledger=ledger) for s in sectors),
        ledger=ledger,
        rules=(RuleId("cn-limits"),) if band.rank > 1 else (),
        shadow_rules=(),
        near_misses=(),
        ruleset_hash="x",
        goods=(ConceptId("dual-use"),),
        measures=(ConceptId("export-ban"),),
    )
    return replace(made, **changes)


def ask(
    about: Story | None = None,
    *,
    band: Band = Band.ALERT,
    routes: Routing | None = None,
    history: History | None = None,
    now: datetime = LATER,
    **changes: Any,
) -> tuple[Decision, ...]:
    return decisions(
        assessment(band, **changes), about or story(event()), routes or routing(), history or History(), now
    )


def after(*made: Decision) -> History:
    history = History()
    for decision in made:
        history = recorded(history, decision)
    return history


def test_a_new_story_goes_to_every_channel_that_a_route_names_once() -> None:
    (sent,) = ask(band=Band.URGENT)
    assert (sent.action, sent.reason) == (Action.SEND, Reason.NEW_STORY)
    assert sent.channels == ("desk", "now", "wind")
    assert sent.routes == ("desk", "urgent", "wind")
    assert sent.alert_id == alert_id(StoryId("s-d0")) == "a-d0"
    assert sent.facts is not None
    assert sent.facts.targets == ("JP",)


def test_deciding_again_after_sending_finds_nothing_new() -> None:
    (sent,) = ask()
    (again,) = ask(history=after(sent))
    assert (again.action, again.reason) == (Action.DROP, Reason.NOTHING_NEW)


def test_the_first_message_waits_a_moment_for_other_sources() -> None:
    (held,) = ask(now=NOON + timedelta(minutes=1))
    assert (held.action, held.reason) == (Action.HOLD, Reason.GATHERING)
    assert held.hold_until == NOON + timedelta(minutes=3)
    (sent,) = ask(now=NOON + timedelta(minutes=3))
    assert sent.action is Action.SEND


def test_another_outlet_edits_the_message_that_stands() -> None:
    (sent,) = ask()
    (update,) = ask(story(event(), event()), history=after(sent))
    assert (update.action, update.reason) == (Action.UPDATE, Reason.MORE_SOURCES)
    assert update.channels == sent.channels
    assert update.dedupe_key != sent.dedupe_key
    assert update.why == "2 independent outlets now, 1 before."


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        ({"stage": Stage.IN_FORCE}, Reason.STAGE_CHANGED, "It is now in-force (was announced)."),
        ({"effective": date(2026, 2, 1)}, Reason.DATE_CHANGED, "In force from 2026-02-01."),
        ({"until": date(2027, 2, 1)}, Reason.DATE_CHANGED, "Until 2027-02-01."),
        ({"targets": ("JP", "KR")}, Reason.TARGETS_CHANGED, "Towards JP, KR (was JP)."),
    ],
)
def test_a_material_change_replies_in_the_thread_and_says_what_is_new(
    change: dict[str, Any], reason: Reason, words: str
) -> None:
    (sent,) = ask()
    (thread,) = ask(story(event(**change)), history=after(sent))
    assert (thread.action, thread.reason, thread.why) == (Action.THREAD, reason, words)


def test_official_confirmation_comes_before_other_changes() -> None:
    (sent,) = ask()
    (thread,) = ask(story(event(stage=Stage.IN_FORCE), event(), official=1), history=after(sent))
    assert thread.reason is Reason.OFFICIAL_CONFIRMATION
    assert thread.why == "An official source confirms it; it is now in-force (was announced)."


def test_the_same_news_coming_back_is_one_thread_entry_per_state_of_affairs() -> None:
    (sent,) = ask()
    (first,) = ask(story(event(stage=Stage.IN_FORCE)), history=after(sent))
    (second,) = ask(story(event(stage=Stage.IN_FORCE), event(stage=Stage.IN_FORCE)), history=after(sent))
    assert first.dedupe_key == second.dedupe_key


def test_a_louder_band_opens_new_channels_and_edits_the_old_ones() -> None:
    (sent,) = ask()
    first, second = ask(band=Band.URGENT, history=after(sent))
    assert (first.action, first.channels) == (Action.SEND, ("now",))
    assert (second.action, second.reason, second.channels) == (Action.UPDATE, Reason.BAND_RAISED, ("desk", "wind"))


def test_a_story_that_fell_below_an_alert_still_tells_its_readers_of_the_denial() -> None:
    (sent,) = ask()
    (thread,) = ask(story(event(stage=Stage.DENIED)), band=Band.DIGEST, history=after(sent))
    assert (thread.action, thread.reason, thread.channels) == (Action.THREAD, Reason.STAGE_CHANGED, ("desk", "wind"))


@pytest.mark.parametrize(
    ("band", "changes", "action", "reason"),
    [
        (Band.DIGEST, {"rules": ("cn-limits",)}, Action.DIGEST, Reason.BELOW_ALERT),
        (Band.DIGEST, {"near_misses": ("r: stage is historic, needs announced",)}, Action.DIGEST, Reason.NO_RULE),
        (Band.DIGEST, {"shadow_rules": ("probation",)}, Action.DIGEST, Reason.SHADOW_ONLY),
        (Band.ARCHIVE, {}, Action.DROP, Reason.BELOW_DIGEST),
        (Band.ARCHIVE, {"shadow_rules": ("probation",)}, Action.DROP, Reason.SHADOW_ONLY),
    ],
)
def test_what_stays_quiet_says_why(band: Band, changes: dict[str, Any], action: Action, reason: Reason) -> None:
    (made,) = ask(band=band, **changes)
    assert (made.action, made.reason) == (action, reason)
    assert made.channels == (("digest-weekly",) if action is Action.DIGEST else ())
    assert made.why


def test_an_alert_without_a_channel_goes_to_the_digest_and_says_so() -> None:
    only_digest = routing(routes=tuple(r for r in routing().routes if r.id in {"weekly", "catch-all"}))
    (made,) = ask(routes=only_digest)
    assert (made.action, made.reason) == (Action.DIGEST, Reason.NO_ROUTE)
    nothing = routing(routes=tuple(r for r in routing().routes if r.id == "catch-all"))
    (dropped,) = ask(routes=nothing)
    assert (dropped.action, dropped.reason) == (Action.DROP, Reason.NO_ROUTE)


def silence(until: date, **if_: Any) -> Silence:
    place = Place(path="routes.yml", line=1)
    return Silence(id="s-7", if_=RouteIf(**if_), until=until, owner="desk", why="repeats", place=place)


@pytest.mark.parametrize(
    ("until", "if_", "silent"),
    [
        (date(2026, 1, 6), {"goods": (ConceptId("dual-use"),)}, True),
        (date(2026, 1, 5), {"goods": (ConceptId("dual-use"),)}, False),
        (date(2026, 2, 1), {"goods": (ConceptId("gallium"),)}, False),
        (date(2026, 2, 1), {"stories": ("s-d0",)}, True),
        (date(2026, 2, 1), {"sources": ("src-d0",), "imposers": ("CN",)}, True),
        (date(2026, 2, 1), {"sources": ("src-d0",), "imposers": ("US",)}, False),
    ],
)
def test_a_silence_mutes_what_it_names_through_its_last_day(until: date, if_: dict[str, Any], silent: bool) -> None:
    (made,) = ask(routes=routing(silences=(silence(until, **if_),)))
    assert (made.reason is Reason.SILENCED) is silent
    if silent:
        assert made.action is Action.DROP
        assert "s-7" in made.why


def test_what_a_source_held_at_its_first_reading_is_no_news() -> None:
    (made,) = ask(history=History(baseline=True))
    assert (made.action, made.reason) == (Action.DROP, Reason.BASELINE)


NIGHT = datetime(2026, 1, 6, 23, 30, tzinfo=UTC)  # 00:30 in Amsterdam
MORNING = datetime(2026, 1, 7, 6, 0, tzinfo=UTC)


def test_quiet_hours_hold_until_morning_where_routes_ask_for_them_and_no_channel_waits_for_another() -> None:
    first, second = ask(band=Band.URGENT, now=NIGHT)
    assert (first.action, first.channels) == (Action.SEND, ("now",))
    assert (second.action, second.reason, second.channels) == (Action.HOLD, Reason.QUIET_HOURS, ("desk", "wind"))
    assert second.hold_until == MORNING
    (sent,) = ask(band=Band.URGENT, now=MORNING, history=after(first))
    assert (sent.action, sent.channels) == (Action.SEND, ("desk", "wind"))


def test_a_route_without_quiet_hours_opens_its_channel_at_night() -> None:
    loud = replace(routing().routes[1], id="desk-loud", quiet=None)
    made = ask(routes=routing(routes=(*routing().routes, loud)), now=NIGHT)
    assert [(d.action, d.channels) for d in made] == [(Action.SEND, ("desk",)), (Action.HOLD, ("wind",))]


def test_at_night_a_thread_waits_and_an_edit_does_not() -> None:
    (sent,) = ask()
    (held,) = ask(story(event(stage=Stage.IN_FORCE)), history=after(sent), now=NIGHT)
    assert (held.action, held.reason, held.hold_until) == (Action.HOLD, Reason.QUIET_HOURS, MORNING)
    (update,) = ask(story(event(), event()), history=after(sent), now=NIGHT)
    assert update.action is Action.UPDATE


def test_a_channel_takes_so_many_first_messages_an_hour_and_the_rest_waits() -> None:
    times = tuple(LATER - timedelta(minutes=m) for m in (70, 50, 40, 30, 20, 10, 5))
    (first, second) = ask(history=History(last_hour={"desk": times}))
    assert (first.action, first.channels) == (Action.SEND, ("wind",))
    assert (second.action, second.reason, second.channels) == (Action.HOLD, Reason.RATE_LIMITED, ("desk",))
    assert second.hold_until == LATER + timedelta(minutes=10)
    (sent,) = ask(history=History(last_hour={"desk": times}), now=LATER + timedelta(minutes=10))
    assert sent.action is Action.SEND


def test_the_longest_wait_names_the_hold() -> None:
    fresh = story(event(), first_seen=NIGHT)
    (held,) = ask(fresh, now=NIGHT)
    assert (held.reason, held.hold_until) == (Reason.QUIET_HOURS, MORNING)


def test_decide_gives_the_most_pressing_one_and_leads_to_the_next() -> None:
    history = History()
    seen = []
    for _ in range(3):
        made = decide(assessment(Band.URGENT), story(event()), routing(), history, NIGHT)
        seen.append((made.action, made.channels))
        history = recorded(history, made)
    assert seen == [(Action.SEND, ("now",)), (Action.HOLD, ("desk", "wind")), (Action.HOLD, ("desk", "wind"))]


def window(start: str, end: str, days: tuple[int, ...] = tuple(range(7)), zone: str = "Europe/Amsterdam") -> QuietHours:
    place = Place(path="routes.yml", line=1)
    return QuietHours(days=days, start=time.fromisoformat(start), end=time.fromisoformat(end), zone=zone, place=place)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "now", "end"),
    [
        (window("22:00", "07:00"), "2026-01-06T20:59", None),
        (window("22:00", "07:00"), "2026-01-06T21:00", "2026-01-07T06:00"),
        (window("22:00", "07:00"), "2026-01-07T05:59", "2026-01-07T06:00"),
        (window("22:00", "07:00"), "2026-01-07T06:00", None),
        # Summer time begins on 29 March 2026 at 01:00 UTC and ends on 25 October at 01:00 UTC.
        (window("22:00", "07:00"), "2026-03-28T21:00", "2026-03-29T05:00"),
        (window("22:00", "07:00"), "2026-10-24T20:00", "2026-10-25T06:00"),
        (window("01:00", "02:30"), "2026-03-29T00:30", "2026-03-29T01:30"),
        (window("02:15", "02:45"), "2026-10-25T00:20", "2026-10-25T00:45"),
        (window("02:15", "02:45"), "2026-10-25T01:20", None),
        # Saturday night only: it begins on Saturday and ends on Sunday morning.
        (window("22:00", "07:00", (5,)), "2026-01-11T05:00", "2026-01-11T06:00"),
        (window("22:00", "07:00", (5,)), "2026-01-10T05:00", None),
        # Two whole days that touch are one window.
        (window("00:00", "00:00", (5, 6)), "2026-01-10T12:00", "2026-01-11T23:00"),
        (window("09:00", "17:00", zone="Asia/Tokyo"), "2026-01-06T00:00", "2026-01-06T08:00"),
    ],
)
def test_quiet_windows_follow_the_wall_clock_of_their_zone(hours: QuietHours, now: str, end: str | None) -> None:
    assert quiet_until(hours, at(now)) == (at(end) if end else None)


def test_route_tests_pass_for_the_shipped_shape_and_say_what_differs() -> None:
    assert run_tests(routing()) == ()
    (test,) = routing().tests
    failures = run_tests(routing(tests=(replace(test, goes_to=("desk", "nowhere")),)))
    assert [text for _, text in failures] == ["does not go to nowhere; also goes to archive, digest-weekly, now, wind"]


def test_a_route_for_a_sector_asks_for_that_sectors_own_band() -> None:
    about = Subject(band=Band.URGENT, sectors={SectorId("chips"): Band.URGENT, SectorId("wind"): Band.DIGEST})
    assert destinations(routing(), about) == ("archive", "desk", "digest-weekly", "now")
    assert not matches(RouteIf(sectors=(SectorId("cars"),)), about)
    assert matches(RouteIf(), about)


@pytest.mark.parametrize(
    ("if_", "fits"),
    [
        (RouteIf(goods=(ConceptId("rare-earths"),)), True),
        (RouteIf(goods=(ConceptId("gallium"), ConceptId("rare-earths"))), True),
        (RouteIf(goods=(ConceptId("gallium"),)), False),
        (RouteIf(measures=(ConceptId("export-ban"),), targets=("JP",)), True),
        (RouteIf(measures=(ConceptId("export-ban"),), targets=("US",)), False),
        (RouteIf(sources=("cn-mofcom-gg",)), True),
        (RouteIf(rules=(RuleId("other"),)), False),
    ],
)
def test_every_field_of_a_route_must_match(if_: RouteIf, fits: bool) -> None:
    about = Subject(
        band=Band.ALERT,
        goods=("dysprosium", "rare-earths"),
        measures=("export-ban",),
        targets=("JP",),
        sources=(SourceId("cn-mofcom-gg"),),
        rules=("cn-limits",),
    )
    assert matches(if_, about) is fits
