"""Read which clause of an act is meant: "clause 2 of", "Article 2(1) of", 第二款, 第2項, 제2항."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.types.reading import Mention
from bot.understand._grammar import pairs, words

_NAMES = "|".join(
    words("""
    clauses? | paragraphs? | para\\.? | points? | items? | articles? | art\\.? | sections? | provisions? | leden | lid
    | punt | punten | artikel | artikelen | artikels | paragraaf | paragrafen | clausules? | ziffern? | absatz | absätze
    | abs\\.? | punkte? | nummern? | klauseln? | paragraphes? | alinéas? | cláusulas? | apartados? | puntos?
    | artículos? | párrafos? | incisos? | clausol[ae] | paragraf[oi] | articol[oi] | commi | comma | punt[oi]
    | parágrafos? | pontos? | artigos? | itens | ite[mn]s? | ust\\.? | artykuł\\w* | klauzul\\w* | punkt\\w*
    | пункт\\w* | стать\\w* | параграф\\w* | част\\w* | pasal | butir | ayat | điều | khoản | điểm
    """)
)
_ONE = r"\d{1,2}(?:\(\d{1,2}\)|\.\d{1,2})?"
_LIST = rf"{_ONE}(?:(?:, ?| and | und | en | et | y | e | i | и | dan | và ){_ONE}){{0,6}}"
_TO_ACT = (
    r"(?:[\s,]+(?:of|van|der|des|von|de|du|del|della|dell|da|do|z|ze|dari|của))?"
    r"(?:[\s,]+(?:the|la|le|l|el|de|het|die|den))?['’\s]*"
)
_BEFORE = re.compile(rf"(?<!\w)(?:{_NAMES})\s?(?P<numbers>{_LIST})(?!\w){_TO_ACT}$", re.IGNORECASE)
_BEHIND = re.compile(rf"^[\s,(]{{0,3}}(?:{_NAMES})\s?(?P<numbers>{_LIST})(?!\w)", re.IGNORECASE)
_ORDINALS = dict(
    pairs("""
    first=1 | second=2 | third=3 | fourth=4 | fifth=5 | eerste=1 | tweede=2 | derde=3 | vierde=4 | vijfde=5 | ersten=1
    | erste=1 | zweiten=2 | zweite=2 | dritten=3 | dritte=3 | vierten=4 | premier=1 | première=1 | deuxième=2 | second=2
    | seconde=2 | troisième=3 | quatrième=4 | primer=1 | primera=1 | segundo=2 | segunda=2 | tercer=3 | tercera=3
    | primo=1 | prima=1 | secondo=2 | seconda=2 | terzo=3 | terza=3 | primeiro=1 | primeira=1 | terceiro=3 | terceira=3
    """)
)
_ORDINAL_BEFORE = re.compile(
    rf"(?<!\w)(?P<ordinal>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\s(?:{_NAMES}|alinea){_TO_ACT}$",
    re.IGNORECASE,
)
_HAN = r"[一二三四五六七八九十\d]{1,3}"
_DENSE = re.compile(
    rf"^[\s号號호]*(?:(?:中|里)?[的の의]?\s?)?(?:第|제)?(?P<one>{_HAN})\s?(?:[条條款項项点點]|조|항)"
    rf"(?:[の의\s]?(?:第|제)?(?P<two>{_HAN})\s?(?:[款項项]|항))?"
)
_SIGN_BEHIND = re.compile(r"^[\s号號호]*")
_QUOTED_TITLE = re.compile(r"^(?:《[^》]{0,80}》|「[^」]{0,80}」|[（(][^）)]{0,80}[）)])+")
_TITLED = 120  # characters behind a citation that hold its title and a clause
_HAN_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}


def clause_keys(mention: Mention, row: Sequence[Mention], text: str, *, spaced: bool) -> tuple[str, ...]:
    """Keys of the clauses of an act that are meant, e.g. "cn-mofcom:2024:46#2"; none when the whole act is.

    Args:
        mention: The citation.
        row: All citations of its list, in order; words behind the list belong to its last one.
        text: The whole text.
        spaced: Whether words are parted by spaces.
    """
    act = mention.value or mention.surface
    before, behind = text[max(0, mention.start - 60) : mention.start], text[mention.end : mention.end + 30]
    if not spaced:
        hit = _DENSE.search(behind) or _DENSE.search(_untitled(text[mention.end : mention.end + _TITLED]))
        return (f"{act}#{'.'.join(str(_number(part)) for part in (hit['one'], hit['two']) if part)}",) if hit else ()
    if hit := _ORDINAL_BEFORE.search(before):
        return (f"{act}#{_ORDINALS[hit['ordinal'].lower()]}",)
    hit = _BEFORE.search(before) or (_BEHIND.search(behind) if mention is row[-1] else None)
    return tuple(f"{act}#{_plain(number)}" for number in re.findall(_ONE, hit["numbers"])) if hit else ()


def without(gap: str, *, at_end: bool = False) -> str:
    """A stretch before a citation without the clause that it names; `at_end`: all else is kept."""
    for pattern in (_BEFORE, _ORDINAL_BEFORE):
        if hit := pattern.search(gap):
            return gap[: hit.start()] if at_end else gap[: hit.start()] + " "
    return gap if at_end else _DENSE.sub("", gap)


def behind(rest: str) -> str:
    """What follows a citation, its own signs, its clause and its title left out."""
    if _DENSE.search(rest):
        return _QUOTED_TITLE.sub("", _DENSE.sub("", rest)).lstrip()
    return _DENSE.sub("", _untitled(rest)).lstrip()


def _untitled(rest: str) -> str:
    """What follows a citation behind its signs and its title: 第46号《...》第二款."""
    return _QUOTED_TITLE.sub("", _SIGN_BEHIND.sub("", rest))


def _plain(number: str) -> str:
    return number.replace("(", ".").replace(")", "")


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN_DIGITS.get(text[:1], 0)
    return 10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0)
