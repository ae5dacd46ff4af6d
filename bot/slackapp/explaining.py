"""Tell in lines what was found, how the watch goes, and what a week brought, in the language of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.deliver._labels import Labels
from bot.pipeline import Hit, RunningWeek, Watch
from bot.types.digest import DigestStory

WEEK = 15  # stories
DATES = 5  # days ahead
ILL = 5  # sources
QUIET = timedelta(minutes=5)  # without a sign of the scheduler


def found(hits: tuple[Hit, ...], words: Labels) -> Iterator[str]:
    """A line for each text."""
    for hit in hits:
        document = hit.document
        story = f" — {hit.story_id}" if hit.story_id else ""
        band = f" [{words(f'band.{hit.band}')}]" if hit.band else ""
        yield f"{document.dated:%Y-%m-%d} · {document.publisher}{band} {document.title[:150]}{story}"


def watched(watch: Watch, words: Labels) -> Iterator[str]:
    """How the watch goes; what is wrong with a source stands in the words of the log."""
    ill = [words("home.ill", count=len(watch.ill))] if watch.ill else []
    yield " · ".join([words("home.well", count=watch.well), *ill])
    for source in watch.ill[:ILL]:
        yield f"{source.title}: {source.why}"
    if len(watch.ill) > ILL:
        yield f"{words('more-sources', count=len(watch.ill) - ILL)}: monazite sources status"
    yield words("home.waiting", count=watch.waiting)
    if watch.last_alert is None:
        yield words("say.no-alert")
    else:
        yield words("say.last-alert", title=words.pick(watch.last_alert.headlines), alert=watch.last_alert.id)
    yield words("say.rules", rules=watch.rules[:12])
    if watch.scheduler is None:
        yield words("say.nobody")
    elif watch.at - watch.scheduler.beat > QUIET:
        yield words("say.silent", host=watch.scheduler.holder, when=words.moment(watch.scheduler.beat))
    else:
        yield words("say.runs", host=watch.scheduler.holder)


def summed_up(week: RunningWeek, words: Labels) -> tuple[str, list[str]]:
    """Title and lines of a week that is not over."""
    content = week.content
    counts = {"documents": content.counts.documents, "stories": content.counts.stories, "alerts": content.counts.alerts}
    lines = [" · ".join(f"{words(f'digest.{name}')}: {count}" for name, count in counts.items())]
    lines += [_story(told, words) for told in content.stories[:WEEK]]
    if (more := len(content.stories) - WEEK) > 0:
        lines.append(words("digest.left-out", count=more))
    if not content.stories:
        lines.append(words("say.week-none"))
    for ahead in content.dates[:DATES]:
        headline = words.pick(ahead.headlines)
        lines.append(f"{words.day(ahead.day)} {words(f'digest.date.{ahead.kind}')}: {headline}")
    return words("say.week", week=content.week), lines


def _story(told: DigestStory, words: Labels) -> str:
    alert = told.alert
    return f"[{words(f'band.{alert.band}')} {alert.score:g}] {words.pick(alert.headlines)} — {alert.story_id}"
