"""The part of a host name that somebody had to register, by the public suffix list."""

from __future__ import annotations

import functools
import ipaddress
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


def registrable(host: str) -> str:
    """The registrable domain of a host: "mofcom.gov.cn" of "exportcontrol.mofcom.gov.cn"; "www." never counts.

    Parts of a service whose customers do not trust each other ("someone.github.io") count as registered. An address
    in digits, a name without a dot and a public suffix stand for themselves; "" for nothing.
    """
    name = host.strip().rstrip(".").lower().removeprefix("www.")
    if not name or "." not in name or _is_address(name):
        return name
    return (_suffixes().privatesuffix(name) or name).removeprefix("www.")  # sousuo.www.gov.cn is of gov.cn


def domain_of(url: str) -> str:
    """The registrable domain of an address; "" when it has no host."""
    try:
        return registrable(urlsplit(url).hostname or "")
    except ValueError:  # a feed may deliver anything as an address
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@functools.cache
def _suffixes() -> PublicSuffixList:
    """The list that the library carries; nothing is fetched."""
    return PublicSuffixList()
