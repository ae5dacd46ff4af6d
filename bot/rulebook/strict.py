"""Read one rule file as text-first YAML: every scalar keeps its source text, every surprise of YAML is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.rulebook.findings import Findings
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.rulebook.quick import quick_tree
from bot.types.place import Place

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 50_000

# What YAML 1.2 allows as characters, less the line breaks that editors do not show as such.
_FORBIDDEN = re.compile("[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# Blanks that are none for YAML, where they would change what a line belongs to: before a key and before its colon.
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_STRANGE = re.compile(f"[{_BLANKS}]")
_ODD_BLANK = re.compile(f"^ *([{_BLANKS}])|(?<=\\w)([\u00a0\u3000])(?=:)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in one file, before it is known what the file is about."""

    code: str
    message: str
    line: int
    column: int
    hint: str = ""
    refuses: bool = False  # what stands there was replaced by nothing


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as read."""

    path: str
    text: str
    root: Node | None
    flaws: tuple[Flaw, ...] = ()


@dataclass(slots=True)
class _Pot:
    """What the tree builder carries along."""

    path: str
    flaws: list[Flaw] = field(default_factory=list)
    nodes: int = 0

    def flaw(self, code: str, message: str, mark: Any, *, hint: str = "", refuses: bool = False) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        self.flaws.append(Flaw(code, message, line, column, hint, refuses))


class _StopReadingError(Exception):
    """A limit was passed; the flaw is noted, the rest of the file is left."""


def read_sheet(path: str, raw: bytes, findings: Findings) -> Node | None:
    """Read a file and report what is wrong with it.

    Args:
        path: Name for reports, relative to the rule folder.
        raw: The bytes as stored.
        findings: Receives every problem.

    Returns:
        The tree, or None when nothing can be made of the file. A tree may come with problems.
    """
    sheet = parse_sheet(path, raw)
    findings.source(path, sheet.text)
    for flaw in sheet.flaws:
        place = Place(path=path, line=flaw.line, column=flaw.column)
        findings.error(flaw.code, flaw.message, place, hint=flaw.hint)
        if flaw.refuses:
            findings.refuse(place)
    return sheet.root


def parse_sheet(path: str, raw: bytes) -> Sheet:
    """Pure: the tree and the flaws of a file's bytes."""
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; at most {MAX_BYTES:,} are read: split it into several files"
        return Sheet(path, "", None, (Flaw("too-large", message, 1, 1),))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(path, raw, error)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    unseen = [_unseen(text, hit) for hit in _FORBIDDEN.finditer(text)][:20] + _tabs(text)
    if _STRANGE.search(text):
        unseen += [_odd_blank(text, hit) for hit in _ODD_BLANK.finditer(text)][:20]
    if unseen:
        return Sheet(path, text, None, tuple(unseen))
    if not text.strip():
        return Sheet(
            path, text, None, (Flaw("empty-file", "the file is empty; delete it or begin with `kind:`", 1, 1),)
        )
    root = quick_tree(path, text, max_depth=MAX_DEPTH, max_nodes=MAX_NODES)
    return Sheet(path, text, root) if root is not None else thorough_sheet(path, text)


