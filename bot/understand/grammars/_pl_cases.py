"""Polish: names of states and capitals in each case, which tells who acts on whom without a preposition."""

from __future__ import annotations

from bot.understand._grammar import Words, words

# Names of actors by their declension; from these the cases are made that tell who acts on whom. Behind a colon stands
# the stem of the other cases, behind a slash the locative where it is not regular.
_MASCULINE = """
    Wietnam/Wietnamie Iran/Iranie Irak/Iraku Kazachstan/Kazachstanie Kirgistan/Kirgistanie Uzbekistan/Uzbekistanie
    Tadżykistan/Tadżykistanie Azerbejdżan/Azerbejdżanie Pakistan/Pakistanie Tajwan/Tajwanie Niger/Nigrze
    Egipt:Egipt/Egipcie Sudan/Sudanie Izrael/Izraelu Katar/Katarze Pekin/Pekinie Waszyngton/Waszyngtonie
    Londyn/Londynie Berlin/Berlinie Paryż/Paryżu Mińsk/Mińsku Kijów:Kijow/Kijowie Seul/Seulu Teheran/Teheranie
    Kreml/Kremlu Gabon/Gabonie Madagaskar/Madagaskarze Nepal/Nepalu Bangladesz/Bangladeszu Afganistan/Afganistanie
    Hongkong/Hongkongu Biszkek/Biszkeku Taszkent/Taszkencie Rzym/Rzymie Madryt/Madrycie Wiedeń:Wiedni/Wiedniu
    Luksemburg/Luksemburgu Singapur/Singapurze Oman/Omanie Benin/Beninie Czad/Czadzie Budapeszt/Budapeszcie
"""
_FEMININE_SOFT = """
    Japonia Malezja Indonezja Rosja Australia Brazylia Boliwia Francja Hiszpania Brytania Szwajcaria Szwecja Norwegia
    Finlandia Turcja Grecja Belgia Austria Rumunia Bułgaria Serbia Chorwacja Słowacja Słowenia Estonia Armenia Gruzja
    Kirgizja Mongolia Tanzania Nigeria Namibia Zambia Libia Syria Holandia Irlandia Portugalia Kolumbia Arabia Unia
    Komisja Grenlandia Tajlandia Wenezuela Federacja Mołdawia
"""
_FEMININE = """
    Kanada/Kanadzie Ukraina/Ukrainie Argentyna/Argentynie Haga/Hadze Moskwa/Moskwie Warszawa/Warszawie Ottawa/Ottawie
    Ankara/Ankarze Astana/Astanie Dżakarta/Dżakarcie Kinszasa/Kinszasie Praga/Pradze Birma/Birmie Kuba/Kubie
    Angola/Angoli Rwanda/Rwandzie Ghana/Ghanie Litwa/Litwie Dania/Danii Polska/Polsce Canberra/Canberrze Europa/Europie
    Łotwa/Łotwie Uganda/Ugandzie
"""
_PLURAL = """
    Chiny:Chin/Chinach Niemcy:Niemiec/Niemczech Czechy:Czech/Czechach Węgry:Węgier/Węgrzech Włochy:Włoch/Włoszech
    Indie:Indii/Indiach Filipiny:Filipin/Filipinach Emiraty:Emiratów/Emiratach Stany:Stanów/Stanach
    Niderlandy:Niderlandów/Niderlandach Amerykanie:Amerykanów/Amerykanach Chińczycy:Chińczyków/Chińczykach
    Japończycy:Japończyków/Japończykach Rosjanie:Rosjan/Rosjanach Holendrzy:Holendrów/Holendrach
"""
_IRREGULAR = {"Niemcy": "Niemc", "Węgry": "Węgr", "Włochy": "Włoch"}
_CASELESS = "USA UE ChRL RPA ZEA KRLD DRK RFN Peru Chile Zimbabwe Malawi Mali Burundi Tokio Harare Hanoi Delhi Maroko"


def _split(name: str) -> tuple[str, str, str]:
    """First form, stem or genitive, locative."""
    head, _, locative = name.partition("/")
    plain, _, stem = head.partition(":")
    return plain, stem or plain, locative


def cases() -> dict[str, Words]:
    """Names in each case; an accusative that no subject resembles counts as one who receives."""
    subjects, owners, receivers = _CASELESS.split(), _CASELESS.split(), ["Brukselę", "Koreę", "Unię Europejską"]
    agents = ["Brukselą", "Koreą", "Białorusią", "Białym Domem", "Stanami Zjednoczonymi", "Unią Europejską", "Kongiem"]
    places = ["Brukseli", "Korei", "Białorusi", "Unii Europejskiej", "Stanach Zjednoczonych", "Kongu"]
    subjects += ["Bruksela", "Korea", "Białoruś", "Biały Dom", "Stany Zjednoczone", "Kongo", "Unia Europejska"]
    owners += ["Brukseli", "Korei", "Białorusi", "Białego Domu", "Stanów Zjednoczonych", "Konga", "Unii Europejskiej"]
    for head in ("Korea", "Korei", "Koreę", "Koreą"):
        south = {"a": "Południowa", "i": "Południowej", "ę": "Południową", "ą": "Południową"}[head[-1]]
        {"a": subjects, "i": owners, "ę": receivers, "ą": agents}[head[-1]].append(f"{head} {south}")
    for plain, stem, locative in map(_split, _MASCULINE.split()):
        subjects.append(plain)
        owners += [stem + "u", stem + "a"]
        receivers.append(stem + "owi")
        agents += [stem + "em", stem + "iem"]
        places.append(locative)
    for name in _FEMININE_SOFT.split():
        stem = name[:-1]
        subjects.append(name)
        owners.append(stem + "i")
        receivers.append(stem + "ę")
        agents.append(stem + "ą")
        places.append(stem + "i")
    for plain, _, locative in map(_split, _FEMININE.split()):
        stem = plain[:-1]
        subjects.append(plain)
        owners.append(stem + ("i" if stem[-1] in "kgi" or locative.endswith("li") else "y"))
        receivers.append(stem + "ę")
        agents.append(stem + "ą")
        places.append(locative)
    for plain, owner, locative in map(_split, _PLURAL.split()):
        stem = _IRREGULAR.get(plain) or locative.removesuffix("ach")
        subjects.append(plain)
        owners.append(owner)
        receivers.append(stem + "om")
        agents.append(stem + "ami")
        places.append(locative)
    receivers += ["Stanom Zjednoczonym"]
    fields = {"nominatives": subjects, "genitives": owners, "datives": receivers, "instrumentals": agents}
    return {name: words(" | ".join(forms)) for name, forms in {**fields, "locatives": places}.items()}
