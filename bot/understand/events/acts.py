"""Say of each citation of a sentence whether the step changes that act, bears that number, or only recalls it.

"Announcement No. 70 suspends Nos. 55 and 56, while No. 18 stays in force": the first is the step's own number, the next
two are changed, the last one is an aside. Where nothing says so, a citation is nobody's: it may be the step's
own number, but never an act that it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.types.reading import Mention
from bot.understand._grammar import words
from bot.understand.events import clauses
from bot.understand.events.lines import Line
from bot.understand.events.wording import Span, Wording

OPERATORS = ("suspends", "lifts", "expires", "extends", "eases")  # what a step can do to an earlier act
_REACH, _REACH_DENSE = 220, 70  # characters between a verb and the act that it changes
_MOST_LISTED = 24  # acts that one sentence can change


class Part(StrEnum):
    """What a citation is to the step."""

    CHANGED = "changed"
    OWN = "own"
    ASIDE = "aside"  # recalled, or said to stay as it is
    OPEN = "open"  # nothing says


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One citation with its part."""

    key: str
    part: Part
    span: Span
    operator: str = ""  # for CHANGED: one of OPERATORS


@dataclass(frozen=True, slots=True)
class _Row:
    """Citations that stand in a list: "Nos. 55, 56 and 57"."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[-1].end


@dataclass(frozen=True, slots=True)
class _Verb:
    """A word that changes a measure."""

    kind: str
    start: int
    end: int


def _any(text: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words(text), key=len, reverse=True))


def _pattern(before: str, listed: str, after: str) -> re.Pattern[str]:
    return re.compile(f"{before}(?:{_any(listed)}){after}", re.IGNORECASE)


_COMMA = r"[\s号號호第제()（）]*[,、·ㆍ/][\s第제]*"
_AND = _any("and|und|en|et|y|e|i|и|oraz|dan|và|as well as|sowie|alsmede|of|及|和|与|與|及び|と|および|並びに|및|와|과")
_JOINT = re.compile(
    rf"(?:{_COMMA}(?:{_AND})?|[\s号號호()（）]*(?:{_AND}))[\s第제]*(?:(?:the|de|die|den|les|los|le|el|i|nr|no|nos)\.?\s)?"
)
_ARTICLES = re.compile(
    r"(?:(?<!\w)(?:the|its|de|het|die|der|den|dem|das|la|le|les|l|el|los|las|lo|gli|il|i|o|os|a|as|sus|ses|ihre|haar)"
    r"[\s'’]+)*$",
    re.IGNORECASE,
)
# Verbs whose other half closes the sentence, behind all the acts and full stops of their numbers.
_PARTED = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{verb})(?=[^;!?\n]{{1,400}}(?<!\w){half})", re.IGNORECASE))
    for kind, verb, half in (
        ("suspends", "setzt|setzen|setzte|setzten", r"aus(?!\w)"),
        ("suspends", "schort|schorten|schortte|schortten", r"op(?!\w)"),
        ("lifts", "hebt|heben|hob|hoben", r"auf(?!\w)"),
        ("lifts", "heft|heffen|hief|hieven", r"op(?!\w)"),
        ("lifts", "trekt|trekken|trok|trokken", r"in(?=[.,]|$)"),
    )
)
# By which act: behind one of these stands the step's own number.
_AGENT = _pattern(
    r"(?<!\w)",
    """
    by|under|in|through|via|with|per|pursuant to|according to|as per|issuing|issued|published|released|publishes
    |durch|mit|laut|gemäß|per|in der|in einer|mittels|door|met|volgens|bij|middels|krachtens|ingevolge|par|dans|selon
    |avec|par l|dans l|mediante|por|según|en|con|a través de|tramite|secondo|nell|nella|nel|através de|pelo|pela|no|na
    |segundo|com|w|zgodnie z|przez|poprzez|в|согласно|по|через|dalam|melalui|sesuai|oleh|lewat|theo|tại|trong|bằng
