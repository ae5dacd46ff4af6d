"""Tell symbols of chemical elements from the words that look like them: they count in lists of three or more."""

from __future__ import annotations

import re

from bot.understand.languages._language import listed

_ELEMENTS = listed("""
    H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo
    Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl
    Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr
""")
_SYMBOL = "(?:" + "|".join(sorted(_ELEMENTS, key=lambda s: (-len(s), s))) + ")"
_AND = "and|or|und|oder|sowie|en|of|et|ou|y|e"
_BETWEEN = rf"(?: ?[,、，;/] ?(?:(?:{_AND}) |及|和)?| (?:{_AND}) |[和及与與])"
_LIST = re.compile(rf"(?<![A-Za-z0-9]){_SYMBOL}(?:{_BETWEEN}{_SYMBOL}(?![A-Za-z0-9])){{2,}}")
_WINDOW = 80  # characters on either side that are searched for the list


def is_lone_symbol(text: str, start: int, end: int) -> bool:
    """True when the words at [start, end) are a symbol of an element outside a list of three or more."""
    if text[start:end] not in _ELEMENTS:
        return False
    first = max(0, start - _WINDOW)
    window = text[first : end + _WINDOW]
    return not any(m.start() + first <= start and end <= m.end() + first for m in _LIST.finditer(window))
