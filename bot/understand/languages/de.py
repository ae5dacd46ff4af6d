"""German: inflection with umlaut, compounds with linking letters, separable verbs and sentence ends."""

from __future__ import annotations

from bot.understand._everyday import EVERYDAY
from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.de import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}
_LONG_ENOUGH = 5  # letters that must stay when an adjective's or verb's ending is taken off: Waren must not give war
_NOUN_BASE = 4  # letters that must stay when only a plural's n is taken off: Waren gives Ware
_RIGID = listed("bis zoll gold titan")  # Zöllner, golden, titanisch are other words; Zölle is listed below


def _umlauted(word: str) -> str:
    """The word with its last a, o, u or au changed, as in plurals; itself when there is none."""
    for at in range(len(word) - 1, -1, -1):
        if word[at] in _UMLAUT:
            if word[at] == "u" and word[at - 1 : at] == "a":
                return word[: at - 1] + "äu" + word[at + 1 :]
            return word[:at] + _UMLAUT[word[at]] + word[at + 1 :]
        if word[at] in "äöü":
            return word
    return word


def _bases(word: str) -> set[str]:
    bases = {word}
    for ending in ("en", "er", "es", "em", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _LONG_ENOUGH:
            bases.add(word[: -len(ending)])
    if word.endswith("n") and len(word) > _NOUN_BASE:
        bases.add(word[:-1])
    if word.endswith("s") and len(word) > _LONG_ENOUGH and word[-2] not in "sei":
        bases.add(word[:-1])
    if word.endswith("t") and len(word) > _LONG_ENOUGH:
        bases.add(word[:-1])  # verhängt -> verhäng-
    return bases


def _forms(word: str) -> Forms:
    """Cases and plurals of nouns, endings of adjectives, and the regular forms of verbs."""
    if word in _RIGID:
        return (word, word + "s", word + "es")
    found = {word}
    for base in _bases(word):
        found.update(
            base + e for e in ("", "e", "en", "er", "es", "em", "n", "s", "ern", "t", "te", "ten", "st", "end")
        )
        changed = _umlauted(base)
        if changed != base:
            found.update(changed + e for e in ("", "e", "en", "er", "ern", "n"))
    return tuple(found)


LANGUAGE: Language = Language(
    name="de",
    spacy="de",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        verbiete verbietet verbieten verbot verbote verboten verbots verbotes verbotene verbotenen
        beschränke beschränkt beschränken beschränkte beschränkten
        einschränken einschränkt eingeschränkt einzuschränken einschränkte
        aussetzen aussetzt ausgesetzt auszusetzen aussetzte
        aufheben aufhebt aufgehoben aufzuheben aufhob
        hebt heben hob hoben gehoben
        zoll zölle zöllen zolls
        gut güter gütern gutes guts
        erlassen erlässt erließ erlassene
        beschließen beschließt beschloss beschlossen
        tritt treten trat traten getreten
        nimmt nehmen nahm nahmen genommen
        gibt geben gab gaben gegeben
        trifft treffen traf trafen getroffen
        hält halten hielt hielten gehalten
        zieht ziehen zog zogen gezogen
        fällt fallen fiel fielen gefallen
        lässt lassen ließ ließen gelassen
        schließt schließen schloss schlossen geschlossen
        untersagt untersagen untersagte untersagten untersagte untersagter
        verhängt verhängen verhängte verhängten
        drosselt drosseln drosselte gedrosselt
        verkauft verkaufen verkaufte verkauften
        stoppt stoppen stoppte stoppten gestoppt stopp stopps
        embargo embargos
        maßnahme maßnahmen
        land länder ländern landes lands
        metall metalle metallen metalls
        erde erden
    """),
    lemmas="de",
    derivations=listed("eur eure ung ungen in innen ig ige lich bar los chen ei er ern isch ler erium"),
    spellings=(("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue")),
    compounds=True,
    links=("es", "en", "er", "s", "n", "e"),
    conjunctions=listed("und oder sowie bzw"),
    particles=listed("ein aus auf ab an zu zurück fest vor durch still dicht"),
    after_particle=listed("""
        und oder sowie aber doch sondern denn um wenn weil da als bis nach ab seit wegen laut damit sobald solange
        falls nachdem bevor während obwohl
    """),
    abbreviations=listed("""
        dr prof hr fr nr nrn art abs ziff lit bzw ca etc evtl ggf inkl exkl usw u.a z.b d.h i.d.r u.u o.g v.a s.o s.u
        m.a.w sog vgl zzgl mio mrd mind max st str tel jan feb mär apr jun jul aug sep sept okt nov dez az bgbl banz
    """),
    may_end=listed("etc usw"),
    openers=listed(
        "der die das ein eine es er sie in im am auf nach seit zudem auch doch aber dies diese dieser damit laut"
    ),
    ordinal_dot=True,
    rigid=_RIGID,
    everyday=EVERYDAY["de"],
    function_words=FUNCTION_WORDS["de"],
)
