"""Gather what a rule set says of one concept: its words as they will be matched, and who builds on it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import InputError
from bot.rulebook.findings import did_you_mean
from bot.rulebook.terms import forms
from bot.types.lexicon import Concept, Term, TermKind
from bot.types.rules import ConditionUse, Rulebook

MOST_FORMS = 2_000  # of one term; more are not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One concept and its surroundings."""

    concept: Concept
    above: tuple[str, ...]  # parent, its parent ...
    below: tuple[str, ...]  # concepts whose parent it is
    alerts: tuple[str, ...]  # rules whose conditions name it, or something above it
    sectors: tuple[str, ...]  # sectors exposed to it, or to something above it
    needed_by: tuple[str, ...]  # concepts that name it under maybe_needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """One term and what it matches."""

    term: Term
    forms: tuple[str, ...]  # base forms; "…" stands for any ending, " … " for words between
    more: bool  # there are more than MOST_FORMS
    rule: str  # how forms may differ in a text, one phrase


_HOW = {
    TermKind.PHRASE: "any case and inflection; a space may be a hyphen or nothing",
    TermKind.COMPOUND: "joined, hyphenated, spaced or with a linking letter; the last part may be inflected",
    TermKind.PAIR: "all in one sentence, in any order, any case and inflection",
    TermKind.EXACT: "exactly so",
    TermKind.CHARS: "as characters, also inside longer runs",
}


def profile(rulebook: Rulebook, name: str) -> Profile:
    """What is known of a concept.

    Raises:
        InputError: No live or shadow concept has this id.
    """
    known = rulebook.lexicon.by_id()
    concept = next((c for key, c in known.items() if key == name), None)
    if concept is None:
        hint = did_you_mean(name, known)
        raise InputError(f'there is no live or shadow concept "{name}"' + (f"; {hint}" if hint else ""))
    above: list[str] = []
    here = concept
    while here.parent is not None and here.parent in known and here.parent not in above:
        above.append(here.parent)
        here = known[here.parent]
    family = {concept.id, *above}
    return Profile(
        concept=concept,
        above=tuple(above),
        below=tuple(c.id for c in rulebook.lexicon.concepts if c.parent == concept.id),
        alerts=tuple(a.id for a in rulebook.alerts if any(_names(use, family) for use in (*a.when.all, *a.when.any))),
        sectors=tuple(s.id for s in rulebook.sectors if any(row.goods in family for row in s.exposed_to)),
        needed_by=tuple(c.id for c in rulebook.lexicon.concepts if concept.id in c.maybe_needs),
    )


def expansions(concept: Concept, lang: str) -> tuple[Expansion, ...]:
    """Every term that counts in a language, those for all languages included."""
    return tuple(_expansion(term) for term in concept.terms if term.lang in {lang, "*"})


def _expansion(term: Term) -> Expansion:
    found: list[str] = []
    for form in forms(term):
        if len(found) == MOST_FORMS:
            return Expansion(term=term, forms=tuple(found), more=True, rule=_HOW[term.kind])
        found.append(form.replace("*", "…"))
    return Expansion(term=term, forms=tuple(found), more=False, rule=_HOW[term.kind])


def _names(use: ConditionUse, family: set[str]) -> bool:
    """Parameters belong to the condition; what they look like as text is enough to see an id in them."""
    params = use.params
    if isinstance(params, str):
        return params in family
    if isinstance(params, (tuple, list, set, frozenset)):
        return any(isinstance(item, str) and item in family for item in params)
    return False
