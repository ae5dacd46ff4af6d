"""Reading an answer in a child under observation: what it costs, what it opens, whom it would call."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from bot.parse.article import article
from bot.sources._work import gather
from bot.types.source import Fetched, PageRule, Source

_REACHES = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.", "ftplib.", "http.")


def gather_costed(source: Source, fetched: Fetched) -> tuple[Any, float]:
    """What came of it, and the seconds of CPU that it took."""
    began = time.process_time()
    found = gather(source, fetched)
    return found, time.process_time() - began


def gather_observed(source: Source, fetched: Fetched) -> tuple[Any, list[str]]:
    """What came of it, and every attempt to reach out of the process: sockets, programs, files that are no modules."""
    gather(source, fetched)  # imports whatever it needs, which opens files of its own
    seen: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and (event.startswith(_REACHES) or (event == "open" and not _is_library(arguments[0]))):
            seen.append(f"{event} {arguments!r}"[:200])

    sys.addaudithook(hook)  # stays as long as the process, which is a child's for that reason
    found = gather(source, fetched)
    watching = False
    return found, seen


def _is_library(path: object) -> bool:
    """Whether a file belongs to the interpreter, a package, the zones of the world's clocks or the program."""
    name = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
    return name.startswith((sys.prefix, sys.base_prefix, "/usr/share/zoneinfo", "/usr/lib"))


def article_of(markup: str) -> str:
    """The text of a page, or why it has none."""
    found = article(markup, "https://e.org/a", rule=PageRule())
    return found if isinstance(found, str) else found.text
