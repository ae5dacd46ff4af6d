"""List who is named in a line: actor mentions, and the short forms that no rule file holds (对华, 米)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.understand.events.lines import Line
from bot.understand.events.wording import Wording

_NO_ACTOR = frozenset({"company", "person"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One naming of a jurisdiction."""

    code: str  # ISO 3166 alpha-2, EU, WTO
    start: int
    end: int
    role: str  # "state" "agency" "capital" "company" "person"
    concept: ConceptId | None
    fixed: str = ""  # "target" when the word itself says so

    @property
    def is_official(self) -> bool:
        """Whether it can take a step: a state, its capital or an agency."""
        return self.role not in _NO_ACTOR


def named_in(line: Line, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording) -> tuple[Named, ...]:
    """All namings of a line in order, the longest where two overlap."""
    found = [
        Named(
            code=m.value or concepts[m.concept].jurisdiction,
            start=m.start,
            end=m.end,
            role=concepts[m.concept].role or "state",
            concept=m.concept,
            fixed=_fixed(m.surface, wording),
        )
        for m in line.of(Slot.ACTOR, Slot.TARGET)
    ]
    found = [item for item in found if item.code and item.code not in {"multi", "INT"}]
    if not wording.spaced:
        found += _short_forms(line, text, wording, found)
    kept: list[Named] = []
    for item in sorted(found, key=lambda named: (-(named.end - named.start), named.start)):
        if not any(item.start < other.end and item.end > other.start for other in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda named: named.start))


def _fixed(surface: str, wording: Wording) -> str:
    """対中 and 对华 are targets by themselves."""
    if wording.spaced:
        return ""
    known = {word for word, _ in wording.grammar.roles.target_forms}
    return "target" if surface in known else ""


def _short_forms(line: Line, text: str, wording: Wording, known: list[Named]) -> list[Named]:
    roles = wording.grammar.roles
    found: list[Named] = []
    for word, code in roles.target_forms:
        at = text.find(word, line.start, line.end)
        while at >= 0:
            found.append(Named(code=code, start=at, end=at + len(word), role="state", concept=None, fixed="target"))
            at = text.find(word, at + 1, line.end)
    for word, code in roles.actor_forms:
        at = text.find(word, line.start, line.end)
        while at >= 0:
            end = at + len(word)
            if _stands_alone(text, at, end, line) and not any(at < k.end and end > k.start for k in known):
                found.append(Named(code=code, start=at, end=end, role="state", concept=None))
            at = text.find(word, at + 1, line.end)
    return found


def _stands_alone(text: str, start: int, end: int, line: Line) -> bool:
    """One character is a state only at the head of a clause and before a particle, a comma or 拟/将/对."""
    head = start == line.start or text[start - 1] in "、,。:;!?「『“(  "
    follows = text[end : end + 1]
    return head and (end - start > 1 or follows in set("、,がはもの拟将对再宣欲考又对擬將對暫停禁限祭嚴擴解延稱"))
