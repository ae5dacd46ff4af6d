"""Stories that readers voted on, with their texts: what suggestions are drawn from and held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.storage import Transaction
from bot.types.document import Document
from bot.types.ids import DocumentId, StoryId
from bot.types.levels import Band
from bot.types.reading import Reading, ReadsAs
from bot.types.story import Story
from bot.types.vote import Shown, Verdict, Vote

SAMPLE = 2000  # texts nobody voted on that stand for the rest of the archive
_QUIET = frozenset({Band.ARCHIVE, Band.DIGEST})
_UNASKED = frozenset({Shown.AUDIT, Shown.FOUND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A story with votes on how much its step matters."""

    story: Story
    documents: tuple[Document, ...]
    reads_as: Mapping[DocumentId, ReadsAs]  # what the learned reader thought, where it was asked
    title: str
    useful: bool  # nobody may lose it: as many readers found it useful as did not, or more
    false: bool  # more readers found it not useful
    missed: bool  # useful, and not alerted: drawn into the audit sample or looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Everything that suggestions are made of."""

    cases: tuple[Case, ...]
    quiet: tuple[tuple[Document, Reading], ...]  # texts of stories without a step and without a vote, drawn at random
    gone: int = 0  # stories with votes whose texts the archive no longer holds


def corpus(tx: Transaction, votes: Sequence[Vote], *, span: tuple[datetime, datetime]) -> Corpus:
    """The stories of votes as the archive has them, and a sample of what nobody voted on.

    Args:
        tx: The archive.
        votes: Complaints about duplicates and sectors among them are left out.
        span: Between which times the sample was first seen.
    """
    cases: list[Case] = []
    gone = 0
    voted: set[DocumentId] = set()
    for story_id, said in by_story(votes).items():
        story = tx.stories.get(story_id)
        stored = tx.documents.get(story.document_ids) if story is not None else ()
        if story is None or len(stored) < len(story.document_ids):
            gone += 1
            continue
        documents = tuple(each.document for each in stored)
        voted.update(document.id for document in documents)
        cases.append(case(story, documents, [each.reading for each in stored if each.reading], said))
    drawn = tx.archive.without_steps(*span, most=SAMPLE)
    return Corpus(cases=tuple(cases), quiet=tuple(each for each in drawn if each[0].id not in voted), gone=gone)


def by_story(votes: Iterable[Vote]) -> Mapping[StoryId, list[Vote]]:
    """Votes on how much a step matters, per story."""
    found: dict[StoryId, list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.about_step:
            found[vote.story_id].append(vote)
    return found


def case(story: Story, documents: Sequence[Document], readings: Iterable[Reading], votes: Sequence[Vote]) -> Case:
    """A story with what its votes come to."""
    counts = Counter(vote.verdict for vote in votes)
    useful, others = counts[Verdict.USEFUL], counts[Verdict.NOT]
    quiet = all(vote.assessment.band in _QUIET and vote.shown in _UNASKED for vote in votes)
    return Case(
        story=story,
        documents=tuple(documents),
        reads_as={reading.document_id: reading.reads_as for reading in readings if reading.reads_as is not None},
        title=votes[-1].title,
        useful=useful >= others,
        false=others > useful,
        missed=useful > others and quiet,
    )
