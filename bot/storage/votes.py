"""What readers thought of stories, and which stories a digest drew at random to be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from bot.storage import schema
from bot.storage._text import fit, record
from bot.types.codec import revive
from bot.types.ids import StoryId
from bot.types.vote import Verdict, Vote

_vote = schema.vote.c
_draw = schema.audit_draw.c


class Votes:
    """Votes and audit samples; neither is ever forgotten, since points are learnt from them."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cast(self, vote: Vote) -> None:
        """Keep a vote; the latest of a voter about a story counts."""
        self._connection.execute(
            insert(schema.vote).values(
                story_id=vote.story_id,
                voter=fit(vote.voter),
                at=vote.at,
                verdict=vote.verdict.value,
                ruleset_hash=vote.assessment.ruleset_hash,
                record=record(vote) | {"voter": fit(vote.voter), "note": fit(vote.note)},
            )
        )

    def counting(self, *, since: datetime | None = None) -> tuple[Vote, ...]:
        """The votes that count, oldest first: the latest of every voter about every story."""
        latest = (
            select(schema.vote)
            .ext(distinct_on(_vote.story_id, _vote.voter))
            .order_by(_vote.story_id, _vote.voter, _vote.id.desc())
            .subquery()
        )
        query = select(latest.c.record, latest.c.story_id).order_by(latest.c.at, latest.c.id)
        if since is not None:
            query = query.where(latest.c.at >= since)
        # The column follows a story into the one that took it up; the record says what it was when the vote was cast.
        return tuple(revive(Vote, {**row.record, "story_id": row.story_id}) for row in self._connection.execute(query))

    def latest(self, story_id: StoryId, voter: str) -> Vote | None:
        """The vote of one voter about a story that counts."""
        found = self._connection.scalar(
            select(_vote.record)
            .where(_vote.story_id == story_id, _vote.voter == fit(voter))
            .order_by(_vote.id.desc())
            .limit(1)
        )
        return revive(Vote, {**found, "story_id": story_id}) if found is not None else None

    def tally(self, story_id: StoryId) -> tuple[int, int]:
        """How many voters found a story useful, and how many did not; the latest of each counts."""
        latest = (
            select(_vote.verdict)
            .where(_vote.story_id == story_id)
            .ext(distinct_on(_vote.voter))
            .order_by(_vote.voter, _vote.id.desc())
        )
        found = list(self._connection.scalars(latest))
        useful = found.count(Verdict.USEFUL.value)
        return useful, len(found) - useful

    def move(self, story_ids: Sequence[StoryId], into: StoryId) -> None:
        """Count the votes and draws of merged stories to the story that took them up."""
        gone = list(story_ids)
        self._connection.execute(update(schema.vote).where(_vote.story_id.in_(gone)).values(story_id=into))
        self._connection.execute(update(schema.audit_draw).where(_draw.story_id.in_(gone)).values(story_id=into))

    def draw(self, rates: Mapping[StoryId, float], *, digest: str, week: str, at: datetime) -> None:
        """Remember which stories a digest drew from below the threshold, and with which probability."""
        rows = [
            {"digest": digest, "iso_week": week, "story_id": story_id, "rate": rate, "at": at}
            for story_id, rate in rates.items()
        ]
        if rows:
            self._connection.execute(insert(schema.audit_draw), rows)

    def rate(self, story_id: StoryId) -> float | None:
        """Probability with which a story was drawn into an audit sample, of its latest draw; None: never drawn."""
        found = self._connection.scalar(
            select(_draw.rate).where(_draw.story_id == story_id).order_by(_draw.at.desc()).limit(1)
        )
        return float(found) if found is not None else None
