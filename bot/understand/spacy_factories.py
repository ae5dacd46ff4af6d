"""The components of the chain as spaCy factories, so that `spacy.load` finds them like any other.

This is the one module here that imports spaCy when imported; nothing imports it before a text has passed the gate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, SpanGroup
from spacy.util import registry
from spacy.vocab import Vocab

from bot.errors import PluginError
from bot.types.codec import plain, revive
from bot.types.document import Document
from bot.types.lexicon import Lexicon
from bot.types.reading import Event, Mention
from bot.understand import _lexis, _mentions, sentences
from bot.understand._lexis import Lexis
from bot.understand.events import assemble
from bot.understand.trained import sharpened

DOCUMENT = "monazite_document"  # key of user_data under which a text may come with its title and source
HELPER = "monazite_helper"  # key of user_data for a trained pipeline, to be asked about this text
_FOUND = "monazite"  # key of user_data for what was found, as plain data: it travels to other processes and to files
_SPANS = "mentions"
_CONCEPTS = "monazite_concepts"
_LEXICON_FILE = "lexicon.json"
_TOKENS = re.compile(r"[^\W_⺀-\U0010ffff]+|\s|[^\s]")


def _found(doc: Doc) -> dict[str, Any]:
    kept: dict[str, Any] = doc.user_data.setdefault(_FOUND, {"sentences": [], "mentions": [], "events": []})
    return kept


def _sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in _found(doc)["sentences"])


def _doc_mentions(doc: Doc) -> tuple[Mention, ...]:
    return tuple(_mentions.unpack(row) for row in _found(doc)["mentions"])


def _doc_events(doc: Doc) -> tuple[Event, ...]:
    return tuple(revive(Event, row) for row in _found(doc)["events"])


def _keep(doc: Doc, mentions: Sequence[Mention]) -> None:
    """Store mentions in full, and as spans of the tokens that hold them."""
    _found(doc)["mentions"] = [_mentions.pack(mention) for mention in mentions]
    spans = (doc.char_span(m.start, m.end, label=m.concept, kb_id=m.value, alignment_mode="expand") for m in mentions)
    doc.spans[_SPANS] = SpanGroup(doc, name=_SPANS, spans=[span for span in spans if span is not None])


def _document(doc: Doc) -> Document:
    """The document of a text; for a text that came alone, its first paragraph is the title."""
    kept = doc.user_data.get(DOCUMENT)
    return kept if isinstance(kept, Document) else _mentions.bare_document(doc.text)


def _text(doc: Doc) -> str:
    """The text; `doc.text` puts it together anew from its tokens each time."""
    kept = doc.user_data.get(DOCUMENT)
    return kept.full if isinstance(kept, Document) else doc.text


class Characters:
    """A tokenizer for scripts without spaces: one token per character, other letters and digits by runs."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokens that give the text back letter by letter."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKENS.findall(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Characters:
        """Nothing to read."""
        return self

    def to_disk(self, _path: str | Path, **_: object) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: str | Path, **_: object) -> Characters:
        """Nothing to read."""
        return self


@registry.tokenizers("monazite.Characters.v1")  # type: ignore[untyped-decorator] # of catalogue
def characters() -> Callable[[Pipeline], Characters]:
    """Make the character tokenizer."""
    return lambda nlp: Characters(nlp.vocab)


class Sentences:
    """Sets where sentences begin."""

    def __init__(self, code: str) -> None:
        self._language = _lexis.language(code)

    def __call__(self, doc: Doc) -> Doc:
        """Cut the text; a sentence that begins inside a token is kept in `doc._.sentences` only."""
        spans = sentences.sentences(_text(doc), self._language)
        _found(doc)["sentences"] = [list(span) for span in spans]
        # All tokens at once: setting them one by one asks the whole text whether it is parsed, each time.
        places = doc.to_array("IDX")
        values: Any = np.where(np.isin(places, [start for start, _ in spans]), 1, -1)
        values[:1] = 1
        return doc.from_array(["SENT_START"], values.astype("uint64").reshape(-1, 1))


