"""The Atom channel: a file that feed readers take, written whole, by several at once, and once per delivery."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from bot.deliver.atom import CHANNEL, AtomChannel, AtomSender
from bot.types.delivery import Action, Alert, ChannelTarget, Delivery, Health, Outcome
from bot.types.ids import AlertId, DeliveryId
from bot.types.ports import ListForm
from bot.types.settings import Settings
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, HOSTILE, delivery

ATOM = "{http://www.w3.org/2005/Atom}"
ROOT = Path(__file__).resolve().parents[2]
TARGET = ChannelTarget(name="feed", kind="atom", address="alerts.atom", locale="nl")


def row(alert: Alert = CHINA_JAPAN, name: str = "d-1", action: Action = Action.SEND) -> Delivery:
    return delivery(CHANNEL.render(alert, TARGET), TARGET, action, id=DeliveryId(name))


def entries(folder: Path) -> list[Any]:
    return list(feedparser.parse((folder / "alerts.atom").read_bytes()).entries)


def valid(data: bytes) -> etree._Element:
    """The feed, after the demands of RFC 4287 on feeds and entries."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert element.findtext(f"{ATOM}id", "").startswith("tag:")
    assert feed.findall(f"{ATOM}author/{ATOM}name"), "entries without an author need one of the feed"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


@pytest.mark.parametrize("name", ALERTS)
def test_every_alert_makes_a_valid_feed_that_readers_take(name: str, tmp_path: Path) -> None:
    receipt = AtomSender(tmp_path).send(row(ALERTS[name]))
    assert receipt.outcome is Outcome.SENT
    feed = valid((tmp_path / "alerts.atom").read_bytes())
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    parsed = feedparser.parse((tmp_path / "alerts.atom").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == 1


def test_nothing_that_a_feed_wrote_is_markup(tmp_path: Path) -> None:
    AtomSender(tmp_path).send(row(HOSTILE))
    (content,) = etree.fromstring((tmp_path / "alerts.atom").read_bytes()).iter(f"{ATOM}content")
    html = etree.HTML(content.text or "")
    assert {element.tag for element in html.iter()} <= {
        "html", "body", "p", "strong", "b", "ul", "li", "a", "blockquote",
    }  # fmt: skip
    assert all((link.get("href") or "").startswith(("http://", "https://")) for link in html.iter("a"))


def test_an_edit_takes_the_place_of_its_entry_and_moves_it_up(tmp_path: Path) -> None:
    out = AtomSender(tmp_path)
    other = replace(CHINA_JAPAN, id=AlertId("a-other"), headlines={"en": "Another"})
    later = CHINA_JAPAN.last_seen + timedelta(hours=2)
    out.send(row())
    out.send(row(replace(other, last_seen=CHINA_JAPAN.last_seen + timedelta(hours=1)), "d-2"))
    before = {entry.id: entry for entry in entries(tmp_path)}
    assert [entry.title.rpartition(": ")[2] for entry in entries(tmp_path)] == ["Another", CHINA_JAPAN.headlines["nl"]]
    changed = replace(CHINA_JAPAN, last_seen=later, change="It is in force.", headlines={"en": "Now in force"})
    assert out.send(row(changed, "d-3", Action.UPDATE)).outcome is Outcome.SENT
    first, second = entries(tmp_path)
    assert first.title.endswith("Now in force")
    assert "It is in force." in first.content[0].value
    assert first.id in before
    assert first.published == before[first.id].published
    assert first.updated > before[first.id].updated
    assert second.title.endswith("Another")


def test_the_same_delivery_again_changes_nothing_and_can_be_found(tmp_path: Path) -> None:
    out = AtomSender(tmp_path)
    assert out.find(row()) is not None
    assert out.find(row()).outcome is Outcome.NOT_SENT  # type: ignore[union-attr]
    out.send(row())
    written = (tmp_path / "alerts.atom").read_bytes()
    assert out.send(row()).outcome is Outcome.SENT
    assert (tmp_path / "alerts.atom").read_bytes() == written
    found = out.find(row())
    assert found is not None
    assert (found.outcome, found.provider_id) == (Outcome.SENT, "d-1")
    out.send(row(replace(CHINA_JAPAN, revision=9), "d-2", Action.UPDATE))
    assert out.find(row()).outcome is Outcome.SENT  # type: ignore[union-attr]


def test_the_newest_are_kept_and_lists_and_notices_are_entries(tmp_path: Path) -> None:
    out = AtomSender(tmp_path, newest=5)
    assert isinstance(CHANNEL, ListForm)
    for number in range(8):
        seen = CHINA_JAPAN.last_seen + timedelta(minutes=number)
        out.send(row(replace(CHINA_JAPAN, id=AlertId(f"a-{number}"), last_seen=seen), f"d-{number}"))
    assert [entry.id.rpartition("/")[2] for entry in entries(tmp_path)] == ["a-7", "a-6", "a-5", "a-4", "a-3"]
    later = CHINA_JAPAN.last_seen + timedelta(days=1)
    for name, message in (
        ("d-list", CHANNEL.render_list([CHINA_JAPAN] * 2, TARGET)),
        ("d-note", CHANNEL.render_notice("2 sources <failing>", ["METI: 503"], TARGET)),
    ):
        out.send(delivery(message, TARGET, id=DeliveryId(name), created_at=later))
    assert {entry.title for entry in entries(tmp_path)[:2]} == {
        "Nog 2 verhalen in één bericht", "2 sources <failing>",
    }  # fmt: skip
    valid((tmp_path / "alerts.atom").read_bytes())


def test_two_processes_lose_no_entry_of_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.deliver._atom_feed import Feed, put;"
        "feed = Feed(path=Path(sys.argv[1]) / 'alerts.atom', name='feed', lang='en');"
        "[put(feed, {'id': f'tag:x,2026:{sys.argv[2]}-{n}', 'title': 't', 'html': 'h',"
        " 'published': '2026-01-06T09:00:00Z', 'updated': '2026-01-06T09:00:00Z'}, f'd-{sys.argv[2]}-{n}')"
        " for n in range(40)]"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], cwd=ROOT) for name in ("a", "b")]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert len(entries(tmp_path)) == 80
    assert sorted(path.name for path in tmp_path.iterdir()) == [".alerts.atom.lock", "alerts.atom"]


