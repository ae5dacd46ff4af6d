"""The command and the home tab: each word does one thing, wrong words are helped, one person is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import pipeline
from bot.storage import Database
from bot.types.desk import Member
from bot.types.ids import SectorId
from bot.types.levels import Band
from tests.fakes import rules
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_team import ANN, BOB, ROLE, Team, team, tell


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Iterator[Team]:
    with FakeSlack(now=lambda: clock.now().timestamp()) as slack:
        for name in ("#desk", "#ops"):
            slack.add_channel(name)
        yield team(database, clock, slack)


def member(desk: Team, who: str = ANN) -> Member | None:
    with desk.rig.database.transaction() as tx:
        return tx.members.get(who)


def test_help_and_words_that_nobody_knows(desk: Team) -> None:
    assert "subscribe SECTOR" in desk.type("")
    assert "subscribe SECTOR" in desk.type("HELP me")
    assert "Did you mean" in desk.type("serch gallium")
    assert "/monazite search" in desk.type("serch gallium")
    assert "I do not know" in desk.type("<!channel> *loud*")
    assert "&lt;!channel&gt;" in desk.slack.whispers[-1]["text"], "what somebody typed calls nobody"
    assert all(one["response_type"] == "ephemeral" for one in desk.slack.whispers)
    assert [call.method for call in desk.slack.calls if call.method.startswith("chat.")] == []


def test_status_names_sources_messages_alert_rules_and_scheduler(desk: Team) -> None:
    assert "No alert in the last 30 days" in desk.type("status")
    desk.alert()
    lease = desk.rig.database.lease(ROLE, holder="host-7")
    assert lease.held(desk.clock.now())
    answer = desk.type("status")
    lease.release()
    assert "China bans export of dual use to Japan" in answer
    assert "host-7" in answer
    assert desk.rig.rulebook.hash[:12] in answer
    assert "Messages waiting: 0" in answer


def test_search_shows_the_newest_texts_and_their_stories(desk: Team) -> None:
    for day in range(12):
        tell(desk.rig, f"text{day:02}", *([rules.event()] if day == 11 else []))
        desk.clock.turn(timedelta(days=1))
    answer = desk.type("search title")
    assert [f"Title of text{day:02}" in answer for day in range(12)] == [False, False, *[True] * 10]
    assert "s-text11" in answer
    assert "No kept text" in desk.type("search gallium")
    assert "Name a word" in desk.type("search  !!")


def test_why_knows_stories_and_addresses_as_slack_writes_them(desk: Team) -> None:
    desk.alert()
    assert "points" in desk.type("why s-a")
    assert "points" in desk.type("why <https://news.example/a|news.example/a>")
    assert "No source has listed it" in desk.type("why https://news.example/other")
    assert "why URL|STORY" in desk.type("why")


def test_mute_and_unmute(desk: Team) -> None:
    desk.alert()
    assert "Muted until" in desk.type("mute s-a 30 told before")
    with desk.rig.database.transaction() as tx:
        (mute,) = tx.mutes.standing(desk.clock.now().date())
    assert (mute.why, (mute.until - desk.clock.now().date()).days, mute.by) == ("told before", 30, ANN)
    assert "s-a until" in desk.type("unmute")
    for wrong, says in (("mute s-a 400", "1 to 365"), ("mute s-a 0", "1 to 365"), ("mute s-x", "no story is known")):
        assert says in desk.type(wrong)
    assert "mute STORY" in desk.type("mute")
    assert "is heard of again" in desk.type("unmute s-a")
    assert "is not muted" in desk.type("unmute s-a")
    assert "Nothing is muted" in desk.type("unmute")
    desk.type("mute s-a for ever")
    with desk.rig.database.transaction() as tx:
        (mute,) = tx.mutes.standing(desk.clock.now().date())
    assert (mute.why, (mute.until - desk.clock.now().date()).days) == ("for ever", 14)


def test_subscribe_checks_sectors_and_none_ends_it(desk: Team) -> None:
    known = [sector.id for sector in desk.rig.rulebook.sectors]
    assert known[0] in desk.type(f"subscribe {known[0]}, {known[-1]}")
    kept = member(desk)
    assert kept is not None
    assert set(kept.sectors) == {known[0], known[-1]}
    assert "did you mean" in desk.type(f"subscribe {known[0]}x")
    assert member(desk) == kept
    desk.type("subscribe none")
    assert member(desk) is not None
    assert member(desk, BOB) is None
    after = member(desk)
    assert after is not None
    assert after.sectors == ()


def test_everybody_is_answered_in_the_language_of_their_own_choice(desk: Team) -> None:
    desk.alert()
    pipeline.choose_locale(desk.rig, ANN, "nl")
    pipeline.choose_locale(desk.rig, BOB, "ko")
    assert "Gedempt t/m 20 jan 2026" in desk.type("mute s-a")
    assert "is gedempt" not in desk.type("unmute s-a")
    assert "s-a is niet gedempt" in desk.type("unmute s-a")
    assert "stilte" not in desk.type("mute s-a 400")
    assert "1 tot 365 dagen" in desk.type("mute s-a 400")
    assert "Bedoelde u /monazite search?" in desk.type("serch gallium")
    assert "Hoe het met de bewaking staat" in desk.type("status")
    assert "감시 현황" in desk.type("status", BOB)
    assert "s-x: 이 ID나 주소의 건이 없습니다" in desk.type("mute s-x", BOB)
    week = desk.type("digest now", BOB)
    assert "주 현재까지" in week
    assert "[긴급" in week or "[경보" in week or "기준을 넘은 것이 없습니다" in week


def test_digest_now_is_for_one_person_and_does_not_count_as_the_digest(desk: Team) -> None:
    desk.alert()
    answer = desk.type("digest now")
    assert "China bans export of dual use to Japan" in answer
    assert "s-a" in answer
    assert "digest now" in desk.type("digest")
    with desk.rig.database.transaction() as tx:
        runs = tx.connection.exec_driver_sql("SELECT count(*) FROM digest_run").scalar()
        mails = tx.connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE dedupe_key ^@ 'digest:'").scalar()
    assert (runs, mails) == (0, 0)
    with desk.rig.database.transaction() as tx:
        tx.members.save(Member(id=BOB, sectors=(SectorId("untouched"),), at=desk.clock.now()))
    assert "s-a" not in desk.type("digest now", BOB)


def test_the_home_tab_shows_and_keeps_what_a_person_chooses(desk: Team) -> None:
    desk.alert()
    desk.type("mute s-a")
    sector = desk.rig.rulebook.sectors[0].id
    home = desk.look()
    link = f"https://desk.example/archives/{desk.message().channel}/p{desk.message().ts.replace('.', '')}"
    assert link in json.dumps(home)
    desk.choose("home-sectors", selected_options=[{"value": sector}])
    desk.choose("home-band", selected_option={"value": "urgent"})
    desk.choose("home-language", selected_option={"value": "nl"})
    kept = member(desk)
    assert kept is not None
    assert (kept.sectors, kept.band, kept.locale) == ((sector,), Band.URGENT, "nl")
    assert "China verbiedt" in json.dumps(desk.slack.homes[ANN], ensure_ascii=False)
    desk.choose("home-unmute", value="s-a")
    with desk.rig.database.transaction() as tx:
        assert tx.mutes.standing(desk.clock.now().date()) == ()
    desk.choose("home-sectors", selected_options=[])
    after = member(desk)
    assert after is not None
    assert after.sectors == ()
    assert list(desk.slack.homes) == [ANN]
    assert desk.slack.whispers[1:] == []


def test_quiet_hours_are_asked_checked_and_kept(desk: Team) -> None:
    def hours(start: str | None, end: str | None, zone: str) -> dict[str, object]:
        return {
            "from": {"from": {"selected_time": start}},
            "to": {"to": {"selected_time": end}},
            "zone": {"zone": {"value": zone}},
        }

    desk.choose("home-rest")
    assert desk.slack.views[-1]["callback_id"] == "rest"
    assert "zone" in desk.submit(hours("22:00", "07:00", "Mars/Olympus")).body
    assert "to" in desk.submit(hours("22:00", None, "UTC")).body
    assert member(desk) is None
    desk.submit(hours("22:00", "07:00", "Europe/Amsterdam"))
    kept = member(desk)
    assert kept is not None
    assert kept.rest is not None
    assert (f"{kept.rest.start:%H:%M}", f"{kept.rest.end:%H:%M}", kept.rest.zone) == (
        "22:00",
        "07:00",
        "Europe/Amsterdam",
    )
    assert "22:00" in json.dumps(desk.slack.homes[ANN])
    desk.choose("home-rest")
    desk.submit(hours("08:00", "08:00", "UTC"))
    after = member(desk)
    assert after is not None
    assert after.rest is None


def test_wrong_choices_in_the_home_tab_are_said_in_a_dialog(desk: Team) -> None:
    desk.choose("home-band", selected_option={"value": "loudest"})
    desk.choose("home-language", selected_option={"value": "tlh"})
    desk.choose("home-sectors", selected_options=[{"value": "no-such-sector"}])
    desk.choose("home-sectors", selected_options={"value": 7})
    desk.choose("home-unmute", value="s-gone")
    assert len(desk.slack.views) == 4, "the choice that cannot be read is none"
    kept = member(desk)
    assert kept is None
