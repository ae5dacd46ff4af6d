"""Failures that a loopback server cannot make: names, routes, certificates."""

from __future__ import annotations

import errno
import socket
import ssl
from datetime import timedelta
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest

from bot.deliver._retry import retry_after
from bot.deliver._slack_outcome import of_answer, of_failure
from bot.types.delivery import Outcome


@pytest.mark.parametrize(
    ("failure", "secure", "outcome"),
    [
        (URLError(socket.gaierror(-2, "Name or service not known")), True, Outcome.NOT_SENT),
        (URLError(ConnectionRefusedError(errno.ECONNREFUSED, "refused")), True, Outcome.NOT_SENT),
        (URLError(OSError(errno.ENETUNREACH, "unreachable")), True, Outcome.NOT_SENT),
        (URLError(OSError("Tunnel connection failed: 407 Proxy Authentication Required")), True, Outcome.NOT_SENT),
        (URLError(ssl.SSLCertVerificationError(1, "self-signed certificate")), True, Outcome.NOT_SENT),
        (URLError(TimeoutError("timed out")), True, Outcome.NOT_SENT),
        (URLError(TimeoutError("_ssl.c:989: The handshake operation timed out")), True, Outcome.NOT_SENT),
        (URLError(TimeoutError("The write operation timed out")), True, Outcome.AMBIGUOUS),
        (URLError(TimeoutError("timed out")), False, Outcome.AMBIGUOUS),
        (URLError(ConnectionResetError(errno.ECONNRESET, "reset")), True, Outcome.AMBIGUOUS),
        (URLError(BrokenPipeError(errno.EPIPE, "broken pipe")), True, Outcome.AMBIGUOUS),
        (URLError(ssl.SSLEOFError(8, "EOF occurred in violation of protocol")), True, Outcome.AMBIGUOUS),
        (TimeoutError("The read operation timed out"), True, Outcome.AMBIGUOUS),
        (RemoteDisconnected("Remote end closed connection without response"), True, Outcome.AMBIGUOUS),
        (ConnectionResetError(errno.ECONNRESET, "reset"), True, Outcome.AMBIGUOUS),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), True, Outcome.AMBIGUOUS),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_only_what_never_left_counts_as_not_sent(failure: Exception, secure: bool, outcome: Outcome) -> None:
    assert of_failure(failure, secure=secure).outcome is outcome


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "12"}, timedelta(seconds=12)),
        ({"RETRY-AFTER": " 3 "}, timedelta(seconds=3)),
        ({"Retry-After": "99999999999999999999"}, timedelta(hours=1)),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-4"}, None),
        ({}, None),
    ],
)
def test_the_wait_is_read_and_bounded(headers: dict[str, str], wait: timedelta | None) -> None:
    assert retry_after(headers) == wait


def test_a_limit_without_a_wait_waits_anyway() -> None:
    assert of_answer(429, "", {}).retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("code", "again"), [("invalid_blocks", True), ("msg_blocks_too_long", True), ("is_archived", False)]
)
def test_only_layout_errors_ask_for_the_plain_form(code: str, again: bool) -> None:
    assert of_answer(200, code, {}).layout is again
