"""Where sentences end: abbreviations, initials, ordinals, quotes, lines, and scripts without spaces."""

from __future__ import annotations

import pytest

from bot.understand._lexis import language
from bot.understand.sentences import sentences


def cut(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language(lang))]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        pytest.param("en", "It bans exports. It means it!", 2, id="en-plain"),
        pytest.param("en", "The U.S. Commerce Dept. said so on Jan. 6 in Washington.", 1, id="en-abbreviations"),
        pytest.param("en", "It happened in the U.S. The rule is new.", 2, id="en-abbreviation-at-the-end"),
        pytest.param("en", "Mr. J. P. Smith of Acme Corp. agreed.", 1, id="en-initials"),
        pytest.param("en", "He works for Acme Corp. The firm is small.", 2, id="en-corp-ends"),
        pytest.param("en", "It costs 3.5 million, see example.org/a.b for more.", 1, id="en-decimals-and-addresses"),
        pytest.param("en", "\u201cWhy now?\u201d asked the minister.", 1, id="en-question-in-a-sentence"),
        pytest.param("en", "\u201cWe act.\u201d The minister left.", 2, id="en-quote-ends"),
        pytest.param("en", "Notice No. 46 is out.", 1, id="en-number"),
        pytest.param("en", "Title without a stop\n\nBody begins.", 2, id="en-paragraphs"),
        pytest.param("en", "One line that is\nwrapped by hand. Done.", 2, id="en-wrapped"),
        pytest.param("en", "A list:\nGallium\nGermanium", 3, id="en-list"),
        pytest.param("en", "", 0, id="empty"),
        pytest.param("en", " \n\n ", 0, id="blank"),
        pytest.param("nl", "Dat geldt o.a. voor gallium. Mr. De Vries knikte.", 2, id="nl-abbreviations"),
        pytest.param("nl", "Zie art. 3 van Stcrt. 2023, nr. 18212.", 1, id="nl-gazette"),
        pytest.param("de", "Ab dem 6. Januar gilt es z.B. für Gallium bzw. Graphit.", 1, id="de-ordinal"),
        pytest.param("de", "Das war 2010. China stoppte alles.", 2, id="de-year-ends"),
        pytest.param("de", "Es gilt Nr. 1. Das Verbot bleibt.", 2, id="de-number-then-opener"),
        pytest.param("ja", "中国は禁止した。日本は反発した！本当か？", 3, id="ja"),
        pytest.param("ja", "「禁止する。」と述べた。", 1, id="ja-quote-goes-on"),
        pytest.param("ja", "「終わり。」翌日は晴れ。", 2, id="ja-quote-ends"),
        pytest.param("ja", "出荷は3.5%増。ASML社は黙った。", 2, id="ja-decimal"),
        pytest.param("zh-Hans", "禁止出口。实施管制。", 2, id="zh"),
        pytest.param("zh-Hans", "一、两用物项；二、稀土。", 1, id="zh-semicolon"),
        pytest.param("ko", "수출을 금지했다. 일본이 반발했다.", 2, id="ko"),
        pytest.param("sv", "Kina stoppar export. Japan protesterar.", 2, id="unlisted"),
    ],
)
def test_count(lang: str, text: str, count: int) -> None:
    assert len(cut(text, lang)) == count


def test_spans_hold_every_letter_and_no_blank_at_their_ends() -> None:
    text = '  One. Two!\n\n Three? "Four." five  '
    pieces = cut(text, "en")
    assert "".join("".join(p.split()) for p in pieces) == "".join(text.split())
    assert all(piece == piece.strip() and piece for piece in pieces)


@pytest.mark.parametrize("noise", [".", "a. ", "!?", "\n", '"', '. "', "。」", "x", "x ", "é"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_hostile_texts_are_cut_into_bounded_pieces(noise: str, lang: str) -> None:
    text = noise * (20_000 // len(noise))
    assert max((end - start for start, end in sentences(text, language(lang))), default=0) <= 2_000
