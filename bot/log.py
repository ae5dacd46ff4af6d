"""Structured logs on stderr: readable on a terminal, JSON for machines, and never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

import structlog

from bot.types.secret import Secret

# What tokens and credentials look like, wherever they turn up: Slack tokens and webhook addresses, user names and
# passwords in addresses, parameters that carry a key, and what stands behind "Bearer" and "password=".
_SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"
    r"|(?<=hooks\.slack\.com/)[^\s\"']+|(?<=webhook\.office\.com/)[^\s\"']+"
    r"|(?<=://)[^\s/?#\"'<>]+(?=@)"
    r"|(?<=[?&])(?:access_token|token|api_?key|key|sig|signature|secret|password|pwd)=[^&\s\"']+"
    r"|\bauthorization\W{1,4}(?:\w+\s+)?\S+|\bbearer\s+(?=\S*\d)[\w.~+/=-]{8,}|\bpassword\s*=\s*[^\s&\"']+",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SHORTEST = 6  # characters of a value that is blanked wherever it stands; shorter ones would blank words
_BLANK = "***"

Event = MutableMapping[str, Any]
Processor = Callable[[Any, str, Event], Event]


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for one module; `name` becomes the key `module`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(module=name)
    return logger


def configure(*, form: str, level: str, stream: TextIO | None = None, secrets: Iterable[Secret] = ()) -> None:
    """Set up logging for the whole process; called by commands, never at import.

    Args:
        form: "console", "json", or "auto" (console on a terminal, else JSON).
        level: "debug", "info", "warning" or "error".
        stream: Where lines go; stderr unless given.
        secrets: Values that are blanked whatever they look like, with the passwords of addresses among them.
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
        redactor(secrets),
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
    return _redacted(event, _SECRETS.sub)


def redactor(secrets: Iterable[Secret]) -> Processor:
    """The same, which also knows the values themselves."""
    values = {form for secret in secrets for form in _forms(secret.reveal()) if len(form) >= _SHORTEST}
    if not values:
        return redact
    known = re.compile("|".join(re.escape(value) for value in sorted(values, key=len, reverse=True)))

    def blank(by: str, text: str) -> str:
        return _SECRETS.sub(by, known.sub(by, text))

    def processor(_logger: Any, _method: str, event: Event) -> Event:
        return _redacted(event, blank)

    return processor


def _forms(value: str) -> Iterator[str]:
    """A secret, and the password of an address as it is written and as it is sent."""
    yield value
    with suppress(ValueError):
        password = urlsplit(value).password or ""
        yield password
        yield unquote(password)


def _redacted(event: Event, blank: Callable[[str, str], str]) -> Event:
    for key, value in event.items():
        if not key.startswith("_"):  # what the logging library hands on to its own formatter
            event[key] = _clean(value, blank)
    return event


def _clean(value: Any, blank: Callable[[str, str], str]) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {_clean(k, blank): _clean(v, blank) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(v, blank) for v in value]
    # Anything else would be written out behind our back.
    text = repr(value) if isinstance(value, BaseException) else str(value)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", blank(_BLANK, text))


def _drop_meta(_logger: Any, _method: str, event: Event) -> Event:
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    return event
