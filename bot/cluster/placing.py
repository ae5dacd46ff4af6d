"""Put a document into the story it tells: join one, open one, or bring several together.

Stories are what they would be had all their documents arrived in the order of their dates: tellings are taken up one
by one in that order, each by the story it agrees with best. A document that arrives out of order therefore makes its
neighbourhood be worked out again, so that the final grouping does not depend on which feed was polled first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.cluster.gathering import newest, tied_to
from bot.cluster.links import FIRM, MERGE, conflict, judged, link, order
from bot.cluster.story import story_of
from bot.cluster.telling import telling_of
from bot.types.document import Document
from bot.types.ids import DocumentId, StoryId
from bot.types.kinship import Kinship, kinship
from bot.types.levels import Authority
from bot.types.lexicon import Lexicon
from bot.types.reading import Reading
from bot.types.story import Story, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a document went."""

    story: Story  # the story that holds it now, in full
    is_new: bool  # True: the document opened it
    reason: str  # one phrase: what ties it to the story
    merged: tuple[StoryId, ...] = ()  # stories that are part of others now: forget them
    heirs: tuple[StoryId, ...] = ()  # for each of these, the story that holds most of its texts
    changed: tuple[Story, ...] = ()  # other stories whose tellings moved, in full: save them too


def place(document: Document, reading: Reading, open_stories: Sequence[Story], *, lexicon: Lexicon) -> Placement:
    """Place one document among the open stories.

    Args:
        document: The text.
        reading: What was understood of it.
        open_stories: What `gather` found, or more; none older than 30 days.
        lexicon: Says which goods stand below which, and the families of measures.
    """
    kin = kinship(lexicon)
    telling = telling_of(document, reading)
    known = [s for s in open_stories if document.id in s.document_ids]
    others = [s for s in open_stories if document.id not in s.document_ids]
    near, bond = _neighbourhood(telling, others, known, kin)
    if not near:
        opened = story_of(StoryId(f"s-{document.id}"), [telling], revision=1)
        return Placement(story=opened, is_new=True, reason="no open story tells this")
    groups = [sorted(story.tellings, key=order) for story in near]
    if known or any(order(told) > order(telling) for group in groups for told in group):
        told = [t for group in groups for t in group if t.document_id != document.id]
        groups = partition([*told, telling], kin)
    else:
        _take_up(groups, telling, kin)
    return _placement(document.id, groups, near, bond)


def partition(tellings: Sequence[Telling], kin: Kinship) -> list[list[Telling]]:
    """Group tellings; a function of the set, whatever the order in which they are given."""
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=order):
        _take_up(groups, replace(telling, copy_of=None), kin)
    return groups


class _Offer(NamedTuple):
    """A group that would take up a telling; sorts the best offer first."""

    weakness: float  # minus the strength of the strongest link
    since: tuple[float, DocumentId]  # canonical place of the group
    group: list[Telling]
    original: Telling | None  # the earliest text of the group that the telling copies


def _take_up(groups: list[list[Telling]], telling: Telling, kin: Kinship) -> None:
    """Add the telling to the group that it agrees with best, and join to it every other group that it ties firmly."""
    offers = sorted((o for group in groups if (o := _offer(group, telling, kin))), key=lambda o: (o.weakness, o.since))
    if not offers:
        groups.append([telling])
        return
    home = offers[0].group
    joined = [offers[0]]
    for offer in offers[1:]:
        firm = -offer.weakness >= MERGE
        if firm and not any(conflict(one, other, kin) for one in home for other in offer.group):
            home.extend(offer.group)
            joined.append(offer)
    groups[:] = [g for g in groups if not any(g is offer.group for offer in joined[1:])]
    original = min((o.original for o in joined if o.original), key=order, default=None)
    if original is not None and telling.authority is not Authority.OFFICIAL:
        telling = replace(telling, copy_of=original.copy_of or original.document_id)
    home.append(telling)
    home.sort(key=order)


def _offer(group: list[Telling], telling: Telling, kin: Kinship) -> _Offer | None:
    """What a group says to a telling; without a number or words in common, half of it must agree with the telling.

    One text of a round-up's kind would otherwise draw a second step into the story text by text.
    """
    links = [(told, tie) for told in group if (tie := link(telling, told, kin))]
    if not links or any(conflict(telling, told, kin) for told in group):
        return None
    best = max(tie.strength for _, tie in links)
    if best < FIRM:
        asked = sum(judged(telling, told) for told in group)
        if 2 * len(links) < asked:
            return None
        best = sum(tie.strength for _, tie in links) / max(asked, len(links))
    return _Offer(
        weakness=-best,
        since=order(group[0]),
        group=group,
        original=next((told for told, tie in links if tie.copy), None),
    )


def _neighbourhood(
    telling: Telling, stories: Sequence[Story], known: Sequence[Story], kin: Kinship
) -> tuple[list[Story], dict[DocumentId, str]]:
    """Stories tied to the telling, directly or through others, and what ties the direct ones.

    Args:
        telling: To be placed.
        stories: Open ones that do not hold it.
        known: Those that hold an earlier edition of it.
        kin: Of the lexicon.
    """
    bond = {t.document_id: tie.phrase for s in stories for t in s.tellings if (tie := link(telling, t, kin))}
    near = [s for s in stories if any(t.document_id in bond for t in s.tellings)] + list(known)
    if not known and newest(telling, near):
        return near, bond
    # Out of order, or edited: whatever hangs together with the neighbours may change with them.
    rest = [s for s in stories if not any(s is other for other in near)]
    frontier = near
    while frontier:
        tied = [s for s in rest if any(tied_to(f, s, kin) for f in frontier)]
        rest = [s for s in rest if not any(s is other for other in tied)]
        near, frontier = [*near, *tied], tied
    return near, bond


def _placement(
    document: DocumentId, groups: Sequence[Sequence[Telling]], near: Sequence[Story], bond: dict[DocumentId, str]
) -> Placement:
    """The groups as stories: each keeps the id of the oldest story whose opening document it holds."""
    before = {story.id: story for story in near}
    homes = {telling.document_id: story for story in near for telling in story.tellings}
    after: list[Story] = []
    for group in groups:
        ids = {telling.document_id for telling in group}
        owners = sorted(
            (s for s in near if DocumentId(s.id.removeprefix("s-")) in ids), key=lambda s: (s.first_seen, s.id)
        )
        opener = min(group, key=lambda t: (t.first_seen, t.document_id)).document_id
        story_id = owners[0].id if owners else StoryId(f"s-{opener}")
        previous = {homes[i].id: homes[i].revision for i in ids if i in homes}
        story = story_of(story_id, group, revision=max(previous.values(), default=0) + 1)
        old = before.get(story_id)
        after.append(old if old is not None and old.tellings == story.tellings else story)
    home = next(s for s in after if document in s.document_ids)
    gone = tuple(sorted(set(before) - {s.id for s in after}))
    ties = [bond[t.document_id] for t in home.tellings if t.document_id in bond]
    return Placement(
        story=home,
        is_new=home.id not in before,
        reason=ties[0] if ties else "no open story tells this" if home.id not in before else "an edited text",
        merged=gone,
        heirs=tuple(_heir(before[story_id], after) for story_id in gone),
        changed=tuple(s for s in after if s is not home and s is not before.get(s.id)),
    )


def _heir(gone: Story, after: Sequence[Story]) -> StoryId:
    """The story that holds most texts of one that is no more; the first by id when several do."""
    ids = set(gone.document_ids)
    return min(after, key=lambda story: (-len(ids & set(story.document_ids)), story.id)).id
