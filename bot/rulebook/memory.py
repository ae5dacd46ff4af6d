"""Remember what was made of which file, so that a reload makes only what was edited anew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.rulebook.findings import Note
from bot.rulebook.pages import Leaf, Page
from bot.types.lexicon import Concept, Term

T = TypeVar("T")
Form = tuple[str, str, str]  # slot, language, spelling


class Memo(Generic[T]):
    """The last result per name, made anew as soon as what it is made of is not equal any more."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[object, T]] = {}
        self._used: set[str] = set()

    def of(self, name: str, source: object, make: Callable[[], T]) -> T:
        """The result for a name.

        Args:
            name: Tells results apart; two users of one name cost time, but no truth.
            source: All that the result depends on.
            make: Makes it.
        """
        self._used.add(name)
        held = self._held.get(name)
        # Parts of tuples that are the very same object count as equal at once, however deep they are.
        if held is not None and (held[0] is source or held[0] == source):
            return held[1]
        made = make()
        self._held[name] = (source, made)
        return made

    def forget_unused(self) -> None:
        """Drop what nobody asked for since the last call."""
        for name in self._held.keys() - self._used:
            del self._held[name]
        self._used.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Everything that a reload need not make again."""

    leaves: Memo[Leaf] = field(default_factory=Memo)  # path: what reading a file gave
    pages: Memo[Page] = field(default_factory=Memo)  # path: what its tree gave
    words: Memo[bytes] = field(default_factory=Memo)  # concept: its part of the lexicon's hash
    told: Memo[str] = field(default_factory=Memo)  # record: its part of the rule set's hash
    own: Memo[tuple[Note, ...]] = field(default_factory=Memo)  # concept: doubts about it alone
    spelled: Memo[dict[Form, tuple[Concept, Term]]] = field(default_factory=Memo)  # concept: what it takes for sure


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for garbage meanwhile: a rule set is half a million objects of which none is garbage yet.

    Python would look through all of them again and again, which takes a quarter of a load.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
