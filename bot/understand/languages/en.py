"""English: inflection, sentence ends and commonest words."""

from __future__ import annotations

from bot.understand._everyday import EVERYDAY
from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.en import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_VOWELS = "aeiou"
_SHORTEST = 3  # letters that must stay when an ending is taken off


def _bases(word: str) -> set[str]:
    """The word, and what it may be a form of."""
    bases = {word}
    for ending, instead in (("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e"))):
        base = word[: -len(ending)]
        if not word.endswith(ending) or len(base) < _SHORTEST or word.endswith(("ss", "us", "is")):
            continue
        bases.update(base + letters for letters in instead)
        if len(base) > _SHORTEST and base[-1] == base[-2] and ending in {"ed", "ing"}:
            bases.add(base[:-1])
    return bases


def _forms(word: str) -> Forms:
    """Plurals, possessives and the regular forms of verbs, of whatever form the term was written in."""
    found = {word}
    for base in _bases(word):
        found.update((base, base + "s", base + "'s", base + "ed", base + "ing"))
        if base.endswith(("s", "x", "z", "ch", "sh", "o")):
            found.add(base + "es")
        if base.endswith("e"):
            found.update((base + "d", base[:-1] + "ing"))
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            found.update((base[:-1] + "ies", base[:-1] + "ied"))
        if len(base) >= _SHORTEST and base[-1] not in _VOWELS + "wxys" and base[-2] in _VOWELS:
            found.update((base + base[-1] + "ed", base + base[-1] + "ing"))
    return tuple(found)


LANGUAGE: Language = Language(
    name="en",
    spacy="en",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        freeze freezes froze frozen freezing
        forbid forbids forbade forbidden forbidding
        withhold withholds withheld withholding
        hold holds held holding
        withdraw withdraws withdrew withdrawn withdrawing
        draw draws drew drawn
        cut cuts cutting
        hit hits hitting
        put puts putting
        set sets setting
        shut shuts shutting
        sell sells sold selling
        buy buys bought buying
        send sends sent sending
        keep keeps kept keeping
        take takes took taken taking
        bring brings brought bringing
        strike strikes struck stricken
        break breaks broke broken breaking
        seek seeks sought
        choose chooses chose chosen
        give gives gave given
        go goes went gone
        come comes came
        get gets got gotten
        make makes made making
        build builds built
        rise rises rose risen
        fall falls fell fallen
        grow grows grew grown
        lose loses lost
        leave leaves left
        let lets letting
        lift lifts lifted lifting
        foot feet
        man men
        woman women
        child children
        analysis analyses
        crisis crises
        phenomenon phenomena
        criterion criteria
    """),
    lemmas="en",
    derivations=listed("er ers or ors able ion ions ist ists ful less ly al ity ian"),
    spellings=(
        ("licence", "license"),
        ("license", "licence"),
        ("licensing", "licencing"),
        ("licencing", "licensing"),
        ("defence", "defense"),
        ("defense", "defence"),
        ("isation", "ization"),
        ("ization", "isation"),
        ("ise", "ize"),
        ("ize", "ise"),
        ("aluminium", "aluminum"),
        ("sulph", "sulf"),
        ("centre", "center"),
        ("catalogue", "catalog"),
        ("caesium", "cesium"),
    ),
    conjunctions=listed("and or"),
    possessives=("'s",),
    abbreviations=listed("""
        mr mrs ms dr prof sr jr st no nos vol fig art sec ch pp approx est inc ltd co corp plc llc gov sen rep gen col
        lt capt sgt rev hon pres dept univ assn bros etc vs v e.g i.e cf al jan feb mar apr jun jul aug sept sep oct
        nov dec u.s u.k u.n e.u d.c a.m p.m ann fed reg para
    """),
    may_end=listed("etc inc ltd co corp plc llc"),
    openers=listed("""
        the a an it its in on at he she they we i you this that these those but and so yet however meanwhile if when
        while as for from by after before since under last earlier separately officials china japan both no there what
        who why how companies
    """),
    everyday=EVERYDAY["en"],
    function_words=FUNCTION_WORDS["en"],
)
