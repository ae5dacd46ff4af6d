"""Read the parameters of conditions from plain YAML data, and say what a condition missed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from bot.types.ports import Fact

ANY = "any"
_ANY_SIGNS = {"any", "*"}
_CODE = re.compile(r"[A-Z]{2,3}")


@runtime_checkable
class Explains(Protocol):
    """A condition that can also say what it found instead; `explain` and digests show it for near misses."""

    def lacks(self, fact: Fact, params: object) -> str:
        """A clause without full stop, e.g. "stage is historic, needs announced or in-force"."""


def words(raw: object, key: str) -> tuple[str, ...]:
    """One word or a list of words; `*` and `any` become `any`.

    Raises:
        ValueError: Neither text nor a list of texts, or nothing at all.
    """
    values = list(raw) if isinstance(raw, (list, tuple)) else [raw]
    texts = [value.strip() for value in values if isinstance(value, str)]
    if not texts or len(texts) != len(values) or not all(texts):
        raise ValueError(f"{key} takes one word or a list of words, not {raw!r}")
    found = [ANY if text in _ANY_SIGNS else text for text in texts]
    return tuple(dict.fromkeys(found))


def choices(raw: object, key: str, allowed: type[StrEnum]) -> tuple[str, ...]:
    """Words of a closed vocabulary.

    Raises:
        ValueError: A word that does not belong, with those that do.
    """
    found = words(raw, key)
    known = [member.value for member in allowed]
    for value in found:
        if value not in known and value != ANY:
            raise ValueError(f"{key} knows no {value!r}; it takes {', '.join(known)}")
    return found


def yes_or_no(raw: object, key: str) -> bool:
    """A flag written as yes/no or true/false.

    Raises:
        ValueError: Anything else.
    """
    flags = {"yes": True, "true": True, "no": False, "false": False}
    value = str(raw).strip().lower()
    if value not in flags:
        raise ValueError(f"{key} takes yes or no, not {raw!r}")
    return flags[value]


def is_code(word: str) -> bool:
    """True for a jurisdiction such as CN, EU or WTO; ids of concepts are written in small letters."""
    return _CODE.fullmatch(word) is not None


def strings(params: object) -> tuple[str, ...]:
    """Parameters that `words` or `choices` made, back as what they are."""
    if not isinstance(params, tuple):
        raise TypeError(f"not parameters of this condition: {params!r}")
    return params


def either(values: Iterable[str]) -> str:
    """Values as people list alternatives: "a, b or c"."""
    listed = list(values)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} or {listed[-1]}"


def missed(what: str, found: Iterable[str], needed: Iterable[str]) -> str:
    """The clause of a near miss."""
    return f"{what} is {either(found) or 'not said'}, needs {either(needed)}"
