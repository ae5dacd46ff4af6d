"""The learned reader's line: its odds against even ones, bounded, with its reasons, and no floor against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import cluster
from bot.score import assess
from bot.score.lines import place
from bot.types.levels import Band, Slot
from bot.types.reading import UNNAMED, Likeness, ReadsAs
from bot.types.rules import ReadsAsPoints, Rulebook
from bot.types.story import Assessment
from tests.fakes.rules import by_id, document, event, lexicon, mention, reading, rule, rulebook, scoring

WORTH = ReadsAsPoints(even=0.5, least=-45, most=30, elsewhere=0.7)


def book(worth: ReadsAsPoints | None = WORTH) -> Rulebook:
    return rulebook(scoring=scoring(reads_as=worth, off_field=-40))


def assessed(chance: float | None, rules: Rulebook, *, other: float = 0.0, noisy: bool = False) -> Assessment:
    like = (Likeness(label="alert", title="A ministry closes the tap", cosine=0.8),)
    told = None if chance is None else ReadsAs(new_step=chance, context=1 - chance - other, other=other, like=like)
    text = document("a")
    mentions = [mention("sport", Slot.NOISE, 10)] if noisy else []
    read = replace(reading(text, [event()], mentions), reads_as=told)
    return assess(cluster.place(text, read, (), lexicon=lexicon()).story, by_id(read), rules)


def points(result: Assessment, slot: str) -> list[float]:
    return [line.points for line in result.ledger if line.slot == slot]


@pytest.mark.parametrize(("chance", "worth"), [(2 / 3, 10), (0.2, -20), (0.9999, 30), (0.0, -45)])
def test_odds_become_points_within_bounds(chance: float, worth: float) -> None:
    assert points(assessed(chance, book()), "reads-as") == [worth]


def test_even_odds_and_no_verdict_say_nothing() -> None:
    assert points(assessed(0.5, book()), "reads-as") == []
    assert points(assessed(None, book()), "reads-as") == []
    assert points(assessed(0.9, book(None)), "reads-as") == []


def test_the_reason_names_what_it_is_like() -> None:
    (line,) = (line for line in assessed(0.9, book()).ledger if line.slot == "reads-as")
    assert "0.90" in line.why
    assert "A ministry closes the tap" in line.why


def test_a_text_that_reads_like_a_step_needs_no_word_of_the_field() -> None:
    assert points(assessed(None, book()), "off_field") == [-40]
    assert points(assessed(0.9, book()), "off_field") == []
    assert points(assessed(0.2, book()), "off_field") == [-40]


def test_a_floor_does_not_lift_what_does_not_read_like_a_step() -> None:
    floored = replace(book(), alerts=(rule("x", at_least=Band.ALERT),))
    assert points(assessed(0.1, floored), "floor") == []


def test_a_word_of_noise_does_not_outweigh_a_text_that_reads_like_a_step() -> None:
    assert points(assessed(None, book(), noisy=True), "noise") == [-25]
    assert points(assessed(0.2, book(), noisy=True), "noise") == [-25]
    assert points(assessed(0.9, book(), noisy=True), "noise") == []


def test_what_reads_like_another_subject_stays_in_the_archive_and_says_so() -> None:
    low = {Band.ARCHIVE: 0, Band.DIGEST: 5, Band.ALERT: 10, Band.URGENT: 100}
    rules = rulebook(scoring=scoring(reads_as=WORTH, bands=low))
    doubted, elsewhere, told = (
        assessed(chance, rules, other=other) for chance, other in ((0.2, 0.1), (0.2, 0.75), (0.6, 0.4))
    )
    assert doubted.band is Band.DIGEST
    assert elsewhere.band is Band.ARCHIVE
    assert "another field" in elsewhere.ledger[-1].why
    assert {line.rule for line in (doubted.ledger[-1], elsewhere.ledger[-1])} == {place(rules.scoring, "reads_as")}
    assert told.band is Band.ALERT


def test_goods_that_no_word_names_never_make_a_story_urgent() -> None:
    low = {Band.ARCHIVE: 0, Band.DIGEST: 5, Band.ALERT: 10, Band.URGENT: 20}
    rules = replace(rulebook(scoring=scoring(reads_as=WORTH, bands=low)), alerts=(rule("x"),))
    text, told = document("a"), ReadsAs(new_step=0.9, context=0.1, other=0.0, like=())

    def band(*learned: str) -> tuple[Band, str]:
        read = replace(reading(text, [replace(event(), learned=learned)], []), reads_as=told)
        found = assess(cluster.place(text, read, (), lexicon=lexicon()).story, by_id(read), rules)
        return found.band, found.ledger[-1].why

    assert band("goods")[0] is Band.URGENT
    held, why = band("goods", UNNAMED)
    assert held is Band.ALERT
    assert "no word names the goods" in why
