"""Children that run late, grow, crash or lie cost one call, and never outlive their parent."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import WorkerError
from bot.pool import Pool
from bot.types.source import Item, Novelty

ROOT = Path(__file__).resolve().parents[2]
CHORES = "tests.fakes.chores"

pytestmark = pytest.mark.slow


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(1, memory_mb=600) as found:
        yield found


def refused(pool: Pool, chore: str, *args: object, deadline: float = 20.0) -> WorkerError:
    with pytest.raises(WorkerError) as caught:
        pool.call(f"{CHORES}:{chore}", *args, deadline=deadline)
    return caught.value


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if Path("/proc").is_dir():
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False
    return state not in "ZX"


def gone(pid: int, within: float = 30.0) -> bool:
    """Whether a process ends before long."""
    until = time.monotonic() + within
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(pid)


def test_calls_run_in_one_warm_child(pool: Pool) -> None:
    assert pool.call(f"{CHORES}:add", 1, 2, 3, deadline=20) == 6
    pids = {pool.call(f"{CHORES}:who", deadline=20) for _ in range(5)}
    assert len(pids) == 1
    assert pids != {os.getpid()}


def test_records_travel_and_noise_does_not(pool: Pool) -> None:
    item, novelty, moment = pool.call(f"{CHORES}:records", deadline=20)
    assert isinstance(item, Item)
    assert item.title == "ü"
    assert novelty is Novelty.NEW
    assert item.published_at == moment
    assert pool.call(f"{CHORES}:chatter", deadline=20) == "answer"
    assert len(pool.call(f"{CHORES}:large", 20 << 20, deadline=20)) == 20 << 20
    assert pool.call(f"{CHORES}:secretly", bytes(20 << 20), deadline=20) > 20 << 20


@pytest.mark.parametrize(
    ("chore", "args", "reason", "words"),
    [
        ("hang", (), "deadline", "took longer than 0.5 seconds"),
        ("hang_in_c", (), "deadline", "took longer than 0.5 seconds"),
        ("eat", (), "memory", "more memory than a child process may have"),
        ("die", (), "died", "SIGABRT"),
        ("leave", (3,), "died", "code 3"),
        ("fail", ("what went wrong",), "error", "KeyError: 'what went wrong'"),
        ("recurse", (), "error", "RecursionError"),
        ("untravelled", (), "error", "pickle"),
        ("smuggle", (), "error", "may not travel"),
        ("stranger", (), "error", "may not travel"),
        ("missing", (), "error", "AttributeError"),
    ],
)
def test_a_bad_call_costs_one_call(pool: Pool, chore: str, args: tuple[object, ...], reason: str, words: str) -> None:
    before = pool.call(f"{CHORES}:who", deadline=20)
    error = refused(pool, chore, *args, deadline=0.5 if chore.startswith("hang") else 20.0)
    assert error.reason == reason
    assert words in str(error)
    after = pool.call(f"{CHORES}:who", deadline=20)
    if reason != "error":
        assert after != before
        assert gone(before)


def test_what_a_child_says_is_not_believed_blindly(pool: Pool, capfd: pytest.CaptureFixture[str]) -> None:
    refused(pool, "smuggle")
    assert "smuggled" not in capfd.readouterr().out


def test_errors_bring_the_trace_along(pool: Pool) -> None:
    error = refused(pool, "fail", "x" * 10_000)
    assert len(str(error)) < 1000
    assert any("chores.py" in note and "raise KeyError" in note for note in error.__notes__)


def test_the_parent_decides_when_a_child_ends(pool: Pool) -> None:
    pid = pool.call(f"{CHORES}:stubborn", deadline=20)
    assert pool.call(f"{CHORES}:who", deadline=20) == pid


def test_secrets_stay_with_the_parent(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SMTP_URL", "DATABASE_URL", "WEBHOOK_SECRET_FILE", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "CANARY")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    seen = pool.call(f"{CHORES}:environment", deadline=20)
    assert "CANARY" not in str(seen)
    assert seen["LC_ALL"] == "C.UTF-8"
    assert seen["OMP_NUM_THREADS"] == "1"


def test_children_import_nothing_that_nobody_asked_for(pool: Pool) -> None:
    heavy = ("spacy", "numpy", "feedparser", "lxml", "httpx", "sqlalchemy", "pytest", "bot.sources", "bot.understand")
    assert pool.call(f"{CHORES}:modules", *heavy, deadline=20) == []


def test_what_the_initialiser_built_is_there_for_every_call() -> None:
    with Pool(1, memory_mb=600, initializer=(f"{CHORES}:prepare", (40,))) as pool:
        assert pool.call(".up", 1, deadline=20) == 41
        assert pool.call(".up", 1, deadline=20) == 42
        assert pool.call(f"{CHORES}:left", deadline=20) == [40]
        refused(pool, "die")
        assert pool.call(".up", 1, deadline=20) == 41  # built afresh


def test_an_initialiser_that_fails_says_why_each_time() -> None:
    with Pool(1, memory_mb=600, initializer=(f"{CHORES}:broken_start", ())) as pool:
        for _ in range(2):
            error = refused(pool, "who")
            assert error.reason == "error"
            assert "ValueError: no model" in str(error)


def test_children_are_replaced_after_so_many_calls() -> None:
    with Pool(1, memory_mb=600, recycle_after=3) as pool:
        pids = [pool.call(f"{CHORES}:who", deadline=20) for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_many_threads_share_few_children() -> None:
    found: list[int] = []
    with Pool(2, memory_mb=600) as pool:

        def work(n: int) -> None:
            if n % 7 == 3:
                with contextlib.suppress(WorkerError):
                    pool.call(f"{CHORES}:die", deadline=20)
            found.append(pool.call(f"{CHORES}:add", n, n, deadline=20))

        threads = [threading.Thread(target=work, args=(n,)) for n in range(21)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(found) == [2 * n for n in range(21)]


def test_closing_ends_children_and_calls() -> None:
    pool = Pool(1, memory_mb=600)
    pid = pool.call(f"{CHORES}:who", deadline=20)
    errors: list[WorkerError] = []

    def work() -> None:
        errors.append(refused(pool, "hang", deadline=60.0))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not pool._idle.empty():  # until one of them holds the only child
        time.sleep(0.01)
    pool.close()
    for thread in threads:
        thread.join()
    assert [error.reason for error in errors] == ["died"] * 3
    assert gone(pid)
    assert refused(pool, "who").reason == "died"
    pool.close()


def test_a_pool_of_none_refuses_every_call() -> None:
    with Pool(0, memory_mb=600) as pool:
        assert refused(pool, "who").reason == "died"


@pytest.mark.parametrize("chore", ["who", "hang", "hang_in_c"])
def test_children_do_not_outlive_a_parent_that_is_killed(chore: str, tmp_path: Path) -> None:
    """Not an idle one, not a busy one, and not even one that is lost in C code."""
    note = tmp_path / "child"
    script = f"""
        import pathlib, time
        from bot.pool import Pool
        pool = Pool(1, memory_mb=600)
        pathlib.Path({str(note)!r}).write_text(str(pool.call("{CHORES}:who", deadline=20)))
        pool.call("{CHORES}:{chore}", deadline=2)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stderr=subprocess.DEVNULL, env={"PATH": os.defpath}
    )
    try:
        until = time.monotonic() + 30
        while not (note.exists() and note.read_text()) and time.monotonic() < until:
            time.sleep(0.02)
        child = int(note.read_text())
        assert alive(child)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert gone(child)


