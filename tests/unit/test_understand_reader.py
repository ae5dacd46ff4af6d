"""The reader: languages, gate, limits, degraded readings, and the functions that a worker process calls."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.types.levels import Direction, Slot, Zone
from bot.types.ports import Reader
from bot.types.reading import Reading
from bot.understand import reader as module
from bot.understand.reader import SpacyReader, prepare, read_batch, read_one, read_words_one, reader_version
from tests.fakes.lexicon import concept, document, lexicon

ROOT = Path(__file__).resolve().parents[2]
LEXICON = lexicon(
    concept(
        "export-ban",
        {
            "en": ["export ban", "ban .. export"],
            "nl": ["export|uitvoer + verbod"],
            "ja": ["輸出禁止"],
            "zh-Hans": ["禁止出口", "出口管制"],
        },
        family="restrict",
        direction=Direction.TIGHTEN,
    ),
    concept(
        "gallium",
        {"en": ["gallium"], "nl": ["gallium"], "fr": ["gallium"], "ja": ["ガリウム"], "zh-Hans": ["镓"]},
        slot=Slot.GOODS,
    ),
    concept(
        "gov-cn",
        {"en": ["china"], "nl": ["china"], "zh-Hans": ["中国"]},
        slot=Slot.ACTOR,
        jurisdiction="CN",
        role="state",
    ),
    concept("gov-jp", {"en": ["japan"], "zh-Hans": ["日本"]}, slot=Slot.TARGET, jurisdiction="JP", role="state"),
    concept("considering", {"en": ["mulls"]}, slot=Slot.CUE, cue="considered"),
)


@pytest.fixture(scope="module")
def reader() -> SpacyReader:
    return SpacyReader(LEXICON)


def surfaces(reading: Reading) -> list[str]:
    return [mention.surface for mention in reading.mentions]


def test_it_is_a_reader(reader: SpacyReader) -> None:
    port: Reader = reader
    assert port.read(document("An export ban")).reader_version == port.version


def test_offsets_point_into_title_blank_line_and_text(reader: SpacyReader) -> None:
    doc = document("China’s export ban", "It hits gallium.\n\nJapan protests.")
    reading = reader.read(doc)
    assert surfaces(reading) == ["China", "export ban", "gallium", "Japan"]
    assert [doc.full[m.start : m.end] for m in reading.mentions] == surfaces(reading)
    assert [m.zone for m in reading.mentions] == [Zone.TITLE, Zone.TITLE, Zone.LEAD, Zone.BODY]


def test_values_of_actors_and_cues(reader: SpacyReader) -> None:
    values = {m.concept: m.value for m in reader.read(document("China mulls an export ban on Japan")).mentions}
    assert values == {"gov-cn": "CN", "considering": "considered", "export-ban": "", "gov-jp": "JP"}


def test_sentences_that_hold_mentions_are_kept(reader: SpacyReader) -> None:
    doc = document("Export ban", "Nothing here. Gallium there. Nothing again.")
    assert [doc.full[a:b] for a, b in reader.read(doc).sentences] == ["Export ban", "Gallium there."]


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        pytest.param("China sets export ban", "", "en", id="title-only"),
        pytest.param("", "China sets an export ban.", "en", id="text-only"),
        pytest.param("Galliumuitvoerverbod", "Het uitvoerverbod geldt voor gallium.", "nl", id="forty-characters"),
        pytest.param("中国禁止出口镓", "", "zh-Hans", id="chinese-title"),
        pytest.param("ガリウム輸出禁止", "", "ja", id="japanese-title"),
    ],
)
def test_short_texts(reader: SpacyReader, title: str, text: str, lang: str) -> None:
    reading = reader.read(document(title, text))
    assert reading.lang == lang
    assert "export-ban" in {m.concept for m in reading.mentions}
    assert reading.degraded == ()


def test_title_is_read_in_its_own_language(reader: SpacyReader) -> None:
    doc = document("中国禁止出口镓", "The ministry said that the export ban on gallium would be in force from today.")
    reading = reader.read(doc)
    assert reading.lang == "en"
    assert surfaces(reading) == ["中国", "禁止出口", "镓", "export ban", "gallium"]
    assert [m.zone for m in reading.mentions][2:4] == [Zone.TITLE, Zone.LEAD]
    assert all(doc.full[m.start : m.end] == m.surface for m in reading.mentions)
    assert all(doc.full[a:b].strip() == doc.full[a:b] for a, b in reading.sentences)


def test_events_of_both_parts_have_offsets_of_the_whole(reader: SpacyReader) -> None:
    doc = document(
        "中国禁止出口镓", "China bans exports of gallium, the ministry said on Tuesday, and it will not say why."
    )
    reading = reader.read(doc)
    assert {doc.full[e.start : e.end] for e in reading.events} <= {doc.full[a:b] for a, b in reading.sentences}
    assert reading.events
    assert all(0 <= a < b <= len(doc.full) for e in reading.events for a, b in e.evidence)
    assert [e.confidence for e in reading.events] == sorted((e.confidence for e in reading.events), reverse=True)


def test_a_forced_language_holds(reader: SpacyReader) -> None:
    reading = reader.read(document("Export ban on gallium"), lang="nl")
    assert (reading.lang, reading.lang_confidence) == ("nl", 1.0)
    assert surfaces(reading) == ["gallium"]


def test_a_language_without_file_is_read_and_marked(reader: SpacyReader) -> None:
    text = (
        "Kina förbjuder export av gallium, enligt handelsministeriet, som inte har sagt från vilket datum det gäller."
    )
    reading = reader.read(document("Export av gallium förbjuds i Kina", text))
    assert reading.lang == "sv"
    assert reading.degraded == ("language-not-read",)
    assert surfaces(reading) == ["gallium", "gallium"]


def test_nothing_found_is_a_reading_without_mentions(reader: SpacyReader) -> None:
    reading = reader.read(document("China wins", "The team of China has won the match against the team of Japan."))
    assert (reading.lang, reading.mentions, reading.events, reading.sentences, reading.degraded) == (
        "en",
        (),
        (),
        (),
        (),
    )


def test_a_text_that_passes_the_gate_by_accident_costs_no_spacy() -> None:
    code = """
