"""The five signs in languages with an alphabet: what a term must match, and what it must leave alone."""

from __future__ import annotations

import pytest

from tests.fakes.lexicon import words


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("en", "export ban", "It lifted the export bans.", ["export bans"], id="en-plural"),
        pytest.param("en", "export ban", "EXPORT BAN ON GALLIUM", ["EXPORT BAN"], id="en-capitals"),
        pytest.param("en", "export ban", "an export-ban regime", ["export-ban"], id="en-hyphen"),
        pytest.param("en", "export ban", "the so-called exportban", ["exportban"], id="en-joined"),
        pytest.param("en", "export ban", "the export\nban holds", ["export\nban"], id="en-wrapped-line"),
        pytest.param("en", "rare earth", "rare\u00a0earths are scarce", ["rare\u00a0earths"], id="en-hard-space"),
        pytest.param("en", "dual-use goods|items", "dual\u2011use items", ["dual\u2011use items"], id="en-hard-hyphen"),
        pytest.param(
            "en", "licence", "Licensing starts, licenses follow", ["Licensing", "licenses"], id="en-two-spellings"
        ),
        pytest.param("en", "freeze exports", "Beijing froze exports", ["froze exports"], id="en-strong-verb"),
        pytest.param(
            "en", "prohibit exports", "prohibiting all; it prohibited exports", ["prohibited exports"], id="en-tense"
        ),
        pytest.param("en", "policy", "two policies", ["policies"], id="en-ies"),
        pytest.param("en", "ban", "banned, banning, bans", ["banned", "banning", "bans"], id="en-doubled"),
        pytest.param(
            "en",
            "china's commerce ministry",
            "China\u2019s Commerce Ministry",
            ["China\u2019s Commerce Ministry"],
            id="en-apostrophe",
        ),
        pytest.param("en", "china export ban", "China's export ban", ["China's export ban"], id="en-possessive-inside"),
        pytest.param("en", "trade control", "trade – control", [], id="en-dash-parts"),
        pytest.param("en", "export ban", "Exports rose. Ban on smoking.", [], id="en-not-across-a-stop"),
        pytest.param("en", "export ban", "The export\n\nBan", [], id="en-not-across-paragraphs"),
        pytest.param("en", "ban", "Urban bankers banter", [], id="en-whole-words"),
        pytest.param("en", "export", "exporters and exportable goods", [], id="en-derivation-is-another-word"),
        pytest.param("en", "rare earth", "rare earthquakes", [], id="en-longer-word"),
        pytest.param("nl", "vergunning", "vergunningen, vergunninghouder", ["vergunningen"], id="nl-plural"),
        pytest.param("nl", "magneet", "sterke magneten", ["magneten"], id="nl-long-vowel"),
        pytest.param("nl", "prijs", "hoge prijzen", ["prijzen"], id="nl-s-z"),
        pytest.param("nl", "verbod", "verboden", ["verboden"], id="nl-open-syllable"),
        pytest.param("nl", "heffing", "heffingen op invoer", ["heffingen"], id="nl-ing"),
        pytest.param(
            "nl",
            "zeldzame aarde|aarden|aardmetaal|aardmetalen",
            "Zeldzame aardmetalen",
            ["Zeldzame aardmetalen"],
            id="nl-adjective",
        ),
        pytest.param("nl", "uitvoer", "uitvoeren, uitvoering, uitvoerde, uitvoerbaar", [], id="nl-uitvoer-is-no-verb"),
        pytest.param("nl", "geëxporteerd", "geexporteerd", ["geexporteerd"], id="nl-without-diaeresis"),
        pytest.param("de", "genehmigung", "die Genehmigungen", ["Genehmigungen"], id="de-plural"),
        pytest.param("de", "zoll", "Zölle und Zöllen", ["Zölle", "Zöllen"], id="de-umlaut"),
        pytest.param("de", "magnet", "Magneten, Magnets", ["Magneten", "Magnets"], id="de-cases"),
        pytest.param(
            "de",
            "seltene erde",
            "seltenen Erden, Seltener Erden",
            ["seltenen Erden", "Seltener Erden"],
            id="de-adjective",
        ),
        pytest.param("de", "seltene erde", "Seltene-Erden-Exporte", ["Seltene-Erden"], id="de-hyphen-compound"),
        pytest.param("de", "maßnahme", "MASSNAHMEN", ["MASSNAHMEN"], id="de-sharp-s"),
        pytest.param("de", "beschränkung", "Beschraenkungen", ["Beschraenkungen"], id="de-ae"),
        pytest.param("de", "ware", "er war Wart", [], id="de-war-is-no-ware"),
        pytest.param("de", "seltene erde", "seltene Erdbeben, seltene Erdbeeren", [], id="de-earthquakes"),
        pytest.param("de", "zoll", "Ein Zöllner zollt Respekt", [], id="de-another-word"),
    ],
)
def test_phrase(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("nl", "export|uitvoer + verbod|beperking", "uitvoerverbod", ["uitvoerverbod"], id="nl-joined"),
        pytest.param(
            "nl", "export|uitvoer + verbod|beperking", "Exportverboden", ["Exportverboden"], id="nl-inflected"
        ),
        pytest.param(
            "nl", "export|uitvoer + verbod|beperking", "uitvoersbeperkingen", ["uitvoersbeperkingen"], id="nl-link"
        ),
        pytest.param(
            "nl", "export|uitvoer + verbod|beperking", "export-beperking", ["export-beperking"], id="nl-hyphen"
        ),
        pytest.param("nl", "export|uitvoer + verbod|beperking", "een export verbod", ["export verbod"], id="nl-space"),
        pytest.param(
            "nl", "export|uitvoer + beperking", "in- en uitvoerbeperkingen", ["uitvoerbeperkingen"], id="nl-left-out"
        ),
        pytest.param("nl", "export + regel", "de chipexportregels", ["exportregels"], id="nl-behind-other-parts"),
        pytest.param("nl", "dual-use + goed|goederen", "dual-usegoederen", ["dual-usegoederen"], id="nl-dual-use"),
        pytest.param(
            "nl", "dual-use + goed|goederen", "dual use-goederen", ["dual use-goederen"], id="nl-dual-space-use"
        ),
        pytest.param("de", "export|ausfuhr + kontrolle", "Exportkontrollen", ["Exportkontrollen"], id="de-joined"),
        pytest.param(
            "de",
            "export + kontrolle",
            "Export- und Importkontrollen",
            ["Export- und Importkontrollen"],
            id="de-left-out-first",
        ),
        pytest.param(
            "de",
            "export + verbot",
            "Exportkontrollen und -verbote",
            ["Exportkontrollen und -verbote"],
            id="de-left-out-second",
        ),
        pytest.param(
            "de", "ausfuhr + beschränkung", "AUSFUHRBESCHRÄNKUNGEN", ["AUSFUHRBESCHRÄNKUNGEN"], id="de-capitals"
        ),
        pytest.param("de", "seltenerd + metall|*", "Seltenerdvorkommen", ["Seltenerdvorkommen"], id="de-any-ending"),
        pytest.param(
            "de",
            "gallium + *",
            "Gallium-Exporte, Galliumpreise",
            ["Gallium-Exporte", "Galliumpreise"],
            id="de-any-ending-hyphen",
        ),
        pytest.param("en", "export + control", "exports control", ["exports control"], id="en-inflected-left"),
        pytest.param("de", "gallium + *", "Gallium ist teuer", [], id="de-any-ending-is-one"),
        pytest.param("de", "export + kontrolle", "Reexportkontrollen", [], id="de-re-makes-another-word"),
        pytest.param("de", "export + kontrolle", "Exportkontrollregime", [], id="de-longer-right-part"),
        pytest.param("nl", "uitvoer + verbod", "doorvoerverbod", [], id="nl-another-left-part"),
        pytest.param("nl", "export + verbod", "export. Verbod", [], id="nl-not-across-a-stop"),
        pytest.param("en", "export + control", "an export of control units", [], id="en-words-between"),
    ],
)
def test_compound(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("en", "ban|curb .. export", "China bans all exports.", ["bans all exports"], id="en"),
        pytest.param(
            "en", "ban|curb .. export", "Exports are to be curbed.", ["Exports are to be curbed"], id="en-other-order"
        ),
        pytest.param(
            "en",
            "no longer .. ship|export",
            "It will no longer ship magnets.",
            ["no longer ship"],
            id="en-phrase-member",
        ),
        pytest.param(
            "nl",
            "zet .. export|uitvoer .. stop",
            "Peking zet de uitvoer stop.",
            ["zet de uitvoer stop"],
            id="nl-separable",
        ),
        pytest.param(
            "nl",
            "schort .. uitvoer .. op",
            "Het schort de uitvoer op naar Japan.",
            ["schort de uitvoer op"],
            id="nl-particle-then-preposition",
        ),
        pytest.param(
            "nl",
            "verbiedt .. export",
            "Peking verbood de galliumexport.",
            ["verbood de galliumexport"],
            id="nl-strong-verb-and-compound",
        ),
        pytest.param(
            "de",
            "schränkt .. ausfuhr .. ein",
            "China schränkt die Ausfuhr von Graphit ein.",
            ["schränkt die Ausfuhr von Graphit ein"],
            id="de-separable",
        ),
        pytest.param(
            "de", "verbietet .. ausfuhr", "Die Ausfuhr wurde verboten.", ["Ausfuhr wurde verboten"], id="de-participle"
        ),
        pytest.param(
            "de", "stoppt .. export", "Peking stoppt Chipexporte.", ["stoppt Chipexporte"], id="de-compound-member"
        ),
        pytest.param("en", "ban .. export", "The ban holds. Exports rose.", [], id="en-two-sentences"),
        pytest.param("en", "ban .. export", "A ban\n\nExports rose", [], id="en-two-paragraphs"),
        pytest.param(
            "de",
            "schränkt .. ausfuhr .. ein",
            "China schränkt ein Programm und die Ausfuhr.",
            [],
            id="de-article-is-no-particle",
        ),
        pytest.param(
            "nl", "zet .. export .. op", "Hij zet de export op een rij.", [], id="nl-preposition-is-no-particle"
        ),
        pytest.param("nl", "verbiedt .. uitvoer", "Het verbod op het uitvoeren van taken.", [], id="nl-uitvoeren"),
        pytest.param("de", "export .. kontrolle", "Exportkontrolle", [], id="de-one-word-is-not-two"),
    ],
)
def test_pair(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


def test_pair_takes_the_nearest_members() -> None:
    text = "Exports grew while Beijing banned exports of gallium, and exports of tin fell."
    assert words(text, "en", "banned .. exports") == ["banned exports"]


def test_pair_finds_each_occurrence_once() -> None:
    text = "China bans exports. Japan bans exports. China bans exports."
    assert words(text, "en", "ban .. export") == ["bans exports"] * 3


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("en", "=BIS", "BIS and bis, Bis", ["BIS"], id="capitals"),
        pytest.param("en", "=REACH", "Reach for REACH's annex", ["REACH"], id="possessive"),
        pytest.param("en", "=METI", "METI-led, METIS, xMETI", ["METI"], id="borders"),
        pytest.param("de", "=BIS", "bis BISmarck BIS", ["BIS"], id="de"),
        pytest.param("en", "=Section 232", "section 232, Section 232", ["Section 232"], id="two-words"),
        pytest.param("en", "=U.S.", "the U.S. rules", ["U.S."], id="signs"),
        pytest.param("ja", "=METI", "日本METIは発表", ["METI"], id="between-characters"),
        pytest.param("ja", "=EUV", "EUV露光 DEUV EUVs", ["EUV"], id="beside-characters"),
    ],
)
def test_exact(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param(
            "en", "semiconduct*", "Semiconductors, semiconducting", ["Semiconductors", "semiconducting"], id="en"
        ),
        pytest.param("nl", "halfgeleider*", "halfgeleiderindustrie", ["halfgeleiderindustrie"], id="nl"),
        pytest.param("en", "rare eart*", "rare earths", ["rare earths"], id="in-a-phrase"),
        pytest.param("en", "semiconduct*", "a conductor", [], id="not-inside"),
    ],
)
def test_stem(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        pytest.param("Straße Größe: Exportverbot", ["Exportverbot"], id="eszett"),
        pytest.param("İstanbul İzmir İ: Exportverbot", ["Exportverbot"], id="dotted-i"),
        pytest.param("ﬁ ﬂ ǅ ẞ: Exportverbot", ["Exportverbot"], id="ligatures"),
        pytest.param("😀👍🏽 Exportverbot", ["Exportverbot"], id="astral"),
    ],
)
def test_letters_that_grow_when_lowered_move_nothing(text: str, surfaces: list[str]) -> None:
    assert words(text, "de", "export + verbot") == surfaces


def test_dictionary_knows_what_rules_do_not() -> None:
    assert words("Kriterien", "de", "kriterium") == ["Kriterien"]


def test_unlisted_language_is_matched_without_inflection() -> None:
    assert words("förbud och exportförbud", "sv", "exportförbud") == ["exportförbud"]


def test_korean_particles_may_follow_a_word() -> None:
    assert words("희토류는 수출통제를 받는다", "ko", "희토류", "수출 통제") == ["희토류", "수출통제"]
