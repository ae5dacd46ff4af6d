"""Let an installed trained pipeline sharpen what words found: whose name a word is part of, and who acts.

Words are read without any grammar of the sentence, so "Jordan" in a man's name is a state to them, and of two subjects
they take the first. A trained pipeline knows better on both counts. None is needed, none is ever downloaded: whoever
installs one of those listed here is served by it, and without one nothing changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.types.lexicon import Concept
from bot.types.reading import Mention
from bot.understand._scene import Act, Scene
from bot.understand.languages._language import listed

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

    from bot.understand.events.lines import Line
    from bot.understand.events.wording import Wording

Span = tuple[int, int]

MOST_CHARS = 20_000  # of a text; further down stands nothing that a slow reader is worth
_WINDOW = 2_000  # characters at once: SudachiPy refuses 49,149 bytes, and long inputs cost memory
_DENSE_FROM = "\u2e80"  # from here on a character is about half a word,
_DENSE_COST = 10  # and costs as much as ten letters: ja_ginza takes a second for a thousand on a slow machine
_MOST_CLIMBS = 4  # verbs between a verb and the subject it shares: "agreed to stop and ban"


def _sizes(stem: str) -> tuple[str, ...]:
    """The packages of one pipeline, the most exact of those that need no GPU first."""
    return tuple(f"{stem}_{size}" for size in ("lg", "md", "sm", "trf"))


# The first one installed wins. Names are those of the pipelines' makers.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "en": _sizes("en_core_web"),
    "de": (*_sizes("de_core_news"), "de_dep_news_trf"),
    "nl": _sizes("nl_core_news"),
    "fr": (*_sizes("fr_core_news"), "fr_dep_news_trf"),
    "es": (*_sizes("es_core_news"), "es_dep_news_trf"),
    "it": _sizes("it_core_news"),
    "pt": _sizes("pt_core_news"),
    "pl": _sizes("pl_core_news"),
    "ru": _sizes("ru_core_news"),
    "ko": _sizes("ko_core_news"),
    "ja": (*_sizes("ja_core_news"), "ja_ginza", "ja_ginza_electra", "ja_ginza_bert_large"),
    "zh-Hans": _sizes("zh_core_web"),
    "zh-Hant": _sizes("zh_core_web"),
}

# Pipes that give neither names nor subjects; some of them want packages of their own.
_NEEDLESS = (
    *("tagger", "morphologizer", "senter", "lemmatizer", "trainable_lemmatizer", "attribute_ruler"),
    *("compound_splitter", "bunsetu_recognizer"),
)

# What a pipeline that is broken, cut short or made for another spaCy may raise; MemoryError: a worker's limit is small.
UNUSABLE = (
    *(OSError, ImportError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, MemoryError),
    *(ArithmeticError, AssertionError),
)

_PEOPLE = frozenset({"PERSON", "PER", "PS", "persName", "Person"})
_BODIES = frozenset({
    *("ORG", "OG", "orgName", "FAC", "PRODUCT"),
    # Sekine's extended types, which ja_ginza speaks; states' bodies are types of their own there
    *("Company", "Company_Group", "Corporation_Other", "Show_Organization", "Pro_Sports_Organization"),
    *("Sports_Organization_Other", "Sports_League", "School", "Museum", "Airport", "Facility_Other", "Product_Other"),
    *("Newspaper", "Magazine", "Broadcast_Program", "Book", "Movie", "Music", "Railroad", "Station", "Park"),
})  # fmt: skip

# Stems of words that make a name a state's: an organisation that has one acts for its state. Too many cost little.
_OFFICIAL = re.compile(
    r"(?<!\w)(?:minist|govern|gouvern|gobiern|regier|regering|rząd|правительств|министерств|ministerst|commission|"
    r"kommission|commissie|comisi|comiss|komisj|комисси|council|conseil|consejo|consiglio|conselho|parlia|parlam|"
    r"parlement|congre|senat|senaat|сенат|agenc|agent|autorit|authorit|autorid|custom|zoll|douane|aduan|dogan|alfând|"
    r"celn|тамож|embass|botschaft|ambas|embaj|embaix|посольств|department|departement|département|departamento|"
    r"dipartimento|departament|bureau|office|court|gericht|tribunal|army|armed|navy|force|police|party|partei|partij|"
    r"parti|partido|партия|administ|federal|state|union|unie|kabinett?|cabinet|secretar|president|reserve|"
    r"people's|volksrepublik|republic|républi|repúbli)"
    r"|(?:ministerium|regierung|behörde|kommission|amt|ministerie|rat|raad)(?!\w)"
    r"|[省庁府院部局署厅廳办会會](?!\w)|政府|委員|委员|議会|议会|国会|國會|大使|税関|海关|海關|当局|當局|軍|军|党|黨|内閣|内阁|人民"
    r"|정부|위원회|국회|대사관|관세청|당국|군|[가-힣](?:부|청|처|원)(?!\w)",
    re.IGNORECASE,
)
_ARTICLES = listed("the a an der die das den dem des de het een le la les l el los las il lo gli o os as")
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSED = ("'s", "’s", "s'", "s’")
_NEXT_WORD = 16  # characters in which the word after a name is looked for
_LONGEST_NAME = 8  # words; what is longer is a headline that the pipeline took for a name
_LONGEST_MENTION = 300  # characters by which a mention may begin before a name that it reaches into
_TELLING = frozenset({Slot.MEASURE, Slot.STAGE, Slot.CUE})

_SUBJECTS = frozenset({"nsubj", "sb"})
_OBJECTS = frozenset({"obj", "dobj", "oa"})
_OTHERS = _OBJECTS | {"iobj", "dative", "da"}
_AGENTS = frozenset({"obl:agent", "agent", "sbp"})
_PASSIVE = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass", "aux:pass", "auxpass"})
_SHARING = frozenset({"conj", "xcomp", "oc", "cj"})  # a verb that shares the subject of the one above it
_GERMAN_PASSIVE = listed("werden wird werde wurde wurden worden würde würden")
_JAPANESE_PASSIVE = frozenset({"れ", "られ", "れる", "られる"})

# Fields of a grammar whose verbs a state uses upon a measure.
_STEPS = ("imposes", "suspends", "lifts", "eases", "extends", "restores", "raises", "lowers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A trained pipeline that is installed."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as a trained pipeline marks it."""

    start: int
    end: int
    person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What a trained pipeline says of a text, with offsets into it."""

    names: tuple[Name, ...] = ()
    acts: tuple[Act, ...] = ()


Helper = Callable[[str, Sequence[Mention]], Parse]


@cache
def installed() -> Mapping[str, Package]:
    """The trained pipeline of each language that has one.

    Asks what is installed without importing spaCy, which most texts never need. A package must declare that it holds a
    pipeline of its name, as all made by spaCy's tools do: several of these names are taken by strangers' packages.
    """
    there = {e.name: e.dist.version for e in entry_points(group="spacy_models") if e.dist is not None}
    found: dict[str, Package] = {}
    for code, names in PACKAGES.items():
        first = next((name for name in names if name in there), None)
        if first is not None:
            found[code] = Package(name=first, version=there[first])
    return found


def load(name: str) -> Pipeline:
    """Load an installed pipeline without the pipes that are not needed."""
    import spacy  # noqa: PLC0415 - seconds that texts without a hit never pay

    return spacy.load(name, exclude=list(_NEEDLESS))


class Pipelines:
    """The trained pipelines of one process, each loaded when a text in its language first needs it."""

    def __init__(
        self, packages: Mapping[str, Package] | None = None, *, loader: Callable[[str], Pipeline] = load
    ) -> None:
        self.packages = installed() if packages is None else packages
        self._loader = loader
        self._loaded: dict[str, Pipeline | None] = {}

    @property
    def version(self) -> str:
        """Names and versions, for the hash of whoever reads with them; "" without any."""
        return ",".join(f"{code}={p.name}-{p.version}" for code, p in sorted(self.packages.items()))

    def helper(self, code: str) -> Helper | None:
        """A function that parses texts in a language; None without a pipeline for it or with a broken one."""
        package = self.packages.get(code)
        if package is None:
            return None
        if package.name not in self._loaded:
            try:
                self._loaded[package.name] = self._loader(package.name)
            except UNUSABLE:
                self._loaded[package.name] = None
        nlp = self._loaded[package.name]
        return None if nlp is None else lambda text, mentions: parse(nlp, text, mentions)

    def broken(self, code: str) -> bool:
        """Whether a pipeline is there that cannot be used."""
        return code in self.packages and self.helper(code) is None


def sharpened(scene: Scene, helper: Helper) -> Scene:
    """What the event assembler sees, with what a trained pipeline adds."""
    from bot.understand.events.wording import wording_of  # noqa: PLC0415 - event assembly itself imports this module

    text = scene.document.full
    parsed = helper(text, scene.mentions)
    kept = without_namesakes(scene.mentions, scene.concepts, parsed.names, text, wording_of(scene.grammar))
    return replace(scene, mentions=kept, acts=parsed.acts, namesakes=len(kept) < len(scene.mentions))


def parse(nlp: Pipeline, text: str, mentions: Sequence[Mention]) -> Parse:
    """Names and acts of the paragraphs in which an actor is mentioned; the others cannot gain by them."""
    places = [m.start for m in mentions if m.slot in (Slot.ACTOR, Slot.TARGET)]
    names: list[Name] = []
    acts: list[Act] = []
    left = MOST_CHARS
    for start, end in _windows(text[:MOST_CHARS]):
        if not any(start <= place < end for place in places):
            continue
        left -= sum(_DENSE_COST if char >= _DENSE_FROM else 1 for char in text[start:end])
        if left < 0:
            break
        doc = nlp(text[start:end])
        if doc.text != text[start:end]:
            continue  # a tokenizer that rewrites its text: no offset would hold
        names += _names(doc, start)
        acts += _acts(doc, start)
    return Parse(names=tuple(names), acts=tuple(acts))


def _windows(text: str) -> Iterator[Span]:
    """Paragraphs; those that are too long in parts."""
    for match in re.finditer(r"\S[^\n]*", text):
        for start in range(match.start(), match.end(), _WINDOW):
            yield start, min(start + _WINDOW, match.end())


def _names(doc: Doc, shift: int) -> Iterator[Name]:
    for entity in doc.ents:
        if entity.label_ in _PEOPLE or entity.label_ in _BODIES:
            person = entity.label_ in _PEOPLE
            yield Name(start=entity.start_char + shift, end=entity.end_char + shift, person=person)


def _acts(doc: Doc, shift: int) -> Iterator[Act]:
    if not doc.has_annotation("DEP"):
        return
    for verb in doc:
        kin = _kin(verb)
        objects = _under(kin, _OBJECTS)
        agents = [noun for token in _under(kin, _AGENTS) for noun in _agent(token)] + _japanese_agents(kin)
        if agents:
            undergone = objects + _under(kin, {"nsubj:pass", "nsubjpass"}) + _under(kin, _SUBJECTS)
            yield from (_act(verb, (), noun, undergone, shift) for noun in agents)
            continue
        subjects, via = _subjects(verb, kin)
        yield from (_act(verb, via, noun, objects, shift) for noun in subjects)


def _kin(token: Token) -> list[tuple[str, Token]]:
    """Children with their labels; GiNZA writes `nsubj_bunsetu` where its last pipe is left out."""
    return [(child.dep_.removesuffix("_bunsetu"), child) for child in token.children]


def _under(kin: Sequence[tuple[str, Token]], labels: frozenset[str] | set[str]) -> list[Token]:
    return [child for label, child in kin if label in labels]


def _agent(token: Token) -> list[Token]:
    """The noun of an agent: itself, or what hangs on its preposition."""
    if token.dep_ == "obl:agent":
        return [token]
    return [child for child in token.children if child.dep_ in {"pobj", "nk"}][:1]


def _japanese_agents(kin: Sequence[tuple[str, Token]]) -> list[Token]:
    """The noun before によって, により and による."""
    return [
        noun
        for noun in _under(kin, {"obl"})
        if any(
            label == "case" and mark.text == "に" and any(c.text.startswith("よ") for c in mark.children)
            for label, mark in _kin(noun)
        )
    ]


def _subjects(verb: Token, kin: Sequence[tuple[str, Token]]) -> tuple[list[Token], tuple[Token, ...]]:
    """Who does what a verb says, with the verbs on the way to where it is said; nobody when in doubt."""
    via: list[Token] = []
    while True:
        labels = {label for label, _ in kin}
        if labels & _PASSIVE or "cop" in labels or _is_passive(verb, kin):
            return [], ()
        subjects = _under(kin, _SUBJECTS)
        if subjects:
            return subjects, tuple(via)
        label = verb.dep_.removesuffix("_bunsetu")
        if label not in _SHARING or len(via) >= _MOST_CLIMBS:
            return [], ()
        verb = verb.head
        kin = _kin(verb)
        if label in {"xcomp", "oc"} and any(other in _OTHERS for other, _ in kin):
            return [], ()  # "Japan urges China to stop": the object of the upper verb acts
        via.append(verb)


def _is_passive(verb: Token, kin: Sequence[tuple[str, Token]]) -> bool:
    if verb.lower_ in _GERMAN_PASSIVE and any(label == "oc" for label, _ in kin):
        return True
    return any(label == "aux" and child.text in _JAPANESE_PASSIVE for label, child in kin)


def _act(verb: Token, via: Sequence[Token], noun: Token, objects: Sequence[Token], shift: int) -> Act:
    last = noun.right_edge
    return Act(
        verb=_span(verb, shift),
        via=tuple(_span(token, shift) for token in via),
        subject=_span(noun, shift),
        phrase=(noun.left_edge.idx + shift, last.idx + len(last.text) + shift),
        objects=tuple(_span(token, shift) for token in objects),
    )


def _span(token: Token, shift: int) -> Span:
    return token.idx + shift, token.idx + len(token.text) + shift


def without_namesakes(
    mentions: Sequence[Mention],
    concepts: Mapping[ConceptId, Concept],
    names: Sequence[Name],
    text: str,
    wording: Wording,
) -> tuple[Mention, ...]:
    """Mentions without those of states that are but a part of a person's, firm's, building's or product's name."""
    starts = [mention.start for mention in mentions]
    dropped: set[int] = set()
    for name in names:
        first, last = bisect_left(starts, name.start - _LONGEST_MENTION), bisect_left(starts, name.end)
        near = [place for place in range(first, last) if mentions[place].end > name.start]
        if _is_of_state(name, text, wording):
            continue
        if _is_believed(name, [mentions[place] for place in near], concepts, text):
            dropped |= {place for place in near if _is_namesake(mentions[place], name, concepts, text)}
    return tuple(mention for place, mention in enumerate(mentions) if place not in dropped)


def _is_of_state(name: Name, text: str, wording: Wording) -> bool:
    """Whether a name or the word after it speaks of a state's body: チリ鉱業 is no firm when 相 (minister) follows."""
    if _OFFICIAL.search(text[name.start : name.end]) or wording.has("persons", text, name.start, name.end):
        return True
    return wording.starts("persons", text, name.end, min(name.end + _NEXT_WORD, len(text)))


