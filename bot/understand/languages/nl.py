"""Dutch: inflection with its spelling of long and short vowels, compounds, separable verbs and sentence ends."""

from __future__ import annotations

from bot.understand._everyday import EVERYDAY
from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.nl import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_VOWELS = "aeiouy"
_LONG = ("aa", "ee", "oo", "uu")
_HARDENED = {"v": "f", "z": "s"}  # prijzen -> prijs
_SOFTENED = {"f": "v", "s": "z"}  # prijs -> prijzen
_SHORTEST = 3  # letters that must stay when an ending is taken off
_LONG_ADJECTIVE = 6  # the same for -e: zeldzame gives zeldzaam, but aarde must not give aard
# Nouns that would look like other words when inflected: uitvoeren is to carry out, "van zeldzame aard" of a rare kind.
_RIGID = listed("uitvoer invoer doorvoer wederuitvoer vervoer aanvoer toevoer wet bestand eis bod aarde aarden")


def _closed(stem: str) -> set[str]:
    """What a stem before a vowel is when nothing follows: metal- metaal, stopp- stop, prijz- prijs."""
    found = {stem}
    last = stem[-1]
    if last in _HARDENED:
        found.add(stem[:-1] + _HARDENED[last])
    if len(stem) > _SHORTEST and last == stem[-2] and last not in _VOWELS:
        found.add(stem[:-1])
    elif last not in _VOWELS and stem[-2:-1] in "aeou" and stem[-3:-2] not in _VOWELS:
        hard = _HARDENED.get(last, last)
        found.add(stem[:-2] + stem[-2] * 2 + hard)
    return found


def _open(base: str) -> set[str]:
    """What a word is before a vowel: metaal metal-, stop stopp-, prijs prijz-, verbod verbod-."""
    found = {base}
    last = base[-1]
    if last in _VOWELS:
        return found
    if base[-3:-1] in _LONG:
        found.add(base[:-2] + last)
        found.add(base[:-2] + _SOFTENED.get(last, last))
    elif base[-2:-1] in _VOWELS and base[-3:-2] not in _VOWELS:
        found.add(base + last)
    if last in _SOFTENED:
        found.add(base[:-1] + _SOFTENED[last])
    return found


def _bases(word: str) -> set[str]:
    bases = {word}
    for ending, rest in (("en", _SHORTEST), ("e", _LONG_ADJECTIVE)):
        if word.endswith(ending) and len(word) - len(ending) >= rest:
            bases |= _closed(word[: -len(ending)])
    if word.endswith("'s"):
        bases.add(word[:-2])
    elif word.endswith("s") and len(word) > _SHORTEST + 2 and word[-2] in "erlnkgm":
        bases.add(word[:-1])
    if word.endswith("t") and len(word) > _SHORTEST + 2 and word[-2] not in _VOWELS:
        bases.add(word[:-1])
    if word.endswith("n") and word[-2:-1] == "e" and len(word) > _SHORTEST + 1:
        bases.add(word[:-1])
    return bases


def _forms(word: str) -> Forms:
    """Plurals, adjectives' -e, and the regular forms of verbs."""
    if word in _RIGID:
        return (word,)
    found = {word}
    for base in _bases(word):
        found.update(base + ending for ending in ("", "s", "'s", "t", "n", "te", "ten", "de", "den"))
        for stem in _open(base):
            found.update(stem + ending for ending in ("e", "en", "end", "ende"))
    return tuple(found)


LANGUAGE: Language = Language(
    name="nl",
    spacy="nl",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        verbied verbiedt verbieden verbood verbieden verboden verbod
        besluit besluiten besloot besloten
        sluit sluiten sloot sloten gesloten
        uitsluiten uitsluit uitgesloten uitsloot
        leg legt leggen legde legden gelegd
        opleggen oplegt oplegde opgelegd
        stilleggen stillegt stillegde stilgelegd
        stopzetten stopzet stopzette stopgezet
        zet zetten zette gezet
        opschorten opschort opschortte opgeschort
        schort schorten schortte schortten
        inperken inperkt inperkte ingeperkt
        perk perkt perken perkte perkten
        aanscherpen aanscherpt aanscherpte aangescherpt
        scherp scherpt scherpen scherpte
        intrekken intrekt introk ingetrokken
        trek trekt trekken trok trokken getrokken
        beperk beperkt beperken beperkte beperkten beperkend beperkende
        houd houdt hou houden hield hielden gehouden
        treed treedt treden trad traden getreden
        tref treft treffen trof troffen getroffen
        neem neemt nemen nam namen genomen
        geef geeft geven gaf gaven gegeven
        breng brengt brengen bracht brachten gebracht
        voer voert voeren voerde gevoerd
        verlies verliest verliezen verloor verloren
        verkoop verkoopt verkopen verkocht verkochten
        verscherp verscherpt verscherpen verscherpte
        goed goederen
        aarde aarden
        schip schepen
        stad steden
        lid leden
        magneet magneten
        vergunningplicht vergunningsplicht
        vergunningplichtig vergunningplichtige vergunningsplichtig vergunningsplichtige
    """),
    lemmas="nl",
    derivations=listed("eur eurs ing ings ingen er ers aar aars ster baar bare lijk loos heid heden isch erie eries"),
    spellings=(("ë", "e"), ("ï", "i"), ("ö", "o"), ("ü", "u"), ("é", "e")),
    compounds=True,
    links=("s", "en", "e", "n"),
    conjunctions=listed("en of"),
    particles=listed("op stop stil in af uit aan door toe terug vast tegen dicht"),
    after_particle=listed("""
        en of maar want om omdat als zodat zodra terwijl totdat nadat voordat zolang naar voor van vanaf tot met na
        per wegens sinds volgens aldus door tegen bij richting zonder vandaag morgen gisteren maandag dinsdag woensdag
        donderdag vrijdag zaterdag zondag
    """),
    abbreviations=listed("""
        dhr mevr mr dr drs ir ing prof nr nrs art blz pag ca enz etc bijv bv d.w.z m.a.w o.a m.b.t t.a.v i.v.m t.o.v
        a.u.b jl resp evt incl excl min max mln mld stcrt stb jan feb mrt apr jun jul aug sep sept okt nov dec vs st
    """),
    may_end=listed("etc enz bv"),
    openers=listed("de het een dat dit deze die er in op volgens ook maar en zo hij zij ze wij we als sinds daarnaast"),
    rigid=_RIGID,
    everyday=EVERYDAY["nl"],
    function_words=FUNCTION_WORDS["nl"],
)
