"""Why a fetch was stopped, as an exception inside `fetch`; outside it is a `FetchFailure`."""

from __future__ import annotations

from datetime import timedelta

from bot.types.source import FetchProblem


class FetchStopped(Exception):  # noqa: N818 - stopping is what the guards do; no error of the program
    """A fetch that will bring no body.

    Attributes:
        problem: Its class.
        message: One sentence for people; names the host, never a query, which may hold a key.
        transient: True when trying again later makes sense.
    """

    def __init__(
        self,
        problem: FetchProblem,
        message: str,
        *,
        transient: bool = True,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.problem = problem
        self.message = message
        self.transient = transient
        self.status = status
        self.retry_after = retry_after