def _is_believed(name: Name, near: Sequence[Mention], concepts: Mapping[ConceptId, Concept], text: str) -> bool:
    """Whether a name may take a state's name away: it names no actor itself, and is no headline taken for a name."""
    if len(text[name.start : name.end].split()) > _LONGEST_NAME:
        return False
    for mention in near:
        if mention.slot in _TELLING:
            return False
        if mention.slot not in (Slot.ACTOR, Slot.TARGET):
            continue
        covers = mention.start <= name.start and name.end <= mention.end
        if covers or (not name.person and concepts[mention.concept].role == "agency"):
            return False
    return True


def _is_namesake(mention: Mention, name: Name, concepts: Mapping[ConceptId, Concept], text: str) -> bool:
    if mention.slot not in (Slot.ACTOR, Slot.TARGET) or mention.start < name.start or mention.end > name.end:
        return False
    if concepts[mention.concept].role in {"company", "person"}:
        return False  # acts for no state anyway
    if text[mention.end : mention.end + 2].lower() in _POSSESSED:
        return False  # "China's Xi Jinping" taken for one name
    rest = text[name.start : mention.start] + " " + text[mention.end : name.end]
    return any(word[0].lower() != word[0] or _is_dense(word) for word in _words(rest))


def _words(text: str) -> list[str]:
    return [word for word in _LETTERS.findall(text) if word.casefold() not in _ARTICLES and len(word) > 1]


