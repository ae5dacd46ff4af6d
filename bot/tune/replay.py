"""Send dated texts through cluster, score and decide, with the clock at each text's time, and keep what came of it.

The archive of one run lives in memory and is thrown away: the same pure functions as in the pipeline, in the same
order, without its database. Held stories are looked at again when their time comes, before any later text.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.cluster import gather, place, story_keys
from bot.decide import decisions, recorded
from bot.decide.bursts import HOUR
from bot.decide.deciding import SPOKEN
from bot.score import assess
from bot.tune.analyze import headline_of
from bot.types.delivery import Action, Decision, History
from bot.types.document import Document
from bot.types.ids import DocumentId, StoryId
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment, Story

OPEN_FOR = timedelta(days=30)  # as in the pipeline: a story that nobody told for so long takes up no more tellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision of a run, with what it was about at that moment."""

    decision: Decision
    headline: str
    ids: tuple[DocumentId, ...]


@dataclass(slots=True)
class Desk:
    """One run: what is open, what was sent, what waits."""

    rulebook: Rulebook
    stories: dict[StoryId, Story] = field(default_factory=dict)
    assessments: dict[StoryId, Assessment] = field(default_factory=dict)
    made: list[Decided] = field(default_factory=list)
    survivors: dict[StoryId, StoryId] = field(default_factory=dict)  # merged away -> story that holds it now
    _readings: dict[DocumentId, Reading] = field(default_factory=dict)
    _homes: dict[DocumentId, StoryId] = field(default_factory=dict)
    _keys: dict[str, set[StoryId]] = field(default_factory=dict)
    _filed: dict[StoryId, tuple[str, ...]] = field(default_factory=dict)
    _sent: dict[StoryId, tuple[Decision, ...]] = field(default_factory=dict)
    _limits: History = field(default_factory=History)  # what the channels had in the last hour
    _waiting: list[tuple[datetime, float, StoryId]] = field(default_factory=list)  # loudest first
    _until: dict[StoryId, datetime] = field(default_factory=dict)

    def take(self, document: Document, reading: Reading) -> None:
        """One document, at its own time; documents come in order of time."""
        now = document.first_seen
        self.wait_until(now)
        self._readings[document.id] = reading
        lexicon = self.rulebook.lexicon
        home = self._homes.get(document.id)  # an edited text, under the same id
        known = (self.stories[home],) if home else ()
        find = partial(self._sharing, since=now - OPEN_FOR)
        near = gather(document, reading, find, known=known, lexicon=lexicon)
        placement = place(document, reading, near, lexicon=lexicon)
        for gone in placement.merged:
            self._forget(gone, placement.story.id)
        for story in (placement.story, *placement.changed):
            self._file(story)
        for story in (placement.story, *placement.changed):
            self._judge(story, now)

    def wait_until(self, now: datetime) -> None:
        """Look again at the held stories whose time has come by `now`."""
        while self._waiting and self._waiting[0][0] <= now:
            at, _, story_id = heapq.heappop(self._waiting)
            if self._until.get(story_id) == at:
                del self._until[story_id]
                self._judge(self.stories[story_id], at)

    def home(self, story_id: StoryId) -> StoryId:
        """The story that holds what was once told under this id."""
        while story_id in self.survivors and story_id not in self.stories:
            story_id = self.survivors[story_id]
        return story_id

    def _judge(self, story: Story, now: datetime) -> None:
        readings = {i: self._readings[i] for i in story.document_ids}
        assessment = assess(story, readings, self.rulebook)
        self.assessments[story.id] = assessment
        hour = self._limits.last_hour.items()
        recent = {channel: tuple(at for at in times if now - at < HOUR) for channel, times in hour}
        history = replace(self._limits, sent=self._sent.get(story.id, ()), last_hour=recent)
        line = headline_of(story, self.rulebook)
        made = decisions(assessment, story, self.rulebook.routing, history, now)
        for decision in made:
            self.made.append(Decided(decision=decision, headline=line, ids=story.document_ids))
            history = recorded(history, decision)
        self._sent[story.id] = history.sent
        self._limits = replace(history, sent=())
        holds = [decision.hold_until for decision in made if decision.hold_until is not None]
        self._until.pop(story.id, None)
        if holds:
            self._until[story.id] = min(holds)
            heapq.heappush(self._waiting, (min(holds), -assessment.score, story.id))

    def _sharing(self, keys: Iterable[str], since: datetime) -> list[Story]:
        """Stories told since then that are filed under one of these keys, as the database would find them."""
        names = {story_id for key in keys for story_id in self._keys.get(key, ())}
        told = (self.stories[name] for name in names)
        return sorted((s for s in told if s.last_seen >= since), key=lambda s: (s.first_seen, s.id))

    def _file(self, story: Story) -> None:
        for key in self._filed.pop(story.id, ()):
            self._keys[key].discard(story.id)
        keys = story_keys(story, lexicon=self.rulebook.lexicon)
        for key in keys:
            self._keys.setdefault(key, set()).add(story.id)
        self._filed[story.id] = keys
        self._homes.update(dict.fromkeys(story.document_ids, story.id))
        self.stories[story.id] = story

    def _forget(self, gone: StoryId, survivor: StoryId) -> None:
        for key in self._filed.pop(gone, ()):
            self._keys[key].discard(gone)
        both = (*self._sent.pop(survivor, ()), *self._sent.pop(gone, ()))
        self._sent[survivor] = tuple(sorted(both, key=lambda decision: decision.at))
        self.stories.pop(gone, None)
        self.assessments.pop(gone, None)
        self._until.pop(gone, None)
        self.survivors[gone] = survivor


