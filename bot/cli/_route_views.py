"""How routes, and the way of an imagined alert, look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from bot.cli._rule_views import say
from bot.decide.trial import ChannelTrial, RouteTrial, RoutingTrial
from bot.rulebook.fields import WEEKDAYS
from bot.types.levels import Band
from bot.types.rules import Escalate, Route, RouteIf, RouteTest, Routing

if TYPE_CHECKING:
    from rich.console import Console


def show_routing(console: Console, routing: Routing, today: date) -> None:
    """Everything that routes.yml says, as tables."""
    channels = _table("channel", "kind", "address", "language", "calls")
    for name, target in routing.channels.items():
        mention = target.options.get("mention", "")
        channels.add_row(name, target.kind, escape(target.address), target.locale, escape(mention))
    say(console, channels)
    console.print()
    routes = _table("route", "takes", "goes to", "quiet", "unacknowledged")
    for route in routing.routes:
        further = escalation(route.escalate) if route.escalate else ""
        routes.add_row(route.id, condition(route.if_), route.send, route.quiet or "", further)
    say(console, routes)
    console.print()
    hold = f"The first message waits {span(routing.hold)} for other sources."
    most = routing.at_most_per_hour
    limit = f"A channel gets at most {most} first messages an hour, the rest as one list; urgent ones always singly."
    say(console, f"{hold} {limit}")
    for name, window in routing.quiet.items():
        days = ", ".join(WEEKDAYS[day] for day in window.days)
        say(console, f"Quiet hours {name}: {days} {window.start:%H:%M} to {window.end:%H:%M} {window.zone}.")
    for silence in routing.silences:
        ended = f"[yellow]ended {silence.until}[/]" if silence.until < today else f"until {silence.until}"
        what = f"{condition(silence.if_)}, {ended}, by {escape(silence.owner)}: {escape(silence.why)}"
        say(console, f"Silence {silence.id}: {what}")
    for name, plan in routing.digests.items():
        when = f"{WEEKDAYS[plan.weekday]} {plan.at:%H:%M} {plan.zone}"
        say(console, f"Digest {name}: {when}, {len(plan.to)} reader{'s' if len(plan.to) != 1 else ''}.")
    say(console, f"Trouble of the watch itself goes to {routing.operations or 'nobody'}.")


def show_trial(console: Console, trial: RoutingTrial, routing: Routing) -> None:
    """Where an imagined alert goes, and why not elsewhere."""
    by_id = {route.id: route for route in routing.routes}
    for tried in trial.routes:
        say(console, _route(tried, by_id.get(tried.id)))
    console.print()
    if trial.silenced:
        say(console, f"[yellow]silenced[/] {escape(trial.silenced)}")
    for channel in trial.channels:
        _show_channel(console, channel, trial.at)
    for name in trial.digests:
        say(console, f"[bold]{name}[/]: in the next digest")
    if not (trial.channels or trial.digests or trial.silenced):
        say(console, "No channel and no digest takes it" + ("; it is only kept." if trial.archived else "."))


def show_tests(console: Console, count: int, failures: Sequence[tuple[RouteTest, str]]) -> None:
    """What the tests of routes.yml say."""
    for test, why in failures:
        sectors = f" of {', '.join(test.sectors)}" if test.sectors else ""
        head = f"[bold]{escape(f'{test.place.path}:{test.place.line}')}[/]: [red]failed[/]"
        say(console, f"{head} {test.band}{sectors} {escape(why)}")
    say(console, f"{count - len(failures)} of {count} tests of routes.yml pass.")


def condition(if_: RouteIf) -> str:
    """What a route or silence takes, in words."""
    parts = [f"band {_bands(if_.bands)}"] if if_.bands and len(if_.bands) < len(Band) else []
    for name, values in (
        ("sector", if_.sectors),
        ("goods", if_.goods),
        ("measure", if_.measures),
        ("by", if_.imposers),
        ("towards", if_.targets),
        ("source", if_.sources),
        ("rule", if_.rules),
        ("story", if_.stories),
    ):
        if values:
            parts.append(f"{name} {' or '.join(values)}")
    return ", ".join(parts) or "everything"


def escalation(escalate: Escalate) -> str:
    """Where a message goes on to, in words."""
    return f"after {span(escalate.after)} to {escalate.to}"


def span(of: timedelta) -> str:
    """A span in its largest whole unit."""
    seconds = int(of.total_seconds())
    for unit, length in (("h", 3600), ("m", 60)):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _bands(bands: Sequence[Band]) -> str:
    louder = [band for band in Band if band.rank >= min(found.rank for found in bands)]
    if len(bands) > 1 and set(bands) == set(louder):
        return f"{louder[0]} or louder"
    return " or ".join(bands)


def _route(tried: RouteTrial, route: Route | None) -> str:
    if not tried.misses:
        return f"[green]takes it[/]  {tried.id} -> {tried.send}"
    asked = f" (asks for {escape(condition(route.if_))})" if route else ""
    return f"[dim]no[/]        {tried.id} -> {tried.send}: {', '.join(tried.misses)} does not match{asked}"


def _show_channel(console: Console, channel: ChannelTrial, now: datetime) -> None:
    target = channel.target
    who = "a message of one's own to" if channel.person else f"{target.kind}"
    head = f"[bold]{target.name}[/]: {who} {escape(target.address)} in {target.locale}"
    when = "at once" if channel.at <= now else f"held until {channel.at:%Y-%m-%d %H:%M} UTC by {escape(channel.held)}"
    say(console, f"{head}, {when}")
    if channel.mention:
        say(console, f"  calls {escape(channel.mention)}")
    for escalate in channel.escalate:
        say(console, f"  unacknowledged, it goes {escalation(escalate)}")