""",
    r"[\s'’]*$",
)
_MADE = _pattern(
    r"",
    """
    introduced|imposed|announced|set out|laid down|established|contained|provided for|created|enacted|adopted|ordered
    |eingeführt|verhängt|angekündigt|festgelegt|erlassen|beschlossen|ingevoerd|opgelegd|aangekondigd|vastgelegd
    |afgekondigd|introduit|introduite|introduits|introduites|imposé|imposés|imposées|instauré|instaurés|instaurées|prévu
    |prévus|prévues|annoncé|annoncés|annoncées|introducido|introducidos|introducida|introducidas|impuesto|impuestos
    |impuestas|previstos|previstas|anunciado|anunciados|anunciadas|introdotti|introdotte|imposti|imposte|previsti
    |previste|annunciati|annunciate|introduzidos|introduzidas|impostos|impostas|anunciados|wprowadzone|wprowadzonych
    |nałożone|nałożonych|введённые|введенные|введённых|введенных|установленные|установленных|diberlakukan|ban hành
    |áp đặt|mentioned
""",
    r"\s*$",
)
_ASIDE_BEFORE = _pattern(
    r"(?<!\w)",
    """
    follows|following|follow|builds on|building on|similar to|like|unlike|than|besides|alongside|on top of
    |in addition to|since|after|recalls|recalling|earlier|previous|prior|existing|volgt op|bouwt voort op|naast|na|sinds
    |eerdere|zoals|folgt auf|baut auf|neben|nach|seit|frühere|früheren|wie|wie bei|fait suite à|après|depuis|comme|outre
    |sigue a|sigue al|tras|además de|desde|como|dopo|oltre a|come|após|além de|obok|podobnie jak|после|помимо|как и
    |setelah|selain|sau|ngoài|继|繼|此前的|此前|早前|早前的|继此前
""",
    r"[\s'’]*$",
)
_ASIDE_AFTER = re.compile(
    r"^[\s号號호]*(?:に続|に次|に加え|以来|のほか|と同様|에 이어|에 이은|외에|처럼|之后|之後|以来|以來)"
)
_STAYS = _pattern(
    r"",
    """
    remain|stay|keep|kept|unaffected|unchanged|continue|blijf|ongewijzigd|onverlet|bleib|unberührt|gilt weiter|reste
    |demeure|maint|inchang|permane|sigue|mantien|siguen|continúa|rimane|restano|invariat|permanec|continua|pozostaj
    |остаё|остае|остаю|tetap|vẫn|引き続き|維持|有効|変わら|継続して|继续有效|仍然|仍有效|不变|維持不變|계속|유지|여전히
""",
    r"",
)
_SAYS_AFTER = re.compile(
    r"^,? (?:said|says|shows?|states?|stated|reads|read|zegt|meldt|stelt|besagt|dit|indique|dice)\b"
)
_PASSIVE_NEAR = _pattern(
    r"(?<!\w)",
    """
    is|are|was|were|been|be|being|est|sont|été|fut|seront|sera|queda|quedan|es|son|fue|fueron|sido|se|será|serán
    |viene|vengono|è|sono|stato|stata|stati|state|fica|ficam|é|são|foi|foram|zostaje|zostają|został|została|zostały
    |ditangguhkan|bị|được|telah