def _undecodable(path: str, raw: bytes, error: UnicodeDecodeError) -> Sheet:
    shown = raw.decode("latin-1")
    before = raw[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    what = "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "in another encoding, perhaps Windows-1252 or Latin-1"
    message = f"the file is not UTF-8 but {what}; save it as UTF-8 in your editor"
    return Sheet(path, shown, None, (Flaw("not-utf8", message, line, column),))


def _unseen(text: str, hit: re.Match[str]) -> Flaw:
    line, column = _spot(text, hit.start())
    message = f"there is an invisible character here (U+{ord(hit.group()):04X}); delete it"
    return Flaw("control-character", message, line, column)


def _odd_blank(text: str, hit: re.Match[str]) -> Flaw:
    at = hit.start(1) if hit[1] else hit.start(2)
    line, column = _spot(text, at)
    message = f"this is no ordinary blank (U+{ord(text[at]):04X}), though it looks like one; type a space"
    return Flaw("odd-blank", message, line, column)


def _tabs(text: str) -> list[Flaw]:
    """One flaw per line that holds a tab, at its first."""
    found: list[Flaw] = []
    if "\t" in text:
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line:
                message = "there is a tab here; YAML takes spaces only (`monazite rules check --fix` replaces it)"
                found.append(Flaw("tab", message, number, line.index("\t") + 1))
    return found


def _spot(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def thorough_sheet(path: str, text: str) -> Sheet:
    """The tree by ruamel's events, for what the quick reader does not know and for every error."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - rarely needed, and slow to import
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    pot = _Pot(path)
    root: Node | None = None
    events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(text))
    try:
        root = _document(events, pot)
    except _StopReadingError:
        pass
    except YAMLError as error:
        pot.flaws.append(_syntax(error, text))
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, AssertionError, OverflowError):
        # ruamel's scanner lets these escape on broken input, e.g. an escape beyond the last code point.
        pot.flaw("syntax", "this is not YAML; compare it with a file that works", None)
    return Sheet(path, text, root, tuple(pot.flaws))


def _document(events: Iterator[Any], pot: _Pot) -> Node | None:
    root: Node | None = None
    documents = 0
    for event in events:
        name = type(event).__name__
        if name == "DocumentStartEvent":
            documents += 1
            if getattr(event, "version", None) or getattr(event, "tags", None):
                pot.flaw("directive", "lines that begin with % are not allowed; delete it", event.start_mark)
            if documents > 1:
                message = "a second document begins here; put it into a file of its own"
                pot.flaw("several-documents", message, event.start_mark)
                raise _StopReadingError
        elif name in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"}:
            root = _node(event, events, pot, depth=1)
    if root is None:
        pot.flaw("empty-file", "the file holds only comments; delete it or begin with `kind:`", None)
    return root


def _node(event: Any, events: Iterator[Any], pot: _Pot, *, depth: int) -> Node:
    mark = event.start_mark
    pot.nodes += 1
    if pot.nodes > MAX_NODES:
        pot.flaw("too-large", f"the file has more than {MAX_NODES:,} values; split it into several files", mark)
        raise _StopReadingError
    if depth > MAX_DEPTH:
        pot.flaw("too-deep", f"more than {MAX_DEPTH} levels are nested here; nothing in a rule file needs that", mark)
        raise _StopReadingError
    line, column = mark.line + 1, mark.column + 1
    _refuse_specials(event, pot)
    name = type(event).__name__
    if name == "SequenceStartEvent":
        return Seq(tuple(_items(events, pot, depth)), pot.path, line, column)
    if name == "MappingStartEvent":
        return Map(tuple(_entries(events, pot, depth)), pot.path, line, column)
    if name == "AliasEvent":
        return Scalar("", pot.path, line, column)
    hidden = _FORBIDDEN.search(str(event.value))
    if hidden:
        message = f"the text holds an invisible character (U+{ord(hidden.group()):04X}); delete its escape"
        pot.flaw("control-character", message, mark, refuses=True)
        return Scalar("", pot.path, line, column, "'")
    return Scalar(str(event.value), pot.path, line, column, event.style or "")


def _refuse_specials(event: Any, pot: _Pot) -> None:
    mark = event.start_mark
    if type(event).__name__ == "AliasEvent":
        hint = 'write a leading star in quotes: "*"'
        pot.flaw("alias", "`*name` repeats another value; write the value out", mark, hint=hint, refuses=True)
    elif getattr(event, "anchor", None):
        pot.flaw("anchor", f"`&{event.anchor}` names a value for repetition; delete it, write values out", mark)
    elif getattr(event, "tag", None):
        pot.flaw("tag", "a value begins with `!`; delete the tag, or put the text in quotes", mark, refuses=True)


def _items(events: Iterator[Any], pot: _Pot, depth: int) -> Iterator[Node]:
    for event in events:
        if type(event).__name__ == "SequenceEndEvent":
            return
        yield _node(event, events, pot, depth=depth + 1)


def _entries(events: Iterator[Any], pot: _Pot, depth: int) -> Iterator[tuple[Scalar, Node]]:
    seen: dict[str, int] = {}
    for event in events:
        if type(event).__name__ == "MappingEndEvent":
            return
        key = _node(event, events, pot, depth=depth + 1)
        value = _node(next(events), events, pot, depth=depth + 1)
        mark = event.start_mark
        if not isinstance(key, Scalar):
            pot.flaw("complex-key", "a key must be a word; put it in quotes if it holds brackets", mark, refuses=True)
            continue
        if key.text == "<<" and not key.style:
            pot.flaw("merge-key", "`<<` merges another mapping in; write its keys out", mark, refuses=True)
            continue
        if key.text in seen:
            message = f'"{key.text}" stands here a second time (first in line {seen[key.text]}); join or delete one'
            pot.flaw("duplicate-key", message, mark)
            continue
        seen[key.text] = key.line
        yield key, beside(key, value)


def beside(key: Scalar, value: Node) -> Node:
    """A value that is not there gets its key's place, since the parser puts it at the next line with content."""
    if isinstance(value, Scalar) and value.empty:
        return Scalar("", value.path, key.line, key.column)
    return value


_QUOTE_COLON = (
    "a colon followed by a space is not allowed here; put a text that holds one in quotes, or check indentation"
)
_CLOSE_QUOTE = "the quote that opens here is never closed"
_CLOSE_LIST = "the list that opens here is not closed with `]`, or a comma is missing"
_CLOSE_MAPPING = "the mapping that opens here is not closed with `}`, or a comma is missing"
_ALIGN = "this line does not line up with the lines above; align it with its neighbours"
# What the parser says (or what it was doing), our code, our sentence; the first that fits.
_ADVICE: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "colon", _QUOTE_COLON),
    ("found unexpected end of stream", "open-quote", _CLOSE_QUOTE),
    ("found unexpected document separator", "open-quote", _CLOSE_QUOTE),
    ("while parsing a flow sequence", "open-bracket", _CLOSE_LIST),
    ("while parsing a flow mapping", "open-bracket", _CLOSE_MAPPING),
    ("could not find expected ':'", "no-colon", "a key must be followed by a colon and a space"),
    ("expected a comment or a line break", "reserved-sign", "a text must not begin with this sign; put it in quotes"),
    ("expected alphabetic or numeric character", "reserved-sign", "a text that begins with * or & stands in quotes"),
    ("cannot start any token", "reserved-sign", "a text must not begin with this sign; put it in quotes"),
    ("unknown escape character", "escape", "a backslash inside double quotes has a meaning; use single quotes"),
    ("found undefined alias", "alias", "`*name` repeats another value; write the value out"),
    ("expected <block end>", "indentation", _ALIGN),
    ("inconsistent", "indentation", _ALIGN),
)


