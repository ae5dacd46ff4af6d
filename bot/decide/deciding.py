"""Decide what becomes of a story now: send, update, thread, digest, hold or drop, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.decide.bursts import counted, is_listed, turn
from bot.decide.changes import facts_of, in_english, material, minor
from bot.decide.quiet import open_at
from bot.decide.route import ARCHIVE, Subject, matching, silence_for, subject
from bot.types.delivery import Action, Decision, History, Reason, StepFacts
from bot.types.ids import AlertId, StoryId
from bot.types.levels import Band
from bot.types.lifecycle import Change
from bot.types.rules import Route, Routing, Silence
from bot.types.story import Assessment, Story

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
    changes: tuple[Change, ...] = ()


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
    facts = facts_of(story, assessment, history.standings)

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
            changes=move.changes,
        )

    silence = silence_for(routing, about, now.date())
    if silence is not None:
        return (decision(_silenced(silence, story), ()),)
    moves: dict[_Move, list[str]] = {}
    for channel in _channels(routing, routes, history):
        move = _move(channel, story, facts, _Desk(routing, routes, history, now))
        if move is not None:
            moves.setdefault(move, []).append(channel)
    spoken = [decision(move, channels) for move, channels in moves.items()]
    if spoken:
        return tuple(sorted(spoken, key=lambda d: (_LOUDEST_FIRST.index(d.action), d.channels)))
    move, channels = _quietly(assessment, about, routing, routes, history)
    return (decision(move, channels),)


def recorded(history: History, decision: Decision) -> History:
    """The history after a decision was carried out."""
    sent = (*history.sent, decision) if decision.action in SPOKEN else history.sent
    return counted(replace(history, sent=sent), decision)


def _channels(routing: Routing, routes: Sequence[Route], history: History) -> list[str]:
    """Channels that a route leads to now, and those in which a message about the story stands."""
    spoken = {channel for decision in history.sent for channel in decision.channels}
    routed = set() if history.baseline and not spoken else {route.send for route in routes}
    return sorted((spoken | routed) & set(routing.channels))


def _silenced(silence: Silence, story: Story) -> _Move:
    if silence.mute:
        because = f": {silence.why}" if silence.why else ""
        why = f"{silence.owner} has muted this story until {silence.until}{because}"
        return _Move(Action.DROP, Reason.MUTED, why, f"{story.id}:drop")
    why = f"silence {silence.id} of {silence.owner} holds until {silence.until}: {silence.why}"
    return _Move(Action.DROP, Reason.SILENCED, why, f"{story.id}:drop")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is the same for every channel of a story."""

    routing: Routing
    routes: Sequence[Route]  # that match
    history: History
    now: datetime


def _move(channel: str, story: Story, facts: StepFacts, desk: _Desk) -> _Move | None:
    """What one channel needs: its first message, a reply in the thread, an edit, or nothing."""
    before = [d for d in desk.history.sent if channel in d.channels]
    if not before:
        return _first(channel, story, facts, desk, "a story that this channel has not seen")
    last = before[-1].facts or StepFacts()
    changed = material(last, facts)
    changes = tuple(change for _, change in changed)
    if all(is_listed(decision) for decision in before):
        # A line of a list can neither be edited nor answered: what changes is told as a message of its own.
        return _first(channel, story, facts, desk, in_english(changes)) if changed else None
    if changed:
        key = f"{story.id}:thread:{_news(facts, before)}"
        move = _Move(Action.THREAD, changed[0][0], in_english(changes), key, changes=changes)
        until = _opens(channel, desk)
        return _held(move, Reason.QUIET_HOURS, until) if until else move
    if grown := minor(last, facts):
        why = _sentence(clause for _, clause in grown)
        return _Move(Action.UPDATE, grown[0][0], why, f"{story.id}:update:{story.revision}:{facts.band}")
    return None


def _opens(channel: str, desk: _Desk) -> datetime | None:
    """End of the channel's quiet hours; of all routes to it, where none takes the story any more."""
    routes = [route for route in desk.routes if route.send == channel]
    return open_at(channel, routes or desk.routing.routes, desk.routing, desk.now)


def _first(channel: str, story: Story, facts: StepFacts, desk: _Desk, why: str) -> _Move:
    """The first message about a story, or the first after a mere line in a list."""
    now, routing = desk.now, desk.routing
    move = _Move(Action.SEND, Reason.NEW_STORY, why, f"{story.id}:root")
    holds: list[tuple[datetime, Reason]] = []
    gathered = story.first_seen + routing.hold
    if now < gathered:
        holds.append((gathered, Reason.GATHERING))
    if opens := _opens(channel, desk):
        holds.append((opens, Reason.QUIET_HOURS))
    if holds:
        until, reason = max(holds, key=lambda hold: hold[0])
        return _held(move, reason, until)
    its_turn = turn(channel, facts.band, story.first_seen, routing.at_most_per_hour, desk.history, now)
    if its_turn.at > now:
        return _held(move, Reason.RATE_LIMITED, its_turn.at)
    if its_turn.listed:
        key = f"{story.id}:listed:{_news(facts, (d for d in desk.history.sent if channel in d.channels))}"
        why = f"told in a list: the channel had had its {routing.at_most_per_hour} messages for an hour"
        return _Move(Action.SEND, Reason.RATE_LIMITED, why, key)
    return move


_HELD = {
    Reason.GATHERING: "waits a moment, so that several sources arrive as one message",
    Reason.QUIET_HOURS: "quiet hours",
    Reason.RATE_LIMITED: "the channel has had its messages for this hour, and what comes now goes into one list",
}


def _held(move: _Move, reason: Reason, until: datetime) -> _Move:
    until = until.astimezone(UTC)
    why = f"{_HELD[reason]}: held until {until:%Y-%m-%d %H:%M} UTC"
    return replace(move, action=Action.HOLD, reason=reason, why=why, hold_until=until)


def _news(facts: StepFacts, before: Iterable[Decision]) -> str:
    """Key of a change: the same one is told once, but a date that was moved back may be moved again."""
    state = _fingerprint(facts)
    news = (d for d in before if d.action is Action.THREAD or is_listed(d))
    told = sum(_fingerprint(d.facts or StepFacts()) == state for d in news)
    return f"{state}:{told + 1}" if told else state


def _fingerprint(facts: StepFacts) -> str:
    """Key of a state of affairs."""
    parts = (
        facts.stage, facts.direction, facts.effective, facts.until, "+".join(facts.targets), facts.official,
        *(f"{standing.key}={standing.state}/{standing.until or ''}" for standing in facts.standings),
    )  # fmt: skip
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
