"""Keep the dossiers of acts up to date with what stories say of them, inside the transaction that judges a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.decide import lifecycle
from bot.decide.reminding import reminders_of, today_of
from bot.storage import Transaction
from bot.types.delivery import Action, Decision, History
from bot.types.ids import StoryId
from bot.types.lifecycle import Entry, Measure, Standing, Transition, act_of
from bot.types.rules import Routing
from bot.types.story import Story


def measure(tx: Transaction, story: Story, routing: Routing, now: datetime) -> tuple[Standing, ...]:
    """Write down what a story says of acts, and have other stories about them decided again when that is news.

    Returns:
        How the acts stand that the story is about.
    """
    said, today = lifecycle.entries_of(story), today_of(routing, now)
    had = tx.measures.of_story(story.id)
    if not said and not had:
        return ()
    keys = {entry.key for entry in said} | {dossier.key for dossier in had}
    acts = {act_of(key) for key in keys}
    known = {dossier.key: dossier.entries for dossier in (*tx.measures.of_acts(acts), *tx.measures.changed_by(acts))}
    for key in keys:
        others = tuple(entry for entry in known.get(key, ()) if entry.story_id != story.id)
        known[key] = (*others, *(entry for entry in said if entry.key == key))
    for told in _written(tx, known, today, now) - {story.id}:
        if tx.decisions.told([told]):
            tx.stories.decide_at(told, now)
    return standings_of(tx, story)


def standings_of(tx: Transaction, story: Story) -> tuple[Standing, ...]:
    """How the acts stand that a story is about, as the dossiers have it."""
    return lifecycle.standings(story, [(dossier, tx.measures.course(dossier.key)) for dossier in _about(tx, story)])


def courses_of(tx: Transaction, story: Story) -> tuple[Transition, ...]:
    """The lives of the acts that a story is about, act by act, in order."""
    return tuple(transition for dossier in _about(tx, story) for transition in tx.measures.course(dossier.key))


def _about(tx: Transaction, story: Story) -> tuple[Measure, ...]:
    """Dossiers of the story's own act with its clauses, or of the acts and clauses that it changes."""
    event = story.event
    if event is None:
        return ()
    if event.acts:
        return tuple(one for one in tx.measures.of_acts([act_of(key) for key in event.acts]) if one.key in event.acts)
    return tx.measures.of_acts([event.citation]) if event.citation else ()


def turn_calendar(tx: Transaction, routing: Routing, now: datetime) -> int:
    """Bring every dossier up to date that the calendar changes by now; gives how many."""
    today = today_of(routing, now)
    due = tx.measures.due(today)
    known = {dossier.key: dossier.entries for dossier in tx.measures.of_acts({dossier.act for dossier in due})}
    _written(tx, known, today, now)
    return len(due)


def plan_reminders(
    tx: Transaction, story: Story, routing: Routing, history: History, made: Iterable[Decision], now: datetime
) -> None:
    """Remember which dates of a story are to be told: of one that some channel knows, else of none."""
    told = bool(history.sent) or any(decision.action is Action.SEND for decision in made)
    wanted = reminders_of(story, history.standings, routing) if told else ()
    tx.reminders.plan(story.id, wanted, now=now)


def _written(tx: Transaction, known: dict[str, tuple[Entry, ...]], today: date, now: datetime) -> set[StoryId]:
    """Save the dossiers of these entries; gives the stories about those whose course has changed."""
    by = {entry.by for entries in known.values() for entry in entries if not entry.own and ":" in entry.by}
    beside = tx.measures.of_acts(by - {act_of(key) for key in known})
    pool = [*_all(known.values()), *_all(dossier.entries for dossier in beside)]
    concerned: set[StoryId] = set()
    for key in known:
        dossier: Measure = lifecycle.measure(key, pool, today)
        if tx.measures.save(dossier, lifecycle.course(key, pool, today), at=now):
            concerned |= {
                entry.story_id for entry in pool if entry.key == key or (entry.own and entry.key == act_of(key))
            }
    return concerned


def _all(groups: Iterable[Sequence[Entry]]) -> list[Entry]:
    return [entry for entries in groups for entry in entries]
