"""What a demo brought, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.demo.newsroom import Posted
from bot.pipeline import Explanation
from bot.types.delivery import Alert
from bot.types.digest import DigestContent
from bot.types.ids import AlertId
from bot.types.source import Source, SourceState
from bot.types.story import Assessment, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the demo shows at its end."""

    at: datetime  # when the demo ended, by its clock
    documents: int
    languages: tuple[str, ...]
    alerts: tuple[Alert, ...]
    explained: Mapping[AlertId, Explanation]  # what `monazite why` knows of each alert
    posts: tuple[Posted, ...]
    sources: tuple[tuple[Source, SourceState], ...]
    requests: tuple[tuple[str, int], ...]  # path and status, in order
    near_miss: tuple[Story, Assessment] | None
    digest: DigestContent
    page: Path
    rules: Path
