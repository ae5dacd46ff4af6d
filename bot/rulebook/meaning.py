"""Hash what a rule set means: the same for another order of files or keys, other comments, other formatting."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from enum import Enum

from bot.types.lexicon import Concept, Term
from bot.types.place import Place

# Fields of records that say nothing about what a rule set does.
_SILENT = frozenset({"place", "places", "tests", "concept_tests", "hash", "folder"})


def lexicon_hash(digests: Iterable[bytes]) -> str:
    """Changes when any word, cue, parent or role changes; weights, titles, names and states do not count.

    Args:
        digests: `concept_digest` of every concept, in order of their ids.
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in digests:
        digest.update(part)
    return digest.hexdigest()


def concept_digest(concept: Concept) -> bytes:
    """What the hash of a lexicon is made of, for one concept."""
    fields = (
        concept.id,
        concept.slot.value,
        concept.parent or "",
        concept.direction.value,
        concept.family,
        concept.cue,
        concept.jurisdiction,
        concept.role,
        ",".join(sorted(concept.maybe_needs)),
        ",".join(sorted((*concept.hs, "|", *concept.cas, "|", *concept.eccn))),
    )
    parts = ["\x1f".join(fields)]
    for name, terms in (("terms", concept.terms), ("inside", concept.inside), ("near", concept.near)):
        parts.extend((f"\x1e{name}", *sorted(map(_term_line, terms))))
    return "".join((*parts, "\x1d")).encode()


def rules_hash(parts: Iterable[str]) -> str:
    """Hash of what `told` and `as_set` say of the parts of a rule set."""
    text = f"[{','.join(parts)}]"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def told(record: object) -> str:
    """A record as JSON, without places, tests and hashes."""
    return json.dumps(canonical(record), ensure_ascii=False, separators=(",", ":"))


def as_set(records: Iterable[str]) -> str:
    """Records, each as `told`, as a list whose order says nothing."""
    return f"[{','.join(sorted(records))}]"


def canonical(value: object) -> object:
    """JSON data that is equal for equal meaning."""
    if value is None or type(value) in {str, int, float, bool}:
        return value
    if isinstance(value, Place):
        return None
    if isinstance(value, Term):
        return _term_line(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (field.name for field in dataclasses.fields(value) if field.name not in _SILENT)
        return {name: canonical(getattr(value, name)) for name in fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {
            str(canonical(key)): canonical(inner) for key, inner in sorted(value.items(), key=lambda kv: str(kv[0]))
        }
    if isinstance(value, (set, frozenset)):
        return _sorted(canonical(inner) for inner in value)
    if isinstance(value, (list, tuple)):
        inner = [canonical(item) for item in value]
        return _sorted(inner) if all(isinstance(item, (str, dict)) for item in inner) else inner
    if isinstance(value, (date, time)):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value if isinstance(value, (str, int, float)) else repr(value)


def _sorted(items: Iterable[object]) -> list[object]:
    return sorted(items, key=lambda item: json.dumps(item, ensure_ascii=False, sort_keys=True))


def _term_line(term: Term) -> str:
    parts = "\x1c".join([words[0] if len(words) == 1 else "|".join(sorted(words)) for words in term.parts])
    return f"\x1f{term.lang}\x1f{term.kind.value}\x1f{term.sure:d}\x1f{parts}"
