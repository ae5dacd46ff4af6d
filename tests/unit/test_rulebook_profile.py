"""A profile narrows what counts to a team's own exposure; texts read the same, and nobody's tests break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import RuleError
from bot.rulebook.load import check, load
from bot.types.levels import Level
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

ROBOTS = FILES["sectors/wind.yml"].replace("id: wind", "id: robots").replace("wind", "robot").replace("ExTurb", "ExRob")
TODAY = date(2026, 11, 21)


def with_profile(folder: Path, profile: str, **more: str) -> Path:
    """The small rule set with a second sector and a profile."""
    return write_rules(folder, {"sectors/robots.yml": ROBOTS, "profile.yml": profile, **more})


def test_without_a_profile_every_sector_counts(tmp_path: Path) -> None:
    made = load(write_rules(tmp_path / "none", {"sectors/robots.yml": ROBOTS}), PLUGINS)
    assert [sector.id for sector in made.sectors] == ["robots", "wind"]
    assert made.uncounted == ()
    empty = load(with_profile(tmp_path / "empty", "kind: profile\n"), PLUGINS)
    assert (empty.sectors, empty.uncounted) == (made.sectors, ())


def test_sectors_that_are_not_named_expose_nobody_but_are_still_read(tmp_path: Path) -> None:
    plain = load(write_rules(tmp_path / "plain", {"sectors/robots.yml": ROBOTS}), PLUGINS)
    made = load(with_profile(tmp_path / "mine", "kind: profile\nsectors: [wind]\n"), PLUGINS)
    assert [sector.id for sector in made.sectors] == ["wind"]
    assert [sector.id for sector in made.uncounted] == ["robots"]
    assert made.lexicon.hash == plain.lexicon.hash
    assert made.hash != plain.hash
    assert made.of_everybody().sectors == plain.sectors


def test_own_goods_and_countries_are_a_sector_of_their_own(tmp_path: Path) -> None:
    text = "kind: profile\ntitle: Our plants\ngoods: {rare-earths: critical}\ncountries: {CN: high}\n"
    made = load(with_profile(tmp_path, text), PLUGINS)
    (own,) = made.sectors
    assert (own.id, own.title, dict(own.countries)) == ("own", "Our plants", {"CN": Level.HIGH})
    assert [(row.goods, row.from_, row.level) for row in own.exposed_to] == [("rare-earths", "*", Level.CRITICAL)]
    assert str(own.exposed_to[0].place) == "profile.yml:3"
    assert [sector.id for sector in made.of_everybody().sectors] == ["robots", "wind"]


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("kind: profile\nsectors: [wnid]\n", "unknown-id", (2, 11)),
        ("kind: profile\ngoods: {rare-earth: high}\n", "unknown-id", (2, 9)),
        ("kind: profile\ncountries: {China: high}\n", "bad-jurisdiction", (2, 13)),
        ("kind: profile\nsector: [wind]\n", "unknown-key", (2, 1)),
    ],
)
def test_a_slip_in_a_profile_has_its_place(text: str, code: str, at: tuple[int, int], tmp_path: Path) -> None:
    errors = [p for p in check(with_profile(tmp_path, text), PLUGINS, today=TODAY) if p.severity == "error"]
    assert [(p.code, (p.line, p.column)) for p in errors] == [(code, at)]


def test_there_is_one_profile_at_most(tmp_path: Path) -> None:
    folder = with_profile(tmp_path, "kind: profile\n", **{"other.yml": "kind: profile\n"})
    with pytest.raises(RuleError, match="kind profile too"):
        load(folder, PLUGINS)


def test_a_route_of_a_sector_that_the_profile_leaves_out_is_never_taken(tmp_path: Path) -> None:
    row = "  - {id: robots, if: {sector: robots, band: alert+}, send: desk}\n"
    routes = FILES["routes.yml"].replace("routes:\n", f"routes:\n{row}")
    folder = with_profile(tmp_path, "kind: profile\nsectors: [wind]\n", **{"routes.yml": routes})
    messages = [p.message for p in check(folder, PLUGINS, today=TODAY) if p.path == "routes.yml"]
    assert any('the profile leaves sector "robots" out' in message for message in messages)
