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
from itertools import pairwise
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from bot.pipeline import vote, why
from bot.storage import Database
from bot.types.delivery import DeliveryState
from bot.types.vote import Verdict
from tests.fakes.slack import Posted
from tests.fakes.whole_faults import PLANTED
from tests.fakes.whole_happenings import Happenings, Scene
from tests.fakes.whole_machine import CHANNELS, VARIANTS, Faults, MachineSlack, documents_of
from tests.fakes.whole_world import STARTS, TOKEN, Step

_DAY = re.compile(r"\d{1,2} \w+ 2031|2031-\d\d-\d\d")


class Machine(Happenings):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.known: frozenset[str] = frozenset()
        self.sent: frozenset[str] = frozenset()

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

    @rule()
    def settle(self) -> None:
        """All faults end, time passes, and everything must have come to its place."""
        self._heal()
        for number in range(len(self.world.outlets)):
            self._poll(number)
        self.main.settle()
        self._check_quiet()
        self.scene.met["settled"] += 1

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

    @invariant()
    def rules_in_force_are_the_last_that_loaded(self) -> None:
        assert self.main.rig.rulebook.hash == f"variant-{self.variant}"

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
    max_examples=6, stateful_step_count=20, deadline=None, print_blob=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SOAK = settings(
    QUICK, max_examples=int(os.environ.get("MACHINE_EXAMPLES", "300")),
    stateful_step_count=int(os.environ.get("MACHINE_STEPS", "60")),
)  # fmt: skip
TEETH = settings(
    QUICK, max_examples=60, stateful_step_count=40, phases=[Phase.generate], report_multiple_bugs=False,
)  # fmt: skip


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
