"""Mend what has one obvious remedy: tabs, trailing blanks, misspelt keys, colons in free text, outdated pins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Problem
from bot.rulebook.appending import replace_file
from bot.rulebook.plugins import Plugins
from bot.rulebook.shelf import Shelf, rule_files

ROUNDS = 20  # each round mends one misspelt key per file; a file with more is better read by a person

_PIN = re.compile(r"[\w./-]+@[\w.-]+")
_FRESH_PIN = re.compile(r"--fix` writes (\S+)$")
_MEANT = re.compile(r'did you mean "([^"]+)"\?')
_FREE_TEXT = re.compile(r"(\s*(?:- )?[\w.-]+: +)([^\s\"'\[{|>#&*!%@`].*?)(\s+#.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing that was mended."""

    path: str  # relative to the rule folder
    line: int  # 1-based; 0 for the whole file
    what: str  # one phrase


def mend(folder: Path, plugins: Plugins) -> tuple[Mend, ...]:
    """Mend the files of a folder in place, and say what was done.

    A file is only written when it has fewer errors afterwards, or as many and tidier blanks.
    """
    done: list[Mend] = []
    for file in rule_files(folder):
        path = file.relative_to(folder).as_posix()
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # reported by check; guessing an encoding would damage names
        tidy, notes = _tidied(path, text)
        if notes:
            _write(file, tidy)
            done.extend(notes)
    shelf = Shelf(plugins)
    for _ in range(ROUNDS):
        notes = _mend_errors(folder, shelf)
        if not notes:
            break
        done.extend(notes)
    return (*done, *_pinned(folder, shelf))


def _tidied(path: str, text: str) -> tuple[str, list[Mend]]:
    """Line ends, tabs and blanks at line ends; nothing that changes a value."""
    notes: list[Mend] = []
    if text.startswith("\ufeff") or "\r" in text:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        notes.append(Mend(path=path, line=0, what="Windows line ends or byte-order mark removed"))
    lines = text.split("\n")
    # In a block text a blank at the end of a line belongs to the value.
    block = any(re.search(r"(?:: |- )[|>][+-]?\d?\s*$", line) for line in lines)
    for number, line in enumerate(lines, 1):
        fresh = line
        if "\t" in fresh:
            indent = re.match(r"[ \t]*", fresh)
            width = indent.end() if indent else 0
            fresh = fresh[:width].replace("\t", "  ") + fresh[width:].replace("\t", " ")
            notes.append(Mend(path=path, line=number, what="tab replaced by spaces"))
        if not block and fresh != fresh.rstrip(" "):
            fresh = fresh.rstrip(" ")
            if "\t" not in line:
                notes.append(Mend(path=path, line=number, what="blanks at the end of the line removed"))
        lines[number - 1] = fresh
    fresh_text = "\n".join(lines)
    if fresh_text and not fresh_text.endswith("\n"):
        fresh_text += "\n"
        notes.append(Mend(path=path, line=len(lines), what="line end added at the end of the file"))
    return fresh_text, notes


def _mend_errors(folder: Path, shelf: Shelf) -> list[Mend]:
    """One remedy per file; what does not lower the number of errors is taken back."""
    before = shelf.check(folder)
    tried: list[tuple[Path, str, Mend]] = []
    for path in sorted({problem.path for problem in before}):
        file = folder / path
        for problem in (p for p in before if p.path == path):
            text = file.read_text(encoding="utf-8") if _mendable(problem) and file.is_file() else ""
            fresh = _remedy(text, problem) if text else None
            if fresh is not None:
                _write(file, fresh[0])
                tried.append((file, text, Mend(path=path, line=problem.line, what=fresh[1])))
                break
    if not tried:
        return []
    after = shelf.check(folder)
    kept: list[Mend] = []
    for file, text, note in tried:
        if _errors(after, note.path) < _errors(before, note.path):
            kept.append(note)
        else:
            _write(file, text)
    return kept


def _pinned(folder: Path, shelf: Shelf) -> list[Mend]:
    """Local changes pinned to the version of now, where nothing that they touch has moved."""
    notes: list[Mend] = []
    for problem in shelf.check(folder):
        fresh = _FRESH_PIN.search(problem.hint) if problem.code == "pin-moved" else None
        if fresh is None:
            continue
        file = folder / problem.path
        lines = file.read_text(encoding="utf-8").split("\n")
        line = lines[problem.line - 1]
        old = _PIN.search(line, problem.column - 1)
        if old is None:
            continue
        lines[problem.line - 1] = line[: old.start()] + fresh[1] + line[old.end() :]
        _write(file, "\n".join(lines))
        what = f"pinned to {fresh[1]}, since nothing that it touches has moved"
        notes.append(Mend(path=problem.path, line=problem.line, what=what))
    return notes


def _errors(problems: Iterable[Problem], path: str) -> int:
    found = [problem for problem in problems if problem.path == path and problem.severity == "error"]
    # A file whose syntax is broken hides its other errors, so mending the syntax always counts as progress.
    return 1_000_000 if any(problem.code == "colon" for problem in found) else len(found)


def _mendable(problem: Problem) -> bool:
    return problem.code == "colon" or (problem.code == "unknown-key" and bool(_MEANT.search(problem.hint)))


def _remedy(text: str, problem: Problem) -> tuple[str, str] | None:
    lines = text.split("\n")
    if problem.line > len(lines):
        return None
    line, start = lines[problem.line - 1], problem.column - 1
    if problem.code == "colon":
        hit = _FREE_TEXT.fullmatch(line)
        if hit is None:
            return None
        value = hit[2].replace("\\", "\\\\").replace('"', '\\"')
        lines[problem.line - 1] = f'{hit[1]}"{value}"{hit[3] or ""}'
        return "\n".join(lines), "text with a colon put in quotes"
    meant = _MEANT.search(problem.hint)
    wrong = re.match(r"[\w.-]+", line[start:])
    if meant is None or wrong is None or not re.match(r" *:", line[start + wrong.end() :]):
        return None
    lines[problem.line - 1] = line[:start] + meant[1] + line[start + wrong.end() :]
    return "\n".join(lines), f"key {wrong.group()} corrected to {meant[1]}"


def _write(file: Path, text: str) -> None:
    replace_file(file, text.encode("utf-8"))
