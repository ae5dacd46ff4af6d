"""One event told in eight languages: the words a reader sees, number and case of names, lists and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage, Zone
from bot.types.reading import UNNAMED, Event
from bot.understand.headlines import headline, locales

NAMES = {
    ConceptId("dual-use"): {
        "en": "dual-use items",
        "nl": "dual-usegoederen",
        "de": "Dual-Use-Güter",
        "fr": "biens à double usage",
        "es": "productos de doble uso",
        "ja": "軍民両用品",
        "zh-Hans": "两用物项",
        "ko": "이중용도 품목",
    },
    ConceptId("rare-earths"): {"en": "rare earths", "de": "Seltene Erden", "fr": "terres rares", "es": "tierras raras"},
    ConceptId("antimony"): {"en": "antimony", "nl": "antimoon", "fr": "antimoine", "ja": "アンチモン"},
    ConceptId("indium"): {"en": "indium", "fr": "indium", "es": "indio"},
    ConceptId("gallium"): {"en": "gallium", "fr": "gallium", "es": "galio", "ja": "ガリウム"},
    ConceptId("cn-mofcom"): {"en": "MOFCOM", "ja": "中国商務省", "zh-Hans": "商务部", "ko": "중국 상무부"},
    ConceptId("state-cn"): {"en": "China"},
}


def event(**fields: Any) -> Event:
    plain: dict[str, Any] = {
        "measure": "export-ban",
        "direction": Direction.TIGHTEN,
        "stage": Stage.ANNOUNCED,
        "imposer": "CN",
        "targets": (),
        "goods": (),
        "start": 0,
        "end": 10,
        "confidence": 0.5,
        "zone": Zone.TITLE,
        "evidence": (),
    }
    return Event(**{**plain, **fields})


JANUARY = {
    "agency": "cn-mofcom",
    "stage": Stage.IN_FORCE,
    "targets": ("JP",),
    "goods": ("dual-use",),
    "end_use": "military",
    "effective": date(2026, 1, 6),
}


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "China (MOFCOM) bans export of dual-use items to Japan, military end use; in force 6 Jan 2026"),
        (
            "nl",
            (
                "China (MOFCOM) verbiedt uitvoer van dual-usegoederen naar Japan, militair eindgebruik; "
                "van kracht per 6 januari 2026"
            ),
        ),
        (
            "de",
            (
                "China (MOFCOM) verhängt Ausfuhrverbot für Dual-Use-Güter nach Japan, militärische Endverwendung; "
                "in Kraft ab 6. Januar 2026"
            ),
        ),
        (
            "fr",
            (
                "La Chine (MOFCOM) interdit l'exportation de biens à double usage vers le Japon, "
                "usage final militaire ; en vigueur à compter du 6 janvier 2026"
            ),
        ),
        (
            "es",
            (
                "China (MOFCOM) prohíbe exportar productos de doble uso a Japón, uso final militar; "
                "en vigor desde el 6 de enero de 2026"
            ),
        ),
        ("ja", "中国商務省、日本向け軍民両用品の輸出を禁止（軍事用途）、2026年1月6日施行"),
        ("zh-Hans", "中国（商务部）禁止向日本出口两用物项（军事用途），2026年1月6日起生效"),
        ("ko", "중국 상무부, 일본에 대한 이중용도 품목 수출 금지 (군사 용도), 2026년 1월 6일 시행"),
    ],
)
def test_headlines_tell_the_january_notice(locale: str, line: str) -> None:
    assert headline(event(**JANUARY), locale, NAMES) == line


EASE = Direction.EASE


@pytest.mark.parametrize(
    ("locale", "fields", "line"),
    [
        ("en", {"stage": Stage.CONSIDERED, "goods": ("rare-earths",)}, "China considers ban on export of rare earths"),
        ("en", {"stage": Stage.DENIED, "direction": Direction.NONE}, "China denies ban on exports"),
        ("en", {"stage": Stage.LIFTED, "direction": EASE}, "China lifts ban on exports"),
        (
            "en",
            {"measure": "export-control", "stage": Stage.SUSPENDED, "direction": EASE, "until": date(2026, 11, 10)},
            "China suspends curbs on exports; until 10 Nov 2026",
        ),
        (
            "en",
            {"measure": "export-control", "stage": Stage.EXTENDED, "direction": EASE},
            "China extends suspension of curbs on exports",
        ),
        ("en", {"stage": Stage.EXTENDED}, "China extends ban on exports"),
        ("en", {"stage": Stage.HISTORIC, "targets": ("US",)}, "Background: ban on exports to the US by China"),
        ("en", {"imposer": None, "stage": Stage.CONSIDERED}, "Ban on exports considered"),
        ("en", {"reported": True}, "China bans exports (unconfirmed)"),
        ("en", {"measure": "export-control", "direction": EASE}, "China eases curbs on exports"),
        ("en", {"agency": "state-cn"}, "China bans exports"),
        (
            "en",
            {"goods": ("other",), "goods_surface": ("beryllium\nblanks {0}",)},
            "China bans export of “beryllium blanks 0”",
        ),
        ("en", {"goods": ("heavy-water",)}, "China bans export of heavy water"),
        (
            "en",
            {"targets": ("JP", "KR", "TW", "NL", "US", "DE")},
            "China bans exports to Japan, South Korea, Taiwan, the Netherlands and 2 more",
        ),
        ("nl", {"imposer": "US", "measure": "export-control"}, "VS beperken uitvoer"),
        ("nl", {"targets": ("US", "GB")}, "China verbiedt uitvoer naar de VS en het VK"),
        ("nl", {"imposer": "US", "stage": Stage.LIFTED, "direction": EASE}, "VS heffen verbod op uitvoer op"),
        ("nl", {"stage": Stage.SUSPENDED, "direction": EASE}, "China schort verbod op uitvoer op"),
        ("de", {"imposer": "US"}, "USA verbieten Ausfuhren"),
        ("de", {"targets": ("CH", "IR", "JP")}, "China verbietet Ausfuhren in die Schweiz, den Iran und nach Japan"),
        (
            "de",
            {"measure": "import-tariff", "imposer": "EU", "targets": ("US", "CN")},
            "EU erhebt Zölle auf Einfuhren aus den USA und China",
        ),
        ("de", {"stage": Stage.EXTENDED, "direction": EASE}, "China verlängert Aussetzung des Verbots von Ausfuhren"),
        (
            "de",
            {"measure": "export-quota", "stage": Stage.LIFTED, "direction": EASE},
            "China hebt Quoten für Ausfuhren auf",
        ),
        (
            "fr",
            {"goods": ("gallium", "antimony", "indium"), "targets": ("US", "IN")},
            "La Chine interdit l'exportation de gallium, d'antimoine et d'indium vers les États-Unis et l'Inde",
        ),
        (
            "fr",
            {"imposer": "US", "stage": Stage.SUSPENDED, "direction": EASE},
            "Les États-Unis suspendent l'interdiction d'exportation",
        ),
        (
            "fr",
            {"measure": "export-control", "stage": Stage.EXTENDED, "direction": EASE},
            "La Chine prolonge la suspension des restrictions aux exportations",
        ),
        (
            "fr",
            {"measure": "trade-remedy", "imposer": "EU", "targets": ("JP", "CN", "TW")},
            "L'UE prend des mesures antidumping sur les importations en provenance du Japon, de Chine et de Taïwan",
        ),
        ("fr", {"effective": date(2026, 12, 1)}, "La Chine interdit les exportations ; à partir du 1er décembre 2026"),
        (
            "es",
            {"goods": ("gallium", "indium"), "targets": ("GB",)},
            "China prohíbe exportar galio e indio al Reino Unido",
        ),
        ("es", {"stage": Stage.CONSIDERED}, "China estudia una prohibición de las exportaciones"),
        (
            "es",
            {"measure": "export-duty", "stage": Stage.EXTENDED, "direction": EASE},
            "China prorroga la suspensión del impuesto a la exportación",
        ),
        (
            "ja",
            {"goods": ("gallium", "antimony"), "targets": ("JP", "US")},
            "中国、日本・米国向けガリウム・アンチモンの輸出を禁止",
        ),
        ("ja", {"stage": Stage.CONSIDERED, "imposer": None}, "輸出禁止を検討"),
        ("zh-Hans", {"stage": Stage.CONSIDERED, "targets": ("US",)}, "中国考虑禁止向美国出口"),
        ("zh-Hans", {"stage": Stage.LIFTED, "direction": EASE}, "中国解除出口禁令"),
        ("ko", {"stage": Stage.EXTENDED}, "중국, 수출 금지 연장"),
        ("ko", {"measure": "entity-list", "imposer": "US", "targets": ("CN",)}, "미국, 중국 기업·기관 통제 명단 등재"),
    ],
)
def test_headlines_read_naturally(locale: str, fields: dict[str, Any], line: str) -> None:
    assert headline(event(**fields), locale, NAMES) == line


def test_headlines_leave_out_goods_that_no_word_names() -> None:
    told = event(goods=(ConceptId("gallium"),))
    assert "gallium" in headline(told, "en", NAMES)
    assert "gallium" not in headline(replace(told, learned=("goods", UNNAMED)), "en", NAMES)


def test_headlines_regional_forms_and_unknown_locales() -> None:
    german = headline(event(), "de", NAMES)
    assert headline(event(), "de-AT", NAMES) == german
    assert headline(event(), "zh-CN", NAMES) == headline(event(), "zh-Hans", NAMES)
    assert headline(event(), "pl", NAMES) == headline(event(), "en", NAMES)


def test_headlines_have_all_locales() -> None:
    assert set(locales()) == {"en", "nl", "de", "fr", "ja", "zh-Hans", "es", "ko"}


def test_headlines_all_locales_tell_the_same_kinds_ways_and_countries() -> None:
    known = list(locales().values())
    for field in ("kinds", "told", "untold", "places", "tails"):
        assert len({frozenset(getattr(locale, field)) for locale in known}) == 1, field
    codes = [frozenset(locale.countries) for locale in known]
    assert len(set(codes)) == 1
    assert len(codes[0]) >= 249
