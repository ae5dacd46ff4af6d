"""Logs never carry a credential or a control character."""

from __future__ import annotations

import io
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import log


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123456-abcDEF",
        "xapp-1-A-2-b",
        "https://hooks.slack.com/services/T0/B0/abcdef",
        "smtp://user:hunter2@mail.example",
        "postgresql://bot:hunter2@db.example/monazite",
    ],
)
def test_credentials_are_blanked(secret: str) -> None:
    event = log.redact(None, "info", {"event": f"failed at {secret}", "detail": {"url": [secret]}})
    text = json.dumps(event)
    for part in ("hunter2", "123456", "xapp-1", "abcdef"):
        assert part not in text


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    event = log.redact(None, "info", {"event": text})
    assert not any(ord(c) < 9 or 11 <= ord(c) < 32 or 127 <= ord(c) < 160 for c in event["event"])


def test_json_lines_carry_both_kinds_of_loggers() -> None:
    out = io.StringIO()
    log.configure(form="json", level="info", stream=out)
    try:
        log.get_logger("test").info("polled", source="cn-mofcom-gg", token="xoxb-1-2")
        logging.getLogger("library").warning("from a library: %s", "xoxb-3-4")
    finally:
        logging.getLogger().handlers = []
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first["source"] == "cn-mofcom-gg"
    assert first["token"] == "***"
    assert second["event"] == "from a library: ***"