def test_readers_of_feeds_run_in_children(pool: Pool) -> None:
    from bot.types.document import Gathered
    from bot.types.source import Fetched, Request
    from tests.fakes import records
    from tests.fakes.clock import START

    source = records.source("src", kind="feed")
    answer = Fetched(
        request=Request(source_id=source.id, url=source.url),
        final_url=source.url,
        status=200,
        media_type="",
        charset=None,
        body=b"<rss><channel><item><title>Ban on ore</title></item></channel></rss>",
        complete=True,
        fetched_at=START,
    )
    found = pool.call("bot.sources._work:gather", source, answer, deadline=20)
    assert isinstance(found, Gathered)
    assert found.documents[0][0].title == "Ban on ore"


def test_a_renewed_pool_prepares_every_further_child_anew() -> None:
    with Pool(1, memory_mb=600, initializer=(f"{CHORES}:prepare", (40,))) as pool:
        assert pool.call(".up", 1, deadline=20) == 41
        pool.renew((f"{CHORES}:prepare", (70,)))
        assert pool.call(".up", 1, deadline=20) == 71
        assert pool.call(".up", 1, deadline=20) == 72, "the same child goes on"


def test_a_child_that_cannot_start_is_no_fault_of_the_call() -> None:
    with Pool(1, memory_mb=600, initializer=(f"{CHORES}:die", ())) as pool:
        error = refused(pool, "who")
    assert error.reason == "error"
    assert "starting a child process" in str(error)
