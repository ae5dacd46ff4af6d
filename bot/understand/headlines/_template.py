"""The small template language of headlines, and what a locale must say.

In a template `[with|without]` gives its first half when goods are named and its second otherwise, `<verb/verbs>` the
singular or the plural by the subject, and `{name}` a value: goods, of_goods, to, from, against, on, whose, measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MOST = 4  # names of a list that are said; the rest is counted

_CHOICE = re.compile(r"\[([^\[\]|]*)(?:\|([^\[\]]*))?\]")
_NUMBER = re.compile(r"<([^<>/]*)/([^<>]*)>")
_VALUE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of measure is told."""

    act: str  # what a state does when it takes the measure, after its name
    noun: str  # the measure as a thing that is considered, announced, denied
    the: str = ""  # the same as known: lifted, suspended, extended; empty = noun
    of: str = ""  # the same after "suspension of"; empty = the
    plain: bool = False  # told the same way whatever its direction: a stock released is no measure eased


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """One locale; `HEADLINES: Headlines = ...` in its file."""

    name: str  # "en", "zh-Hans"
    countries: Mapping[str, str]  # code -> short name
    kinds: Mapping[str, Kind]
    # Way of telling -> template with {act}, {noun}, {the}, {of}; subject stands before it. "eases.levy" and "lifts.end"
    # are said of what is lowered (duties) or ended (a listing, a probe), where "eases" would sound odd.
    told: Mapping[str, str]
    untold: Mapping[str, str]  # the same when nobody is named as imposer; "in-force-day" holds its {day}
    subject: Callable[[str, str], str]  # (code, agency or "") -> the head of the line, with what parts it from the verb
    plural: frozenset[str]  # codes whose name takes a plural verb
    # to, from, against, on, whose, by: codes and how many to say -> words, "" for none
    places: Mapping[str, Callable[[Sequence[str], int], str]]
    goods: Callable[[Sequence[str], int], tuple[str, str]]  # names, how many to say -> (goods, of_goods)
    day: Callable[[date], str]
    # military, civil-excepted, force-day, force-span, force, from, span, until, reported; {day}, {until} inside
    tails: Mapping[str, str]


def expand(template: str, values: Mapping[str, str], *, goods: bool, plural: bool) -> str:
    """A template with its choices made and its values filled in."""
    text = _CHOICE.sub(lambda match: match[1] if goods else match[2] or "", template)
    text = _NUMBER.sub(lambda match: match[2] if plural else match[1], text)
    return _VALUE.sub(lambda match: values[match[1]], text)


def joined(items: Sequence[str], *, comma: str, last: str, most: int, more: Callable[[int], str]) -> str:
    """A list as the language writes it; what exceeds `most` is only counted, but a single one is said."""
    shown = list(items[:most]) if len(items) != most + 1 else list(items)
    left = len(items) - len(shown)
    if left:
        return comma.join(shown) + more(left)
    if len(shown) < 2:
        return "".join(shown)
    return comma.join(shown[:-1]) + last + shown[-1]


def apart(items: Sequence[str], conjunction: str, *, always: bool = False) -> list[str]:
    """Names that are lists themselves ("zinc and lead") as items of the list they stand in, but quotes stay whole."""
    if len(items) < 2 and not always:
        return list(items)
    parts = [part for item in items for part in (item.split(conjunction) if item[:1].isalnum() else [item])]
    return list(dict.fromkeys(parts))


def parse_kinds(text: str, fields: Sequence[str], *, plain: frozenset[str]) -> dict[str, Kind]:
    """Kinds from blocks of lines: a name with a colon, then one line per field in order.

    Raises:
        ValueError: A block has another number of lines than there are fields.
    """
    kinds: dict[str, Kind] = {}
    for block in text.strip().split("\n\n"):
        head, *lines = (line.strip() for line in block.strip().splitlines())
        name = head.rstrip(":")
        values = dict(zip(fields, lines, strict=True))
        kinds[name] = Kind(**values, plain=name in plain)
    return kinds


def parse_ways(text: str) -> dict[str, str]:
    """Ways of telling from lines `name: template`."""
    pairs = (line.strip().partition(":") for line in text.strip().splitlines())
    return {name.strip(): template.strip() for name, _, template in pairs}
