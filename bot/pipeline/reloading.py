"""Put changed rule files into force without a restart: checked first, the last good set staying in force until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.errors import Problem, RuleError, StorageError
from bot.log import get_logger
from bot.pipeline.polling.collecting import plan_sources
from bot.pipeline.rig import Current, Rig
from bot.pipeline.sending.notices import end_notice, raise_notice
from bot.rulebook.load import rule_files
from bot.tune.diff import differences
from bot.types.rules import Rulebook

SHOWN = 5  # problems or differences in a notice
BROKEN = "rules"  # key of the notice about rule files that do not load
CHANGED = "rules-changed:"

log = get_logger(__name__)

Stamp = tuple[tuple[str, int, int], ...]  # path, time of last change in ns, bytes


def snapshot(folder: Path) -> dict[str, bytes]:
    """The rule files of a folder as they are: path relative to it -> content."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in rule_files(folder)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule set and the files that it was made of."""

    rulebook: Rulebook
    files: Mapping[str, bytes]


def load_whole(folder: Path, load: Callable[[Path], Rulebook]) -> Loaded:
    """A rule set with its files; read again when somebody saved in between.

    Raises:
        RuleError: It does not load.
    """
    while True:
        before = snapshot(folder)
        rulebook = load(folder)
        if snapshot(folder) == before:
            return Loaded(rulebook, before)


def put_into_force(rig: Rig, files: Mapping[str, bytes]) -> None:
    """Remember the rig's rule set with its files, and plan the sources that it names."""
    with rig.database.transaction() as tx:
        tx.rulesets.keep(rig.rulebook.hash, files, at=rig.clock.now())
    plan_sources(rig)


class RuleWatch:
    """Watches the rule folder of a running bot.

    Args:
        current: Where the rig in force stands; a new rule set replaces it there.
        files: That its rule set was made of.
        load: Reads and checks a folder.
        renew: Told of a new set before it is in force, to get readers ready for new words.
    """

    def __init__(
        self,
        current: Current,
        files: Mapping[str, bytes],
        load: Callable[[Path], Rulebook],
        renew: Callable[[Rulebook], None],
    ) -> None:
        self._current = current
        self._load = load
        self._renew = renew
        self._folder = current.rig.settings.rules
        self._before = self._stamp()
        self._done: Stamp = self._before if snapshot(self._folder) == files else ()

    def look(self) -> bool:
        """Put what was changed since the last look but one into force; True when a new set is.

        Editors save in several steps, so files must look the same twice before they are read. Whatever goes wrong, the
        set in force stays, and the next look tries again.
        """
        stamp = self._stamp()
        settled, self._before = stamp == self._before, stamp
        if stamp == self._done or not settled:
            return False
        try:
            return self._reload(stamp)
        except (StorageError, OSError) as error:  # OSError: a file went away between listing and reading
            log.warning("rule files are not reloaded yet", error=str(error))
        except Exception:
            log.exception("a bug keeps the rule files from being reloaded; the set in force stays")
            self._done = stamp
        return False

    def _reload(self, stamp: Stamp) -> bool:
        try:
            loaded = load_whole(self._folder, self._load)
        except RuleError as error:
            self._refuse(error.problems)
            self._done = stamp
            return False
        self._accept(loaded)
        self._done = stamp
        return True

    def _stamp(self) -> Stamp:
        found = []
        for file in rule_files(self._folder) if self._folder.is_dir() else ():
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((str(file), state.st_mtime_ns, state.st_size))
        return tuple(found)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        rig = self._current.rig
        errors = [problem for problem in problems if problem.severity == "error"]
        lines = [f"{problem.where}: {problem.message}" for problem in errors[:SHOWN]]
        if len(errors) > SHOWN:
            lines.append(f"... and {len(errors) - SHOWN} more")
        lines.append(f"The set of before ({rig.rulebook.hash[:12]}) stays in force. `monazite rules check` shows all.")
        log.error("rule files do not load, the last good set stays in force", problems=len(errors), first=lines[0])
        now = rig.clock.now()
        with rig.database.transaction() as tx:
            raise_notice(rig, tx, BROKEN, "Rule files do not load", lines, now=now)

    def _accept(self, loaded: Loaded) -> None:
        before = self._current.rig
        rig = replace(before, rulebook=loaded.rulebook)
        put_into_force(rig, loaded.files)
        if loaded.rulebook.lexicon.hash != before.rulebook.lexicon.hash:
            self._renew(loaded.rulebook)
        self._current.rig = rig
        log.info("rule files reloaded", rules=rig.rulebook.hash[:12], before=before.rulebook.hash[:12])
        self._tell(before.rulebook, rig, rig.clock.now())

    def _tell(self, before: Rulebook, rig: Rig, now: datetime) -> None:
        after = rig.rulebook
        found = differences(before, after)
        lines = [str(difference) for difference in found[:SHOWN]]
        if len(found) > SHOWN:
            lines.append(
                f"... and {len(found) - SHOWN} more: `monazite rules diff {before.hash[:12]}..{after.hash[:12]}`"
            )
        with rig.database.transaction() as tx:
            told = end_notice(rig, tx, BROKEN, "Rule files load again", lines, now=now)
            if before.hash != after.hash and not told:
                # Workers on other hosts see the same files: one of them tells.
                key = f"{CHANGED}{before.hash[:12]}:{after.hash[:12]}:{now:%Y-%m-%dT%H}"
                raise_notice(rig, tx, key, f"New rules in force ({after.hash[:12]})", lines, now=now)
