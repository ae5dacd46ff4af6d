"""What every language file must keep; a new file in bot/understand/languages is held to it without further edits."""

from __future__ import annotations

import pytest

from bot.understand import chain, language
from bot.understand._fold import fold
from bot.understand._inflect import Inflector
from bot.understand._lexis import Lexis, languages
from bot.understand.sentences import SURE_LETTERS
from tests.fakes.lexicon import concept, lexicon

CODES = sorted(languages())
WORDS = ("export", "gallium", "uitvoer", "ausfuhrbeschränkung", "kontrolle", "policy", "ban", "輸出", "稀土", "eu")


@pytest.mark.parametrize("code", CODES)
def test_code_is_known_and_named(code: str) -> None:
    assert code in language.KNOWN
    assert languages()[code].name == code


@pytest.mark.parametrize("code", CODES)
def test_lists_are_folded(code: str) -> None:
    """Texts are compared in lower case; a capital in a list would never match."""
    own = languages()[code]
    lists = (
        *(own.rigid, own.derivations, own.conjunctions, own.particles, own.after_particle, own.abbreviations),
        *(own.may_end, own.openers, own.words_across, own.everyday, own.function_words, own.links, own.possessives),
        *own.irregular,
    )
    assert {word for words in lists for word in words if fold(word) != word} == set()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_a_form_of_itself(code: str, word: str) -> None:
    inflector = Inflector(languages()[code])
    atom = inflector.atom(word)
    assert inflector.realises(atom, word)
    assert inflector.may_realise(atom, word)
    assert all(form.startswith(atom.anchors) for form in atom.forms)
    assert "" not in atom.forms


@pytest.mark.parametrize("code", CODES)
def test_irregular_forms_realise_each_other(code: str) -> None:
    inflector = Inflector(languages()[code])
    for group in languages()[code].irregular:
        for word in group:
            assert all(inflector.realises(inflector.atom(word), other) for other in group)


@pytest.mark.parametrize("code", CODES)
def test_abbreviations_are_short_and_without_their_last_dot(code: str) -> None:
    own = languages()[code]
    assert all(not word.endswith(".") for word in own.abbreviations | own.may_end)
    assert all(len(piece) < SURE_LETTERS for word in own.abbreviations for piece in word.split("."))
    assert own.may_end <= own.abbreviations


@pytest.mark.parametrize("code", CODES)
def test_pipeline_is_built_without_anything_to_download(code: str) -> None:
    lexis = Lexis(lexicon(concept("gallium", {code: ["gallium", "镓"]})))
    doc = chain.build(code, lexis)("Gallium, 镓.")
    assert [mention.surface for mention in doc._.mentions] == ["Gallium", "镓"]


@pytest.mark.parametrize("code", CODES)
def test_dictionary_exists(code: str) -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    assert not languages()[code].lemmas or languages()[code].lemmas in SUPPORTED_LANGUAGES
