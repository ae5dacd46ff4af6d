"""Pick the implementations: settings to objects, in the one place that knows them all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.types.delivery import ChannelTarget, ProbeFinding
from bot.types.document import Document
from bot.types.ports import Channel, Clock, Condition, Probe, Reader, SourceKind
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.settings import ReaderSettings, Settings
from bot.types.story import Assessment

if TYPE_CHECKING:
    from bot.pipeline import Current, Rig
    from bot.rulebook.plugins import Plugins
    from bot.tune.sources.kit import Kit
    from bot.understand.reader import SpacyReader

READER_MEMORY_MB = 1500  # per child: the reader with all words, plus a long text
PARSER_MEMORY_MB = 700  # per child: a parser and the largest answer that is let in
RULE_SECONDS = 2.0  # between looks at the rule folder
PIPELINE_MEMORY_MB = 700  # on top for each trained pipeline; the large ones hold half a gigabyte of vectors


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)


def plugins() -> Plugins:
    """Every plug-in, found by scanning its folder.

    Raises:
        PluginError: A file breaks the contract of its folder.
    """
    import bot.deliver
    import bot.score.conditions
    import bot.sources
    from bot.parse.dom import check_selector
    from bot.registry import discover
    from bot.rulebook.plugins import Plugins

    return Plugins(
        conditions=discover(bot.score.conditions, "CONDITION", Condition),
        source_kinds=discover(bot.sources, "SOURCE_KIND", SourceKind),
        channels=discover(bot.deliver, "CHANNEL", Channel),
        check_selector=check_selector,
    )


def plugin_files() -> dict[str, tuple[str, ...]]:
    """Every plug-in by kind, as "name (module)"."""
    import bot.understand.languages
    from bot.registry import Named, discover

    found = plugins()
    languages = discover(bot.understand.languages, "LANGUAGE", Named)
    kinds: dict[str, Mapping[str, object]] = {
        "languages": languages,
        "source kinds": found.source_kinds,
        "conditions": found.conditions,
        "channels": found.channels,
    }
    folders = {
        "languages": "bot/understand/languages",
        "source kinds": "bot/sources",
        "conditions": "bot/score/conditions",
        "channels": "bot/deliver",
    }
    return {f"{kind} in {folders[kind]}/": tuple(mapping) for kind, mapping in kinds.items()}


def probe(kind: str, settings: Settings, targets: Sequence[ChannelTarget]) -> tuple[ProbeFinding, ...]:
    """Self-test of a kind of channel, for the targets that routes.yml names."""
    channel = plugins().channels[kind]
    return channel.probe(settings, targets) if isinstance(channel, Probe) else ()


def load_rules(folder: Path) -> Rulebook:
    """The rule set of a folder.

    Raises:
        RuleError: All problems of all files, with file:line:column.
    """
    from bot.rulebook.load import load

    return load(folder, plugins())


def make_reader(rulebook: Rulebook, settings: ReaderSettings | None = None) -> SpacyReader:
    """The reader for the words of a rule set, in this process; with words alone unless settings ask for more."""
    from bot.understand.reader import WORDS, SpacyReader

    return SpacyReader(rulebook.lexicon, settings or WORDS)


def text_assessor(rulebook: Rulebook, reader: Reader | None = None) -> Callable[[Document], tuple[Reading, Assessment]]:
    """A function that reads one document and scores it as a story of its own."""
    from bot.cluster import place
    from bot.score import assess

    reads = reader or make_reader(rulebook)

    def assess_text(document: Document) -> tuple[Reading, Assessment]:
        reading = reads.read(document)
        story = place(document, reading, (), lexicon=rulebook.lexicon).story
        return reading, assess(story, {document.id: reading}, rulebook)

    return assess_text


@contextmanager
def open_rig(
    settings: Settings,
    *,
    rulebook: Rulebook | None = None,
    clock: Clock | None = None,
    stop: threading.Event | None = None,
    children: bool = True,
) -> Iterator[Rig]:
    """Everything that a unit of work needs, opened; closed in reverse order at the end.

    Args:
        settings: Of this process.
        rulebook: A rule set that is already loaded; else the folder of the settings is read.
        clock: The machine's unless given.
        stop: When set, waits inside units of work come back at once.
        children: False: without child processes, for commands that only look things up.

    Raises:
        RuleError: The rule set does not load.
        StorageError: The database cannot be used.
    """
    from bot.fetch.http import HttpFetcher
    from bot.fetch.network import SystemSteady
    from bot.pipeline import Exits, Rig
    from bot.pool import Pool
    from bot.storage import connect, upgrade
    from bot.understand.trained import installed

    found = plugins()
    rules = rulebook or load_rules(settings.rules)
    ticking = clock or SystemClock()
    stopping = stop or threading.Event()
    with ExitStack() as stack:
        database = stack.enter_context(connect(settings))
        upgrade(database)
        fetcher = HttpFetcher(settings.fetch, clock=ticking, steady=SystemSteady(stopping))
        stack.callback(fetcher.close)
        workers = stack.enter_context(
            Pool(
                settings.workers if children else 0,
                memory_mb=READER_MEMORY_MB + PIPELINE_MEMORY_MB * len(set(installed().values())),
                initializer=_reading(rules, settings),
            )
        )
        parsers, ward = (
            # Ready before the first answer comes: what it takes to load a parser is no source's fault.
            stack.enter_context(Pool(count, memory_mb=PARSER_MEMORY_MB, initializer=("bot.sources._work:kinds", ())))
            for count in ((settings.workers, 1) if children else (0, 0))
        )
        yield Rig(
            database=database,
            rulebook=rules,
            settings=settings,
            clock=ticking,
            fetcher=fetcher,
            workers=workers,
            parsers=parsers,
            ward=ward,
            kinds=found.source_kinds,
            exits=Exits(found.channels, settings),
            pause=stopping.wait,
        )


@contextmanager
def polling_rig(rulebook: Rulebook, folder: Path, port: int) -> Iterator[tuple[Rig, Callable[[], int]]]:
    """A bot of its own whose sources all lead to a server on loopback, for measurements.

    Args:
        rulebook: Names the sources.
        folder: For its database; empty.
        port: Of the server.

    Yields:
        The rig, and a function that polls every source once, as many at a time as `fetch.threads`, and gives how many
        brought an answer.
    """
    from concurrent.futures import ThreadPoolExecutor
    from dataclasses import replace

    from bot import pipeline
    from bot.fetch.http import HttpFetcher
    from bot.fetch.measuring import LoopbackNetwork
    from bot.types.settings import FetchSettings

    fetch = FetchSettings(per_host_seconds=0.0)
    settings = Settings(data=folder, rules=folder, fetch=fetch)
    with open_rig(settings, rulebook=rulebook) as opened:
        network = LoopbackNetwork(port)
        rig = replace(opened, fetcher=HttpFetcher(fetch, clock=opened.clock, network=network))
        pipeline.plan_sources(rig)

        def cycle() -> int:
            with ThreadPoolExecutor(fetch.threads) as threads:
                done = list(threads.map(lambda source: pipeline.collect(rig, source.id), rulebook.sources))
            return sum(one.outcome in ("fetched", "unchanged", "not-modified") for one in done)

        yield rig, cycle


def run_bot(settings: Settings, stop: threading.Event, *, scheduler: bool = True) -> int:
    """Work until `stop` is set, then finish what is held.

    Args:
        settings: Of this process.
        stop: Ends the work; set by SIGTERM and SIGINT.
        scheduler: False: work only, for hosts that join from elsewhere.

    Returns:
        Tasks that did not finish in time and were left to others.

    Raises:
        RuleError: The rule set does not load.
        StorageError: The database cannot be used.
    """
    from bot import tasks
    from bot.log import get_logger
    from bot.pipeline import Current, load_whole, notice_restore, put_into_force
    from bot.rulebook.load import Shelf
    from bot.schedule import ROLE, Ticker
    from bot.slackapp.listening import listening

    log = get_logger(__name__)
    shelf = Shelf(plugins())  # remembers files, so that an edit is loaded within a moment
    loaded = load_whole(settings.rules, shelf.load)
    with open_rig(settings, rulebook=loaded.rulebook, stop=stop) as rig:
        tasks.install(rig.database, now=rig.clock.now())
        put_into_force(rig, loaded.files)
        notice_restore(rig)
        current = Current(rig)
        ticker = Ticker(current) if scheduler else None
        enabled = sum(source.enabled for source in rig.rulebook.sources)
        log.info(
            "started", sources=enabled, rules=rig.rulebook.hash[:12], database=rig.database.place, scheduler=scheduler
        )
        for kind in sorted({target.kind for target in rig.rulebook.routing.channels.values()}):
            closed = rig.exits.sender(kind)
            if isinstance(closed, str):
                log.warning("channel closed, the console stands in", channel=kind, why=closed)
        if ticker:
            ticker.start()
        try:
            with _watching(current, loaded.files, shelf.load, stop), listening(current, stop, scheduler=ROLE):
                left = tasks.run_worker(current, stop, threads=settings.fetch.threads)
        finally:
            if ticker:
                ticker.stop()
        log.info("stopped", left_to_others=left)
        return left


@contextmanager
def _watching(
    current: Current, files: Mapping[str, bytes], load: Callable[[Path], Rulebook], stop: threading.Event
) -> Iterator[None]:
    """Look at the rule folder every few seconds, in a thread of its own, until `stop` is set."""
    from bot.pipeline import RuleWatch

    rig = current.rig
    watch = RuleWatch(current, files, load, lambda rules: rig.workers.renew(_reading(rules, rig.settings)))

    def look() -> None:
        while not stop.wait(RULE_SECONDS):
            watch.look()

    thread = threading.Thread(target=look, name="rules", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _reading(rules: Rulebook, settings: Settings) -> tuple[str, tuple[object, ...]]:
    """How a child process gets ready to read with a rule set."""
    return "bot.understand.reader:prepare", (rules.lexicon, settings.reader)


@contextmanager
def open_kit(settings: Settings) -> Iterator[Kit]:
    """What commands about single sources need: a door to the web and one child process; no database."""
    from bot.fetch.http import HttpFetcher
    from bot.pool import Pool
    from bot.tune.sources.kit import Kit

    clock = SystemClock()
    with ExitStack() as stack:
        fetcher = HttpFetcher(settings.fetch, clock=clock)
        stack.callback(fetcher.close)
        parsers = stack.enter_context(Pool(1, memory_mb=PARSER_MEMORY_MB))
        yield Kit(fetcher=fetcher, parsers=parsers, clock=clock, kinds=plugins().source_kinds)
