"""Whatever a feed writes: a card for Teams and an entry of a feed hold our markup and our links, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import example, given, settings
from lxml import etree

from bot.deliver._teams_card import MAX_BYTES, size
from bot.deliver._text import safe_url
from bot.deliver.atom import AtomChannel, AtomSender
from bot.deliver.teams import TeamsChannel
from bot.types.delivery import Alert, ChannelTarget, Outcome
from tests.fakes.alerts import HOSTILE, delivery
from tests.fakes.hostile import alerts, texts
from tests.fakes.workflow import complaint, links, words

TEAMS = ChannelTarget(name="desk", kind="teams", address="env:TEAMS_WEBHOOK_URL")
FEED = ChannelTarget(name="desk", kind="atom", address="alerts.atom")
TAGS = {"html", "body", "p", "strong", "b", "ul", "li", "a", "blockquote"}


def own(alert: Alert) -> set[str]:
    return {url for source in alert.sources if (url := safe_url(source.url))}


@settings(max_examples=20, deadline=None)
@given(alerts())
@example(HOSTILE)
def test_a_card_is_one_that_teams_takes_with_our_links_alone(alert: Alert) -> None:
    channel = TeamsChannel()
    change = channel.render_change(alert, TEAMS)
    assert change is not None
    for message in (channel.render(alert, TEAMS), change, channel.render_list([alert] * 25, TEAMS)):
        body: Any = message.payload["body"]
        assert complaint(body) == ""
        assert size(body) <= MAX_BYTES
        assert set(links(body["attachments"][0]["content"])) <= own(alert)
        assert "{{" not in words(body)


@settings(max_examples=10, deadline=None)
@given(alerts(), texts)
@example(HOSTILE, "</content><script>")
def test_an_entry_is_valid_and_its_html_holds_our_tags_alone(alert: Alert, title: str) -> None:
    channel = AtomChannel()
    with tempfile.TemporaryDirectory() as folder:
        sender = AtomSender(Path(folder))
        for message in (
            channel.render(alert, FEED),
            channel.render_list([alert, alert], FEED),
            channel.render_notice(title, [title], FEED),
        ):
            assert sender.send(delivery(message, FEED, id=f"d-{message.summary}"[:20])).outcome is Outcome.SENT
        feed = ET.fromstring((Path(folder) / FEED.address).read_bytes())
    for content in feed.iter("{http://www.w3.org/2005/Atom}content"):
        html = etree.HTML(content.text or "")
        assert {element.tag for element in html.iter()} <= TAGS
        assert {link.get("href") for link in html.iter("a")} <= own(alert)
