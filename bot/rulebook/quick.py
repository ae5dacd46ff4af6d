"""Read the everyday part of YAML fast, and say "not sure" for all the rest.

Rule files hold tens of thousands of words, and a general YAML parser in Python needs seconds for them. This reader
knows block mappings and lists, one-line and many-line brackets, one-line quotes and plain texts: what people write in
rule files. Whatever else it meets (errors, anchors, tags, block texts, doubtful colons) makes it give up, and
`strict` asks ruamel.yaml, which is slower and the authority. A property test holds that the two never disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
# Most lines are a word in a list or a key with a word, without any sign that could mean something else.
_WORD_ITEM = re.compile(r"- +(\w[^\n:#]*?) *(?=\n|\Z)")
_WORD_ENTRY = re.compile(r"([A-Za-z_]+): +(\w[^\n:#]*?) *(?=\n|\Z)")
_SINGLE = re.compile(r"'((?:[^'\n]|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"\\\n]|\\["\\])*)"')
_TAIL = re.compile(r" *(?: #[^\n]*)?(?=\n|\Z)")  # what may follow a value on its line
_FLOW_GAP = re.compile(r"(?:[ \n]|(?<=[ \n])#[^\n]*)*")  # between the parts of a bracket
_FIRST = re.compile(r"^( *)([^ \n#])", re.MULTILINE)  # first sign of every line with content


class _NotSureError(Exception):
    """Leave it to the thorough reader."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with content."""

    start: int  # offset of the line
    indent: int
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
        self._lines: list[_Line] = []
        self._starts = [0]
        for hit in re.finditer("\n", text):
            self._starts.append(hit.end())
        self._index = 0  # of the next line with content

    def document(self) -> Node:
        number, offset = 1, 0
        for hit in _FIRST.finditer(self._text):
            number += self._text.count("\n", offset, hit.start())
            offset = hit.start()
            self._lines.append(_Line(offset, len(hit.group(1)), number))
        first = self._lines[0] if self._lines else None
        if first is None or first.indent or re.search(r"^(?:---|\.\.\.|%)", self._text, re.MULTILINE):
            raise _NotSureError
        node = self._block(0, 1)
        if self._index < len(self._lines):
            raise _NotSureError
        return node

    # -- block style ---------------------------------------------------------------------------------------------

    def _block(self, indent: int, depth: int) -> Node:
        """The node that begins with the next line, which is indented by `indent`."""
        line = self._lines[self._index]
        return self._block_at(line, line.start + indent, indent, depth)

    def _block_at(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        """A block list or mapping that begins at `offset`, which is `column` (0-based) of `line`."""
        if depth > self._depth:
            raise _NotSureError
        if _DASH.match(self._text, offset):
            return self._block_seq(line, offset, column, depth)
        if _KEY.match(self._text, offset):
            return self._block_map(line, offset, column, depth)
        raise _NotSureError

    def _block_seq(self, line: _Line, offset: int, column: int, depth: int) -> Seq:
        self._count()
        first = line
        items: list[Node] = []
        while True:
            word = _WORD_ITEM.match(self._text, offset)
            if word is not None:
                items.append(self._word(line, word, 1, column))
            else:
                items.append(self._after_dash(line, offset, column, depth))
            if self._index >= len(self._lines):
                break
            line = self._lines[self._index]
            offset = line.start + line.indent
            if line.indent != column or not _DASH.match(self._text, offset):
                break
        return Seq(tuple(items), self._path, first.number, column + 1)

    def _after_dash(self, line: _Line, offset: int, column: int, depth: int) -> Node:
        value = offset + 1
        while self._text[value : value + 1] == " ":
            value += 1
        if self._at_end(value):
            self._index += 1
            return self._below(column, depth, Scalar("", self._path, line.number, column + 2))
        inner = column + value - offset
        if _DASH.match(self._text, value) or _KEY.match(self._text, value):
            return self._block_at(line, value, inner, depth + 1)
        return self._value(line, value, column, depth)

    def _block_map(self, line: _Line, offset: int, column: int, depth: int) -> Map:
        self._count()
        first = line
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        while True:
            word = _WORD_ENTRY.match(self._text, offset)
            if word is not None:
                key = Scalar(word[1], self._path, line.number, column + 1)
                self._count()
                entries.append((key, self._word(line, word, 2, column)))
            else:
                key, value = self._key(line, offset)
                entries.append((key, self._after_key(key, line, value, column, depth)))
            if key.text in seen or key.text == "<<":
                raise _NotSureError
            seen.add(key.text)
            if self._index >= len(self._lines):
                break
            line = self._lines[self._index]
            if line.indent < column:
                break
            offset = line.start + line.indent
            if line.indent != column:
                raise _NotSureError
            if _DASH.match(self._text, offset):
                break
        return Map(tuple(entries), self._path, first.number, column + 1)

    def _word(self, line: _Line, hit: re.Match[str], group: int, column: int) -> Scalar:
        """A plain text that ends its line; moves on to the next line with content."""
        self._count()
        self._index += 1
        if self._index < len(self._lines) and self._lines[self._index].indent > column:
            raise _NotSureError  # the text runs on, or is an error
        return Scalar(hit[group], self._path, line.number, hit.start(group) - line.start + 1)

    def _key(self, line: _Line, offset: int) -> tuple[Scalar, int]:
        """The key at `offset` and the offset behind its colon."""
        hit = _KEY.match(self._text, offset)
        if hit is None:
            raise _NotSureError
        self._count()
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
        self._index += 1
        nothing = Scalar("", self._path, key.line, key.column)
        if self._index < len(self._lines):
            below = self._lines[self._index]
            if below.indent == column and _DASH.match(self._text, below.start + below.indent):
                return self._block_seq(below, below.start + below.indent, column, depth + 1)
        return self._below(column, depth, nothing)

    def _below(self, column: int, depth: int, nothing: Scalar) -> Node:
        """The node on deeper lines, or the empty value when there is none."""
        if self._index < len(self._lines) and self._lines[self._index].indent > column:
            below = self._lines[self._index]
            offset = below.start + below.indent
            if _DASH.match(self._text, offset) or _KEY.match(self._text, offset):
                return self._block(below.indent, depth + 1)
            return self._value(below, offset, column, depth)
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
        while self._index < len(self._lines) and self._lines[self._index].start < end:
            if self._lines[self._index].indent <= column:
                raise _NotSureError  # a bracket that runs on to the left of its key
            self._index += 1
        # A deeper line would continue a plain text or be an error.
        if self._index < len(self._lines) and self._lines[self._index].indent > column:
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

    def _count(self) -> None:
        self._left -= 1
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