def _syntax(error: Any, text: str) -> Flaw:
    """The parser's complaint as one sentence, placed where a person should look."""
    context, problem = getattr(error, "context", None) or "", getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    code, advice = "syntax", f"this is not YAML: {problem.splitlines()[0] if problem else 'unreadable'}"
    for sign, name, sentence in _ADVICE:
        if sign in problem or sign in context:
            code, advice = name, sentence
            break
    if code in {"open-quote", "open-bracket", "no-colon"} and getattr(error, "context_mark", None) is not None:
        mark = error.context_mark
    if mark is None:
        return Flaw(code, advice, 1, 1)
    line = min(mark.line, text.count("\n"))
    column = mark.column if line == mark.line else 0
    told = Flaw(code, advice, line + 1, column + 1)
    return _earlier_cause(text, line + 1) or (_on_the_line(text, told) if code == "indentation" else told)


_BARE_STAR = re.compile(r"(?:^\s*|[{,]\s*)(\*)\s*:")
_TIGHT_DASH = re.compile(r"\s*(-)[A-Za-z_]+:(?: |$)")
_OPENING_QUOTE = re.compile(r"\s*(?:- +)?(?:[\w.-]+: +)?(?:- +)?([\"'])")


def _earlier_cause(text: str, last: int) -> Flaw | None:
    """A slip that the parser only stumbles over later: a bare `*` as key, a dash without blank, a quote left open."""
    for number, line in enumerate(text.split("\n")[:last], 1):
        star = _BARE_STAR.search(line)
        if star:
            message = "a star as a key stands in quotes"
            return Flaw("alias", message, number, star.start(1) + 1, hint='write "*":')
        dash = _TIGHT_DASH.match(line)
        if dash:
            return Flaw("tight-dash", "put a space behind the dash", number, dash.start(1) + 1)
        quote = _OPENING_QUOTE.match(line)
        if quote and _unclosed(line[quote.end() :], quote[1]) and number < last:
            return Flaw("open-quote", _CLOSE_QUOTE, number, quote.start(1) + 1)
    return None


def _on_the_line(text: str, told: Flaw) -> Flaw:
    """A line that does not "line up" has often only a quote or bracket too many."""
    line = text.split("\n")[told.line - 1]
    quote = _OPENING_QUOTE.match(line)
    if quote and quote.end() < told.column <= len(line) and not _unclosed(line[quote.end() :], quote[1]):
        other = "single" if quote[1] == '"' else "double"
        message = f"the text ends at this quote, but goes on; put it in {other} quotes"
        return Flaw("quote-inside", message, told.line, line.index(quote[1], quote.end()) + 1)
    if line[told.column - 1 : told.column] in {"]", "}"}:
        return Flaw("extra-bracket", "this bracket closes nothing; delete it", told.line, told.column)
    return told


def _unclosed(rest: str, sign: str) -> bool:
    """True when a text in quotes does not end on its line. Quotes over several lines are valid, but hardly used."""
    plain = rest.replace("\\\\", "").replace('\\"', "") if sign == '"' else rest.replace("''", "")
    return sign not in plain