import sys
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document, lexicon
reader = SpacyReader(lexicon(concept("ban", {"en": ["export ban"]}, inside=["export ban of jokes"])))
doc = document("The export ban of jokes was a joke that all of them liked")
print(reader.opens(doc.full, 'en'), reader.read(doc).mentions, "spacy" in sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "True () False"


def test_long_texts_are_cut_and_marked(reader: SpacyReader) -> None:
    filler = "The weather is fine and it will be so. "
    doc = document("Export ban", filler * 3_000 + "Gallium is hit.")
    reading = reader.read(doc)
    assert reading.degraded == ("truncated",)
    assert surfaces(reading) == ["Export ban"]
    assert all(end <= module.MOST_CHARS for _, end in reading.sentences)


def test_a_giant_title_is_cut(reader: SpacyReader) -> None:
    reading = reader.read(document("gallium " * 20_000), lang="en")
    assert reading.degraded == ("truncated",)


def test_lone_surrogates_stop_nothing(reader: SpacyReader) -> None:
    doc = document("China\ud800 sets export ban", "\udfff Gallium is hit, the ministry says.")
    for reading in (reader.read(doc), reader.read_words(doc)):
        assert surfaces(reading) == ["China", "export ban", "Gallium"]
        assert [doc.full[m.start : m.end] for m in reading.mentions] == surfaces(reading)


def test_words_alone_for_documents_that_kill(reader: SpacyReader) -> None:
    doc = document("China sets export ban on gallium", "Regulation (EU) 2021/821 stands.")
    reading = reader.read_words(doc)
    assert surfaces(reading) == ["China", "export ban", "gallium", "Regulation (EU) 2021/821"]
    assert (reading.events, reading.degraded) == ((), ("killed",))


def test_words_alone_need_no_spacy() -> None:
    code = """
import sys
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document, lexicon
reader = SpacyReader(lexicon(concept("ban", {"en": ["export ban"]})))
reading = reader.read_words(document("The export ban of the ministry is to stay for now"))
print([m.surface for m in reading.mentions], "spacy" in sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "['export ban'] False"


def test_version_follows_the_lexicon() -> None:
    assert reader_version(LEXICON) == reader_version(replace(LEXICON))
    assert reader_version(replace(LEXICON, hash="1" * 16)) != reader_version(LEXICON)


def test_two_readers_say_the_same(reader: SpacyReader) -> None:
    doc = document("China bans exports of gallium", "The export ban hits Japan. 商务部公告2026年第1号")
    assert SpacyReader(LEXICON).read(doc) == reader.read(doc) == reader.read(doc)


def test_functions_of_a_worker_process() -> None:
    docs = tuple(document(title) for title in ("Export ban", "Fine weather", "Gallium"))
    prepare(LEXICON)
    readings = read_batch(docs)
    assert [surfaces(r) for r in readings] == [["Export ban"], [], ["Gallium"]]
    assert read_one(docs[0], lang="nl").lang == "nl"
    assert read_words_one(docs[0], lang="en").degraded == ("killed",)
    assert pickle.loads(pickle.dumps(readings)) == readings


@pytest.mark.parametrize("function", ["read_one", "read_words_one", "read_batch"])
def test_an_unprepared_process_says_so(function: str) -> None:
    code = f"""
from bot.errors import InputError
from bot.understand import reader
from tests.fakes.lexicon import document
try:
    argument = document("x")
    reader.{function}((argument,) if "{function}" == "read_batch" else argument)
except InputError as error:
    print(error)
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "prepare" in answer.stdout
    assert issubclass(InputError, Exception)


def test_words_alone_mark_a_language_without_file(reader: SpacyReader) -> None:
    assert reader.read_words(document("Gallium"), lang="sv").degraded == ("language-not-read", "killed")
