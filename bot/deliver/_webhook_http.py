"""One POST to a checked address: no redirects, no proxies, the connection goes to the address that was checked.

A name is resolved once and every address it leads to is judged; the connection is then made to that address, so that a
second answer of the name server cannot lead it elsewhere.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from bot.deliver._retry import retry_after
from bot.parse.address import is_public
from bot.types.delivery import Delivery, Outcome, Receipt

Resolve = Callable[[str, int], Sequence[str]]


class RefusedAddressError(Exception):
    """The address must not be called; the text says why and what to do."""


class UnreachableError(Exception):
    """No byte of the request left the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A URL taken apart."""

    secure: bool
    host: str
    port: int
    path: str  # with query

    @property
    def name(self) -> str:
        """Host and port, as `fetch.allow_hosts` may write them."""
        return f"{self.host}:{self.port}"

    @property
    def authority(self) -> str:
        """Value of the Host header: the port is named when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def endpoint(url: str) -> Endpoint:
    """Take a URL apart.

    Raises:
        ValueError: One sentence, when it is no plain http(s) URL.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        # The path may be all that a receiver asks for: it is as good as a password and stays out of messages.
        raise ValueError("a webhook's address cannot be read; write one like https://host/path") from None
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or any(c <= " " for c in url):
        raise ValueError("a webhook's address is no web address; write one like https://host/path, in ASCII")
    if parts.username is not None or parts.fragment:
        raise ValueError("a webhook's address holds no password and no fragment; bodies are signed instead")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(secure=secure, host=host, port=port or (443 if secure else 80), path=path)


def look_up(host: str, port: int) -> Sequence[str]:
    """All addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def checked_address(to: Endpoint, allow_hosts: Collection[str], resolve: Resolve = look_up) -> str:
    """The address to connect to.

    Raises:
        RefusedAddressError: It leads inside, or is not encrypted, and is not allowed by name.
        UnreachableError: The name has no address.
    """
    allowed = to.host in allow_hosts or to.name in allow_hosts
    if not to.secure and not allowed:
        raise RefusedAddressError(f"{to.host} is not called without encryption; use https, or add it to allow_hosts")
    try:
        addresses = resolve(to.host, to.port)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"the name {to.host} does not resolve ({type(error).__name__})") from error
    if not addresses:
        raise UnreachableError(f"the name {to.host} has no address")
    inside = [ip for ip in addresses if not is_public(ip)]
    if inside and not allowed:
        raise RefusedAddressError(f"{to.host} leads to {inside[0]}, which is not public; add {to.name} to allow_hosts")
    return addresses[0]


def post(
    to: Endpoint, address: str, body: bytes, headers: Mapping[str, str], timeout: float
) -> tuple[int, Mapping[str, str]]:
    """Make the request.

    Returns:
        Status and headers of the answer; its body is not read.

    Raises:
        UnreachableError: Nothing was sent.
        OSError, http.client.HTTPException: The request was sent, at least in part, and its answer was lost.
    """
    connection = http.client.HTTPConnection(to.host, to.port, timeout=timeout)
    try:
        connection.sock = _dialled(to, address, timeout)
        connection.request("POST", to.path, body=body, headers={"Host": to.authority, **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers.items())
    finally:
        connection.close()


def _dialled(to: Endpoint, address: str, timeout: float) -> socket.socket:
    try:
        raw = socket.create_connection((address, to.port), timeout=timeout)
    except OSError as error:
        raise UnreachableError(f"{to.name} could not be reached ({type(error).__name__})") from error
    if not to.secure:
        return raw
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=to.host)
    except OSError as error:
        raw.close()
        raise UnreachableError(f"no secure connection to {to.name} ({type(error).__name__})") from error


def handed_over(
    call: Callable[[], tuple[int, Mapping[str, str]]],
    delivery: Delivery,
    *,
    who: str,
    patience: timedelta,
    refused: Callable[[int], Receipt],
) -> Receipt:
    """Make a call and say what became of the message.

    Args:
        call: Posts once; gives status and headers.
        delivery: What is handed over; its id stands for it where the service gives none.
        who: The service, for people.
        patience: Wait when the service asks to come back and names no time.
        refused: Says what a status means that is neither success nor trouble.
    """
    try:
        status, headers = call()
    except (ValueError, RefusedAddressError) as error:
        return Receipt(outcome=Outcome.REJECTED, detail=str(error))
    except UnreachableError as error:
        return Receipt(outcome=Outcome.NOT_SENT, detail=str(error))
    except (OSError, http.client.HTTPException) as error:
        return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the answer of {who} was lost ({type(error).__name__})")
    if 200 <= status < 300:
        return Receipt(outcome=Outcome.SENT, detail=f"HTTP {status}", provider_id=delivery.id)
    wait = retry_after(headers)
    if status in (408, 425, 429) or (status == 503 and wait):
        detail = f"{who} asks to come back later (HTTP {status})"
        return Receipt(outcome=Outcome.NOT_SENT, detail=detail, retry_after=wait or patience)
    if status >= 500:
        return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"{who} had trouble of its own (HTTP {status})")
    return refused(status)
