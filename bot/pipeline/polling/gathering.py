"""Ask a source and parse what it answers, in a child process; older pages too, when the last answer may be missed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import WorkerError
from bot.log import get_logger
from bot.parse.identity import Keyed
from bot.pipeline.polling.health import parse_seconds
from bot.pipeline.rig import Rig
from bot.types.document import Gathered
from bot.types.source import Fetched, FetchFailure, NotModified, ParseFailure, Request, Source, SourceState

MANY = 5  # items from which on an empty answer, or one without a single known item, is suspicious
OLDER_PAGES = 5  # that are asked for when every item of an answer is new
_STOPPED = ("deadline", "memory", "died")  # how a parser ends that an answer was too much for

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answers to all requests of a poll, taken together."""

    fetched: tuple[Fetched, ...] = ()
    problem: FetchFailure | None = None

    @property
    def body_hash(self) -> str:
        """Equal for equal bodies."""
        whole = hashlib.sha256()
        for answer in self.fetched:
            whole.update(len(answer.body).to_bytes(8, "big") + answer.body)
        return whole.hexdigest()

    @property
    def complete(self) -> bool:
        """False when any was cut off."""
        return all(answer.complete for answer in self.fetched)

    @property
    def size(self) -> int:
        """Bytes of all bodies."""
        return sum(len(answer.body) for answer in self.fetched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an answer gave no documents."""

    message: str  # one sentence for people
    stopped: bool = False  # the parser had to be stopped
    memory: str | None = None  # what the kind wants to be given with the next answer all the same


def read(rig: Rig, source: Source, state: SourceState, now: datetime) -> tuple[Answer, Gathered | Refusal | None]:
    """The answer of a source and what it holds: None when the request failed or there is nothing new to read."""
    answer = _ask(rig, rig.kinds[source.kind].requests(source, state, now=now))
    rig.passes("collect.fetched")
    if not answer.fetched or (answer.complete and answer.body_hash == state.body_hash):
        return answer, None
    with rig.database.transaction() as tx:
        memory = tx.sources.memory(source.id)
    found = _gather(rig, source, state, answer, memory)
    if isinstance(found, Gathered) and found.more:
        parts = _ask(rig, found.more)
        if parts.problem is not None:
            return parts, None
        # Hash and validators of the first answer alone would hide that a part has changed.
        answer = Answer(fetched=(*answer.fetched, *parts.fetched))
        found = _gather(rig, source, state, parts, memory, before=found)
    if isinstance(found, Gathered) and not found.unchanged and (few := _why_too_few(source, state, found)):
        return answer, Refusal(message=few)
    return answer, found


def _ask(rig: Rig, requests: Iterable[Request]) -> Answer:
    """Make all requests of a poll; the first failure ends it. Nothing modified at all gives an empty answer."""
    fetched: list[Fetched] = []
    for request in requests:
        answer = rig.fetcher.fetch(request, now=rig.clock.now())
        if isinstance(answer, FetchFailure):
            if request.optional and answer.not_there:
                continue
            return Answer(problem=answer)
        if not isinstance(answer, NotModified):
            fetched.append(answer)
    return Answer(fetched=tuple(fetched))


def _gather(
    rig: Rig, source: Source, state: SourceState, answer: Answer, memory: str, *, before: Gathered | None = None
) -> Gathered | Refusal:
    """The documents of all answers, or why there are none."""
    found = before or Gathered(documents=())
    for fetched in answer.fetched:
        part = _parse(rig, source, state, fetched, memory)
        if isinstance(part, Refusal) and fetched.request.optional and not part.stopped:
            found = replace(found, salvage=(*found.salvage, f"{fetched.request.url}: {part.message}"))
            continue
        if isinstance(part, Refusal):
            return part
        found = Gathered(
            documents=(*found.documents, *part.documents),
            salvage=tuple(dict.fromkeys((*found.salvage, *part.salvage))),
            dropped=found.dropped + part.dropped,
            memory=part.memory if part.memory is not None else found.memory,
            more=(*found.more, *part.more),
            shown=None if part.shown is None and found.shown is None else found.count + part.count,
            unchanged=part.unchanged,
            generator=found.generator or part.generator,
        )
    return found


def _why_too_few(source: Source, state: SourceState, found: Gathered) -> str:
    """One sentence when an answer shows fewer entries than it should, else ""."""
    if found.count < source.min_items:
        return f"Only {found.count} items where at least {source.min_items} are usual: the layout changed."
    if not found.count and state.items_seen >= MANY:
        return f"No items where there were {state.items_seen}: an error page, or the layout changed."
    return ""


def gather_older(
    rig: Rig, source: Source, state: SourceState, is_known: Callable[[Gathered], bool], *, room: int, now: datetime
) -> tuple[tuple[Keyed, ...], tuple[Fetched, ...]]:
    """The documents of older pages, up to the first with a known item, and the answers that held them.

    A page that cannot be had ends the search and is no failure of the source: its newest page was good.

    Args:
        rig: For kinds, fetcher and parsers.
        source: Every item of its last answer is new.
        state: What is remembered of it.
        is_known: Whether a page holds anything that was there before.
        room: Documents at most; a page that holds more is left out, with all before it.
        now: The moment of the poll.
    """
    found: list[Keyed] = []
    answers: list[Fetched] = []
    for page in range(2, OLDER_PAGES + 2):
        request = None if rig.pause(0) or room <= 0 else rig.kinds[source.kind].older(source, page, now=now)
        if request is None:
            break
        answer = rig.fetcher.fetch(request, now=rig.clock.now())
        part = _parse(rig, source, state, answer, "") if isinstance(answer, Fetched) else None
        if not isinstance(part, Gathered) or not isinstance(answer, Fetched):
            log.warning("an older page could not be had", source=source.id, url=request.url)
            break
        room -= len(part.documents)
        if room < 0:
            break
        found += part.documents
        answers.append(answer)
        if not part.documents or is_known(part):
            break
    return tuple(found), tuple(answers)


def _parse(rig: Rig, source: Source, state: SourceState, fetched: Fetched, memory: str) -> Gathered | Refusal:
    """One answer, parsed where it can be stopped; that of a source in quarantine where it keeps nobody waiting."""
    parsers = rig.ward if state.stops else rig.parsers
    try:
        part: Gathered | ParseFailure = parsers.call(
            rig.harvester, source, fetched, memory, deadline=parse_seconds(state)
        )
    except WorkerError as error:
        message = f"The parser had to be stopped ({error.reason}): {error}"
        return Refusal(message=message, stopped=error.reason in _STOPPED)
    if isinstance(part, ParseFailure):
        return Refusal(message=part.message, memory=part.memory if fetched.complete else None)
    return part
