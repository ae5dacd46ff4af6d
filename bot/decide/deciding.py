"""Decide what becomes of a story now: send, update, thread, digest, hold or drop, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.decide.changes import facts_of, material, minor
from bot.decide.quiet import quiet_until
from bot.decide.route import ARCHIVE, Subject, matching, silence_for, subject
from bot.types.delivery import Action, Decision, History, Reason, StepFacts
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Band
from bot.types.rules import Route, Routing
from bot.types.story import Assessment, Story

HOUR = timedelta(hours=1)
_LOUDEST_FIRST = (Action.SEND, Action.THREAD, Action.UPDATE, Action.HOLD, Action.DIGEST, Action.DROP)
SPOKEN = frozenset({Action.SEND, Action.THREAD, Action.UPDATE})  # actions that put a message into the outbox


@dataclass(frozen=True, slots=True)
class _Move:
    """What one channel needs; moves that agree in everything but the channel become one decision."""

    action: Action
    reason: Reason
    why: str
    key: str
    hold_until: datetime | None = None


def alert_id(story_id: StoryId) -> AlertId:
    """Id of the message about a story: stable, so that edits find it."""
    return AlertId(f"a-{story_id.removeprefix('s-')}")


def decide(assessment: Assessment, story: Story, routing: Routing, history: History, now: datetime) -> Decision:
    """The most pressing decision about a story; see `decisions` for all of them.

    Calling again with the history that the first call led to gives the next one, until nothing is left to say.
    """
    return decisions(assessment, story, routing, history, now)[0]


def decisions(
    assessment: Assessment, story: Story, routing: Routing, history: History, now: datetime
) -> tuple[Decision, ...]:
    """All decisions about a story at this moment, most pressing first; at least one.

    Several arise when channels differ: one is new to the story, one stands and only grows, one has quiet hours.

    Args:
        assessment: Of the story as it is now.
        story: The story as it is now.
        routing: Routes, quiet hours, silences and limits in force.
        history: What was sent about it, and how much went out in the last hour.
        now: Aware.
    """
    now = now.astimezone(UTC)
    about = subject(assessment, story)
    routes = matching(routing, about)
    facts = facts_of(story, assessment)

    def decision(move: _Move, channels: Iterable[str]) -> Decision:
        concerned = tuple(sorted(channels))
        return Decision(
            story_id=story.id,
            at=now,
            action=move.action,
            reason=move.reason,
            why=move.why,
            band=assessment.band,
            channels=concerned,
            dedupe_key=move.key,
            routes=tuple(route.id for route in routes if not concerned or route.send in concerned),
            hold_until=move.hold_until,
            alert_id=alert_id(story.id) if move.action in SPOKEN or move.action is Action.HOLD else None,
            revision=story.revision,
            facts=facts,
        )

    silence = silence_for(routing, about, now.date())
    if silence is not None:
        why = f"silence {silence.id} of {silence.owner} holds until {silence.until}: {silence.why}"
        return (decision(_Move(Action.DROP, Reason.SILENCED, why, f"{story.id}:drop"), ()),)
    moves: dict[_Move, list[str]] = {}
    for channel in _channels(routing, routes, history):
        move = _move(channel, story, facts, routing, routes, history, now)
        if move is not None:
            moves.setdefault(move, []).append(channel)
    spoken = [decision(move, channels) for move, channels in moves.items()]
    if spoken:
        return tuple(sorted(spoken, key=lambda d: (_LOUDEST_FIRST.index(d.action), d.channels)))
    move, channels = _quietly(assessment, about, routing, routes, history)
    return (decision(move, channels),)


def recorded(history: History, decision: Decision) -> History:
    """The history after a decision was carried out."""
    if decision.action not in SPOKEN:
        return history
    hour = dict(history.last_hour)
    if decision.action is Action.SEND:
        for channel in decision.channels:
            hour[channel] = (*hour.get(channel, ()), decision.at)
    return replace(history, sent=(*history.sent, decision), last_hour=hour)


def _channels(routing: Routing, routes: Sequence[Route], history: History) -> list[str]:
    """Channels that a route leads to now, and those in which a message about the story stands."""
    spoken = {channel for decision in history.sent for channel in decision.channels}
    routed = set() if history.baseline and not spoken else {route.send for route in routes}
    return sorted((spoken | routed) & set(routing.channels))


def _move(
    channel: str,
    story: Story,
    facts: StepFacts,
    routing: Routing,
    routes: Sequence[Route],
    history: History,
    now: datetime,
) -> _Move | None:
    """What one channel needs: its first message, a reply in the thread, an edit, or nothing."""
    before = [d for d in history.sent if channel in d.channels]
    if not before:
        return _first(channel, story, routing, routes, history, now)
    last = before[-1].facts or StepFacts()
    if changed := material(last, facts):
        why = _sentence(clause for _, clause in changed)
        move = _Move(Action.THREAD, changed[0][0], why, f"{story.id}:thread:{_news(facts, before)}")
        until = _quiet(channel, [r for r in routes if r.send == channel] or routing.routes, routing, now)
        return _held(move, Reason.QUIET_HOURS, until) if until else move
    if grown := minor(last, facts):
        why = _sentence(clause for _, clause in grown)
        return _Move(Action.UPDATE, grown[0][0], why, f"{story.id}:update:{story.revision}:{facts.band}")
    return None


def _first(
    channel: str, story: Story, routing: Routing, routes: Sequence[Route], history: History, now: datetime
) -> _Move:
    move = _Move(Action.SEND, Reason.NEW_STORY, "a story that this channel has not seen", f"{story.id}:root")
    holds: list[tuple[datetime, Reason]] = []
    gathered = story.first_seen + routing.hold
    if now < gathered:
        holds.append((gathered, Reason.GATHERING))
    if until := _quiet(channel, routes, routing, now):
        holds.append((until, Reason.QUIET_HOURS))
    recent = sorted(at for at in history.last_hour.get(channel, ()) if now - at < HOUR)
    if 0 < routing.at_most_per_hour <= len(recent):
        holds.append((recent[-routing.at_most_per_hour] + HOUR, Reason.RATE_LIMITED))
    if not holds:
        return move
    until, reason = max(holds, key=lambda hold: hold[0])
    return _held(move, reason, until)


_HELD = {
    Reason.GATHERING: "waits a moment, so that several sources arrive as one message",
    Reason.QUIET_HOURS: "quiet hours",
    Reason.RATE_LIMITED: "the channel has had its messages for this hour",
}


def _held(move: _Move, reason: Reason, until: datetime) -> _Move:
    until = until.astimezone(UTC)
    why = f"{_HELD[reason]}: held until {until:%Y-%m-%d %H:%M} UTC"
    return replace(move, action=Action.HOLD, reason=reason, why=why, hold_until=until)


def _quiet(channel: str, routes: Sequence[Route], routing: Routing, now: datetime) -> datetime | None:
    """When the channel may be spoken to; None = now. One route without quiet hours is enough to speak."""
    ends: list[datetime] = []
    for route in routes:
        if route.send != channel:
            continue
        window = routing.quiet.get(route.quiet) if route.quiet else None
        until = quiet_until(window, now) if window else None
        if until is None:
            return None
        ends.append(until)
    return min(ends, default=None)


def _news(facts: StepFacts, before: Iterable[Decision]) -> str:
    """Key of a change: the same one is told once, but a date that was moved back may be moved again."""
    state = _fingerprint(facts)
    told = sum(d.action is Action.THREAD and _fingerprint(d.facts or StepFacts()) == state for d in before)
    return f"{state}:{told + 1}" if told else state


def _fingerprint(facts: StepFacts) -> str:
    """Key of a state of affairs."""
    parts = (facts.stage, facts.direction, facts.effective, facts.until, "+".join(facts.targets), facts.official)
    return ":".join("" if part is None else str(part) for part in parts)


def _sentence(clauses: Iterable[str]) -> str:
    text = "; ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}."


def _quietly(
    assessment: Assessment, about: Subject, routing: Routing, routes: Sequence[Route], history: History
) -> tuple[_Move, tuple[str, ...]]:
    """What becomes of a story that no channel hears of now."""
    key = f"{about.story}:drop"
    if history.sent:
        return _Move(Action.DROP, Reason.NOTHING_NEW, "every channel has been told already", key), ()
    if history.baseline:
        why = "it was there when its source was read for the first time"
        return _Move(Action.DROP, Reason.BASELINE, why, key), ()
    reason, why = _why_quiet(assessment)
    digests = tuple(sorted({route.send for route in routes} & set(routing.digests)))
    if digests and assessment.band is not Band.ARCHIVE:
        return _Move(Action.DIGEST, reason, why, f"{about.story}:digest"), digests
    if assessment.band is Band.ARCHIVE:
        return _Move(Action.DROP, reason, why, key), ()
    kept = f"no route but {ARCHIVE} takes a story in band {assessment.band}"
    return _Move(Action.DROP, Reason.NO_ROUTE, kept, key), ()


def _why_quiet(assessment: Assessment) -> tuple[Reason, str]:
    band, score = assessment.band, f"{assessment.score:g} points"
    if assessment.shadow_rules and not assessment.rules:
        return Reason.SHADOW_ONLY, f"only what is on probation speaks for it: {', '.join(assessment.shadow_rules)}"
    if band is Band.ARCHIVE:
        return Reason.BELOW_DIGEST, f"{score} stay below the digest"
    if band is not Band.DIGEST:
        return Reason.NO_ROUTE, f"no channel takes a story in band {band}"
    if not assessment.rules:
        miss = f" ({assessment.near_misses[0]})" if assessment.near_misses else ""
        return Reason.NO_RULE, f"no alert rule holds{miss}"
    return Reason.BELOW_ALERT, f"{score} stay below an alert"
