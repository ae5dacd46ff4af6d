"""Add to the routes of the file what people did and asked for: stories they muted, sectors they want to hear of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.types.delivery import ChannelTarget
from bot.types.desk import Member, Mute, Rest
from bot.types.levels import Band
from bot.types.place import Place
from bot.types.rules import QuietHours, Route, RouteIf, Routing, Silence

KIND = "slack"  # kind of the channel that leads to one person


def in_force(routing: Routing, mutes: Iterable[Mute], members: Iterable[Member], today: date) -> Routing:
    """The routing of the file, with a silence for every mute and a channel for every member who named sectors.

    Args:
        routing: Of routes.yml.
        mutes: Of single stories; those that have ended are left out.
        members: Who may want a message of their own.
        today: Mutes hold on their last day.
    """
    silences = tuple(_silence(mute, routing.place) for mute in mutes if mute.until >= today)
    wanting = [member for member in members if member.sectors]
    windows = {personal(member): member.rest for member in wanting if _usable(member.rest)}
    quiet = {name: _window(rest, routing.place) for name, rest in windows.items() if rest is not None}
    return replace(
        routing,
        silences=(*routing.silences, *silences),
        channels={**routing.channels, **{personal(member): _target(member) for member in wanting}},
        routes=(*routing.routes, *(_route(member, quiet, routing.place) for member in wanting)),
        quiet={**routing.quiet, **quiet},
    )


def personal(member: Member) -> str:
    """Name of the channel, the route and the quiet window of one person; no name in routes.yml holds a colon."""
    return f"member:{member.id}"


def _silence(mute: Mute, place: Place) -> Silence:
    return Silence(
        id=f"mute:{mute.story_id}",
        if_=RouteIf(stories=(mute.story_id,)),
        until=mute.until,
        owner=mute.by,
        why=mute.why,
        place=place,
        mute=True,
    )


def _target(member: Member) -> ChannelTarget:
    zone = {"zone": member.rest.zone} if member.rest and _usable(member.rest) else {}
    return ChannelTarget(name=personal(member), kind=KIND, address=member.id, locale=member.locale, options=zone)


def _route(member: Member, quiet: dict[str, QuietHours], place: Place) -> Route:
    name = personal(member)
    bands = tuple(band for band in Band if band.rank >= member.band.rank)
    wanted = RouteIf(bands=bands, sectors=member.sectors)
    return Route(id=name, if_=wanted, send=name, quiet=name if name in quiet else None, place=place)


def _window(rest: Rest, place: Place) -> QuietHours:
    return QuietHours(days=tuple(range(7)), start=rest.start, end=rest.end, zone=rest.zone, place=place)


def _usable(rest: Rest | None) -> bool:
    """False for a window without length, or in a zone that this machine does not know: one row stops nobody else."""
    if rest is None or rest.start == rest.end:
        return False
    try:
        ZoneInfo(rest.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
