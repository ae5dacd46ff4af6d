"""How learnt points and suggestions look in a terminal, readable at 60 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cli._rule_views import say
from bot.tune.votes.ballots import SEEN
from bot.tune.votes.reliability import wilson

if TYPE_CHECKING:
    from rich.console import Console

    from bot.rulebook.changing import Proposed
    from bot.tune.votes.fitting import Fit, Fitted, Quality
    from bot.tune.votes.jury import Effect
    from bot.tune.votes.learning import Labels, Lesson
    from bot.tune.votes.reliability import Estimate
    from bot.tune.votes.suggesting import Advice

_SHOWN_TITLES = 5  # of a suggestion
_SHOWN_NAMES = 6  # of a list of parameters; --json has them all


def show_lesson(console: Console, lesson: Lesson, since: str) -> None:
    """What was counted, what moves, and how far chances, rules and alerts can be trusted."""
    _show_labels(console, lesson.labels, since)
    moved = [each for each in (*lesson.fit.parameters, lesson.fit.half) if each.points != each.old]
    if moved:
        say(console, "")
        say(console, _moves(moved))
    if lesson.fit.before is not None:
        say(console, "")
        _show_quality(console, lesson.fit)
    if lesson.labels.stories:
        say(console, "")
        _show_trust(console, lesson)
    if lesson.fit.notes:
        say(console, "")
    for note in lesson.fit.notes:
        _point(console, _shortened(note))
    if lesson.refused:
        _show_refusal(console, lesson)
    elif moved and (lesson.quieter or lesson.louder):
        _point(
            console,
            f"by their sums {_many(lesson.quieter, 'story', 'stories')} voted not useful would fall below the alert "
            f"band, {lesson.louder} would rise to it; no useful alert would be lost",
        )


def _show_labels(console: Console, labels: Labels, since: str) -> None:
    sampled = sum(story.weight > 1 for story in labels.stories)
    stories = _many(len(labels.stories), "story", "stories")
    say(console, f"[bold]{stories}[/] with votes since {escape(since)}, {sampled} from the audit sample")
    reasons = (
        (labels.duplicates, "complaints about duplicates, which say nothing of the step"),
        (labels.wrong_sector, "complaints about the sector, which blame the exposure alone"),
        (labels.found, "votes on stories that somebody looked up: nobody knows of how many they are one"),
        (labels.ties, "stories on which readers disagree evenly"),
    )
    for count, reason in reasons:
        if count:
            _point(console, f"left out: {count} {reason}")
    if labels.elsewhere:
        _point(console, f"judged under other rules than today's: {labels.elsewhere}; re-summed with today's points")
    if labels.strange:
        names = ", ".join(f"{name} ({count})" for name, count in labels.strange.items())
        _point(console, f"points of numbers that are gone stay as they were: {_shortened(f': {names}')[2:]}")


def _moves(moved: Iterable[Fitted]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("points", overflow="fold")
    for name in ("now", "then", "useful", "90 %"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in moved:
        told = each.useful + each.not_useful
        low, high = wilson(each.useful / told, told) if told else (0.0, 1.0)
        numbers = (f"{each.old:g}", f"{each.points:g}", f"{each.useful} of {told}", f"{low:.2f}-{high:.2f}")
        table.add_row(each.name, *numbers)
    return table


def _show_quality(console: Console, fit: Fit) -> None:
    """Log-loss and Brier score; lower is better."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("lower is better", overflow="fold")
    for name in ("log-loss", "Brier"):
        table.add_column(name, justify="right", no_wrap=True)
    rows = (("these votes", fit.before, fit.after), ("later votes", fit.ahead_before, fit.ahead_after))
    for name, before, after in rows:
        if before is not None and after is not None:
            table.add_row(name, _arrow(before, after, "log_loss"), _arrow(before, after, "brier"))
    say(console, table)


def _arrow(before: Quality, after: Quality, what: str) -> str:
    return f"{getattr(before, what):.3f} -> {getattr(after, what):.3f}"


