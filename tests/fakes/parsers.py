"""Child processes that are none: calls run where they are made, for tests of what the calls do."""

from __future__ import annotations

import importlib
from typing import Any

from bot.errors import WorkerError


class InProcess:
    """Answers like a pool of children, without their deadline and memory limit."""

    def __init__(self) -> None:
        self.calls: list[str] = []  # targets, in order

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        self.calls.append(target)
        module, _, name = target.partition(":")
        return getattr(importlib.import_module(module), name)(*args)


class Broken:
    """Children that all run late."""

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        raise WorkerError(f"The child took more than {deadline:g} seconds.", reason="deadline")
