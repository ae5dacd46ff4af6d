"""What each term costs while texts are searched: how often its words are met, and how often nothing comes of it."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.types.lexicon import Lexicon, Term
from bot.understand import sentences
from bot.understand._lexis import Lexis, codes, language
from bot.understand._match import Hit, Key, Matcher, Table, Use, entries_of
from bot.understand._patterns import Entry
from bot.understand._resolve import resolve
from bot.understand._view import View
from bot.understand.gate import OPENING, Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCost:
    """What one term did in all texts."""

    concept: str
    term: str  # as written
    lang: str
    rule: str  # file and line
    seconds: float  # of processor time, looking closer at what may be the term
    candidates: int  # places where a word of the term was met and looked at
    mentions: int  # that stood in the end

    @property
    def useless(self) -> int:
        """Candidates of which no mention came; those of `not_when` never become any."""
        return max(0, self.candidates - self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateUse:
    """What the gate let through."""

    texts: int
    opened: int
    in_vain: int  # opened, though matching finds neither measure nor goods nor identifier
    candidates: int  # places in all texts where a word of a term was met
    useless: int  # of which no mention came


@dataclass(slots=True)
class _Tally:
    """What was counted of one term so far."""

    seconds: float = 0.0
    candidates: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """A use of a term that is timed and counted."""

    use: Use
    tally: _Tally

    @property
    def entry(self) -> Entry:
        """As the use says."""
        return self.use.entry

    @property
    def also(self) -> tuple[str, ...]:
        """As the use says."""
        return self.use.also

    @property
    def reach(self) -> int:
        """As the use says."""
        return self.use.reach

    def collect(self, view: View, start: int, end: int) -> Iterable[Hit]:
        """As the use does."""
        begin = time.process_time()
        found = list(self.use.collect(view, start, end))
        self.tally.seconds += time.process_time() - begin
        self.tally.candidates += 1
        return found


@dataclass(slots=True)
class _Ledger:
    """Tallies by term. Two concepts may hold equal terms at one place, so the concept's number counts too."""

    tallies: dict[tuple[int, Term], _Tally] = field(default_factory=lambda: defaultdict(_Tally))

    def count(self, keys: Mapping[str, Key]) -> None:
        """Put a counter before every use of a table."""
        seen: set[int] = set()
        for key in keys.values():
            key.strings = [self._counted(use) for use in key.strings]
            for trigger in key.triggers:
                if id(trigger) not in seen:  # several anchors may lead to one trigger
                    seen.add(id(trigger))
                    trigger.uses = [self._counted(use) for use in trigger.uses]

    def _counted(self, use: Use) -> Use:
        return _Counted(use, self.tallies[use.entry.concept, use.entry.term])


def term_costs(lexicon: Lexicon, texts: Sequence[tuple[str, str]]) -> tuple[GateUse, tuple[TermCost, ...]]:
    """Search texts for every term of their language, and say what that cost.

    Matching is shared work: one automaton finds the words of all terms, and what a candidate costs from there on is
    what is timed here. The automaton itself is not part of it.

    Args:
        lexicon: The terms.
        texts: (language code, text).

    Returns:
        What the gate let through, and every term that was looked at, slowest first.
    """
    lexis, ledger = Lexis(lexicon), _Ledger()
    gate, opened, in_vain = Gate(lexis), 0, 0
    matchers: dict[str, Matcher] = {}
    for given, text in texts:
        code = lexis.reads_as(given)
        if code not in matchers:
            table = Table(lexis.inflector(code), entries_of(lexicon.concepts, codes(code) | {"*"}))
            ledger.count(table.keys)
            matchers[code] = Matcher(table)
        cut = functools.partial(sentences.sentences, text, language(code))
        view = View(text, cut, lexis.inflector(code))
        kept = resolve(matchers[code].find(view), view, lexicon.concepts, lexis.kinship)
        for hit in kept:
            ledger.tallies[hit.entry.concept, hit.entry.term].mentions += 1
        if gate.opens(text, code):
            opened += 1
            named = any(lexicon.concepts[hit.entry.concept].slot in OPENING for hit in kept)
            in_vain += not named and not any(True for _ in lexis.identifiers.find(text))
    costs = tuple(_costs(lexicon, ledger))
    use = GateUse(
        texts=len(texts),
        opened=opened,
        in_vain=in_vain,
        candidates=sum(cost.candidates for cost in costs),
        useless=sum(cost.useless for cost in costs),
    )
    return use, costs


def _costs(lexicon: Lexicon, ledger: _Ledger) -> list[TermCost]:
    found = [
        TermCost(
            concept=lexicon.concepts[number].id,
            term=term.text,
            lang=term.lang,
            rule=str(term.place),
            seconds=tally.seconds,
            candidates=tally.candidates,
            mentions=tally.mentions,
        )
        for (number, term), tally in ledger.tallies.items()
        if tally.candidates
    ]
    return sorted(found, key=lambda cost: (-cost.seconds, cost.rule, cost.term))