def _show_trust(console: Console, lesson: Lesson) -> None:
    """Per band the chance that was given and the share that came true, per rule the share; and what was missed."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("band", overflow="fold")
    for name in ("votes", "chance", "then", "useful", "90 %"):
        table.add_column(name, justify="right", no_wrap=True)
    after = {each.band: each.predicted for each in lesson.bands_after}
    for each in lesson.bands:
        chances = (_share(each.predicted), _share(after.get(each.band)))
        table.add_row(each.band, str(each.useful.votes), *chances, *_estimate(each.useful))
    for rule in lesson.rules:
        table.add_row(rule.rule, str(rule.useful.votes), "", "", *_estimate(rule.useful))
    say(console, table)
    if lesson.recall is None:
        _point(console, "what the alerts miss is unknown: vote on the audit sample of the digest")
        return
    share = lesson.recall.share
    if share.value is None:
        said = f"too few sampled stories ({share.votes}) to say what the alerts miss"
    else:
        low, high = share.low or 0.0, share.high or 0.0
        said = f"alerted of what is useful: {share.value:.0%} ({low:.0%}-{high:.0%}), by {share.votes} quiet stories"
    _point(console, said)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _estimate(useful: Estimate) -> tuple[str, str]:
    if useful.value is None:
        return (f"below {SEEN}" if useful.votes else "", "")
    return f"{useful.value:.0%}", f"{useful.low:.2f}-{useful.high:.2f}"


def _show_refusal(console: Console, lesson: Lesson) -> None:
    say(console, "")
    stories = _many(len(lesson.lost), "useful alert", "useful alerts")
    say(console, f"[bold red]Refused[/]: these points would lose {stories}")
    for lost in lesson.lost:
        say(console, Padding(Text(f"{lost.before:g} -> {lost.after:g}  {lost.story}  {lost.title}"), (0, 0, 0, 2)))


def show_files(
    console: Console, proposed: Sequence[Proposed], written: Sequence[Path], *, together: bool = False
) -> None:
    """The change files, and what to do with them; `together`: they make sense all or none."""
    if not proposed:
        return
    if not written:
        for each in proposed:
            say(console, "")
            say(console, Text(each.path, style="bold"))
            say(
                console, Padding(Text(f"cannot go live: {each.obstacle}" if each.obstacle else each.text), (0, 0, 0, 2))
            )
    say(console, "")
    for file in written:
        say(console, Text(f"Wrote {file}"))
    for line in _next_steps(proposed, written, together=together):
        say(console, Text(line))


def _next_steps(proposed: Sequence[Proposed], written: Sequence[Path], *, together: bool) -> Iterable[str]:
    if not written:
        yield "Nothing was written or changed; --write writes this into local/, as drafts."
        return
    gone = sorted({path for each in proposed for path in each.replaces})
    also = f" and delete {', '.join(gone)}" if gone else ""
    yield "Nothing changes yet. Next:"
    files = "this file" if len(proposed) == 1 else "these files, all or none" if together else "the files you like"
    yield f"1. monazite rules backtest {' '.join(f'--with {file}' for file in written)}"
    yield f"2. when you like what you see, set `status: live` in {files}{also}."


def show_advice(console: Console, advice: Advice, together: Effect | None, since: str) -> None:
    """What was looked at, and each suggestion with its evidence and the stories behind it."""
    stories = _many(advice.votes, "story", "stories")
    false, missed = _many(advice.false_alerts, "false alert", "false alerts"), f"{advice.missed} missed"
    say(console, f"[bold]{stories}[/] with votes since {escape(since)}: {false}, {missed}")
    if advice.gone:
        _point(console, f"{_many(advice.gone, 'story', 'stories')} more had votes, but their texts are gone")
    tried = f"{_many(advice.tried, 'idea', 'ideas')} tried, {advice.harmful} thrown away for doing harm"
    _point(console, f"{tried}; {advice.sampled:,} texts without votes stand for the rest of the archive")
    for number, each in enumerate(advice.suggestions, 1):
        say(console, "")
        say(console, Text.assemble((f"{number}. ", "dim"), (each.what, "bold")))
        say(console, Padding(Text(each.evidence), (0, 0, 0, 3)))
        for title in each.titles[:_SHOWN_TITLES]:
            say(console, Padding(Text(f"- {title}", style="dim"), (0, 0, 0, 3)))
        if len(each.titles) > _SHOWN_TITLES:
            say(console, Padding(Text(f"and {len(each.titles) - _SHOWN_TITLES} more", style="dim"), (0, 0, 0, 3)))
    if not advice.suggestions:
        _point(console, "nothing to suggest: no idea that two stories speak for does good and no harm")
    if together is not None and len(advice.suggestions) > 1:
        say(console, "")
        say(
            console,
            f"All together: {len(together.silenced)} of {false} silenced, {len(together.found)} of {missed} found, "
            f"{_many(len(together.lost), 'useful alert', 'useful alerts')} lost, "
            f"{_many(len(together.raised), 'false alert', 'false alerts')} made.",
        )


def _point(console: Console, text: str) -> None:
    say(console, Padding(Text(f"- {text}"), (0, 0, 0, 0)))


def _shortened(note: str) -> str:
    """A note whose list of names is cut."""
    head, colon, names = note.partition(": ")
    listed = names.split(", ")
    if not colon or len(listed) <= _SHOWN_NAMES:
        return note
    return f"{head}: {', '.join(listed[:_SHOWN_NAMES])} and {len(listed) - _SHOWN_NAMES} more"


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
