"""What a user would write without this product: blank spaCy pipelines with a PhraseMatcher, for measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.matcher import PhraseMatcher

from bot.rulebook.terms import forms
from bot.types.lexicon import Lexicon, TermKind
from bot.understand._lexis import languages

_MOST_FORMS = 400  # of one term; a user would not write more phrases out


def plain_stack(lexicon: Lexicon, langs: Iterable[str]) -> Callable[[str, str], int]:
    """A function that counts the terms in a text of a language, comparing lower-case words."""
    stacks = {}
    for lang in langs:
        # Japanese and Korean in spaCy want a dictionary; characters are the fastest a user can do without.
        nlp = spacy.blank("zh" if languages()[lang].cjk else languages()[lang].spacy)
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("terms", [nlp.make_doc(phrase) for phrase in dict.fromkeys(_phrases(lexicon, lang))])
        stacks[lang] = (nlp, matcher)

    def count(text: str, lang: str) -> int:
        nlp, matcher = stacks[lang]
        return len(matcher(nlp(text)))

    return count


def _phrases(lexicon: Lexicon, lang: str) -> Iterator[str]:
    """The same terms as plain phrases."""
    for concept in lexicon.concepts:
        for term in concept.terms:
            if term.lang not in (lang, lang.partition("-")[0], "*") or term.kind is TermKind.PAIR:
                continue
            written = zip(forms(term), range(_MOST_FORMS), strict=False)
            yield from (form.replace("…", "").replace("*", "") for form, _ in written)
