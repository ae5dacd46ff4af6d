"""Records survive the way to JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from bot.errors import PluginError
from bot.registry import Named, discover
from bot.types.codec import plain, revive
from bot.types.delivery import Action, ChannelTarget, Delivery, DeliveryState, Message
from bot.types.document import Document
from bot.types.ids import ConceptId, DeliveryId, DocumentId, SourceId
from bot.types.levels import Authority, Direction, Stage, Zone
from bot.types.reading import Event

NOW = datetime(2026, 1, 6, 2, 10, tzinfo=UTC)


def test_event_round_trip() -> None:
    event = Event(
        measure=ConceptId("export-ban"),
        direction=Direction.TIGHTEN,
        stage=Stage.IN_FORCE,
        imposer="CN",
        targets=("JP",),
        goods=(ConceptId("dual-use"),),
        start=0,
        end=10,
        confidence=0.9,
        zone=Zone.TITLE,
        evidence=((0, 5), (6, 9)),
        effective=date(2026, 1, 6),
    )
    assert revive(Event, json.loads(json.dumps(plain(event)))) == event


def test_delivery_round_trip_with_mappings_enums_and_none() -> None:
    delivery = Delivery(
        id=DeliveryId("d1"),
        target=ChannelTarget(name="desk", kind="slack", address="#x", options={"mention": "@y"}),
        message=Message(kind="slack", payload={"blocks": [{"type": "header"}]}, summary="s"),
        action=Action.SEND,
        dedupe_key="k",
        alert_id=None,
        state=DeliveryState.PENDING,
        attempts=0,
        created_at=NOW,
        not_before=NOW + timedelta(seconds=3),
    )
    assert revive(Delivery, json.loads(json.dumps(plain(delivery)))) == delivery


def test_rows_of_other_versions_load() -> None:
    """An unknown key is ignored, an absent one takes its default; a missing required one is an error."""
    assert revive(ChannelTarget, {"name": "a", "kind": "b", "address": "c", "later": 1}).locale == "en"
    with pytest.raises(TypeError):
        revive(ChannelTarget, {"name": "a"})


def document(title: str, text: str) -> Document:
    return Document(
        id=DocumentId("d"),
        source_id=SourceId("s"),
        publisher="P",
        authority=Authority.WIRE,
        jurisdiction="GB",
        url="",
        canonical_url="",
        title=title,
        text=text,
        first_seen=NOW,
        content_hash="1:",
        published_at=NOW + timedelta(days=9),
    )


def test_zones_of_a_document() -> None:
    doc = document("Title", "First paragraph.\n\nSecond one.")
    assert [doc.zone_at(i) for i in (0, 4, 7, 21, 25)] == [Zone.TITLE, Zone.TITLE, Zone.LEAD, Zone.LEAD, Zone.BODY]
    assert doc.full[7:12] == "First"


def test_a_date_in_the_future_counts_as_today() -> None:
    assert document("t", "").dated == NOW


def test_registry_names_the_file_that_breaks_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plugs").mkdir()
    (tmp_path / "plugs" / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import plugs  # type: ignore[import-not-found]

    assert isinstance(plugs, ModuleType)
    assert dict(discover(plugs, "PLUG", Named)) == {}
    (tmp_path / "plugs" / "one.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(PluginError, match=r"plugs\.one: the module must define PLUG"):
        discover(plugs, "PLUG", Named)
