"""Read the bounds that decide what a control covers: chips below 14 nm, memory above 256 layers, shares above 0.1 %.

A number with a per cent sign stands in any text, so it counts beside a word that compares and one of the field only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understand._fold import inside_word
from bot.understand._shape import Found, Page, Shape

_NUMBER_BEFORE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)[ -]?$")
_SMALLER = (
    r" ?(?:及以下|以下|이하|미만|以內|или менее|и менее|or (?:below|less|smaller|under)|and (?:below|under)"
    r"|oder (?:weniger|kleiner)|of (?:minder|kleiner)|ou moins|o menos|o meno|ou menos|lub mniej|atau (?:kurang"
    r"|di bawahnya)|trở xuống)"
)
_LARGER = (
    r" ?(?:及以上|以上|이상|или более|и более|or (?:above|more|higher)|and (?:above|more)|oder mehr|of meer|ou plus"
    r"|o más|o più|ou mais|lub więcej|atau lebih|trở lên)"
)
_NODE = re.compile(
    rf"(?:nm|nanomet[a-z]{{1,3}}|纳米|奈米|ナノメートル|나노(?:미터)?|нм|нанометр[а-я]{{0,3}})(?:{_SMALLER})"
)
_LAYERS = re.compile(rf"(?:层|層|단|-?layers?|-?lagen|-?schichten)(?:{_LARGER})")
_AT_LEAST = re.compile(
    r"(?:≥|>=|不少于|不低于|达到|達到|超过|超過|at least|more than|exceed\w{0,3}|mindestens|mehr als|minstens"
    r"|meer dan|au moins"
    r"|plus de|al menos|más del?|almeno|più del|oltre il|pelo menos|mais de|co najmniej|не менее|более"
    r"|setidaknya|minimal"
    r"|ít nhất|최소) ?(?:il |los? |o )?$"
)
_OR_MORE = re.compile(rf"(?:%|％|percent|per cent|prozent|procent|процент\w{{0,3}})(?P<more>{_LARGER})?")
_SHARE = re.compile(
    r"价值比例|比例|质量分数|含量|持股|股权|股比|價值|de minimis|content|by (?:weight|value)|concentration"
    r"|owned|owns|ownership"
    r"|affiliates|wertanteil|massenanteil|beteilig|aandeel|gehalte|pourcentage|teneur|détenu|participación|contenido"
    r"|partecipazione|tenore|teor|participação|udział|доля|доли|долей|содержани|지분|함량|비율|kandungan|kepemilikan"
    r"|hàm lượng|sở hữu|割合|含有|比率|出口管制|管制物项|controlled|kontrolliert"
)
_FIELD = re.compile(
    r"control|export|ausfuhr|uitvoer|entity|licen[cs]|sanc|出口|管制|輸出|수출|통제|экспорт|контрол|esporta"
    r"|eksport|ekspor"
    r"|xuất khẩu|no\. ?61|第61号"
)
_BACK = 12
_COMPARES = 24  # characters before a number in which a word may compare
_NEAR = 70


def _node(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001 - one shape for all readers
    yield from _measured(page, start, _NODE, ("node-threshold", "nm"))


def _layers(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    yield from _measured(page, start, _LAYERS, ("node-threshold", "layers"))


def _measured(page: Page, start: int, unit: re.Pattern[str], kind: tuple[str, str]) -> Iterator[Found]:
    window = page.before(start, _BACK)
    number, found = _NUMBER_BEFORE.search(window), unit.match(page.folded, start)
    if number and found and not inside_word(page.folded, found.end()):
        first = start - len(window) + number.start()
        yield Found(first, found.end(), kind[0], f"{kind[1]}:{number[1].replace(',', '.')}")


def _share(page: Page, start: int, end: int) -> Iterator[Found]:  # noqa: ARG001
    window = page.before(start, _BACK)
    number, found = _NUMBER_BEFORE.search(window), _OR_MORE.match(page.folded, start)
    if number is None or found is None:
        return
    first = start - len(window) + number.start()
    before = page.before(first, _COMPARES)
    compared = _AT_LEAST.search(before)
    around = page.around(first, found.end(), _NEAR)
    if (compared or found["more"]) and _SHARE.search(around) and _FIELD.search(around):
        left = first - (len(before) - compared.start()) if compared else first
        yield Found(left, found.end(), "pct-threshold", f"pct:{number[1].replace(',', '.')}")


SHAPES: tuple[Shape, ...] = (
    Shape(("nm", "nanomet", "纳米", "奈米", "ナノメートル", "나노", "нм", "нанометр"), _node, whole_word=False),
    Shape(("层", "層", "단", "layer", "-layer", "lagen", "schichten"), _layers, whole_word=False),
    Shape(("%", "％", "percent", "per cent", "prozent", "procent", "процент"), _share, whole_word=False),
)
KINDS = frozenset({"node-threshold", "pct-threshold"})
