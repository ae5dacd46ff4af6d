"""Say which first messages somebody has to acknowledge, and what is to be done when the time for it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.types.delivery import Action, Decision, DeliveryState, Reason, StepFacts
from bot.types.escalation import Escalation
from bot.types.levels import Band, Stage
from bot.types.rules import Routing, Silence
from bot.types.story import Story

AGAIN = timedelta(minutes=1)  # until a message that is still on its way is looked at again


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """What is known of an alert when its time is over."""

    story: Story | None  # that tells it now; None: forgotten
    band: Band = Band.ARCHIVE  # of the story now
    state: DeliveryState | None = None  # of the message that stands for the story; None: there is none
    sent_at: datetime | None = None  # when it was handed over
    acknowledged: bool = False
    silence: Silence | None = None  # that covers the story now
    escalated: bool = False  # the channel of escalation was told of the story, by a message that was merged with it
    opens_at: datetime | None = None  # end of the quiet hours of the channel of escalation; None: open


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Nobody is to be told."""

    why: str  # one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """To be looked at again."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The channel of escalation is to be told."""

    why: str  # one sentence: who was told where and when, and that nobody answered


def escalations(decision: Decision, routing: Routing) -> tuple[Escalation, ...]:
    """What is to be waited for after a first message: one acknowledgement per channel of escalation.

    Until the message was sent, its time counts from the decision; then from when it was sent.
    """
    if decision.action is not Action.SEND or decision.alert_id is None:
        return ()
    found: dict[str, Escalation] = {}
    for route in sorted(routing.routes, key=lambda route: route.escalate.after if route.escalate else timedelta(0)):
        if route.escalate is None or route.id not in decision.routes or route.send not in decision.channels:
            continue
        made = Escalation(
            alert_id=decision.alert_id,
            story_id=decision.story_id,
            told_in=route.send,
            to=route.escalate.to,
            after=route.escalate.after,
            due_at=decision.at + route.escalate.after,
        )
        found.setdefault(made.to, made)
    return tuple(found.values())


def judge(escalation: Escalation, known: Waited, now: datetime) -> Settled | Later | Due:
    """What is to be done about an alert whose time to be acknowledged is over."""
    settled = _settled(escalation, known)
    if settled:
        return Settled(why=settled)
    if known.state is DeliveryState.REJECTED:
        return _loudly(known, now, f"{escalation.told_in} refused the message, so nobody has seen it")
    if known.state is not DeliveryState.SENT or known.sent_at is None:
        return Later(at=now + AGAIN)
    due = known.sent_at + escalation.after
    if now < due:
        return Later(at=due)
    told = f"told in {escalation.told_in} at {known.sent_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return _loudly(known, now, f"{told}, and nobody acknowledged it within {span(escalation.after)}")


def decision(escalation: Escalation, why: str, story: Story, band: Band, facts: StepFacts, now: datetime) -> Decision:
    """The decision to tell the channel of escalation, once."""
    return Decision(
        story_id=story.id,
        at=now,
        action=Action.SEND,
        reason=Reason.ESCALATION,
        why=why,
        band=band,
        channels=(escalation.to,),
        dedupe_key=f"{escalation.alert_id}:escalation",
        alert_id=escalation.alert_id,
        revision=story.revision,
        facts=facts,
    )


def quietly(made: Decision) -> Decision:
    """The line of the ledger in the place of a decision to tell, when nobody need be told."""
    why = f"not told in {', '.join(made.channels)}: {made.why}"
    return replace(made, action=Action.DROP, why=why, channels=())


def span(after: timedelta) -> str:
    """A span as routes.yml writes it, e.g. 30m."""
    minutes = round(after.total_seconds() / 60)
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _settled(escalation: Escalation, known: Waited) -> str:
    """Why nobody need be told; "" when somebody must."""
    story, silence = known.story, known.silence
    if known.acknowledged:
        return "somebody has acknowledged it"
    if story is None:
        return "its story is not kept any more"
    if known.escalated:
        return f"{escalation.to} has been told already that nobody acknowledged {story.id}"
    if silence is not None:
        return f"{silence.owner} has silenced it until {silence.until}"
    if story.stage is Stage.DENIED:
        return "the step was denied"
    if known.state is None:
        return f"no message about it stands in {escalation.told_in}"
    if known.state is DeliveryState.MERGED:
        return f"its message in {escalation.told_in} was merged into another"
    return ""


def _loudly(known: Waited, now: datetime, why: str) -> Due | Later:
    """Quiet hours hold what is not urgent."""
    if known.opens_at is not None and known.opens_at > now and known.band is not Band.URGENT:
        return Later(at=known.opens_at)
    return Due(why=why)
