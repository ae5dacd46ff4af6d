"""Report what loads but is hardly meant: words that never count, mutes that ran out, routes that nothing takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from bot.rulebook.build_ways import ARCHIVE
from bot.rulebook.draft import Draft
from bot.rulebook.fields import CORE_LANGUAGES
from bot.rulebook.findings import Findings, Note, listed
from bot.rulebook.memory import Form
from bot.rulebook.nodes import Map, follow
from bot.rulebook.terms import forms
from bot.types.ids import ConceptId
from bot.types.levels import Band, Slot, Status
from bot.types.lexicon import Concept, Term, TermKind
from bot.types.place import Place
from bot.types.rules import AlertRule, MarkedText, Route, RouteIf, Routing, Sector

_EASE = "ease"  # family of measures that end or loosen others
WARN_DAYS = 7  # before a mute ends
MANY_FORMS = 500  # terms with more spellings are left out of comparisons between concepts
_AWAKE = (Status.LIVE, Status.SHADOW)


_INSIDE = (Slot.STAGE, Slot.CUE, Slot.ACTOR)  # what a reader has used before anything is scored


def report_hygiene(draft: Draft, *, today: date) -> None:
    """Add every warning about a compiled rule set, and an error per mute that ran out."""
    findings = draft.findings
    awake = [concept for concept in draft.concepts if concept.status in _AWAKE]
    tests = dict(draft.tests)
    parents = {concept.parent for concept in awake}
    for concept in awake:
        case = (concept, tests.get(concept.id, ()))
        findings.extend(draft.memory.own.of(concept.place.path, case, partial(_own_doubts, *case)))
        if not concept.terms and concept.id not in parents:
            _wordless(concept, findings)
    _shared_words(awake, draft)
    _sleeping(draft)
    _sectors(draft.sectors, awake, findings)
    for alert in draft.alerts:
        _alert(alert, findings, today)
    for routing in draft.routing:
        _routing(routing, draft, today)
    _sources(draft)


# -- words ---------------------------------------------------------------------------------------------------------


def _own_doubts(concept: Concept, tests: tuple[MarkedText, ...]) -> tuple[Note, ...]:
    """What can be said of a concept without knowing another one."""
    findings = Findings()
    _own_words(concept, findings)
    _languages(concept, findings)
    if concept.status is Status.SHADOW and concept.slot in _INSIDE:
        message = (
            f"words of slot {concept.slot} act inside the reader, so state shadow tries nothing; write draft or live"
        )
        findings.warn("shadow-inside", message, concept.place)
    if concept.status is Status.LIVE and concept.place.path.startswith("concepts/"):
        _tested(concept, tests, findings)
    return findings.notes


def _own_words(concept: Concept, findings: Findings) -> None:
    """Words of one concept that can never count."""
    seen: dict[tuple[str, str, bool], Term] = {}
    swallowed = {(term.lang, form) for term in (*concept.inside, *concept.near) for form in _spellings(term)}
    sure = {(term.lang, form) for term in concept.terms if term.sure for form in _spellings(term)}
    for term in concept.terms:
        key = (
            term.lang,
            str((term.kind, term.parts)).casefold() if term.kind is not TermKind.EXACT else term.text,
            term.sure,
        )
        twin = seen.setdefault(key, term)
        spelled = set(_spellings(term))
        if twin is not term and twin.place != term.place:
            findings.warn("repeated-term", f'"{term.text}" stands in line {twin.place.line} already', term.place)
        elif not term.sure and all({(term.lang, form), ("*", form)} & sure for form in spelled):
            findings.warn("dead-term", f'"{term.text}" is under `sure` already, so `maybe` adds nothing', term.place)
        elif all({(term.lang, form), ("*", form)} & swallowed for form in spelled):
            findings.warn(
                "dead-term", f'"{term.text}" can never count: `not_when` holds the very same words', term.place
            )
    unsure = next((term for term in concept.terms if not term.sure), None)
    if unsure is not None and not concept.maybe_needs:
        message = "the words under `maybe` never count, since `maybe_needs` names no concept"
        findings.warn("dead-term", message, unsure.place)


def _wordless(concept: Concept, findings: Findings) -> None:
    coded = concept.hs or concept.cas or concept.eccn or concept.slot is Slot.IDENTIFIER
    if not coded:
        message = "this file has no words and no concept below it, so nothing is ever found"
        findings.warn("no-words", message, concept.place)


def _spellings(term: Term) -> Iterator[str]:
    """Forms by which terms are compared: small letters unless exact."""
    for number, form in enumerate(forms(term)):
        if number >= MANY_FORMS:
            return
        yield form if term.kind is TermKind.EXACT else form.casefold()


def _languages(concept: Concept, findings: Findings) -> None:
    spoken = {term.lang for term in concept.terms if term.sure}
    missing = [lang for lang in CORE_LANGUAGES if lang not in spoken]
    if spoken and missing and "*" not in spoken:
        findings.warn("missing-language", f"no `sure` words in {listed(missing)}", concept.place)


def _tested(concept: Concept, tests: tuple[MarkedText, ...], findings: Findings) -> None:
    hits = [test for test in tests if any(mark[2] == concept.id for mark in test.marks)]
    silent = [test for test in tests if not any(mark[2] == concept.id for mark in test.marks)]
    wanted = [
        *(() if hits else (f"a text with [words]({concept.id})",)),
        *(() if silent else ("a text that must stay silent",)),
    ]
    if wanted:
        findings.warn("untested", f"live, but its tests lack {' and '.join(wanted)}", concept.place)


def _shared_words(awake: Sequence[Concept], draft: Draft) -> None:
    """The same spelling under `sure` in two concepts of one slot: every hit counts twice.

    Concepts that stand above one another may share words, since only the narrower one is counted; goods may, since a
    copper ore is copper and an ore; and an easing may with what it eases, as "off the blacklist" tells both.
    """
    known = {concept.id: concept for concept in awake}
    owners: dict[Form, tuple[Concept, Term]] = {}
    for concept in sorted(awake, key=lambda c: c.id):
        if concept.slot is Slot.GOODS or concept.family == _EASE:
            continue
        own = draft.memory.spelled.of(concept.place.path, concept, partial(_sure_forms, concept))
        if owners.keys().isdisjoint(own):
            owners.update(own)
        else:
            _report_shared(concept, owners, known, draft.findings)
            owners.update((form, owner) for form, owner in own.items() if form not in owners)


def _sure_forms(concept: Concept) -> dict[Form, tuple[Concept, Term]]:
    """What a concept takes for sure, each spelling with the first term that has it."""
    found: dict[Form, tuple[Concept, Term]] = {}
    for term in (term for term in concept.terms if term.sure):
        for form in _spellings(term):
            found.setdefault((concept.slot, term.lang, form), (concept, term))
    return found


def _report_shared(
    concept: Concept,
    owners: Mapping[Form, tuple[Concept, Term]],
    known: Mapping[ConceptId, Concept],
    findings: Findings,
) -> None:
    """Say of each term which other concept has its spellings."""
    line = _line(concept, known)
    for term in (term for term in concept.terms if term.sure):
        shared: dict[str, list[str]] = {}
        places: dict[str, Place] = {}
        for form in _spellings(term):
            other, theirs = owners.get((concept.slot, term.lang, form), (concept, term))
            if other.id not in line and concept.id not in _line(other, known):
                shared.setdefault(other.id, []).append(form)
                places.setdefault(other.id, theirs.place)
        for other_id, spelled in shared.items():
            rest = f" and {len(spelled) - 3} more" if spelled[3:] else ""
            words = ", ".join(f'"{form}"' for form in spelled[:3]) + rest
            verb = "belongs" if len(spelled) == 1 else "belong"
            message = f'{words} ({term.lang}) {verb} to "{other_id}" too ({places[other_id]})'
            findings.warn("shared-term", message, term.place)


def _line(concept: Concept, known: Mapping[ConceptId, Concept]) -> set[str]:
    """The concept and everything above it."""
    line = {str(concept.id)}
    here: Concept | None = concept
    while here is not None and here.parent is not None and here.parent not in line:
        line.add(here.parent)
        here = known.get(here.parent)
    return line


# -- references that sleep -----------------------------------------------------------------------------------------


def _sleeping(draft: Draft) -> None:
    """Live rules that name drafts or what has been retired."""
    for reference in draft.conditions:
        name, kind = reference.name, reference.kind
        known = draft.ids.known(kind, name)
        if known is not None and known.status not in _AWAKE:
            state = "not polled" if kind == "source" else f"in state {known.status}"
            place = reference.node or reference.place
            draft.findings.warn("sleeping-id", f'"{name}" is {state}, so this never holds', place)


def _sectors(sectors: Iterable[Sector], awake: Iterable[Concept], findings: Findings) -> None:
    spoken_for = {concept.jurisdiction for concept in awake if concept.jurisdiction}
    goods = {concept.id for concept in awake}
    for sector in (sector for sector in sectors if sector.status in _AWAKE):
        for row in sector.exposed_to:
            if spoken_for and row.from_ != "*" and row.from_ not in spoken_for:
                message = f"no actor file stands for {row.from_}, so no step of it is ever recognised"
                findings.warn("unknown-jurisdiction", message, row.place)
            if row.goods not in goods:
                findings.warn("sleeping-id", f'"{row.goods}" is a draft or retired; this row never counts', row.place)
        for state in sector.countries:
            if spoken_for and state not in spoken_for:
                message = f"no actor file stands for {state}; its level under `countries` never counts"
                findings.warn("unknown-jurisdiction", message, sector.place)


# -- alerts, mutes, routes -----------------------------------------------------------------------------------------


def _alert(alert: AlertRule, findings: Findings, today: date) -> None:
    if alert.status is Status.LIVE:
        told = any(alert.id == test.says_rule for test in alert.tests)
        silent = any(test.says_rule is None for test in alert.tests)
        wanted = [
            *(() if told else (f"one with `says_rule: {alert.id}`",)),
            *(() if silent else (f"one that it must not tell (`silent_rule: {alert.id}`)",)),
        ]
        if wanted:
            findings.warn("untested", f"live, but its tests lack {' and '.join(wanted)}", alert.place)
    for row in alert.exceptions:
        _mute(row.id, row.until, row.place, findings, today)
        if alert.status not in _AWAKE:
            findings.warn("idle-mute", f'"{row.id}" mutes a rule in state {alert.status}', row.place)


def _mute(name: str, until: date, place: Place, findings: Findings, today: date) -> None:
    if until < today:
        findings.error("expired", f'"{name}" ended on {until}; delete it or give it a new end', place)
    elif until - today <= timedelta(days=WARN_DAYS):
        findings.warn("expiring", f'"{name}" ends on {until}', place)
    elif until - today > timedelta(days=400):
        findings.warn("long-mute", f'"{name}" runs until {until}; who will remember it by then?', place)


def _routing(routing: Routing, draft: Draft, today: date) -> None:
    findings = draft.findings
    if not any(_takes_all(route) for route in routing.routes):
        message = "no route takes everything; add {id: catch-all, if: {band: archive+}, send: archive}"
        findings.warn("no-catch-all", message, routing.place)
    for route in routing.routes:
        _route(route, routing, draft)
    for silence in routing.silences:
        _mute(silence.id, silence.until, silence.place, findings, today)
        reason = _never(silence.if_, draft)
        if reason:
            findings.warn("idle-mute", f'"{silence.id}" mutes nothing: {reason}', silence.place)
        if silence.if_ == RouteIf() or (set(silence.if_.bands) == set(Band) and _only_bands(silence.if_)):
            findings.error("mutes-all", f'"{silence.id}" would silence everything; say under `if` what', silence.place)
    _unused(routing, draft)


def _route(route: Route, routing: Routing, draft: Draft) -> None:
    reason = _never(route.if_, draft)
    if reason:
        draft.findings.warn("unreachable-route", f'nothing ever takes the route "{route.id}": {reason}', route.place)
        return
    for other in routing.routes:
        wider = other.id != route.id and other.send == route.send and _covers(other.if_, route.if_)
        alike = other.quiet == route.quiet and other.escalate == route.escalate
        if wider and alike and (not _covers(route.if_, other.if_) or other.id < route.id):
            message = f'"{other.id}" sends all this to {route.send} already, so "{route.id}" adds nothing'
            draft.findings.warn("unreachable-route", message, route.place)
            return


def _takes_all(route: Route) -> bool:
    return _only_bands(route.if_) and (not route.if_.bands or set(route.if_.bands) == set(Band))


def _only_bands(wanted: RouteIf) -> bool:
    return wanted == RouteIf(bands=wanted.bands)


def _covers(wide: RouteIf, narrow: RouteIf) -> bool:
    """True when everything that `narrow` takes is taken by `wide`."""
    pairs = (
        (wide.bands, narrow.bands),
        (wide.sectors, narrow.sectors),
        (wide.goods, narrow.goods),
        (wide.measures, narrow.measures),
        (wide.imposers, narrow.imposers),
        (wide.targets, narrow.targets),
        (wide.sources, narrow.sources),
        (wide.rules, narrow.rules),
        (wide.stories, narrow.stories),
    )
    return all(not ours or (theirs and set(theirs) <= set(ours)) for ours, theirs in pairs)


def _never(wanted: RouteIf, draft: Draft) -> str:
    """Why nothing can match, "" when something may."""
    ids = draft.ids
    for kind, table, names in (
        ("sector", ids.sectors, wanted.sectors),
        ("alert rule", ids.alerts, wanted.rules),
        ("source", ids.sources, wanted.sources),
        ("goods concept", ids.concepts, wanted.goods),
        ("measure concept", ids.concepts, wanted.measures),
    ):
        known = [table[name] for name in names if name in table]
        if kind == "sector" and known and draft.profiles and not _in_profile(draft, names):
            return f'the profile leaves sector "{known[0].id}" out'
        if known and all(entry.status not in _AWAKE for entry in known):
            state = "is not polled" if kind == "source" else f"is in state {known[0].status}"
            return f'{kind} "{known[0].id}" {state}'
    loudest = [alert.at_most for alert in draft.alerts if alert.id in wanted.rules]
    if loudest and wanted.bands and all(band.rank > max(b.rank for b in loudest) for band in wanted.bands):
        return f"its rules reach {max(loudest, key=lambda b: b.rank)} at most"
    return ""


def _in_profile(draft: Draft, names: Iterable[str]) -> bool:
    own = {profile.own.id for profile in draft.profiles if profile.own}
    return any(name in own or name in profile.sectors for profile in draft.profiles for name in names)


def _unused(routing: Routing, draft: Draft) -> None:
    """Channels, digests and windows that no route names."""
    sent = {route.send for route in routing.routes} | {routing.operations, ARCHIVE}
    sent |= {route.escalate.to for route in routing.routes if route.escalate}
    root = next((tree for kind, tree in draft.files.values() if kind == "routes"), None)
    quiet = {route.quiet for route in routing.routes}
    for key, names, used in (
        ("channels", routing.channels, sent),
        ("digests", routing.digests, sent),
        ("quiet", routing.quiet, quiet),
    ):
        for name in names:
            if name not in used:
                place = _key_place(root, key, name) or routing.place
                draft.findings.warn("unused", f'no route uses "{name}"', place)
    if routing.operations is None:
        message = "name a channel as `operations`, so that feed trouble reaches somebody"
        draft.findings.warn("no-operations", message, routing.place)


def _key_place(root: Map | None, *keys: str) -> Place | None:
    above = follow(root, keys[:-1]) if root is not None else None
    key = above.key(keys[-1]) if isinstance(above, Map) else None
    return key.place if key is not None else None


# -- sources -------------------------------------------------------------------------------------------------------


def _sources(draft: Draft) -> None:
    first: dict[tuple[str, str], str] = {}
    for source in sorted(draft.sources, key=lambda s: s.place):
        # One address may be asked for different things.
        other = first.setdefault((source.url, repr(sorted(source.options.items()))), source.id)
        if other != source.id:
            draft.findings.warn("same-url", f'"{other}" polls this address already', source.place)
