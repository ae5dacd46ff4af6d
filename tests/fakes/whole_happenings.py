"""What may happen to the whole program, as rules of a state machine; what must hold stands in the tests.

Two processes share a database and a Slack: the first polls, thinks and delivers, the second only delivers.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.errors import StorageError
from bot.pipeline import housekeeping, look_after_sources
from bot.storage import Database
from tests.fakes import engine
from tests.fakes.slack import Fault
from tests.fakes.whole_machine import CHANNELS, FENCE, VARIANTS, Faults, Killed, MachineSlack, Process, empty
from tests.fakes.whole_world import GOODS, STARTS, TARGETS, Step, World

# Whether a poll, a batch, a delivery is left in the middle, and at the how manieth seam.
deaths = st.one_of(st.none(), st.none(), st.integers(1, 12))
outlet_numbers = st.integers(0, 3)
POST_FAULTS = (
    Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.RESET_AFTER, Fault.STATUS_BEFORE, Fault.STATUS_AFTER,
    Fault.INTERNAL_AFTER, Fault.HTML, Fault.LIMITED, Fault.FORBIDDEN, Fault.NO_TS, "internal_error", "fatal_error",
)  # fmt: skip
LOOK_FAULTS = (Fault.DROP_BEFORE, Fault.STATUS_BEFORE, Fault.HTML, Fault.LIMITED, "internal_error")


class Scene:
    """What all examples share: a server, a database, a folder of rules; and how often what was met."""

    def __init__(self, database: Database, slack: MachineSlack, folder: Path, faults: Faults) -> None:
        self.database, self.slack, self.folder, self.faults = database, slack, folder, faults
        self.world = World(STARTS[0])
        self.met: dict[str, int] = defaultdict(int)


class Happenings(RuleBasedStateMachine):
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
        marks: list[int] = []  # messages that were there when the sender went on

        def frozen() -> None:
            engine.cut_connections(self.scene.database)
            before = {post.ts for post in self.slack.posts}
            self.world.now += timedelta(seconds=seconds)
            for _ in range(3):  # take over, look, look again
                self.other.deliver()
                self.world.now += timedelta(seconds=31 if seconds > FENCE else 1)
            self.late |= {post.ts for post in self.slack.posts} - before
            marks.append(len(self.slack.posts))
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
        if marks and seconds > FENCE:  # what it posts at last arrives after others have looked for it
            self.late |= {post.ts for post in self.slack.posts[marks[0] : marks[0] + 1]}

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
        if self.main.watch.look() and self.on_disk in VARIANTS:
            self._in_force(self.on_disk)

    @rule()
    def chores(self) -> None:
        housekeeping(self.main.rig)
        look_after_sources(self.main.rig)

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

    def _heal(self) -> None:
        self.slack.faults.clear()
        self.slack.history_lag = 0.0
        self.slack.revoked = False
        for channel in self.slack.channels.values():
            channel.is_archived = False
        for outlet in self.world.outlets:
            outlet.mode = "ok"

    def _step(self, which: int) -> Step:
        return self.world.steps[which % len(self.world.steps)]
