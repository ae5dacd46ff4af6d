"""Find a rule set by what people call it: a folder, the shipped one, the one in force, a hash, or a git revision."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath

from bot.errors import InputError
from bot.storage import Transaction
from bot.types.rules import Rulebook

IN_FORCE, SHIPPED = "in-force", "shipped"
_HASH = re.compile(r"[0-9a-f]{6,32}")
_GIT_SECONDS = 20


class Refs:
    """Looks rule sets up.

    Args:
        folder: The rule folder that an analyst works on; git is asked there.
        load: Reads and checks a folder.
        shipped: The folder that came with the program.
        archive: Opens a transaction on what the bot keeps; called for names that only it knows.
    """

    def __init__(
        self,
        folder: Path,
        load: Callable[[Path], Rulebook],
        *,
        shipped: Path,
        archive: Callable[[], AbstractContextManager[Transaction]],
    ) -> None:
        self._folder = folder
        self._load = load
        self._shipped = shipped
        self._archive = archive

    def find(self, name: str) -> Rulebook:
        """The rule set that is meant.

        Args:
            name: A folder; `shipped`; `in-force`, the one that the bot put into force last; the first letters of a
                hash as it stands on alerts; or a revision of the git repository that holds the rule folder.

        Raises:
            InputError: Nothing, or more than one set, is meant.
            RuleError: It does not load.
        """
        if name == SHIPPED:
            return self._load(self._shipped)
        if Path(name).is_dir():
            return self._load(Path(name).resolve())
        found: Mapping[str, bytes] | str = ""
        if name == IN_FORCE or _HASH.fullmatch(name):
            with self._archive() as tx:
                found = _kept(tx, name)
        found = found or _committed(self._folder, name)
        if isinstance(found, str):
            raise InputError(found)
        return self._loaded(found)

    def _loaded(self, files: Mapping[str, bytes]) -> Rulebook:
        with tempfile.TemporaryDirectory(prefix="monazite-rules-") as name:
            for path, body in files.items():
                target = Path(name, *PurePosixPath(path).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(body)
            return self._load(Path(name))


def _kept(tx: Transaction, name: str) -> Mapping[str, bytes] | str:
    """Files of a set on record, or one sentence why there are none; "" when no hash begins like this."""
    if name == IN_FORCE:
        current = tx.rulesets.in_force()
        if current is None:
            return "no rule set was in force yet: start the bot once, or name a folder, a revision or `shipped`"
        name = current
    known = tx.rulesets.named(name)
    if len(known) > 1:
        return f"several rule sets begin with {name}: {', '.join(known)}"
    stored = tx.rulesets.get(known[0]) if known else None
    return stored.files if stored is not None else ""


def _committed(folder: Path, revision: str) -> Mapping[str, bytes] | str:
    """Rule files of a git revision, or one sentence why there are none."""
    nothing = (
        f"{revision} is no folder, no rule set on record and no revision of a git repository; also known are "
        f"`{IN_FORCE}` and `{SHIPPED}`"
    )
    if revision.startswith("-") or not folder.is_dir():
        return nothing
    try:
        # Inside a subfolder git would pack what lies below it, as seen from the top.
        top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
        prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
        tree = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        packed = _git(top, "archive", "--format=tar", f"{tree}:{prefix}" if prefix else tree)
    except (OSError, subprocess.SubprocessError):
        return nothing
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            body = archive.extractfile(member) if member.isfile() and path.suffix in {".yml", ".yaml"} else None
            if body is not None and ".." not in path.parts and not path.is_absolute():
                files[member.name] = body.read()
    return files


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, timeout=_GIT_SECONDS).stdout  # noqa: S603 - no shell
