"""Try change files out on a copy of the rule folder, so that nothing is proposed that would not load or not be so."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeVar

from bot.errors import InputError
from bot.rulebook.changing import FOLDER, Proposed
from bot.rulebook.load import rule_files

T = TypeVar("T")
_DRAFT = re.compile(r"^status: draft *$", re.MULTILINE)


def as_live(folder: Path, proposed: Sequence[Proposed], look: Callable[[Path], T]) -> T:
    """What `look` makes of a copy of the folder in which the files are in force, and what they take over is gone."""
    gone = {path for each in proposed for path in each.replaces}
    return _copied(folder, {each.path: each.live for each in proposed}, gone, look)


def as_draft(folder: Path, proposed: Sequence[Proposed], look: Callable[[Path], T]) -> T:
    """What `look` makes of a copy of the folder with the files beside the others, as they will be written."""
    return _copied(folder, {each.path: each.text for each in proposed}, set(), look)


def switched_on(folder: Path, drafts: Sequence[Path], look: Callable[[Path], T]) -> T:
    """What `look` makes of a copy of the folder in which some drafts of change files are in force.

    Raises:
        InputError: A file cannot be read, or is no draft.
    """
    live: dict[str, str] = {}
    for file in drafts:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file} cannot be read: {error}") from error
        switched, found = _DRAFT.subn("status: live", text)
        if not found:
            raise InputError(f"{file} has no line `status: draft`; a file without it is in force already")
        inside = file.resolve().is_relative_to(folder.resolve())
        path = file.resolve().relative_to(folder.resolve()) if inside else Path(FOLDER, file.name)
        live[path.as_posix()] = switched
    return _copied(folder, live, set(), look)


def _copied(folder: Path, fresh: Mapping[str, str], gone: set[str], look: Callable[[Path], T]) -> T:
    with tempfile.TemporaryDirectory(prefix="monazite-trial-") as name:
        kept = {path.relative_to(folder).as_posix(): path for path in rule_files(folder)}
        for path, file in kept.items():
            if path not in gone:
                _put(Path(name), path, file.read_bytes())
        for path, text in fresh.items():
            _put(Path(name), path, text.encode())
        return look(Path(name))


def _put(folder: Path, path: str, body: bytes) -> None:
    target = Path(folder, *PurePosixPath(path).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)


def write(folder: Path, proposed: Sequence[Proposed]) -> tuple[Path, ...]:
    """Write drafts into the rule folder, all of them or none.

    Raises:
        InputError: A file is there already, or may not go live as long as another one is as it is.
    """
    files = [Path(folder, *PurePosixPath(each.path).parts) for each in proposed]
    for file, each in zip(files, proposed, strict=True):
        if each.obstacle:
            raise InputError(f"{each.path} is not written: {each.obstacle}")
        if file.exists():
            raise InputError(f"{file} is there already; delete it, or keep working with it")
    for file, each in zip(files, proposed, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(each.text)
    return tuple(files)
