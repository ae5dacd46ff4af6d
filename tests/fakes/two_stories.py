"""Two stories that turn out to be one, on a bench: told one after the other, then tied by a text that tells both."""

from __future__ import annotations

from typing import Any

from bot.pipeline import assess, deliver
from bot.storage.documents import NewDocument
from bot.types.ids import AlertId, ConceptId
from bot.types.reading import Event
from tests.fakes import rules
from tests.fakes.engine import Bench

AGENCY = ConceptId("cn-mofcom")
GALLIUM = (ConceptId("gallium"),)
OTHER = rules.event(goods=GALLIUM, targets=("KR",))


def tell(bench: Bench, name: str, *events: Event, **fields: Any) -> None:
    """A document that was read just now; the same name again is an edit of it."""
    bench.clock.turn(600)
    keep(bench, name, *events, **fields)
    assess(bench.rig)


def keep(bench: Bench, name: str, *events: Event, **fields: Any) -> None:
    """The same, not assessed yet."""
    values: dict[str, Any] = {"first_seen": bench.clock.now(), "published_at": bench.clock.now()}
    document = rules.document(name, **(values | fields))
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, events)], at=bench.clock.now())


def two_told(bench: Bench) -> None:
    """Stories a and b, ten minutes apart."""
    tell(bench, "a", rules.event(targets=("JP",), goods=GALLIUM, agency=AGENCY))
    tell(bench, "b", rules.event(targets=("KR",), goods=GALLIUM))


def tie(bench: Bench, **changes: Any) -> None:
    """A text that makes one story of both; it keeps the name of a."""
    tell(bench, "c", rules.event(**({"targets": ("JP", "KR"), "goods": GALLIUM, "agency": AGENCY} | changes)))


def texts(bench: Bench, channel: str = "desk") -> list[tuple[str, str]]:
    """What each message and thread got, in order: the alert whose message it is, and what happened."""
    deliver(bench.rig, channel)
    posts = [post for post in bench.service.posts if post.target.name == channel]
    return [(str(post.alert_id), f"{post.action}: {post.message.summary}") for post in posts]


def headline(bench: Bench, story: str) -> str:
    """Of the alert about a story."""
    with bench.rig.database.transaction() as tx:
        alert = tx.decisions.alert(AlertId(f"a-{story.removeprefix('s-')}"))
    assert alert is not None
    return alert.headlines["en"]
