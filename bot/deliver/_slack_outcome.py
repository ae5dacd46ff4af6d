"""What an answer or a failure of Slack says about a post: sent, not sent, rejected, or nobody knows.

The classes decide what happens next: not sent is tried again, rejected is not, and ambiguous is looked up first, since
a blind second try is how channels get the same alert twice. Error codes:
https://docs.slack.dev/reference/methods/chat.postMessage.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping
from datetime import timedelta
from urllib.error import URLError

from bot.deliver._retry import retry_after
from bot.types.delivery import Outcome, Receipt

LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
# Slack says of these that a part of the operation may have succeeded.
UNSURE = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
LATER = {"team_added_to_org"}  # the workspace is being moved; over by itself
# The blocks are at fault, not the channel: the plain form may pass.
LAYOUT = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_metadata_format"}
ADVICE: Mapping[str, str] = {
    "channel_not_found": "there is no such channel, or it is private and the bot was not invited",
    "not_in_channel": "invite the bot to the channel",
    "is_archived": "the channel is archived; name another one in routes.yml",
    "invalid_auth": "the token is not valid; set SLACK_BOT_TOKEN anew",
    "not_authed": "the token is not valid; set SLACK_BOT_TOKEN anew",
    "token_revoked": "the token was revoked; install the app again and set SLACK_BOT_TOKEN",
    "token_expired": "the token has expired; install the app again and set SLACK_BOT_TOKEN",
    "account_inactive": "the bot's account was switched off; install the app again",
    "missing_scope": "the app lacks a right; compare its scopes with deploy/slack/manifest.yml and install it again",
    "restricted_action": "a workspace setting keeps the bot from posting there",
    "msg_too_long": "the message is too long",
    "message_not_found": "the message to edit was deleted",
    "cant_update_message": "the message to edit belongs to somebody else",
    "edit_window_closed": "the workspace does not allow edits any more",
    "thread_not_found": "the message to answer was deleted",
}
DEFAULT_WAIT = timedelta(seconds=30)
OUTAGE_WAIT = timedelta(minutes=10)
_NEVER_LEFT = {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN}

_PLAINLY: Mapping[type[Exception], str] = {
    socket.gaierror: "its name was not found: no network, no DNS, or a wrong slack.base_url",
    ConnectionRefusedError: "connection refused",
    TimeoutError: "no answer in time",
}


def of_answer(status: int, error: str, headers: Mapping[str, str]) -> Receipt:
    """Receipt for an answer that is no success.

    Args:
        status: HTTP status.
        error: Slack's error code, or "" when the body was no answer of Slack's.
        headers: Of the answer; names in any case.
    """
    if status == 429 or error in LIMITED:
        return Receipt(
            outcome=Outcome.NOT_SENT, detail="Slack asks to slow down", retry_after=retry_after(headers) or DEFAULT_WAIT
        )
    if status >= 500 or error in UNSURE:
        return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"Slack had trouble of its own ({error or status})")
    if error in LATER:
        return Receipt(outcome=Outcome.NOT_SENT, detail=f"Slack refuses for now ({error})", retry_after=OUTAGE_WAIT)
    if error:
        return Receipt(outcome=Outcome.REJECTED, detail=_advice(error), layout=error in LAYOUT)
    if status >= 400:  # a gateway or proxy spoke, Slack never saw the message
        detail = f"something before Slack answered HTTP {status}; check slack.base_url and the proxy"
        return Receipt(outcome=Outcome.NOT_SENT, detail=detail, retry_after=OUTAGE_WAIT)
    return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the answer was not Slack's (HTTP {status})")


def of_failure(failure: Exception, *, secure: bool) -> Receipt:
    """Receipt for a call that brought no answer.

    Args:
        failure: What urllib raised.
        secure: True for https; then a plain time-out can only be one of connecting.
    """
    reason = failure.reason if isinstance(failure, URLError) else None
    cause = reason if isinstance(reason, Exception) else failure
    kind = next((words for known, words in _PLAINLY.items() if isinstance(cause, known)), type(cause).__name__)
    if reason is not None and _before_request(reason, secure=secure):
        return Receipt(outcome=Outcome.NOT_SENT, detail=f"Slack could not be reached ({kind})")
    return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the answer of Slack was lost ({kind})")


def _advice(error: str) -> str:
    return f"Slack refused: {error}" + (f"; {ADVICE[error]}" if error in ADVICE else "")


def _before_request(reason: object, *, secure: bool) -> bool:
    """True when the failure lies before the first byte of the request: name, connection, proxy tunnel, TLS."""
    if isinstance(reason, socket.gaierror):
        return True
    if isinstance(reason, ssl.SSLError):  # a handshake that failed, unless the line broke
        return not isinstance(reason, (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError))
    if isinstance(reason, TimeoutError):
        # Over TLS a time-out while sending says so ("The write operation timed out"); over plain TCP it does not.
        return secure and "write operation" not in str(reason)
    if isinstance(reason, OSError):
        return reason.errno in _NEVER_LEFT or "Tunnel connection failed" in str(reason)
    return False
