"""What feedparser's own test files expect of themselves, as data: "Expect: not bozo and entries[0]['title'] == 'x'".

Nothing is evaluated: an expression is taken apart, and the right side of an equation must be a literal.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_EXPECT = re.compile(r"Expect:[ \t]*(.+)")
_ENCODINGS = ("utf-8", "utf-16", "utf-32", "cp037", "latin-1")


@dataclass(frozen=True, slots=True)
class Expected:
    """One equation about an entry."""

    entry: int
    field: str  # title, body, link, id, published, updated, language, enclosure, entries or encoding
    value: object


_FIELDS = {
    ("title",): "title",
    ("title_detail", "value"): "title",
    ("description",): "body",
    ("summary",): "body",
    ("summary_detail", "value"): "body",
    ("content", 0, "value"): "body",
    ("link",): "link",
    ("id",): "id",
    ("guid",): "id",
    ("published",): "published",
    ("published_parsed",): "published",
    ("updated",): "updated",
    ("updated_parsed",): "updated",
    ("title_detail", "language"): "language",
    ("summary_detail", "language"): "language",
    ("content", 0, "language"): "language",
    ("enclosures", 0, "url"): "enclosure",
    ("enclosures", 0, "href"): "enclosure",
}


def expectation(body: bytes) -> str:
    """The expression that a file holds, "" when there is none."""
    for encoding in _ENCODINGS:
        try:
            found = _EXPECT.search(body.decode(encoding))
        except UnicodeError:
            continue
        if found:
            return found[1].strip()
    return ""


def expected(body: bytes) -> tuple[Expected, ...]:
    """The equations of a file about fields that we have too."""
    try:
        tree = ast.parse(expectation(body), mode="eval").body
    except (SyntaxError, ValueError):
        return ()
    return tuple(_equations(tree))


def _equations(tree: ast.expr) -> Iterator[Expected]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _equations(value)
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)):
        return
    try:
        right = ast.literal_eval(tree.comparators[0])
    except ValueError:
        return
    left = tree.left
    if isinstance(left, ast.Call) and ast.unparse(left) == "len(entries)":
        yield Expected(0, "entries", right)
        return
    if isinstance(left, ast.Name) and left.id == "encoding":
        yield Expected(0, "encoding", right)
        return
    match _path(left):
        case ("entries", int(number), *rest) if field := _FIELDS.get(tuple(rest)):
            yield Expected(number, field, right)


def _path(tree: ast.expr) -> tuple[str | int, ...]:
    """A chain of subscripts and attributes: entries[0].title as ("entries", 0, "title"); () for anything else."""
    if isinstance(tree, ast.Name):
        return (tree.id,)
    if isinstance(tree, ast.Attribute):
        head = _path(tree.value)
        return (*head, tree.attr) if head else ()
    if isinstance(tree, ast.Subscript) and isinstance(tree.slice, ast.Constant):
        head, key = _path(tree.value), tree.slice.value
        return (*head, key) if head and isinstance(key, (str, int)) else ()
    return ()
