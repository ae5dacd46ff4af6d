"""Tell one person what the running week brought so far; the week's own digest goes out as if nobody had asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import InputError
from bot.pipeline.digesting import gather_week
from bot.pipeline.people.members import member_of
from bot.pipeline.rig import Rig
from bot.pipeline.weeks import iso_week, monday, newest_week
from bot.types.desk import Member
from bot.types.digest import DigestContent


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningWeek:
    """A week that is not over."""

    content: DigestContent  # for the sectors of the person
    member: Member
    zone: str  # IANA name, of the digest's team


def running_week(rig: Rig, who: str) -> RunningWeek:
    """What the next digest would hold if it went out now.

    Raises:
        InputError: routes.yml plans no digest.
    """
    plans = rig.rulebook.routing.digests
    if not plans:
        raise InputError("routes.yml plans no digest, so there is no week to sum up", label="fault.no-digest")
    plan = plans[min(plans)]
    with rig.database.transaction() as tx:
        now = rig.clock.now()
        week = iso_week(monday(newest_week(plan, now)) + timedelta(days=7))
        person = member_of(rig, tx, who)
        content = gather_week(rig, tx, plan, week)
        mine = content.narrowed(person.sectors)
    return RunningWeek(content=replace(mine, made_at=now), member=person, zone=plan.zone)
