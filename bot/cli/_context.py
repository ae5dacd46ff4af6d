"""What commands share: settings, logging and a console that fits the terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from bot.storage import Database
    from bot.types.settings import ReaderSettings, Settings


def settings(*, log_level: str | None = None) -> Settings:
    """Settings of this process, with logging set up after them.

    Raises:
        ConfigError: All problems of file and environment.
    """
    from bot import config, log

    loaded = config.load(os.environ, cwd=Path.cwd())
    log.configure(form=loaded.log_format, level=log_level or loaded.log_level, secrets=config.secrets_of(loaded))
    return loaded


def console(*, stderr: bool = False) -> Console:
    """A console that wraps at the terminal's width and drops colours when it is piped."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    # A pipe has no width: 100 columns read well in a log, and rich would otherwise cut at 80.
    return Console(stderr=stderr, width=None if stream.isatty() else 100, highlight=False, soft_wrap=False)


def rules_folder(named: Path | None) -> Path:
    """The rule folder a command works on: the named one, else the one of the settings.

    Raises:
        ConfigError: When it has to ask the settings and these are wrong.
    """
    if named is not None:
        return named.resolve()
    from bot import config

    return config.load(os.environ, cwd=Path.cwd()).rules


def reader_settings(mode: str = "") -> ReaderSettings:
    """How texts are read: as the settings say, or as `--reader` does.

    Raises:
        ConfigError: The settings are wrong.
        typer.BadParameter: There is no such mode.
    """
    import typer

    from bot import config

    if mode not in {"", "words", "full"}:
        raise typer.BadParameter("--reader takes words or full")
    own = config.load(os.environ, cwd=Path.cwd()).reader
    return replace(own, mode=mode) if mode else own


@contextmanager
def archive(settings: Settings) -> Iterator[Database]:
    """What the bot keeps, for commands that only look things up.

    Raises:
        StorageError: The database cannot be used.
    """
    from bot.storage import connect, upgrade

    with connect(settings) as database:
        upgrade(database)
        yield database


def print_json(data: Any) -> None:
    """One JSON document on stdout, for scripts."""
    from bot.types.codec import plain

    print(json.dumps(plain(data), ensure_ascii=False, indent=2))
