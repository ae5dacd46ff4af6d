"""Feeds as bytes, and a bench that reads them with the program's own parser, in this process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from bot.sources import _work
from bot.storage import Database
from bot.types.rules import Rulebook
from tests.fakes import engine
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench


@dataclass(frozen=True)
class Entry:
    """An entry of a feed; what is not given follows from its name."""

    name: str
    title: str = ""
    link: str = ""
    guid: str = ""
    date: datetime = START

    @property
    def xml(self) -> str:
        title, link, guid = self.title or f"Notice {self.name}", self.link or f"/{self.name}", self.guid or self.name
        return (
            f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
            f'<guid isPermaLink="false">{escape(guid)}</guid><pubDate>{format_datetime(self.date)}</pubDate>'
            f"<description>{escape(title)}, as the ministry says in its notice of today.</description></item>"
        )


def rss(entries: Iterable[Entry], *, generator: str = "") -> bytes:
    """RSS 2.0."""
    made_by = f"<generator>{escape(generator)}</generator>" if generator else ""
    rows = "".join(entry.xml for entry in entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{made_by}{rows}</channel></rss>'.encode()


class OwnParsers(engine.InlineWorkers):
    """Parses as production does, but in this process."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        if target == "harvest":
            self.calls.append(target)
            return _work.gather(*args)
        return super().call(target, *args, deadline=deadline)


def bench(database: Database, clock: FakeClock, book: Rulebook) -> Bench:
    """A bench whose sources are of the real kinds."""
    made = engine.bench(database, clock, book)
    workers = OwnParsers()
    rig = replace(made.rig, kinds=_work.kinds(), parsers=workers, ward=workers, workers=workers)
    return replace(made, rig=rig, workers=workers)
