"""A replay says what the bot would have done: checked against the bot itself, under other rules, words and routes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.pipeline import vote
from bot.storage import Database, upgrade
from bot.types.levels import Band
from bot.types.rules import RouteIf, Rulebook
from bot.types.vote import Complaint, Verdict
from bot.understand.reader import SpacyReader
from tests.fakes import engine
from tests.fakes.archives import Archive, Counting, archive, book
from tests.fakes.clock import FakeClock

TEXTS = {
    "ban": "China imposes an export ban on rare earths.",
    "halt": "China halts exports of permanent magnets to Japan.",
    "lockout": "China announces an export lockout for rare earths.",
    "calves": "Norway discusses an export ban on livestock.",
    "park": "A wind park opens in the north.",
    "price": "Rare earth prices fell on Tuesday.",
}
LATER = {"halt": 40, "lockout": 40}  # days after the text before, so that each is a story of its own
CONCEPT, ALERT, SECTOR = "concepts/export-ban.yml", "alerts/cn-limits.yml", "sectors/wind.yml"
LOCKOUT = (CONCEPT, ("en: [export ban,", "en: [export ban, export lockout,"))
NO_HALT = (CONCEPT, ("ban|halt .. export|shipment", "ban .. export|shipment"))
MUTED = (ALERT, ("status: live", "status: retired"))
LIGHTER = ("scoring.yml", ("actor_known: 5", "actor_known: 0"))


@pytest.fixture
def before(tmp_path: Path) -> Rulebook:
    return book(tmp_path / "before")


@pytest.fixture
def kept(database: Database, clock: FakeClock, before: Rulebook) -> Archive:
    made = archive(database, clock, before)
    for name, text in TEXTS.items():
        made.tell(name, text, days=LATER.get(name, 0))
    return made


def edited(tmp_path: Path, *edits: tuple[str, tuple[str, str]]) -> Rulebook:
    return book(tmp_path / "after", dict(edits))


def test_a_rule_set_against_itself_changes_nothing(kept: Archive, before: Rulebook) -> None:
    found = kept.replay(before)
    assert (found.gained, found.lost, found.shifted, found.read_again) == ([], [], 0, 0)
    assert found.before == found.after
    assert (found.documents, found.stories) == (len(TEXTS), len(kept.heard()))
    assert sum(found.before.values()) == found.stories
    assert found.weighed < found.stories, "a text without a word of the rules need not be looked at"


@pytest.mark.parametrize(
    "edits",
    [(), (LOCKOUT,), (NO_HALT,), (LOCKOUT, NO_HALT), (MUTED,), (LIGHTER,), (LOCKOUT, LIGHTER)],
    ids=["nothing", "word-added", "word-removed", "both", "rule-retired", "points", "words-and-points"],
)
def test_a_replay_agrees_with_a_bot_that_had_these_rules_from_the_start(
    edits: tuple[tuple[str, tuple[str, str]], ...],
    kept: Archive,
    empty_database: Database,
    tmp_path: Path,
) -> None:
    after = edited(tmp_path, *edits)
    found = kept.replay(after)
    upgrade(empty_database)
    other = archive(empty_database, FakeClock(), after)
    for name, text in TEXTS.items():
        other.tell(name, text, days=LATER.get(name, 0))
    was, now = ({story for story, channels in made.heard().items() if channels} for made in (kept, other))
    assert {moved.story_id for moved in found.gained} == now - was
    assert {moved.story_id for moved in found.lost} == was - now


def test_only_texts_that_a_changed_word_could_touch_are_read_again(kept: Archive, tmp_path: Path) -> None:
    after = edited(tmp_path, LOCKOUT)
    reader = Counting(SpacyReader(after.lexicon))
    found = kept.replay(after, reader)
    assert "park" not in reader.read_ids
    assert "price" not in reader.read_ids
    assert found.read_again == 1
    (gained,) = found.gained
    assert (gained.story_id, gained.before, gained.channels) == ("s-lockout", Band.ARCHIVE, ("desk",))
    assert "cn-limits holds now" in gained.why
    counting = Counting(SpacyReader(after.lexicon))
    kept.replay(edited(tmp_path, LIGHTER), counting)
    assert counting.read_ids == [], "points need no text"


def test_what_readers_said_stands_beside_what_is_lost(kept: Archive, tmp_path: Path) -> None:
    rig = kept.bench.rig
    vote(rig, "s-ban", Verdict.NOT, voter="ann", complaint=Complaint.OLD_NEWS)
    vote(rig, "s-ban", Verdict.NOT, voter="bob", complaint=Complaint.DUPLICATE)
    vote(rig, "s-halt", Verdict.USEFUL, voter="ann")
    found = kept.replay(edited(tmp_path, MUTED))
    labels = {moved.story_id: str(moved.labels) for moved in found.lost}
    assert labels == {"s-ban": "1 not useful", "s-halt": "1 useful"}
    assert all("cn-limits holds no more" in moved.why for moved in found.lost)
    assert sorted(found.weeks["desk"].values()) == [(1, 0), (1, 0)], "each in its own week"


def test_a_route_to_another_channel_is_a_gain_there(kept: Archive, before: Rulebook) -> None:
    routing = engine.routing()
    loud = routing.routes[0]
    wind = replace(loud, id="wind", send="now", if_=RouteIf(bands=loud.if_.bands))
    found = kept.replay(replace(before, routing=replace(routing, routes=(*routing.routes, wind))))
    assert {moved.channels for moved in found.gained} == {("now",)}
    assert {moved.why for moved in found.gained} == {("routes or silences differ",)}
    assert found.lost == []


def test_a_text_that_loses_its_step_leaves_its_story(
    database: Database, clock: FakeClock, before: Rulebook, tmp_path: Path
) -> None:
    made = archive(database, clock, before)
    made.tell("ban", "China imposes an export ban on rare earths.")
    made.tell("halt", "China halts exports of rare earths.")
    assert list(made.heard()) == ["s-ban"]
    found = made.replay(edited(tmp_path, NO_HALT))
    assert found.read_again >= 1
    assert found.stories == 1
    assert sum(found.after.values()) == 2, "two stories now"
    assert (len(found.gained), len(found.lost)) == (0, 0)


def test_a_text_without_any_known_word_can_be_gained(
    database: Database, clock: FakeClock, before: Rulebook, tmp_path: Path
) -> None:
    made = archive(database, clock, before)
    made.tell("new", "China announces an export lockout for gadolinium.")
    assert made.replay(before).weighed == 0, "no word of the rules stands in it"
    goods = ("concepts/rare-earths.yml", ("en: [rare earth,", "en: [gadolinium, rare earth,"))
    found = made.replay(edited(tmp_path, LOCKOUT, goods))
    assert [(moved.story_id, moved.channels) for moved in found.gained] == [("s-new", ("desk",))]
    assert sum(found.before.values()) == sum(found.after.values()) == 1
