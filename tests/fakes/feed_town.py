"""Poll all feeds of the lists and print where the time goes: `python -m tests.fakes.feed_town [FEEDS] [CYCLES]`."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from pathlib import Path

import structlog

from bot.tune.loopback import serving
from tests.fakes import scale


def main(count: int = 20_000, cycles: int = 3) -> None:
    """Print wall time, processor time by what and by whom, and memory of each cycle."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    urls = [url.replace("https:", "http:") for url in scale.listed_urls()][:count]
    with tempfile.TemporaryDirectory() as folder, serving() as port:
        Path(folder).chmod(0o755)  # the database server may run as another user
        with scale.town(scale.sources(urls), Path(folder) / "data", port) as town:
            for number in range(cycles):
                spent, cost, begin = dict(town.spent.seconds), town.cost(), time.monotonic()
                outcomes = town.cycle()
                taken, after = time.monotonic() - begin, town.cost()
                scale.say(f"cycle {number + 1}: {taken:.1f} s, {len(urls) / taken:.0f} feeds/s, {dict(outcomes)}")
                for what, seconds in town.spent.seconds.items():
                    scale.say(f"  {what:20}{1e6 * (seconds - spent.get(what, 0)) / len(urls):8.0f} us a feed")
                for who, one in after.items():
                    used = 1e6 * (one.seconds - cost[who].seconds) / len(urls)
                    scale.say(f"  all of {who:13}{used:8.0f} us a feed, {one.megabytes:.0f} MB")
                town.clock.turn(2 * scale.EVERY)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
