"""The spaCy chain: a pipeline like any other, with exact mentions, that saves and loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from bot.errors import PluginError
from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Zone
from bot.understand import chain
from bot.understand._lexis import Lexis, languages
from tests.fakes.lexicon import concept, document, lexicon

ROOT = Path(__file__).resolve().parents[2]
LEXICON = lexicon(
    concept(
        "export-ban",
        {
            "en": ["export ban", "ban .. export"],
            "de": ["export|ausfuhr + verbot"],
            "ja": ["輸出禁止"],
            "zh-Hans": ["禁止出口"],
        },
        family="restrict",
        direction=Direction.TIGHTEN,
    ),
    concept(
        "gallium",
        {"en": ["gallium"], "de": ["gallium"], "ja": ["ガリウム"], "zh-Hans": ["镓"]},
        slot=Slot.GOODS,
        cas=("7440-55-3",),
    ),
    concept("rare-earths", {"en": ["rare earth"]}, slot=Slot.GOODS, hs=("2805.30", "2846")),
    concept("dysprosium", {"en": ["dysprosium"]}, slot=Slot.GOODS, hs=("2805.30",), parent=ConceptId("rare-earths")),
    concept(
        "gov-cn",
        {"en": ["china"], "de": ["china"], "ja": ["中国"], "zh-Hans": ["中国"]},
        slot=Slot.ACTOR,
        jurisdiction="CN",
        role="state",
    ),
)


@pytest.fixture(scope="module")
def lexis() -> Lexis:
    return Lexis(LEXICON)


def surfaces(doc: Doc) -> list[tuple[str, str]]:
    return [(m.concept, m.surface) for m in doc._.mentions]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en",
            "China sets an export ban on gallium.",
            [("gov-cn", "China"), ("export-ban", "export ban"), ("gallium", "gallium")],
        ),
        (
            "de",
            "China: Gallium-Ausfuhrverbote kommen.",
            [("gov-cn", "China"), ("gallium", "Gallium"), ("export-ban", "Ausfuhrverbote")],
        ),
        ("ja", "中国がガリウム輸出禁止。", [("gov-cn", "中国"), ("gallium", "ガリウム"), ("export-ban", "輸出禁止")]),
        ("zh-Hans", "中国禁止出口镓。", [("gov-cn", "中国"), ("export-ban", "禁止出口"), ("gallium", "镓")]),
    ],
)
def test_mentions_stand_in_the_doc(lexis: Lexis, code: str, text: str, expected: list[tuple[str, str]]) -> None:
    doc = chain.build(code, lexis)(text)
    assert surfaces(doc) == expected
    assert [span.label_ for span in doc.spans["mentions"]] == [name for name, _ in expected]


def test_every_language_builds_without_download_or_dictionary(lexis: Lexis) -> None:
    for code in (*languages(), "ko", "zh-Hant", "sv", "und"):
        doc = chain.build(code, lexis)("Gallium 镓 ガリウム 갈륨.")
        assert doc.text == "Gallium 镓 ガリウム 갈륨."


def test_spans_hold_mentions_that_begin_inside_a_token(lexis: Lexis) -> None:
    doc = chain.build("de", lexis)("Das Chipexportverbot gilt.")
    (mention,) = doc._.mentions
    (span,) = doc.spans["mentions"]
    assert (mention.surface, span.text) == ("exportverbot", "Chipexportverbot")


def test_sentences_are_set(lexis: Lexis) -> None:
    doc = chain.build("en", lexis)("The U.S. Commerce Dept. acts. It bans.")
    assert [sentence.text for sentence in doc.sents] == ["The U.S. Commerce Dept. acts.", "It bans."]
    assert [doc.text[a:b] for a, b in doc._.sentences] == ["The U.S. Commerce Dept. acts.", "It bans."]


def test_zones_follow_the_document(lexis: Lexis) -> None:
    doc = chain.run(chain.build("en", lexis), document("Gallium", "Gallium first.\n\nGallium later."))
    assert [m.zone for m in doc._.mentions] == [Zone.TITLE, Zone.LEAD, Zone.BODY]
    assert doc.text == "Gallium\n\nGallium first.\n\nGallium later."


def test_codes_stand_for_goods(lexis: Lexis) -> None:
    doc = chain.build("en", lexis)("Items under HS 2805.30 and CAS 7440-55-3.")
    goods = [(m.concept, m.surface, m.value) for m in doc._.mentions if m.slot is Slot.GOODS]
    assert goods == [("rare-earths", "HS 2805.30", "hs:280530"), ("gallium", "7440-55-3", "cas:7440-55-3")]
    assert [m.rule for m in doc._.mentions if m.slot is Slot.GOODS] == [
        "concepts/rare-earths.yml:1",
        "concepts/gallium.yml:1",
    ]


def test_a_wider_code_names_no_goods(lexis: Lexis) -> None:
    doc = chain.build("en", lexis)("Items under HS 2805.")
    assert [m.slot for m in doc._.mentions] == [Slot.IDENTIFIER]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_a_saved_pipeline_loads_and_finds_the_same(lexis: Lexis, code: str, tmp_path: Path) -> None:
    nlp = chain.build(code, lexis)
    nlp.to_disk(tmp_path / code)
    loaded = spacy.load(tmp_path / code)
    text = "China: export ban, 中国がガリウム輸出禁止。商务部公告2026年第1号"
    before, after = nlp(text), loaded(text)
    assert before._.mentions
    assert after._.mentions == before._.mentions
    assert after._.events == before._.events
    assert after._.sentences == before._.sentences


def test_bytes_hold_the_lexicon_too(lexis: Lexis) -> None:
    nlp = chain.build("en", lexis)
    fresh = chain.build("en", Lexis(lexicon()))
    assert surfaces(fresh("An export ban.")) == []
    assert surfaces(fresh.from_bytes(nlp.to_bytes())("An export ban.")) == [("export-ban", "export ban")]


def test_docs_keep_what_was_found_when_stored(lexis: Lexis) -> None:
    nlp = chain.build("en", lexis)
    doc = chain.run(nlp, document("China sets an export ban on gallium", "It holds from today."))
    stored = DocBin(store_user_data=True)
    stored.add(doc)
    (again,) = DocBin().from_bytes(stored.to_bytes()).get_docs(nlp.vocab)
    assert again._.mentions == doc._.mentions
    assert again._.events == doc._.events


def test_components_can_stand_in_another_pipeline(lexis: Lexis) -> None:
    chain.register()
    nlp = spacy.blank("en")
    nlp.add_pipe("monazite_identifiers")
    with pytest.raises(PluginError, match="monazite_concepts"):
        nlp("HS 2846.90")


@pytest.mark.parametrize(
    "text",
    ["", " ", "  a  b ", "中国 ABC-12、3.5%\n\n次。", "\t\n", "a\u3000b", "か\u3099", "👍🏽", "x" * 50],
)
def test_character_tokens_give_the_text_back(text: str) -> None:
    from bot.understand.spacy_factories import Characters

    assert Characters(spacy.blank("xx").vocab)(text).text == text


@pytest.mark.slow
def test_an_installed_package_is_found_by_plain_spacy_load(lexis: Lexis, tmp_path: Path) -> None:
    """In a process that never heard of us: only the entry points of the package tell spaCy whom to import."""
    chain.build("ja", lexis).to_disk(tmp_path / "saved")
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "site" / "monazite-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: monazite\nVersion: 0\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "\n".join(f"{k} = {v}" for k, v in points.items()) for group, points in groups.items()]
    (info / "entry_points.txt").write_text("\n\n".join(lines), encoding="utf-8")
    code = (
        "import json, spacy, sys;"
        f"nlp = spacy.load({str(tmp_path / 'saved')!r});"
        "print(json.dumps([m.surface for m in nlp('中国がガリウム輸出禁止')._.mentions]))"
    )
    path = os.pathsep.join((str(tmp_path / "site"), str(ROOT)))
    env = {**os.environ, "PYTHONPATH": path}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True, cwd=tmp_path
    )
    assert json.loads(answer.stdout) == ["中国", "ガリウム", "輸出禁止"]
