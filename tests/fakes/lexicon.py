"""Small lexicons written as rule files write terms, and documents to read with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.rulebook.terms import parse_term
from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId, SourceId
from bot.types.levels import Authority, Level, Slot, Status
from bot.types.lexicon import Concept, Lexicon, Term
from bot.types.place import Place
from bot.understand._lexis import Lexis, language
from bot.understand.sentences import sentences

Words = Mapping[str, Iterable[str]]


def terms(words: Words, *, sure: bool = True, path: str = "concepts/x.yml") -> tuple[Term, ...]:
    """Terms per language, each with a line of its own."""
    found: list[Term] = []
    for lang, entries in words.items():
        for entry in entries:
            found += parse_term(entry, lang=lang, sure=sure, place=Place(path=path, line=len(found) + 1))
    return tuple(found)


def concept(
    name: str,
    sure: Words,
    *,
    slot: Slot = Slot.MEASURE,
    maybe: Words | None = None,
    maybe_needs: Iterable[str] = (),
    inside: Iterable[str] = (),
    near: Iterable[str] = (),
    **more: Any,
) -> Concept:
    """A concept as its file would say it."""
    path = f"concepts/{name}.yml"
    return Concept(
        id=ConceptId(name),
        slot=slot,
        title=name,
        status=Status.LIVE,
        weight=Level.HIGH,
        place=Place(path=path, line=1),
        terms=(*terms(sure, path=path), *terms(maybe or {}, sure=False, path=path)),
        maybe_needs=tuple(ConceptId(need) for need in maybe_needs),
        inside=terms({"*": inside}, path=path),
        near=terms({"*": near}, path=path),
        **more,
    )


def lexicon(*concepts: Concept) -> Lexicon:
    """A lexicon of some concepts."""
    return Lexicon(concepts=concepts, hash="0" * 16)


def found(text: str, lang: str, *concepts: Concept) -> list[tuple[str, str]]:
    """What a text mentions, as (concept, words), in order."""
    lexis = Lexis(lexicon(*concepts))
    hits = lexis.hits(text, lang, sentences(text, language(lang)))
    return [(lexis.concepts[hit.entry.concept].id, text[hit.start : hit.end]) for hit in hits]


def words(text: str, lang: str, *entries: str) -> list[str]:
    """Words of a text that any of some terms matches."""
    return [surface for _, surface in found(text, lang, concept("x", {lang: entries}))]


def document(title: str, text: str = "", **more: Any) -> Document:
    """A document of an unknown source."""
    fields: dict[str, Any] = {
        "id": DocumentId("d-1"),
        "source_id": SourceId("test"),
        "publisher": "Test",
        "authority": Authority.PRESS,
        "jurisdiction": "",
        "url": "https://example.org/1",
        "canonical_url": "https://example.org/1",
        "first_seen": datetime(2026, 1, 7, 9, tzinfo=UTC),
        "content_hash": "1:0",
    }
    return Document(title=title, text=text, **(fields | more))
