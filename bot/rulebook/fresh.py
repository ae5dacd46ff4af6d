"""Write a new, commented rule file that passes the checks and names what exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.errors import InputError
from bot.rulebook.changing import FOLDER
from bot.rulebook.draft import Draft
from bot.rulebook.findings import did_you_mean, listed
from bot.rulebook.load import compiled
from bot.rulebook.nodes import Map
from bot.rulebook.overlay import version_of
from bot.rulebook.plugins import Plugins
from bot.rulebook.shelf import Shelf
from bot.types.levels import Slot


def new_file(kind: str, name: str, folder: Path, plugins: Plugins, *, today: date) -> Path:
    """Write `folder`/<kind>s/<name>.yml as a draft.

    Args:
        kind: concept, sector, alert or source.
        name: Id of the new thing.
        folder: The rule set.
        plugins: What exists.
        today: Day of the change.

    Raises:
        InputError: The kind is unknown, the name is no id or taken, or the rule set lacks what the file must name.
    """
    if kind not in KINDS_OF_NEW:
        raise InputError(f"{kind!r} cannot be made; choose {', '.join(KINDS_OF_NEW)}")
    draft = compiled(folder, plugins)
    _refuse_name(kind, name, draft)
    file = folder / f"{kind}s" / f"{name}.yml"
    if file.exists():
        raise InputError(f"{file} is there already; edit it, or choose another id")
    text = KINDS_OF_NEW[kind](name, draft, today)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def new_change(target: str, folder: Path, plugins: Plugins, *, today: date) -> Path:
    """Write a draft of a local change of a file that ships, pinned to its version, into `folder`/local/.

    Args:
        target: Id of what is changed; kind/id when several things have it; `scoring` or `routes`.
        folder: The rule set.
        plugins: What exists.
        today: Day of the change.

    Raises:
        InputError: Nothing, or more than one thing, has this id, or there is such a file already.
    """
    shipped = Shelf(plugins).layers(folder).shipped
    wanted, _, name = target.rpartition("/")
    found = [key for key in shipped if key[1] == name and wanted in {"", key[0]}]
    if not found:
        hint = did_you_mean(name, (known for _, known in shipped))
        raise InputError(f"there is no {target!r} to change" + (f"; {hint}" if hint else ""))
    if len(found) > 1:
        raise InputError(f"{name!r} is the id of several things; name one of {listed(f'{k}/{n}' for k, n in found)}")
    kind, _ = found[0]
    root = shipped[found[0]].root
    file = folder / FOLDER / f"{name}.yml"
    if file.exists():
        raise InputError(f"{file} is there already; edit it")
    version = version_of(root)
    file.parent.mkdir(parents=True, exist_ok=True)
    text = f"""\
# yaml-language-server: $schema=../schema/change.json
kind: change
id: our-{name}
changes: {kind}/{name}{f"@{version}" if version else ""}
status: draft              # draft -> live
owner: desk
why: "Say in one sentence why your desk needs this."
# Made on {today} for {shipped[found[0]].file}. Key paths there: {", ".join(_paths(root))}
add: {{}}                    # {{sure.nl: [uitvoerslot]}}: values for a list
remove: {{}}                 # {{maybe.en: [ban]}}: values taken out of a list
set: {{}}                    # {{weight: high}}: a value of your own
was: {{}}                    # {{weight: critical}}: what set and remove replace; an upgrade then names conflicts
"""
    file.write_text(text, encoding="utf-8")
    return file


def _paths(root: Map) -> list[str]:
    """Key paths that a change of a file may name, two steps deep."""
    found: list[str] = []
    for key, value in root.entries:
        if key.text in {"kind", "id", "tests"}:
            continue
        inner = [f"{key.text}.{name.text}" for name, _ in value.entries] if isinstance(value, Map) else []
        found += inner or [key.text]
    return found


def _refuse_name(kind: str, name: str, draft: Draft) -> None:
    if not all(part and part.isascii() and part.isalnum() and part == part.lower() for part in name.split("-")):
        raise InputError(f"{name!r} is no id; use small letters, digits and single hyphens, e.g. rare-earths")
    ids = draft.ids
    taken = (
        ids.concepts | ids.sectors if kind in {"concept", "sector"} else ids.alerts if kind == "alert" else ids.sources
    )
    if name in taken:
        raise InputError(f"{name!r} is the id of {taken[name].place} already; choose another")


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _one(slot: Slot, draft: Draft) -> str:
    """Some concept of a slot, for the file to begin with."""
    found = sorted(name for name, known in draft.ids.concepts.items() if known.slot is slot)
    if not found:
        raise InputError(f"the rule set has no {slot} concept yet; make one first: monazite rules new concept ID")
    return found[0]


def _concept(name: str, draft: Draft, today: date) -> str:
    del draft
    return f"""\
