"""Answer `/monazite`: status, search, why, mute, unmute, subscribe, digest now, help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping

from bot import pipeline
from bot.deliver._labels import Labels
from bot.errors import InputError
from bot.pipeline.people.muting import DAYS, MOST_DAYS
from bot.pipeline.people.telling import told
from bot.slackapp.desk import at, text
from bot.slackapp.explaining import found, summed_up, watched
from bot.slackapp.visit import Visit
from bot.types.desk import Mute

COMMAND = "/monazite"
LONGEST = 1000  # characters that are looked at
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")  # how Slack hands over an address that somebody typed

USAGE = {
    "status": "status",
    "search": "search WORDS",
    "why": "why URL|STORY",
    "mute": "mute STORY [DAYS] [REASON]",
    "unmute": "unmute [STORY]",
    "subscribe": "subscribe SECTOR...|none",
    "digest": "digest now",
}


def answer(visit: Visit) -> None:
    """Do what was typed.

    Raises:
        InputError: With a sentence for the person.
    """
    typed = _LINK.sub(r"\1", text(at(visit.body, "text")))[:LONGEST].replace("\x00", " ")
    name, _, rest = typed.strip().partition(" ")
    word = WORDS.get(name.lower() or "help")
    if word is None:
        near = difflib.get_close_matches(name.lower(), WORDS, 1)
        words = visit.words
        meant = [words("fault.meant", command=f"{COMMAND} {near[0]}")] if near else []
        visit.say(words("fault.word", word=name[:40]), [*meant, *_known(words)])
        return
    word(visit, rest.strip())


def _help(visit: Visit, _rest: str) -> None:
    words = visit.words
    visit.say(words("help"), list(_known(words)))


def _known(words: Labels) -> Iterator[str]:
    for name, usage in USAGE.items():
        yield f"{COMMAND} {usage} — {words(f'help.{name}', **({'days': DAYS} if name == 'mute' else {}))}"


def _status(visit: Visit, _rest: str) -> None:
    words = visit.words
    visit.say(words("say.status"), list(watched(pipeline.status(visit.desk.rig, role=visit.desk.scheduler), words)))


def _search(visit: Visit, rest: str) -> None:
    hits = pipeline.search(visit.desk.rig, rest)
    words = visit.words
    title = words("say.hits", count=len(hits), words=rest[:60]) if hits else words("say.no-hits")
    visit.say(title, list(found(hits, words)))


def _why(visit: Visit, rest: str) -> None:
    known = pipeline.why(visit.desk.rig, _wanted(rest, "why"))
    visit.say(visit.words("button.explain"), told(known))


def _mute(visit: Visit, rest: str) -> None:
    story, _, more = _wanted(rest, "mute").partition(" ")
    first, _, after = more.strip().partition(" ")
    days, why = (int(first), after) if first.isascii() and first.isdigit() and len(first) <= 6 else (DAYS, more)
    if not 1 <= days <= MOST_DAYS:
        raise InputError(
            f"{days} days: a story can be muted for 1 to {MOST_DAYS} days", label="fault.mute-days", most=MOST_DAYS
        )
    made = pipeline.mute(visit.desk.rig, story, by=visit.who, days=days, why=why.strip())
    muted(visit, made)


def muted(visit: Visit, made: Mute) -> None:
    """Say until when nobody hears of a story, and how to end that."""
    words, command = visit.words, f"{COMMAND} unmute {made.story_id}"
    how = words("answer.muted-how", story=made.story_id, command=command)
    visit.say(words("answer.muted", day=words.day(made.until)), [how])


def _unmute(visit: Visit, rest: str) -> None:
    if rest:
        story = pipeline.unmute(visit.desk.rig, rest)
        visit.say(visit.words("answer.unmuted", story=story))
        return
    words, standing = visit.words, pipeline.muted(visit.desk.rig)
    visit.say(
        words("home.mutes" if standing else "answer.muted-none"),
        [words("answer.muted-one", story=m.story_id, day=words.day(m.until), title=t) for m, t in standing],
    )


def _subscribe(visit: Visit, rest: str) -> None:
    wanted = [] if rest.lower() == "none" else _wanted(rest, "subscribe").replace(",", " ").split()
    made = pipeline.subscribe(visit.desk.rig, visit.who, wanted)
    if made.sectors:
        visit.say(visit.words("answer.subscribed"), made.sectors)
    else:
        visit.say(visit.words("answer.unsubscribed"))


def _digest(visit: Visit, rest: str) -> None:
    if rest.lower() != "now":
        raise _misused("digest")
    visit.say(*summed_up(pipeline.running_week(visit.desk.rig, visit.who), visit.words))


def _wanted(rest: str, name: str) -> str:
    if not rest:
        raise _misused(name)
    return rest


def _misused(name: str) -> InputError:
    command = f"{COMMAND} {USAGE[name]}"
    return InputError(f"write `{command}`", label="fault.usage", command=command)


WORDS: Mapping[str, Callable[[Visit, str], None]] = {
    "status": _status,
    "search": _search,
    "why": _why,
    "mute": _mute,
    "unmute": _unmute,
    "subscribe": _subscribe,
    "digest": _digest,
    "help": _help,
}
