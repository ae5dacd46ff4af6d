"""Say where an imagined alert would go: which routes take it and which key stops the others, when, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.decide.bursts import turn
from bot.decide.quiet import open_at
from bot.decide.route import ARCHIVE, Subject, misses, silence_for
from bot.types.delivery import ChannelTarget, History
from bot.types.rules import Escalate, Routing


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTrial:
    """One route and the alert."""

    id: str
    send: str
    misses: tuple[str, ...]  # keys that do not match; none: the route takes it
    where: str  # file:line


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTrial:
    """One channel that gets the alert."""

    target: ChannelTarget
    routes: tuple[str, ...]  # that lead there
    at: datetime  # when it goes out, apart from the wait for other sources
    held: str  # what holds it until then, one sentence; "" when nothing does
    mention: str  # who is called; "" for nobody
    escalate: tuple[Escalate, ...]  # where it goes when nobody acknowledges it
    person: bool  # a message to one person, who asked for it


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingTrial:
    """What becomes of an imagined alert."""

    at: datetime
    silenced: str  # by what, one sentence; "" when nothing silences it
    routes: tuple[RouteTrial, ...]  # in order of id
    channels: tuple[ChannelTrial, ...]  # in order of name
    digests: tuple[str, ...]
    archived: bool  # a route keeps it


def try_out(routing: Routing, about: Subject, history: History, now: datetime) -> RoutingTrial:
    """Where an alert would go, if a story like this came up now.

    Args:
        routing: In force.
        about: The imagined story.
        history: What channels have had of their limits.
        now: Aware.
    """
    now = now.astimezone(UTC)
    routes = sorted(routing.routes, key=lambda route: route.id)
    tried = tuple(
        RouteTrial(id=r.id, send=r.send, misses=misses(r.if_, about), where=f"{r.place.path}:{r.place.line}")
        for r in routes
    )
    taking = {trial.id for trial in tried if not trial.misses}
    sends = {route.send for route in routes if route.id in taking}
    silence = silence_for(routing, about, now.date())
    silenced = f"{silence.owner} silenced it until {silence.until}: {silence.why}" if silence else ""
    names = sorted(sends & set(routing.channels)) if not silence else []
    return RoutingTrial(
        at=now,
        silenced=silenced,
        routes=tried,
        channels=tuple(_channel(name, routing, taking, about, history, now) for name in names),
        digests=tuple(sorted(sends & set(routing.digests))),
        archived=ARCHIVE in sends,
    )


def _channel(
    name: str, routing: Routing, taking: set[str], about: Subject, history: History, now: datetime
) -> ChannelTrial:
    routes = [route for route in routing.routes if route.id in taking and route.send == name]
    at, held = now, ""
    if opens := open_at(name, routes, routing, now):
        at, held = opens, f"quiet hours {', '.join(sorted({route.quiet for route in routes if route.quiet}))}"
    else:
        its_turn = turn(name, about.band, now, routing.at_most_per_hour, history, now)
        if its_turn.at > now:
            at, held = its_turn.at, "the channel has had its messages for this hour; it would stand in a list"
    target = routing.channels[name]
    return ChannelTrial(
        target=target,
        routes=tuple(sorted(route.id for route in routes)),
        at=at.astimezone(UTC),
        held=held,
        mention=target.options.get("mention", ""),
        escalate=tuple(route.escalate for route in routes if route.escalate),
        person=name.startswith("member:"),
    )
