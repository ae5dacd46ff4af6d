"""Tell in lines what is known about a story, a week or the watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.pipeline import Explanation, Hit, RunningWeek, Watch
from bot.pipeline.people.asking import StoryCase
from bot.types.digest import DigestStory

LEDGER = 12  # lines of a score
DECISIONS = 6  # the latest
NOTES = 4
WEEK = 15  # stories
ILL = 5  # sources
QUIET = timedelta(minutes=5)  # without a sign of the scheduler


def explained(known: Explanation, _locale: str = "en") -> tuple[str, list[str]]:
    """Title and lines: what was read, how it was scored, decided and sent."""
    if not known.found:
        asked = known.asked
        return "Nothing is known", [f"{asked}: no enabled source has listed it, or it is older than what is kept"]
    lines = [f"{stored.document.publisher} · {stored.document.dated:%Y-%m-%d} · {stored.document.title}"
             for stored in known.documents[:NOTES]]  # fmt: skip
    lines += [note.why for note in known.notes[-NOTES:]]
    for case in known.stories:
        lines += _case(case)
    return "Why", lines


def _case(case: StoryCase) -> Iterator[str]:
    weighed = case.assessment
    if weighed is None:
        yield f"{case.story.id}: not weighed yet"
    else:
        yield f"{case.story.id}: {weighed.score:g} points = {weighed.band}"
        for line in weighed.ledger[:LEDGER]:
            words = f" “{'”, “'.join(line.words)}”" if line.words else ""
            yield f"{line.points:+g} {line.why}{words} ({line.rule})"
        for miss in weighed.near_misses[:2]:
            yield f"why not: {miss}"
    for entry in case.ledger[-DECISIONS:]:
        yield f"{entry.at:%Y-%m-%d %H:%M} {entry.action}: {entry.why}"
    for delivery in case.deliveries[-DECISIONS:]:
        yield f"message to {delivery.target.name}: {delivery.state} ({delivery.action})"


def found(hits: tuple[Hit, ...]) -> Iterator[str]:
    """A line for each text."""
    for hit in hits:
        document = hit.document
        story = f" — {hit.story_id}" if hit.story_id else ""
        band = f" [{hit.band}]" if hit.band else ""
        yield f"{document.dated:%Y-%m-%d} · {document.publisher}{band} {document.title[:150]}{story}"


def watched(watch: Watch) -> Iterator[str]:
    """How the watch goes."""
    yield f"sources: {watch.well} well, {len(watch.ill)} not"
    for source in watch.ill[:ILL]:
        yield f"{source.title}: {source.why}"
    if len(watch.ill) > ILL:
        yield f"and {len(watch.ill) - ILL} more: `monazite sources status`"
    yield f"messages waiting: {watch.waiting}"
    if watch.last_alert is None:
        yield "no alert in the last 30 days"
    else:
        yield f"last alert: {watch.last_alert.headlines['en']} ({watch.last_alert.id})"
    yield f"rule set {watch.rules[:12]}"
    if watch.scheduler is None:
        yield "nobody is watching: start `monazite run`"
    elif watch.at - watch.scheduler.beat > QUIET:
        yield f"the scheduler on {watch.scheduler.holder} gave no sign since {watch.scheduler.beat:%Y-%m-%d %H:%M} UTC"
    else:
        yield f"the scheduler runs on {watch.scheduler.holder}"


def summed_up(week: RunningWeek) -> tuple[str, list[str]]:
    """Title and lines of a week that is not over."""
    content, locale = week.content, week.member.locale
    counts = content.counts
    lines = [f"texts read: {counts.documents} · stories: {counts.stories} · alerts: {counts.alerts}"]
    lines += [_story(told, locale) for told in content.stories[:WEEK]]
    if len(content.stories) > WEEK:
        lines.append(f"and {len(content.stories) - WEEK} more of lower score")
    if not content.stories:
        lines.append("nothing came over the threshold so far")
    for ahead in content.dates[:5]:
        lines.append(f"{ahead.day} {ahead.kind}: {ahead.headlines.get(locale) or ahead.headlines['en']}")
    return f"{content.week} so far, for you alone", lines


def _story(told: DigestStory, locale: str) -> str:
    alert = told.alert
    return f"[{alert.band} {alert.score:g}] {alert.headlines.get(locale) or alert.headlines['en']} — {alert.story_id}"
