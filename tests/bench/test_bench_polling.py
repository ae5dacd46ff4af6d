"""Polling at scale: ten thousand feeds, a day with hostile ones among them, and the servers they are measured with."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from bot.fetch.measuring import plain_get
from bot.sources._plain import plain_entries
from bot.tune import made_feeds, poll
from bot.tune.loopback import Editions, serving
from tests.fakes import scale, simulated_day

HOURS = 1.0  # of the simulated day; all of it is `python -m tests.fakes.simulated_day 24`


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)  # the database server may run as another user
    return tmp_path / "data"


def test_an_edition_has_one_entry_that_the_last_one_had_not() -> None:
    before, after = (set(plain_entries(made_feeds.feed("a.example/f", edition))) for edition in (3, 4))
    assert len(before) == len(after) == made_feeds.ENTRIES
    assert len(after - before) == len(before - after) == 1
    assert made_feeds.feed("a.example/f", 3) == made_feeds.feed("a.example/f", 3)
    assert 15_000 < len(made_feeds.feed("a.example/f", 3)) < 60_000


def test_one_poll_in_twenty_finds_a_new_edition_and_two_feeds_in_three_say_so() -> None:
    answers = Editions()
    etags: dict[str, str] = {}
    unchanged, spoken = 0, 0
    for _ in range(41):
        for number in range(60):
            host = f"h{number}.example"
            head = answers(host, "/f", etags.get(host, "")).partition(b"\r\n\r\n")[0].decode()
            unchanged += head.startswith("HTTP/1.1 304")
            etag = next((line[6:] for line in head.split("\r\n") if line.startswith("ETag: ")), "")
            spoken += bool(etag)
            etags[host] = etag
    assert spoken / (41 * 60) == pytest.approx(2 / 3, abs=0.2)
    assert unchanged == pytest.approx(0.95 * spoken * 40 / 41, rel=0.03)


@pytest.mark.slow
def test_a_server_in_a_process_of_its_own_answers_every_host() -> None:
    with serving() as port, plain_get(port) as get:
        for host in ("a.example", "b.example"):
            assert get(f"http://{host}/news") == made_feeds.feed(f"{host}/news", 0)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "it ended with the block"


@pytest.mark.slow
def test_time_passes_at_once_while_nobody_works() -> None:
    clock = simulated_day.SkippingClock(threads=2)
    clock.wait_until(86_400)
    assert 86_400 <= clock.monotonic() < 86_500


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not scale.LISTS.exists(), reason="the feed lists are not part of the project")
def test_ten_thousand_feeds_are_polled_and_only_what_is_new_is_parsed(folder: Path) -> None:
    urls = [url.replace("https:", "http:") for url in scale.listed_urls()]
    with serving() as port, scale.town(scale.sources(urls), folder, port) as town:
        first = town.cycle()
        assert first["fetched"] >= len(urls) - first["address"]
        assert first["address"] < 20, "addresses that are none"
        town.clock.turn(2 * scale.EVERY)
        parsed = town.spent.times["parse, this end"]
        steady = town.cycle()
        answered = {name: steady[name] for name in ("fetched", "unchanged", "not-modified")}
        assert sum(answered.values()) >= len(urls) - first["address"]
        assert 0.02 < answered["fetched"] / len(urls) < 0.1
        assert town.spent.times["parse, this end"] - parsed == answered["fetched"], "nothing else reached the parser"
        cost = town.cost()
        assert cost["this"].megabytes < 900
        assert cost["children"].megabytes < 900


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_hostile_feeds_make_no_honest_one_late_and_memory_stays_flat(folder: Path) -> None:
    day = simulated_day.run(folder, hours=HOURS, honest=950, hostile=50)
    limit = scale.EVERY / 10
    assert timedelta(seconds=max(day.late)) <= limit
    assert day.polls["honest"] >= 0.9 * HOURS * 3600 / scale.EVERY.total_seconds() * 950
    assert set(day.outcomes["honest"]) <= {"fetched", "unchanged", "not-modified"}
    half = [sample for sample in day.samples if sample[0] >= HOURS / 2]
    assert half[-1][1] - half[0][1] < 60, "megabytes of this process"
    assert half[-1][2] - half[0][2] < 200, "megabytes of its children, which are replaced from time to time"


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_what_is_new_is_found_by_both_sides() -> None:
    chosen = poll.feeds(45)
    for feed in chosen:
        entries = plain_entries(feed.after)
        documents = poll._documents(feed, feed.after)
        assert [document.title for document, _ in documents] == [entry.partition("\n")[0] for entry in entries]
    assert sum(feed.before != feed.after for feed in chosen) == 3
