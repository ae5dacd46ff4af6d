"""Words and pairs of characters, the same for texts and for questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.search import question, search_tokens, vector


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Export controls, 2026", ("export", "controls", "2026")),
        ("出口管制", ("出口", "口管", "管制")),
        ("稀土", ("稀土",)),
        ("钨", ("钨",)),
        ("両用品の輸出規制", ("両用", "用品", "品の", "の輸", "輸出", "出規", "規制")),
        ("수출통제 강화", ("수출", "출통", "통제", "강화")),
        ("商务部2026年第1号公告", ("商务", "务部", "2026", "年第", "1", "号公", "公告")),
        ("ＭＥＴＩと稀土", ("meti", "と稀", "稀土")),  # full-width letters are folded
        ("Straße STRASSE", ("strasse", "strasse")),
        ("8505.11.10", ("8505", "11", "10")),
        ("Định công", ("định", "công")),
        ("\u0110i\u0323nh", ("định",)),  # a letter and its mark apart
        ("", ()),
        ("--- !!", ()),
        ("snake_case", ("snake", "case")),
    ],
)
def test_texts_are_cut_into_words_and_bigrams(text: str, tokens: tuple[str, ...]) -> None:
    assert search_tokens(text) == tokens


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("rare earths", "'rare' & 'earths'"),
        ("出口管制", "('出口' <-> '口管' <-> '管制')"),
        ("稀土 export*", "'稀土' & 'export':*"),
        ("钨", "'钨':*"),
        ("' & | ! (:*", ""),
        ("dual-use*", "'dual' & 'use':*"),
        ("出口管制*", "('出口' <-> '口管' <-> '管制':*)"),
    ],
)
def test_questions_ask_for_every_word_and_for_characters_side_by_side(asked: str, query: str) -> None:
    assert question(asked) == query


def test_a_vector_keeps_positions_and_stays_within_what_postgres_takes() -> None:
    assert vector("rare earths rare") == "'rare':1 'earths':2 'rare':3"
    long = vector("x " * 50_000)
    assert long.endswith(":16383")
    assert len(long.split()) == 20_000


@given(st.text(max_size=200))
def test_tokens_never_hold_what_would_end_a_literal(text: str) -> None:
    assert not any(set(token) & set("'\\ :&|!()<>*\x00") for token in search_tokens(text))


@given(
    st.text(alphabet="稀土出口管制半导体설비통제エクスポート", min_size=2, max_size=12),
    st.text(max_size=5),
    st.text(max_size=5),
)
def test_every_run_of_characters_is_found_inside_a_longer_one(run: str, before: str, after: str) -> None:
    whole = search_tokens("甲" + run + "乙")
    part = search_tokens(run)
    assert any(whole[i : i + len(part)] == part for i in range(len(whole)))
