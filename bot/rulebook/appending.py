"""Add rows to a file of sources without touching what stands there: comments, order and line ends stay as they are."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import InputError, RuleError
from bot.rulebook.changing import flow
from bot.rulebook.nodes import Map, Seq
from bot.rulebook.shelf import Shelf
from bot.rulebook.strict import parse_sheet

_ITEM = re.compile(r"( *)- ")
_SHOWN = 3  # problems of a refused file that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A row of a file of sources, as it is going to be written."""

    id: str
    kind: str
    url: str
    publisher: str
    jurisdiction: str
    authority: str
    reliability: str
    every: str
    enabled: bool
    why: str
    languages: tuple[str, ...] = ()
    min_items: int = 0
    options: Mapping[str, object] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The row in block style, as the shipped files write it, without indentation."""
        shown = [
            f"- id: {flow(self.id)}",
            f"  kind: {flow(self.kind)}",
            f"  url: {_quoted(self.url)}",
            f"  publisher: {_quoted(self.publisher)}",
            f"  jurisdiction: {_bare(self.jurisdiction)}",
        ]
        if self.languages:
            shown.append(f"  languages: {flow(self.languages)}")
        shown += [
            f"  authority: {flow(self.authority)}",
            f"  reliability: {self.reliability}",
            f"  every: {self.every}",
            f"  enabled: {'yes' if self.enabled else 'no'}",
            f"  why: {_quoted(self.why)}",
        ]
        if self.min_items:
            shown.append(f"  min_items: {self.min_items}")
        if self.options:
            shown.append("  options:")
            shown += [f"    {flow(name)}: {flow(value)}" for name, value in self.options.items()]
        return shown


def with_rows(path: str, text: str, rows: Sequence[SourceRow]) -> str:
    """The text of a file of sources with rows added at the end of its list.

    Args:
        path: Of the file, for messages.
        text: As it is.
        rows: To be added, in this order.

    Raises:
        InputError: The file is not one of sources, or its rows are written so that none can be added.
    """
    sheet = parse_sheet(path, text.encode("utf-8"))
    listed = sheet.root.get("sources") if isinstance(sheet.root, Map) else None
    if not isinstance(sheet.root, Map) or sheet.root.text("kind") != "sources" or not isinstance(listed, Seq):
        raise InputError(f"{path} is no file of sources that can be read; name another with --to")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    offset = _indentation(path, lines, listed)
    after = min((key.line for key, _ in sheet.root.entries if key.line > listed.line), default=0)
    at = after - 1 if after else len(lines)
    while at > listed.line and not lines[at - 1].strip():
        at -= 1
    ended = lines[at - 1] if lines[at - 1].endswith("\r") or end == "\n" else f"{lines[at - 1]}\r"
    added = [f"{' ' * offset}{line}{end[:-1]}" for row in rows for line in row.lines()]
    rest = lines[at:] if any(line.strip() for line in lines[at:]) else [""]
    return "\n".join((*lines[: at - 1], ended, *added, *rest))


def new_text(title: str, rows: Sequence[SourceRow]) -> str:
    """A new file of sources.

    Args:
        title: One sentence for its first line.
        rows: At least one.
    """
    head = ("# yaml-language-server: $schema=../schema/sources.json", f"# {title}", "kind: sources", "sources:")
    return "\n".join((*head, *(f"  {line}" for row in rows for line in row.lines()), ""))


def append_rows(shelf: Shelf, folder: Path, file: Path, rows: Sequence[SourceRow], *, title: str) -> None:
    """Write rows into a file of a rule set, and take them back when the rule set no longer loads.

    Args:
        shelf: Has loaded the folder before.
        folder: The rule set.
        file: In it; made when it is not there.
        rows: At least one.
        title: First line of a new file.

    Raises:
        InputError: The file cannot be read, extended or written, or the rule set does not load with the rows.
    """
    path = file.relative_to(folder).as_posix()
    try:
        before = file.read_bytes() if file.exists() else None
        text = with_rows(path, before.decode("utf-8"), rows) if before is not None else new_text(title, rows)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode("utf-8"))
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8; save it as UTF-8 in your editor") from None
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror or 'unknown reason'}") from None
    try:
        shelf.load(folder)
    except RuleError as error:
        if before is None:
            file.unlink()
        else:
            replace_file(file, before)
        said = "\n".join(str(problem) for problem in error.problems[:_SHOWN])
        raise InputError(f"the rule set does not load with the new rows, so they were taken back:\n{said}") from None


def replace_file(file: Path, content: bytes) -> None:
    """Replace a file at once, so that a crash leaves the old one; a link stays a link."""
    file = file.resolve()
    mode = file.stat().st_mode if file.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _indentation(path: str, lines: Sequence[str], listed: Seq) -> int:
    """Blanks before the dashes of a list of rows in block style."""
    if not listed.items:
        raise InputError(f"{path} has an empty list of sources; write {path} anew or name another file with --to")
    dash = _ITEM.match(lines[listed.items[-1].line - 1])
    if dash is None:
        raise InputError(f"the rows of {path} are not written in lines of their own; name another file with --to")
    return len(dash[1])


def _quoted(text: str) -> str:
    """In quotes always, as free text is in the shipped files."""
    shown = flow(text)
    return shown if shown.startswith('"') else f'"{shown}"'


def _bare(code: str) -> str:
    """A code of capitals: NO is Norway here and means nothing else."""
    return code if code.isascii() and code.isalpha() else flow(code)
