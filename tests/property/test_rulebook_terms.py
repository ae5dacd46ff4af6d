"""The term language reads back what it writes, and marks always point at the words they mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.rulebook.marks import MarkError, read_marks
from bot.rulebook.terms import TermError, forms, parse_term, quick_parts, spell, thorough_parts
from bot.types.lexicon import Term, TermKind
from bot.types.place import Place

HERE = Place(path="x.yml", line=1)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzäéøłßжщưđ", min_size=3, max_size=9)
WORD = LETTERS | LETTERS.map(lambda word: word + "*")
CHOICE = st.lists(WORD, min_size=1, max_size=3, unique=True).map("|".join)
LEFT = st.lists(LETTERS, min_size=1, max_size=3, unique=True).map("|".join)
CJK = st.text("出口管制禁令輸出規制희토류수출", min_size=2, max_size=8)
PHRASE = st.lists(CHOICE, min_size=1, max_size=4).map(" ".join)
COMPOUND = st.tuples(LEFT, CHOICE | CHOICE.map(lambda right: right + "|*") | st.just("*")).map(" + ".join)
PAIR = st.lists(
    st.lists(PHRASE.filter(lambda p: "|" not in p), min_size=1, max_size=3).map("|".join) | CJK, min_size=2, max_size=4
).map(" .. ".join)
EXACT = (
    st.text("ABCabc12 &().+", min_size=2, max_size=9).map(str.strip).filter(lambda t: len(t) > 1).map(lambda t: f"={t}")
)
TERM = PHRASE | COMPOUND | PAIR | EXACT | CJK | st.lists(CJK, min_size=2, max_size=3, unique=True).map("|".join)


def parsed(text: str) -> tuple[Term, ...]:
    return parse_term(text, lang="en", sure=True, place=HERE)


@given(TERM)
def test_a_term_spelt_out_parses_to_the_same_parts(text: str) -> None:
    for term in parsed(text):
        (again,) = parsed(spell(term))
        assert (again.kind, again.parts) == (term.kind, term.parts)
        assert term.text == text


@given(TERM, st.sampled_from(["  ", " ", "\u00a0", "\u3000"]))
def test_blanks_of_any_kind_and_number_mean_the_same(text: str, blank: str) -> None:
    if text.startswith("="):
        return
    spaced = parsed(text.replace(" ", blank))
    assert [(t.kind, t.parts) for t in spaced] == [(t.kind, t.parts) for t in parsed(text)]


@given(TERM)
def test_every_form_is_made_of_the_words_of_the_term(text: str) -> None:
    for term in parsed(text):
        written = list(forms(term))
        assert written
        assert len(set(written)) == len(written)
        shortest = min(len(word) for words in term.parts for word in words if word != "*")
        assert all(len(form) >= shortest for form in written)


@given(st.text(max_size=60))
def test_any_text_is_a_term_or_an_error_inside_it(text: str) -> None:
    terms: tuple[Term, ...] = ()
    error: TermError | None = None
    try:
        terms = parsed(text)
    except TermError as raised:
        error = raised
    assert bool(terms) is (error is None)
    if error is not None:
        assert 0 <= error.offset <= len(text)
        assert error.code
        assert str(error)
    for term in terms:
        assert term.kind in TermKind
        assert all(words and all(words) for words in term.parts)


# Words, signs and blanks in any order: what the quick reader takes, and what it must leave to the thorough one.
NEARLY = st.lists(
    st.sampled_from(
        ["ban", "trade", "NOT", "AND", "x", "ab", "UNO", "é", "e\u0301", "출구", "出口", "出", "ʼ", "_", "7", "..."]
    )
    | st.sampled_from(
        [" ", " ", " ", "|", "|", "*", "-", "'", " .. ", "..", " + ", ".", "  ", "=", ",", "\u00a0", "\n"]
    ),
    max_size=9,
).map("".join)


@given(NEARLY | TERM)
def test_the_quick_reading_of_a_term_never_disagrees_with_the_thorough_one(text: str) -> None:
    quick = quick_parts(text)
    if quick is not None:
        assert quick == thorough_parts(text)


def test_the_quick_reading_takes_what_people_write() -> None:
    for text in (
        "rare earth",
        "ban|halt of exports",
        "aardmetal* uitvoer",
        "ban|halt .. export|shipment",
        "出口|输出",
        "d'or",
    ):
        assert quick_parts(text) is not None, text


PLAIN = st.text("ab c.出", max_size=8)
ID = st.from_regex(r"[a-z]{1,5}(-[a-z]{1,3})?", fullmatch=True)


@given(st.lists(st.tuples(PLAIN, st.text("xyz 口", min_size=1, max_size=6), ID), max_size=5), PLAIN)
def test_marks_point_at_the_words_they_were_put_around(pieces: list[tuple[str, str, str]], tail: str) -> None:
    marked = "".join(f"{before}[{words}]({concept})" for before, words, concept in pieces) + tail
    found = read_marks(marked)
    assert found.text == "".join(before + words for before, words, _ in pieces) + tail
    assert [(found.text[m.start : m.end], m.concept) for m in found.marks] == [(w, c) for _, w, c in pieces]
    assert all(marked[m.source :].startswith(m.concept) for m in found.marks)


@given(st.text("ab[]() x", max_size=40))
def test_brackets_of_any_kind_never_lose_text(marked: str) -> None:
    where, found = 0, None
    try:
        found = read_marks(marked)
    except MarkError as raised:
        where = raised.offset
    assert 0 <= where < max(len(marked), 1)
    if found is None:
        return
    assert all(0 <= m.start < m.end <= len(found.text) for m in found.marks)
    kept = len(found.text) + sum(len(m.concept) + 4 for m in found.marks)  # "[", "](", ")"
    assert kept == len(marked)
