"""Say what a step does to trade: the object of "suspend", "lift" and "extend" decides, not the verb.

A small algebra of signs. What stops trade (controls) counts +1, what flows (exports) and what lets it flow (a truce, a
licence once granted) count -1. Verbs that end something turn the sign of their object, verbs that keep or bring
it back do not. The product is the direction: "suspends exports" +1, "suspends export controls" -1, "extends the
suspension of export controls" -1, "lets the suspension lapse" +1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand.events.drafts import OPERATOR_MEASURES
from bot.understand.events.lines import Line
from bot.understand.events.wording import Span, Wording

_SIGNS = {
    "suspends": -1,
    "lifts": -1,
    "expires": -1,
    "eases": -1,
    "refuses": -1,
    "extends": 1,
    "restores": 1,
    "raises": 1,
    "lowers": -1,
    "allows": 1,
}
_CUE_KINDS = {"suspended": "suspends", "lifted": "lifts", "extended": "extends", "eased": "eases", "expired": "expires"}
_ENDS = frozenset({"suspends", "lifts", "expires"})
_TURNS_QUOTA = frozenset({"raises", "lowers"})
_TURNS_PERMIT = frozenset({"suspends", "lifts", "expires", "refuses", "extends", "allows"})
_REACH_SPACED, _REACH_DENSE, _REACH_HEAD = 90, 36, 120
_STOP = re.compile(r"[，,。；;！？!?\n]")
# Measures that are often named by what they stop: "blocks the sale of the plant", "halts technology transfer".
_OBJECTS = frozenset({"investment-screening", "tech-transfer-ban", "reexport", "stockpile-release", "state-control"})
_BASE_WORDS = (
    ("quota", "quotas"),
    ("control", "controls"),
    ("relief", "reliefs"),
    ("permit", "permits"),
    ("trade", "trade"),
)
_MOST = 80  # operators and bases of one sentence
_LONGEST_CUE = 40
_BEHIND = 10  # characters of " a las " between a control and the trade it controls
_CLAUSE_COST, _ORDER_COST = 30, 12
_BASE_RANK = {"control": 0, "quota": 1, "relief": 2, "permit": 3, "trade": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A word that acts on a measure."""

    kind: str  # field of Steps
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A word that is acted upon."""

    kind: str  # "control" "quota" "relief" "permit" "trade"
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Polarity:
    """What the words around a measure do to it."""

    direction: Direction
    stage: Stage | None  # lifted, suspended or extended when the words say so
    operators: tuple[Operator, ...]
    relief_ended: bool = False  # an exemption or truce is taken back in the same sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """All operators and bases of a line, each operator with its object."""

    bases: tuple[Base, ...]
    pairs: tuple[tuple[Operator, Base | None], ...]
    frees: tuple[Span, ...]
    forbids: tuple[Span, ...]


def find_steps(line: Line, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording) -> Steps:
    """Operators and their objects in a line."""
    bases = _bases(line, text, concepts, wording)
    operators = _operators(line, text, concepts, wording, bases)
    # "zet stop op": the noun is part of the verb
    bases = tuple(base for base in bases if not any(_part_of(base, op) for op in operators))
    return Steps(
        bases=bases,
        pairs=tuple(
            (op, _object_of(op, bases, line, wording) or _object_far(op, bases, text, line, wording))
            for op in operators
        ),
        frees=tuple(wording.spans("frees", text, line.start, line.end)),
        forbids=tuple(wording.spans("forbids", text, line.start, line.end)),
    )


def _part_of(base: Base, op: Operator) -> bool:
    within = op.start <= base.start and base.end <= op.end
    return within and (base.start == op.start or base.end == op.end)


def polarity_of(mention: Mention, concept: Concept, steps: Steps, line: Line) -> Polarity:
    """Direction and stage of one measure mention."""
    inner = [target for op, target in steps.pairs if target and op.start < mention.end and op.end > mention.start]
    own = [base for base in steps.bases if base in inner or (base.start < mention.end and base.end > mention.start)]
    operators = tuple(
        op
        for op, target in steps.pairs
        if target in own or (target is None and mention.start <= op.start and op.end <= mention.end)
    )
    clause = line.clause_span(mention.start, mention.end)
    if not own and mention.concept in OPERATOR_MEASURES:
        return _acts_alone(concept, steps, clause)
    ending = {op.kind for op in operators} & _ENDS
    if not ending and any(op.kind in _ENDS and target and target.kind == "relief" for op, target in steps.pairs):
        return Polarity(direction=Direction.TIGHTEN, stage=None, operators=operators, relief_ended=True)
    if any(_touches(span, clause) for span in steps.frees):
        return Polarity(direction=Direction.EASE, stage=Stage.LIFTED, operators=operators)
    if not operators:
        direction = concept.direction
        if any(_touches(span, clause) for span in steps.forbids):
            direction = Direction.TIGHTEN
        elif own and all(base.kind == "relief" for base in own):
            direction = Direction.EASE  # a general licence asks for nothing
        return Polarity(direction=direction, stage=None, operators=())
    base = min(own, key=lambda found: _BASE_RANK[found.kind], default=None)
    sign = _sign(base, concept, operators)
    direction = {1: Direction.TIGHTEN, -1: Direction.EASE}.get(sign, Direction.NONE)
    return Polarity(direction=direction, stage=stage_of(operators, direction, base), operators=operators)


def _acts_alone(concept: Concept, steps: Steps, clause: Span) -> Polarity:
    """Verbs without an object of their own, as in "extends the suspension": what they act on is a control."""
    operators = tuple(op for op, target in steps.pairs if target is None and clause[0] <= op.start < clause[1])
    kinds = {op.kind for op in operators}
    if not operators:
        return Polarity(direction=concept.direction, stage=None, operators=())
    if len(kinds) == 1 and concept.direction is Direction.EASE:
        return Polarity(direction=Direction.EASE, stage=stage_of(operators, Direction.EASE, None), operators=operators)
    direction = Direction.TIGHTEN if _product(1, kinds) > 0 else Direction.EASE
    return Polarity(direction=direction, stage=stage_of(operators, direction, None), operators=operators)


def only_acts(mention: Mention, group: Sequence[Mention], steps: Steps) -> bool:
    """Whether a mention is but the verb over another one of its group: 停止 beside 輸出規制, "lifts" beside "ban"."""
    for op, target in steps.pairs:
        inside = mention.start <= op.start and op.end <= mention.end
        if inside and target and not (target.start < mention.end and target.end > mention.start):
            return any(m is not mention and m.start < target.end and m.end > target.start for m in group)
    return False


def stage_of(operators: Iterable[Operator], direction: Direction, base: Base | None) -> Stage | None:
    """Lifted, suspended or extended; None when the operators only say which way it goes."""
    kinds = {op.kind for op in operators}
    if "extends" in kinds:
        return Stage.EXTENDED
    if direction is not Direction.EASE:
        return None
    if kinds & {"lifts", "expires"}:
        return Stage.LIFTED
    if "suspends" in kinds:
        return Stage.SUSPENDED
    return Stage.LIFTED if "restores" in kinds and base is not None and base.kind == "trade" else None


def _sign(base: Base | None, concept: Concept, operators: Sequence[Operator]) -> int:
    kinds = {op.kind for op in operators}
    if base is None:
        # "suspends implementation", "blocks the sale": the verb is part of the measure's own name
        return {Direction.TIGHTEN: 1, Direction.EASE: -1}.get(concept.direction, 0)
    if "eases" in kinds and base.kind != "relief":
        return -1
    if base.kind == "permit":
        return _product(-1 if kinds & _TURNS_PERMIT else 1, kinds)
    if base.kind == "quota":
        return _product(-1 if kinds & _TURNS_QUOTA else 1, kinds)
    return _product({"control": 1, "relief": -1, "trade": -1}[base.kind], kinds)


def _product(sign: int, kinds: Collection[str]) -> int:
    if "lifts" in kinds:
        kinds = set(kinds) - {"expires"}  # "runs out and is not renewed" ends it once
    for kind in kinds:
        sign *= _SIGNS[kind]
    return sign


def _touches(span: Span, other: Span) -> bool:
    return span[0] < other[1] and span[1] > other[0]


def _bases(line: Line, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording) -> tuple[Base, ...]:
    verbs = [span for kind in _SIGNS for span in islice(wording.spans(kind, text, line.start, line.end), _MOST)]
    found: list[Base] = []
    for kind, name in _BASE_WORDS:
        for start, end in islice(wording.spans(name, text, line.start, line.end), _MOST):
            if any(start < base.end and end > base.start for base in found):
                continue
            if kind == "trade" and (_in_compound(found, text, end) or _hangs_on(found, text, start, wording)):
                continue
            found.append(Base(kind=kind, start=start, end=end))
    for mention in line.of(Slot.MEASURE):
        direction = concepts[mention.concept].direction
        bare = not any(base.start < mention.end and base.end > mention.start for base in found)
        acts = any(_touches((mention.start, mention.end), span) for span in verbs)
        if bare and not acts and direction is not Direction.NONE:
            kind = "control" if direction is Direction.TIGHTEN else "relief"
            if mention.concept in _OBJECTS:
                kind = "trade"
            found.append(Base(kind=kind, start=mention.start, end=mention.end))
    return tuple(sorted(found, key=lambda base: base.start)[:_MOST])


def _in_compound(found: Iterable[Base], text: str, end: int) -> bool:
    """Whether a trade word is the first half of "export controls"."""
    return any(0 <= base.start - end <= 1 and not text[end : base.start].strip(" -") for base in found)


def _hangs_on(found: Iterable[Base], text: str, start: int, wording: Wording) -> bool:
    """Whether a trade word only says what a control is on: "controles a la exportación", "запрет на вывоз"."""
    roles = wording.grammar.roles
    if not roles.genitives and not roles.adjective_behind:
        return False
    for base in found:
        if not 0 < start - base.end <= _BEHIND:
            continue
        between = text[base.end : start].strip()
        if not between:
            if roles.genitives and base.kind == "control":
                return True  # "zakaz eksportu"
        elif wording.starts("object_before", text, base.end, start) and wording.ends(
            "object_before", text, base.end, start
        ):
            return True
    return False


def _operators(
    line: Line, text: str, concepts: Mapping[ConceptId, Concept], wording: Wording, bases: Sequence[Base]
) -> tuple[Operator, ...]:
    stopped = {line.clause_at(base.start) for base in bases if base.kind in {"control", "quota"}}
    taken = [
        (base.start, base.end)
        for base in bases
        # 豁免 is a verb where a control stands beside it, and a relief where none does
        if base.kind in {"control", "permit"} or (base.kind == "relief" and line.clause_at(base.start) not in stopped)
    ]
    found: list[Operator] = []
    for kind in _SIGNS:
        for start, end in islice(wording.spans(kind, text, line.start, line.end), _MOST):
            inside = any(start >= left and end <= right for left, right in taken)
            if not inside and not any(_touches((start, end), (op.start, op.end)) for op in found):
                ended = kind == "extends" and _is_negated(start, end, line, text, wording)
                found.append(Operator(kind="expires" if ended else kind, start=start, end=end))
    for mention in line.of(Slot.STAGE, Slot.CUE):
        cue = concepts[mention.concept].cue
        kind_of_cue = _CUE_KINDS.get(cue)
        if kind_of_cue and len(mention.surface) > (_LONGEST_CUE if wording.spaced else _LONGEST_CUE // 3):
            continue  # a pair of words from far apart: too loose to turn a measure round
        inside = any(mention.start >= left and mention.end <= right for left, right in taken)
        if (
            kind_of_cue
            and not inside
            and not any(_touches((mention.start, mention.end), (op.start, op.end)) for op in found)
        ):
            found.append(Operator(kind=kind_of_cue, start=mention.start, end=mention.end))
    return tuple(sorted(found, key=lambda op: op.start)[:_MOST])


def _is_negated(start: int, end: int, line: Line, text: str, wording: Wording) -> bool:
    """Whether a verb is denied: "will not renew", "wird nicht verlängert", 延長されない."""
    low, high = (start - 14, end + 14) if wording.spaced else (start - 3, end + 6)
    return wording.has("negates", text, max(line.start, low), start) or wording.has(
        "negates", text, end, min(line.end, high)
    )


def _object_far(op: Operator, bases: Sequence[Base], text: str, line: Line, wording: Wording) -> Base | None:
    """The head of a long object, which stands behind all that it holds: 暂停实施 … 公布的关于 … 出口管制的措施."""
    if wording.spaced or wording.grammar.steps.verb_final:
        return None
    stop = _STOP.search(text, op.end, line.end)
    limit = min(stop.start() if stop else line.end, op.end + _REACH_HEAD)
    inside = [base for base in bases if op.end <= base.start and base.end <= limit]
    named = [base for base in inside if any(_touches((base.start, base.end), place) for place in _measures(line))]
    found = named or inside
    return found[-1] if found else None


def _measures(line: Line) -> tuple[Span, ...]:
    return tuple((m.start, m.end) for m in line.of(Slot.MEASURE))


def _object_of(op: Operator, bases: Sequence[Base], line: Line, wording: Wording) -> Base | None:
    reach = _REACH_SPACED if wording.spaced else _REACH_DENSE
    verb_final = wording.grammar.steps.verb_final
    clause = line.clause_at(op.start)
    best: tuple[int, int, Base] | None = None
    for base in bases:
        if base.start < op.end and base.end > op.start:
            gap = 0
        else:
            gap = base.start - op.end if base.start >= op.end else op.start - base.end
        if gap > reach:
            continue
        apart = abs(line.clause_at(base.start) - clause)
        near = verb_final and base.end <= op.start and gap <= reach // 2  # the object's clause may end in a comma
        if gap > 0 and apart > (1 if line.zone is Zone.TITLE or near else 0):
            continue
        behind = base.start < op.start
        cost = gap + _CLAUSE_COST * apart
        if behind is not verb_final and gap > 0:
            cost += _ORDER_COST
        key = (cost, _BASE_RANK[base.kind], base)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best else None
