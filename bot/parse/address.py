"""Say whether an IP address lies on the public Internet, also when it wraps another one.

Used at dial time on every resolved address, by `fetch` and by the webhook channel: a name in a feed or in routes.yml
must not lead to the cloud's metadata service or into the intranet. `ipaddress.is_global` alone is not enough: it lets
NAT64, 6to4, Teredo and ISATAP forms of private IPv4 addresses through. Ranges after the IANA special-purpose
registries for IPv4 and IPv6 addresses.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_REFUSED_V4 = tuple(
    ip_network(text)
    for text in (
        "100.64.0.0/10",  # carrier-grade NAT
        "192.88.99.0/24",  # retired 6to4 relays
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_REFUSED_V6 = tuple(
    ip_network(text)
    for text in (
        "::/96",  # IPv4-compatible, retired
        "64:ff9b:1::/48",  # local-use NAT64
        "3fff::/20",  # documentation
        "fec0::/10",  # site-local, retired
        "ff00::/8",  # multicast
    )
)
_NAT64 = ip_network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # bits 32..63 of an ISATAP address; the IPv4 address follows


def is_public(ip: str) -> bool:
    """True when a connection to this address stays on the public Internet.

    Args:
        ip: An address as `socket.getaddrinfo` gives it; a zone ("%eth0") is ignored. Anything that is no address is
            not public.
    """
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _public_v4(address)
    return _public_v6(address)


def _public_v4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _REFUSED_V4)


def _public_v6(address: IPv6Address) -> bool:
    translated = address in _NAT64
    if not address.is_global or (address.is_reserved and not translated):
        return False
    if any(address in network for network in _REFUSED_V6):
        return False
    return all(_public_v4(inner) for inner in _wrapped(address, translated=translated))


def _wrapped(address: IPv6Address, *, translated: bool) -> list[IPv4Address]:
    """The IPv4 addresses that packets to this IPv6 address may end at."""
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    found = [a for a in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if a is not None]
    if translated or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        found.append(low)
    return found
