"""Hold two rule sets against the archive: which alerts are gained and lost, for whom, and what readers said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.storage import Transaction
from bot.storage.archive import ArchivedStory
from bot.tune.archive.outlook import Outlook, outlook
from bot.tune.archive.rereading import again
from bot.types.ids import StoryId
from bot.types.levels import Band
from bot.types.ports import Reader
from bot.types.rules import Rulebook
from bot.types.story import LedgerLine, Story
from bot.types.vote import Verdict, Vote

REASONS = 3  # lines of a ledger that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What readers said of a story."""

    useful: int = 0
    not_useful: int = 0

    def __str__(self) -> str:
        """Words for a list."""
        parts = [f"{self.useful} useful"] * bool(self.useful) + [f"{self.not_useful} not useful"] * bool(
            self.not_useful
        )
        return ", ".join(parts) or "no vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A story that a channel would hear of under one rule set only."""

    story_id: StoryId
    title: str
    url: str
    publisher: str
    lang: str
    first_seen: datetime
    before: Band
    after: Band
    score_before: float
    score_after: float
    channels: tuple[str, ...]  # that would hear of it now, or no more
    labels: Labels
    why: tuple[str, ...]  # what made the difference, most points first


@dataclass(slots=True)
class Backtest:
    """What changes between two rule sets over a stretch of the archive."""

    start: datetime
    end: datetime
    documents: int = 0
    stories: int = 0
    weighed: int = 0  # stories with words of the rule files; the others stay in the archive under both
    read_again: int = 0  # texts whose reading the new words change
    before: Counter[Band] = field(default_factory=Counter)
    after: Counter[Band] = field(default_factory=Counter)
    gained: list[Moved] = field(default_factory=list)
    lost: list[Moved] = field(default_factory=list)
    shifted: int = 0  # stories that change band or digest, and no channel
    weeks: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    # channel -> ISO week -> messages before and after

    def count(self, channel: str, week: str, *, before: bool, after: bool) -> None:
        """Count one story for a channel and week."""
        row = self.weeks.setdefault(channel, {})
        was, now = row.get(week, (0, 0))
        row[week] = (was + before, now + after)


def backtest(
    tx: Transaction,
    before: Rulebook,
    after: Rulebook,
    *,
    span: tuple[datetime, datetime],
    reader: Callable[[], Reader],
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Replay stored readings under two rule sets; only texts that changed words could touch are read again.

    Args:
        tx: The archive.
        before: The rule set to compare with.
        after: The rule set in question.
        span: Stories that began between these times.
        reader: Makes a reader for the words of `after`; called only when words changed.
        progress: Told stories done and to do.
    """
    start, end = span
    documents, stories = tx.archive.counts(start, end)
    result = Backtest(start, end, documents=documents, stories=stories)
    reread = again(tx, before, after, span=span, reader=reader)
    result.read_again = len(reread.readings)
    labels = labels_of(tx.votes.counting())
    wordless = _points_alone(before) or _points_alone(after)
    for told in tx.archive.stories(start, end, wordless=wordless, touched=reread.readings):
        result.weighed += 1
        was, now_told = outlook_of(told, before), reread.applied(told)
        now = outlook_of(now_told, after) if now_told is not None else None
        _add((now_told or told).story, was, now, labels, result)
        if progress is not None:
            progress(result.weighed, stories)
    for told in reread.fresh.values():
        _add(told.story, None, outlook_of(told, after), labels, result)
    quiet = stories - result.weighed
    result.before[Band.ARCHIVE] += quiet
    result.after[Band.ARCHIVE] += quiet
    result.gained.sort(key=lambda moved: (-moved.score_after, moved.story_id))
    result.lost.sort(key=lambda moved: (-moved.score_before, moved.story_id))
    return result


def labels_of(votes: Iterable[Vote]) -> Mapping[StoryId, Labels]:
    """Votes per story; complaints about duplicates say nothing about the step."""
    counts: dict[StoryId, Counter[Verdict]] = {}
    for vote in votes:
        if vote.about_relevance:
            counts.setdefault(vote.story_id, Counter())[vote.verdict] += 1
    return {
        story: Labels(useful=found[Verdict.USEFUL], not_useful=found[Verdict.NOT]) for story, found in counts.items()
    }


def outlook_of(told: ArchivedStory, rulebook: Rulebook) -> Outlook:
    """What would become of an archived story."""
    return outlook(told.story, told.readings, rulebook, silent=told.silent)


def _points_alone(rulebook: Rulebook) -> bool:
    """Whether a story without any word of the rule files could leave the archive."""
    scoring = rulebook.scoring
    most = max(scoring.source.values(), default=0) + scoring.seen_by_most
    if scoring.reads_as is not None:
        most += scoring.reads_as.most
    return most >= scoring.bands[Band.DIGEST]


def _add(
    story: Story, old: Outlook | None, new: Outlook | None, labels: Mapping[StoryId, Labels], result: Backtest
) -> None:
    """Count a story as it was and as it is, and list it when a channel hears of it under one rule set only."""
    if old is not None:
        result.before[old.band] += 1
    if new is not None:
        result.after[new.band] += 1
    heard, hears = (set(old.channels) if old else set()), (set(new.channels) if new else set())
    year, week, _ = story.first_seen.isocalendar()
    for channel in heard | hears:
        result.count(channel, f"{year}-W{week:02}", before=channel in heard, after=channel in hears)
    if hears - heard:
        result.gained.append(_moved(story, old, new, hears - heard, labels))
    if heard - hears:
        result.lost.append(_moved(story, old, new, heard - hears, labels))
    if heard == hears and old is not None and new is not None:
        result.shifted += old.band is not new.band or old.digests != new.digests


def _moved(
    story: Story, old: Outlook | None, new: Outlook | None, channels: set[str], labels: Mapping[StoryId, Labels]
) -> Moved:
    lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
    return Moved(
        story_id=story.id,
        title=lead.title,
        url=lead.url,
        publisher=lead.publisher,
        lang=lead.lang,
        first_seen=story.first_seen,
        before=old.band if old else Band.ARCHIVE,
        after=new.band if new else Band.ARCHIVE,
        score_before=old.assessment.score if old else 0.0,
        score_after=new.assessment.score if new else 0.0,
        channels=tuple(sorted(channels)),
        labels=labels.get(story.id, Labels()),
        why=tuple(_reasons(old, new)),
    )


def _reasons(old: Outlook | None, new: Outlook | None) -> list[str]:
    """Rules that hold under one set only, then the lines that differ most."""
    if old is None or new is None:
        return ["another story tells it now"] if new is None else ["it was told by other stories"]
    rules, had = set(new.assessment.rules), set(old.assessment.rules)
    found = [f"{rule} holds now" for rule in sorted(rules - had)]
    found += [f"{rule} holds no more" for rule in sorted(had - rules)]
    now, was = _by_line(new.assessment.ledger), _by_line(old.assessment.ledger)
    moves = {line: now.get(line, 0.0) - was.get(line, 0.0) for line in now.keys() | was.keys()}
    ranked = sorted(((points, line) for line, points in moves.items() if points), key=lambda m: (-abs(m[0]), m[1]))
    found += [f"{points:+g} {why}" for points, (_, why) in ranked[:REASONS]]
    if not found and old.channels != new.channels:
        found.append("routes or silences differ")
    return found


def _by_line(ledger: Iterable[LedgerLine]) -> Mapping[tuple[str, str], float]:
    return {(line.slot, line.why): line.points for line in ledger}