def _is_dense(word: str) -> bool:
    """Whether a word is of a script without capitals."""
    return word.upper() == word.lower()


def acts_upon(
    acts: Sequence[Act], group: Sequence[Mention], line: Line, text: str, wording: Wording
) -> tuple[Act, ...]:
    """The acts of a line whose verb is the measure's own, or takes the measure as its object."""
    return tuple(
        act
        for act in acts
        if line.start <= act.verb[0] < line.end
        and line.start <= act.subject[0] < line.end
        and not any(_reacts(verb, text, wording) for verb in (act.verb, *act.via))
        and (_within(act.verb, group) or (_takes(act.verb, line, text, wording) and _any_within(act.objects, group)))
    )


def _reacts(verb: Span, text: str, wording: Wording) -> bool:
    return wording.has("reacts", text, *verb) or wording.has("demands", text, *verb)


def _takes(verb: Span, line: Line, text: str, wording: Wording) -> bool:
    """Whether a verb takes a step: by the grammar, or since a measure or stage is found in it."""
    if _within(verb, line.of(Slot.MEASURE, Slot.STAGE)):
        return True
    # Dense scripts write the ending on the verb, and grammars list it with one: 導入し, 導入する.
    stop = verb[1] if wording.spaced else min(verb[1] + 2, line.end)
    return any(wording.starts(field, text, verb[0], stop) for field in _STEPS)


def _within(span: Span, mentions: Sequence[Mention]) -> bool:
    return any(m.start <= span[0] and span[1] <= m.end for m in mentions)


def _any_within(spans: Sequence[Span], mentions: Sequence[Mention]) -> bool:
    return any(_within(span, mentions) for span in spans)
