"""What assembly writes back onto mentions, and how tellings of one step become one event."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.types.levels import Authority
from bot.understand.events import assemble
from tests.fakes.event_scene import scene


def held(lang: str, title: str, text: str = "") -> Mapping[str, str]:
    mentions, _ = assemble(scene(lang, title, text))
    return {mention.surface: str(mention.cue) for mention in mentions}


@pytest.mark.parametrize(
    ("lang", "title", "surface", "cue"),
    [
        ("en", "China bans exports of gallium", "gallium", "stated"),
        ("en", "China considers export curbs on gallium", "export curbs", "possible"),
        ("en", "China reportedly bans exports of gallium", "gallium", "reported"),
        ("en", "Chinese commerce ministry denies reports of export ban on gallium", "export ban", "negated"),
        ("nl", "China overweegt exportbeperkingen op gallium", "exportbeperkingen", "possible"),
        ("nl", "'Geen exportverbod op chips', zegt METI", "exportverbod", "negated"),
        ("de", "China erwägt Exportkontrollen für Gallium", "Exportkontrollen", "possible"),
        ("ja", "中国、ガリウムの輸出規制を検討", "輸出規制", "possible"),
        ("zh-Hans", "中国考虑对镓实施出口管制", "出口管制", "possible"),
    ],
)
def test_events_holding_cues(lang: str, title: str, surface: str, cue: str) -> None:
    assert held(lang, title)[surface] == cue


def test_events_holding_past_of_measure_and_goods() -> None:
    found = held("en", "Lessons", "In 2010 China banned exports of rare earths to Japan.")
    assert found["rare earths"] == "past"
    assert found["banned exports"] == "past"


@pytest.mark.parametrize(
    ("lang", "title", "target"),
    [
        ("en", "China bans exports of gallium to Japan", "Japan"),
        ("nl", "China verbiedt uitvoer van gallium naar Japan", "Japan"),
        ("de", "China verbietet Ausfuhr von Gallium nach Japan", "Japan"),
        ("ja", "中国、日本へのガリウム輸出禁止を発表", "日本"),
        ("zh-Hans", "中国宣布禁止向日本出口镓", "日本"),
    ],
)
def test_events_holding_targets_get_their_slot(lang: str, title: str, target: str) -> None:
    mentions, _ = assemble(scene(lang, title))
    slots = {mention.surface: str(mention.slot) for mention in mentions}
    assert slots[target] == "target"
    assert slots["China" if lang in {"en", "nl", "de"} else "中国"] == "actor"


def test_events_holding_one_step_told_thrice_is_one_event() -> None:
    text = (
        "China banned exports of gallium to Japan on Tuesday, the Chinese commerce ministry announced.\n\n"
        "The export ban on gallium takes effect on 1 February 2026. The ban hits chipmakers."
    )
    _, events = assemble(scene("en", "China bans exports of gallium to Japan", text))
    assert len(events) == 1
    assert events[0].agency == "cn-mofcom"
    assert str(events[0].effective) == "2026-02-01"
    assert len(events[0].evidence) > 4


def test_events_holding_different_imposers_stay_apart() -> None:
    text = "China banned exports of gallium on Tuesday. The US imposed tariffs on graphite from China on Monday."
    _, events = assemble(scene("en", "Trade war", text))
    assert {(event.imposer, event.measure) for event in events} == {("CN", "export-ban"), ("US", "import-tariff")}


def test_events_holding_official_source_speaks_for_itself() -> None:
    more = {"authority": Authority.OFFICIAL, "jurisdiction": "NL"}
    _, events = assemble(
        scene("nl", "Vergunningplicht voor chips", "De vergunningplicht geldt per 1 februari.", **more)
    )
    assert events[0].imposer == "NL"
    _, events = assemble(
        scene("de", "Genehmigungspflicht für Chips", "", authority=Authority.OFFICIAL, publisher="METI")
    )
    assert events[0].imposer == "DE"  # the small lexicon holds no terms to know a publisher by: home of the language


def test_events_holding_texts_without_a_measure_have_no_event() -> None:
    for lang, title in (("en", "Gallium price rises in Japan"), ("ja", "ガリウムの価格が上昇"), ("de", "")):
        mentions, events = assemble(scene(lang, title))
        assert events == ()
        assert {mention.cue for mention in mentions} <= {"stated"}
