"""A real trained pipeline beside the words; skipped where none is installed, since none is needed."""

from __future__ import annotations

import pytest

from bot import checkup
from bot.types.levels import Direction, Slot
from bot.types.reading import Reading
from bot.understand.reader import SpacyReader
from bot.understand.trained import Pipelines, installed
from tests.fakes.lexicon import concept, document, lexicon

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("ja" not in installed(), reason="no trained pipeline for Japanese is installed, e.g. ja_ginza"),
]
LEXICON = lexicon(
    concept(
        "export-ban",
        {"ja": ["輸出を禁止", "輸出禁止", "輸出は .. 禁止"]},
        family="restrict",
        direction=Direction.TIGHTEN,
    ),
    concept("gallium", {"ja": ["ガリウム"]}, slot=Slot.GOODS),
    *(
        concept(f"gov-{code.lower()}", {"ja": [name]}, slot=Slot.ACTOR, jurisdiction=code, role="state")
        for code, name in {"CN": "中国", "JP": "日本", "US": "米国"}.items()
    ),
    concept("jp-cabinet", {"ja": ["日本政府"]}, slot=Slot.ACTOR, jurisdiction="JP", role="agency"),
)
PLAIN = SpacyReader(LEXICON, trained=Pipelines({}))


@pytest.fixture(scope="module")
def sharp() -> SpacyReader:
    return SpacyReader(LEXICON)


def actors(reading: Reading) -> list[str]:
    return [m.surface for m in reading.mentions if m.slot in (Slot.ACTOR, Slot.TARGET)]


def imposers(reading: Reading) -> set[str | None]:
    return {event.imposer for event in reading.events}


@pytest.mark.parametrize(
    "text",
    ["中国電信はガリウムの輸出禁止を懸念している。", "日本製鉄は、ガリウムの輸出禁止が長引くとみる。"],
    ids=["telecom", "steel"],
)
def test_firms_named_after_a_state_are_no_state(sharp: SpacyReader, text: str) -> None:
    assert len(actors(PLAIN.read(document("", text), lang="ja"))) == 1
    reading = sharp.read(document("", text), lang="ja")
    assert actors(reading) == []
    assert imposers(reading) == {None}


@pytest.mark.parametrize(
    "text",
    ["中国商務省は輸出を禁止した。", "中国政府はガリウムの輸出を禁止した。", "中国は日本への輸出を禁止した。"],
    ids=["ministry", "government", "state"],
)  # fmt: skip
def test_states_and_their_bodies_stay(sharp: SpacyReader, text: str) -> None:
    plain, reading = (reader.read(document("", text), lang="ja") for reader in (PLAIN, sharp))
    assert (reading.mentions, reading.events) == (plain.mentions, plain.events)
    assert imposers(reading) == {"CN"}


@pytest.mark.parametrize(
    ("text", "words", "imposer"),
    [
        pytest.param("日本政府は、中国が重希土類の輸出を禁止したと発表した。", "JP", "CN", id="told-by-another"),
        pytest.param("日本は、米国がガリウムの輸出を禁止したことを知った。", "JP", "US", id="learned-by-another"),
        pytest.param("ガリウムの輸出は中国によって禁止された。", "CN", "CN", id="agent"),
    ],
)
def test_the_subject_of_the_measures_verb_imposes(sharp: SpacyReader, text: str, words: str, imposer: str) -> None:
    assert imposers(PLAIN.read(document("", text), lang="ja")) == {words}
    assert imposers(sharp.read(document("", text), lang="ja")) == {imposer}


def test_offsets_hold_in_long_texts_of_several_paragraphs(sharp: SpacyReader) -> None:
    text = "晴れた日が続く。\n\n" + "中国電信と中国は輸出禁止の話をした。" * 1_500 + "\n\n日本製鉄は輸出禁止を恐れた。"
    doc = document("日本製鉄の輸出禁止", text)
    reading = sharp.read(doc, lang="ja")
    assert all(doc.full[m.start : m.end] == m.surface for m in reading.mentions)
    assert len(actors(reading)) < len(actors(PLAIN.read(doc, lang="ja")))


def test_doctor_names_the_pipeline() -> None:
    found = [finding.text for finding in checkup.helpers(Pipelines()) if finding.level == "ok"]
    assert any(text.startswith(f"ja: {installed()['ja'].name} ") for text in found)