class Concepts:
    """Finds what the lexicon names."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.lexis = Lexis(Lexicon(concepts=(), hash=""))

    def use(self, lexis: Lexis) -> None:
        """Take a lexicon that others share."""
        self.lexis = lexis

    def __call__(self, doc: Doc) -> Doc:
        """Add mentions of concepts."""
        spans = _sentences(doc) or ((0, len(_text(doc))),)
        _keep(doc, _mentions.of_concepts(self.lexis, _document(doc), self.code, spans))
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """The lexicon as JSON."""
        return json.dumps(plain(self.lexis.lexicon), ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, data: bytes, **_: object) -> Concepts:
        """Compile what `to_bytes` wrote."""
        self.lexis = Lexis(revive(Lexicon, json.loads(data)))
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write the lexicon into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _LEXICON_FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: object) -> Concepts:
        """Compile what `to_disk` wrote."""
        return self.from_bytes((Path(path) / _LEXICON_FILE).read_bytes())


class _Beside:
    """A component that looks for the lexicon in its pipeline."""

    def __init__(self, nlp: Pipeline) -> None:
        self._nlp = nlp

    def lexis(self) -> Lexis:
        for name, component in self._nlp.pipeline:
            if isinstance(component, Concepts):
                return component.lexis
            del name
        raise PluginError(f"this spaCy pipeline has no {_CONCEPTS} component; add it before the others of monazite")


class IdentifierFinder(_Beside):
    """Finds citations and codes, and the goods that codes stand for."""

    def __call__(self, doc: Doc) -> Doc:
        """Add mentions of identifiers."""
        found = _mentions.of_identifiers(self.lexis(), _document(doc))
        _keep(doc, _mentions.ordered((*_doc_mentions(doc), *found)))
        return doc


class EventAssembler(_Beside):
    """Assembles events."""

    def __init__(self, nlp: Pipeline, code: str) -> None:
        super().__init__(nlp)
        self._language = _lexis.language(code)

    def __call__(self, doc: Doc) -> Doc:
        """Add events, and set the cues of mentions."""
        scene = _mentions.scene(self.lexis(), _document(doc), self._language, _sentences(doc), _doc_mentions(doc))
        helper = doc.user_data.get(HELPER)
        mentions, events = assemble(sharpened(scene, helper) if helper is not None else scene)
        _keep(doc, mentions)
        _found(doc)["events"] = [plain(event) for event in events]
        return doc


@Pipeline.factory("monazite_sentences", default_config={"code": "en"}, assigns=["token.is_sent_start"])
def make_sentences(nlp: Pipeline, name: str, code: str) -> Sentences:  # noqa: ARG001 - spaCy passes both
    """Make the sentence component for a language code of bot/understand/languages."""
    return Sentences(code)


@Pipeline.factory(_CONCEPTS, default_config={"code": "en"}, assigns=["doc._.mentions", "doc.spans"])
def make_concepts(nlp: Pipeline, name: str, code: str) -> Concepts:  # noqa: ARG001
    """Make the concept component; it finds nothing until it is given a lexicon or loaded from disk."""
    return Concepts(code)


@Pipeline.factory("monazite_identifiers", assigns=["doc._.mentions", "doc.spans"])
def make_identifiers(nlp: Pipeline, name: str) -> IdentifierFinder:  # noqa: ARG001
    """Make the identifier component."""
    return IdentifierFinder(nlp)


@Pipeline.factory("monazite_events", default_config={"code": "en"}, assigns=["doc._.events"])
def make_events(nlp: Pipeline, name: str, code: str) -> EventAssembler:  # noqa: ARG001
    """Make the event component."""
    return EventAssembler(nlp, code)


def _extend(extensions: Iterable[tuple[str, Callable[[Doc], object]]]) -> None:
    for name, getter in extensions:
        Doc.set_extension(name, getter=getter, force=True)


_extend((("sentences", _sentences), ("mentions", _doc_mentions), ("events", _doc_events)))
