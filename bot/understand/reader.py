"""Read documents: name the language, ask the gate, run the spaCy chain, and say what was found and what is missing."""

from __future__ import annotations

import functools
import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import InputError
from bot.types.document import Document
from bot.types.lexicon import Lexicon
from bot.types.reading import Event, Mention, Reading
from bot.types.settings import ReaderSettings
from bot.understand import _lexis, _mentions, chain, language, sentences
from bot.understand._lexis import Lexis
from bot.understand._view import Span
from bot.understand.gate import OPENING, Gate
from bot.understand.trained import Pipelines

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

WORDS = ReaderSettings(mode="words")
MOST_CHARS = 100_000  # of a document; the rest is not read
_MOST_CHARS_PLAIN = 20_000  # for documents that killed a process before
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_READ = "language-not-read"
_TRUNCATED = "truncated"
_KILLED = "killed"
_UNTRAINED = "trained-pipeline-unusable"


@dataclass(frozen=True, slots=True)
class Piece:
    """Title, body or both: a stretch of a document in one language."""

    document: Document  # holding the stretch alone
    code: str
    shift: int  # from offsets of `document.full` to those of the whole


class SpacyReader:
    """Reads with one lexicon. Pipelines and matchers are built when a language first comes by.

    Args:
        lexicon: The words.
        settings: Whether the whole text has a say, too.
        trained: Trained pipelines that sharpen names and roles; those that are installed unless given.
    """

    def __init__(self, lexicon: Lexicon, settings: ReaderSettings = WORDS, *, trained: Pipelines | None = None) -> None:
        self._lexis = Lexis(lexicon)
        self._gate: Gate | None = None
        self._chains: dict[str, Pipeline] = {}
        self._trained = trained or Pipelines()
        self.version = reader_version(lexicon, self._trained)
        self._second: Callable[[Document, Reading, Callable[[], Reading]], Reading] | None = None
        if settings.mode != WORDS.mode:
            from bot.understand.learned.second import SecondLook  # noqa: PLC0415 - words alone need no numpy

            look = SecondLook(settings, self._lexis.by_id)
            self._second = look
            self.version = hashlib.sha256(f"{self.version}|{look.version}".encode()).hexdigest()[:16]

    def read(self, document: Document, *, lang: str | None = None) -> Reading:
        """Read one document; `lang` forces the language of title and body."""
        cut, degraded = _cut(document, MOST_CHARS)
        reading = self._words(document, cut, degraded, lang)
        if self._second is None:
            return reading
        return self._second(cut, reading, lambda: self._words(document, cut, degraded, lang, gated=False))

    def read_ungated(self, document: Document, *, lang: str | None = None) -> Reading:
        """Read with all words and events even a text that the gate would not open for, and nothing learned."""
        cut, degraded = _cut(document, MOST_CHARS)
        return self._words(document, cut, degraded, lang, gated=False)

    def _words(
        self, document: Document, cut: Document, degraded: tuple[str, ...], lang: str | None, *, gated: bool = True
    ) -> Reading:
        """What words say."""
        above, below = _verdicts(cut, lang)
        pieces = tuple(_pieces(cut, above[0], below[0]))
        if gated and not any(self.opens(piece.document.full, piece.code) and self._holds(piece) for piece in pieces):
            return self._reading(document, below, degraded)
        mentions: list[Mention] = []
        events: list[Event] = []
        spans: list[Span] = []
        for piece in pieces:
            if not _lexis.is_read(piece.code) and _NOT_READ not in degraded:
                degraded = (*degraded, _NOT_READ)
            if self._trained.broken(piece.code) and _UNTRAINED not in degraded:
                degraded = (*degraded, _UNTRAINED)
            doc = chain.run(self._chain(piece.code), piece.document, self._trained.helper(piece.code))
            mentions += [_moved(m, piece.shift) for m in doc._.mentions]
            events += [_moved_event(e, piece.shift) for e in doc._.events]
            spans += [(start + piece.shift, end + piece.shift) for start, end in doc._.sentences]
        reading = self._reading(document, below, degraded)
        return replace(
            reading,
            mentions=_mentions.ordered(mentions),
            events=tuple(sorted(events, key=lambda e: -e.confidence)),
            sentences=_holding(spans, mentions),
        )

    def read_words(self, document: Document, *, lang: str | None = None) -> Reading:
        """Read with the word matcher alone, without spaCy and events: for a document that killed its process twice."""
        cut, degraded = _cut(document, _MOST_CHARS_PLAIN)
        verdict = _verdict(cut, lang)
        spans = sentences.sentences(cut.full, _lexis.language(verdict[0]))
        found = _mentions.of_concepts(self._lexis, cut, verdict[0], spans)
        mentions = _mentions.ordered((*found, *_mentions.of_identifiers(self._lexis, cut)))
        if not _lexis.is_read(verdict[0]):
            degraded = (*degraded, _NOT_READ)
        reading = self._reading(document, verdict, (*degraded, _KILLED))
        return replace(reading, mentions=mentions, sentences=_holding(spans, mentions))

    def opens(self, text: str, code: str) -> bool:
        """False when a text of a language can hold no measure, goods or identifier."""
        if self._gate is None:
            self._gate = Gate(self._lexis)
        return self._gate.opens(text, code)

    def _holds(self, piece: Piece) -> bool:
        """True when a piece holds a measure, goods or an identifier; the gate lets through a few that do not."""
        spans = sentences.sentences(piece.document.full, _lexis.language(piece.code))
        if any(m.slot in OPENING for m in _mentions.of_concepts(self._lexis, piece.document, piece.code, spans)):
            return True
        return bool(self._lexis.identifiers.find(piece.document.full))

    def _chain(self, code: str) -> Pipeline:
        found = self._chains.get(code)
        if found is None:
            found = self._chains[code] = chain.build(code, self._lexis)
        return found

    def _reading(self, document: Document, verdict: language.Verdict, degraded: tuple[str, ...]) -> Reading:
        return Reading(
            document_id=document.id,
            lang=verdict[0],
            lang_confidence=round(verdict[1], 4),
            mentions=(),
            events=(),
            reader_version=self.version,
            degraded=degraded,
        )


