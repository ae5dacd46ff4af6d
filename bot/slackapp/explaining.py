"""Tell in lines what was found, how the watch goes, and what a week brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.pipeline import Hit, RunningWeek, Watch
from bot.types.digest import DigestStory

WEEK = 15  # stories
ILL = 5  # sources
QUIET = timedelta(minutes=5)  # without a sign of the scheduler


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
