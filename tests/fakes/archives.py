"""An archive as the pipeline makes it: texts read by the real reader, placed, weighed and decided under a rule set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.pipeline import assess
from bot.rulebook.load import load
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.tune.archive.backtest import Backtest, backtest
from bot.types.document import Document
from bot.types.levels import Authority
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.understand.reader import SpacyReader
from tests.fakes import engine, rules
from tests.fakes.clock import START, FakeClock
from tests.fakes.engine import Bench
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

SPAN = (START - timedelta(days=1), START + timedelta(days=120))


def book(folder: Path, edits: Mapping[str, tuple[str, str]] | None = None) -> Rulebook:
    """The small rule set, edited: path -> (old, new); with the channels of the bench."""
    changed = {}
    for path, (old, new) in (edits or {}).items():
        assert old in FILES[path], (path, old)
        changed[path] = FILES[path].replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    return replace(load(write_rules(folder, changed), PLUGINS), routing=engine.routing())


@dataclass
class Counting:
    """A reader that remembers what it read."""

    reader: SpacyReader
    read_ids: list[str] = field(default_factory=list)

    @property
    def version(self) -> str:
        return self.reader.version

    def read(self, document: Document, *, lang: str | None = None) -> Reading:
        self.read_ids.append(document.id)
        return self.reader.read(document, lang=lang)


@dataclass
class Archive:
    """What the bot kept under one rule set."""

    bench: Bench
    rules: Rulebook

    def tell(self, name: str, text: str, *, lang: str = "en", publisher: str = "", days: int = 0) -> None:
        """One text through the pipeline, an hour and so many days after the last."""
        now: datetime = self.bench.clock.turn(timedelta(days=days, hours=1))
        document = rules.document(
            name, title=text, text="", first_seen=now, published_at=now, lang_hint=lang, languages=(lang,),
            authority=Authority.PRESS, publisher=publisher or f"Paper {name}", content_hash=f"1:{name}",
        )  # fmt: skip
        with self.bench.rig.database.transaction() as tx:
            tx.documents.put([NewDocument(document=document)])
            tx.documents.save_readings([SpacyReader(self.rules.lexicon).read(document)], at=now)
        assess(self.bench.rig)

    def replay(self, after: Rulebook, reader: Counting | None = None) -> Backtest:
        """The archive under other rules."""
        with self.bench.rig.database.transaction() as tx:
            make = reader or Counting(SpacyReader(after.lexicon))
            return backtest(tx, self.rules, after, span=SPAN, reader=lambda: make)

    def heard(self) -> dict[str, tuple[str, ...]]:
        """Every story -> channels that got a message."""
        with self.bench.rig.database.transaction() as tx:
            return {
                story.id: tuple(sorted({c for d in tx.decisions.told([story.id]) for c in d.channels}))
                for story, _ in tx.stories.week(*SPAN)
            }


def archive(database: Database, clock: FakeClock, made: Rulebook) -> Archive:
    """An empty archive."""
    return Archive(engine.bench(database, clock, made), made)
