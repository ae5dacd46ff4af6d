"""Run the main job on the recordings, act by act, and gather what a team would have seen."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app, tasks
from bot.config import shipped_rules
from bot.demo import people
from bot.demo.clock import RecordedClock
from bot.demo.newsroom import Newsroom
from bot.demo.outcome import Outcome
from bot.demo.page import write_page
from bot.errors import StorageError
from bot.pipeline import Current, gather_week, load_whole, put_into_force, why
from bot.pipeline.people.showing import APART, dressed
from bot.schedule import Ticker
from bot.types.levels import Band
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, Settings, SlackSettings
from bot.types.story import Assessment, Story

if TYPE_CHECKING:
    from bot.pipeline import Rig

WEEK = "2026-W02"
ZONE = "Europe/Amsterdam"  # of the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A moment of the recording."""

    at: datetime
    title: str


ACTS = (
    Act(at=datetime(2026, 1, 6, 1, 50, tzinfo=UTC), title="09:50 in Beijing: an ordinary morning"),
    Act(at=datetime(2026, 1, 6, 2, 25, tzinfo=UTC), title="10:25 in Beijing: a wire and a Tokyo paper report a ban"),
    Act(at=datetime(2026, 1, 6, 10, 45, tzinfo=UTC), title="11:45 in Amsterdam: the ministry's list has the notice"),
)
MONDAY = datetime(2026, 1, 12, 6, 31, tzinfo=UTC)  # when the weekly digest is due
READING = timedelta(minutes=6)  # until somebody has read the urgent alert
HOLD = timedelta(minutes=4)  # a little more than the demo's routes hold a first message
IDLE_SECONDS = 120.0  # a demo that is still busy after this is stuck


def run(out: Path, *, say: Callable[[str], None]) -> Outcome:
    """Play all acts and write `index.html` and the digest into `out`.

    Args:
        out: Folder of the demo; what an earlier demo left there is replaced.
        say: Told each act as it begins.
    """
    clock = RecordedClock(ACTS[0].at)
    stop = threading.Event()
    with Newsroom(clock) as newsroom:
        settings = _settings(out, newsroom.host)
        loaded = load_whole(settings.rules, app.load_rules)
        with app.open_rig(settings, rulebook=loaded.rulebook, clock=clock, stop=stop) as rig:
            tasks.install(rig.database, now=clock.now())
            put_into_force(rig, loaded.files)
            with _working(rig, stop) as ticker:
                for number, act in enumerate(ACTS):
                    newsroom.act = number
                    say(act.title)
                    clock.advance_to(act.at)
                    _until_idle(rig, ticker)
                    clock.advance_to(clock.now() + HOLD)
                    _until_idle(rig, ticker)
                _people(rig, newsroom, clock, say)
                _until_idle(rig, ticker)
                clock.advance_to(clock.now() + 2 * APART)  # edits that people bring about keep a pause
                _until_idle(rig, ticker)
            clock.advance_to(MONDAY)
            return _outcome(rig, newsroom, out)


def _people(rig: Rig, newsroom: Newsroom, clock: RecordedClock, say: Callable[[str], None]) -> None:
    """The desk reads its urgent alert."""
    say("11:55 in Amsterdam: a reader finds it relevant, and asks a colleague to look after it")
    clock.advance_to(clock.now() + READING)
    with rig.database.transaction() as tx:
        alerts = tx.decisions.alerts(ACTS[0].at, clock.now())
    for alert in alerts:
        root = next(
            (post for post in newsroom.posted if post.thread_ts is None and alert.id in str(post.payload)), None
        )
        if alert.band is Band.URGENT and root is not None:
            people.act(rig, root, alert.id)


def _settings(out: Path, host: str) -> Settings:
    """Settings of a team that has a Slack: the demo's own, on loopback."""
    for name in ("data", "rules"):
        shutil.rmtree(out / name, ignore_errors=True)
    rules = out / "rules"
    shutil.copytree(shipped_rules(), rules, ignore=shutil.ignore_patterns("sources", "routes.yml", "local"))
    recorded = files("bot.demo") / "recorded"
    text = (recorded / "sources.yml").read_text(encoding="utf-8").replace("newsroom.invalid", host)
    (rules / "sources").mkdir()
    (rules / "sources" / "demo.yml").write_text(text, encoding="utf-8")
    (rules / "routes.yml").write_text((recorded / "routes.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return Settings(
        data=out / "data",
        rules=rules,
        team="Demo desk",
        slack=SlackSettings(
            token=Secret("xoxb-demo"), app_token=Secret("xapp-demo"), base_url=f"http://{host}/api/", fence=0.0
        ),
        fetch=FetchSettings(allow_hosts=(host,), per_host_seconds=0.0, threads=4),
    )


@contextmanager
def _working(rig: Rig, stop: threading.Event) -> Iterator[Ticker]:
    """A worker in a thread of its own; the acts do the ticking."""
    current = Current(rig)
    worker = threading.Thread(
        target=tasks.run_worker, args=(current, stop), kwargs={"threads": rig.settings.fetch.threads}, name="worker"
    )
    worker.start()
    ticker = Ticker(current)
    try:
        yield ticker
    finally:
        stop.set()
        worker.join()
        ticker.stop()


def _until_idle(rig: Rig, ticker: Ticker) -> None:
    """Tick until nothing is due and the queue is empty."""
    patience = threading.Event()
    waited = 0.0
    while True:
        queued = ticker.tick()
        while _open_jobs(rig):
            patience.wait(0.05)
            waited += 0.05
            if waited > IDLE_SECONDS:
                raise StorageError("the demo's queue does not empty; run `monazite demo` again")
        if not queued:
            return


def _open_jobs(rig: Rig) -> int:
    with rig.database.transaction() as tx:
        return tasks.Queue().open_jobs(tx)


def _outcome(rig: Rig, newsroom: Newsroom, out: Path) -> Outcome:
    for post in newsroom.posted:
        post.payload = people.named(post.payload)
        post.earlier = [(at, people.named(payload)) for at, payload in post.earlier]
    plan = next(iter(rig.rulebook.routing.digests.values()))
    with rig.database.transaction() as tx:
        digest = gather_week(rig, tx, plan, WEEK)
        states = tx.sources.states()
        told = tx.decisions.alerts(ACTS[0].at - timedelta(days=1), MONDAY)
        alerts = tuple(dressed(tx, alert, MONDAY.date()) for alert in told)
        documents = tx.documents.count(ACTS[0].at - timedelta(days=1), MONDAY)
        near_miss = _near_miss(tx.stories.week(ACTS[0].at - timedelta(days=2), MONDAY, having="near_misses"))
    polled = tuple((s, states[s.id]) for s in rig.rulebook.sources if s.id in states)
    outcome = Outcome(
        at=MONDAY,
        documents=documents,
        languages=tuple(sorted({s.languages[0] for s, state in polled if state.items_seen})),
        alerts=alerts,
        explained={alert.id: why(rig, alert.id) for alert in alerts},
        posts=tuple(newsroom.posted),
        sources=polled,
        requests=tuple(newsroom.requests),
        near_miss=near_miss,
        digest=digest,
        page=out / "index.html",
        rules=rig.settings.rules,
    )
    write_page(outcome, out, zone=ZONE)
    return outcome


def _near_miss(weighed: Sequence[tuple[Story, Assessment]]) -> tuple[Story, Assessment] | None:
    """The loudest story that an alert rule let go for a single reason."""
    missed = [(s, a) for s, a in weighed if not a.rules and a.near_misses]
    return max(missed, key=lambda pair: (pair[1].score, pair[0].id), default=None)
