"""Say which addresses may be dialled: public ones on the web's own ports, and what the operator allows by name."""

from __future__ import annotations

import re

import httpx

from bot.fetch.network import Network
from bot.fetch.stopped import FetchStopped
from bot.parse.address import is_public
from bot.types.source import FetchProblem

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8192  # characters of a URL
_HOST = re.compile(rb"[a-z0-9._-]{1,253}|[0-9a-f:.]+")  # as it is resolved: names beyond ASCII are punycode by then
_MISLEADING = re.compile(r"[\x00-\x20\x7f\\]")  # what parsers read in different ways


class Gate:
    """The rules for one fetch with all its redirects.

    Hosts on the operator's list may be non-public and use any port, but only for a source that itself lives on such a
    host: a stranger's redirect or link must not reach the intranet through an exception made for something else.
    """

    def __init__(
        self, network: Network, allowed: frozenset[tuple[str, int | None]], url: str, *, led_by: str = ""
    ) -> None:
        self._network = network
        self._allowed = allowed
        self._trusted = True
        source = _parsed(led_by or url)
        self._trusted = self._exempt(source.host, _port(source))
        self.first = self.checked(url)

    def checked(self, url: str) -> httpx.URL:
        """A URL that may be asked for.

        Raises:
            FetchStopped: Its scheme, port or form is refused.
        """
        parsed = _parsed(url)
        host, port = parsed.host, _port(parsed)
        if parsed.scheme not in _PORTS or not host:
            raise _refused(f"The address of {host or 'this source'} is no http or https address.")
        if not _HOST.fullmatch(parsed.raw_host):
            raise _refused("The address names a host with characters that no host name has.")
        if parsed.userinfo:
            raise _refused(f"The address on {host} holds a user name; put credentials into the source's headers.")
        if port not in _PORTS.values() and not self._exempt(host, port):
            raise _refused(
                f"Port {port} of {host} is not allowed; add {host}:{port} to fetch.allow_hosts if it is meant."
            )
        return parsed.copy_with(fragment=None)

    def addresses(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        """The addresses that may be dialled for a host; every one of them has been checked.

        Raises:
            FetchStopped: The name does not resolve, or any of its addresses is not public.
        """
        try:
            found = self._network.resolve(host, port, timeout)
        except TimeoutError:
            raise FetchStopped(FetchProblem.DNS, f"The name {host} was not resolved in time.") from None
        except (OSError, UnicodeError):
            raise FetchStopped(
                FetchProblem.DNS, f"The name {host} cannot be resolved; check the address and the network."
            ) from None
        if not self._exempt(host, port):
            for address in found:
                if not is_public(address):
                    raise _refused(
                        f"{host} leads to {address}, which is not on the public Internet; add {host} to "
                        "fetch.allow_hosts if it is meant."
                    )
        return found

    def _exempt(self, host: str, port: int) -> bool:
        name = host.lower().strip("[]")
        return self._trusted and ((name, None) in self._allowed or (name, port) in self._allowed)


def parse_allowed(entries: tuple[str, ...]) -> frozenset[tuple[str, int | None]]:
    """Entries of `allow_hosts` as (host, port); port None stands for all."""
    found: set[tuple[str, int | None]] = set()
    for entry in entries:
        host, colon, port = entry.strip().lower().rpartition(":")
        if colon and port.isdecimal() and (":" not in host or host.startswith("[")):
            found.add((host.strip("[]"), int(port)))
        else:
            found.add((entry.strip().lower().strip("[]"), None))
    return frozenset(found)


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether headers meant for one URL may be sent to another: same scheme, host and port."""
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def is_upgrade(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether another URL is the same host, from http to https on their own ports."""
    return (
        one.host == other.host
        and (one.scheme, _port(one)) == ("http", 80)
        and (other.scheme, _port(other)) == ("https", 443)
    )


def _parsed(url: str) -> httpx.URL:
    if len(url) > _LONGEST or _MISLEADING.search(url):
        raise _refused("The address holds characters that no web address has, or is too long.")
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise _refused("The address is no web address.") from None


def _port(url: httpx.URL) -> int:
    return _PORTS.get(url.scheme, 0) if url.port is None else url.port


def _refused(message: str) -> FetchStopped:
    return FetchStopped(FetchProblem.ADDRESS, message, transient=False)
