from __future__ import annotations

import ipaddress

import pytest

from bot.parse.address import is_public

INSIDE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "169.254.169.254",
    "100.64.0.1",
    "192.168.0.1",
    "172.16.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "240.0.0.1",
    "192.88.99.1",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:100.64.0.1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "3fff::1",
    "fec0::1",
    "2606:4700::5efe:7f00:1",
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::200e", "64:ff9b::808:808", "2002:808:808::1"]
NONSENSE = ["", "localhost", "0x7f.1", "2130706433", "127.1", "1.2.3.4.5", "::g", "８.8.8.8x", "1.1.1.1 "]


@pytest.mark.parametrize("ip", INSIDE)
def test_addresses_inside_are_refused(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", OUTSIDE)
def test_addresses_outside_pass(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("text", NONSENSE)
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


def test_the_library_alone_would_leak() -> None:
    """The reason this module exists; when it fails, the library has caught up."""
    leaks = [ip for ip in INSIDE if ipaddress.ip_address(ip.partition("%")[0]).is_global]
    assert len(leaks) > 5
