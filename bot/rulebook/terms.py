"""Parse the five signs of the term language: `a b`, `a|b + c|d`, `a .. b`, `stem*`, `=Exact`; and CJK as characters."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from bot.types.lexicon import Term, TermKind
from bot.types.place import Place

MAX_CHARS = 400  # a longer term is a paragraph by accident
MAX_FORMS = 5_000  # alternatives multiplied out; more is a slip
SHORTEST_STEM = 3  # letters before `*`

_CJK = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\U00020000-\U0003ffff]"
)
# Characters with the metal radical, simplified and traditional: names of elements are one character long.
_METAL = re.compile(r"[\u91d1-\u9577]")
_LOOKALIKES = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\uff0b": "+",
        "\uff5c": "|",
    }
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
)  # one character for one, so that offsets hold; the text of documents is folded alike in bot/parse
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_REGEX = re.compile(r"\.\*|\.\+|\\[A-Za-z]|\(\?|[\\^$?{}\[\]]")
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})
_BOOLEAN = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(_OPERATORS))})(?!\S)")
# Nearly all terms are plain words: letters and digits, a stem of three signs or more, one blank between words.
_WORD = r"[\w']+(?:(?<=[\w']{3})\*)?"
_PLAIN_PHRASE = re.compile(rf"{_WORD}(?:\|{_WORD})*(?: {_WORD}(?:\|{_WORD})*)*")
_LINKED = r"[\w'\-]+(?:(?<=[\w'\-]{3})\*)?"
_PLAIN_SIDE = re.compile(rf"{_LINKED}(?: {_LINKED})*(?:\|{_LINKED}(?: {_LINKED})*)*")
_PLAIN_CHARS = re.compile(r"\w{2,}(?:\|\w{2,})*")

Parts: TypeAlias = tuple[tuple[str, ...], ...]


class TermError(ValueError):
    """A term that cannot mean anything.

    Attributes:
        code: Short and stable, e.g. "empty-alternative".
        offset: Where in the term, 0-based, in characters.
    """

    def __init__(self, code: str, message: str, offset: int) -> None:
        super().__init__(message)
        self.code = code
        self.offset = offset


def parse_term(text: str, *, lang: str, sure: bool, place: Place) -> tuple[Term, ...]:
    """Compile one entry of a word list.

    Args:
        text: The entry as written.
        lang: Key of the list, a language code or "*".
        sure: False for lists under `maybe`.
        place: Of the entry.

    Returns:
        One term; several only where a CJK entry names alternatives, since characters match one string at a time.

    Raises:
        TermError: The entry is malformed, or so short that it would match everywhere.
    """
    folded = text if text.isascii() or not _LOOKALIKE.search(text) else text.translate(_LOOKALIKES)
    kind, parts = quick_parts(folded) or thorough_parts(folded)
    if kind is not TermKind.CHARS:
        return (Term(lang=lang, text=text, kind=kind, parts=parts, sure=sure, place=place),)
    return tuple(Term(lang=lang, text=text, kind=kind, parts=((w,),), sure=sure, place=place) for w in parts[0])


def quick_parts(text: str) -> tuple[TermKind, Parts] | None:
    """What an entry of plain words means, None when anything about it needs the closer look of `thorough_parts`."""
    ascii_only = text.isascii()
    if len(text) > MAX_CHARS or not (ascii_only or unicodedata.is_normalized("NFC", text)):
        return None
    if " .. " in text:
        sides = tuple(map(_quick_side, text.split(" .. ")))
        fine = len(sides) <= 4 and all(sides) and not _BOOLEAN.search(text)
        return (TermKind.PAIR, sides) if fine else None
    cjk = not ascii_only and is_cjk(text)
    words = text.split(" ")
    if not cjk and all(map(str.isalnum, words)) and _OPERATORS.isdisjoint(words):
        return (TermKind.PHRASE, tuple([(word,) for word in words])) if len(words) > 1 or len(text) > 3 else None
    if cjk:
        return (TermKind.CHARS, (_parted(text),)) if _PLAIN_CHARS.fullmatch(text) else None
    if not _PLAIN_PHRASE.fullmatch(text) or (not text.islower() and _BOOLEAN.search(text)):
        return None
    parts = tuple(map(_parted, words))
    short = len(parts) == 1 and min(map(len, parts[0])) <= 3
    return (TermKind.PHRASE, parts) if not short and math.prod(map(len, parts)) <= MAX_FORMS else None


def _parted(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.split("|")))


def _quick_side(side: str) -> tuple[str, ...]:
    """The alternatives of one side of a pair, nothing when they are not plain or hold a single sign."""
    words = _parted(side) if _PLAIN_SIDE.fullmatch(side) else ()
    return words if words and min(map(len, words)) > 1 else ()


def thorough_parts(text: str) -> tuple[TermKind, Parts]:
    """What any entry means; for CHARS the one part holds what are terms of their own.

    Raises:
        TermError: As `parse_term`.
    """
    _refuse_strangers(text)
    return _parse(text)


def spell(term: Term) -> str:
    """The shortest spelling that parses to the same parts."""
    if term.kind is TermKind.EXACT:
        return f"={term.parts[0][0]}"
    sides = ["|".join(alternatives) for alternatives in term.parts]
    return {TermKind.COMPOUND: " + ", TermKind.PAIR: " .. "}.get(term.kind, " ").join(sides)


def forms(term: Term) -> Iterator[str]:
    """Every base form of a term; each also matches inflected, and with hyphen or joined where there is a space."""
    if term.kind is TermKind.COMPOUND:
        lefts, rights = term.parts
        yield from (left + ("…" if right == "*" else right) for left in lefts for right in rights)
    else:
        joint = " … " if term.kind is TermKind.PAIR else " "
        yield from (joint.join(words) for words in itertools.product(*term.parts))


def is_cjk(text: str) -> bool:
    """True when a text holds a Han character, kana or hangul."""
    return _CJK.search(text) is not None


def _refuse_strangers(text: str) -> None:
    if not text.strip():
        raise TermError("empty-term", "there is no word here; delete the entry", 0)
    if len(text) > MAX_CHARS:
        raise TermError("long-term", f"the term has {len(text)} characters; at most {MAX_CHARS} make sense", MAX_CHARS)
    if "\n" in text:
        raise TermError("line-break", "a term stands on one line", text.index("\n"))
    if text.startswith("="):
        return
    for sign in ("…", "..."):
        if sign in text:
            raise TermError("dots", "write two dots with spaces around them: `a .. b`", text.index(sign))
    if hit := _REGEX.search(text):
        message = f"`{hit.group()}` looks like a regular expression; terms have none: write the words, or `stem*`"
        raise TermError("regex", message, hit.start())
    if hit := re.search(r"[,;，；]", text):
        message = (
            f"`{hit.group()}` parts nothing here; write each word as an entry of its own, or `=` before if it belongs"
        )
        raise TermError("comma", message, hit.start())
    if hit := re.search(r"[()\"“”«»„]", text):
        raise TermError(
            "sign", f"`{hit.group()}` has no meaning in a term; delete it, or write `=` before", hit.start()
        )
    if hit := _BOOLEAN.search(text):
        message = f"{hit.group()} is no operator here: `a .. b` asks for both words in one sentence, `a|b` for either"
        raise TermError("boolean", message, hit.start())
    _refuse_tight_signs(text)


def _refuse_tight_signs(text: str) -> None:
    """`a+b` and `a..b` are slips for the spaced signs."""
    for hit in re.finditer(r"\.\.|\+", text):
        before, after = text[: hit.start()][-1:], text[hit.end() :][:1]
        if before not in {"", " "} or after not in {"", " "}:
            message = f"put a space on both sides of `{hit.group()}`"
            raise TermError("tight-sign", message, hit.start())


def _parse(text: str) -> tuple[TermKind, Parts]:
    if text.startswith("="):
        return TermKind.EXACT, ((_exact(text),),)
    pairs, compounds = (
        list(re.finditer(r"(?:^|(?<= ))\.\.(?= |$)", text)),
        list(re.finditer(r"(?:^|(?<= ))\+(?= |$)", text)),
    )
    if pairs and compounds:
        later = max(pairs[0].start(), compounds[0].start())
        raise TermError("mixed-signs", "use `+` or `..` in one term, not both; write two terms", later)
    if compounds:
        return TermKind.COMPOUND, _compound(text, compounds)
    if pairs:
        return TermKind.PAIR, _pair(text, pairs)
    if is_cjk(text):
        return TermKind.CHARS, (_chars(text),)
    return TermKind.PHRASE, _phrase(text)


def _exact(text: str) -> str:
    word = _clean(text[1:])
    if not word:
        raise TermError("empty-term", "nothing follows the `=`", 0)
    if len(word) == 1 and not is_cjk(word):
        raise TermError("one-letter", "a single letter matches in almost every text", 1)
    if word.startswith("="):
        raise TermError("sign", "one `=` is enough", 1)
    return word


def _compound(text: str, signs: list[re.Match[str]]) -> Parts:
    if len(signs) > 1:
        raise TermError(
            "two-plus", "a compound has two sides; write the longer one as a term of its own", signs[1].start()
        )
    cut = signs[0]
    lefts = _alternatives(text[: cut.start()], 0)
    rights = _alternatives(text[cut.end() :], cut.end(), any_ending=True)
    for left in lefts:
        if left.endswith("*"):
            raise TermError(
                "stem-left", "a stem cannot stand left of `+`; what follows is the right side", text.index("*")
            )
    return lefts, rights


def _pair(text: str, signs: list[re.Match[str]]) -> Parts:
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    if len(starts) > 4:
        raise TermError("long-pair", "at most four parts may be asked for in one sentence", signs[3].start())
    return tuple(_alternatives(text[a:b], a) for a, b in zip(starts, ends, strict=True))


def _alternatives(side: str, offset: int, *, any_ending: bool = False) -> tuple[str, ...]:
    """The `a|b c|d` of one side, where `|` parts whole phrases."""
    words: list[str] = []
    for piece, start in _pieces(side, offset):
        word = _clean(piece)
        if not word:
            raise TermError("empty-alternative", "a word is missing here", start)
        if word == "*" and any_ending:
            words.append(word)
            continue
        for single in re.finditer(r"\S+", piece):
            _refuse_star(single.group(), start + single.start())
        _refuse_one_letter(word, start)
        words.append(word)
    return tuple(dict.fromkeys(words))


def _pieces(side: str, offset: int) -> Iterator[tuple[str, int]]:
    for piece in side.split("|"):
        yield piece, offset
        offset += len(piece) + 1


def _chars(text: str) -> tuple[str, ...]:
    words = _alternatives(text, 0)
    for piece, start in _pieces(text, 0):
        word = _clean(piece)
        if "*" in word:
            raise TermError(
                "star", "characters need no `*`: they match inside longer words anyway", start + piece.index("*")
            )
        if len(word) == 1 and not _METAL.match(word):
            message = (
                "a single character is part of too many words; write the whole word, or `=` before it if you insist"
            )
            raise TermError("one-character", message, start)
    return words


def _phrase(text: str) -> Parts:
    parts: list[tuple[str, ...]] = []
    for hit in re.finditer(r"\S+", text):
        parts.extend(_word(hit.group(), hit.start()))
    forms_of_all = 1
    for alternatives in parts:
        forms_of_all *= len(alternatives)
    if forms_of_all > MAX_FORMS:
        raise TermError("many-forms", f"the alternatives multiply to {forms_of_all:,} forms; write several terms", 0)
    if len(parts) == 1:
        for word in parts[0]:
            _refuse_short(word, text.index(word) if word in text else 0)
    return tuple(parts)


def _word(word: str, offset: int) -> Iterator[tuple[str, ...]]:
    """One word with its alternatives; a hyphen parts words, as a space does, unless the word has alternatives."""
    if "|" not in word:
        pieces = [piece for piece in word.split("-") if piece]
        if not pieces:
            raise TermError("empty-term", "a hyphen alone is no word", offset)
        for piece in pieces:
            _refuse_star(piece, offset + word.index(piece), last=piece is pieces[-1])
            yield (_clean(piece),)
        return
    found: list[str] = []
    for piece, start in _pieces(word, offset):
        if not piece.strip("-"):
            raise TermError("empty-alternative", "a word is missing beside `|`; write no space around it", start)
        _refuse_star(piece, start)
        found.append(_clean(piece))
    yield tuple(dict.fromkeys(found))


def _refuse_star(word: str, offset: int, *, last: bool = True) -> None:
    at = word.find("*")
    if at < 0:
        return
    if at != len(word) - 1 or not last:
        raise TermError("star", "`*` stands at the end of a word only and means any ending", offset + at)
    if at < SHORTEST_STEM and not is_cjk(word):
        raise TermError("short-stem", f"a stem needs at least {SHORTEST_STEM} letters before `*`", offset)


def _refuse_one_letter(word: str, offset: int) -> None:
    """Signs such as % may stand alone: a term that has more than one part needs them."""
    if len(word) == 1 and word.isalnum() and not is_cjk(word):
        raise TermError("one-letter", "a single letter matches in almost every text", offset)


def _refuse_short(word: str, offset: int) -> None:
    """A word on its own that matches by accident: one or two letters, or a short acronym in any case."""
    _refuse_one_letter(word, offset)
    if len(word) <= 2:
        raise TermError("short-word", f"two letters match too much; write `={word}` for exactly these", offset)
    if len(word) == 3 and word.isupper():
        message = f'"{word}" would match "{word.lower()}" too; write `={word}` for capitals only'
        raise TermError("short-word", message, offset)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
