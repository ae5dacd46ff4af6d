"""What the event assembler sees of a text: sentences, mentions and the grammar of its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand._grammar import Grammar


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One document after matching, before events."""

    document: Document
    lang: str
    sentences: tuple[tuple[int, int], ...]  # spans of all sentences in `document.full`, in order
    mentions: tuple[Mention, ...]  # in order of start; cues are all STATED, countries all in slot ACTOR
    concepts: Mapping[ConceptId, Concept]
    grammar: Grammar
