"""German: stage, roles, polarity, dates and limits of single steps."""

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
        "China verbietet Ausfuhr von Gallium nach Japan",
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
    (
        "China erwägt Exportbeschränkungen für Seltene Erden",
        "",
        {"stage": "considered", "imposer": "CN", "goods": ("rare-earths",)},
    ),
    ("Peking droht mit Exportverbot für Grafit", "", {"stage": "considered", "imposer": "CN"}),
    ("USA könnten Ausfuhrkontrollen für Chips einführen", "", {"stage": "considered", "imposer": "US"}),
    ("EU schlägt Ausfuhrkontrollen für Chips vor", "", {"stage": "proposed", "imposer": "EU"}),
    ("China verbietet ab sofort die Ausfuhr von Antimon", "", {"stage": "in-force", "effective": JAN7}),
    (
        "Metalle",
        (
            "Das Exportverbot für Antimon ist am 5. Januar in Kraft "
            "getreten, teilte das chinesische Handelsministerium mit."
        ),
        {"stage": "in-force", "imposer": "CN", "agency": "cn-mofcom", "effective": date(2026, 1, 5)},
    ),
    (
        "Indonesien untersagt Ausfuhr von Nickelerz ab Januar 2027",
        "",
        {"stage": "announced", "effective": date(2027, 1, 1), "imposer": "ID"},
    ),
    (
        "Chinesisches Handelsministerium dementiert Exportverbot für Seltene Erden",
        "",
        {"stage": "denied", "direction": "none"},
    ),
    (
        "Kein Exportverbot für Chips geplant",
        "Das US-Handelsministerium weist Berichte zurück.",
        {"stage": "denied", "direction": "none", "imposer": "US"},
    ),
    # polarity by object
    ("China setzt die Exporte Seltener Erden aus", "", {"direction": "tighten", "stage": "announced"}),
    ("China setzt die Exportkontrollen für Seltene Erden aus", "", {"direction": "ease", "stage": "suspended"}),
    ("China hebt das Ausfuhrverbot für Gallium auf", "", {"direction": "ease", "stage": "lifted"}),
    ("China nimmt Exportkontrollen für Gallium zurück", "", {"direction": "ease", "stage": "lifted"}),
    ("Washington entzieht Ausfuhrlizenzen für Chips", "", {"direction": "tighten"}),
    ("Washington erteilt Ausfuhrlizenzen für Chips", "", {"direction": "ease"}),
    (
        "China verlängert das Ausfuhrverbot für Gallium bis zum 30. Juni 2026",
        "",
        {"direction": "tighten", "stage": "extended", "until": date(2026, 6, 30)},
    ),
    (
        "China verlängert die Aussetzung der Exportkontrollen für Gallium",
        "",
        {"direction": "ease", "stage": "extended"},
    ),
    ("China lässt die Aussetzung der Exportkontrollen für Gallium auslaufen", "", {"direction": "tighten"}),
    ("China lockert Exportkontrollen für Grafit", "", {"direction": "ease"}),
    ("China verlängert Handelswaffenruhe", "", {"direction": "ease", "stage": "extended"}),
    (
        "Usbekistan schiebt die für November angekündigte Ausfuhrabgabe auf Nickel hinaus",
        "",
        {"direction": "ease", "stage": "suspended"},
    ),
    # roles
    ("Japan verurteilt Chinas Exportverbot für Seltene Erden", "", {"imposer": "CN", "targets": ("JP",)}),
    ("Tokio kritisiert chinesische Ausfuhrbeschränkungen für Gallium", "", {"imposer": "CN", "targets": ("JP",)}),
    ("Die von Peking verhängten Exportbeschränkungen für Grafit gelten weltweit", "", {"imposer": "CN"}),
    (
        "USA setzen chinesische Firmen auf die schwarze Liste",
        "",
        {"imposer": "US", "targets": ("CN",), "measure": "entity-list"},
    ),
    (
        "EU verhängt Antidumpingzölle auf Grafit aus China",
        "",
        {"imposer": "EU", "targets": ("CN",), "measure": "trade-remedy"},
    ),
    ("Washington beschließt Strafzölle auf chinesischen Grafit", "", {"imposer": "US", "targets": ("CN",)}),
    ("China beschränkt Exporte von Gallium nach Japan, Südkorea und Taiwan", "", {"targets": ("JP", "KR", "TW")}),
    ("Das Exportverbot der chinesischen Regierung trifft Gallium", "", {"imposer": "CN"}),
    # dates
    (
        "China verschärft Regeln",
        (
            "Das chinesische Handelsministerium kündigte neue Exportkontrollen "
            "für Grafit an. Sie treten am 1. Dezember 2026 in Kraft."
        ),
        {"effective": date(2026, 12, 1), "stage": "announced"},
    ),
    ("China beschränkt Exporte von Grafit ab Freitag", "", {"effective": date(2026, 1, 9)}),
    ("China verbietet Ausfuhr von Grafit vom 1. Februar an", "", {"effective": date(2026, 2, 1)}),
    # scope
    (
        "China untersagt Ausfuhr von Dual-Use-Gütern an japanische Streitkräfte",
        "",
        {"end_use": "military", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    ("China führt Exportkontrollen für Gallium in alle Länder ein", "", {"targets": ()}),
    (
        "China kündigt Exportverbot für Berylliumrohlinge an",
        "",
        {"goods": ("other",), "goods_surface": ("Berylliumrohlinge",)},
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_events_german_first_event(title: str, text: str, expected: dict[str, Any]) -> None:
    _, events = assemble(scene("de", title, text))
    assert events, "no event"
    assert {name: getattr(events[0], name) for name in expected} == expected


HISTORIC = [
    ("Lehren aus der Krise", "Als China 2010 ein Exportverbot für Seltene Erden verhängte, traf das Japan hart."),
    ("Lehren aus der Krise", "Im vergangenen Jahr verhängte China Exportkontrollen für Grafit."),
    ("Lehren aus der Krise", "China hatte ein Ausfuhrverbot für Grafit verhängt."),
    ("Lehren aus der Krise", "Im Jahr 2010 kam es zum Streit. China stoppte die Ausfuhr Seltener Erden nach Japan."),
]


@pytest.mark.parametrize(("title", "text"), HISTORIC)
def test_events_german_background_is_only_historic(title: str, text: str) -> None:
    _, events = assemble(scene("de", title, text))
    assert events
    assert {event.stage for event in events} == {"historic"}


def test_events_german_demand_is_no_step() -> None:
    _, events = assemble(scene("de", "Werkzeugmacher fordern Exportverbot für Schrott"))
    assert events == ()


def test_events_german_two_steps_stay_two() -> None:
    text = (
        "China untersagt die Ausfuhr von Dual-Use-Gütern nach Japan, hieß es am Dienstag. "
        "Peking erwägt zudem Exportbeschränkungen für Seltene Erden."
    )
    _, events = assemble(scene("de", "Streit spitzt sich zu", text))
    assert [(e.stage, e.goods) for e in events] == [("announced", ("dual-use",)), ("considered", ("rare-earths",))]


def test_events_german_limit_keeps_the_event() -> None:
    text = "China untersagt die Ausfuhr von Dual-Use-Gütern nach Japan. Der zivile Handel sei nicht betroffen, hieß es."
    _, events = assemble(scene("de", "Streit spitzt sich zu", text))
    assert events[0].direction == "tighten"
    assert any("zivile Handel" in words for words in events[0].limits)
