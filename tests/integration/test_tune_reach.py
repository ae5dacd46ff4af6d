"""What the archive never needed: words, rules, sectors and mutes, and nothing that it did need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.storage import Database
from bot.tune.archive.reach import Reach, reach
from bot.types.ids import ConceptId
from bot.types.levels import Status
from bot.types.rules import RouteIf, Rulebook, Silence
from tests.fakes.archives import SPAN, Archive, archive, book
from tests.fakes.clock import FakeClock
from tests.fakes.records import NOWHERE


@pytest.fixture
def rules(tmp_path: Path) -> Rulebook:
    return book(tmp_path / "rules")


@pytest.fixture
def kept(database: Database, clock: FakeClock, rules: Rulebook) -> Archive:
    made = archive(database, clock, rules)
    made.tell("ban", "China imposes an export ban on rare earths.")
    made.tell("park", "A wind park opens in the north.")
    return made


def reached(kept: Archive, rules: Rulebook) -> Reach:
    with kept.bench.rig.database.transaction() as tx:
        return reach(tx, rules, *SPAN)


def test_a_word_that_found_something_is_not_idle_and_the_others_are(kept: Archive, rules: Rulebook) -> None:
    found = {use.concept: use for use in reached(kept, rules).words}
    ban = found[ConceptId("export-ban")]
    assert ban.hits == 1
    assert ban.used >= 1
    idle = {term.text for term in ban.idle}
    assert "export ban" not in idle
    assert {"輸出禁止", "embargo"} <= idle
    assert found[ConceptId("sport")].hits == 0


def test_rules_and_sectors_are_named_when_nothing_came_of_them(kept: Archive, rules: Rulebook) -> None:
    found = reached(kept, rules)
    assert (found.rules, found.sectors) == ((), ())
    idle = replace(rules.alerts[0], id="never")  # type: ignore[arg-type]
    lonely = replace(rules.sectors[0], id="robots")  # type: ignore[arg-type]
    asleep = replace(lonely, id="sleeping", status=Status.SHADOW)  # type: ignore[arg-type]
    more = replace(rules, alerts=(*rules.alerts, idle), sectors=(*rules.sectors, lonely, asleep))
    found = reached(kept, more)
    assert (found.rules, found.sectors) == (("never",), ("robots",))


def test_a_mute_that_kept_nothing_quiet_is_idle(kept: Archive, rules: Rulebook) -> None:
    def silence(name: str, goods: str) -> Silence:
        return Silence(
            id=name, if_=RouteIf(goods=(ConceptId(goods),)), until=date(2099, 1, 1), owner="desk", why="x",
            place=NOWHERE,
        )  # fmt: skip

    routing = replace(rules.routing, silences=(silence("used", "rare-earths"), silence("idle", "magnets")))
    assert reached(kept, replace(rules, routing=routing)).mutes == ("idle", "quota-notice")
