from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given

from bot.deliver._webhook_body import SCHEMA, alert_body, notice_body
from bot.deliver._webhook_http import (
    RefusedAddressError,
    UnreachableError,
    checked_address,
    endpoint,
)
from bot.types.delivery import Alert
from tests.fakes.alerts import ALERTS, CHINA_JAPAN
from tests.fakes.hostile import alerts


def validated(body: str) -> dict[str, object]:
    data = json.loads(body)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", ALERTS)
@pytest.mark.parametrize("kind", ["alert", "change"])
def test_bodies_keep_their_schema(name: str, kind: str) -> None:
    assert validated(alert_body(ALERTS[name], kind))["type"] == kind


@given(alerts())
def test_any_alert_keeps_the_schema_in_ascii(alert: Alert) -> None:
    body = alert_body(alert, "alert")
    assert body.isascii()
    validated(body)


def test_notices_keep_the_schema() -> None:
    assert validated(notice_body("Feed down", ["ministry: 503"]))["lines"] == ["ministry: 503"]


@pytest.mark.parametrize("missing", ["schema", "type", "alert"])
def test_the_schema_refuses_half_a_body(missing: str) -> None:
    data = json.loads(alert_body(CHINA_JAPAN, "alert"))
    del data[missing]
    with pytest.raises(jsonschema.ValidationError):
        validated(json.dumps(data))


def test_sectors_carry_their_names() -> None:
    data = json.loads(alert_body(CHINA_JAPAN, "alert"))
    assert data["alert"]["sectors"][2]["names"]["nl"] == "Windturbines"
    assert "sector_names" not in data["alert"]


@pytest.mark.parametrize(
    "url",
    ["", "hooks.example", "ftp://x/", "https://", "https://u:p@x.example/", "https://x.example/#a", "https://x.example:p/",
     "https://x.example/a b", "https://例え.jp/", "https://x.example/\r\nHost: y"],
)  # fmt: skip
def test_only_plain_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|webhook"):
        endpoint(url)


def test_an_endpoint_is_taken_apart() -> None:
    to = endpoint("https://Hooks.Example/a/b?team=desk")
    assert (to.secure, to.host, to.port, to.path) == (True, "hooks.example", 443, "/a/b?team=desk")
    assert to.authority == "hooks.example"
    assert endpoint("http://[::1]:8080").authority == "[::1]:8080"


def test_names_are_resolved_once_and_judged_whole() -> None:
    to = endpoint("https://hooks.example/")
    calls = []

    def resolve(host: str, port: int) -> list[str]:
        calls.append((host, port))
        return ["8.8.8.8", "2606:4700:4700::1111"]

    assert checked_address(to, (), resolve) == "8.8.8.8"
    assert calls == [("hooks.example", 443)]
    with pytest.raises(RefusedAddressError):
        checked_address(to, (), lambda host, port: ["8.8.8.8", "10.0.0.1"])
    assert checked_address(to, ("hooks.example:443",), lambda host, port: ["10.0.0.1"]) == "10.0.0.1"
    assert checked_address(to, ("hooks.example",), lambda host, port: ["10.0.0.1"]) == "10.0.0.1"
    with pytest.raises(RefusedAddressError):
        checked_address(to, ("hooks.example:8443",), lambda host, port: ["10.0.0.1"])


def test_a_name_without_address_is_not_reached() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    to = endpoint("https://hooks.example/")
    with pytest.raises(UnreachableError, match="does not resolve"):
        checked_address(to, (), fails)
    with pytest.raises(UnreachableError, match="no address"):
        checked_address(to, (), lambda host, port: [])
