"""Polish: declension with its changing consonants, regular verbs, and sentence ends."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.pl import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_SHORTEST = 4  # letters; shorter words are inflected only where this file lists their forms
_VOWELS = "aeiouyąęó"
# Elements and others whose forms are words of other things too: rule files write those forms out that are safe.
_RIGID = listed("""
    gal german ind indu indie lit cer erb terb itr iterb tul holm europ skand samar hel bor ren uran tytan beryl wolfram
    stal chip chipy huta ponad przez przed tylko także oraz jako wobec przeciw przeciwko wokół między podczas mimo zaraz
    teraz dziś jutro wczoraj poza spoza spod pod nad bez dla już jeszcze nadal wciąż bardziej mniej więcej nigdzie
    dopiero wyłącznie jedynie tokio peru chile mali malawi zimbabwe kanadzie stop wolno nawet prawie
""")

# What a final consonant becomes before the endings that soften it: zakaz, zakazie; rada, radzie; polska, polsce.
_SOFTENED = (
    ("st", "ści"),
    ("zd", "ździ"),
    ("sł", "śl"),
    ("ch", "sz"),
    ("t", "ci"),
    ("d", "dzi"),
    ("r", "rz"),
    ("ł", "l"),
    ("s", "si"),
    ("z", "zi"),
    ("n", "ni"),
    ("m", "mi"),
    ("b", "bi"),
    ("p", "pi"),
    ("w", "wi"),
    ("f", "fi"),
    ("k", "c"),
    ("g", "dz"),
)
_PLAIN = {"ć": "ci", "ś": "si", "ź": "zi", "ń": "ni"}  # how a soft consonant is written before a vowel
_HARD = listed("y ego emu ym a ej ą e ych ymi o")
_VELAR = listed("i iego iemu im a iej ą ie ich imi")
_PLURAL = ("om", "ami", "ach")
_PARTICIPLE = listed("y a e ych ymi ego emu ym ej ą o i")


def _with(stem: str, endings: frozenset[str] | tuple[str, ...]) -> set[str]:
    return {stem + ending for ending in endings}


def _soft(stem: str) -> str:
    for hard, soft in _SOFTENED:
        if stem.endswith(hard):
            return stem[: -len(hard)] + soft
    return stem


def _adjective(word: str) -> set[str]:
    """All cases of an adjective in one of its first forms, of either gender."""
    stem, last = word[:-1], word[-1]
    if last == "i" and stem[-1] in "kg":
        return _with(stem, _VELAR) | {stem[:-1] + ("cy" if stem[-1] == "k" else "dzy")} | _people(stem)
    if last == "i":
        return _with(stem, _VELAR) | _with(stem, ("ia", "ią"))
    if last == "a" and stem[-1] in "kg":
        return _with(stem, _VELAR)
    if word.endswith(("kie", "gie")):
        return _with(word[:-2], _VELAR)
    if last in "yae" and stem[-1] not in _VOWELS:
        return _with(stem, _HARD) | ({_soft(stem)} if last == "y" else set())
    return set()


def _people(stem: str) -> set[str]:
    """The plural for people: chiński, chińscy."""
    return {stem[:-2] + "scy"} if stem.endswith("sk") else set()


def _masculine(word: str) -> set[str]:
    """A noun that ends in a consonant, with its fleeting vowel: kontyngent, wniosek, przywóz, tydzień."""
    if word.endswith("ść"):
        return {word, word[:-1] + "ci", word[:-1] + "cią", word[:-1] + "ciom", word[:-1] + "ciami", word[:-1] + "ciach"}
    stem = word
    if word.endswith("ek") and len(word) > _SHORTEST:
        stem = word[:-2] + "k"
    elif word.endswith("iec"):
        stem = word[:-3] + "c"
    elif word.endswith("ec") and len(word) > _SHORTEST:
        stem = word[:-2] + "c"
    elif "ó" in word[-3:-1]:
        stem = word[:-3] + word[-3:].replace("ó", "o")
    if stem[-1] in _PLAIN:
        soft = stem[:-1] + _PLAIN[stem[-1]]
        return {word, soft, *_with(soft, ("a", "owi", "em", "u", "e", "ów", "ą", *_PLURAL))}
    if stem[-1] in "kg":
        return {word, *_with(stem, ("a", "u", "owi", "iem", "i", "ów", "ie", *_PLURAL)), _soft(stem) + "y"}
    found = {word, *_with(stem, ("a", "u", "owi", "em", "y", "ów", "i", *_PLURAL))}
    if stem[-1] in "lcjżź" or stem.endswith(("cz", "sz", "rz")):
        return found | {stem + "e"}
    softened = _soft(stem)
    return found | {softened + "e", softened}


def _feminine(word: str) -> set[str]:
    stem = word[:-1]
    found = _with(stem, ("a", "y", "ę", "ą", "o", *_PLURAL)) | {stem}
    if stem.endswith("i"):
        found |= {stem, stem + "i", stem + "e", stem[:-1]}
        if stem[-2:-1] in "nścz":
            found.add(stem[:-2] + {"n": "ń", "c": "ć", "s": "ś", "z": "ź"}.get(stem[-2], stem[-2]))
        return found
    if stem[-1] in "jlc" or stem.endswith(("cz", "sz", "rz", "ż")):
        return found | {stem + "i", stem + "e"}
    softened = _soft(stem)
    found |= {softened + "e", softened, stem + "i"} if stem[-1] not in "kg" else {softened + "e", stem + "i"}
    if stem[-1] in "kwn" and stem[-2] not in _VOWELS:
        found |= {stem[:-1] + "e" + stem[-1], stem[:-1] + "ie" + stem[-1]}  # stawka, stawek
    return found


def _neuter(word: str) -> set[str]:
    if word.endswith("um"):
        return {word, *_with(word[:-2], ("a", "ów", *_PLURAL))}
    stem = word[:-1]
    if word.endswith("ie"):
        soft = {"n": "ń", "c": "ć", "s": "ś", "z": "ź"}.get(stem[-2], stem[-2])
        return {word, stem[:-2] + soft, *_with(stem, ("a", "u", "em", *_PLURAL))}
    found = _with(stem, ("o", "a", "u", "em", "iem", "e", *_PLURAL)) | {stem, _soft(stem) + "e"}
    return found | {stem[:-1] + "e" + stem[-1]} if stem[-2] not in _VOWELS else found


def _plural(word: str) -> set[str]:
    """A noun given by its plural: ograniczenia is met as a feminine, restrykcje and taryfy are here."""
    stem = word[:-1]
    found = _with(stem, ("", "a", "ę", "ą", "ów", "i", "y", "e", *_PLURAL))
    if word.endswith(("ki", "gi", "ty", "dy", "ry")):
        found.add(_soft(stem) + "e")
    if stem[-1] == "k" and len(stem) > _SHORTEST and stem[-2] not in _VOWELS:
        found.add(stem[:-1] + "ek")
    return found


def _verb(word: str) -> set[str]:
    """Present, past and participles of a verb given by its infinitive."""
    found = {word}
    if word.endswith("ować"):
        stem = word[:-4]
        found |= _with(stem, ("uje", "ują", "ując", "uj")) | _past(stem + "owa")
    elif word.endswith(("ywać", "iwać")):
        found |= _with(word[:-4], ("uje", "ują", "ując")) | _past(word[:-1]) | {word[:-1], word[:-1] + "ją"}
    elif word.endswith(("ać", "eć")):
        found |= {word[:-1], word[:-1] + "ją", word[:-1] + "jąc"} | _past(word[:-2] + "a")
    elif word.endswith(("ić", "yć")):
        stem = word[:-2]
        found |= {word[:-1], stem + "ą", stem + "ią", stem + "iono", stem + "ono", stem + "ając"} | _past(word[:-1])
        found |= _with(stem + "on", _PARTICIPLE) | _with(stem + "ion", _PARTICIPLE) | _with(stem, ("enie", "enia"))
    return found


def _past(stem: str) -> set[str]:
    found = _with(stem, ("ł", "ła", "ło", "li", "ły", "no", "nie", "nia", "niu", "niem"))
    return found | _with(stem + "n", _PARTICIPLE)


def _forms(word: str) -> Forms:
    """Cases, numbers and genders, and of infinitives every person."""
    if word in _RIGID or len(word) < _SHORTEST or not word.isalpha():
        return (word,)
    last = word[-1]
    found = {word} | _adjective(word)
    if word.endswith(("ować", "ać", "ić", "yć", "eć")):
        found |= _verb(word)
    elif word.endswith(("um", "ie")) or last == "o":
        found |= _neuter(word)
    elif last == "a":
        found |= _feminine(word)
        if word.endswith("ia"):
            found |= _neuter(word[:-1] + "e")
    elif last in "yie":
        found |= _plural(word)
    elif last not in _VOWELS:
        found |= _masculine(word)
    return tuple(form for form in found if form)


LANGUAGE: Language = Language(
    name="pl",
    spacy="pl",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        cło cła cłu cłem cle ceł cłom cłami cłach
        ziemia ziemi ziemię ziemią ziemie ziem ziemiom ziemiami ziemiach
        ziem ziemia ziemi ziemię ziemią ziemie ziemiom ziemiami ziemiach
        ziemie ziemia ziemi ziemię ziemią ziem ziemiom ziemiami ziemiach
        magnes magnesu magnesowi magnesem magnesie magnesy magnesów magnesom magnesami magnesach
        złom złomu złomem złomie złomowi
        miedź miedzi miedzią
        ołów ołowiu ołowiem ołowiowi
        cynk cynku cynkiem cynkowi
        nikiel niklu niklem niklowi
        cyna cyny cynę cyną cynie
        ruda rudy rudę rudą rudzie rud rudom rudami rudach
        sól soli sole solą solom solami solach
        stop stopu stopem stopie stopy stopów stopom stopami stopach
        rzecz rzeczy rzeczą
        pył pyłu pyłem pyły pyłów pyłami
        broń broni bronią
        rząd rządu rządowi rządem rządzie rządy rządów
        urząd urzędu urzędowi urzędem urzędzie urzędy urzędów
        rok roku rokiem lata lat latach
        kraj kraju krajowi krajem kraje krajów krajom krajami krajach
        dron drona dronu dronowi dronem dronie drony dronów dronom dronami dronach
        firma firmy firmę firmą firmie firm firmom firmami firmach
        zakaz zakazu zakazowi zakazem zakazie zakazy zakazów zakazom zakazami zakazach
        zgoda zgody zgodę zgodą zgodzie
        lista listy listę listą liście list listom listami listach
        wykaz wykazu wykazie wykazem wykazy wykazów
        spis spisu spisie spisem
        środek środka środki środków środkom środkami środkach
        człowiek ludzie ludzi
        może mogą mógł mogła mogło mogli mogły mógłby mogłaby mogłoby mogliby mogłyby
        chce chcą chciał chciała chcieli chciałby chciałaby
        wejść wejdzie wejdą wszedł weszła weszło weszli weszły
        wywieźć wywiezie wywiozą wywiózł wywiozła wywieźli wywieziono wywieziony wywiezie wywieziesz wywiezione
        wywozić wywozi wywożą wywoził wywozili wywożono wywożony wywożone wywożenie wywożenia
        wyjechać wyjedzie wyjadą wyjechał wyjechała wyjechały
        sprzedać sprzeda sprzedadzą sprzedał sprzedała sprzedali sprzedano sprzedaje sprzedają sprzedawać
        wysłać wyśle wyślą wysłał wysłała wysłali wysłano wysyła wysyłają wysyłać
        znieść zniesie zniosą zniósł zniosła zniosło znieśli zniesiono zniesiony zniesiona zniesione znosi znoszą
        objąć obejmie obejmą objął objęła objęło objęli objęto objęty objęta objęte objęci obejmuje obejmują
        odciąć odetnie odetną odciął odcięła odcięli odcięto odcięty odcięta odcina odcinają
        przyjąć przyjmie przyjmą przyjął przyjęła przyjęło przyjęli przyjęto przyjęty przyjęta przyjmuje przyjmują
        wydać wyda wydadzą wydał wydała wydało wydali wydano wydany wydane wydaje wydają
    """),
    lemmas="pl",
    rigid=_RIGID,
    derivations=listed("""
        er erzy era owiec owca owcy nik nika nicy ista ysta izm owo ość ości sko skie ski ska owanie owany ik yk
        acja yczny iczny
    """),
    conjunctions=listed("i oraz lub albo bądź"),
    abbreviations=listed("""
        r w wr tys mln mld bln zł gr proc ok tzw tj np m.in min dr prof inż mgr hab gen płk mjr kpt por ks św ul al pl
        nr poz art ust pkt lit tab rys str s zob por im woj pow gm godz min sek kg km cm mm t ha dol euro sp z.o.o o.o
        sty lut kwi cze lip sie wrz paź lis gru ww wg ds dot tel red wyd zm br ub bm n.p.m p.n.e n.e dz.u dz u ue sp.j
        itd itp jw co inc ltd corp
    """),
    may_end=listed("r zł gr tys mln mld proc br ub itd itp t dol inc ltd corp"),
    openers=listed("""
        w we na z ze do po od za przy dla jak według to ten ta te tego jednak ale także również ponadto poza tymczasem
        wcześniej teraz jeśli gdy kiedy choć nie rząd minister resort ministerstwo pekin chiny usa nowe decyzja
    """),
    everyday=listed("""
        administracja bank banki będą będzie budżet cena ceny chce chiny chiński chińskie chin choć czas czasu czerwca
        część czwartek człowiek dane dniu dni dnia dolarów dom domu droga drogi druga drugi dwa dwóch dzień dzieci
        dziś dziesięć europa europejska europejskiej europie film firma firmy firm formy gazeta godziny gospodarki
        grudnia grupa grupy grup gruncie historia jednak jeden jedna kilka kilku kobiet koniec końca kontrola kontroli
        kraj kraju krajów która którzy kwietnia lata lat lipca listopada ludzi luty lutego maja marca media miasta mieć
        miejsca miejsce miesięcy mieszkańców miliardów milionów minister ministra ministerstwo mogą może można mówi nad
        nawet nowa nowe nowego nowej nowy nowych oferta około osób osoby ostatnich otwarcie państwa państw państwo
        papier partia październik października piątek pieniądze pierwszy pierwsza pierwsze plan podczas polityka
        polityki polska polski polskie polskich polskiej ponad poniedziałek powiedział powodu pracy praca prawa prawo
        premier prezes prezydent prezydenta problem procent proces program projekt projektu przede przepisów przepisy
        ramach raz razem rada rady rok rosja rosji rozmowy rynek rynku rząd rządu rzecz samo sąd sądu sektor sezon
        sierpnia sieci siły sobotę spółka spółki sprawie sprawy stan stanie stanów stron strony stycznia swoje system
        systemu szef szkoły środę świat świata świecie technologii temat tego tych trzech trzy tygodnia tysięcy udział
        ustawa ustawy ukraina ukrainy umowa umowy unia unii urząd usług warszawa warszawie wciąż wojna wojny wobec
        województwa wojsko wniosek wrześnie września wsparcie wtorek wyniki wzrost zakaz zakazu zdaniem zgoda zgody
        złotych zmian zmiany znów został życia życie europejski producent producentów produkty sprzedaż sprzedaży
        decyzja decyzję decyzji dostawy dostaw zamiast lista liście listy wniosku cały całej jeszcze
    """),
    function_words=FUNCTION_WORDS["pl"],
)
