"""The demo, played once for all tests that look at what it left."""

from __future__ import annotations

import pytest

from bot.demo import show
from bot.demo.outcome import Outcome


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What the demo brought; its page, rules and data stand in one folder."""
    return show.run(tmp_path_factory.mktemp("demo"), say=lambda _title: None)
