"""Judge alert rules, one event at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.score.facts import StepFact
from bot.score.index import RuleIndex
from bot.types.levels import Stage
from bot.types.rules import AlertRule, Bonus, ConditionUse

MUTED_BY = re.compile(r"muted by (\S+) until ")  # in the near miss of a rule that an exception keeps quiet


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
    close: list[tuple[StepFact, _Failure]] = []
    for fact in facts:
        found, failed = _try(rule, fact, index, day)
        if failed:
            close += [(fact, failed[0])] if len(failed) == 1 else []
            continue
        words = words or tuple(found) or (fact.event.measure,)
        bonuses += [b for b in rule.add if b not in bonuses and _all(b.if_, fact, index)]
    if words:
        return Verdict(rule=rule, holds=True, words=words, bonuses=tuple(b for b in rule.add if b in bonuses))
    if not close:
        close = [(fact, failed[0]) for fact in past if len(failed := _old_news(rule, fact, index, day)) == 1]
    return Verdict(rule=rule, holds=False, near_miss=f"{rule.id}: {_clause(*close[0], index)}" if close else "")


class _Failure(NamedTuple):
    """One reason why a rule does not hold on an event; its clause is only written when somebody is to read it."""

    uses: tuple[ConditionUse, ...] = ()  # conditions that had to hold, at least one of them
    said: str = ""  # the clause itself, where no condition can say it


def _try(rule: AlertRule, fact: StepFact, index: RuleIndex, day: date) -> tuple[list[str], list[_Failure]]:
    """Words found, and the reasons why the rule does not hold on this event: all of them, or the first two."""
    fact = fact.look(rule.when.within)
    found: list[str] = []
    failed: list[_Failure] = []
    for use in rule.when.all:
        words = _holds(use, fact, index)
        if words is not None:
            found.append(words)
            continue
        failed.append(_Failure(uses=(use,)))
        if len(failed) > 1:
            return found, failed
    if rule.when.any:
        some = next((words for use in rule.when.any if (words := _holds(use, fact, index)) is not None), None)
        if some is None:
            failed.append(_Failure(uses=rule.when.any))
        else:
            found.append(some)
    barred = ((use, _holds(use, fact, index)) for use in rule.when.none)
    failed += [
        _Failure(said=f"{use.name.replace('_', ' ')} is {words}, which the rule leaves out")
        for use, words in barred
        if words is not None
    ]
    failed += [
        _Failure(said=f"muted by {row.id} until {row.until.isoformat()} ({row.why})")
        for row in rule.exceptions
        if row.until >= day and row.if_ and _all(row.if_, fact, index)
    ]
    return found, failed


def _all(uses: Sequence[ConditionUse], fact: StepFact, index: RuleIndex) -> bool:
    return all(_holds(use, fact, index) is not None for use in uses)


def _holds(use: ConditionUse, fact: StepFact, index: RuleIndex) -> str | None:
    return index.conditions[use.name].holds(fact, use.params)


def _clause(fact: StepFact, failure: _Failure, index: RuleIndex) -> str:
    return failure.said or " and ".join(_lacks(use, fact, index) for use in failure.uses)


def _lacks(use: ConditionUse, fact: StepFact, index: RuleIndex) -> str:
    condition = index.explains(use.name)
    return condition.lacks(fact, use.params) if condition else f"{use.name} does not hold"


def _old_news(rule: AlertRule, fact: StepFact, index: RuleIndex, day: date) -> list[_Failure]:
    """Why the rule does not hold on a historic event: its stage at least, whether or not the rule asks for one."""
    _, failed = _try(rule, fact, index, day)
    if any(use.name == "stage" for failure in failed for use in failure.uses):
        return failed
    return [_Failure(said=f"stage is {Stage.HISTORIC.value}, and old news is no news"), *failed]
