"""Say what differs between two rule sets in meaning: words, points, conditions, routes; never in text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.parse.content import digest
from bot.rulebook.meaning import canonical
from bot.types.lexicon import Concept, Term
from bot.types.rules import Rulebook
from bot.types.source import Source

Facets = Mapping[str, str | frozenset[str]]  # key path -> value, or the values of a list in no order

# Tests are no meaning, and the lexicon holds the words of sectors already.
_LEFT_OUT = frozenset({"terms", "inside", "near", "aliases"})
_NAMING = ("id", "name", "goods", "from_")  # by which rows of a list are told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same."""

    kind: str  # concept, actor, sector, alert, scoring, routes or source
    id: str
    path: str  # key path; "" when the whole thing is new or gone
    added: tuple[str, ...]  # values of a list that are new, or the new value
    removed: tuple[str, ...]  # values of a list that are gone, or the old value
    listed: bool  # whether the values belong to a list

    def __str__(self) -> str:
        """One line for people: "concept export-ban: sure.nl + uitvoerstop"."""
        head = self.kind if self.id == self.kind else f"{self.kind} {self.id}"
        if not self.path:
            return f"{head}: {'new' if self.added else 'gone'}"
        if not self.listed:
            before, after = "".join(self.removed) or "nothing", "".join(self.added) or "nothing"
            return f"{head}: {self.path} {before} -> {after}"
        signs = [f"+ {value}" for value in self.added] + [f"- {value}" for value in self.removed]
        return f"{head}: {self.path} {', '.join(signs)}"


def differences(before: Rulebook, after: Rulebook) -> tuple[Difference, ...]:
    """Everything that differs in meaning, in order of kind, id and key path; empty for equal hashes."""
    old, new = _things(before), _things(after)
    found: list[Difference] = []
    for kind, name in sorted(old.keys() | new.keys()):
        was, now = old.get((kind, name)), new.get((kind, name))
        if was is None or now is None:
            added, removed = ((name,), ()) if was is None else ((), (name,))
            found.append(Difference(kind=kind, id=name, path="", added=added, removed=removed, listed=False))
        elif was != now:
            found += _inside(kind, name, was, now)
    return tuple(found)


def changed_concepts(before: Rulebook, after: Rulebook) -> tuple[Concept, ...]:
    """Concepts whose reading changed, as they were and as they are: their texts have to be read again."""
    if before.lexicon.hash == after.lexicon.hash:
        return ()
    old, new = before.lexicon.by_id(), after.lexicon.by_id()
    found: list[Concept] = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None or now is None or _read(was) != _read(now):
            found += [concept for concept in (was, now) if concept is not None]
    return tuple(found)


def _read(concept: Concept) -> object:
    """What a reader sees of a concept; its weight, title, names and state are for scoring and for people."""
    words = tuple(sorted(map(_written, (*concept.terms, *concept.inside, *concept.near))))
    codes = (concept.hs, concept.cas, concept.eccn)
    return (
        (words, concept.slot, concept.parent, concept.direction, concept.family, concept.cue),
        (concept.jurisdiction, concept.role, sorted(concept.maybe_needs), codes),
    )


def _written(term: Term) -> tuple[str, str, str, bool]:
    return (term.lang, term.kind.value, term.text, term.sure)


def _things(rulebook: Rulebook) -> dict[tuple[str, str], Facets]:
    found: dict[tuple[str, str], Facets] = {}
    for concept in rulebook.lexicon.concepts:
        kind = {"actors": "actor", "sectors": "sector"}.get(concept.place.path.partition("/")[0], "concept")
        found[kind, concept.id] = {**_words(concept), **_flat(concept)}
    for sector in rulebook.sectors:
        found["sector", sector.id] = {**found.get(("sector", sector.id), {}), **_flat(sector)}
    found |= {("alert", rule.id): _flat(rule) for rule in rulebook.alerts}
    found |= {("source", source.id): _flat(_without_keys(source)) for source in rulebook.sources}
    found["scoring", "scoring"] = _flat(rulebook.scoring)
    found["routes", "routes"] = _flat(rulebook.routing)
    return found


def _without_keys(source: Source) -> Source:
    """With marks in place of what its headers hold: that a key changed is seen, the key is not."""
    return replace(source, headers=tuple((name, f"*** ({digest(value, size=4)})") for name, value in source.headers))


def _words(concept: Concept) -> Facets:
    lists: dict[str, set[str]] = {}
    for term in concept.terms:
        lists.setdefault(f"{'sure' if term.sure else 'maybe'}.{term.lang}", set()).add(term.text)
    for name, terms in (("inside", concept.inside), ("near", concept.near)):
        for term in terms:
            lists.setdefault(f"not_when.{name}.{term.lang}", set()).add(term.text)
    return {path: frozenset(words) for path, words in lists.items()}


def _flat(record: object) -> Facets:
    data = canonical(record)
    assert isinstance(data, dict), "records become objects"  # noqa: S101 - holds by `canonical`
    return dict(_leaves({key: value for key, value in data.items() if key not in _LEFT_OUT}, ""))


def _leaves(value: object, path: str) -> Iterable[tuple[str, str | frozenset[str]]]:
    """Key paths and values of JSON data; rows with a name are reached by it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{_spelt(key)}" if path else _spelt(key))
        return
    if not isinstance(value, list):
        if value not in (None, ""):
            yield path, _text(value)
        return
    keyed = {name: row for row in value if isinstance(row, dict) and (name := _name(row))}
    if value and len(keyed) == len(value):
        for name, row in keyed.items():
            yield from _leaves({key: inner for key, inner in row.items() if key not in _NAMING}, f"{path}.{name}")
    elif value:
        yield path, frozenset(_text(item) for item in value)


def _spelt(key: str) -> str:
    """A field as its file writes it."""
    return key.rstrip("_")


def _name(row: Mapping[str, object]) -> str:
    if "params" in row:
        return ""  # several conditions of one name are not one row
    if "goods" in row and "from_" in row:
        return f"{row['goods']} from {row['from_']}"
    return next((str(row[key]) for key in _NAMING if isinstance(row.get(key), str) and row[key]), "")


def _text(value: object) -> str:
    if isinstance(value, dict):
        if set(value) == {"name", "params"}:
            return f"{value['name']}: {_text(value['params'])}"
        parts = (f"{_spelt(key)} {_text(inner)}" for key, inner in value.items() if inner not in (None, "", [], {}))
        return ", ".join(parts)
    if isinstance(value, list):
        return " ".join(_text(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _inside(kind: str, name: str, was: Facets, now: Facets) -> Iterable[Difference]:
    for path in sorted(was.keys() | now.keys()):
        old, new = was.get(path), now.get(path)
        if old == new:
            continue
        listed = isinstance(old, frozenset) or isinstance(new, frozenset)
        before, after = _values(old), _values(new)
        yield Difference(
            kind=kind,
            id=name,
            path=path,
            added=tuple(sorted(after - before)),
            removed=tuple(sorted(before - after)),
            listed=listed,
        )


def _values(value: str | frozenset[str] | None) -> frozenset[str]:
    if value is None:
        return frozenset()
    return value if isinstance(value, frozenset) else frozenset({value})
