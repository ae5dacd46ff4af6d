"""Whole texts in five languages, in our own words, with every mention marked: what is not marked must stay silent."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from bot.rulebook.marks import read_marks
from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Lexicon
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document, lexicon


def shipped_like() -> Lexicon:
    """A lexicon of the size of a desk's first week."""
    return lexicon(
        concept(
            "export-ban",
            {
                "en": ["export ban|embargo|halt", "ban|halt|prohibit .. export|shipment"],
                "nl": [
                    "export|uitvoer + verbod|stop",
                    "verbiedt|stopt .. export|uitvoer",
                    "zet .. export|uitvoer .. stop",
                ],
                "de": ["export|ausfuhr + verbot|stopp", "verbietet|untersagt .. export|ausfuhr"],
                "ja": ["輸出禁止", "禁止|停止 .. 輸出"],
                "zh-Hans": ["禁止出口", "禁止|不得 .. 出口"],
            },
            inside=["export as csv", "地铁出口"],
            near=["livestock", "kalveren"],
        ),
        concept(
            "export-control",
            {
                "en": ["export control|curb|restriction", "restrict|curb .. export|shipment"],
                "nl": ["export|uitvoer + beperking|controle|regel", "beperkt .. export|uitvoer"],
                "de": ["export|ausfuhr + kontrolle|beschränkung", "schränkt .. export|ausfuhr .. ein"],
                "ja": ["輸出規制", "輸出管理"],
                "zh-Hans": ["出口管制", "出口限制"],
            },
        ),
        concept(
            "export-licence",
            {
                "nl": ["vergunningplicht"],
                "de": ["genehmigungspflicht", "ausfuhr|export + genehmigung"],
                "en": ["export licence"],
            },
            maybe={"en": ["licence"], "nl": ["vergunning"], "de": ["genehmigung"], "ja": ["許可"], "zh-Hans": ["许可"]},
            maybe_needs=["rare-earths", "dual-use"],
        ),
        concept("entity-list", {"en": ["entity list"], "zh-Hans": ["出口管制管控名单", "管控名单"]}),
        concept(
            "rare-earths",
            {
                "en": ["rare earth"],
                "nl": ["zeldzame aarde|aarden|aardmetaal|aardmetalen"],
                "de": ["seltene erde|erden", "seltenerd + *"],
                "ja": ["レアアース", "希土類"],
                "zh-Hans": ["稀土"],
            },
            slot=Slot.GOODS,
            inside=["rare earth band"],
            hs=("2846",),
        ),
        concept(
            "dysprosium",
            {"*": ["=Dy"], "en": ["dysprosium"], "zh-Hans": ["镝"], "ja": ["ジスプロシウム"]},
            slot=Slot.GOODS,
            parent=ConceptId("rare-earths"),
        ),
        concept(
            "magnets",
            {"en": ["rare earth magnet"], "de": ["seltenerdmagnet"], "nl": ["magneet"], "ja": ["磁石"]},
            slot=Slot.GOODS,
            parent=ConceptId("rare-earths"),
        ),
        concept(
            "dual-use",
            {
                "en": ["dual-use goods|item"],
                "nl": ["dual-use + goed|goederen"],
                "de": ["dual-use + gut|güter", "güter mit doppeltem verwendungszweck"],
                "ja": ["軍民両用"],
                "zh-Hans": ["两用物项"],
            },
            slot=Slot.GOODS,
        ),
        concept("lithium", {"ja": ["リチウム"], "de": ["lithium"], "en": ["lithium"]}, slot=Slot.GOODS),
        concept(
            "gov-cn",
            {
                "en": ["china", "beijing"],
                "nl": ["china", "peking"],
                "de": ["china", "peking"],
                "ja": ["中国"],
                "zh-Hans": ["中国"],
            },
            slot=Slot.ACTOR,
            jurisdiction="CN",
            role="state",
        ),
        concept(
            "cn-mofcom",
            {
                "*": ["=MOFCOM"],
                "en": ["chinese ministry of commerce"],
                "de": ["chinesisches handelsministerium"],
                "ja": ["中国商務省"],
                "zh-Hans": ["商务部"],
            },
            slot=Slot.ACTOR,
            jurisdiction="CN",
            role="agency",
        ),
        concept(
            "us-commerce",
            {"zh-Hans": ["美国商务部"], "en": ["us commerce department"]},
            slot=Slot.ACTOR,
            jurisdiction="US",
            role="agency",
        ),
        concept(
            "gov-jp",
            {"en": ["japan"], "nl": ["japan"], "de": ["japan"], "ja": ["日本"], "zh-Hans": ["日本"]},
            slot=Slot.ACTOR,
            jurisdiction="JP",
            role="state",
        ),
    )


TEXTS = sorted((Path(__file__).parent / "understand").glob("*.txt"))


@functools.cache
def reader() -> SpacyReader:
    return SpacyReader(shipped_like())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_mention_and_no_other(path: Path) -> None:
    """A file holds the language, the marked title, a blank line and the marked text."""
    head, _, body = path.read_text(encoding="utf-8").strip().partition("\n\n")
    lang, _, headline = head.partition("\n")
    title, text = read_marks(headline), read_marks(body)
    doc = document(title.text, text.text)
    reading = reader().read(doc)
    shift = len(title.text) + 2
    expected = {(m.concept, title.text[m.start : m.end], m.start) for m in title.marks}
    expected |= {(m.concept, text.text[m.start : m.end], m.start + shift) for m in text.marks}
    assert {(m.concept, m.surface, m.start) for m in reading.mentions} == expected
    assert reading.lang == lang
    assert reading.degraded == ()


def test_there_are_texts_in_five_languages() -> None:
    assert {path.stem.split("-")[0] for path in TEXTS} == {"en", "nl", "de", "ja", "zh"}
