"""Say which goods a measure is about, known ones and those that no file knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand.events.lines import Line, Setting
from bot.understand.events.wording import Span, Wording

OTHER = ConceptId("other")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MOST_WORDS = 4
_MOST_NAMED = 2  # the rest of a name, and the join
_MOST_UNKNOWN = 4  # words between two joins of a list, the joins counted
_LIST_GAP = 14  # characters between two goods of a list
_UNKNOWN_GAP = 36  # characters with goods between them that no file knows
_DENSE_NAME = re.compile(r"[ァ-ヶー]{2,}|[一-鿿ァ-ヶーA-Za-z]{1,8}|[가-힣]{2,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The goods of one measure."""

    goods: tuple[ConceptId, ...]
    surfaces: tuple[str, ...]
    spans: tuple[Span, ...]


def goods_of(line: Line, setting: Setting, measure: Span, others: Sequence[Span], *, guess: bool) -> Scope:
    """Goods of the measure's clause, else of its line; goods that stand nearer to another measure are left to it."""
    text, wording, concepts = setting.text, setting.wording, setting.concepts
    exempt = [line.clause_span(*span) for span in wording.spans("exempts", text, line.start, line.end)]
    known = [
        m
        for m in line.of(Slot.GOODS)
        if not any(_inside(m, clause) for clause in exempt if not _spans_touch(clause, measure))
        and not any(_closer(m, other, measure) for other in others)
    ]
    clause = line.clause_span(*measure)
    own = _listed([m for m in known if _inside(m, clause)], known, setting)
    chosen = _drop_parents(own or known, concepts)
    if chosen:
        return Scope(
            goods=tuple(dict.fromkeys(m.concept for m in chosen)),
            surfaces=(),
            spans=tuple((m.start, m.end) for m in chosen),
        )
    unknown = _unknown(line, text, wording, measure) if guess else None
    if unknown is None:
        return Scope(goods=(), surfaces=(), spans=())
    return Scope(goods=(OTHER,), surfaces=(text[unknown[0] : unknown[1]],), spans=(unknown,))


def _listed(own: Sequence[Mention], known: Sequence[Mention], setting: Setting) -> list[Mention]:
    """Goods of the clause with the rest of their list: "gallium, germanium and antimony", "对镓、锗、锑实施管制"."""
    chosen = list(own)
    if not chosen:
        return chosen
    for mention in sorted(known, key=lambda m: m.start):
        ends = [m.end for m in chosen if m.end <= mention.start]
        if mention not in chosen and ends and _only_joins(setting, max(ends), mention.start):
            chosen.append(mention)
    for mention in sorted(known, key=lambda m: -m.end):
        starts = [m.start for m in chosen if m.start >= mention.end]
        if mention not in chosen and starts and _only_joins(setting, mention.end, min(starts)):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _only_joins(setting: Setting, start: int, end: int) -> bool:
    text = setting.text
    between = text[start:end].strip()
    if not between or end - start > _UNKNOWN_GAP:
        return False
    joins = tuple(setting.wording.spans("joins", text, start, end))
    covered = sum(right - left for left, right in joins)
    if end - start <= _LIST_GAP and covered >= len("".join(between.split())):
        return True
    # "supercomputer parts and wafer tools", "chips, test beds and wafer tools": the rest of a name, an unknown member
    opens = bool(joins) and not text[start : joins[0][0]].strip()
    closes = bool(joins) and not text[joins[-1][1] : end].strip()
    words = setting.wording.words_between(text, start, end)
    return closes and (words <= _MOST_NAMED or (len(joins) > 1 and opens and words <= _MOST_UNKNOWN))


def _drop_parents(mentions: Sequence[Mention], concepts: Mapping[ConceptId, Concept]) -> list[Mention]:
    """A parent named inside its child ("chips" in "AI chips") says nothing of its own."""
    return [
        m
        for m in mentions
        if not any(
            o.start <= m.start and m.end <= o.end and m is not o and _parent(o.concept, concepts) == m.concept
            for o in mentions
        )
    ]


def _parent(item: ConceptId, concepts: Mapping[ConceptId, Concept]) -> ConceptId | None:
    concept = concepts.get(item)
    return concept.parent if concept is not None else None


def _inside(mention: Mention, clause: Span) -> bool:
    return clause[0] <= mention.start < clause[1]


def _spans_touch(span: Span, other: Span) -> bool:
    return span[0] < other[1] and span[1] > other[0]


def _closer(mention: Mention, other: Span, measure: Span) -> bool:
    def gap(span: Span) -> int:
        if mention.start < span[1] and mention.end > span[0]:
            return 0
        return min(abs(mention.start - span[1]), abs(span[0] - mention.end))

    return gap(other) < gap(measure)


def _unknown(line: Line, text: str, wording: Wording, measure: Span) -> Span | None:
    """The object of "export ban on beryllium blanks": the words after the preposition, up to the next function word."""
    return (
        _unknown_spaced(line, text, wording, measure)
        if wording.spaced
        else _unknown_dense(line, text, wording, measure)
    )


def _unknown_spaced(line: Line, text: str, wording: Wording, measure: Span) -> Span | None:
    for _, end in wording.spans("object_before", text, max(line.start, measure[1] - 4), line.end):
        if wording.words_between(text, measure[1], end) > 1:
            return None
        clause_end = line.clauses[line.clause_at(end - 1)][1]
        span = _name(text, end, clause_end, wording)
        known = line.of(Slot.GOODS, Slot.ACTOR, Slot.TARGET, Slot.NOISE)
        if span is not None and not any(m.start < span[1] and m.end > span[0] for m in known):
            return span
    return None


def _name(text: str, start: int, end: int, wording: Wording) -> Span | None:
    calendar = wording.grammar.calendar
    counted = {word for word, _ in calendar.numbers} | {word for group in calendar.units for word in group}
    words: list[Span] = []
    for match in _WORD.finditer(text, start, end):
        stop = wording.starts("object_stops", text, match.start(), match.end()) or match[0].casefold() in counted
        vague = wording.starts("vague", text, match.start(), match.end())
        if stop or len(words) == _MOST_WORDS or (words and re.search(r"[^\s-]", text[words[-1][1] : match.start()])):
            break
        if vague and not words:
            continue
        if vague:
            break
        words.append(match.span())
    if not words or sum(right - left for left, right in words) < 4:
        return None
    return words[0][0], words[-1][1]


def _unknown_dense(line: Line, text: str, wording: Wording, measure: Span) -> Span | None:
    """The characters before "の輸出を禁止", or between "禁止" and "出口"."""
    clause = line.clause_span(*measure)
    for start, _ in wording.spans("object_after", text, clause[0], min(clause[1], measure[1] + 12)):
        left = max(clause[0], start - 10)
        for mark in wording.spans("object_stops", text, left, start):
            left = max(left, mark[1])
        for mark in wording.spans("object_before", text, left, start):
            left = max(left, mark[1])
        name = text[left:start].strip()
        if _DENSE_NAME.fullmatch(name) and not wording.has("vague", text, left, start):
            touched = any(
                m.start < start and m.end > left for m in line.of(Slot.GOODS, Slot.ACTOR, Slot.TARGET, Slot.NOISE)
            )
            if not touched and not re.fullmatch(r"[一-鿿]{5,}", name):
                at = text.index(name, left)
                return at, at + len(name)
    return None
