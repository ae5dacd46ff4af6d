"""What processes cost: processor time and memory of this one, its children and their children (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of some processes together."""

    seconds: float = 0.0  # of processor time, with that of their children that ended
    megabytes: float = 0.0  # resident


def running() -> Iterator[tuple[int, int, Cost]]:
    """Every process of this machine: id, parent, cost; none where there is no /proc."""
    for entry in _PROC.iterdir() if _PROC.is_dir() else ():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it ended meanwhile
        seconds = sum(map(int, fields[11:15])) / _TICK
        yield int(entry.name), int(fields[1]), Cost(seconds=seconds, megabytes=int(fields[21]) * _PAGE / 1e6)


def children() -> frozenset[int]:
    """Ids of the children of this process."""
    return frozenset(pid for pid, parent, _ in running() if parent == os.getpid())


def cost(*, server: int | None = None, without: frozenset[int] = frozenset()) -> dict[str, Cost]:
    """What this process ("this"), its children ("children") and a server with its own ("database") have cost so far.

    Args:
        server: Process id of the database server.
        without: Children that do not count.
    """
    mine = os.getpid()
    found = {"this": Cost(), "children": Cost(), "database": Cost()}
    for pid, parent, one in running():
        if pid in without:
            continue
        kind = (
            "this" if pid == mine else "database" if server in (pid, parent) else "children" if parent == mine else ""
        )
        if kind:
            sofar = found[kind]
            found[kind] = Cost(seconds=sofar.seconds + one.seconds, megabytes=sofar.megabytes + one.megabytes)
    return found
