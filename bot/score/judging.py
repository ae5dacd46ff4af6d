"""Judge alert rules, one event at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.score.conditions._params import Explains
from bot.score.facts import StepFact
from bot.score.index import RuleIndex
from bot.types.levels import Stage
from bot.types.rules import AlertRule, Bonus, ConditionUse, ExceptionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule says of a story."""

    rule: AlertRule
    holds: bool
    words: tuple[str, ...] = ()  # what its conditions found, from the first event on which it holds
    bonuses: tuple[Bonus, ...] = ()  # extra points that hold on an event on which the rule holds
    near_miss: str = ""  # one sentence, when exactly one condition failed on some event


def judge(
    rule: AlertRule, facts: Sequence[StepFact], past: Sequence[StepFact], index: RuleIndex, *, day: date
) -> Verdict:
    """Judge one rule.

    Args:
        rule: The rule; its status does not matter here.
        facts: Events that can make it hold.
        past: Historic events, which can only be a near miss: old news is not news.
        index: The compiled rule set.
        day: Day of the story, against which dated exceptions are held.
    """
    words: tuple[str, ...] = ()
    bonuses: list[Bonus] = []
    misses: list[str] = []
    for fact in facts:
        found, failed = _try(rule, fact, index, day)
        if failed:
            misses += failed if len(failed) == 1 else []
            continue
        words = words or tuple(found) or (fact.event.measure,)
        bonuses += [b for b in rule.add if b not in bonuses and _all(b.if_, fact, index)]
    if words:
        return Verdict(rule=rule, holds=True, words=words, bonuses=tuple(b for b in rule.add if b in bonuses))
    if not misses:
        misses = [clauses[0] for fact in past if len(clauses := _old_news(rule, fact, index, day)) == 1]
    return Verdict(rule=rule, holds=False, near_miss=f"{rule.id}: {misses[0]}" if misses else "")


def _try(rule: AlertRule, fact: StepFact, index: RuleIndex, day: date) -> tuple[list[str], list[str]]:
    """Words found, and one clause per reason why the rule does not hold on this event."""
    fact = fact.look(rule.when.within)
    found: list[str] = []
    failed: list[str] = []
    for use in rule.when.all:
        words = _holds(use, fact, index)
        if words is None:
            failed.append(_lacks(use, fact, index))
            if len(failed) > 1:
                return found, failed
        else:
            found.append(words)
    if rule.when.any:
        some = [words for use in rule.when.any if (words := _holds(use, fact, index)) is not None]
        found += some[:1]
        if not some:
            failed.append(" and ".join(_lacks(use, fact, index) for use in rule.when.any))
    barred = [(use, _holds(use, fact, index)) for use in rule.when.none]
    failed += [f"{use.name.replace('_', ' ')} is {words}, which the rule leaves out" for use, words in barred if words]
    failed += [_muted(row) for row in _in_force(rule.exceptions, day) if row.if_ and _all(row.if_, fact, index)]
    return found, failed


def _in_force(rows: Iterable[ExceptionRow], day: date) -> list[ExceptionRow]:
    return [row for row in rows if row.until >= day]


def _all(uses: Sequence[ConditionUse], fact: StepFact, index: RuleIndex) -> bool:
    return all(_holds(use, fact, index) is not None for use in uses)


def _holds(use: ConditionUse, fact: StepFact, index: RuleIndex) -> str | None:
    return index.conditions[use.name].holds(fact, use.params)


def _lacks(use: ConditionUse, fact: StepFact, index: RuleIndex) -> str:
    condition = index.conditions[use.name]
    if isinstance(condition, Explains):
        return condition.lacks(fact, use.params)
    return f"{use.name} does not hold"


def _muted(row: ExceptionRow) -> str:
    return f"muted by {row.id} until {row.until.isoformat()} ({row.why})"


def _old_news(rule: AlertRule, fact: StepFact, index: RuleIndex, day: date) -> list[str]:
    """Why the rule does not hold on a historic event: its stage at least, whether or not the rule asks for one."""
    _, failed = _try(rule, fact, index, day)
    asks = any(use.name == "stage" and _holds(use, fact, index) is None for use in rule.when.all)
    return failed if asks else [f"stage is {Stage.HISTORIC.value}, and old news is no news", *failed]
