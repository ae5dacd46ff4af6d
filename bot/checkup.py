"""Look at everything the bot needs and say in plain sentences what is missing and what to do."""

from __future__ import annotations

import os
import platform
import pyexpat
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from bot import app, config
from bot.errors import ConfigError, InputError, MonaziteError, RuleError
from bot.pipeline import survey
from bot.pipeline.polling.health import Ill, SourceHealth
from bot.schedule import ROLE
from bot.storage import SchemaState, connect, schema_state
from bot.storage.leases import Holder
from bot.storage.outbox import ChannelState
from bot.types.delivery import DeliveryState, Health
from bot.types.rules import Rulebook
from bot.types.settings import ReaderSettings, Settings
from bot.understand import trained
from bot.understand.learned import encoder, model

OLDEST_PYTHON = (3, 11)
# What reads strangers' bytes, and from which version on its known holes are closed; with where to get that.
FLOOR = {
    "expat": ((2, 7, 2), "a newer build of Python, or the Docker image, brings one"),
    "lxml": ((6, 1), "pip install --upgrade lxml"),
    "OpenSSL": ((3, 0), "a newer build of Python, or the Docker image, brings one"),
}
SHOWN_ILL = 5  # sources; the rest is a number
QUIET_SCHEDULER = timedelta(minutes=5)  # no sign of life for so long: nothing is polled
LEVELS = {Health.GOOD: "ok", Health.OFF: "ok", Health.WARNING: "hint", Health.BROKEN: "problem"}
SCRIPTS = {"Chinese and Japanese": ":lang=ja", "Korean": ":lang=ko"}  # fontconfig patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about one part."""

    section: str
    level: str  # ok | hint | problem
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What the database holds that a check-up wants to know."""

    version: str
    place: str
    schema: SchemaState
    scheduler: Holder | None
    fares: tuple[SourceHealth, ...]
    messages: Mapping[DeliveryState, int]
    channels: tuple[ChannelState, ...]


@dataclass(slots=True)
class _Visit:
    """What later sections need from earlier ones; each is looked at once."""

    settings: Settings | None = None
    rulebook: Rulebook | None = None
    stored: _Stored | None = None
    trouble: str = ""  # why the database cannot be reached


def run(sections: Sequence[str]) -> tuple[Finding, ...]:
    """Findings of the named sections, in order; a section that cannot be looked at says why."""
    visit = _Visit()
    found: list[Finding] = list(_settings(visit))
    if "settings" not in sections:
        found = [f for f in found if f.level == "problem"]
    rules = list(_rules(visit))
    for section in sections:
        if section == "rules":
            found += rules
        elif section != "settings":
            found += _CHECKS[section](visit)
    return tuple(found)


def _settings(visit: _Visit) -> Iterator[Finding]:
    try:
        visit.settings = config.load(os.environ, cwd=Path.cwd())
    except ConfigError as error:
        for problem in error.problems:
            yield Finding(section="settings", level="problem", text=problem)
        return
    yield Finding(section="settings", level="ok", text=f"read from {visit.settings.origin}")
    if not visit.settings.fetch.contact:
        text = "fetch.contact is empty: a site's operator cannot reach you before blocking you"
        yield Finding(section="settings", level="hint", text=text)


def _rules(visit: _Visit) -> Iterator[Finding]:
    if visit.settings is None:
        return
    try:
        visit.rulebook = app.load_rules(visit.settings.rules)
    except RuleError as error:
        for problem in error.problems[:20]:
            yield Finding(section="rules", level="problem", text=f"{problem.where}: {problem.message}")
        return
    rules = visit.rulebook
    text = f"{len(rules.lexicon.concepts)} concepts, {len(rules.sectors)} sectors, {len(rules.alerts)} alert rules"
    yield Finding(section="rules", level="ok", text=f"{text} from {rules.folder}")


def _python(_visit: _Visit) -> Iterator[Finding]:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        yield Finding(section="python", level="problem", text=f"Python {version} is too old: use 3.11 or newer")
    else:
        yield Finding(section="python", level="ok", text=f"Python {version} on {platform.platform(terse=True)}")
    yield floor(installed_libraries())


def installed_libraries() -> dict[str, str]:
    """Versions of the libraries of `FLOOR`."""
    openssl = ".".join(map(str, ssl.OPENSSL_VERSION_INFO[:3]))
    return {"expat": pyexpat.EXPAT_VERSION.removeprefix("expat_"), "lxml": version("lxml"), "OpenSSL": openssl}


def floor(versions: Mapping[str, str]) -> Finding:
    """Whether the libraries that read strangers' bytes are new enough, and what to do when they are not.

    Args:
        versions: By the names of `FLOOR`.
    """
    old = [
        f"{name} {versions[name]} is older than {'.'.join(map(str, oldest))}: {remedy}"
        for name, (oldest, remedy) in FLOOR.items()
        if tuple(map(int, re.findall(r"\d+", versions[name])[:3])) < oldest
    ]
    if old:
        text = f"libraries with known holes read what strangers send ({'; '.join(old)})"
        return Finding(section="python", level="hint", text=text)
    return Finding(section="python", level="ok", text=", ".join(f"{name} {found}" for name, found in versions.items()))


def _plugins(_visit: _Visit) -> Iterator[Finding]:
    try:
        found = app.plugin_files()
    except MonaziteError as error:
        yield Finding(section="plug-ins", level="problem", text=str(error))
        return
    for kind, files in found.items():
        yield Finding(section="plug-ins", level="ok", text=f"{kind}: {', '.join(files)}")


def _reader(visit: _Visit) -> Iterator[Finding]:
    if visit.settings is not None:
        yield learned(visit.settings.reader)
    yield from helpers(trained.Pipelines())


def learned(settings: ReaderSettings) -> Finding:
    """Whether the learned reader can be asked, and what it was learned from."""
    if settings.mode == "words":
        return Finding(section="reader", level="ok", text="reader.mode is words: the learned reader is not asked")
    try:
        about = model.load(Path(settings.model) if settings.model else model.SHIPPED).about
    except InputError as error:
        return Finding(section="reader", level="problem", text=str(error))
    made = f"the learned reader ({about['texts']} labelled texts, encoder {about['encoder']})"
    if not encoder.available(settings.encoder):
        text = f"{made} cannot be asked, words read alone: pip install 'monazite[reader]', or set reader.encoder"
        return Finding(section="reader", level="problem", text=text)
    return Finding(section="reader", level="ok", text=f"{made} is ready")


def helpers(pipelines: trained.Pipelines) -> Iterator[Finding]:
    """Which languages a trained pipeline helps; each is loaded, since one made for another spaCy only fails then."""
    if not pipelines.packages:
        text = "no trained pipeline is installed: words and grammar read alone, which is complete"
        yield Finding(section="reader", level="ok", text=text)
    for code, package in pipelines.packages.items():
        name = f"{code}: {package.name} {package.version}"
        if pipelines.broken(code):
            text = f"{name} is installed but cannot be used, words read alone: install the version for your spaCy"
            yield Finding(section="reader", level="hint", text=text)
        else:
            text = f"{name} tells states from namesakes and says who acts"
            yield Finding(section="reader", level="ok", text=text)


def _database(visit: _Visit) -> Iterator[Finding]:
    stored = _stored(visit)
    if stored is None:
        if visit.trouble:
            yield Finding(section="database", level="problem", text=visit.trouble)
        return
    yield Finding(section="database", level="ok", text=f"PostgreSQL {stored.version}: {stored.place}")
    if stored.schema is SchemaState.NEWER:
        text = "its tables are newer than this program: upgrade the program"
        yield Finding(section="database", level="problem", text=text)
    elif stored.schema is SchemaState.CURRENT:
        yield Finding(section="database", level="ok", text="migrations are applied")
    else:
        text = "migrations are not applied yet; `monazite run` applies them"
        yield Finding(section="database", level="hint", text=text)


def _scheduler(visit: _Visit) -> Iterator[Finding]:
    stored = _stored(visit)
    if stored is None:
        if visit.trouble:
            yield Finding(section="scheduler", level="problem", text=visit.trouble)
        return
    holder = stored.scheduler
    if holder is None:
        yield Finding(section="scheduler", level="hint", text="nobody is watching now: start `monazite run`")
    elif app.SystemClock().now() - holder.beat > QUIET_SCHEDULER:
        text = f"gave no sign of life since {holder.beat:%Y-%m-%d %H:%M} UTC: nothing is polled; start `monazite run`"
        yield Finding(section="scheduler", level="problem", text=text)
    else:
        text = f"runs on {holder.holder}, last seen {holder.beat:%H:%M:%S} UTC"
        yield Finding(section="scheduler", level="ok", text=text)


def _sources(visit: _Visit) -> Iterator[Finding]:
    if visit.rulebook is None:
        return
    stored = _stored(visit)
    fares = stored.fares if stored else ()
    failing = [found for found in fares if found.failures]
    enabled = sum(source.enabled for source in visit.rulebook.sources)
    yield Finding(section="sources", level="ok", text=f"{enabled} enabled, {len(failing)} failing")
    if enabled and len(failing) == enabled:
        worst = failing[0]
        text = f"every source fails; is this machine offline? For example {worst.source_id}: {worst.known}"
        yield Finding(section="sources", level="problem", text=text)
        return
    ill = [found for found in fares if Ill.NEVER not in found.ills and found.ills]
    for found in ill[:SHOWN_ILL]:
        yield Finding(section="sources", level="hint", text=f"{found.source_id}: {found.words}. {found.known}")
    if len(ill) > SHOWN_ILL:
        text = f"and {len(ill) - SHOWN_ILL} more: `monazite sources status`"
        yield Finding(section="sources", level="hint", text=text)


def _messages(visit: _Visit) -> Iterator[Finding]:
    stored = _stored(visit)
    if stored is not None:
        yield from messages(stored.messages, stored.channels)


def messages(counts: Mapping[DeliveryState, int], channels: Sequence[ChannelState]) -> Iterator[Finding]:
    """What became of messages, as far as they are kept, and which channels are in trouble."""
    told = ", ".join(f"{counts[state]} {state.value}" for state in DeliveryState if counts.get(state)) or "none yet"
    twins = sum(channel.twins for channel in channels)
    text = f"{told}; {twins} stood twice and were deleted"
    yield Finding(section="messages", level="ok" if not twins else "hint", text=text)
    for channel in channels:
        if channel.lost_from is not None:
            text = f"{channel.channel}: what was sent since {channel.lost_from:%Y-%m-%d %H:%M} UTC is to be looked up"
            yield Finding(section="messages", level="hint", text=text)
        if channel.failures:
            text = f"{channel.channel}: {channel.failures} attempts in a row failed: {channel.last_error or 'unknown'}"
            yield Finding(section="messages", level="hint", text=text)


def _stored(visit: _Visit) -> _Stored | None:
    """What the database holds, looked up once; None when it cannot be reached, with the reason in `visit.trouble`."""
    if visit.stored is None and visit.settings is not None and not visit.trouble:
        try:
            with connect(visit.settings) as database:
                schema = schema_state(database)
                holder: Holder | None = None
                fares: tuple[SourceHealth, ...] = ()
                counts: Mapping[DeliveryState, int] = {}
                channels: tuple[ChannelState, ...] = ()
                if schema is SchemaState.CURRENT:
                    sources = visit.rulebook.sources if visit.rulebook else ()
                    with database.transaction() as tx:
                        holder, fares = tx.chores.holder(ROLE), survey(tx, sources, app.SystemClock().now())
                        counts, channels = tx.outbox.counts(), tx.outbox.channels()
                visit.stored = _Stored(
                    version=database.check(),
                    place=database.place,
                    schema=schema,
                    scheduler=holder,
                    fares=fares,
                    messages=counts,
                    channels=channels,
                )
        except MonaziteError as error:
            visit.trouble = str(error)
    return visit.stored


def _probe(section: str, kind: str) -> Callable[[_Visit], Iterator[Finding]]:
    def check(visit: _Visit) -> Iterator[Finding]:
        if visit.settings is None:
            return
        targets = tuple(
            target
            for target in (visit.rulebook.routing.channels.values() if visit.rulebook else ())
            if target.kind == kind
        )
        for found in app.probe(kind, visit.settings, targets):
            yield Finding(section=section, level=LEVELS[found.health], text=found.message)

    return check


def _fonts(_visit: _Visit) -> Iterator[Finding]:
    if shutil.which("fc-list") is None:
        yield Finding(section="fonts", level="ok", text="no font list on this machine; messages carry text only")
        return
    for name, pattern in SCRIPTS.items():
        listed = subprocess.run(["fc-list", pattern], capture_output=True, text=True, check=False)  # noqa: S603, S607
        if not listed.stdout.strip():
            text = f"no font with {name} here: pages opened on this machine show boxes; install Noto CJK"
            yield Finding(section="fonts", level="hint", text=text)
    yield Finding(section="fonts", level="ok", text="looked at")


_CHECKS: dict[str, Callable[[_Visit], Iterator[Finding]]] = {
    "python": _python,
    "plug-ins": _plugins,
    "reader": _reader,
    "database": _database,
    "scheduler": _scheduler,
    "sources": _sources,
    "messages": _messages,
    "slack": _probe("slack", "slack"),
    "mail": _probe("mail", "email"),
    "teams": _probe("teams", "teams"),
    "webhook": _probe("webhook", "webhook"),
    "feeds out": _probe("feeds out", "atom"),
    "fonts": _fonts,
}