@pytest.mark.parametrize(
    "content", [b"not xml", b"<html/>", b"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id></feed>"]
)
def test_a_file_that_is_not_ours_is_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "alerts.atom").write_bytes(content)
    out = AtomSender(tmp_path)
    receipt = out.send(row())
    assert receipt.outcome is Outcome.REJECTED
    assert "not overwritten" in receipt.detail
    assert (tmp_path / "alerts.atom").read_bytes() == content
    assert out.find(row()).outcome is Outcome.AMBIGUOUS  # type: ignore[union-attr]


def test_a_folder_that_is_gone_waits_and_doctor_says_so(tmp_path: Path) -> None:
    gone = AtomSender(tmp_path / "gone")
    receipt = gone.send(row())
    assert receipt.outcome is Outcome.NOT_SENT
    assert "does its folder exist" in receipt.detail
    (broken,) = AtomChannel().probe(Settings(data=tmp_path / "gone", rules=tmp_path), [TARGET])
    (good,) = AtomChannel().probe(Settings(data=tmp_path, rules=tmp_path), [TARGET])
    (off,) = AtomChannel().probe(Settings(data=tmp_path, rules=tmp_path))
    assert [found.health for found in (broken, good, off)] == [Health.BROKEN, Health.GOOD, Health.OFF]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "ends in .atom or .xml"),
        ("alerts.txt", "ends in .atom or .xml"),
        ("feeds/alerts.atom", "neither a plain file name"),
        ("../alerts.atom", "neither a plain file name"),
        ("/nowhere/at/all/alerts.atom", "does not exist"),
    ],
)
def test_what_names_no_feed_is_refused_with_clear_words(address: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        CHANNEL.check(replace(TARGET, address=address))
