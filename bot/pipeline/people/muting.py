"""Mute one story until a day, and end that."""

from __future__ import annotations

from datetime import date, timedelta

from bot.errors import InputError
from bot.pipeline.people.asking import story_of, taken
from bot.pipeline.people.showing import acknowledge, show
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.types.desk import Mute
from bot.types.ids import StoryId

DAYS = 14  # unless said
MOST_DAYS = 365


def mute(rig: Rig, asked: str, *, by: str, days: int = DAYS, why: str = "") -> Mute:
    """Hear no more of a story for some days; whoever does so has seen its alert.

    Args:
        rig: The ports.
        asked: Id of a story or alert, or the address of one of its texts.
        by: Who, as the chat service calls them.
        days: From today, 1 to `MOST_DAYS`; on the last one the mute still holds.
        why: In their own words.

    Raises:
        InputError: Nothing or more than one story is meant, or the days are out of range.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(
            f"{days} days: a story can be muted for 1 to {MOST_DAYS} days", label="fault.mute-days", most=MOST_DAYS
        )
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        story = taken(tx, asked)
        until = now.date() + timedelta(days=days)
        made = Mute(story_id=story.id, until=until, by=by, at=now, why=why)
        known = tx.mutes.get(story.id, now.date())
        if known is not None and (known.until, known.by, known.why) == (until, by, why):
            return known
        tx.mutes.save(made)
        acknowledge(rig, tx, story.id, by=by, now=now)
    return made


def unmute(rig: Rig, asked: str) -> StoryId:
    """Hear of a story again; what happened to it in the meantime is told now. Gives its id.

    Raises:
        InputError: Nothing or more than one story is meant, or it is not muted.
    """
    now = rig.clock.now()
    with rig.database.transaction() as tx:
        story_id = _muted(tx, asked)
        tx.decisions.alert_ids(story_id, lock=True)
        if not tx.mutes.end(story_id):
            raise InputError(f"{story_id} is not muted", label="fault.not-muted", story=story_id)
        tx.stories.decide_at(story_id, now)
        show(rig, tx, story_id, now=now)
    return story_id


def _muted(tx: Transaction, asked: str) -> StoryId:
    """The story that is meant; a muted one may be older than what is kept of its texts."""
    named = StoryId(asked.strip())
    return named if tx.mutes.get(named, date.min) is not None else story_of(tx, asked).id


def muted(rig: Rig) -> tuple[tuple[Mute, str], ...]:
    """Mutes in force, those that end first before the others, each with the title of its story."""
    with rig.database.transaction() as tx:
        return with_titles(tx, tx.mutes.standing(rig.clock.now().date()))


def with_titles(tx: Transaction, mutes: tuple[Mute, ...], locale: str = "en") -> tuple[tuple[Mute, str], ...]:
    """Mutes with the headline of the story's alert, else the title of its lead, else its id."""
    return tuple((mute, _title(tx, mute.story_id, locale)) for mute in mutes)


def _title(tx: Transaction, story_id: StoryId, locale: str) -> str:
    for name in tx.decisions.alert_ids(story_id):
        if alert := tx.decisions.alert(name):
            return alert.headlines.get(locale) or alert.headlines["en"]
    story = tx.stories.get(story_id)
    if story is None:
        return story_id
    return next(telling.title for telling in story.tellings if telling.document_id == story.lead_id) or story_id
