"""Answer `/monazite`: status, search, why, mute, unmute, subscribe, digest now, help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping

from bot import pipeline
from bot.errors import InputError
from bot.pipeline.people.muting import DAYS, MOST_DAYS
from bot.pipeline.people.telling import told
from bot.slackapp.desk import at, text
from bot.slackapp.explaining import found, summed_up, watched
from bot.slackapp.visit import Visit

COMMAND = "/monazite"
LONGEST = 1000  # characters that are looked at
_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>")  # how Slack hands over an address that somebody typed

HELP = (
    f"{COMMAND} status — sources, waiting messages, last alert, rules, scheduler",
    f"{COMMAND} search WORDS — the ten newest texts that hold all of them",
    f"{COMMAND} why URL|STORY — what was read, scored, decided and sent",
    f"{COMMAND} mute STORY [DAYS] [REASON] — hear no more of it, {DAYS} days unless said",
    f"{COMMAND} unmute [STORY] — hear of it again; without a story: what is muted",
    f"{COMMAND} subscribe SECTOR...|none — a message of your own for each story that hits one of them",
    f"{COMMAND} digest now — the running week, for you alone",
)


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
        hint = f"did you mean `{COMMAND} {near[0]}`?" if near else "this is what I know:"
        visit.say(f"I do not know “{name[:40]}”; {hint}", HELP)
        return
    word(visit, rest.strip())


def _help(visit: Visit, _rest: str) -> None:
    visit.say("What you can ask", HELP)


def _status(visit: Visit, _rest: str) -> None:
    visit.say("How the watch goes", list(watched(pipeline.status(visit.desk.rig, role=visit.desk.scheduler))))


def _search(visit: Visit, rest: str) -> None:
    hits = pipeline.search(visit.desk.rig, rest)
    visit.say(
        f"{len(hits)} texts hold “{rest[:60]}”, newest first" if hits else "No kept text holds that", list(found(hits))
    )


def _why(visit: Visit, rest: str) -> None:
    known = pipeline.why(visit.desk.rig, _wanted(rest, "why URL|STORY"))
    visit.say(visit.words("button.explain"), told(known))


def _mute(visit: Visit, rest: str) -> None:
    story, _, more = _wanted(rest, "mute STORY [DAYS] [REASON]").partition(" ")
    first, _, after = more.strip().partition(" ")
    days, why = (int(first), after) if first.isascii() and first.isdigit() and len(first) <= 6 else (DAYS, more)
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"{days} days: a story can be muted for 1 to {MOST_DAYS} days")
    made = pipeline.mute(visit.desk.rig, story, by=visit.who, days=days, why=why.strip())
    visit.say(f"Muted until {made.until}", [f"{made.story_id}: `{COMMAND} unmute {made.story_id}` ends it"])


def _unmute(visit: Visit, rest: str) -> None:
    if rest:
        visit.say(f"{pipeline.unmute(visit.desk.rig, rest)} is heard of again")
        return
    standing = pipeline.muted(visit.desk.rig)
    visit.say(
        "What is muted" if standing else "Nothing is muted", [f"{m.story_id} until {m.until}: {t}" for m, t in standing]
    )


def _subscribe(visit: Visit, rest: str) -> None:
    wanted = [] if rest.lower() == "none" else _wanted(rest, "subscribe SECTOR...|none").replace(",", " ").split()
    made = pipeline.subscribe(visit.desk.rig, visit.who, wanted)
    if made.sectors:
        visit.say("You get a message of your own for each story that hits", made.sectors)
    else:
        visit.say("You get no messages of your own any more")


def _digest(visit: Visit, rest: str) -> None:
    if rest.lower() != "now":
        raise InputError(f"write `{COMMAND} digest now`")
    visit.say(*summed_up(pipeline.running_week(visit.desk.rig, visit.who)))


def _wanted(rest: str, usage: str) -> str:
    if not rest:
        raise InputError(f"write `{COMMAND} {usage}`")
    return rest


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
