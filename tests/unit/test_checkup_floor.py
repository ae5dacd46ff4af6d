"""Doctor names libraries that are too old to read what strangers send, and what to do about them."""

from __future__ import annotations

import pytest

from bot.checkup import FLOOR, floor, installed_libraries

NEW = {"expat": "2.7.2", "lxml": "6.1.0", "OpenSSL": "3.0.19"}


def test_new_enough() -> None:
    assert floor(NEW).level == "ok"
    assert floor({"expat": "2.10.0", "lxml": "6.10", "OpenSSL": "4.0.0"}).level == "ok"


@pytest.mark.parametrize(
    ("name", "found", "remedy"),
    [
        ("expat", "2.5.0", "Docker image"),
        ("expat", "2.7.1", "Docker image"),
        ("lxml", "6.0.2", "pip install --upgrade lxml"),
        ("lxml", "5.10.0", "pip install --upgrade lxml"),
        ("OpenSSL", "1.1.1", "newer build of Python"),
    ],
)
def test_too_old(name: str, found: str, remedy: str) -> None:
    finding = floor(NEW | {name: found})
    assert finding.level == "hint"
    assert f"{name} {found}" in finding.text
    assert remedy in finding.text


def test_all_that_is_too_old_is_one_finding() -> None:
    text = floor({"expat": "2.5.0", "lxml": "5.0", "OpenSSL": "1.0.2"}).text
    assert all(name in text for name in FLOOR)


def test_what_is_installed_has_versions() -> None:
    assert installed_libraries().keys() == FLOOR.keys()
    assert floor(installed_libraries()).text
