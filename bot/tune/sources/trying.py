"""Poll one source once, outside the schedule and without writing: what would be stored, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import WorkerError
from bot.parse.charset import decode
from bot.parse.dates import zone_of
from bot.sources._work import gather
from bot.tune.sources.kit import Kit
from bot.types.document import Document, Gathered
from bot.types.source import (
    Fetched,
    FetchFailure,
    FetchProblem,
    ParseFailure,
    Request,
    Source,
    SourceState,
)
from bot.understand.language import identify_parts

_SECONDS = 10.0  # for reading one answer
_NO_WAY = (FetchProblem.DNS, FetchProblem.CONNECT, FetchProblem.TIMEOUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charset:
    """In what an answer is written."""

    name: str  # as Python calls it
    why: str  # one phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one request."""

    url: str  # after redirects
    media_type: str
    size: int  # bytes
    charset: Charset | None  # None when nobody got as far as reading it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One item as it would be stored."""

    document: Document
    language: str  # of its text, "und" when unknown
    confidence: float  # 0..1

    @property
    def headline_only(self) -> bool:
        """True when no text came with the title."""
        return not self.document.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What the page behind an item gives."""

    url: str
    said: str  # one sentence: what came of it
    document: Document | None  # with the text of the page; None when it has none to add


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one poll of a source gives."""

    source_id: str
    clock: str  # zone by which dates without one are read
    robots: str  # one sentence
    answers: tuple[Answer, ...] = ()
    items: tuple[Sighting, ...] = ()
    entries: int = 0  # that the answers showed; of a list whose changes are the items, all its lines
    page: Whole | None = None  # behind the first item, when it was asked for
    notes: tuple[str, ...] = ()  # what was mended or lost, one phrase each
    trouble: tuple[str, ...] = ()  # what is wrong, one sentence each


@dataclass(slots=True)
class _Pot:
    answers: list[Answer] = field(default_factory=list)
    items: list[Sighting] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    shown: int = 0  # entries that the answers showed
    refused: bool = False  # by robots.txt


def try_source(source: Source, kit: Kit, *, page: bytes | None = None, full: bool = False) -> Trial:
    """Poll a source once.

    Args:
        source: Of a rule set or of a file beside it, enabled or not.
        kit: Door, children, clock and kinds.
        page: A saved answer, to be read instead of asking the network.
        full: Also read the page behind the first item that has an address, which asks for one more answer.
    """
    pot = _Pot()
    now = kit.clock.now()
    state = SourceState(source_id=source.id, next_due=now)
    requests = kit.kinds[source.kind].requests(source, state, now=now)
    if page is not None:
        _read(source, _saved(requests[0], page, now), kit, pot)
    else:
        more = [further for request in requests for further in _ask(source, request, kit, pot)]
        for request in more:  # what comes back may not ask for more
            _ask(source, request, kit, pot)
    pot.trouble += _shortfalls(source, pot, now)
    return Trial(
        source_id=source.id,
        clock=str(source.options.get("timezone") or zone_of(source.jurisdiction)),
        robots=_robots(source, requests, refused=pot.refused),
        answers=tuple(pot.answers),
        items=tuple(pot.items),
        entries=pot.shown,
        page=_whole(source, pot.items, kit) if full else None,
        notes=tuple(pot.notes),
        trouble=tuple(pot.trouble),
    )


def _ask(source: Source, request: Request, kit: Kit, pot: _Pot) -> tuple[Request, ...]:
    """Make one request and read its answer; what the answer asks for besides."""
    answer = kit.get(request)
    if isinstance(answer, Fetched):
        return _read(source, answer, kit, pot)
    if request.optional and answer.not_there:
        pot.notes.append(f"{request.url} is not there yet")
        return ()
    pot.refused = pot.refused or (answer.problem is FetchProblem.ROBOTS and not answer.transient)
    hint = " A saved page is read with --file, without a network." if answer.problem in _NO_WAY else ""
    pot.trouble.append(f"{request.url}: {answer.message}{hint}")
    return ()


def read(source: Source, fetched: Fetched) -> tuple[Gathered | ParseFailure, str, tuple[str, ...], int]:
    """The documents of an answer, its charset, the claims about that, and how many bytes are none of it.

    Runs in a child process.
    """
    option = source.options.get("charset")
    claim = option if isinstance(option, str) and option else fetched.charset
    text = decode(fetched.body, declared=claim, languages=source.languages)
    return gather(source, fetched), text.encoding, text.declared, text.unreadable