# yaml-language-server: $schema=../schema/concept.json
kind: concept
id: {name}
title: {_title(name)}
slot: goods                # measure | goods | stage | cue | noise ...
status: draft              # draft -> shadow (scored, never sent) -> live -> retired
weight: medium             # low | medium | high | critical; the points stand in scoring.yml
owner: desk
changed: {today}
why: "Say in one sentence why this is worth finding."
sure:                      # words that count on their own, in any case and inflection
  en: [{name.replace("-", " ")}]
  # nl: [left|other + right|part]     a compound: any left with any right
  # de: [word .. word]                both in one sentence, in either order
  # ja: [文字列]                      characters match as they are
  # ru: [основ*]                      a stem with any ending
  # "*": [=ABC]                       exactly so, capitals too, in every language
# maybe:                   # words that count only beside one of maybe_needs in the same sentence
#   en: [material]
# maybe_needs: [some-concept]
# not_when:
#   inside: [a longer phrase that swallows the word]
#   near: [a word in the same sentence that silences it]
tests:                     # what is marked must be found, all else must stay silent
  - text: "Supply of [{name.replace("-", " ")}]({name}) is tight."
  - text: "A text in which nothing must be found."
"""


def _sector(name: str, draft: Draft, today: date) -> str:
    goods = _one(Slot.GOODS, draft)
    return f"""\
# yaml-language-server: $schema=../schema/sector.json
kind: sector
id: {name}
title: {_title(name)}
status: draft              # draft -> shadow -> live -> retired
owner: desk
changed: {today}
why: "Say in one sentence what the sector depends on."
names:                     # words that name the sector in a text
  en: [{name.replace("-", " ")}]
exposed_to:                # the best row counts in full, the second half, the third a quarter
  - {{goods: {goods}, from: CN, level: medium, why: "what the goods are for"}}
countries: {{CN: medium}}    # who hurts us by acting or by being hit
# companies:               # names as written in the news
#   - {{name: Example Works, aliases: [=ExWorks], level: high}}
tests:
  - {{text: "A text that does not concern the sector.", band: archive}}
"""


def _alert(name: str, draft: Draft, today: date) -> str:
    measure, goods = _one(Slot.MEASURE, draft), _one(Slot.GOODS, draft)
    known = set(draft.plugins.conditions)
    wanted = [("measure", measure), ("goods", goods), ("actor", "CN")]
    lines = "\n".join(f"    - {{{key}: {value}}}" for key, value in wanted if key in known)
    if not lines:
        raise InputError("no condition is installed that an alert could ask for; see `monazite doctor`")
    return f"""\
# yaml-language-server: $schema=../schema/alert.json
kind: alert
id: {name}
title: {_title(name)}
status: draft              # draft -> shadow (counted, never sent) -> live -> retired
owner: desk
changed: {today}
why: "Say in one sentence what must not be missed."
when:                      # judged on one step at a time
  all:                     # every one must hold
{lines}
  # any: []                # at least one
  # none: []               # not one
  within: paragraph        # sentence | paragraph | document: how near measure and goods must stand
at_least: digest           # floor: never below this band while the rule holds
# add:
#   - {{points: 6, if: {{target: [JP]}}, why: our suppliers}}
# exceptions:              # mutes are dated
#   - {{id: yearly-table, if: {{title_has: annual table}}, until: {today.year + 1}-01-31, owner: desk, why: routine}}
tests:
  - {{text: "A text about something else.", silent_rule: {name}}}
"""


def _source(name: str, draft: Draft, today: date) -> str:
    kinds = sorted(draft.plugins.source_kinds)
    if not kinds:
        raise InputError("no kind of source is installed; see `monazite doctor`")
    kind = "feed" if "feed" in kinds else kinds[0]
    return f"""\
# yaml-language-server: $schema=../schema/sources.json
# Made on {today}. `monazite rules check` says whether it is complete.
kind: sources
sources:
  - id: {name}
    kind: {kind}             # {" | ".join(kinds)}
    url: https://example.org/{name}.xml
    publisher: {_title(name)}
    jurisdiction: INT      # ISO 3166, or EU, WTO, INT
    languages: [en]        # what to expect
    authority: unknown     # official | wire | press | trade | think-tank | blog | unknown
    reliability: F         # A always reliable ... E never, F not known
    every: 1h              # pace of polling
    enabled: no            # set to yes when the address works
    why: "Say in one sentence why it is read."
    # max_age_of_newest: 30d     older than this: the source is reported as stale
    # min_items: 1               fewer than this: the layout broke
"""


KINDS_OF_NEW: dict[str, Callable[[str, Draft, date], str]] = {
    "concept": _concept,
    "sector": _sector,
    "alert": _alert,
    "source": _source,
}
