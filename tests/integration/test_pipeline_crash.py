"""SIGKILL at every named point between an answer and its mark: no message is lost and none comes twice.

Every point of the program is killed so often, in a job that goes all the way: an item in a feed, its page, a story, a
message in Slack, an edit and a reply. Several kills fall into one job, in the order of the work: each restart takes up
what the one before left behind.
"""

from __future__ import annotations

import ast
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import tasks
from bot.storage import Database
from bot.storage.outbox import NewDelivery
from bot.types.delivery import Action, ChannelTarget, Message
from bot.types.ids import AlertId
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.crashing import DONE, PAGE, Run
from tests.fakes.nursery import Nursery
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.web import WebServer, ok

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
APART = timedelta(days=31)  # between two jobs: a story takes up nothing that is told so much later

# Every point, in the order in which a job passes them, by what has to happen for it to be passed.
POINTS: dict[str, tuple[str, ...]] = {
    "alert": (
        "tick.not-committed", "tick.committed",
        "collect.asking", "collect.fetched", "collect.harvested", "collect.locked", "collect.put",
        "collect.remembered", "collect.not-committed", "collect.committed",
        "queue.next", "queue.next-not-committed", "queue.next-committed",
        "read.calling", "read.read", "read.saved", "read.not-committed", "read.committed",
        "queue.assess-not-committed", "queue.assess",
        "assess.locked", "assess.placed", "assess.assessed", "assess.measured", "assess.decided", "assess.alert-saved",
        "assess.rendered", "assess.outbox", "assess.marked", "assess.not-committed", "assess.committed",
        "queue.deliver-not-committed", "queue.deliver",
        "deliver.held", "deliver.take-over-not-committed", "deliver.taken-over", "deliver.claimed-not-committed",
        "deliver.claimed", "deliver.sending", "deliver.answered", "deliver.marked-not-committed",
        "deliver.channel-saved", "deliver.marked",
        "complete.asking", "complete.fetched", "complete.found", "complete.not-committed", "complete.committed",
    ),
    "nobody answered": ("escalate.locked", "escalate.outbox", "escalate.not-committed", "escalate.committed"),
    "a date": ("remind.locked", "remind.told", "remind.not-committed", "remind.committed"),
    "lost answer": ("look.asking", "look.answered"),
    "refused": ("refused.told", "refused.fallback"),
    "old alerts": ("catch-up.counted", "catch-up.not-committed", "catch-up.committed"),
    "twin": ("sweep.read", "sweep.not-committed", "sweep.committed", "sweep.removing", "sweep.removed"),
    "restored": (
        "restore.not-committed", "restore.expected", "restore.read", "restore.settled-not-committed",
        "restore.looked-up-not-committed", "restore.looked-up",
    ),
}  # fmt: skip


