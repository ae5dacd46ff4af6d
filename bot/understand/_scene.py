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
class Act:
    """Who does what in one clause, as a trained pipeline parses it; offsets into `document.full`."""

    verb: tuple[int, int]
    via: tuple[tuple[int, int], ...]  # verbs above it that lend it their subject: "agreed to stop"
    subject: tuple[int, int]  # the noun alone
    phrase: tuple[int, int]  # the noun with all that belongs to it
    objects: tuple[tuple[int, int], ...]  # nouns alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One document after matching, before events."""

    document: Document
    lang: str
    sentences: tuple[tuple[int, int], ...]  # spans of all sentences in `document.full`, in order
    mentions: tuple[Mention, ...]  # in order of start; cues are all STATED, countries all in slot ACTOR
    concepts: Mapping[ConceptId, Concept]
    grammar: Grammar
    acts: tuple[Act, ...] = ()  # none without a trained pipeline
    namesakes: bool = False  # states stood in the names of firms or people only: silence about states is not home news
