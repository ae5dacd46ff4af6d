"""Who registered a name."""

from __future__ import annotations

import pytest

from bot.parse.domain import domain_of, registrable


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("exportcontrol.mofcom.gov.cn", "mofcom.gov.cn"),
        ("www.meti.go.jp", "meti.go.jp"),
        ("EUR-Lex.europa.eu.", "europa.eu"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("someone.github.io", "someone.github.io"),
        ("www.someone.github.io", "someone.github.io"),
        ("github.io", "github.io"),
        ("www.gov.uk", "gov.uk"),
        ("search.www.gov.cn", "gov.cn"),
        ("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("host.unheard-of", "host.unheard-of"),
        ("10.0.0.1", "10.0.0.1"),
        ("::1", "::1"),
        ("intranet", "intranet"),
        ("", ""),
        ("a..b", "a..b"),
    ],
)
def test_the_registrable_part_of_a_host(host: str, domain: str) -> None:
    assert registrable(host) == domain
    assert registrable(registrable(host)) == domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://user:pw@www.mofcom.gov.cn:8443/a?b=https://evil.example", "mofcom.gov.cn"),
        ("https://mofcom.gov.cn.evil.example/", "evil.example"),
        ("/relative", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_the_domain_of_an_address(url: str, domain: str) -> None:
    assert domain_of(url) == domain
