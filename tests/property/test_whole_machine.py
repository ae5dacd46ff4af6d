"""The whole program against a world that publishes, edits, takes back, goes wrong, kills and turns clocks.

The checks look at the world and at Slack: what happened, what people saw. They know nothing of how the program decides;
of its database they read only what it promises to operators, the states of the outbox, the ledger and the notices.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from bot.errors import StorageError
from bot.pipeline import housekeeping, look_after_sources, vote, why
from bot.storage import Database
from bot.types.delivery import DeliveryState
from bot.types.vote import Verdict
from tests.fakes import engine
from tests.fakes.slack import Fault, Posted
from tests.fakes.whole_machine import (
    CHANNELS,
    FENCE,
    VARIANTS,
    Faults,
    Killed,
    MachineSlack,
    Process,
    documents_of,
    empty,
)
from tests.fakes.whole_faults import PLANTED
from tests.fakes.whole_world import GOODS, STARTS, TARGETS, TOKEN, Step, World

# Whether a poll, a batch, a delivery is left in the middle, and at the how manieth seam.
deaths = st.one_of(st.none(), st.none(), st.integers(1, 12))
outlet_numbers = st.integers(0, 3)
POST_FAULTS = (
    Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.RESET_AFTER, Fault.STATUS_BEFORE, Fault.STATUS_AFTER,
    Fault.INTERNAL_AFTER, Fault.HTML, Fault.LIMITED, Fault.FORBIDDEN, Fault.NO_TS, "internal_error", "fatal_error",
)  # fmt: skip
LOOK_FAULTS = (Fault.DROP_BEFORE, Fault.STATUS_BEFORE, Fault.HTML, Fault.LIMITED, "internal_error")
_DAY = re.compile(r"\d{1,2} \w+ 2031|2031-\d\d-\d\d")


class Scene:
    """What all examples share: a server, a database, a folder of rules; and how often what was met."""

    def __init__(self, database: Database, slack: MachineSlack, folder: Path, faults: Faults) -> None:
        self.database, self.slack, self.folder, self.faults = database, slack, folder, faults
        self.world = World(STARTS[0])
        self.met: dict[str, int] = defaultdict(int)


class Machine(RuleBasedStateMachine):
    """See the module."""

    scene: Scene  # set by whoever runs it

    def __init__(self) -> None:
        super().__init__()
        scene = self.scene
        scene.met["examples"] += 1
        empty(scene.database)
        self.world = scene.world = World(STARTS[0])
        self.slack = scene.slack
        self.slack.restart()
        self.file = scene.folder / "routes.yml"
        self.variant = self.on_disk = "a"
        self.file.write_text("a", encoding="utf-8")
        self.weak: set[tuple[int, str]] = set()  # steps that a change of rules may have kept from a channel
        self.fatal: set[str] = set()  # channels that once refused everything
        self.late: set[str] = set()  # messages after which a frozen sender went on
        self.known: frozenset[str] = frozenset()
        self.sent: frozenset[str] = frozenset()
        self.main = self._start()
        self.other = self._start()

    # -- the program --------------------------------------------------------------------------------------------------

    def _start(self) -> Process:
        scene = self.scene
        if self.on_disk not in VARIANTS:
            self._save(self.variant)  # it does not start with rules that do not load
        return Process(self.world, self.slack, scene.database.conninfo, scene.folder, scene.faults)

    @contextmanager
    def _mortal(self, process: Process, death: int | None) -> Iterator[None]:
        """Work that may be killed; afterwards another process stands in the dead one's place."""
        process.fuse.left = death
        try:
            yield
        except Killed:
            self.scene.met["kills"] += 1
            self._look_who_was_read()
            if process is self.main:
                self._restart()
            else:
                self.other.close()
                self.other = self._start()
        process.fuse.left = None

    def _restart(self) -> None:
        self.main.close()
        self.main = self._start()
        self._in_force(self.on_disk)

    def _save(self, name: str) -> None:
        self.file.write_text(name, encoding="utf-8")
        state = self.file.stat()
        self.scene.met["saves"] += 1
        stamp = state.st_mtime_ns + 1_000_000 * self.scene.met["saves"]
        os.utime(self.file, ns=(state.st_atime_ns, stamp))
        self.on_disk = name

    def _in_force(self, name: str) -> None:
        changed = set(VARIANTS[self.variant]) ^ set(VARIANTS[name])
        self.weak |= {(step.number, channel) for step in self.world.steps for channel in changed}
        self.variant = name

    # -- what the world does ------------------------------------------------------------------------------------------

    @initialize(
        start=st.sampled_from(STARTS),
        old=st.lists(st.tuples(outlet_numbers, st.sampled_from(GOODS)), max_size=6),
        fresh=st.lists(outlet_numbers, max_size=2),
    )
    def begin(self, start: datetime, old: Sequence[tuple[int, str]], fresh: Sequence[int]) -> None:
        self.world.now = start
        for channel in self.slack.channels.values():
            channel.filled_at = self.slack.now()
        self.main.close()
        self.main = self._start()
        for number, goods in old:
            self.world.tell(self.world.outlets[number], self.world.take(goods=goods, target="JP"), old=True)
        for number in fresh:
            self.world.tell(self.world.outlets[number], self.world.take(goods=GOODS[0], target="JP"))

    @rule(
        number=outlet_numbers,
        goods=st.sampled_from(GOODS),
        whom=st.sampled_from(TARGETS),
        dated=st.sampled_from(("now", "now", "none", "ahead")),
        relevant=st.sampled_from((True, True, True, False)),
        also=st.sets(outlet_numbers, max_size=2),
        at_once=st.booleans(),
    )
    def publish(
        self, number: int, goods: str, whom: str, dated: str, *, relevant: bool, also: set[int], at_once: bool
    ) -> None:
        """A step that nobody told before, in one source or several."""
        outlets = [self.world.outlets[n] for n in (number, *sorted(also - {number}))]
        if not all(outlet.read for outlet in outlets):
            dated = "now"  # an undated item of a first answer may be old
        step = self.world.take(goods=goods, target=whom, relevant=relevant)
        for outlet in outlets:
            self.world.tell(outlet, step, dated=dated)
        if at_once:
            self.work(None)

    @precondition(lambda self: self.world.steps)
    @rule(number=outlet_numbers, which=st.integers(0, 50))
    def follow(self, number: int, which: int) -> None:
        """A further source tells a step: another paper, or the ministry itself."""
        self.world.tell(self.world.outlets[number], self._step(which))

    @precondition(lambda self: self.world.steps)
    @rule(
        which=st.integers(0, 50),
        whats=st.lists(st.sampled_from(("day", "day back", "stage", "target")), min_size=1, max_size=4),
        at_once=st.booleans(),
    )
    def change(self, which: int, whats: Sequence[str], *, at_once: bool) -> None:
        """Something about a step changes, and everybody who told it says so; seen one by one, or all together."""
        step = self._step(which)
        for what in whats:
            if any(outlet.renamed for outlet, _ in self.world.tellings(step)):
                return  # another text under other names is another item, unless much of the feed is renamed
            if what != "stage" or step.stage.value != "in-force":
                self.world.change(step, what)
                if at_once:
                    self.work(None)

    @precondition(lambda self: self.world.steps)
    @rule(which=st.integers(0, 50), times=st.integers(2, 4), skew=st.sampled_from((0, -8)))
    def waver(self, which: int, times: int, skew: int) -> None:
        """A date that is moved and moved back, while the clock of the host is set back, too."""
        for turn in range(times):
            self.world.skew += timedelta(minutes=skew) if turn == 1 else timedelta(0)
            self.change(which, ("day", "day back")[turn % 2 :][:1], at_once=True)
        self.world.skew = timedelta(0)

    @precondition(lambda self: self.world.steps)
    @rule(which=st.integers(0, 50))
    def typo(self, which: int) -> None:
        """One source rewrites its title."""
        for outlet, item in self.world.tellings(self._step(which))[:1]:
            if not outlet.renamed:
                item.typos += 1
                outlet.edited = True

    @rule(number=outlet_numbers, what=st.sampled_from(("guid", "link", "both")))
    def republish(self, number: int, what: str) -> None:
        """Another program makes the feed: everything has new identifiers, addresses or both."""
        outlet = self.world.outlets[number]
        if outlet.edited and what != "link":
            return
        outlet.renamed = outlet.renamed or what != "link"
        for item in outlet.items:
            again = f"{item.name}-{self.scene.met['saves']}-{len(self.slack.calls)}"
            if what in ("guid", "both"):
                item.guid = f"guid-{again}"
            if what in ("link", "both"):
                item.link = f"{item.link.partition('?')[0].partition('~')[0]}~{again}"

    @rule(number=outlet_numbers, mode=st.sampled_from(("ok", "stale", "html", "empty", "cut", "down")))
    def mode(self, number: int, mode: str) -> None:
        """How a source answers from now on; its very first answer is a good one."""
        outlet = self.world.outlets[number]
        if outlet.read:
            outlet.mode = mode

    # -- what the program does ----------------------------------------------------------------------------------------

    @rule(numbers=st.sets(outlet_numbers, min_size=1), death=deaths)
    def poll(self, numbers: set[int], death: int | None) -> None:
        with self._mortal(self.main, death):
            for number in sorted(numbers):
                self._poll(number)

    def _poll(self, number: int) -> None:
        outlet = self.world.outlets[number]
        if not outlet.read:
            self.world.grow_old(outlet)
        if self.main.poll(outlet.source.id) in ("fetched", "unchanged", "not-modified"):
            outlet.read = True
            if outlet.mode == "ok":
                outlet.edited = outlet.renamed = False

    def _look_who_was_read(self) -> None:
        """A poll that was killed may have been kept."""
        with self.scene.database.transaction() as tx:
            states = tx.sources.states()
        for outlet in self.world.outlets:
            state = states.get(outlet.source.id)
            outlet.read = state is not None and state.first_fetch_done

    @rule(death=deaths)
    def think(self, death: int | None) -> None:
        with self._mortal(self.main, death):
            self.main.think()

    @rule(death=deaths, second=st.booleans())
    def deliver(self, death: int | None, *, second: bool) -> None:
        process = self.other if second else self.main
        with self._mortal(process, death):
            process.deliver()

    @rule(death=deaths)
    def work(self, death: int | None) -> None:
        """Everything that a tick would set going."""
        with self._mortal(self.main, death):
            for number in range(len(self.world.outlets)):
                self._poll(number)
            self.main.think()
            self.main.deliver()

    @rule(
        seconds=st.sampled_from((5, 45, 100, 300)),
        number=outlet_numbers,
        fault=st.sampled_from((None, Fault.LIMITED, Fault.DROP_BEFORE)),
    )
    def stall(self, seconds: int, number: int, fault: Fault | None) -> None:
        """A sender freezes in the middle of a post and loses its database; a second one takes over; it goes on."""
        self.scene.met["stalls"] += 1

        def frozen() -> None:
            engine.cut_connections(self.scene.database)
            before = {post.ts for post in self.slack.posts}
            self.world.now += timedelta(seconds=seconds)
            for _ in range(3):  # take over, look, look again
                self.other.deliver()
                self.world.now += timedelta(seconds=31 if seconds > FENCE else 1)
            self.late |= {post.ts for post in self.slack.posts} - before
            if fault is not None:
                self.slack.on_next("chat.postMessage", fault)

        self.world.tell(self.world.outlets[number], self.world.take(goods=GOODS[0], target="JP"))
        self._poll(number)
        self.main.think()
        self.main.stalls[:] = [frozen]
        try:
            self.main.deliver()
        except StorageError:
            self.scene.met["senders that lost their database"] += 1
        self.main.stalls.clear()

    @rule()
    def restart(self) -> None:
        self._restart()

    @rule(name=st.sampled_from(("a", "b", "c", "broken")), looks=st.integers(1, 3))
    def reload(self, name: str, looks: int) -> None:
        """Somebody saves the rules; the program may or may not come to read them at once."""
        self._save(name)
        for _ in range(looks):
            self._look()

    @rule()
    def look(self) -> None:
        self._look()

    def _look(self) -> None:
        taken = self.main.watch.look()
        assert not (taken and self.on_disk not in VARIANTS), "rules that do not load came into force"
        if taken:
            self._in_force(self.on_disk)
        assert self.main.rig.rulebook.hash == f"variant-{self.variant}"

    @rule()
    def chores(self) -> None:
        housekeeping(self.main.rig)
        look_after_sources(self.main.rig)

    @precondition(lambda self: any(self._roots().values()))
    @rule(which=st.integers(0, 50), verdict=st.sampled_from(Verdict))
    def cast(self, which: int, verdict: Verdict) -> None:
        """A reader votes on a story, which changes nothing that was said."""
        told = sorted(self._roots())
        _, number = told[which % len(told)]
        before = len(self.slack.posts)
        with self.scene.database.transaction() as tx:
            address = next(found.url for found in documents_of(tx) if _numbers(found.title) == {number})
        vote(self.main.rig, address, verdict, voter="ann")
        self.main.deliver()
        assert len(self.slack.posts) >= before

    # -- time, and what goes wrong with Slack -------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 2, 10, 61, 8 * 60, 26 * 60, 3 * 24 * 60)))
    def wait(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from((-8, -3, 0, 3, 8)))
    def turn_clock(self, minutes: int) -> None:
        """The clock of the host is set, wrongly or rightly; Slack's clock is not."""
        self.world.skew = timedelta(minutes=minutes)

    @rule(faults=st.lists(st.sampled_from(POST_FAULTS), min_size=1, max_size=3))
    def posts_fail(self, faults: Sequence[Fault | str]) -> None:
        self.slack.on_next("chat.postMessage", *faults)

    @rule(faults=st.lists(st.sampled_from(POST_FAULTS), min_size=1, max_size=2))
    def edits_fail(self, faults: Sequence[Fault | str]) -> None:
        self.slack.on_next("chat.update", *faults)

    @rule(faults=st.lists(st.sampled_from(LOOK_FAULTS), min_size=1, max_size=2))
    def looks_fail(self, faults: Sequence[Fault | str]) -> None:
        self.slack.on_next("conversations.history", *faults)

    @rule(lag=st.sampled_from((0.0, 5.0, 45.0, 200.0)))
    def history_lags(self, lag: float) -> None:
        self.slack.history_lag = lag

    @rule(name=st.sampled_from((*CHANNELS, "ops")), archived=st.booleans())
    def archive(self, name: str, *, archived: bool) -> None:
        channel = next(c for c in self.slack.channels.values() if c.name == name)
        channel.is_archived = archived
        if archived:
            self.fatal.add(name)

    @rule(revoked=st.booleans())
    def revoke(self, *, revoked: bool) -> None:
        self.slack.revoked = revoked
        if revoked:
            self.fatal |= {*CHANNELS, "ops"}

    @rule()
    def settle(self) -> None:
        """All faults end, time passes, and everything must have come to its place."""
        self._heal()
        for number in range(len(self.world.outlets)):
            self._poll(number)
        self.main.settle()
        self._check_quiet()
        self.scene.met["settled"] += 1

    def _heal(self) -> None:
        self.slack.faults.clear()
        self.slack.history_lag = 0.0
        self.slack.revoked = False
        for channel in self.slack.channels.values():
            channel.is_archived = False
        for outlet in self.world.outlets:
            outlet.mode = "ok"

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.settle()
        finally:
            self.main.close()
            self.other.close()

    # -- what must hold after each step -------------------------------------------------------------------------------

    @invariant()
    def nothing_is_forgotten_or_unsent(self) -> None:
        with self.scene.database.transaction() as tx:
            known = frozenset(tx.connection.scalars(text("SELECT document_id FROM item")))
            rows = tx.connection.execute(text("SELECT id, state, provider_id FROM outbox")).all()
        self.scene.met["steps"] += 1
        assert self.known <= known, "an item that was known is no longer known"
        sent = frozenset(row.id for row in rows if row.state == "sent")
        assert self.sent <= sent, "what was sent is no longer sent"
        assert {row.state for row in rows} <= {state.value for state in DeliveryState}
        there = {f"{post.channel}:{post.ts}" for post in self.slack.posts}
        assert {row.provider_id for row in rows if row.state == "sent"} <= there, "sent, but not in Slack"
        assert {post.delivery_id for post in self.slack.posts} <= {row.id for row in rows}, "nobody wrote this"
        self.known, self.sent = known, sent

    @invariant()
    def no_message_comes_twice_or_out_of_place(self) -> None:
        for (channel, number), posts in self._roots().items():
            step = self.world.steps[number - 100]
            assert step.relevant, f"{step.token} is of no interest and stands in #{channel}"
            assert any(not item.baseline for _, item in self.world.tellings(step)), f"{step.token} is old"
            self._twins(posts, f"{step.token} in #{channel}")
        for thread, posts in self._replies().items():
            root = next(post for post in self.slack.posts if post.ts == thread)
            (number,) = _said(root)
            groups = self._twins(posts, f"replies to {thread}", one=False)
            assert groups <= self.world.news(self.world.steps[number - 100]), f"more replies than news on Q{number}Q"
            assert {number} == set().union(*map(_said, posts)), "a reply to another story"

    def _twins(self, posts: Sequence[Posted], what: str, *, one: bool = True) -> int:
        """Copies share their delivery id, and P2 allows them; gives how many different messages there are."""
        by_id: dict[str | None, list[Posted]] = defaultdict(list)
        for post in posts:
            by_id[post.delivery_id].append(post)
        assert not one or len(by_id) == 1, f"{what} was told as {len(by_id)} different messages"
        for copies in by_id.values():
            for first, second in pairwise(copies):
                late = first.ts in self.late or second.ts in self.late
                assert late or self.slack.excused(first, second), f"{what} came twice"
                self.scene.met["twins that P2 allows"] += 1
        return len(by_id)

    # -- what must hold when all is quiet -----------------------------------------------------------------------------

    def _check_quiet(self) -> None:
        with self.scene.database.transaction() as tx:
            states = set(tx.outbox.counts())
            rejected = tx.outbox.rejected(STARTS[0], limit=1000)
            told = {notice.key for notice in tx.notices.since(STARTS[0])}
            documents = documents_of(tx)
            last = tx.connection.execute(
                text(
                    "SELECT DISTINCT ON (channel) channel, state FROM outbox WHERE state <> 'merged'"
                    " ORDER BY channel, settled_at DESC, seq DESC"
                )
            ).all()
            standing = {notice.key for notice in tx.notices.standing()}
        well = {f"rejected:{row.channel}" for row in last if row.state == "sent"}
        assert not well & standing, "operators believe that a channel is closed which is open"
        assert states <= {DeliveryState.SENT, DeliveryState.REJECTED, DeliveryState.MERGED}, states
        for row in rejected:
            assert row.target.name in self.fatal, f"{row.target.name} refused {row.dedupe_key}: {row.last_error}"
            assert f"rejected:{row.target.name}" in told, "nobody was told that a message was refused"
        for document in documents:
            case = why(self.main.rig, document.id)
            assert case.stories, f"nobody knows what became of {document.title}"
            assert all(story.ledger for story in case.stories)
        roots = self._roots()
        for step in self.world.steps:
            for channel in VARIANTS[self.variant]:
                if self._must(step, channel) and (channel, step.number) not in roots:
                    assert channel in self.fatal, f"{step.token} never came to #{channel}"
                    assert ("ops", step.number) in self._roots(("ops",)) or "ops" in self.fatal
        for (channel, number), posts in roots.items():
            if channel not in self.fatal:
                self._check_final(self.world.steps[number - 100], posts)

    def _must(self, step: Step, channel: str) -> bool:
        tellings = self.world.tellings(step)
        doubtful = any(item.baseline or item.perhaps for _, item in tellings) or (step.number, channel) in self.weak
        return step.relevant and bool(tellings) and not doubtful

    def _check_final(self, step: Step, posts: Sequence[Posted]) -> None:
        """What stands is the last word, and whoever saw another one was told of the change."""
        post = posts[0] if len(posts) == 1 else max(posts, key=lambda p: len(p.edits))
        shown, first = json.dumps(post.current, ensure_ascii=False), json.dumps(post.args, ensure_ascii=False)
        day = _day(step)
        assert set(_DAY.findall(shown)) == {day}, f"{step.token}: {_DAY.findall(shown)} and not {day}"
        tellings = self.world.tellings(step)
        for outlet, _ in tellings:
            assert outlet.source.publisher in shown, f"{step.token}: {outlet.source.publisher} is not named"
        assert ("Confirmed" in shown) == any(outlet.official for outlet, _ in tellings), step.token
        assert ("In force" in shown) or step.stage.value != "in-force"
        if set(_DAY.findall(first)) != {day}:
            assert self._replies().get(post.ts), f"{step.token}: nobody was told that the day changed"

    # -- Slack as people see it ---------------------------------------------------------------------------------------

    def _roots(self, channels: Sequence[str] = CHANNELS) -> dict[tuple[str, int], list[Posted]]:
        """Messages about steps that are no replies, by channel and step."""
        names = {channel.id: channel.name for channel in self.slack.channels.values()}
        found: dict[tuple[str, int], list[Posted]] = defaultdict(list)
        for post in self.slack.posts:
            if post.thread_ts is None and names[post.channel] in channels:
                said = _said(post)
                assert names[post.channel] == "ops" or len(said) == 1, f"a message about {said}"
                for number in said:
                    found[names[post.channel], number].append(post)
        return found

    def _replies(self) -> dict[str, list[Posted]]:
        found: dict[str, list[Posted]] = defaultdict(list)
        for post in self.slack.posts:
            if post.thread_ts is not None:
                found[post.thread_ts].append(post)
        return found

    def _step(self, which: int) -> Step:
        return self.world.steps[which % len(self.world.steps)]


