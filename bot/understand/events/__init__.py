"""Assemble events from mentions: per sentence, then per paragraph, then for the document as a whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from bot.types.levels import Slot, Stage, Zone
from bot.types.reading import Event, Mention
from bot.understand._scene import Scene
from bot.understand.events.background import CARRY_PARAGRAPHS, tenses
from bot.understand.events.building import SHORT_TEXT, drafts_of
from bot.understand.events.denials import settle_back_references, settle_denials
from bot.understand.events.details import REACH_DATES, cite, date_from_near, limit
from bot.understand.events.drafts import OPERATOR_MEASURES, Draft
from bot.understand.events.filling import fill, look_around
from bot.understand.events.lines import Line, Setting, cut_lines
from bot.understand.events.merging import to_event, unite, weigh
from bot.understand.events.telling import HELD, retell
from bot.understand.events.timing import time_of, untimed
from bot.understand.events.wording import Wording, wording_of

__all__ = ["assemble"]

_MOST_DRAFTS = 400  # of one text, before those that tell the same step are united


def assemble(scene: Scene) -> tuple[tuple[Mention, ...], tuple[Event, ...]]:
    """Say which steps a text tells, and how it holds its mentions.

    Args:
        scene: A document after matching; all cues are still STATED and all countries in slot ACTOR.

    Returns:
        The mentions with cues assigned and target countries in slot TARGET, in the order given, and the events, most
        confident first.
    """
    wording = wording_of(scene.grammar)
    lines = cut_lines(scene, wording)
    text = scene.document.full
    anchor = scene.document.dated.date()
    timings = tuple(
        time_of(line, text, scene.concepts, wording, anchor) if asked else untimed(anchor)
        for line, asked in zip(lines, _timed(lines), strict=True)
    )
    tense = tenses(lines, timings, text, scene.concepts, wording)
    setting = Setting(
        text=text,
        concepts=scene.concepts,
        wording=wording,
        short=len(scene.document.text) <= SHORT_TEXT,
        acts=scene.acts,
    )
    found = (
        draft
        for line, timing, told in zip(lines, timings, tense, strict=True)
        for draft in drafts_of(line, timing, told, setting)
    )
    drafts = date_from_near(tuple(islice(found, _MOST_DRAFTS)), lines, timings)
    settled = _settled(scene, lines, drafts, wording)
    events = _events(scene, lines, settled)
    return retell(scene.mentions, lines, tense, _final(drafts, settled)), events


def _timed(lines: tuple[Line, ...]) -> list[bool]:
    """Per line, whether its dates can matter: to a mention of its own, or to one shortly before or behind it.

    Most sentences of a text that names one measure in passing stand too far from it.
    """
    told = [line.index for line in lines if any(mention.slot in HELD for mention in line.mentions)]
    asked = [False] * len(lines)
    for index in told:
        last = min(len(lines), index + 1 + REACH_DATES)
        asked[index:last] = [True] * (last - index)
        before = index - 1
        while (
            before >= 0 and not asked[before] and lines[index].paragraph - lines[before].paragraph <= CARRY_PARAGRAPHS
        ):
            asked[before] = True
            before -= 1
    return asked


def _settled(scene: Scene, lines: tuple[Line, ...], drafts: tuple[Draft, ...], wording: Wording) -> tuple[Draft, ...]:
    """The drafts that tell steps of this text, completed from all of it."""
    if not drafts:
        return ()
    text, concepts = scene.document.full, scene.concepts
    told = settle_back_references(drafts, lines, concepts, wording, text)
    told = settle_denials(told, lines, concepts, wording, text)
    told = tuple(draft for draft in told if not draft.demanded)
    anchor = scene.document.dated.date()
    told = limit(cite(told, lines, text, wording, anchor), lines, concepts, wording, text)
    around = look_around(scene.document, lines, concepts, wording, namesakes=scene.namesakes)
    return _settle_bare(tuple(fill(draft, around) for draft in told if not _supposed(draft)))


def _events(scene: Scene, lines: tuple[Line, ...], drafts: tuple[Draft, ...]) -> tuple[Event, ...]:
    opinion = any(
        scene.concepts[m.concept].cue == "opinion"
        for line in lines
        if line.zone is Zone.TITLE
        for m in line.of(Slot.CUE, Slot.STAGE, Slot.NOISE)
    )
    weighed = [weigh(draft, scene.document, opinion=opinion) for draft in drafts]
    return tuple(to_event(draft, scene.concepts) for draft in unite(weighed, scene.concepts))


def _final(drafts: tuple[Draft, ...], settled: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """All drafts as the text as a whole holds them, also those that became no event."""
    known = {(draft.line.index, draft.span): draft for draft in settled}
    return tuple(known.get((draft.line.index, draft.span), draft) for draft in drafts)


def _settle_titles(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """A headline that only names a measure tells nothing new when the text below speaks of it as past."""
    told = [draft for draft in drafts if draft.firm > 0]
    if not told or any(draft.stage is not Stage.HISTORIC for draft in told):
        return drafts
    return tuple(replace(draft, stage=Stage.HISTORIC) if draft.firm == 0 else draft for draft in drafts)


def _supposed(draft: Draft) -> bool:
    """Whether nobody acts: a modal verb deep in the text ("a ban would cost billions"), a verb without its object."""
    if draft.measure in OPERATOR_MEASURES and not (draft.grounded or draft.acts) and draft.imposer_strength < 2:
        return True  # "reopened", "again": a verb with nothing that a state could have stopped
    loose = draft.stage is Stage.CONSIDERED and draft.firm < 2
    return loose and draft.line.zone is Zone.BODY and draft.imposer_strength < 2


def _settle_bare(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Nouns that only refer ("the curbs") tell no step: they are dropped beside one, and are old news alone."""
    drafts = _settle_titles(drafts)
    steps = tuple(draft for draft in drafts if not draft.bare)
    steps = tuple(draft for draft in steps if not draft.limiting) or steps
    if steps:
        return steps
    return tuple(replace(draft, stage=Stage.HISTORIC, firm=0) for draft in drafts)
