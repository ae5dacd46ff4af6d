"""Structured logs on stderr: readable on a terminal, JSON for machines, and never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

# What tokens and credentials look like, wherever they turn up: Slack tokens and webhook URLs, userinfo in URLs.
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=hooks\.slack\.com/)[^\s\"']+|(?<=://)[^\s/@\"']+:[^\s/@\"']+(?=@)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")

Event = MutableMapping[str, Any]


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for one module; `name` becomes the key `module`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(module=name)
    return logger


def configure(*, form: str, level: str, stream: TextIO | None = None) -> None:
    """Set up logging for the whole process; called by commands, never at import.

    Args:
        form: "console", "json", or "auto" (console on a terminal, else JSON).
        level: "debug", "info", "warning" or "error".
        stream: Where lines go; stderr unless given.
    """
    out = stream or sys.stderr
    if form == "auto":
        form = "console" if out.isatty() else "json"
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=out.isatty())
        if form == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[_drop_meta, renderer], foreign_pre_chain=shared)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.getLevelName(level.upper()), logging.WARNING))


def redact(_logger: Any, _method: str, event: Event) -> Event:
    """Blank what looks like a credential and strip control characters, in every value of a log line."""
    for key, value in event.items():
        event[key] = _clean(value)
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _SECRETS.sub("***", value))
    if isinstance(value, Mapping):
        return {k: _clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(v) for v in value]
    return value


def _drop_meta(_logger: Any, _method: str, event: Event) -> Event:
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    return event
