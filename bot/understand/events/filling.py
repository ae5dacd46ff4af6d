"""Complete drafts from the title, the sentences around them, and the source that speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Slot, Stage, Zone
from bot.types.lexicon import Concept
from bot.understand._origin import origin_of
from bot.understand.events.actors import named_in
from bot.understand.events.drafts import LISTING, Draft
from bot.understand.events.goods import OTHER
from bot.understand.events.lines import Line
from bot.understand.events.roles import Cast, Stagehand
from bot.understand.events.wording import Wording

_FIRM_ROLE = 2.0  # an imposer this sure is not replaced
_LINES_BACK = 2
_LINES_LISTED = 4  # after a listing, who is listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the text as a whole says, for drafts that say too little."""

    lines: Sequence[Line]
    title: Cast
    casts: Mapping[int, Cast]  # by line index, for lines near drafts
    home: str  # jurisdiction of an official source, or ""
    fallback: str  # jurisdiction of source or language, for a text that names none
    common: str  # the jurisdiction that acts most often, or ""
    title_goods: tuple[ConceptId, ...]
    common_goods: tuple[ConceptId, ...]  # the goods named most often


def look_around(
    document: Document,
    lines: Sequence[Line],
    concepts: Mapping[ConceptId, Concept],
    wording: Wording,
    *,
    namesakes: bool = False,
) -> Around:
    """Roles of every line, seen from its end; `namesakes`: states were named, as parts of other names only."""
    text = document.full
    casts: dict[int, Cast] = {}
    for line in lines:
        actors = named_in(line, text, concepts, wording)
        if actors:
            hand = Stagehand(line, text, wording, measure=(line.end, line.end))
            casts[line.index] = hand.cast(actors)
    titles = [line for line in lines if line.zone is Zone.TITLE]
    first = next((casts[line.index] for line in titles if line.index in casts), _NOBODY)
    goods = [m.concept for line in titles for m in line.of(Slot.GOODS)]
    origin = origin_of(document, wording.grammar.roles.home, concepts)
    acting = Counter(cast.imposer for cast in casts.values() if cast.imposer)
    return Around(
        lines=lines,
        title=first,
        casts=casts,
        home=origin.speaker,
        fallback=(origin.place or origin.language) if not casts and not namesakes else "",
        common=acting.most_common(1)[0][0] if acting else "",
        title_goods=tuple(dict.fromkeys(goods)),
        common_goods=_common_goods(lines),
    )


_NOBODY = Cast(imposer=None, strength=0.0, agency=None, targets=(), parties=(), reactors=(), spans=(), target_spans=())


def fill(draft: Draft, around: Around) -> Draft:
    """The draft with imposer, targets and goods from elsewhere where its own line names none."""
    return _fill_goods(_fill_targets(_fill_imposer(draft, around), around), around)


def _fill_imposer(draft: Draft, around: Around) -> Draft:
    if draft.imposer_strength >= _FIRM_ROLE:
        return draft if draft.agency else replace(draft, agency=_agency_near(draft, around))
    for code, strength, agency in _imposers(draft, around):
        hit = code != around.home and (
            code in draft.targets or (code in draft.parties and draft.stage is not Stage.DENIED)
        )
        if code and strength > draft.imposer_strength and not hit:
            return replace(
                draft,
                targets=tuple(other for other in _targets(draft) if other != code),
                imposer=code,
                imposer_strength=strength,
                agency=agency,
                borrowed=draft.borrowed | {"imposer"},
            )
    return draft


def _targets(draft: Draft) -> tuple[str, ...]:
    return draft.targets or (() if draft.everywhere else draft.parties)


def _agency_near(draft: Draft, around: Around) -> ConceptId | None:
    """The agency that speaks for the imposer in the sentence before or after."""
    for index in (draft.line.index - 1, draft.line.index + 1):
        cast = around.casts.get(index)
        if cast is not None and cast.agency and cast.imposer == draft.imposer:
            return cast.agency
    return None


def _imposers(draft: Draft, around: Around) -> list[tuple[str | None, float, ConceptId | None]]:
    index = draft.line.index
    near: list[tuple[str | None, float, ConceptId | None]] = []
    for back in range(1, _LINES_BACK + 1):
        cast = around.casts.get(index - back)
        if cast is not None and index - back >= 0 and cast.strength >= _FIRM_ROLE:
            near.append((cast.imposer, 1.9, cast.agency))
    title = (around.title.imposer, 1.8, around.title.agency)
    home = (around.home, 1.95, None)
    after = around.casts.get(index + 1)
    following = (after.imposer, 1.2, after.agency) if after is not None else (None, 0.0, None)
    order = [home, title, *near] if draft.line.zone is not Zone.BODY else [home, *near, title]
    return [*_deniers(draft, around), *order, following, (around.common, 1.0, None), (around.fallback, 0.5, None)]


def _deniers(draft: Draft, around: Around) -> list[tuple[str | None, float, ConceptId | None]]:
    """Who denies a step would have been the one to take it."""
    if draft.stage is not Stage.DENIED:
        return []
    near = (around.casts.get(draft.line.index + shift) for shift in (0, 1, -1))
    return [(cast.reactors[0], 1.9, None) for cast in near if cast is not None and cast.reactors]


def _fill_targets(draft: Draft, around: Around) -> Draft:
    if draft.measure in LISTING and not draft.everywhere and draft.stage is not Stage.HISTORIC:
        draft = replace(draft, targets=_listed_near(draft, around))
    if draft.targets or draft.everywhere or draft.line.zone is Zone.TITLE:
        return draft
    same = around.title.imposer in {None, draft.imposer}
    targets = tuple(code for code in around.title.targets if code != draft.imposer)
    if targets and same and draft.line.zone is Zone.LEAD:
        return replace(draft, targets=targets, borrowed=draft.borrowed | {"targets"})
    return draft


def _listed_near(draft: Draft, around: Around) -> tuple[str, ...]:
    """Targets with those whose firms the next sentences list."""
    found = list(draft.targets)
    for index in range(draft.line.index + 1, draft.line.index + 1 + _LINES_LISTED):
        cast = around.casts.get(index)
        if cast is not None and (cast.imposer in {None, draft.imposer}):
            found += [code for code in cast.parties if code != draft.imposer]
    return tuple(dict.fromkeys(found))


def _fill_goods(draft: Draft, around: Around) -> Draft:
    if draft.goods and draft.goods != (OTHER,):
        return draft
    near = _goods_near(draft, around)
    found = (near or around.title_goods) if draft.line.zone is Zone.BODY else (around.title_goods or near)
    if not found and not draft.goods:
        found = around.common_goods
    if found:
        return replace(draft, goods=found, surfaces=(), borrowed=draft.borrowed | {"goods"})
    return draft


def _goods_near(draft: Draft, around: Around) -> tuple[ConceptId, ...]:
    index = draft.line.index
    for other in (index + 1, index - 1, index - 2):
        if not 0 <= other < len(around.lines):
            continue
        line = around.lines[other]
        if abs(line.paragraph - draft.line.paragraph) > 1:
            continue
        goods = tuple(dict.fromkeys(m.concept for m in line.of(Slot.GOODS)))
        if goods:
            return goods
    return ()


def _common_goods(lines: Sequence[Line]) -> tuple[ConceptId, ...]:
    counted = Counter(m.concept for line in lines for m in line.of(Slot.GOODS))
    return (counted.most_common(1)[0][0],) if counted else ()
