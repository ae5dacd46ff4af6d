"""What is guaranteed of messages, against a Slack that loses answers, lags, refuses and is gone for days."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.decide.catchup import FEW, NAMED
from bot.deliver.slack import SlackChannel
from bot.pipeline import Exits, assess, deliver, expect_sent, leave_mark, notice_restore, sweep, to_sweep
from bot.storage import Database
from bot.storage.database import create, drop, embedded_conninfo
from bot.storage.embedded import EmbeddedServer
from bot.types.delivery import Action, ChannelTarget, Message
from bot.types.levels import Band
from tests.fakes.clock import START, FakeClock
from tests.fakes.desk_in_slack import FENCE, Desk, desk, made
from tests.fakes.slack import FakeSlack, Fault

pytestmark = pytest.mark.slow

ACCEPTED_AND_LOST = (
    Fault.DROP_AFTER, Fault.RESET_AFTER, Fault.STATUS_AFTER, Fault.INTERNAL_AFTER, Fault.NO_TS,
)  # fmt: skip
NOT_ACCEPTED = (Fault.DROP_BEFORE, Fault.STATUS_BEFORE, Fault.HTML, Fault.FORBIDDEN, Fault.LIMITED)


@pytest.fixture
def town(database: Database, clock: FakeClock, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, clock, tmp_path) as opened:
        yield opened


def twins(town: Desk) -> int:
    with town.database.transaction() as tx:
        return tx.outbox.channel("desk", town.clock.now()).twins


def history_reads(slack: FakeSlack) -> int:
    return len(slack.called("conversations.history"))


def test_whatever_becomes_of_an_answer_each_message_stands_once(town: Desk) -> None:
    faults = (*ACCEPTED_AND_LOST, *NOT_ACCEPTED)
    town.put(*(f"m{n}" for n in range(len(faults))))
    town.slack.on_next("chat.postMessage", *faults)
    town.settle()
    assert sorted(town.standing()) == sorted(f"m{n}" for n in range(len(faults)))
    assert town.doubled() == []
    assert town.states() == {"sent": len(faults)}


def test_one_read_of_the_history_serves_all_that_are_looked_for(town: Desk) -> None:
    town.put(*(f"m{n}" for n in range(12)))
    town.slack.on_next("chat.postMessage", *[Fault.DROP_AFTER] * 12)
    town.deliver()
    while town.states() != {"ambiguous": 12}:
        town.clock.turn(5)
        town.deliver()
    assert town.states() == {"ambiguous": 12}
    town.clock.turn(FENCE)
    before = history_reads(town.slack)
    town.deliver()
    assert town.states() == {"sent": 12}
    assert history_reads(town.slack) - before == 1
    assert len(town.standing()) == 12


@pytest.mark.parametrize("lag", [0, 30, 59])
def test_a_history_that_lags_less_than_the_fence_hides_nothing(
    database: Database, clock: FakeClock, tmp_path: Path, lag: float
) -> None:
    with desk(database, clock, tmp_path, history_lag=lag) as town:
        town.put("a", "b")
        town.slack.on_next("chat.postMessage", Fault.RESET_AFTER, Fault.INTERNAL_AFTER)
        town.settle()
        assert sorted(town.standing()) == ["a", "b"]
        assert town.states() == {"sent": 2}


def test_a_history_that_lags_longer_leaves_a_twin_which_the_sweep_deletes(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    with desk(database, clock, tmp_path, history_lag=600) as town:
        town.put("a", "b")
        town.slack.on_next("chat.postMessage", Fault.RESET_AFTER)
        town.settle()
        assert sorted(town.standing()) == ["a", "a", "b"], "the case that P2 excepts"
        first = next(post.ts for post in town.slack.posts if post.current["text"] == "a")
        town.clock.turn(700)
        with database.transaction() as tx:
            assert to_sweep(town.rig, tx, clock.now()) == ("desk",)
        assert sweep(town.rig, "desk").twins == 1
        assert sorted(town.standing()) == ["a", "b"]
        assert town.row("a").provider_id.endswith(first), "later edits go to the copy that is kept"
        assert twins(town) == 1
        assert sweep(town.rig, "desk").twins == 0
        with database.transaction() as tx:
            assert to_sweep(town.rig, tx, clock.now()) == (), "the next one is due in a quarter of an hour"


def test_a_copy_with_answers_below_it_is_kept_and_shows_the_last_edit(town: Desk) -> None:
    town.put("root")
    town.deliver()
    original = town.slack.posts[0]
    twin = replace(original, ts=f"{float(original.ts) - 60:.6f}")
    town.slack.posts.insert(0, twin)
    town.clock.turn(5)
    town.grow("root", Action.UPDATE, name="edited")
    town.deliver()
    assert original.current["text"] == "edited"
    town.clock.turn(100)
    sweep(town.rig, "desk")
    town.deliver()
    assert town.standing() == ["edited"], "the first is kept, and edited like the one that is gone"
    assert town.slack.posts == [twin]
    reply = replace(twin, ts=f"{float(twin.ts) + 1:.6f}", thread_ts=twin.ts, metadata=None)
    older = replace(twin, ts=f"{float(twin.ts) - 60:.6f}")
    town.slack.posts[:0] = [older]
    town.slack.posts.append(reply)
    sweep(town.rig, "desk")
    assert town.slack.posts == [twin, reply]


def test_a_sweep_settles_what_arrived_and_tells_what_is_gone(town: Desk) -> None:
    town.put("stays", "goes")
    town.deliver()
    town.put("lost")
    town.slack.on_next("chat.postMessage", Fault.DROP_AFTER)
    town.clock.turn(1)
    town.deliver()
    assert town.states() == {"sent": 2, "ambiguous": 1}
    town.slack.posts = [post for post in town.slack.posts if post.current["text"] != "goes"]
    town.clock.turn(120)
    swept = sweep(town.rig, "desk")
    assert (swept.arrived, swept.missing, swept.twins) == (1, 1, 0)
    assert town.states() == {"sent": 3, "pending": 1}, "the notice waits for its channel"
    told = " ".join(town.notices()["missing:desk"])
    assert "goes" in told
    assert "on purpose" in told
    assert "stays" not in told


def test_a_sweep_touches_no_message_of_another_app(town: Desk) -> None:
    town.put("ours")
    town.deliver()
    ours = town.slack.posts[0]
    forged = replace(ours, ts=f"{float(ours.ts) - 60:.6f}", args={**ours.args, "text": "forged", "bot_id": "B9"})
    town.slack.posts.insert(0, forged)
    sweep(town.rig, "desk")
    assert town.standing() == ["forged", "ours"]


def test_a_channel_that_cannot_be_asked_is_swept_later(town: Desk) -> None:
    town.put("a")
    town.deliver()
    town.slack.on_next("conversations.history", Fault.STATUS_BEFORE)
    assert not sweep(town.rig, "desk").looked
    assert sweep(town.rig, "desk").looked


REFUSALS = ("channel_not_found", "is_archived", "token_revoked", "not_in_channel", "invalid_blocks", "msg_too_long")


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refused_alert_reaches_people_another_way(town: Desk, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    town.put("refused")
    layout = code == "invalid_blocks"
    town.slack.on_next("chat.postMessage", *[code] * (2 if layout else 1))
    town.deliver()
    calls = town.slack.called("chat.postMessage")
    assert len(calls) == 1 + layout, "the plain form once, and only where the layout is at fault"
    assert ("blocks" in calls[-1].args) is not layout
    assert town.row("refused").state == "rejected"
    assert code in town.row("refused").last_error
    assert code in " ".join(town.notices()["rejected:desk"])
    if code == "token_revoked":  # then operations are refused as well, and the console is what is left
        town.slack.on_next("chat.postMessage", code, code)
        town.deliver("ops")
        town.deliver("console")
        assert "rare earths" in capsys.readouterr().out
    else:
        town.deliver("ops")
        assert any("rare earths" in words for words in town.standing("#ops"))
    assert town.open() == 0


def test_a_refused_layout_goes_out_in_plain_form_and_nobody_is_told(town: Desk) -> None:
    town.put("rich")
    town.slack.on_next("chat.postMessage", "invalid_blocks")
    town.deliver()
    assert town.standing() == ["plain rich"]
    assert town.notices() == {}


def test_a_refused_reply_is_brought_to_operators_in_its_own_words(town: Desk) -> None:
    town.put("root")
    town.deliver()
    town.slack.posts.clear()  # somebody deleted it
    town.grow("root", Action.UPDATE, name="edit")
    town.grow("root", Action.THREAD, name="in force from March")
    town.clock.turn(5)
    town.deliver()
    town.deliver("ops")
    assert any("in force from March" in words for words in town.standing("#ops"))
    assert town.states() == {"sent": 3, "rejected": 2}


def outage(town: Desk, hours: float) -> None:
    """Slack is gone; a round now and then."""
    refused = town.slack.faults.setdefault("chat.postMessage", deque())
    end = town.clock.now() + timedelta(hours=hours)
    while town.clock.now() < end:
        refused.append(Fault.LIMITED)
        town.deliver()
        town.clock.turn(timedelta(hours=2))
    refused.clear()


def long_outage(town: Desk, count: int) -> None:
    """72 hours, with alerts all the time; every fiftieth is urgent."""
    start = town.clock.now()
    town.put("before")
    assert town.deliver().sent == 1
    for n in range(count):
        at = start + timedelta(hours=72) * n / count
        town.put(f"m{n}", band=Band.URGENT if n % 50 == 0 else Band.ALERT, at=at)
    outage(town, 72.1)
    while town.open():
        town.deliver()
        town.clock.turn(5)


def check_outage(town: Desk, count: int) -> None:
    with town.database.transaction() as tx:
        rows = tx.connection.execute(
            text("SELECT dedupe_key, state, merged_into, id, seq, created_at FROM outbox ORDER BY seq")
        ).all()
    alerts = [row for row in rows if row.dedupe_key.startswith("m")]
    sent, merged = ([row for row in alerts if row.state == state] for state in ("sent", "merged"))
    assert len(alerts) == count
    assert len(sent) + len(merged) == count, "all accounted for"
    summaries = {row.id for row in rows if row.dedupe_key.startswith("catch-up:")}
    assert {row.merged_into for row in merged} == summaries
    assert len(summaries) == 1
    assert all(row in sent for row in alerts if int(row.dedupe_key[1:]) % 50 == 0), "urgent ones come singly"
    posts = [post for post in town.slack.in_channel("#desk") if post.current["text"] != "before"]
    assert len(posts) == len(sent) + 1
    words = [post.current["text"] for post in posts]
    (summary,) = [text for text in words if "alerts from an outage" in text]
    assert f"{len(merged)} alerts from an outage" in summary
    assert words.index(summary) <= 1, "the summary stands where the oldest of them stood"
    singly = [int(text[1:]) for text in words if text != summary]
    assert singly == sorted(singly), "oldest first"
    times = [post.visible_at for post in posts]
    assert min(later - sooner for sooner, later in pairwise(times)) >= 1, "one a second at most"
    assert town.doubled() == []


def test_after_an_outage_old_alerts_are_one_summary_and_all_are_accounted_for(town: Desk) -> None:
    long_outage(town, 100)
    check_outage(town, 100)
    named = [line for post in town.slack.in_channel("#desk") for line in str(post.current.get("blocks")).split("m")]
    assert len(named) > NAMED


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_five_thousand_alerts_of_three_days(town: Desk) -> None:
    long_outage(town, 5000)
    check_outage(town, 5000)
    with town.database.transaction() as tx:
        plan = tx.connection.scalars(
            text("EXPLAIN SELECT id FROM outbox WHERE channel = 'desk' AND state = 'pending' ORDER BY seq LIMIT 1")
        ).all()
    assert "ix_outbox_open" in " ".join(plan)


def test_a_few_old_alerts_go_out_singly(town: Desk) -> None:
    town.put(*(f"m{n}" for n in range(FEW)))
    town.clock.turn(timedelta(days=2))
    town.settle()
    assert town.standing() == [f"m{n}" for n in range(FEW)]


def test_a_summary_that_cannot_be_laid_out_holds_nothing_back(town: Desk) -> None:
    class Broken(SlackChannel):
        def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
            raise RuntimeError("layout bug")

    town.put(*(f"m{n}" for n in range(FEW + 1)))
    town.clock.turn(timedelta(days=2))
    rig = replace(town.rig, exits=Exits({"slack": Broken()}, town.rig.settings))
    assert deliver(rig, "desk").sent == FEW + 1
    assert town.standing() == [f"m{n}" for n in range(FEW + 1)]


def test_what_grows_after_it_was_merged_comes_as_a_first_message(town: Desk) -> None:
    keys = [f"m{n}" for n in range(FEW + 3)]
    town.put(*keys)
    town.grow("m1", Action.UPDATE, name="m1 old edit")
    town.clock.turn(timedelta(hours=25))
    town.grow("m2", Action.UPDATE, name="m2 first edit")
    town.grow("m2", Action.THREAD, name="m2 reply")
    town.grow("m2", Action.UPDATE, name="m2 last edit")
    town.settle()
    summary, grown = town.standing()
    assert f"{len(keys)} alerts from an outage" in summary
    assert grown == "m2 last edit"
    merged_into = {key: town.row(key).merged_into for key in (*keys, "m1 old edit", "m2 first edit", "m2 reply")}
    assert None not in merged_into.values()
    assert merged_into["m2 first edit"] == merged_into["m2 reply"] == town.row("m2 last edit").id
    assert merged_into["m1 old edit"] == merged_into["m1"]
    town.grow("m2", Action.UPDATE, name="m2 later")
    town.grow("m2", Action.THREAD, name="m2 news")
    town.settle()
    assert town.standing()[1:] == ["m2 later", "↳ m2 news"]
    with town.database.transaction() as tx:
        assert tx.outbox.roots(town.row("m2").alert_id)["desk"].id == town.row("m2 last edit").id
        assert tx.outbox.roots(town.row("m3").alert_id) == {}, "its next decision makes a first message"


def test_what_was_told_anew_after_it_was_merged_is_not_told_by_an_old_edit_as_well(town: Desk) -> None:
    town.put(*(f"m{n}" for n in range(FEW + 1)))
    town.clock.turn(timedelta(hours=25))
    town.grow("m2", Action.UPDATE, name="m2 edit")
    town.grow("m2", Action.SEND, name="m2 anew")
    town.settle()
    assert town.standing()[1:] == ["m2 anew"]
    assert town.row("m2 edit").merged_into == town.row("m2 anew").id


def test_a_restored_backup_repeats_nothing_and_loses_nothing(
    postgres: EmbeddedServer, database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """An hour-old copy of the database: what was sent since is found by its id, what waited is sent."""
    copy = f"{database.conninfo.reveal().split('dbname=')[1].split()[0]}_backup"
    with desk(database, clock, tmp_path) as town:
        town.put("long ago")
        town.deliver()
        town.put("in doubt")
        town.slack.on_next("chat.postMessage", Fault.DROP_AFTER)
        town.deliver()
        town.put("waits")
        leave_mark(town.rig)
        database.engine.dispose()
        create(postgres, copy, template=copy.removesuffix("_backup"))
        clock.turn(timedelta(hours=1))
        town.settle()
        town.put("since")
        town.grow("long ago", Action.THREAD, name="since replied")
        town.settle()
        leave_mark(town.rig)
        before = sorted(town.standing())
        assert before == ["in doubt", "long ago", "since", "waits", "↳ since replied"]
        with Database(embedded_conninfo(postgres, copy)) as restored:
            again = made(restored, clock, tmp_path, town.slack)
            assert notice_restore(again.rig) is not None
            assert "restored" in again.notices()
            town.slack.on_next("conversations.history", Fault.STATUS_BEFORE)
            again.deliver()
            assert sorted(again.standing()) == before, "nothing is sent before the history was read"
            assert "restore:desk" in again.notices()
            clock.turn(61)
            again.put("since", "never sent")  # decided again, from the same telling, and one that is new
            again.grow("long ago", Action.THREAD, name="since replied")
            again.settle()
            again.put("decided later")
            again.settle()
            assert sorted(again.standing()) == sorted([*before, "never sent", "decided later"])
            assert again.doubled() == []
            again.settle("ops")
            assert again.open() == 0
            leave_mark(again.rig)
            assert notice_restore(again.rig) is None, "it is new again"
    drop(postgres, copy)


def test_what_is_decided_again_days_after_a_restore_is_still_known(town: Desk) -> None:
    town.put("a")
    town.settle()
    with town.database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM outbox"))
    assert set(expect_sent(town.rig, START - timedelta(hours=1))) == {"desk", "ops"}
    assert town.deliver().sent == 0
    town.clock.turn(timedelta(days=9))
    town.put("a")
    assert town.deliver().sent == 0
    assert town.row("a").state == "sent"
    assert town.row("a").provider_id.startswith("C0000000:")
    assert town.standing() == ["a"]


def test_an_installation_without_a_mark_is_not_taken_for_restored(town: Desk) -> None:
    assert notice_restore(town.rig) is None
    leave_mark(town.rig)
    assert notice_restore(town.rig) is None
    town.clock.turn(3600)
    leave_mark(town.rig)
    assert notice_restore(town.rig) is None
    with town.database.transaction() as tx:
        tx.connection.execute(text("DELETE FROM lease"))
    assert notice_restore(town.rig) == town.clock.now() - timedelta(days=3, minutes=10), "a database that is new"
    (town.rig.settings.data / "last-seen").write_text("nonsense", encoding="ascii")
    assert notice_restore(town.rig) is None


def test_a_claim_that_is_old_or_gone_is_not_sent(town: Desk) -> None:
    """A process is stopped between its claim and the post, and wakes when others may have taken the row over."""
    town.put("late")
    stopped: list[str] = []

    def stop(point: str) -> None:
        if point == "deliver.claimed" and not stopped:
            stopped.append(point)
            town.clock.turn(6)

    deliver(replace(town.rig, passes=stop), "desk")
    assert stopped
    assert town.standing() == ["late"], "it is claimed anew, and sent once"
    assert town.row("late").attempts == 2
    town.put("taken")
    town.clock.turn(5)

    def take(point: str) -> None:
        if point == "deliver.claimed":
            with town.database.transaction() as tx:
                tx.connection.execute(text("UPDATE outbox SET epoch = epoch + 1 WHERE state = 'sending'"))

    once = replace(town.rig, passes=take, pause=lambda _: True)
    deliver(once, "desk")
    assert town.standing() == ["late"], "whoever took it over will say what became of it"
    assert town.row("taken").state == "sending"
    town.settle()
    assert town.standing() == ["late", "taken"]


def test_a_sender_whose_channel_was_taken_over_leaves(town: Desk) -> None:
    town.put("one", "two")

    def other(point: str) -> None:
        if point == "deliver.marked":
            with town.database.transaction() as tx:
                tx.chores.take("deliver:desk", holder="another", now=town.clock.now())

    done = deliver(replace(town.rig, passes=other), "desk")
    assert done.sent == 1
    assert town.standing() == ["one"]


def test_a_silent_holder_loses_the_channel_and_a_busy_one_does_not(town: Desk) -> None:
    town.put("one")
    with town.database.hold("deliver:desk"):
        with town.database.transaction() as tx:
            tx.chores.take("deliver:desk", holder="stopped", now=town.clock.now())
        town.clock.turn(60)
        assert town.deliver().busy
        assert town.deliver().busy, "it may be waiting for an answer"
        town.clock.turn(FENCE)
        assert town.deliver().busy, "this one ended its session"
        assert town.deliver().sent == 1
    assert assess(town.rig).documents == 0, "other connections go on"