def _numbers(said: str) -> set[int]:
    return {int(number) for number in TOKEN.findall(said)}


def _said(post: Posted) -> set[int]:
    """The steps that a message names, in any of its states."""
    return _numbers(json.dumps([post.args, *post.edits], ensure_ascii=False))


def _day(step: Step) -> str:
    return f"{step.day.day} {step.day:%b} {step.day.year}"


@pytest.fixture
def run(database: Database, tmp_path: Path) -> Iterator[Callable[..., Scene]]:
    """Runs the machine with some settings, with faults planted or without."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

    def go(wanted: settings, faults: Faults | None = None) -> Scene:
        folder = tmp_path / "rules"
        folder.mkdir(exist_ok=True)
        scene = Scene(database, slack, folder, faults or Faults())
        world[:] = [scene]
        machine = type("Whole", (Machine,), {"scene": scene})
        run_state_machine_as_test(machine, settings=wanted)
        return scene

    world: list[Scene] = []
    slack = MachineSlack(lambda: world[0].world.now.timestamp() if world else 0.0)
    with slack:
        yield go
    shutil.rmtree(tmp_path / "rules", ignore_errors=True)


QUICK = settings(
    max_examples=12, stateful_step_count=25, deadline=None, print_blob=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SOAK = settings(
    QUICK, max_examples=int(os.environ.get("MACHINE_EXAMPLES", "300")),
    stateful_step_count=int(os.environ.get("MACHINE_STEPS", "60")),
)  # fmt: skip
TEETH = settings(QUICK, max_examples=60, stateful_step_count=40, phases=[Phase.generate], report_multiple_bugs=False)


def test_nothing_is_lost_doubled_or_out_of_date(run: Callable[..., Scene]) -> None:
    scene = run(QUICK)
    assert scene.met["settled"] >= QUICK.max_examples


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_nothing_is_lost_doubled_or_out_of_date_for_long(run: Callable[..., Scene]) -> None:
    scene = run(SOAK)
    assert scene.met["kills"] > 0, dict(scene.met)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("fault", PLANTED)
def test_the_checks_find_what_is_planted(run: Callable[..., Scene], fault: str) -> None:
    with pytest.raises(AssertionError):
        run(TEETH, PLANTED[fault])
