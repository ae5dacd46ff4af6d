"""Keep what a person wants to hear: sectors, from which band on, language, hours of rest."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.config import LOCALES
from bot.errors import InputError
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.types.desk import Member, Rest
from bot.types.ids import SectorId
from bot.types.levels import Band

BANDS = (Band.DIGEST, Band.ALERT, Band.URGENT)  # least bands that a person may ask for


def member_of(rig: Rig, tx: Transaction, who: str) -> Member:
    """What a person chose, or what holds for somebody who chose nothing."""
    return tx.members.get(who) or Member(id=who, locale=rig.settings.locale)


def member(rig: Rig, who: str) -> Member:
    """What a person chose, or what holds for somebody who chose nothing."""
    with rig.database.transaction() as tx:
        return member_of(rig, tx, who)


def subscribe(rig: Rig, who: str, sectors: Sequence[str]) -> Member:
    """Send a person a message of their own for each story that hits one of these sectors; none: no more.

    Raises:
        InputError: A sector does not exist.
    """
    chosen = _sectors(rig, sectors)
    return _change(rig, who, lambda known: replace(known, sectors=chosen))


def choose_band(rig: Rig, who: str, band: str) -> Member:
    """Send a person only what is at least so loud.

    Raises:
        InputError: There is no such band.
    """
    if band not in BANDS:
        names = ", ".join(BANDS)
        raise InputError(f"{band!r} is no level; choose one of {names}", label="fault.choose", names=names)
    return _change(rig, who, lambda known: replace(known, band=Band(band)))


def choose_locale(rig: Rig, who: str, locale: str) -> Member:
    """Write to a person in a language.

    Raises:
        InputError: It is not one of ours.
    """
    if locale not in LOCALES:
        names = ", ".join(LOCALES)
        raise InputError(
            f"{locale!r} is none of our languages; choose one of {names}", label="fault.choose", names=names
        )
    return _change(rig, who, lambda known: replace(known, locale=locale))


def choose_rest(rig: Rig, who: str, start: str, end: str, zone: str) -> Member:
    """Hold a person's messages between two local times; twice the same time, or none: never.

    Raises:
        InputError: A time or the zone is none, or one time is missing.
    """
    if not start and not end:
        return _change(rig, who, lambda known: replace(known, rest=None))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sentence = f"{zone!r} is no time zone; write one like Europe/Amsterdam"
        raise InputError(sentence, label="fault.zone") from None
    rest = Rest(start=_time(start), end=_time(end), zone=zone)
    return _change(rig, who, lambda known: replace(known, rest=rest if rest.start != rest.end else None))


def _change(rig: Rig, who: str, change: Callable[[Member], Member]) -> Member:
    with rig.database.transaction() as tx:
        tx.lock(f"member:{who}")  # of somebody new there is no row to lock
        known = member_of(rig, tx, who)
        made = change(known)
        if made != known:
            made = replace(made, at=rig.clock.now())
            tx.members.save(made)
    return made


def _sectors(rig: Rig, names: Sequence[str]) -> tuple[SectorId, ...]:
    known = [sector.id for sector in rig.rulebook.sectors]
    for name in names:
        if name not in known:
            near = ", ".join(difflib.get_close_matches(name, known, 1))
            hint = f"did you mean {near}?" if near else f"sectors: {', '.join(known)}"
            sentence = f"there is no sector {name!r}; {hint}"
            if near:
                raise InputError(sentence, label="fault.sector-near", name=name, near=near)
            raise InputError(sentence, label="fault.sector", name=name, names=", ".join(known))
    return tuple(sector for sector in known if sector in names)


def _time(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no time of day; write one like 22:00", label="fault.time") from None
    return found.replace(tzinfo=None)