def _read(source: Source, answer: Fetched, kit: Kit, pot: _Pot) -> tuple[Request, ...]:
    """What stands in an answer; the further requests that it asks for."""
    came = Answer(url=answer.final_url, media_type=answer.media_type, size=len(answer.body), charset=None)
    try:
        found, name, claims, unreadable = kit.parsers.call(f"{__name__}:read", source, answer, deadline=_SECONDS)
    except WorkerError as error:
        pot.answers.append(came)
        pot.trouble.append(f"{answer.final_url}: {error}")
        return ()
    pot.answers.append(replace(came, charset=Charset(name=name, why=_why(name, claims, unreadable))))
    if not answer.complete:
        pot.notes.append("the answer broke off before its end")
    if isinstance(found, ParseFailure):
        (pot.notes if answer.request.optional else pot.trouble).append(f"{answer.final_url}: {found.message}")
        return ()
    pot.shown += found.count
    pot.items += [_sighting(document) for document, _ in found.documents]
    pot.notes += found.salvage
    if found.dropped:
        pot.notes.append(f"{found.dropped} entries could not be read")
    if found.more:
        pot.notes.append(f"{len(found.more)} further addresses are asked for in the same poll")
    more: tuple[Request, ...] = found.more
    return more


def _whole(source: Source, items: Sequence[Sighting], kit: Kit) -> Whole | None:
    """The page behind the first item that has an address, as the pipeline would read it."""
    document = next((item.document for item in items if item.document.canonical_url), None)
    if document is None:
        return None
    answer = kit.get(Request(source_id=source.id, url=document.url, robots=source.robots, led_by=source.url))
    if isinstance(answer, FetchFailure):
        return Whole(url=document.url, said=answer.message, document=None)
    try:
        found = kit.parsers.call("bot.sources._page:complete", source, answer, document, deadline=_SECONDS)
    except WorkerError as error:
        return Whole(url=document.url, said=str(error), document=None)
    if isinstance(found, ParseFailure):
        return Whole(url=document.url, said=found.message, document=None)
    return Whole(url=document.url, said=found.outcome, document=found.document)


def _sighting(document: Document) -> Sighting:
    _, (language, confidence) = identify_parts(
        document.title, document.text, hint=document.lang_hint, sources=document.languages
    )
    return Sighting(document=document, language=language, confidence=confidence)


def _why(name: str, claims: tuple[str, ...], unreadable: int) -> str:
    said = " and ".join(claims)
    if unreadable:
        return f"{said or 'nothing'} declared; {unreadable} bytes make no sense in it"
    if not claims:
        return "nothing declared; its bytes are valid in it"
    same = {claim.replace("-", "").replace("_", "") for claim in claims} == {name.replace("-", "").replace("_", "")}
    return "as declared" if same else f"{said} declared; its bytes, or what that label really stands for, say so"


def _shortfalls(source: Source, pot: _Pot, now: datetime) -> Iterator[str]:
    """What feed health would report about an answer that could be read."""
    if pot.trouble:
        return
    if pot.shown < source.min_items:
        yield f"{pot.shown} items where at least {source.min_items} are expected: the layout may have changed."
    dates = [item.document.published_at for item in pot.items if item.document.published_at is not None]
    if dates and source.max_age_of_newest is not None and now - max(dates) > source.max_age_of_newest:
        days = (now - max(dates)).days
        allowed = source.max_age_of_newest.days
        yield f"The newest item is {days} days old, and the row allows {allowed}: the source is stale or has moved."


def _robots(source: Source, requests: tuple[Request, ...], *, refused: bool) -> str:
    if not source.robots:
        return "is not heard: the row says that the owner allowed it (robots: no)"
    if refused:
        return "refuses this address"
    if any(request.robots for request in requests):
        return "is heard before this address is asked for"
    return "is heard before pages behind items are read, not for this address"


def _saved(request: Request, page: bytes, now: datetime) -> Fetched:
    """A file as if it had just come from the address."""
    return Fetched(
        request=request,
        final_url=request.url,
        status=200,
        media_type="",
        charset=None,
        body=page,
        complete=True,
        fetched_at=now,
    )
