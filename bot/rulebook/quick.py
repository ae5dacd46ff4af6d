"""Read the everyday part of YAML fast, and say "not sure" for all the rest.

Rule files hold tens of thousands of words, and a general YAML parser in Python needs seconds for them. This reader
knows block mappings and lists, one-line and many-line brackets, one-line quotes and plain texts: what people write in
rule files. Whatever else it meets (errors, anchors, tags, block texts, doubtful colons) makes it give up, and
`strict` asks ruamel.yaml, which is slower and the authority. A property test holds that the two never disagree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.rulebook.nodes import Map, Node, Scalar, Seq

# A plain key: safe characters only; no colon, no sign that YAML gives a meaning to.
_KEY = re.compile(
    r"(\w[\w.\-/]*(?: [\w.\-/]+)*) *:(?= |$)|'((?:[^'\n]|'')*)' *:(?= |$)|\"([^\"\\\n]*)\" *:(?= |$)", re.MULTILINE
)
_DASH = re.compile(r"-(?= |$)", re.MULTILINE)
# A plain text: begins with no indicator; a dash or a question mark may begin it when a word follows.
_PLAIN_START = re.compile(r"[^ \n\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^ \n\-?:,\[\]{}#])")
_BLOCK_PLAIN = re.compile(r"(?:[^\n:# ]|:(?=[^ \n])|(?<=[^ \n])#| (?! *(?:#|\n|\Z)))+")
_FLOW_PLAIN = re.compile(
    r"(?:[^\n:# ,\[\]{}?]|:(?=[^ \n,\[\]{}?:#'\"])|(?<=[^ \n,\[\]{}])#| (?! *(?:[#,\[\]{}\n]|\Z)))+"
)
# Most lines are a word in a list, or a key alone or with a word or a quoted text, without any sign that could mean
# something else.
_WORD_ITEM = re.compile(r"- +([\w=][^\n:#]*)$", re.MULTILINE)
_WORD_ENTRY = re.compile(r"(\w[\w.\-]*):(?: +(?:([\w=][^\n:#]*)|\"([^\"\\\n]*)\" *))?$", re.MULTILINE)
_SINGLE = re.compile(r"'((?:[^'\n]|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"\\\n]|\\["\\])*)"')
_TAIL = re.compile(r" *(?: #[^\n]*)?(?=\n|\Z)")  # what may follow a value on its line
_FLOW_GAP = re.compile(r"(?:[ \n]|(?<=[ \n])#[^\n]*)*")  # between the parts of a bracket


class _NotSureError(Exception):
    """Leave it to the thorough reader."""


class _Line(NamedTuple):
    """A line with content, or the end of the text."""

    start: int  # offset of the line
    indent: int  # -1 for the end
    number: int  # 1-based


def quick_tree(path: str, text: str, *, max_depth: int, max_nodes: int) -> Node | None:
    """The tree of a file that holds nothing unusual, else None.

    Args:
        path: Stands in every node.
        text: Without tabs, carriage returns and invisible characters.
        max_depth: Deeper files are left to the thorough reader, which knows how to complain.
        max_nodes: The same for longer ones.
    """
    try:
        return _Reader(path, text, max_depth, max_nodes).document()
    except _NotSureError:
        return None


class _Reader:
    """One pass over one text."""

    def __init__(self, path: str, text: str, max_depth: int, max_nodes: int) -> None:
        self._path = path
        self._text = text
        self._depth = max_depth
        self._left = max_nodes
        self._lines: list[_Line] = []  # the last one stands for the end
        self._starts: list[int] = []
        self._index = 0  # of the next line with content

    def document(self) -> Node:
        start = 0
        for number, row in enumerate(self._text.split("\n"), 1):
            self._starts.append(start)
            content = row.lstrip(" ")
            if content and content[0] != "#":
                self._lines.append(_Line(start, len(row) - len(content), number))
            start += len(row) + 1
        self._lines.append(_Line(len(self._text), -1, len(self._starts)))
        if self._lines[0].indent or re.search(r"^(?:---|\.\.\.|%)", self._text, re.MULTILINE):
            raise _NotSureError
        node = self._block(0, 1)
        if self._index < len(self._lines) - 1:
            raise _NotSureError
        return node

    # -- block style ---------------------------------------------------------------------------------------------

    def _block(self, indent: int, depth: int) -> Node:
        """The node that begins with the next line, which is indented by `indent`."""
        line = self._lines[self._index]
        node = self._block_at(line, line.start + indent, indent, depth)
        if node is None:
            raise _NotSureError
        return node

    def _block_at(self, line: _Line, offset: int, column: int, depth: int) -> Node | None:
        """A block list or mapping that begins at `offset`, which is `column` (0-based) of `line`; None if none does."""
        if _DASH.match(self._text, offset):
            made = self._block_seq
        elif _WORD_ENTRY.match(self._text, offset) or _KEY.match(self._text, offset):
            made = self._block_map
        else:
            return None
        if depth > self._depth:
            raise _NotSureError
        return made(line, offset, column, depth)

    def _block_seq(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        first, text, words = line, self._text, 0
        items: list[Node] = []
        while True:
            word = _WORD_ITEM.match(text, offset)
            if word is not None:
                words += 1
                place = word.start(1) - line.start + 1
                items.append(Scalar(word[1].rstrip(" "), self._path, line.number, place))
                self._end_line(column)
            elif _DASH.match(text, offset):
                items.append(self._after_dash(line, offset, column, depth))
            else:
                break
            line = self._lines[self._index]
            if line.indent != column:
                break
            offset = line.start + column
        self._count(words + 1)
        return Seq(tuple(items), self._path, first.number, column + 1)

    def _after_dash(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        value = offset + 1
        while self._text[value : value + 1] == " ":
            value += 1
        if self._at_end(value):
            self._index += 1
            return self._below(column, depth, Scalar("", self._path, line.number, column + 2))
        node = self._block_at(line, value, column + value - offset, depth + 1)
        return node if node is not None else self._value(line, value, column, depth)

    def _block_map(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        first, text = line, self._text
        entries: list[tuple[Scalar, Node]] = []
        while True:
            word = _WORD_ENTRY.match(text, offset)
            if word is not None:
                key = Scalar(word[1], self._path, line.number, offset - line.start + 1)
                entries.append((key, self._plain_entry(key, line, word, column, depth)))
            elif _DASH.match(text, offset):
                break
            else:
                key, after = self._key(line, offset)
                entries.append((key, self._after_key(key, line, after, column, depth)))
            line = self._lines[self._index]
            if line.indent < column:
                break
            offset = line.start + line.indent
            if line.indent != column:
                raise _NotSureError
        self._count(len(entries) + 1)
        keys = {key.text for key, _ in entries}
        if len(keys) < len(entries) or "<<" in keys:
            raise _NotSureError
        return Map(tuple(entries), self._path, first.number, column + 1)

    def _plain_entry(self, key: Scalar, line: _Line, hit: re.Match[str], column: int, depth: int) -> Node:
        """The value of a key that stands alone, or before one plain or quoted text."""
        if hit.end() == hit.end(1) + 1:
            return self._below_key(key, column, depth)
        self._count()
        self._end_line(column)
        if hit[2] is not None:
            return Scalar(hit[2].rstrip(" "), self._path, line.number, hit.start(2) - line.start + 1)
        return Scalar(hit[3], self._path, line.number, hit.start(3) - line.start, '"')

    def _end_line(self, column: int) -> None:
        """Move on to the next line with content; a deeper one would continue a text or be an error."""
        self._index += 1
        if self._lines[self._index].indent > column:
            raise _NotSureError

    def _key(self, line: _Line, offset: int) -> tuple[Scalar, int]:
        """The key at `offset` and the offset behind its colon."""
        hit = _KEY.match(self._text, offset)
        if hit is None:
            raise _NotSureError
        return self._key_scalar(hit, line.number, line.start), hit.end()

    def _key_scalar(self, hit: re.Match[str], number: int, start: int) -> Scalar:
        column = hit.start() - start + 1
        if hit.group(2) is not None:
            return Scalar(hit.group(2).replace("''", "'"), self._path, number, column, "'")
        if hit.group(3) is not None:
            return Scalar(hit.group(3), self._path, number, column, '"')
        return Scalar(hit.group(1), self._path, number, column)

    def _after_key(self, key: Scalar, line: _Line, offset: int, column: int, depth: int) -> Node:
        while self._text[offset : offset + 1] == " ":
            offset += 1
        if not self._at_end(offset):
            return self._value(line, offset, column, depth)
        return self._below_key(key, column, depth)

    def _below_key(self, key: Scalar, column: int, depth: int) -> Node:
        """The value of a key that ends its line."""
        self._index += 1
        nothing = Scalar("", self._path, key.line, key.column)
        below = self._lines[self._index]
        if below.indent == column and _DASH.match(self._text, below.start + below.indent):
            return self._block_seq(below, below.start + below.indent, column, depth + 1)
        return self._below(column, depth, nothing)

    def _below(self, column: int, depth: int, nothing: Scalar) -> Node:
        """The node on deeper lines, or the empty value when there is none."""
        below = self._lines[self._index]
        if below.indent > column:
            offset = below.start + below.indent
            node = self._block_at(below, offset, below.indent, depth + 1)
            return node if node is not None else self._value(below, offset, column, depth)
        self._count()
        return nothing

    def _at_end(self, offset: int) -> bool:
        """Only blanks and a comment follow; `offset` stands behind blanks."""
        if offset >= len(self._text) or self._text[offset] == "\n":
            return True
        return self._text[offset] == "#" and self._text[offset - 1] == " "

    # -- values --------------------------------------------------------------------------------------------------

    def _value(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        """A scalar or bracket on this line, inside a block of `column`; moves on to the next line with content."""
        sign = self._text[offset]
        if sign in "[{":
            node, end = self._flow(offset, depth + 1)
        else:
            node, end = self._scalar(line.number, line.start, offset, flow=False)
        tail = _TAIL.match(self._text, end)
        if tail is None:
            raise _NotSureError
        self._index += 1
        while self._lines[self._index].start < end:
            if self._lines[self._index].indent <= column:
                raise _NotSureError  # a bracket that runs on to the left of its key
            self._index += 1
        # A deeper line would continue a plain text or be an error.
        if self._lines[self._index].indent > column:
            raise _NotSureError
        return node

    def _scalar(self, number: int, start: int, offset: int, *, flow: bool) -> tuple[Scalar, int]:
        self._count()
        text, column = self._text, offset - start + 1
        if text[offset] == "'":
            hit = _SINGLE.match(text, offset)
            if hit is None:
                raise _NotSureError
            return Scalar(hit.group(1).replace("''", "'"), self._path, number, column, "'"), hit.end()
        if text[offset] == '"':
            hit = _DOUBLE.match(text, offset)
            if hit is None:
                raise _NotSureError
            return Scalar(re.sub(r"\\(.)", r"\1", hit.group(1)), self._path, number, column, '"'), hit.end()
        if not _PLAIN_START.match(text, offset):
            raise _NotSureError
        hit = (_FLOW_PLAIN if flow else _BLOCK_PLAIN).match(text, offset)
        if hit is None:
            raise _NotSureError
        return Scalar(hit.group(), self._path, number, column), hit.end()

    def _count(self, number: int = 1) -> None:
        self._left -= number
        if self._left < 0:
            raise _NotSureError

    # -- brackets ------------------------------------------------------------------------------------------------

    def _flow(self, offset: int, depth: int) -> tuple[Node, int]:
        if depth > self._depth:
            raise _NotSureError
        self._count()
        return self._flow_seq(offset, depth) if self._text[offset] == "[" else self._flow_map(offset, depth)

    def _flow_seq(self, offset: int, depth: int) -> tuple[Seq, int]:
        number, start = self._line_of(offset)
        items: list[Node] = []
        here = self._gap(offset + 1)
        while self._sign(here) != "]":
            node, here = self._flow_value(here, depth)
            items.append(node)
            here = self._comma(here, "]")
        return Seq(tuple(items), self._path, number, offset - start + 1), here + 1

    def _flow_map(self, offset: int, depth: int) -> tuple[Map, int]:
        number, start = self._line_of(offset)
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        here = self._gap(offset + 1)
        while self._sign(here) != "}":
            hit = _KEY.match(self._text, here)
            if hit is None:
                raise _NotSureError
            self._count()
            key = self._key_scalar(hit, *self._line_of(here))
            here = self._gap(hit.end())
            if key.text in seen or key.text == "<<" or self._sign(here) in ",}":
                raise _NotSureError
            seen.add(key.text)
            node, here = self._flow_value(here, depth)
            entries.append((key, node))
            here = self._comma(here, "}")
        return Map(tuple(entries), self._path, number, offset - start + 1), here + 1

    def _flow_value(self, offset: int, depth: int) -> tuple[Node, int]:
        if self._sign(offset) in "[{":
            return self._flow(offset, depth + 1)
        return self._scalar(*self._line_of(offset), offset, flow=True)

    def _comma(self, offset: int, closing: str) -> int:
        """Move over blanks and the comma after an element; stays at the closing sign."""
        here = self._gap(offset)
        sign = self._sign(here)
        if sign == closing:
            return here
        if sign != ",":
            raise _NotSureError
        return self._gap(here + 1)

    def _gap(self, offset: int) -> int:
        hit = _FLOW_GAP.match(self._text, offset)
        return hit.end() if hit else offset

    def _sign(self, offset: int) -> str:
        if offset >= len(self._text):
            raise _NotSureError
        return self._text[offset]

    def _line_of(self, offset: int) -> tuple[int, int]:
        """Number of the line and offset of its start."""
        line = self._lines[self._index]
        number, start = line.number, line.start
        while number < len(self._starts) and self._starts[number] <= offset:
            start = self._starts[number]
            number += 1
        return number, start