""",
    r"(?:\s+\w+){0,2}\s*$",
)
_PASSIVE_FAR = re.compile(
    r"(?<!\w)(?:wird|werden|wurde|wurden|ist|sind|bleib(?:t|en)|wordt|worden|werd|zijn|blijf(?:t|en)|is)(?!\w)"
)
_PASSIVE_AFTER = re.compile(r"^\s+(?:wird|werden|wurde|wurden|ist|sind|wordt|worden|werd|is|zijn)(?!\w)")
_HAVING = re.compile(
    r"(?<!\w)(?:hat|haben|will|wollen|soll|sollen|w[iu]rden?|wird|werden|heeft|hebben|wil|willen|zal|zullen|wordt|worden|werd)(?!\w)[^,;]{0,160}$"
)
_REFLEXIVE = re.compile(r"(?:ся|сь)$")

_ZH_AGENT = re.compile(r"(?:以|通过|通過|由|发布|發布|公布|印发|于|於)$")
_ZH_BASIS = re.compile(r"(?:根据|根據|依据|依據|按照|依照)$")  # a law behind the step, or the paper that tells it
_ZH_SAYS = re.compile(r"[。；]|公布|发布|發布|宣布|决定|決定|关于|關於|称|表示")
_ZH_TAKES = re.compile(r"(?:对|對|将|將|把|就)$")
_JA_OBJECT = re.compile(r"^(?:に基づく|による|に関する|が定める|について|の|を|が)")
_JA_AGENT = re.compile(r"^(?:により|によって|によれば|によると|に基づき|に基づいて|として|にて|において|で|は|では)")
_KO_OBJECT = re.compile(r"^(?:에 따른|에 근거한|에 의한|에 대한|의|을|를|이|가)(?! ?통해)")
_KO_AGENT = re.compile(r"^(?:[을를] ?통해|에 따라|에 따르면|에 근거해|으로|로|에서|은|는)")
_ENDS_PASSIVE = re.compile(r"^(?:さ?れ(?:る|た|て)?|となる|となった|된|되|됐|될)")


def cited_in(line: Line, text: str, wording: Wording, citations: Sequence[Mention]) -> tuple[Cited, ...]:
    """Every citation of a line with its part, in order.

    Args:
        line: The sentence.
        text: The whole text.
        wording: Of its language.
        citations: Identifiers of the line that number acts or notices, in order.
    """
    rows = tuple(_rows(text, citations[:_MOST_LISTED]))
    verbs = tuple(_verbs(line, text, wording)) if rows else ()
    found: list[Cited] = []
    for row in rows:
        part, operator = _part(row, verbs, line, text, wording)
        for mention in row.mentions:
            keys = (
                clauses.clause_keys(mention, row.mentions, text, spaced=wording.spaced) if part is Part.CHANGED else ()
            )
            span = (mention.start, mention.end)
            named = keys or (mention.value or mention.surface,)
            found += [Cited(key=key, part=part, span=span, operator=operator) for key in named]
    return tuple(found)


def _rows(text: str, citations: Sequence[Mention]) -> Iterator[_Row]:
    held: list[Mention] = []
    for before, mention in pairwise((None, *citations)):
        assert mention is not None  # noqa: S101 - only the first of all is
        if before is not None and not _joined(text[before.end : mention.start]):
            yield _Row(tuple(held))
            held = []
        held.append(mention)
    if held:
        yield _Row(tuple(held))


def _joined(gap: str) -> bool:
    return _JOINT.fullmatch(clauses.without(gap)) is not None


def _verbs(line: Line, text: str, wording: Wording) -> Iterator[_Verb]:
    for kind in OPERATORS:
        for start, end in wording.spans(kind, text, line.start, line.end):
            if not _STAYS.search(text, start, end):
                yield _Verb(kind, start, end)
    for kind, pattern in _PARTED if wording.spaced else ():
        for hit in pattern.finditer(text, line.start, line.end):
            yield _Verb(kind, *hit.span())


def _part(row: _Row, verbs: Sequence[_Verb], line: Line, text: str, wording: Wording) -> tuple[Part, str]:
    before = _ARTICLES.sub("", clauses.without(text[line.start : row.start], at_end=True)).rstrip()
    if _ASIDE_BEFORE.search(before) or _ASIDE_AFTER.search(text[row.end : line.end]):
        return Part.ASIDE, ""
    if before.endswith(("(", "（")):
        return Part.OPEN, ""  # "the curbs of October (No. 61)", "suspends the curbs (No. 70)": either is written so
    judge = _spaced if wording.spaced else _verb_final if wording.grammar.steps.verb_final else _chinese
    part, operator = judge(row, verbs, (before, line, text, wording))
    if part in {Part.OPEN, Part.OWN} and _left_alone(row, line, text, wording):
        return Part.ASIDE, ""
    return part, operator


def _left_alone(row: _Row, line: Line, text: str, wording: Wording) -> bool:
    """Whether its clause says that the act stays as it is, or speaks of a time before."""
    start, end = line.clause_span(row.start, row.end)
    if _STAYS.search(text, start, end) or wording.has("exempts", text, start, end):
        return True
    return wording.has("anterior", text, start, end)


_Around = tuple[str, Line, str, Wording]


def _spaced(row: _Row, verbs: Sequence[_Verb], around: _Around) -> tuple[Part, str]:
    """Where words are parted by spaces, the object stands behind its verb, or before a passive one."""
    before, line, text, wording = around
    agent = _AGENT.search(before)
    if agent is not None and not _MADE.search(before[: agent.start()]):
        return Part.OWN, ""
    if _SAYS_AFTER.search(text[row.end : line.end]):
        return Part.OWN, ""
    over = [v for v in verbs if v.start < row.start and _reaches(v.start, row.start, text, wording)]
    if over:
        return Part.CHANGED, max(over, key=lambda v: v.start).kind
    under = [v for v in verbs if v.start >= row.end and _reaches(row.end, v.start, text, wording)]
    if not under:
        return Part.OPEN, ""
    verb = min(under, key=lambda v: v.start)
    between = text[row.end : verb.start]
    having = _HAVING.search(text[line.start : row.start]) and "," not in between
    if having or _passive(between, text[verb.start : verb.end], text[verb.end : line.end]):
        return Part.CHANGED, verb.kind
    return Part.OWN, ""


def _reaches(start: int, end: int, text: str, wording: Wording) -> bool:
    between = text[start:end]
    return len(between) <= _REACH and ";" not in between and not wording.has("breaks", text, start, end)


def _passive(between: str, verb: str, after: str) -> bool:
    if _PASSIVE_NEAR.search(between) or _PASSIVE_AFTER.search(after) or _REFLEXIVE.search(verb):
        return True
    return "," not in between and _PASSIVE_FAR.search(between) is not None


def _chinese(row: _Row, verbs: Sequence[_Verb], around: _Around) -> tuple[Part, str]:
    """In Chinese the object stands behind its verb, or before it with or without 对 and 将."""
    before, _, text, _ = around
    if _ZH_AGENT.search(before):
        return Part.OWN, ""
    if _ZH_BASIS.search(before):
        return Part.OPEN, ""
    over = [v for v in verbs if v.end <= row.start and not re.search(r"[。；]", text[v.end : row.start])]
    near = [v for v in over if row.start - v.end <= _REACH_DENSE]
    if near:
        return Part.CHANGED, max(near, key=lambda v: v.start).kind
    taken = _ZH_TAKES.search(before) is not None
    for verb in verbs:
        between = text[row.end : verb.start]
        if verb.start >= row.end and len(between) <= _REACH_DENSE and not _ZH_SAYS.search(between):
            return (Part.CHANGED, verb.kind) if taken or not re.search(r"[，：]", between) else (Part.OWN, "")
    return (Part.OWN if verbs else Part.OPEN), ""


def _verb_final(row: _Row, verbs: Sequence[_Verb], around: _Around) -> tuple[Part, str]:
    """In Japanese and Korean a particle behind the citation says what it is to the verb at the end."""
    _, line, text, _ = around
    rest = clauses.behind(text[row.end : line.end])
    under = [v for v in verbs if v.start >= row.end and v.start - row.end <= _REACH_DENSE + _REACH_DENSE // 2]
    if not under:
        return Part.OPEN, ""
    verb = min(under, key=lambda v: v.start)
    if _JA_AGENT.search(rest) or _KO_AGENT.search(rest):
        topic = rest[:1] in {"は", "은", "는"} and _ENDS_PASSIVE.search(text[verb.end : line.end].lstrip())
        return (Part.CHANGED, verb.kind) if topic else (Part.OWN, "")
    if _JA_OBJECT.search(rest) or _KO_OBJECT.search(rest):
        return Part.CHANGED, verb.kind
    return Part.OPEN, ""