def test_every_point_of_the_program_stands_in_the_matrix() -> None:
    found = [
        argument.value
        for path in (ROOT / "bot").rglob("*.py")
        if ".passes(" in (source := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "passes"
        if isinstance(argument := node.args[0], ast.Constant) and isinstance(argument.value, str)
    ]
    listed = [name for names in POINTS.values() for name in names]
    assert sorted(listed) == sorted(found), "each stands once, here and there"
    assert len(listed) >= 40


@dataclass
class Town:
    """A feed, a page and a Slack that outlive every process, and a database."""

    database: Database
    web: WebServer
    slack: FakeSlack
    nursery: Nursery
    data: Path
    job: int = 0  # number of the job
    kills: Counter[str] = field(default_factory=Counter)

    def run(self, **changes: object) -> Run:
        made = Run(
            conninfo=self.database.conninfo.reveal(), slack=self.slack.base_url, feed=self.web.url("/feed"),
            data=str(self.data), at=self.seconds(),
        )  # fmt: skip
        return replace(made, **changes)  # type: ignore[arg-type]

    def seconds(self) -> float:
        """When the processes of this job begin, since 1970."""
        return (START + self.job * APART).timestamp()

    def publish(self) -> None:
        """One item more; the next job is about it."""
        self.job += 1
        items = "\n".join(f"i{n}|Export ban {n}" for n in range(max(1, self.job - 1), self.job + 1))
        self.web.on("/feed", ok(items, "text/plain"))

    def killed(self, points: list[str], run: Run) -> None:
        """Start a process per point and kill it there; one that is done before its point was passed is not counted."""
        for point in points:
            code = self.nursery.run(replace(run, point=point))
            assert code in (DONE, -signal.SIGKILL)
            self.kills[point] += code == -signal.SIGKILL
            self.at_once()

    def finish(self, run: Run) -> None:
        """A process that nobody kills."""
        assert self.nursery.run(run) == DONE, "everything must come to an end"

    def at_once(self) -> None:
        """Wait until the server has let go of what the dead held."""
        with self.database.transaction() as tx:
            tx.connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def root(self, key: str) -> list[str]:
        """Delivery ids of what stands of an item as a first message, or instead of one."""
        with self.database.transaction() as tx:
            rows = tx.outbox.of_alert(AlertId(f"a-src-{key}"))
        return [row.id for row in rows if row.action is Action.SEND and row.target.name == "desk"]

    def check(self) -> None:
        """Every row is settled as P1 has it, and every message that counts as sent stands exactly once."""
        stands = Counter(post.delivery_id for post in self.slack.posts)
        assert [name for name, count in stands.items() if count > 1] == [], "doubled"
        with self.database.transaction() as tx:
            rows = tx.connection.execute(
                text("SELECT id, state, action, dedupe_key, merged_into, last_error FROM outbox")
            ).all()
            found = set(tx.connection.scalars(text("SELECT id FROM posting")))
        known = {row.id: row for row in rows}
        keys = {row.dedupe_key for row in rows}
        for row in rows:
            assert row.state in ("sent", "rejected", "merged"), row
            if row.state == "sent" and row.action != "update":
                assert stands[row.id] == 1, f"lost: {row}"
            if row.state == "merged":
                assert row.merged_into in known, row
            if row.state == "rejected":
                assert row.action == "update" or f"fallback:{row.id}" in keys, row
        assert set(stands) <= set(known) | found, "nothing stands that nobody knows"


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with Nursery(tmp_path_factory.mktemp("nursery") / "log") as opened:
        yield opened


@pytest.fixture
def town(database: Database, tmp_path: Path, nursery: Nursery) -> Iterator[Town]:
    tasks.install(database, now=START)
    with WebServer() as web, FakeSlack(now=START.timestamp, rate=None) as slack:
        slack.add_channel("#desk")
        slack.add_channel("#ops")
        web.on("/page", ok(PAGE, "text/plain; charset=utf-8"))
        web.on("/feed", ok("old|Older|90", "text/plain"))
        made = Town(database, web, slack, nursery, tmp_path / "data")
        slack.now = made.seconds
        begin = made.finish if nursery.is_warm else nursery.warm
        begin(made.run())
        made.publish()
        begin(made.run())
        yield made


def happens(town: Town, what: str) -> Run:
    """Prepare a job in which something happens besides; gives how its processes are started."""
    if what == "twin":
        roots = [post for post in town.slack.in_channel("#desk") if post.thread_ts is None]
        twin = replace(roots[-1], ts=f"{town.slack.now():.0f}.999999")
        town.slack.posts.append(twin)
        return town.run(job="sweep")
    town.publish()
    if what == "lost answer":
        for _ in range(4):  # a reminder, an escalation, the alert and its reply
            town.slack.on_next("chat.postMessage", Fault.DROP_AFTER)
    if what == "refused":
        town.slack.channels["C0000000"].is_archived = True
    if what == "old alerts":
        put_old(town)
    if what == "restored":
        forget_last(town)
        return town.run(job="restore", since=(START + (town.job - 1) * APART - timedelta(hours=1)).timestamp())
    return town.run()


def put_old(town: Town) -> None:
    """Alerts that have waited for two days."""
    put(town, [f"old-{town.job}-{n}" for n in range(8)], age=timedelta(days=2))


def put(town: Town, keys: list[str], *, age: timedelta = timedelta(0)) -> None:
    """First messages that wait in the outbox."""
    then = START + town.job * APART - age
    target = ChannelTarget(name="desk", kind="slack", address="#desk")
    with town.database.transaction() as tx:
        for key in keys:
            alert = records.alert(key)
            tx.decisions.save_alert(alert, at=then)
            message = Message(kind="slack", payload={"channel": "#desk", "text": key}, summary=key)
            row = NewDelivery(
                target=target, message=message, action=Action.SEND, dedupe_key=key, alert_id=alert.id, not_before=then
            )
            tx.outbox.add([row], at=then)


def forget_last(town: Town) -> None:
    """Let the database be as it was when the first message of the job before waited, and know nothing of its reply."""
    with town.database.transaction() as tx:
        last = f"a-src-i{town.job - 1}"
        tx.connection.execute(
            text(
                "UPDATE outbox SET state = 'pending', provider_id = NULL"
                " WHERE alert_id = :a AND channel = 'desk' AND action = 'send'"
            ),
            {"a": last},
        )
        tx.connection.execute(text("DELETE FROM outbox WHERE alert_id = :a AND action <> 'send'"), {"a": last})


def matrix(town: Town, each: Callable[[random.Random], int], *, at_once: int, seed: int) -> None:
    """Kill every point so often, so many in one job."""
    dice = random.Random(seed)
    for what, points in POINTS.items():
        wanted = {point: each(dice) for point in points}
        for _ in range(1000):
            left = [point for point in points if town.kills[point] < wanted[point]]
            if not left:
                break
            run = happens(town, what)
            chosen = set(dice.sample(left, min(at_once, len(left))))
            town.killed([point for point in points if point in chosen], run)
            town.finish(run)
            town.slack.channels["C0000000"].is_archived = False
            town.slack.faults.clear()
        assert all(town.kills[point] >= wanted[point] for point in points), town.kills


def test_kills_at_every_point_lose_nothing_and_repeat_nothing(town: Town) -> None:
    matrix(town, lambda dice: 1 + (dice.random() < 0.6), at_once=10, seed=1)
    town.check()
    assert town.kills.total() >= 100
    assert all(len(town.root(f"i{n}")) == 1 for n in range(1, town.job + 1)), "one first message each"


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_thousand_kills_lose_nothing_and_repeat_nothing(town: Town) -> None:
    matrix(town, lambda _: 25, at_once=8, seed=2)
    town.check()
    assert town.kills.total() >= 1000
    assert all(len(town.root(f"i{n}")) == 1 for n in range(1, town.job + 1)), "one first message each"


LOST = (None, Fault.DROP_AFTER, Fault.RESET_AFTER, Fault.STATUS_AFTER, Fault.INTERNAL_AFTER)  # None: a kill


def compared(town: Town, count: int) -> dict[str, tuple[int, int]]:
    """Lost and doubled messages by way: each message loses its answer, or its sender, after it was accepted."""
    found = {}
    for way, job, point in (("naive", "naive", "naive.accepted"), ("here", "watch", "deliver.answered")):
        keys = [f"{way}-{n}" for n in range(count)]
        put(town, keys)
        run, before = town.run(job=job), len(town.slack.posts)
        for n in range(count):
            if fault := LOST[n % len(LOST)]:
                town.slack.on_next("chat.postMessage", fault)
            # A sender that gets to the next message by itself is killed there as well.
            town.nursery.run(replace(run, point=point))
            town.at_once()
        for _ in range(10):
            if town.nursery.run(run) == DONE:
                break
        town.slack.faults.clear()
        town.finish(run)
        posts = Counter(post.current["text"] for post in town.slack.posts[before:])
        found[way] = sum(not posts[key] for key in keys), sum(posts[key] - 1 for key in keys if posts[key])
    return found


def test_the_usual_way_doubles_where_this_one_does_not(town: Town) -> None:
    found = compared(town, len(LOST))
    assert found["here"] == (0, 0)
    assert found["naive"][1] >= 3


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_480_messages_the_usual_way_and_here(town: Town, record_property: Callable[[str, object], None]) -> None:
    found = compared(town, 480)
    record_property("lost and doubled of 480", found)
    assert found["here"] == (0, 0)
    assert found["naive"][1] >= 240


SPEED = 20.0  # a fence of 80 seconds is four
ONCE_A_ROUND = ("deliver.held", "deliver.taken-over")  # the others are passed with every message


def alternating(town: Town, count: int, points: Sequence[str], *, patient: bool = False) -> None:
    """Three senders on one channel: each but the last is stopped at its point, and goes on when others have sent more.

    Args:
        town: Where.
        count: Messages.
        points: Of the senders that are stopped, in the order in which they get the channel.
        patient: They are left alone until nothing waits any more.
    """
    put(town, [f"three-{count}-{n}" for n in range(count)])
    at, since = town.seconds(), time.time()
    town.slack.now = lambda: at + (time.time() - since) * SPEED
    run = town.run(job="deliver", speed=SPEED, since=since)
    times = max(2, count // (len(points) + 1))
    stopped = []
    for point in points:
        after = 1 if point in ONCE_A_ROUND else times
        stopped.append(town.nursery.start(replace(run, point=point, stop=True, times=after)))
        until(lambda: state(stopped[-1]) == "T", f"it passes {point}")
    sent = len(town.slack.posts)
    last = town.nursery.start(run)
    until(lambda: state(last) == "Z" if patient else len(town.slack.posts) > sent + 1, "it takes over and sends")
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    assert [town.nursery.wait(pid) for pid in (*stopped, last)] == [DONE] * (len(points) + 1)


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 100
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)


def state(pid: int) -> str:
    """R, S, T (stopped) or Z (ended), as the kernel has it."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


def test_three_senders_of_which_two_are_stopped_for_too_long(town: Town) -> None:
    """One wakes with a claim that others have taken over, one with an answer that comes too late."""
    alternating(town, 30, ("deliver.claimed", "deliver.answered"))
    town.check()
    texts = Counter(post.current["text"] for post in town.slack.posts)
    assert [texts[f"three-30-{n}"] for n in range(30)] == [1] * 30


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "points",
    [
        ("deliver.claimed", "deliver.answered"),
        ("deliver.marked-not-committed", "deliver.claimed-not-committed"),
        ("deliver.held", "deliver.taken-over"),
        ("deliver.marked", "deliver.channel-saved"),
    ],
)
def test_three_senders_and_500_alerts(town: Town, points: tuple[str, ...]) -> None:
    alternating(town, 500, points)
    town.check()
    texts = Counter(post.current["text"] for post in town.slack.posts)
    assert [texts[f"three-500-{n}"] for n in range(500)] == [1] * 500


@pytest.mark.soak
def test_a_post_that_goes_out_late_leaves_a_twin_which_the_sweep_deletes(town: Town) -> None:
    """The exception of P2: stopped between the last look at the claim and the post, for longer than the fence."""
    alternating(town, 10, ("deliver.sending",), patient=True)
    doubled = [name for name, n in Counter(post.delivery_id for post in town.slack.posts).items() if n > 1]
    assert len(doubled) == 1
    town.finish(town.run(job="sweep", at=town.slack.now() + 60))
    town.check()
