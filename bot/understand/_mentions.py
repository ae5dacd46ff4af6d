"""Make mentions of what was found in a text, for the spaCy chain and for reading without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId, SourceId
from bot.types.levels import Authority, Cue, Slot, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand._lexis import Lexis
from bot.understand._match import Hit
from bot.understand._scene import Scene
from bot.understand._shape import Found
from bot.understand._view import Span
from bot.understand.languages._language import Language

Row = tuple[str, str, str, int, int, str, str, str, str]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HS_DIGITS = 6  # the part of a tariff line that all countries share
_MOST_GOODS = 2  # that one code may stand for; a line that holds more says too little


def of_concepts(lexis: Lexis, document: Document, code: str, sentences: tuple[Span, ...]) -> tuple[Mention, ...]:
    """Mentions of the lexicon's concepts in order of start; states and agencies are all in slot ACTOR."""
    text = document.full
    return tuple(_mention(hit, document, text, lexis) for hit in lexis.hits(text, code, sentences))


def of_identifiers(lexis: Lexis, document: Document) -> tuple[Mention, ...]:
    """Mentions of identifiers, and of the goods whose codes they are."""
    text = document.full
    found: list[Mention] = []
    for one in lexis.identifiers.find(text):
        found.append(_identifier(one, document, text))
        found += [_goods(one, concept, document, text) for concept in _goods_of(one.value, lexis.concepts, lexis)]
    return tuple(found)


def ordered(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in order of start; of those at one place, the longer first."""
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.slot.value, m.concept)))


def scene(
    lexis: Lexis,
    document: Document,
    language: Language,
    sentences: tuple[Span, ...],
    mentions: tuple[Mention, ...],
) -> Scene:
    """What the event assembler sees, without what a trained pipeline may add."""
    return Scene(
        document=document,
        lang=language.name,
        sentences=sentences,
        mentions=mentions,
        concepts=lexis.by_id,
        grammar=language.grammar,
    )


def bare_document(text: str) -> Document:
    """A document for a text that came without source; its first paragraph is the title."""
    title, _, body = text.partition("\n\n")
    return Document(
        id=DocumentId(""),
        source_id=SourceId(""),
        publisher="",
        authority=Authority.UNKNOWN,
        jurisdiction="",
        url="",
        canonical_url="",
        title=title,
        text=body,
        first_seen=_EPOCH,
        content_hash="",
    )


def pack(mention: Mention) -> Row:
    """A mention as plain values."""
    m = mention
    return (m.concept, m.slot.value, m.surface, m.start, m.end, m.zone.value, m.cue.value, m.rule, m.value)


def unpack(row: Row) -> Mention:
    """The mention that `pack` was made of."""
    concept, slot, surface, start, end, zone, cue, rule, value = row
    return Mention(
        concept=ConceptId(concept),
        slot=Slot(slot),
        surface=surface,
        start=start,
        end=end,
        zone=Zone(zone),
        cue=Cue(cue),
        rule=rule,
        value=value,
    )


def _mention(hit: Hit, document: Document, text: str, lexis: Lexis) -> Mention:
    concept = lexis.concepts[hit.entry.concept]
    return Mention(
        concept=concept.id,
        slot=Slot.ACTOR if concept.slot is Slot.TARGET else concept.slot,
        surface=text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        zone=document.zone_at(hit.start),
        cue=Cue.STATED,
        rule=str(hit.entry.term.place),
        value=_value(concept),
    )


def _value(concept: Concept) -> str:
    if concept.slot in (Slot.ACTOR, Slot.TARGET):
        return concept.jurisdiction
    return concept.cue if concept.slot in (Slot.CUE, Slot.STAGE) else ""


def _identifier(found: Found, document: Document, text: str) -> Mention:
    return Mention(
        concept=ConceptId(found.concept),
        slot=Slot.IDENTIFIER,
        surface=text[found.start : found.end],
        start=found.start,
        end=found.end,
        zone=document.zone_at(found.start),
        cue=Cue.STATED,
        rule="",
        value=found.value,
    )


def _goods(found: Found, concept: Concept, document: Document, text: str) -> Mention:
    return Mention(
        concept=concept.id,
        slot=Slot.GOODS,
        surface=text[found.start : found.end],
        start=found.start,
        end=found.end,
        zone=document.zone_at(found.start),
        cue=Cue.STATED,
        rule=str(concept.place),
        value=found.value,
    )


def _goods_of(value: str, concepts: tuple[Concept, ...], lexis: Lexis) -> tuple[Concept, ...]:
    """Goods that a code stands for: those whose own code is the longest part of it, the parent where kin share it."""
    fits = {number: length for number, length in _fits(value, concepts) if length}
    longest = max(fits.values(), default=0)
    best = {number for number, length in fits.items() if length == longest}
    heads = [n for n in sorted(best) if not (lexis.kinship.above[n] - {n}) & best]
    return tuple(concepts[n] for n in heads) if len(heads) <= _MOST_GOODS else ()


def _fits(value: str, concepts: tuple[Concept, ...]) -> Iterator[tuple[int, int]]:
    kind, _, code = value.rpartition(":")
    for number, concept in enumerate(concepts):
        if concept.slot is not Slot.GOODS:
            continue
        if kind == "hs":
            own = (hs.replace(".", "").replace(" ", "")[:_HS_DIGITS] for hs in concept.hs)
        elif kind.endswith("eccn"):
            own = (eccn.upper() for eccn in concept.eccn)
            code = code.upper()
        elif kind == "cas":
            own = (cas for cas in concept.cas if cas == code)
        else:
            return
        yield number, max((len(o) for o in own if o and code.startswith(o)), default=0)