def replay(told: Iterable[tuple[Document, Reading]], rulebook: Rulebook) -> Desk:
    """Run all texts in order of their time; after the last one the clock runs on for as long as a story stays open."""
    desk = Desk(rulebook)
    ordered = sorted(told, key=lambda pair: (pair[0].first_seen, pair[0].id))
    for document, reading in ordered:
        desk.take(document, reading)
    if ordered:
        # A window that never opens would hold for ever, so the clock stops.
        desk.wait_until(ordered[-1][0].first_seen + OPEN_FOR)
    return desk


def story_rows(desk: Desk, given: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """Rows of stories.jsonl: which story holds a text, in order of time.

    Args:
        desk: The run.
        given: Document id -> the id as it was handed in, where that was a number.
    """
    named = given or {}
    rows = [(t.first_seen, t.document_id, story.id) for story in desk.stories.values() for t in story.tellings]
    return [{"id": named.get(document_id, document_id), "story": story_id} for _, document_id, story_id in sorted(rows)]


def decision_rows(desk: Desk, given: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
    """Rows of decisions.jsonl, in order of time; a story that was merged later goes by the name that remained."""
    named = given or {}
    return [
        {
            "at": made.decision.at.isoformat(),
            "story": desk.home(made.decision.story_id),
            "action": made.decision.action.value,
            "band": made.decision.band.value,
            "reason": made.decision.reason.value,
            "headline": made.headline,
            "ids": [named.get(document_id, document_id) for document_id in made.ids],
        }
        for made in desk.made
    ]


def summary(desk: Desk, *, seconds: float, errors: int = 0) -> Mapping[str, Any]:
    """The object of summary.json: counts, alerts per day, seconds."""
    made = [item.decision for item in desk.made]
    days = Counter(d.at.date().isoformat() for d in made if d.action is Action.SEND)
    return {
        "documents": sum(len(story.tellings) for story in desk.stories.values()),
        "errors": errors,
        "stories": len(desk.stories),
        "decisions": len(made),
        "actions": {action.value: sum(d.action is action for d in made) for action in Action},
        "bands": dict(sorted(Counter(a.band.value for a in desk.assessments.values()).items())),
        "alerts": len({desk.home(d.story_id) for d in made if d.action in SPOKEN}),
        "alerts_per_day": dict(sorted(days.items())),
        "seconds": round(seconds, 3),
    }
