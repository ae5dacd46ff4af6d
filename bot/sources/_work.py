"""What a child process runs: an answer to items, and items to documents with the keys they are known by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import bot.sources
from bot.parse.document import document
from bot.parse.identity import keys_of
from bot.registry import discover
from bot.types.document import Gathered
from bot.types.ports import SourceKind
from bot.types.source import Fetched, Harvest, ParseFailure, Source


@cache
def kinds() -> Mapping[str, SourceKind]:
    """All kinds of source by name; modules are imported on the first call."""
    return discover(bot.sources, "SOURCE_KIND", SourceKind)


def harvest(source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:
    """The items of an answer, by the kind of its source."""
    return kinds()[source.kind].items(source, fetched, memory)


def gather(source: Source, fetched: Fetched, memory: str = "") -> Gathered | ParseFailure:
    """The documents of an answer, first seen when it arrived, each with its keys.

    Cleaning hostile markup belongs into the child process as much as parsing it does: this is the call to make.
    """
    found = harvest(source, fetched, memory)
    if isinstance(found, ParseFailure):
        return found
    documents = [(document(item, source, first_seen=fetched.fetched_at), item) for item in found.items]
    return Gathered(
        documents=tuple((doc, keys_of(item, doc)) for doc, item in documents),
        salvage=found.salvage,
        dropped=found.dropped,
        memory=found.memory,
        generator=found.generator,
    )
