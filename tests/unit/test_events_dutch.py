"""Dutch: stage, roles, polarity, dates and limits of single steps."""

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
        "China verbiedt uitvoer van gallium naar Japan",
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
        "China overweegt exportbeperkingen op zeldzame aardmetalen",
        "",
        {"stage": "considered", "imposer": "CN", "goods": ("rare-earths",)},
    ),
    ("Peking dreigt met exportverbod op grafiet", "", {"stage": "considered", "imposer": "CN"}),
    ("Washington zou de uitvoer van chips kunnen beperken", "", {"stage": "considered", "imposer": "US"}),
    ("Nederland start consultatie over vergunningplicht voor chips", "", {"stage": "proposed", "imposer": "NL"}),
    (
        "China verbiedt per direct de uitvoer van antimoon",
        "",
        {"stage": "in-force", "effective": JAN7, "imposer": "CN"},
    ),
    (
        "Metaal",
        "Het uitvoerverbod op antimoon is op 5 januari in werking getreden, aldus het Chinese handelsministerie.",
        {"stage": "in-force", "imposer": "CN", "agency": "cn-mofcom"},
    ),
    (
        "Indonesië verbiedt uitvoer van nikkelerts vanaf januari 2027",
        "",
        {"stage": "announced", "effective": date(2027, 1, 1), "imposer": "ID"},
    ),
    (
        "Chinese handelsministerie ontkent exportverbod op zeldzame aardmetalen",
        "",
        {"stage": "denied", "direction": "none", "imposer": "CN"},
    ),
    ("'Geen exportverbod op chips', zegt METI", "", {"stage": "denied", "direction": "none", "imposer": "JP"}),
    # polarity by object
    ("China schort de uitvoer van zeldzame aardmetalen op", "", {"direction": "tighten", "stage": "announced"}),
    ("China schort de exportbeperkingen op gallium op", "", {"direction": "ease", "stage": "suspended"}),
    ("China heft exportverbod op gallium op", "", {"direction": "ease", "stage": "lifted"}),
    ("China trekt exportverbod op gallium in", "", {"direction": "ease", "stage": "lifted"}),
    ("Washington trekt exportvergunningen voor chips in", "", {"direction": "tighten"}),
    (
        "China verlengt exportverbod op gallium tot en met 30 juni 2026",
        "",
        {"direction": "tighten", "stage": "extended", "until": date(2026, 6, 30)},
    ),
    (
        "China verlengt de opschorting van de exportbeperkingen op gallium",
        "",
        {"direction": "ease", "stage": "extended"},
    ),
    ("De opschorting van de exportbeperkingen op gallium loopt af", "", {"direction": "tighten"}),
    ("China hervat de uitvoer van grafiet", "", {"direction": "ease"}),
    ("China versoepelt exportbeperkingen op grafiet", "", {"direction": "ease"}),
    ("China verlengt handelsbestand", "", {"direction": "ease", "stage": "extended"}),
    # roles
    (
        "Japan hekelt Chinees besluit",
        "Japan veroordeelt het Chinese exportverbod op zeldzame aardmetalen.",
        {"imposer": "CN", "targets": ("JP",)},
    ),
    ("Exportbeperkingen van Peking treffen grafiet", "", {"imposer": "CN"}),
    (
        "VS zetten Chinese bedrijven op entiteitenlijst",
        "",
        {"imposer": "US", "targets": ("CN",), "measure": "entity-list"},
    ),
    (
        "EU stelt antidumpingrecht in op grafiet uit China",
        "",
        {"imposer": "EU", "targets": ("CN",), "measure": "trade-remedy"},
    ),
    ("China beperkt de uitvoer van gallium naar Japan, Zuid-Korea en Taiwan", "", {"targets": ("JP", "KR", "TW")}),
    (
        "Nieuwe regels",
        (
            "Het Chinese besluit om nieuwe exportregels in te stellen,"
            " die tegen Japan zijn gericht, raakt dual-usegoederen."
        ),
        {"imposer": "CN", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    (
        "Grafiet",
        "Vanaf 15 september geldt een vergunningplicht voor grafiet, aldus het Chinese handelsministerie.",
        {"imposer": "CN", "effective": date(2026, 9, 15), "measure": "export-licence"},
    ),
    # dates
    (
        "China scherpt exportregels aan",
        (
            "Het Chinese handelsministerie heeft nieuwe exportbeperkingen "
            "op grafiet aangekondigd. Ze gaan op 1 december 2026 in."
        ),
        {"effective": date(2026, 12, 1), "stage": "announced"},
    ),
    ("China beperkt de uitvoer van grafiet vanaf vrijdag", "", {"effective": date(2026, 1, 9)}),
    ("China beperkt de uitvoer van grafiet per 1 februari", "", {"effective": date(2026, 2, 1)}),
    # scope
    (
        "China verbiedt levering van dual-usegoederen aan de Japanse strijdkrachten",
        "",
        {"end_use": "military", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    ("China stelt exportcontrole op gallium in naar alle landen", "", {"targets": ()}),
    (
        "China kondigt exportverbod op berylliumstaven aan",
        "",
        {"goods": ("other",), "goods_surface": ("berylliumstaven",)},
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_events_dutch_first_event(title: str, text: str, expected: dict[str, Any]) -> None:
    _, events = assemble(scene("nl", title, text))
    assert events, "no event"
    assert {name: getattr(events[0], name) for name in expected} == expected


HISTORIC = [
    ("Terug naar de haven", "In 2010 verbood China de uitvoer van zeldzame aardmetalen naar Japan."),
    ("Terug naar de haven", "Vorig jaar stelde China exportbeperkingen in op grafiet."),
    ("Terug naar de haven", "China had de uitvoer van grafiet verboden, China had een exportverbod ingesteld."),
    (
        "Terug naar de haven",
        "In 2010 botsten twee schepen. China begon de uitvoer te vertragen. De exportstop raakte fabrieken hard.",
    ),
]


@pytest.mark.parametrize(("title", "text"), HISTORIC)
def test_events_dutch_background_is_only_historic(title: str, text: str) -> None:
    _, events = assemble(scene("nl", title, text))
    assert events
    assert {event.stage for event in events} == {"historic"}


def test_events_dutch_two_steps_stay_two() -> None:
    text = (
        "China verbiedt de levering van dual-usegoederen aan Japan, maakte Peking dinsdag bekend. "
        "Volgens staatsmedia overweegt China de uitvoer van zeldzame aardmetalen verder te beperken."
    )
    _, events = assemble(scene("nl", "Ruzie loopt op", text))
    assert [(e.stage, e.goods) for e in events] == [("announced", ("dual-use",)), ("considered", ("rare-earths",))]


def test_events_dutch_limit_keeps_the_event() -> None:
    text = "China verbiedt de levering van dual-usegoederen aan Japan. Civiele handel valt niet onder de maatregel."
    _, events = assemble(scene("nl", "Ruzie loopt op", text))
    assert events[0].direction == "tighten"
    assert any("Civiele handel" in words for words in events[0].limits)
