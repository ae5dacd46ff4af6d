"""Every measure, stage and direction in every language: no trace of the template, nothing empty, loose or too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage
from bot.types.reading import Event
from bot.understand.headlines import headline, locales
from bot.understand.headlines._render import _KINDS, LONGEST
from tests.fakes.headlines import event, shipped, shipped_names

LOCALES = sorted(locales())
CASELESS = {"ja", "zh-Hans", "ko"}
# Words that no line may end with; parts of separable verbs (schort … op, setzt … aus) and the に of headlines may.
DANGLING = {
    "en": "to from of on for against by and the with",
    "nl": "naar van tegen door en de het met bij tot",
    "de": "nach von in für gegen durch und der die den des",
    "fr": "vers de des du d' l' le la les contre à au aux et sur pour",
    "es": "a de del el la los contra y e en para",
    "ja": "の は を へ と",
    "zh-Hans": "的 对 向 和 将",
    "ko": "에 와 를 을",
}
MEASURES = [head["id"] for head in shipped() if head.get("slot") == "measure"]
SCENES: tuple[dict[str, Any], ...] = (
    {"imposer": "US", "targets": ("CN",), "goods": ("gallium",)},
    {
        "imposer": "EU",
        "agency": "eu-commission",
        "targets": ("CN", "NL", "GB"),
        "goods": ("zinc-lead", "tin", "hafnium"),
    },
    {"imposer": "CD", "goods": ("other",), "goods_surface": ("beryllium blanks",), "effective": date(2027, 1, 1)},
    {"imposer": None, "targets": ("PH",), "effective": date(2020, 3, 1), "until": date(2027, 3, 1)},
    {"imposer": None, "agency": "cn-mofcom", "effective": date(2026, 1, 6), "end_use": "military"},
    {"imposer": None, "agency": "eu-commission", "goods": ("other",)},
    {"imposer": "WTO", "reported": True, "until": date(2026, 11, 10), "end_use": "civil-excepted"},
)
STATES = [head["jurisdiction"] for head in shipped() if head.get("role") == "state"]


def grid() -> Iterator[Event]:
    """All that differ in how they are told: a step without direction is told like a tightening one once it is old."""
    for measure, stage, direction, scene in product([*MEASURES, "new-measure"], Stage, Direction, SCENES):
        if direction is Direction.NONE and stage not in {Stage.ANNOUNCED, Stage.IN_FORCE, Stage.LIFTED}:
            continue
        yield event(measure=ConceptId(measure), stage=stage, direction=direction, **scene)


def dangling(locale: str) -> re.Pattern[str]:
    before = "" if locale in CASELESS else r"(?:^|[\s’'])"
    words = "|".join(map(re.escape, DANGLING[locale].split()))
    return re.compile(rf"{before}(?:{words})(?=$|[;；,，、:(（.])", re.IGNORECASE)


@pytest.mark.parametrize("locale", LOCALES)
def test_headlines_of_every_measure_stage_and_direction_are_clean(locale: str) -> None:
    loose = dangling(locale)
    for told in grid():
        line = headline(told, locale, shipped_names())
        assert line, told
        assert "  " not in line, line
        assert line == line.strip(" ;,:；，、"), line
        assert not re.search(r"[(（]\s*[)）]|[“„«‘「]\s*[”“»’」]|[{}\[\]<>|]", line), line
        assert not re.search(r"\bNone\b|null", line), line
        assert not re.search(r"[;,，、；]\s*[;,，、；]", line), line
        assert len(line) <= LONGEST, line
        assert not loose.search(line), line
        if locale not in CASELESS:
            assert line[0] == line[0].upper(), line


@pytest.mark.parametrize("locale", LOCALES)
def test_headlines_say_no_start_twice(locale: str) -> None:
    """A line that tells of a measure in force says its day once, and that it is in force once."""
    day = date(2026, 1, 6)
    for measure, imposer in product(MEASURES, ("CN", None)):
        told = event(measure=ConceptId(measure), imposer=imposer, stage=Stage.IN_FORCE, effective=day)
        line = headline(told, locale, shipped_names())
        assert line.count(locales()[locale].day(day)) == 1, line
        for words in ("in force", "van kracht", "in kraft", "en vigueur", "en vigor", "施行", "发效", "시행"):
            assert line.casefold().count(words) <= 1, line


@pytest.mark.parametrize("locale", LOCALES)
def test_headlines_every_measure_has_its_own_telling(locale: str) -> None:
    assert set(MEASURES) <= set(_KINDS)
    for measure in MEASURES:
        name = shipped_names()[ConceptId(measure)]
        assert name.get(locale), measure


@pytest.mark.parametrize("locale", LOCALES)
def test_headlines_every_state_and_every_name_is_in_the_language(locale: str) -> None:
    assert set(STATES) <= set(locales()[locale].countries)
    for head in shipped():
        assert head.get("names", {}).get(locale), head["id"]


@pytest.mark.parametrize("locale", LOCALES)
def test_headlines_stay_short_however_much_is_told(locale: str) -> None:
    much = event(
        imposer="CF",
        agency="nl-bz-cdiu",
        targets=("CF", "AE", "DO", "GB", "PG", "BA"),
        goods=("samarium-cobalt-magnets", "chipmaking-equipment", "scrap-and-black-mass", "platinum-group", "other"),
        goods_surface=("equipment " * 20, "铍" * 90, "x" * 300),
        end_use="civil-excepted",
        effective=date(2026, 11, 10),
        until=date(2027, 11, 10),
        reported=True,
    )
    for measure, stage in product(MEASURES, (Stage.ANNOUNCED, Stage.IN_FORCE, Stage.EXTENDED, Stage.PROPOSED)):
        told = replace(much, measure=ConceptId(measure), stage=stage, direction=Direction.EASE)
        assert len(headline(told, locale, shipped_names())) <= LONGEST


@pytest.mark.parametrize(
    ("locale", "fields", "line"),
    [
        ("en", {"agency": "cn-mofcom"}, "MOFCOM bans exports"),
        ("en", {"agency": "eu-commission"}, "Ban on exports announced (European Commission)"),
        ("fr", {"agency": "eu-commission"}, "Annonce : une interdiction d'exportation (Commission européenne)"),
        ("ja", {"agency": "eu-commission"}, "欧州委員会、輸出を禁止"),
        ("ko", {"agency": "cn-mofcom"}, "중국 상무부, 수출 금지"),
        ("zh-Hans", {"agency": "cn-mofcom"}, "商务部禁止出口"),
        ("en", {"imposer": "INT"}, "Ban on exports announced"),
    ],
)
def test_headlines_let_an_agency_speak_where_no_state_is_known(locale: str, fields: dict[str, Any], line: str) -> None:
    assert headline(event(**{"imposer": None, **fields}), locale, shipped_names()) == line


@pytest.mark.parametrize(
    ("locale", "target", "words"),
    [
        ("fr", "HU", "vers la Hongrie"),
        ("fr", "HN", "vers le Honduras"),
        ("fr", "HK", "vers Hong Kong"),
        ("fr", "YE", "vers le Yémen"),
        ("fr", "HT", "vers Haïti"),
        ("fr", "MH", "vers les Îles Marshall"),
        ("fr", "IM", "vers l'Île de Man"),
        ("de", "SS", "in den Südsudan"),
        ("de", "CF", "in die Zentralafrikanische Republik"),
        ("de", "AE", "in die VAE"),
        ("es", "AE", "a los Emiratos Árabes Unidos"),
        ("es", "CD", "a la RD del Congo"),
        ("es", "NL", "a los Países Bajos"),
        ("en", "MH", "to the Marshall Islands"),
        ("nl", "MH", "naar de Marshalleilanden"),
        ("nl", "XK", "naar Kosovo"),
    ],
)
def test_headlines_states_take_their_article(locale: str, target: str, words: str) -> None:
    assert headline(event(targets=(target,)), locale, shipped_names()).endswith(words)


def test_headlines_german_states_after_aus_stand_in_the_dative() -> None:
    lines = [
        headline(event(measure="import-ban", targets=(code,)), "de", shipped_names())
        for code in ("CF", "US", "IR", "NL", "FO", "CH", "PS")
    ]
    assert [line.split(" aus ")[1] for line in lines] == [
        "der Zentralafrikanischen Republik",
        "den USA",
        "dem Iran",
        "den Niederlanden",
        "den Färöern",
        "der Schweiz",
        "den Palästinensergebieten",
    ]


def test_headlines_count_what_is_left_of_a_list_but_never_a_single_one() -> None:
    goods = ("gallium", "germanium", "antimony", "indium", "tin", "cobalt")
    five, six = (headline(event(goods=goods[:count]), "en", shipped_names()) for count in (5, 6))
    assert five.endswith("gallium, germanium, antimony, indium and tin")
    assert six.endswith("gallium, germanium, antimony, indium and 2 more")


def test_headlines_say_military_use_once() -> None:
    told = event(goods=("military-end-use",), end_use="military")
    assert headline(told, "en", shipped_names()) == "China bans export of goods for military use"


@pytest.mark.parametrize(
    ("locale", "fields", "line"),
    [
        ("en", {"imposer": "ID", "agency": "id-esdm"}, "Indonesian mining ministry bans exports"),
        ("en", {"agency": "cn-gacc"}, "China Customs bans exports"),
        ("en", {"imposer": "JP", "agency": "jp-meti"}, "Japan (METI) bans exports"),
        ("nl", {"agency": "cn-gacc"}, "Chinese douane verbiedt uitvoer"),
        ("de", {"agency": "cn-state-council"}, "Chinas Staatsrat verbietet Ausfuhren"),
        ("fr", {"agency": "cn-gacc"}, "La Chine (douanes chinoises) interdit les exportations"),
        ("ja", {"imposer": "JP", "agency": "jp-meti"}, "日本（経済産業省）、輸出を禁止"),
        ("zh-Hans", {"imposer": "JP", "agency": "jp-meti"}, "日本经产省禁止出口"),
        ("ko", {"imposer": "JP", "agency": "jp-meti"}, "일본 경제산업성, 수출 금지"),
    ],
)
def test_headlines_name_a_state_once(locale: str, fields: dict[str, Any], line: str) -> None:
    assert headline(event(**fields), locale, shipped_names()) == line


@pytest.mark.parametrize(
    ("locale", "targets", "words"),
    [
        (
            "de",
            ("IR", "US", "CN", "NL", "VN", "IN"),
            "in den Iran, die USA, nach China, in die Niederlande und 2 weitere Länder",
        ),
        (
            "de",
            ("US", "NL", "IR", "CN", "VN", "IN"),
            "in die USA, die Niederlande, den Iran, nach China und 2 weiteren Ländern",
        ),
        (
            "fr",
            ("CG", "JP", "US", "NL", "VN", "IN"),
            "vers le Congo-Brazzaville, le Japon, les États-Unis, les Pays-Bas et 2 autres pays",
        ),
        (
            "nl",
            ("GB", "JP", "US", "NL", "VN", "IN"),
            "naar het VK, Japan, de VS, Nederland en 2 andere landen",
        ),
    ],
)
def test_headlines_count_states_in_their_case(locale: str, targets: tuple[str, ...], words: str) -> None:
    assert headline(event(targets=targets), locale, shipped_names()).endswith(words)
