"""Records for tests that need some, with fields that matter set by the caller."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from bot.types.delivery import (
    Action,
    Alert,
    ChannelTarget,
    Decision,
    Delivery,
    DeliveryState,
    Message,
    Reason,
    SourceLine,
)
from bot.types.document import Document
from bot.types.ids import AlertId, ConceptId, DeliveryId, DocumentId, SectorId, SourceId, StoryId
from bot.types.levels import Authority, Band, Cue, Direction, Slot, Stage, Zone
from bot.types.place import Place
from bot.types.reading import Event, Mention, Reading
from bot.types.source import Fetched, Request, Source
from bot.types.story import Assessment, LedgerLine, SectorScore, Story, Telling
from tests.fakes.clock import START

NOWHERE = Place(path="sources/test.yml", line=1)


def document(name: str = "doc", **fields: Any) -> Document:
    """A short official notice."""
    text = fields.get("text", f"The ministry bans the export of {name}.")
    values: dict[str, Any] = {
        "id": DocumentId(name),
        "source_id": SourceId("src"),
        "publisher": "Ministry",
        "authority": Authority.OFFICIAL,
        "jurisdiction": "CN",
        "url": f"https://example.org/{name}?utm_source=x",
        "canonical_url": f"https://example.org/{name}",
        "title": f"Notice on {name}",
        "text": text,
        "first_seen": START,
        "published_at": START,
        "content_hash": "1:" + hashlib.sha256(str(text).encode(errors="replace")).hexdigest()[:16],
        "languages": ("en",),
    }
    return Document(**values | fields)


def event(**fields: Any) -> Event:
    """China bans the export of rare earths to Japan."""
    values: dict[str, Any] = {
        "measure": ConceptId("export-ban"),
        "direction": Direction.TIGHTEN,
        "stage": Stage.ANNOUNCED,
        "imposer": "CN",
        "targets": ("JP",),
        "goods": (ConceptId("rare-earths"),),
        "start": 0,
        "end": 10,
        "confidence": 0.9,
        "zone": Zone.TITLE,
        "evidence": ((0, 4),),
    }
    return Event(**values | fields)


def reading(name: str = "doc", *events: Event, **fields: Any) -> Reading:
    """A reading with one mention and the events given."""
    mention = Mention(
        concept=ConceptId("export-ban"), slot=Slot.MEASURE, surface="Noti", start=0, end=4, zone=Zone.TITLE,
        cue=Cue.STATED, rule="concepts/export-ban.yml:1",
    )  # fmt: skip
    values: dict[str, Any] = {
        "document_id": DocumentId(name),
        "lang": "en",
        "lang_confidence": 0.99,
        "mentions": (mention,),
        "events": events,
        "reader_version": "v1",
    }
    return Reading(**values | fields)


def telling(name: str = "doc", **fields: Any) -> Telling:
    """How a story keeps `document(name)`."""
    doc = document(name)
    values: dict[str, Any] = {
        "document_id": doc.id,
        "publisher": doc.publisher,
        "authority": doc.authority,
        "jurisdiction": doc.jurisdiction,
        "lang": "en",
        "url": doc.url,
        "title": doc.title,
        "dated": doc.dated,
        "first_seen": doc.first_seen,
        "content_hash": doc.content_hash,
        "shingles": (1, 2, 3),
        "events": (event(),),
        "source_id": doc.source_id,
    }
    return Telling(**values | fields)


def story(name: str = "s-doc", *tellings: Telling, **fields: Any) -> Story:
    """A story told by the tellings given, or by one document."""
    told = tellings or (telling(),)
    values: dict[str, Any] = {
        "id": StoryId(name),
        "lead_id": told[0].document_id,
        "tellings": told,
        "event": event(),
        "stage": Stage.ANNOUNCED,
        "first_seen": told[0].first_seen,
        "last_seen": told[-1].first_seen,
    }
    return Story(**values | fields)


def assessment(story_id: str = "s-doc", **fields: Any) -> Assessment:
    """An assessment at 72 points for the wind sector."""
    ledger = (LedgerLine(points=72.0, slot="measure", why="export ban", rule="concepts/export-ban.yml:1"),)
    wind = SectorScore(sector=SectorId("wind"), score=72.0, band=Band.ALERT, ledger=ledger)
    values: dict[str, Any] = {
        "story_id": StoryId(story_id),
        "score": 72.0,
        "probability": 0.82,
        "band": Band.ALERT,
        "sectors": (wind,),
        "ledger": ledger,
        "rules": (),
        "shadow_rules": (),
        "near_misses": (),
        "ruleset_hash": "r1",
    }
    return Assessment(**values | fields)


def decision(story_id: str = "s-doc", **fields: Any) -> Decision:
    """A decision to send a first message to the desk."""
    values: dict[str, Any] = {
        "story_id": StoryId(story_id),
        "at": START,
        "action": Action.SEND,
        "reason": Reason.NEW_STORY,
        "why": "A new step.",
        "band": Band.ALERT,
        "channels": ("desk",),
        "dedupe_key": f"{story_id}:send",
        "alert_id": AlertId(f"a-{story_id}"),
    }
    return Decision(**values | fields)


def alert(alert_id: str = "a-1", **fields: Any) -> Alert:
    """An alert with one official source."""
    source = SourceLine(
        publisher="Ministry", authority=Authority.OFFICIAL, url="https://example.org/doc", host="example.org",
        lang="en", title="Notice on doc", published_at=START,
    )  # fmt: skip
    values: dict[str, Any] = {
        "id": AlertId(alert_id),
        "story_id": StoryId("s-doc"),
        "revision": 1,
        "headlines": {"en": "China bans export of rare earths to Japan"},
        "band": Band.ALERT,
        "score": 72.0,
        "probability": 0.82,
        "direction": Direction.TIGHTEN,
        "stage": Stage.ANNOUNCED,
        "sectors": ((SectorId("wind"), "Wind power", 72.0),),
        "rules": (),
        "why": ("+20 export ban",),
        "quote": None,
        "sources": (source,),
        "confirmed_by": None,
        "first_seen": START,
        "last_seen": START,
    }
    return Alert(**values | fields)


def target(name: str = "desk", kind: str = "fake", **fields: Any) -> ChannelTarget:
    """A channel of routes.yml."""
    return ChannelTarget(name=name, kind=kind, **{"address": f"#{name}"} | fields)


def message(text: str = "hello", kind: str = "fake") -> Message:
    """A rendered message."""
    return Message(kind=kind, payload={"text": text}, summary=text)


def delivery(**fields: Any) -> Delivery:
    """A row that was claimed at the start of the clock."""
    values: dict[str, Any] = {
        "id": DeliveryId("d-1"),
        "target": target(),
        "message": message(),
        "action": Action.SEND,
        "dedupe_key": "k",
        "alert_id": AlertId("a-1"),
        "state": DeliveryState.SENDING,
        "attempts": 1,
        "created_at": START,
        "not_before": START,
        "claimed_at": START,
        "epoch": 1,
    }
    return Delivery(**values | fields)


def source(name: str = "src", **fields: Any) -> Source:
    """An official source that is polled every ten minutes."""
    values: dict[str, Any] = {
        "id": SourceId(name),
        "kind": "fake",
        "url": f"https://{name}.example.org/feed",
        "publisher": "Ministry",
        "jurisdiction": "CN",
        "authority": Authority.OFFICIAL,
        "reliability": "A",
        "languages": ("en",),
        "every": timedelta(minutes=10),
        "enabled": True,
        "why": "",
        "place": NOWHERE,
    }
    return Source(**values | fields)


def at(minutes: float) -> datetime:
    """So many minutes after the start of the clock."""
    return START + timedelta(minutes=minutes)


def answer(body: bytes, asked: Source) -> Fetched:
    """A whole answer of a source that says nothing of its type and encoding."""
    return Fetched(
        request=Request(source_id=asked.id, url=asked.url),
        final_url=asked.url,
        status=200,
        media_type="",
        charset=None,
        body=body,
        complete=True,
        fetched_at=START,
    )
