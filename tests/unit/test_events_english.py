"""English: stage, roles, polarity, dates and limits of single steps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.understand.events import assemble
from tests.fakes.event_scene import scene

JAN7 = date(2026, 1, 7)

# title, body, what the first event says
CASES: list[tuple[str, str, dict[str, Any]]] = [
    # stage
    (
        "China bans exports of gallium to Japan",
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
        "China is considering export curbs on rare earths",
        "",
        {"stage": "considered", "imposer": "CN", "goods": ("rare-earths",)},
    ),
    ("US could restrict exports of chips to China", "", {"stage": "considered", "imposer": "US", "targets": ("CN",)}),
    ("Beijing threatens export ban on graphite", "", {"stage": "considered", "imposer": "CN"}),
    ("EU proposes export controls on chips", "", {"stage": "proposed", "imposer": "EU"}),
    (
        "Washington opens public consultation on licence requirement for chips",
        "",
        {"stage": "proposed", "imposer": "US", "goods": ("semiconductors",)},
    ),
    ("China bans export of antimony with immediate effect", "", {"stage": "in-force", "effective": JAN7}),
    (
        "Metals",
        "An export ban on antimony took effect on 5 January, the Chinese commerce ministry announced.",
        {"stage": "in-force", "imposer": "CN", "agency": "cn-mofcom", "effective": date(2026, 1, 5)},
    ),
    (
        "Indonesia bans nickel ore exports from January 2027",
        "",
        {"stage": "announced", "effective": date(2027, 1, 1), "imposer": "ID", "goods": ("nickel",)},
    ),
    (
        "Chinese commerce ministry denies reports of rare earth export ban",
        "",
        {"stage": "denied", "direction": "none", "imposer": "CN"},
    ),
    # polarity by object
    ("China suspends exports of rare earths", "", {"direction": "tighten", "stage": "announced"}),
    ("China suspends export controls on rare earths", "", {"direction": "ease", "stage": "suspended"}),
    ("China lifts export ban on gallium", "", {"direction": "ease", "stage": "lifted"}),
    (
        "China extends export ban on gallium until 30 June 2026",
        "",
        {"direction": "tighten", "stage": "extended", "until": date(2026, 6, 30)},
    ),
    ("China extends suspension of export controls on gallium", "", {"direction": "ease", "stage": "extended"}),
    ("China lets suspension of export controls on gallium lapse", "", {"direction": "tighten"}),
    ("Washington revokes export licences for chips", "", {"direction": "tighten"}),
    ("Washington grants export licences for chips", "", {"direction": "ease"}),
    ("Washington scraps licence requirement for chips", "", {"direction": "ease", "stage": "lifted"}),
    ("China resumes exports of rare earths to Japan", "", {"direction": "ease", "targets": ("JP",)}),
    ("China reinstates export controls on graphite", "", {"direction": "tighten"}),
    ("China eases export controls on graphite", "", {"direction": "ease"}),
    ("China extends trade truce", "", {"direction": "ease", "stage": "extended"}),
    # roles
    ("Japan condemns China's export ban on rare earths", "", {"imposer": "CN", "targets": ("JP",)}),
    ("Tokyo protests Chinese export curbs on gallium", "", {"imposer": "CN", "targets": ("JP",)}),
    ("Export curbs imposed by Beijing on graphite shipments", "", {"imposer": "CN"}),
    ("US puts Chinese firms on entity list", "", {"imposer": "US", "targets": ("CN",), "measure": "entity-list"}),
    (
        "EU imposes anti-dumping duties on graphite from China",
        "",
        {"imposer": "EU", "targets": ("CN",), "measure": "trade-remedy"},
    ),
    ("US slaps tariffs on Chinese graphite", "", {"imposer": "US", "targets": ("CN",)}),
    ("China restricts exports of gallium to Japan, South Korea and Taiwan", "", {"targets": ("JP", "KR", "TW")}),
    (
        "Gallium shipments to need permit: MOFCOM",
        "New export licences are required for gallium.",
        {"imposer": "CN", "measure": "export-licence"},
    ),
    # dates
    (
        "China tightens export controls",
        (
            "The Chinese commerce ministry announced new export controls "
            "on graphite. They enter into force on 1 December 2026."
        ),
        {"effective": date(2026, 12, 1), "stage": "announced"},
    ),
    ("China restricts exports of graphite from Friday", "", {"effective": date(2026, 1, 9)}),
    ("China bans exports of graphite as of February 1", "", {"effective": date(2026, 2, 1)}),
    # scope
    (
        "China bans exports of dual-use items to Japan's military users",
        "",
        {"end_use": "military", "targets": ("JP",), "goods": ("dual-use",)},
    ),
    ("China imposes export controls on gallium to all countries", "", {"targets": ()}),
    (
        "China announces export ban on beryllium blanks",
        "",
        {"goods": ("other",), "goods_surface": ("beryllium blanks",)},
    ),
]


def _first(title: str, text: str) -> dict[str, Any]:
    _, events = assemble(scene("en", title, text))
    assert events, "no event"
    event = events[0]
    return {name: getattr(event, name) for name in event.__slots__}


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_events_english_first_event(title: str, text: str, expected: dict[str, Any]) -> None:
    found = _first(title, text)
    assert {name: found[name] for name in expected} == expected


HISTORIC = [
    ("Lessons for smelters", "In 2010 China banned exports of rare earths to Japan. Prices rose tenfold."),
    ("Lessons for smelters", "Last year China imposed export controls on graphite."),
    ("Lessons for smelters", "Buyers found other mines after China had banned exports of rare earths."),
    (
        "Lessons for smelters",
        (
            "A collision at sea in 2010 changed everything. China halted "
            "shipments of rare earths to Japan. The ban on exports hurt."
        ),
    ),
]


@pytest.mark.parametrize(("title", "text"), HISTORIC)
def test_events_english_background_is_only_historic(title: str, text: str) -> None:
    _, events = assemble(scene("en", title, text))
    assert events
    assert {event.stage for event in events} == {"historic"}


NOTHING = [
    ("There is no export ban on gallium, traders note", "The export market is calm, with no export ban in sight."),
    ("Smelters call for export ban on scrap", ""),
    ("What if China imposed an export ban on graphite?", ""),
]


@pytest.mark.parametrize(("title", "text"), NOTHING[1:])
def test_events_english_no_step_no_event(title: str, text: str) -> None:
    _, events = assemble(scene("en", title, text))
    assert [event for event in events if event.stage not in {"denied", "historic"}] == []


def test_events_english_two_steps_stay_two() -> None:
    text = (
        "China banned exports of dual-use items to Japan on Tuesday. "
        "Beijing is considering export curbs on rare earths, state media say."
    )
    _, events = assemble(scene("en", "Trade row deepens", text))
    assert [(e.stage, e.goods) for e in events] == [("announced", ("dual-use",)), ("considered", ("rare-earths",))]


def test_events_english_limit_keeps_the_event() -> None:
    text = (
        "China banned exports of dual-use items to Japan. Civilian "
        "trade is unaffected, the Chinese commerce ministry said."
    )
    _, events = assemble(scene("en", "Trade row deepens", text))
    assert events[0].direction == "tighten"
    assert events[0].limits
    assert "Civilian trade is unaffected" in events[0].limits[0]


def test_events_english_hearsay_and_citation() -> None:
    text = "China has reportedly banned exports of gallium under Announcement No. 46 of 2025, sources said."
    _, events = assemble(scene("en", "Trade row deepens", text))
    assert events[0].reported
    assert events[0].citation == "cn-mofcom:2025:46"
