"""Simplified Chinese: stage, roles, polarity, dates and limits of single steps."""

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
        "中国宣布禁止向日本出口镓",
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
    ("中国考虑对稀土实施出口管制", "", {"stage": "considered", "imposer": "CN", "goods": ("rare-earths",)}),
    ("美国拟对华限制芯片出口", "", {"stage": "considered", "imposer": "US", "targets": ("CN",)}),
    ("商务部就石墨出口管制公开征求意见", "", {"stage": "proposed", "imposer": "CN"}),
    ("中国即日起禁止出口锑", "", {"stage": "in-force", "effective": JAN7, "imposer": "CN"}),
    (
        "金属",
        "商务部宣布的锑出口管制自2026年1月5日起施行。",
        {"stage": "in-force", "imposer": "CN", "agency": "cn-mofcom", "effective": date(2026, 1, 5)},
    ),
    ("印尼宣布自2027年1月起禁止镍矿出口", "", {"stage": "announced", "effective": date(2027, 1, 1), "imposer": "ID"}),
    ("商务部否认稀土出口禁令", "", {"stage": "denied", "direction": "none", "imposer": "CN"}),
    ("商务部：对锑实施出口管制", "", {"stage": "announced", "imposer": "CN", "goods": ("antimony",)}),
    # polarity by object
    ("中国暂停稀土出口", "", {"direction": "tighten"}),
    ("中国暂停实施稀土出口管制", "", {"direction": "ease", "stage": "suspended"}),
    ("中国取消镓出口禁令", "", {"direction": "ease", "stage": "lifted"}),
    ("中国解除对镓的出口管制", "", {"direction": "ease", "stage": "lifted"}),
    (
        "中国延长镓出口禁令至2026年6月30日",
        "",
        {"direction": "tighten", "stage": "extended", "until": date(2026, 6, 30)},
    ),
    ("中国延长暂停镓出口管制", "", {"direction": "ease", "stage": "extended"}),
    ("中国恢复稀土出口", "", {"direction": "ease"}),
    ("中国恢复实施稀土出口管制", "", {"direction": "tighten"}),
    ("中国放宽石墨出口管制", "", {"direction": "ease"}),
    ("中美延长贸易休战", "", {"direction": "ease", "stage": "extended"}),
    ("美国吊销芯片出口许可证", "", {"direction": "tighten"}),
    ("美国发放芯片出口许可证", "", {"direction": "ease"}),
    # roles
    ("日本谴责中国的稀土出口管制", "", {"imposer": "CN", "targets": ("JP",)}),
    ("东京就中国限制镓出口提出抗议", "", {"imposer": "CN"}),
    ("美国将中国企业列入实体清单", "", {"imposer": "US", "targets": ("CN",), "measure": "entity-list"}),
    ("美国对中国石墨加征关税", "", {"imposer": "US", "targets": ("CN",), "measure": "import-tariff"}),
    ("欧盟对原产于中国的石墨征收反倾销税", "", {"imposer": "EU", "targets": ("CN",), "measure": "trade-remedy"}),
    ("中国禁止向日本、韩国和台湾出口镓", "", {"targets": ("JP", "KR", "TW")}),
    (
        "镓",
        "商务部6日宣布，禁止所有两用物项对日本军事用户出口。",
        {"imposer": "CN", "agency": "cn-mofcom", "targets": ("JP",), "end_use": "military", "goods": ("dual-use",)},
    ),
    # dates
    (
        "中国加强石墨出口管制",
        "商务部宣布新的出口管制措施。该措施自2026年12月1日起实施。",
        {"effective": date(2026, 12, 1), "stage": "announced"},
    ),
    ("中国限制石墨出口 下月1日起", "", {"effective": date(2026, 2, 1)}),
    ("中国限制石墨出口 明年1月起", "", {"effective": date(2027, 1, 1)}),
    # scope
    ("中国对所有国家实施镓出口管制", "", {"targets": ()}),
    ("中国禁止铍出口", "", {"goods": ("other",), "goods_surface": ("铍",)}),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0][:40] for case in CASES])
def test_events_chinese_first_event(title: str, text: str, expected: dict[str, Any]) -> None:
    _, events = assemble(scene("zh-Hans", title, text))
    assert events, "no event"
    assert {name: getattr(events[0], name) for name in expected} == expected


HISTORIC = [
    ("渔船往事", "2010年，中国暂停对日本出口稀土。"),
    ("渔船往事", "去年中国实施了石墨出口管制。"),
    ("渔船往事", "2010年发生撞船事件。中国随后暂停出口稀土。"),
]


@pytest.mark.parametrize(("title", "text"), HISTORIC)
def test_events_chinese_background_is_only_historic(title: str, text: str) -> None:
    _, events = assemble(scene("zh-Hans", title, text))
    assert events
    assert {event.stage for event in events} == {"historic"}


def test_events_chinese_negated_ban_keeps_the_control() -> None:
    text = "商务部宣布对镓实施出口管制。发言人表示，出口管制不是禁止出口。"
    _, events = assemble(scene("zh-Hans", "商务部答记者问", text))
    assert events[0].measure == "export-control"
    assert "export-ban" not in {event.measure for event in events}


def test_events_chinese_two_steps_stay_two() -> None:
    text = "商务部6日宣布禁止两用物项对日本出口。据报道，中国正研究对稀土实施出口管制。"
    _, events = assemble(scene("zh-Hans", "争端升级", text))
    assert [(e.stage, e.goods) for e in events] == [("announced", ("dual-use",)), ("considered", ("rare-earths",))]


def test_events_chinese_limit_and_citation() -> None:
    text = "商务部公告2026年第1号禁止两用物项对日本出口。该措施不影响民用贸易。"
    _, events = assemble(scene("zh-Hans", "争端升级", text))
    assert events[0].direction == "tighten"
    assert events[0].citation == "cn-mofcom:2026:1"
    assert any("民用" in words for words in events[0].limits)
