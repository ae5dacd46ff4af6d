"""The grammar that event assembly needs of a language: roles, tense, dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Function words of one language that no rule file holds, since no analyst tunes them."""
