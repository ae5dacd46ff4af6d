"""Cut a scene into lines: sentences with their paragraph, clauses and mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.types.ids import ConceptId
from bot.types.levels import Slot, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand._scene import Act, Scene
from bot.understand.events.wording import Span, Wording

_SPACED_BREAK = re.compile(r"[;:!?…–—](?=\s|$)|(?<!\d),(?=[\s\"'”’»“])|,(?=[\s\"'”’»“])|\s-\s|[()\[\]„“”«»]")
_DENSE_BREAK = re.compile(r"[,，;；:：!！?？。()（）「」『』“”]|、(?=[^、]{6,})")
_LONGEST = 2500  # characters of a sentence that are read; longer ones are tables and attacks
_MOST_MENTIONS = 150  # a sentence that names more is a table: its first ones tell what it is about
_SHORT_LEAD = 4  # words: "In 2010, China ..." belongs to the clause that follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence."""

    index: int
    paragraph: int  # 0 is the title
    start: int  # offsets into Document.full
    end: int  # as far as it is read
    close: int  # where the sentence ends
    zone: Zone
    mentions: tuple[Mention, ...]
    clauses: tuple[Span, ...]

    def of(self, *slots: Slot) -> tuple[Mention, ...]:
        """Mentions in these slots, in order."""
        return tuple(m for m in self.mentions if m.slot in slots)

    def clause_at(self, offset: int) -> int:
        """Number of the clause at an offset."""
        return min(bisect_right(self.clauses, offset, key=lambda clause: clause[1]), len(self.clauses) - 1)

    def clause_span(self, start: int, end: int) -> Span:
        """From the clause that holds `start` to the one that holds the last character before `end`."""
        first, last = self.clause_at(start), self.clause_at(max(start, end - 1))
        return self.clauses[first][0], self.clauses[last][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What stays the same for all lines of a text."""

    text: str
    concepts: Mapping[ConceptId, Concept]
    wording: Wording
    short: bool  # the whole text is a headline with a sentence or two
    acts: tuple[Act, ...] = ()  # of a trained pipeline


def cut_lines(scene: Scene, wording: Wording) -> tuple[Line, ...]:
    """All sentences of a scene; mentions that reach over a sentence's end belong to the one they start in."""
    text = scene.document.full
    lines: list[Line] = []
    paragraph, last_end, cursor = 0, 0, 0
    mentions = scene.mentions
    for index, (start, close) in enumerate(scene.sentences):
        if lines and "\n" in text[last_end:start]:
            paragraph += 1
        last_end = close
        end = min(close, start + _LONGEST)
        while cursor < len(mentions) and mentions[cursor].start < start:
            cursor += 1
        held: list[Mention] = []
        while cursor < len(mentions) and mentions[cursor].start < close:
            within = mentions[cursor].end <= end or mentions[cursor].slot is Slot.IDENTIFIER  # "Stcrt. 2023, 18212"
            if len(held) < _MOST_MENTIONS and within:
                held.append(mentions[cursor])
            cursor += 1
        lines.append(
            Line(
                index=index,
                paragraph=paragraph,
                start=start,
                end=end,
                close=close,
                zone=scene.document.zone_at(start),
                mentions=tuple(held),
                clauses=_clauses(text, start, end, wording),
            )
        )
    return tuple(lines)


def _clauses(text: str, start: int, end: int, wording: Wording) -> tuple[Span, ...]:
    breaker = _SPACED_BREAK if wording.spaced else _DENSE_BREAK
    cuts = {match.end() for match in breaker.finditer(text, start, end)}
    cuts |= {span[0] for span in wording.spans("breaks", text, start + 1, end)}
    bounds = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    spans: list[Span] = []
    carried = start
    short = _SHORT_LEAD if wording.spaced else _SHORT_LEAD // 2
    for left, right in pairwise(bounds):
        if left == carried and right < end and wording.words_between(text, left, right) < short:
            continue  # too short to be a clause of its own: joins what follows
        spans.append((carried, right))
        carried = right
    if not spans or carried < end:
        spans.append((carried, end))
    return tuple(spans)
