"""Load a folder of rule files into one rule set, or say everything that is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.errors import Problem, RuleError
from bot.rulebook.draft import Draft
from bot.rulebook.findings import Findings
from bot.rulebook.pages import KINDS, build_page, read_leaf
from bot.rulebook.plugins import Plugins
from bot.rulebook.shelf import Shelf, rule_files
from bot.types.place import Place
from bot.types.rules import Rulebook
from bot.types.source import Source

__all__ = ["KINDS", "Plugins", "Shelf", "check", "compiled", "load", "rule_files", "sources_in"]


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


def sources_in(file: Path, plugins: Plugins) -> tuple[Source, ...]:
    """The sources of one file that need not stand in a rule set.

    Raises:
        RuleError: It cannot be read, is no file of sources, or has errors.
    """
    findings = Findings()
    try:
        leaf = read_leaf(file.name, file.read_bytes())
    except OSError as error:
        findings.error(
            "unreadable", f"the file cannot be read: {error.strerror or 'unknown'}", Place(path=str(file), line=1)
        )
        raise RuleError(findings.problems()) from None
    findings.source(file.name, leaf.text)
    findings.extend(leaf.notes)
    sources: tuple[Source, ...] = ()
    if leaf.root is not None and leaf.kind == "sources":
        page = build_page(leaf.kind, leaf.root, leaf.refusals, plugins)
        findings.extend(page.notes)
        sources = page.sources
    elif leaf.root is not None:
        findings.error("wrong-type", f"a file of kind sources is expected, not of kind {leaf.kind}", leaf.root.place)
    errors = tuple(problem for problem in findings.problems() if problem.severity == "error")
    if errors:
        raise RuleError(errors)
    return sources
