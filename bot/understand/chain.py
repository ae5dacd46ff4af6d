"""Build the spaCy pipeline of a language: tokens, sentences, concepts, identifiers, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.types.document import Document
from bot.understand import _lexis
from bot.understand._lexis import Lexis
from bot.understand.trained import Helper

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

_CHARACTER_SCRIPTS = ("ja", "zh", "ko")  # spaCy's own tokenizers for these want dictionaries that are not installed
_CHARACTERS = {"nlp": {"tokenizer": {"@tokenizers": "monazite.Characters.v1"}}}


def register() -> None:
    """Make the components known to spaCy; needed before `spacy.load` where the package is not installed."""
    from bot.understand import spacy_factories  # noqa: F401, PLC0415 - spaCy loads here and not before


def build(code: str, lexis: Lexis) -> Pipeline:
    """The pipeline for a language code; one that is not read gets a stand-in that fits its script.

    The result is a spaCy pipeline like any other: `to_disk` writes it, `spacy.load` reads it, components can be added.
    Mentions stand in `doc.spans["mentions"]` (tokens) and `doc._.mentions` (exact), events in `doc._.events`.
    """
    import spacy  # noqa: PLC0415 - a second of imports that texts without a hit never pay

    from bot.understand.spacy_factories import Concepts  # noqa: PLC0415 - registers the components

    language = _lexis.language(code)
    config: dict[str, Any] = _CHARACTERS if language.spacy in _CHARACTER_SCRIPTS or language.cjk else {}
    nlp = spacy.blank(language.spacy, config=config)
    nlp.add_pipe("monazite_sentences", config={"code": code})
    nlp.add_pipe("monazite_concepts", config={"code": code})
    nlp.add_pipe("monazite_identifiers")
    nlp.add_pipe("monazite_events", config={"code": code})
    concepts = nlp.get_pipe("monazite_concepts")
    if isinstance(concepts, Concepts):
        concepts.use(lexis)
    return nlp


def run(nlp: Pipeline, document: Document, helper: Helper | None = None) -> Doc:
    """A document through the pipeline, with its title, source and date at hand, and what a trained pipeline says."""
    from bot.understand.spacy_factories import DOCUMENT, HELPER  # noqa: PLC0415 - loaded by `build`

    doc = nlp.make_doc(document.full)
    doc.user_data[DOCUMENT] = document
    doc.user_data[HELPER] = helper
    try:
        return nlp(doc)
    finally:
        del doc.user_data[DOCUMENT], doc.user_data[HELPER]
