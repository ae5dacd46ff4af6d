"""Write the page of the demo: Slack as a person would see it, and the digest by day and by night."""

from __future__ import annotations

from pathlib import Path

from bot.deliver import Heading, Post, Shown, render_digest, slack_page, write_digest
from bot.demo import desk
from bot.demo.outcome import Outcome


def write_page(outcome: Outcome, out: Path, *, zone: str) -> None:
    """Write `index.html` and the digest's own files."""
    digest = render_digest(outcome.digest, "en", zone)
    write_digest(digest, out / "digest")
    views = tuple(desk.views(outcome, zone).values())
    page = slack_page(_posts(outcome), str(digest.payload["html"]), views=views, heading=_heading(outcome), zone=zone)
    outcome.page.write_text(page, encoding="utf-8")


def _posts(outcome: Outcome) -> tuple[Post, ...]:
    replies: dict[str, list[Shown]] = {}
    for posted in outcome.posts:
        if posted.thread_ts:
            replies.setdefault(posted.thread_ts, []).append(Shown(at=posted.at, payload=posted.payload))
    return tuple(
        Post(
            channel=posted.channel,
            at=posted.at,
            payload=posted.payload,
            earlier=tuple(Shown(at=at, payload=payload) for at, payload in posted.earlier),
            replies=tuple(replies.get(posted.ts, ())),
        )
        for posted in outcome.posts
        if not posted.thread_ts
    )


def _heading(outcome: Outcome) -> Heading:
    facts = (
        (str(outcome.documents), "texts read"),
        (str(len(outcome.sources)), "sources polled"),
        (str(len(outcome.languages)), "languages"),
        (str(len(outcome.alerts)), "alerts"),
    )
    lead = (
        "Recorded feeds of the first week of January 2026, read, scored and sent by the same code that watches the "
        "live sources. The messages below are drawn from the payloads that Slack received."
    )
    notes: tuple[tuple[str, str], ...] = ()
    if outcome.near_miss is not None:
        story, assessment = outcome.near_miss
        title = next(t.title for t in story.tellings if t.document_id == story.lead_id)
        notes = (("Why not this one?", f"“{title}” stayed silent: {assessment.near_misses[0]}."),)
    return Heading(lead=lead, facts=facts, notes=notes)
