"""Turn learnt points into change files, and prove that they give exactly these points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import InputError
from bot.rulebook.changing import Head, Proposed, setting
from bot.rulebook.nodes import plain
from bot.rulebook.shelf import Layers
from bot.tune.votes.ballots import HALF
from bot.tune.votes.fitting import Fit
from bot.tune.votes.learning import BONUS, Lesson, parameters
from bot.types.rules import Rulebook

COMMAND = "monazite rules fit"
SCALE = "scale.half"  # where the score of even odds stands in scoring.yml


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who proposes, and when."""

    owner: str
    today: date


def number_files(lesson: Lesson, layers: Layers, maker: Maker) -> tuple[Proposed, ...]:
    """One change file for the scoring table and one per alert rule whose bonuses move; none when nothing does."""
    table, bonuses = _parted(lesson.changes)
    name = f"fit-{maker.today.isoformat()}"
    why = _evidence(lesson.fit)
    found = []
    if table:
        values = {path: str(points) for path, points in table.items()}
        found.append(setting(layers, "scoring", "scoring", values, _head(name, why, maker)))
    for rule, moved in sorted(bonuses.items()):
        rows = _rows(layers, rule, moved)
        found.append(setting(layers, "alert", rule, {"add": rows}, _head(f"{name}-{rule}", why, maker)))
    return tuple(found)


def _head(name: str, why: str, maker: Maker) -> Head:
    return Head(id=name, owner=maker.owner, why=why, made_by=COMMAND)


def _parted(changes: Mapping[str, int]) -> tuple[dict[str, int], dict[str, dict[int, int]]]:
    """Numbers of the scoring table by key path, and of alert rules by the place of the row."""
    table: dict[str, int] = {}
    bonuses: dict[str, dict[int, int]] = {}
    for name, points in changes.items():
        head, _, rest = name.partition(".")
        if head == BONUS:
            rule, _, row = rest.rpartition(".")
            bonuses.setdefault(rule, {})[int(row)] = points
        else:
            table[SCALE if name == HALF else name] = points
    return table, bonuses


def _rows(layers: Layers, rule: str, moved: Mapping[int, int]) -> list[dict[str, object]]:
    """The whole list under `add` as it is in force, with the new points; conditions as they were written."""
    rows = plain(layers.merged["alert", rule].root)["add"]  # type: ignore[index]
    return [row | ({"points": str(moved[place])} if place in moved else {}) for place, row in enumerate(rows)]


def _evidence(fit: Fit) -> str:
    """The case for the change, in one sentence."""
    if fit.ahead_before is None or fit.ahead_after is None:
        return f"votes on {fit.votes} stories"
    return (
        f"votes on {fit.votes} stories: log-loss of later votes {fit.ahead_before.log_loss:.3f} with the points of "
        f"then, {fit.ahead_after.log_loss:.3f} with fitted ones"
    )


def prove(lesson: Lesson, before: Rulebook, after: Rulebook) -> None:
    """Hold a rule set in which the proposal is in force against what was proposed.

    Raises:
        InputError: It does not have exactly the proposed numbers.
    """
    wanted = _numbers(before) | {name: float(points) for name, points in lesson.changes.items()}
    found = _numbers(after)
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        name = wrong[0]
        raise InputError(
            f"{name} would be {found.get(name, 0):g} and not {wanted.get(name, 0):g} if the proposal went live; "
            f"another file in local/ has the last word about it"
        )


def _numbers(rulebook: Rulebook) -> dict[str, float]:
    return {each.name: each.value for each in parameters(rulebook)} | {HALF: float(rulebook.scoring.half)}
