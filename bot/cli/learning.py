"""`monazite rules fit` and `monazite rules suggest`: what the votes of readers say of points and words."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli._rules import UNREADABLE, JsonOption, RulesOption, SinceOption, beginning, loaded

if TYPE_CHECKING:
    from bot.rulebook.changing import Proposed
    from bot.tune.votes.cases import Corpus
    from bot.tune.votes.jury import Jury
    from bot.tune.votes.learning import Lesson
    from bot.tune.votes.suggesting import Advice
    from bot.types.rules import Rulebook

DONE, REFUSED = 0, 1

WriteOption = Annotated[bool, typer.Option("--write", help="Write the change files into local/, as drafts.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("fit")(fit)
    app.command("suggest")(suggest)


def fit(
    since: SinceOption = "365d", write: WriteOption = False, rules: RulesOption = None, as_json: JsonOption = False
) -> int:
    """Learn points from votes: what would move, how surely, and the change files for it; nothing is applied.

    Exit codes: 0 proposed or nothing to propose, 1 refused, since a useful alert would be lost, 2 unreadable.

    Example: monazite rules fit --since 180d --write
    """
    from bot.cli import _context
    from bot.tune.votes.learning import learn
    from bot.tune.votes.proposing import Maker, number_files, prove

    began = beginning(since)
    folder = _context.rules_folder(rules)
    rulebook = loaded(folder, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    with _context.archive(_context.settings(log_level="warning")) as database, database.transaction() as tx:
        votes = tx.votes.counting(since=began)
    lesson = learn(votes, rulebook)
    maker = Maker(owner=getpass.getuser(), today=datetime.now(UTC).date())
    proposed = number_files(lesson, _layers(folder), maker)
    after = _hold(folder, proposed)
    if after is not None:
        prove(lesson, rulebook, after)
    written = _write(folder, proposed) if write else ()
    if as_json:
        _context.print_json(_lesson(lesson, proposed, written))
    else:
        from bot.cli import _learning_views as views

        views.show_lesson(_context.console(), lesson, f"{began:%Y-%m-%d}")
        views.show_files(_context.console(), proposed, written, together=True)
    return REFUSED if lesson.refused else DONE


def _lesson(lesson: Lesson, proposed: Sequence[Proposed], written: Sequence[Path]) -> dict[str, Any]:
    """What scripts want to know of a fit."""
    return {
        "ok": not lesson.refused,
        "refused": lesson.refused,
        "changes": lesson.changes,
        "labels": lesson.labels,
        "fit": lesson.fit,
        "bands": lesson.bands,
        "bands_after": lesson.bands_after,
        "rules": lesson.rules,
        "recall": lesson.recall,
        "lost": lesson.lost,
        "quieter": lesson.quieter,
        "louder": lesson.louder,
        "files": proposed,
        "written": written,
    }


def suggest(
    since: SinceOption = "365d", write: WriteOption = False, rules: RulesOption = None, as_json: JsonOption = False
) -> int:
    """Learn words and exceptions from votes; each was tried on all stories with votes and loses no useful alert.

    Texts are read by words alone here. Nothing is applied. Exit codes: 0 done, 2 unreadable.

    Example: monazite rules suggest --since 180d --write
    """
    from bot.cli import _context
    from bot.tune.votes.cases import corpus

    began = beginning(since)
    folder = _context.rules_folder(rules)
    rulebook = loaded(folder, as_json=as_json)
    if rulebook is None:
        return UNREADABLE
    now = datetime.now(UTC)
    with _context.archive(_context.settings(log_level="warning")) as database, database.transaction() as tx:
        found = corpus(tx, tx.votes.counting(since=began), span=(began, now))
    jury = _jury(found, rulebook)
    advice = _advice(found, jury, folder, now.date())
    proposed = [each.file for each in advice.suggestions]
    after = _hold(folder, proposed)
    together = jury.try_out(after) if after is not None else None
    written = _write(folder, proposed) if write else ()
    if as_json:
        _context.print_json({"ok": True, "advice": advice, "written": written})
    else:
        from bot.cli import _learning_views as views

        views.show_advice(_context.console(), advice, together, f"{began:%Y-%m-%d}")
        views.show_files(_context.console(), proposed, written)
    return DONE


def _jury(found: Corpus, rulebook: Rulebook) -> Jury:
    from bot.tune.votes.jury import Jury
    from bot.understand.reader import SpacyReader

    return Jury(rulebook, found.cases, SpacyReader)


def _advice(found: Corpus, jury: Jury, folder: Path, today: date) -> Advice:
    from bot.rulebook.changing import FOLDER
    from bot.tune.votes.proposing import Maker
    from bot.tune.votes.suggesting import PREFIX, suggest
    from bot.understand.reader import SpacyReader

    names = (file.stem.rpartition("-")[2] for file in (folder / FOLDER).glob(f"{PREFIX}{today.isoformat()}-*.yml"))
    return suggest(
        found,
        jury,
        _layers(folder),
        Maker(owner=getpass.getuser(), today=today),
        ungated=SpacyReader(jury.rulebook.lexicon).read_ungated,
        first=max((int(name) for name in names if name.isdigit()), default=0) + 1,
    )


def _layers(folder: Path) -> Any:
    from bot.app import plugins
    from bot.rulebook.load import Shelf

    return Shelf(plugins()).layers(folder)


def _hold(folder: Path, proposed: Sequence[Proposed]) -> Rulebook | None:
    """Try the files out on a copy of the folder; the rule set with all of them in force, None when they cannot be.

    Raises:
        RuleError: They have errors.
    """
    from bot.app import load_rules, plugins
    from bot.errors import RuleError
    from bot.rulebook.load import check
    from bot.tune.trial import as_draft, as_live

    ready = [each for each in proposed if not each.obstacle]
    if not ready:
        return None
    paths = {each.path for each in ready}
    problems = as_draft(folder, ready, lambda copy: check(copy, plugins()))
    errors = tuple(problem for problem in problems if problem.severity == "error" and problem.path in paths)
    if errors:
        raise RuleError(errors)
    return as_live(folder, ready, load_rules) if len(ready) == len(proposed) else None


def _write(folder: Path, proposed: Sequence[Proposed]) -> tuple[Path, ...]:
    from bot.tune.trial import write

    return write(folder, proposed)
