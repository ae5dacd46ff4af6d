"""Compile sources, channels, routes and digests; every plug-in checks its own options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from urllib.parse import urlsplit

from bot.rulebook.build_rules import check_row_ids
from bot.rulebook.fields import LANGUAGES, WEEKDAYS
from bot.rulebook.findings import Findings, did_you_mean, listed
from bot.rulebook.nodes import Map, Node, Scalar, follow, rows
from bot.rulebook.plugins import Plugins
from bot.rulebook.shapes_ways import (
    DigestShape,
    QuietShape,
    RouteIfShape,
    RoutesFile,
    RouteShape,
    SourcesFile,
    SourceShape,
)
from bot.types.delivery import ChannelTarget
from bot.types.ids import ConceptId, RuleId, SectorId, SourceId
from bot.types.levels import Authority, Band
from bot.types.ports import Channel
from bot.types.rules import DigestPlan, DigestTo, Escalate, QuietHours, Route, RouteIf, RouteTest, Routing, Silence
from bot.types.source import PageRule, PageWhen, Source

ARCHIVE = "archive"  # destination of what is kept and told to nobody
SOONEST, LATEST = timedelta(minutes=5), timedelta(hours=24)  # of an escalation
NEVER = "never"  # `remind:` of a team that wants no reminders
ALWAYS = "ignore"  # `quiet:` of a route that knows no quiet hours
FASTEST = 30  # seconds; nobody may be polled more often
NO_PAGES = frozenset({"document"})  # kinds whose items say all there is; what their links show is a whole list


def sources(shape: SourcesFile, root: Map, plugins: Plugins, findings: Findings) -> tuple[Source, ...]:
    """The records of a file of sources."""
    return tuple(
        _source(row, node, shape.jurisdiction or "", plugins, findings)
        for row, node in zip(shape.sources, rows(root.get("sources")), strict=True)
    )


def _source(row: SourceShape, node: Map, jurisdiction: str, plugins: Plugins, findings: Findings) -> Source:
    jurisdiction = row.jurisdiction or jurisdiction
    if not jurisdiction:
        message = '"jurisdiction" is missing in this source, and the file names none for all'
        findings.error("missing-key", message, node.place)
    _check_url(row.url, follow(node, ("url",)), findings)
    if row.every.total_seconds() < FASTEST:
        findings.error("too-often", f"{FASTEST}s is the fastest polite pace", follow(node, ("every",)).place)
    options: Mapping[str, object] = row.options
    kind = plugins.source_kinds.get(row.kind)
    if kind is not None:
        try:
            options = kind.options(row.options)
        except ValueError as error:
            findings.error("bad-option", str(error), _option_place(node, str(error)).place)
    return Source(
        id=SourceId(row.id),
        kind=row.kind,
        url=row.url,
        publisher=row.publisher,
        jurisdiction=jurisdiction,
        authority=row.authority,
        reliability=row.reliability,
        languages=row.languages,
        every=row.every,
        enabled=row.enabled,
        why=row.why,
        place=node.place,
        options=options,
        headers=tuple(sorted(row.headers.items())),
        max_age_of_newest=row.max_age_of_newest,
        min_items=row.min_items,
        state_media=row.state_media,
        item=row.item,
        store=row.store,
        page=_page(row, node, plugins, findings),
        robots=row.robots,
        domains=row.domains,
    )


def _page(row: SourceShape, node: Map, plugins: Plugins, findings: Findings) -> PageRule:
    """How pages are read; official sources are few and every word of theirs counts, so theirs are always fetched."""
    for name in ("text", "drop"):
        if selector := getattr(row.page, name):
            try:
                plugins.check_selector(selector)
            except ValueError as error:
                findings.error("bad-option", str(error), follow(node, ("page", name)).place)
    usual = PageWhen.ALWAYS if row.authority is Authority.OFFICIAL else PageWhen.RELEVANT
    if row.kind in NO_PAGES:
        usual = PageWhen.NEVER
    return PageRule(when=row.page.when or usual, text=row.page.text, drop=row.page.drop)


def _option_place(node: Map, message: str) -> Node:
    """The option that a complaint names (its value, when that is quoted too), else all options, else the row."""
    options = node.get("options")
    if not isinstance(options, Map):
        return node
    for key, value in options.entries:
        if re.search(rf"(?<!\w){re.escape(key.text)}(?!\w)", message):
            quoted = isinstance(value, Scalar) and re.search(rf"['\"“]{re.escape(value.text)}['\"”]", message)
            return value if quoted else key
    return options


def _check_url(url: str, node: Node, findings: Findings) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        fine = False
    if not fine:
        findings.error("bad-url", f'"{url}" is no http(s) address without user and password', node.place)


def routing(shape: RoutesFile, root: Map, channels: Mapping[str, Channel], findings: Findings) -> Routing:
    """The record of the routes file."""
    for key in ("routes", "silences"):
        check_row_ids(key, root, findings)
    targets = _channels(root, channels, findings)
    quiet_names = {*shape.quiet, ALWAYS}
    routes = []
    for row, node in zip(shape.routes, rows(root.get("routes")), strict=True):
        if row.quiet is not None and row.quiet not in quiet_names:
            place = follow(node, ("quiet",)).place
            hint = did_you_mean(row.quiet, quiet_names)
            findings.error("unknown-id", f'there is no window "{row.quiet}" under `quiet`', place, hint=hint)
        wanted = _route_if(row.if_, follow(node, ("if",)), findings)
        quiet = None if row.quiet == ALWAYS else row.quiet
        escalate = _escalate(row, node, shape, findings) if row.escalate else None
        routes.append(Route(id=row.id, if_=wanted, send=row.send, quiet=quiet, place=node.place, escalate=escalate))
    silences = tuple(
        Silence(
            id=row.id,
            if_=_route_if(row.if_, follow(node, ("if",)), findings),
            until=row.until,
            owner=row.owner,
            why=row.why,
            place=node.place,
        )
        for row, node in zip(shape.silences, rows(root.get("silences")), strict=True)
    )
    for silence in silences:
        if silence.if_ in (RouteIf(), RouteIf(bands=tuple(Band))):
            findings.error("mutes-all", f'"{silence.id}" would silence everything; say under `if` what', silence.place)
    digests = {name: _digest(name, plan, root, findings) for name, plan in shape.digests.items()}
    _check_names(shape, root, findings)
    return Routing(
        channels=targets,
        routes=tuple(routes),
        hold=shape.stories.hold,
        at_most_per_hour=_per_hour(shape.stories.at_most, follow(root, ("stories", "at_most")), findings),
        quiet={name: _quiet(name, window, root, findings) for name, window in shape.quiet.items()},
        silences=silences,
        digests=digests,
        operations=shape.operations,
        tests=tuple(
            RouteTest(
                band=row.alert.band,
                sectors=tuple(SectorId(name) for name in row.alert.sector),
                goes_to=row.goes_to,
                place=node.place,
            )
            for row, node in zip(shape.tests, rows(root.get("tests")), strict=True)
        ),
        place=root.place,
        remind=_remind(shape.stories.remind, follow(root, ("stories", "remind")), findings),
    )


def _escalate(row: RouteShape, node: Map, shape: RoutesFile, findings: Findings) -> Escalate | None:
    """Where a route goes on to; that the channel exists is checked with all other names."""
    asked = row.escalate
    if asked is None:
        return None
    if not SOONEST <= asked.after <= LATEST:
        message = "people need time to answer, and an urgent alert does not wait for days; write 5m to 24h"
        findings.error("bad-span", message, follow(node, ("escalate", "after")).place)
    if asked.to == row.send:
        message = f'"{asked.to}" is told first already; name another channel'
        findings.error("same-channel", message, follow(node, ("escalate", "to")).place)
    if row.send not in shape.channels:
        message = f'"{row.send}" is no channel, and only messages in a channel can be acknowledged'
        findings.error("no-message", message, follow(node, ("escalate",)).place)
    return Escalate(after=asked.after, to=asked.to)


def _remind(texts: tuple[str, ...], node: Node, findings: Findings) -> tuple[timedelta, ...]:
    """Days before a date, longest first."""
    if texts == (NEVER,):
        return ()
    found = set()
    for text in texts:
        hit = re.fullmatch(r"([1-9]\d{0,2}) ?([dw])", text)
        if hit is None:
            message = f'"{text}" is no time before a date; write days or weeks such as [7d, 1d], or {NEVER} alone'
            findings.error("bad-remind", message, node.place)
            continue
        found.add(timedelta(days=int(hit[1]) * (7 if hit[2] == "w" else 1)))
    return tuple(sorted(found, reverse=True))


def _under(root: Map, *keys: str) -> Node:
    """The place of a named entry: its key, since that is what people look for."""
    above = follow(root, keys[:-1])
    key = above.key(keys[-1]) if isinstance(above, Map) else None
    return key if key is not None else above


def _check_names(shape: RoutesFile, root: Map, findings: Findings) -> None:
    """One name space for everything that can be sent to."""
    for name in shape.digests:
        if name in shape.channels or name == ARCHIVE:
            message = f'"{name}" is a channel or reserved; give the digest another name'
            findings.error("duplicate-id", message, _under(root, "digests", name).place)
    if ARCHIVE in shape.channels:
        findings.error("duplicate-id", f'"{ARCHIVE}" is reserved', _under(root, "channels", ARCHIVE).place)
    if ALWAYS in shape.quiet:
        findings.error("duplicate-id", f'"{ALWAYS}" is reserved', _under(root, "quiet", ALWAYS).place)


def _channels(root: Map, kinds: Mapping[str, Channel], findings: Findings) -> dict[str, ChannelTarget]:
    found: dict[str, ChannelTarget] = {}
    listed_channels = root.get("channels")
    for name, value in listed_channels.entries if isinstance(listed_channels, Map) else ():
        target = _channel(name, value, kinds, findings)
        if target is not None:
            found[name.text] = target
    return found


def _channel(name: Scalar, value: Node, kinds: Mapping[str, Channel], findings: Findings) -> ChannelTarget | None:
    if not isinstance(value, Map):
        return None  # reported by the shape
    named = [key for key, _ in value.entries if key.text in kinds]
    if len(named) != 1:
        example = listed(f"{kind}: ..." for kind in sorted(kinds))
        message = f'channel "{name.text}" needs exactly one kind of channel with its address: {example}'
        hints = (did_you_mean(key.text, kinds) for key, _ in value.entries if key.text != "locale")
        findings.error("unknown-channel-kind", message, value.place, hint=next((hint for hint in hints if hint), ""))
        return None
    kind = named[0]
    options: dict[str, str] = {}
    for key, option in value.entries:
        if not isinstance(option, Scalar):
            findings.error("wrong-type", "one text is expected here", option.place)
            return None
        options[key.text] = option.text
    address, locale = options.pop(kind.text), options.pop("locale", "en")
    if locale not in LANGUAGES:
        findings.error("unknown-language", f'"{locale}" is no language of readers', follow(value, ("locale",)).place)
    target = ChannelTarget(name=name.text, kind=kind.text, address=address, locale=locale, options=options)
    try:
        kinds[kind.text].check(target)
    except ValueError as error:
        findings.error("bad-channel", str(error), follow(value, (kind.text,)).place)
    return target


def _route_if(shape: RouteIfShape, node: Node, findings: Findings) -> RouteIf:
    return RouteIf(
        bands=_bands(shape.band, follow(node, ("band",)), findings),
        sectors=tuple(SectorId(name) for name in shape.sector),
        goods=tuple(ConceptId(name) for name in shape.goods),
        measures=tuple(ConceptId(name) for name in shape.measure),
        imposers=shape.actor,
        targets=shape.target,
        sources=shape.source,
        rules=tuple(RuleId(name) for name in shape.rule),
        stories=shape.story,
    )


def _bands(words: tuple[str, ...], node: Node, findings: Findings) -> tuple[Band, ...]:
    found: set[Band] = set()
    for word in words:
        name = word.removesuffix("+")
        known = [band.value for band in Band]
        if name not in known:
            message = f'"{word}" is no band; write {listed(known)}, with + for this and louder ones'
            findings.error("unknown-value", message, node.place, hint=did_you_mean(name, known))
            continue
        band = Band(name)
        found.update(other for other in Band if other is band or (word.endswith("+") and other.rank > band.rank))
    return tuple(band for band in Band if band in found)


def _per_hour(text: str, node: Node, findings: Findings) -> int:
    hit = re.fullmatch(r"([1-9]\d{0,3})(?: per hour)?(?: per channel)?", text)
    if hit is None:
        message = f'"{text}" is no limit; write a number of first messages per channel and hour, e.g. 6'
        findings.error("bad-limit", message, node.place)
        return 1
    return int(hit[1])


def _quiet(name: str, shape: QuietShape, root: Map, findings: Findings) -> QuietHours:
    node = follow(root, ("quiet", name))
    days = weekdays(shape.days)
    if not days:
        message = f'"{shape.days}" names no days; write e.g. mon-fri, or sat sun'
        findings.error("bad-days", message, follow(node, ("days",)).place)
    if shape.from_ == shape.to:
        findings.error("empty-window", "the window ends when it begins", follow(node, ("to",)).place)
    return QuietHours(
        days=days, start=shape.from_, end=shape.to, zone=shape.zone, place=_under(root, "quiet", name).place
    )


def weekdays(text: str) -> tuple[int, ...]:
    """Days of "mon-fri" or "sat, sun" as numbers, Monday 0; nothing when a word is no day."""
    found: set[int] = set()
    for piece in re.split(r"[\s,]+", text.strip().casefold()):
        first, _, last = piece.partition("-")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            return ()
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return tuple(sorted(found))


def _digest(name: str, shape: DigestShape, root: Map, findings: Findings) -> DigestPlan:
    node = follow(root, ("digests", name))
    weekday, at = _weekly(shape.when, follow(node, ("when",)), findings)
    if shape.audit_sample < 0:
        findings.error("not-positive", "audit_sample must be 0 or more", follow(node, ("audit_sample",)).place)
    for number, reader in enumerate(shape.to):
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", reader.who):
            place = follow(node, ("to", number, "who")).place
            findings.error("bad-address", f'"{reader.who}" is no mail address', place)
    readers = tuple(
        DigestTo(who=reader.who, sectors=tuple(SectorId(s) for s in reader.sectors), locale=reader.locale)
        for reader in shape.to
    )
    return DigestPlan(
        name=name,
        weekday=weekday,
        at=at,
        zone=shape.zone,
        to=readers,
        audit_sample=shape.audit_sample,
        place=_under(root, "digests", name).place,
    )


def _weekly(text: str, node: Node, findings: Findings) -> tuple[int, time]:
    """The weekday (Monday 0) and time of "mon 07:30"."""
    day, _, clock = text.casefold().partition(" ")
    hit = re.fullmatch(r"(\d\d?):(\d\d)", clock.strip())
    if day not in WEEKDAYS or not hit or int(hit[1]) > 23 or int(hit[2]) > 59:
        findings.error("bad-time", f'"{text}" is no weekday and time; write e.g. mon 07:30', node.place)
        return 0, time(0, 0)
    return WEEKDAYS.index(day), time(int(hit[1]), int(hit[2]))
