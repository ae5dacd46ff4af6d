"""A desk without database: stories come, are decided in rounds, and wait, as the pipeline does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.decide import decisions
from bot.decide.bursts import alone, counted, is_listed, limits
from bot.decide.deciding import SPOKEN
from bot.types.delivery import Action, Decision, Reason
from bot.types.ids import RuleId, StoryId
from bot.types.levels import Band
from bot.types.rules import Routing
from bot.types.story import Assessment, Story
from tests.fakes.rules import document, event, reading


@dataclass(frozen=True)
class Arrival:
    """A story that comes."""

    at: datetime
    name: str
    band: Band
    score: float


@dataclass
class ChannelDesk:
    """Everything that was decided stands in `ledger`, as the database would keep it."""

    routing: Routing
    ledger: list[Decision] = field(default_factory=list)
    lists: list[tuple[datetime, str, tuple[str, ...]]] = field(default_factory=list)  # time, channel, stories in order
    _open: dict[str, Arrival] = field(default_factory=dict)
    _waiting: dict[str, datetime] = field(default_factory=dict)

    def run(self, arrivals: Sequence[Arrival]) -> ChannelDesk:
        """Decide all of them at their times, and what waits at its own, until nothing does."""
        left = sorted(arrivals, key=lambda arrival: arrival.at)
        while left or self._waiting:
            now = min([*(arrival.at for arrival in left[:1]), *self._waiting.values()])
            come = [arrival for arrival in left if arrival.at <= now]
            left = [arrival for arrival in left if arrival.at > now]
            self._open |= {arrival.name: arrival for arrival in come}
            due = [self._open[name] for name, at in self._waiting.items() if at <= now]
            self._round([*come, *sorted(due, key=lambda arrival: (-arrival.score, arrival.name))], now)
        return self

    def sent(self, channel: str) -> Mapping[str, list[Decision]]:
        """First messages and lines of lists, by story."""
        found: dict[str, list[Decision]] = {}
        for made in self.ledger:
            if made.action is Action.SEND and channel in made.channels:
                found.setdefault(made.story_id, []).append(made)
        return found

    def _round(self, arrivals: Sequence[Arrival], now: datetime) -> None:
        recent = [
            made
            for made in self.ledger
            if made.at > now - timedelta(hours=2)
            and (made.action is Action.SEND or (made.action is Action.HOLD and made.reason is Reason.RATE_LIMITED))
        ]
        traffic, listed = limits(recent), list[Decision]()
        for arrival in arrivals:
            told = tuple(d for d in self.ledger if d.story_id == arrival.name and d.action in SPOKEN)
            made = decisions(_assessment(arrival), _story(arrival), self.routing, replace(traffic, sent=told), now)
            for decision in made:
                traffic = counted(traffic, decision)
                (listed if is_listed(decision) else self.ledger).append(decision)
            holds = [decision.hold_until for decision in made if decision.hold_until is not None]
            self._waiting.pop(arrival.name, None)
            if holds:
                self._waiting[arrival.name] = min(holds)
        for channel in sorted({channel for decision in listed for channel in decision.channels}):
            together = [replace(d, channels=(channel,)) for d in listed if channel in d.channels]
            if len(together) == 1:
                self.ledger.append(alone(together[0]))
            else:
                self.ledger += together
                self.lists.append((now, channel, tuple(d.story_id for d in together)))


def _story(arrival: Arrival) -> Story:
    doc = document(f"d-{arrival.name}", first_seen=arrival.at)
    return story_of(StoryId(arrival.name), [telling_of(doc, reading(doc, [event()]))], revision=1)


def _assessment(arrival: Arrival) -> Assessment:
    return Assessment(
        story_id=StoryId(arrival.name),
        score=arrival.score,
        probability=0.5,
        band=arrival.band,
        sectors=(),
        ledger=(),
        rules=(RuleId("cn-limits"),),
        shadow_rules=(),
        near_misses=(),
        ruleset_hash="x",
    )
