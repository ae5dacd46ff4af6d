"""What the learned reader adds to words: chances, a step where words found none, and honesty about what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import InputError
from bot.tune.train import folds, held_out, learn
from bot.types.document import Document
from bot.types.kinship import kinship
from bot.types.levels import Authority
from bot.types.reading import UNNAMED, Reading
from bot.understand.learned.encoder import available, clipped, load
from bot.understand.learned.features import features
from bot.understand.learned.judging import Judge
from bot.understand.reader import SpacyReader
from tests.fakes import learned
from tests.fakes.lexicon import document


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(model=learned.model(), concepts=learned.concepts())


def read(text: Document) -> Reading:
    return SpacyReader(learned.words()).read(text, lang="en")


def test_a_text_like_the_alerts_reads_as_a_new_step(judge: Judge) -> None:
    text = document("Gallium stays put, Beijing tells Japan")
    told = judge.judge(text, read(text), learned.vector("alert")).reads_as
    assert told is not None
    assert told.new_step > 0.7
    assert told.new_step + told.context + told.other == pytest.approx(1.0, abs=0.001)
    assert {likeness.label for likeness in told.like} == {"alert"}


def test_a_step_is_made_where_words_found_none(judge: Judge) -> None:
    text = document("Gallium stays put, Beijing tells Japan")
    assert read(text).events == ()
    (event,) = judge.judge(text, read(text), learned.vector("alert")).events
    assert (event.measure, event.imposer, event.goods, event.targets) == ("export-ban", "CN", ("gallium",), ("JP",))
    assert text.full[event.start : event.end] == text.title
    assert "measure" in event.learned


def test_goods_that_no_word_names_are_marked_as_a_guess(judge: Judge) -> None:
    named, unsaid = document("China bans gallium exports to Japan"), document("China bans exports to Japan")
    (event,) = judge.judge(named, read(named), learned.vector("alert")).events
    assert UNNAMED not in event.learned
    (guess,) = judge.judge(unsaid, read(unsaid), learned.vector("alert")).events
    assert guess.goods == ("gallium",)
    assert UNNAMED in guess.learned
    assert guess.named_goods == ()


def test_no_step_is_made_of_other_texts(judge: Judge) -> None:
    text = document("Gallium prices fall in China")
    told = judge.judge(text, read(text), learned.vector("context"))
    assert told.events == ()
    assert told.reads_as is not None
    assert told.reads_as.new_step < 0.5


def test_the_cheap_look_knows_ordinary_news(judge: Judge) -> None:
    dull, telling = document("Rain ends the cup final"), document("China bans gallium exports to Japan")
    assert not judge.worth_encoding(dull, read(dull))
    assert judge.worth_encoding(telling, read(telling))


def test_an_official_source_speaks_for_its_state(judge: Judge) -> None:
    text = document("Notice on gallium", authority=Authority.OFFICIAL, jurisdiction="KR")
    told = judge.judge(text, read(text), learned.vector("alert"))
    assert [event.imposer for event in told.events] == ["KR"]


def test_where_the_gate_stayed_shut_all_words_are_read_for_who_acts(judge: Judge) -> None:
    text = document("Beijing tells Japan that it stays home")
    reader = SpacyReader(learned.words())
    shut = reader.read(text, lang="en")
    assert shut.mentions == ()
    asked: list[str] = []

    def fuller() -> Reading:
        asked.append("once")
        return reader.read(document("Beijing tells Japan that gallium stays home"), lang="en")

    told = judge.judge(text, shut, learned.vector("alert"), fuller=fuller)
    assert asked == ["once"]
    assert [event.imposer for event in told.events] == ["CN"]
    judge.judge(text, shut, learned.vector("irrelevant"), fuller=fuller)
    assert asked == ["once"], "what tells no step is not read again"


def test_a_step_that_words_tell_is_looked_at_whatever_the_cheap_look_says(judge: Judge) -> None:
    step = read(document("China bans gallium exports"))
    assert step.events
    assert judge.worth_encoding(document("Rain ends the cup final"), step)


def test_words_leave_targets_open_and_the_whole_text_fills_them(judge: Judge) -> None:
    text = document("China bans gallium exports", "Buyers in Japan are told to wait.")
    found = read(text)
    assert [event.targets for event in found.events] == [()]
    (event,) = judge.judge(text, found, learned.vector("alert")).events
    assert event.targets == ("JP",)
    assert "targets" in event.learned


def test_features_are_bounded_and_named_alike_for_all_languages() -> None:
    text = document("China bans gallium exports to Japan", "China. " * 500)
    found = features(text, read(text), learned.concepts())
    assert all(0 <= value <= 3 for value in found.values())
    assert found["measure:export-ban"] == 1.0
    assert found["event:direction:tighten"] == 1.0


def test_texts_on_one_step_are_judged_together() -> None:
    samples = learned.samples([{**line, "story": None} for line in learned.lines() if "lifts" not in line["title"]])
    parts = folds(samples)
    steps = {part for item, part in zip(samples, parts, strict=True) if item.gold.has_event}
    assert len(steps) == 1
    assert len(set(parts)) > 2


def test_held_out_texts_are_judged_without_themselves() -> None:
    samples = learned.samples()
    readings = held_out(samples, learned.concepts(), kinship(learned.words()))
    assert [reading.document_id for reading in readings] == [item.document.id for item in samples]


def test_too_few_texts_are_refused() -> None:
    only = [item for item in learned.samples() if item.gold.label != "context"]
    with pytest.raises(InputError, match="0 texts labelled context"):
        learn(only, learned.concepts(), kinship(learned.words()), about={})


def test_text_is_cut_before_native_code_sees_it() -> None:
    assert len(clipped("t", "word " * 100_000)) < 1100
    assert len(clipped("標題", "稀土出口" * 100_000)) < 350
    assert clipped("a\ud800b", "c\0d") == "a?b\nc d"


def test_an_encoder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert not available(str(tmp_path / "none"))
    with pytest.raises(Exception, match="no encoder folder"):
        load(str(tmp_path / "none"))
