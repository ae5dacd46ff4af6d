"""Japanese: stage, roles, polarity, dates and limits of single steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.understand.events import assemble
from tests.fakes.event_scene import scene

JAN7 = date(2026, 1, 7)

CASES: list[tuple[str, str, dict[str, Any]]] = [
    # stage
    (
        "中国、日本へのガリウム輸出禁止を発表",
        "",
        {
            "stage": "announced",
            "direction": "tighten",
            "imposer": "CN",
            "targets": ("JP",),
            "goods": ("gallium",),
            "measure": "export-ban",
        },
    ),
    ("中国、レアアースの輸出規制を検討", "", {"stage": "considered", "imposer": "CN", "goods": ("rare-earths",)}),
    ("米国が対中半導体の輸出規制を強化する可能性", "", {"stage": "considered", "imposer": "US", "targets": ("CN",)}),
    ("経済産業省、黒鉛の輸出管理強化へ意見公募", "", {"stage": "proposed", "imposer": "JP"}),
    (
        "中国、アンチモンの輸出を即日禁止",
        "中国商務省はアンチモンの輸出禁止を即日施行すると発表した。",
        {"stage": "in-force", "effective": JAN7},
    ),
    (
        "金属",
        "中国商務省によるアンチモンの輸出規制が1月5日に施行された。",
        {"stage": "in-force", "imposer": "CN", "agency": "cn-mofcom", "effective": date(2026, 1, 5)},
    ),
    (
        "インドネシア、ニッケル鉱石の輸出禁止を2027年1月から",
        "",
        {"stage": "announced", "effective": date(2027, 1, 1), "imposer": "ID"},
    ),
    ("中国商務省、レアアース禁輸の報道を否定", "", {"stage": "denied", "direction": "none", "imposer": "CN"}),
    # polarity by object
    ("中国、レアアースの輸出を停止", "", {"direction": "tighten", "stage": "announced"}),
    ("中国、レアアースの輸出規制を一時停止", "", {"direction": "ease", "stage": "suspended"}),
    ("中国、ガリウムの輸出禁止を解除", "", {"direction": "ease", "stage": "lifted"}),
    ("中国、ガリウムの輸出規制を撤廃", "", {"direction": "ease", "stage": "lifted"}),
    (
        "中国、ガリウムの輸出禁止を2026年6月30日まで延長",
        "",
        {"direction": "tighten", "stage": "extended", "until": date(2026, 6, 30)},
    ),
    ("中国、ガリウム輸出規制の停止を延長", "", {"direction": "ease", "stage": "extended"}),
    ("中国、レアアースの輸出を再開", "", {"direction": "ease"}),
    ("中国、黒鉛の輸出規制を緩和", "", {"direction": "ease"}),
    ("中国、黒鉛の輸出規制を再発動", "", {"direction": "tighten"}),
    ("貿易休戦を延長 米国と中国", "", {"direction": "ease", "stage": "extended"}),
    ("中国、輸出許可の取り消し 半導体で", "", {"direction": "tighten"}),
    # roles
    ("日本政府、中国のレアアース輸出規制に抗議", "", {"imposer": "CN", "targets": ("JP",)}),
    ("日本、中国のガリウム輸出禁止を非難", "", {"imposer": "CN", "targets": ("JP",)}),
    ("米国、中国企業をエンティティーリストに追加", "", {"imposer": "US", "targets": ("CN",), "measure": "entity-list"}),
    ("米が対中追加関税、黒鉛に25%", "", {"imposer": "US", "targets": ("CN",), "measure": "import-tariff"}),
    ("日本、中国産黒鉛に不当廉売関税", "", {"imposer": "JP", "targets": ("CN",), "measure": "trade-remedy"}),
    ("中国、日本と韓国へのガリウム輸出規制を強化", "", {"imposer": "CN", "targets": ("JP", "KR")}),
    (
        "ガリウム",
        "中国商務省は7日、軍民両用品の日本への輸出を禁止すると発表した。",
        {"imposer": "CN", "agency": "cn-mofcom", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    # dates
    (
        "中国、黒鉛の輸出規制を強化",
        "中国商務省が発表した。令和8年12月1日から施行する。",
        {"effective": date(2026, 12, 1), "stage": "announced"},
    ),
    ("中国、黒鉛の輸出を規制 二〇二六年四月一日から", "", {"effective": date(2026, 4, 1)}),
    ("中国、黒鉛の輸出を規制 来月1日から", "", {"effective": date(2026, 2, 1)}),
    ("中国、黒鉛の輸出を規制 18日以降", "", {"effective": date(2026, 1, 18)}),
    # scope
    (
        "中国、日本の軍事ユーザー向け軍民両用品の輸出を禁止",
        "",
        {"end_use": "military", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    ("中国、ガリウムの輸出規制を全地域に拡大", "", {"targets": ()}),
    ("中国、ベリリウムの輸出を禁止", "", {"goods": ("other",), "goods_surface": ("ベリリウム",)}),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0][:40] for case in CASES])
def test_events_japanese_first_event(title: str, text: str, expected: dict[str, Any]) -> None:
    _, events = assemble(scene("ja", title, text))
    assert events, "no event"
    assert {name: getattr(events[0], name) for name in expected} == expected


HISTORIC = [
    ("港の記憶", "2010年、中国は日本へのレアアース輸出を停止した。"),
    ("港の記憶", "昨年、中国は黒鉛の輸出規制を導入した。"),
    ("港の記憶", "2010年に漁船が衝突した。中国はレアアースの輸出を停止した。"),
]


@pytest.mark.parametrize(("title", "text"), HISTORIC)
def test_events_japanese_background_is_only_historic(title: str, text: str) -> None:
    _, events = assemble(scene("ja", title, text))
    assert events
    assert {event.stage for event in events} == {"historic"}


def test_events_japanese_negated_ban_is_no_event() -> None:
    _, events = assemble(scene("ja", "解説", "これはガリウムの禁輸ではない。"))
    assert [event for event in events if event.stage not in {"denied", "historic"}] == []


def test_events_japanese_two_steps_stay_two() -> None:
    text = "中国商務省は6日、軍民両用品の日本への輸出を禁止すると発表した。中国はレアアースの輸出規制も検討している。"
    _, events = assemble(scene("ja", "対立深まる", text))
    assert [(e.stage, e.goods) for e in events] == [("announced", ("dual-use",)), ("considered", ("rare-earths",))]


def test_events_japanese_limit_keeps_the_event() -> None:
    text = "中国商務省は軍民両用品の日本への輸出を禁止すると発表した。通常の民間取引には影響しないとしている。"
    _, events = assemble(scene("ja", "対立深まる", text))
    assert events[0].direction == "tighten"
    assert any("民間取引" in words for words in events[0].limits)