def common_words(code: str) -> frozenset[str]:
    """Words of a language that stand in texts on any subject, in small letters; none for languages without a file."""
    known = _lexis.language(code)
    return known.everyday | known.function_words


def function_words(code: str) -> frozenset[str]:
    """The commonest words of a language, which carry no subject of their own."""
    return _lexis.language(code).function_words


def _cut(document: Document, most: int) -> tuple[Document, tuple[str, ...]]:
    """The document up to a length, and whether anything was lost.

    Lone surrogates, which are no letters and stop every encoder, become replacement characters; nothing moves.
    """
    if _SURROGATE.search(document.title) or _SURROGATE.search(document.text):
        title, text = (_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", part) for part in (document.title, document.text))
        document = replace(document, title=title, text=text)
    if len(document.title) + 2 + len(document.text) <= most:
        return document, ()
    title = document.title[: most - 2]
    return replace(document, title=title, text=document.text[: most - 2 - len(title)]), (_TRUNCATED,)


def _verdicts(document: Document, lang: str | None) -> tuple[language.Verdict, language.Verdict]:
    if lang:
        return (lang, 1.0), (lang, 1.0)
    hint, sources = document.lang_hint, document.languages
    return language.identify_parts(document.title, document.text, hint=hint, sources=sources)


def _verdict(document: Document, lang: str | None) -> language.Verdict:
    """Language of the body, or of the title where there is no body."""
    if lang:
        return lang, 1.0
    text = document.text if document.text.strip() else document.title
    found = language.identify(text, hint=document.lang_hint, sources=document.languages)
    if found[0] == language.UNKNOWN and text is document.text:
        return language.identify(document.title, hint=document.lang_hint, sources=document.languages)
    return found


def _pieces(document: Document, above: str, below: str) -> Iterator[Piece]:
    if above == below or not document.title.strip() or not document.text.strip():
        yield Piece(document, below, 0)
        return
    yield Piece(replace(document, text=""), above, 0)
    yield Piece(replace(document, title=""), below, len(document.title))


def _moved(mention: Mention, shift: int) -> Mention:
    return replace(mention, start=mention.start + shift, end=mention.end + shift) if shift else mention


def _moved_event(event: Event, shift: int) -> Event:
    if not shift:
        return event
    evidence = tuple((start + shift, end + shift) for start, end in event.evidence)
    return replace(event, start=event.start + shift, end=event.end + shift, evidence=evidence)


def _holding(spans: Iterable[Span], mentions: Iterable[Mention]) -> tuple[Span, ...]:
    """Spans of the sentences in which a mention begins."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    holding = sorted({bisect_right(starts, mention.start) - 1 for mention in mentions} - {-1})
    return tuple(ordered[number] for number in holding)


def reader_version(lexicon: Lexicon, trained: Pipelines | None = None) -> str:
    """Hash of the lexicon, of the code that reads, and of the libraries and trained pipelines it reads with."""
    helpers = (trained or Pipelines()).version
    digest = hashlib.sha256(f"{lexicon.hash}|{_code_hash()}|{helpers}".encode())
    return digest.hexdigest()[:16]


@functools.cache
def _code_hash() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    for library in ("spacy", "simplemma", "py3langid"):
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()


class _Child:
    """What a process of the worker pool keeps between documents."""

    def __init__(self) -> None:
        self.reader: SpacyReader | None = None


_CHILD = _Child()


def prepare(lexicon: Lexicon, settings: ReaderSettings = WORDS) -> None:
    """Get a process ready to read with a lexicon; the initializer of the worker pool."""
    _CHILD.reader = SpacyReader(lexicon, settings)


def read_one(document: Document, lang: str | None = None) -> Reading:
    """Read one document in a process that `prepare` made ready.

    Raises:
        InputError: `prepare` was not called.
    """
    if _CHILD.reader is None:
        raise InputError("this process was not prepared for reading; start it with bot.understand.reader:prepare")
    return _CHILD.reader.read(document, lang=lang)


def read_batch(documents: tuple[Document, ...], lang: str | None = None) -> tuple[Reading, ...]:
    """Read several documents in a process that `prepare` made ready, in their order."""
    return tuple(read_one(document, lang) for document in documents)


def read_words_one(document: Document, lang: str | None = None) -> Reading:
    """Read one document that killed its process twice, with the word matcher alone.

    Raises:
        InputError: `prepare` was not called.
    """
    if _CHILD.reader is None:
        raise InputError("this process was not prepared for reading; start it with bot.understand.reader:prepare")
    return _CHILD.reader.read_words(document, lang=lang)
