"""Take a reader's vote on a story, with the ledger and the rule set on which it is cast."""

from __future__ import annotations

from dataclasses import replace

from bot.decide.route import matching, subject
from bot.errors import InputError
from bot.pipeline.people.asking import taken
from bot.pipeline.people.showing import acknowledge
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.types.story import Assessment, Story
from bot.types.vote import Complaint, Shown, Verdict, Vote

SLACK = "slack:"  # before the id of a person of the workspace


def vote(
    rig: Rig, asked: str, verdict: Verdict, *, voter: str, complaint: Complaint | None = None, note: str = ""
) -> Vote:
    """Keep a vote on the story that is meant; the latest vote of a voter counts. Whoever votes has seen the alert.

    Args:
        rig: The ports.
        asked: Id of a story or alert, or the address of one of its texts.
        verdict: Useful or not.
        voter: Who votes, as they call themselves; `slack:` and their id for people of the workspace.
        complaint: What was wrong, for a story that was not useful.
        note: Anything else, in the voter's words.

    Raises:
        InputError: Nothing or more than one story is meant, or a useful story is complained about.
    """
    if verdict is Verdict.USEFUL and complaint is not None:
        raise InputError(f"a useful story is not {complaint}; leave --why out, or vote `not`")
    with rig.database.transaction() as tx:
        story, assessment = _meant(tx, asked)
        shown, rate = _seen(rig, tx, story, assessment)
        lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
        made = Vote(
            story_id=story.id,
            voter=voter,
            at=rig.clock.now(),
            verdict=verdict,
            complaint=complaint,
            note=note,
            shown=shown,
            rate=rate,
            assessment=assessment,
            document_ids=story.document_ids,
            title=lead.title,
            url=lead.url,
        )
        last = tx.votes.latest(story.id, voter)
        if last is not None and replace(last, at=made.at) == made:
            return last  # said twice, or handed over twice: nothing is new
        tx.votes.cast(made)
        acknowledge(rig, tx, story.id, by=voter.removeprefix(SLACK), now=made.at)
    return made


def _meant(tx: Transaction, asked: str) -> tuple[Story, Assessment]:
    story = taken(tx, asked)
    assessment = tx.stories.assessment(story.id)
    if assessment is None:
        raise InputError(
            f"{story.id} has not been weighed yet; vote again in a moment", label="fault.unweighed", story=story.id
        )
    return story, assessment


def _seen(rig: Rig, tx: Transaction, story: Story, assessment: Assessment) -> tuple[Shown, float]:
    """How a story came before readers' eyes, and with which probability."""
    if tx.decisions.told([story.id]):
        return Shown.ALERT, 1.0
    routing = rig.rulebook.routing
    if any(route.send in routing.digests for route in matching(routing, subject(assessment, story))):
        return Shown.DIGEST, 1.0
    rate = tx.votes.rate(story.id)
    return (Shown.AUDIT, rate) if rate is not None else (Shown.FOUND, 1.0)
