"""What a look at a source needs of the outside: a door to the web, child processes, a clock and the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.types.ids import SourceId
from bot.types.ports import Clock, Fetcher, SourceKind
from bot.types.source import Fetched, FetchFailure, FetchProblem, NotModified, Request

NEW = SourceId("new")  # the id of what has none yet


class Parsers(Protocol):
    """Child processes that can be killed."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        """Run `module:function` in a child.

        Raises:
            WorkerError: The child died, or ran out of seconds or memory.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The ports, filled by app or by a test."""

    fetcher: Fetcher
    parsers: Parsers
    clock: Clock
    kinds: Mapping[str, SourceKind]

    def get(self, request: Request) -> Fetched | FetchFailure:
        """One answer; nothing is sent that could be answered with "not modified"."""
        answer = self.fetcher.fetch(request, now=self.clock.now())
        if isinstance(answer, NotModified):
            problem, message = FetchProblem.STATUS, "The server says that nothing changed, although it was not asked."
            return FetchFailure(
                request=request, problem=problem, message=message, transient=True, fetched_at=answer.fetched_at
            )
        return answer
