"""Load a folder of rule files into one rule set, or say everything that is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.errors import Problem
from bot.rulebook.draft import Draft
from bot.rulebook.pages import KINDS
from bot.rulebook.plugins import Plugins
from bot.rulebook.shelf import Shelf, rule_files
from bot.types.rules import Rulebook

__all__ = ["KINDS", "Plugins", "Shelf", "check", "compiled", "load", "rule_files"]


def load(folder: Path, plugins: Plugins) -> Rulebook:
    """The rule set in a folder.

    Args:
        folder: Holds scoring.yml, routes.yml and the folders of files; local changes may stand in `local/`.
        plugins: What conditions, kinds of sources and channels exist.

    Raises:
        RuleError: Something is wrong; its report names every error of every file.
    """
    return Shelf(plugins).load(folder)


def check(folder: Path, plugins: Plugins, *, today: date | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong or doubtful in a folder of rule files, in order of file and line.

    Args:
        folder: As for `load`.
        plugins: As for `load`.
        today: Day by which mutes count as expired; the current day (UTC) unless given.
    """
    return Shelf(plugins).check(folder, today=today)


def compiled(folder: Path, plugins: Plugins) -> Draft:
    """Everything that can be made of a folder, errors or not; for tools that look at rule files."""
    return Shelf(plugins).compiled(folder)
