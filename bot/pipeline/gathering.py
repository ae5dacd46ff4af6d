"""Ask a source and parse what it answers, in a child process; older pages too, when the last answer may be missed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import WorkerError
from bot.log import get_logger
from bot.parse.identity import Keyed
from bot.pipeline.health import parse_seconds
from bot.pipeline.rig import Rig
from bot.types.document import Gathered
from bot.types.source import Fetched, FetchFailure, NotModified, ParseFailure, Source, SourceState

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


def ask(rig: Rig, source: Source, state: SourceState, now: datetime) -> Answer:
    """Make all requests of a poll; the first failure ends it. Nothing modified at all gives an empty answer."""
    fetched: list[Fetched] = []
    for request in rig.kinds[source.kind].requests(source, state, now=now):
        answer = rig.fetcher.fetch(request, now=rig.clock.now())
        if isinstance(answer, FetchFailure):
            return Answer(problem=answer)
        if not isinstance(answer, NotModified):
            fetched.append(answer)
    return Answer(fetched=tuple(fetched))


def gather(rig: Rig, source: Source, state: SourceState, answer: Answer, memory: str) -> Gathered | Refusal:
    """The documents of all answers, or why there are none."""
    found = Gathered(documents=())
    for fetched in answer.fetched:
        part = _parse(rig, source, state, fetched, memory)
        if isinstance(part, Refusal):
            return part
        found = Gathered(
            documents=(*found.documents, *part.documents),
            salvage=tuple(dict.fromkeys((*found.salvage, *part.salvage))),
            dropped=found.dropped + part.dropped,
            memory=part.memory if part.memory is not None else found.memory,
            generator=found.generator or part.generator,
        )
    if len(found.documents) < source.min_items:
        few = f"Only {len(found.documents)} items where at least {source.min_items} are usual: the layout changed."
        return Refusal(message=few)
    if not found.documents and state.items_seen >= MANY:
        return Refusal(message=f"No items where there were {state.items_seen}: an error page, or the layout changed.")
    return found


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
        part = parsers.call(rig.harvester, source, fetched, memory, deadline=parse_seconds(state))
    except WorkerError as error:
        message = f"The parser had to be stopped ({error.reason}): {error}"
        return Refusal(message=message, stopped=error.reason in _STOPPED)
    return Refusal(message=part.message) if isinstance(part, ParseFailure) else part
