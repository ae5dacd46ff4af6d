"""A list of stories in Slack: links, counts, and never more than Slack takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.deliver._labels import labels
from bot.deliver._list import MOST, list_view
from bot.deliver._slack_list import list_blocks
from bot.deliver.slack import SlackChannel
from bot.types.delivery import ChannelTarget
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, HOSTILE
from tests.fakes.slack_limits import complaint

TARGET = ChannelTarget(name="desk", kind="slack", address="#desk")


@pytest.mark.parametrize("name", ALERTS)
def test_slack_takes_every_list(name: str) -> None:
    alert = ALERTS[name]
    far = replace(alert, sources=tuple(replace(s, url=f"https://a.example/{'u' * 1400}") for s in alert.sources))
    for alerts in ([alert, alert], [alert] * 60, [far] * 60):
        payload = SlackChannel().render_list(alerts, TARGET).payload
        assert complaint({"channel": "#desk", "text": payload["text"], "blocks": payload["blocks"]}) is None


def test_a_line_is_a_link_to_the_best_source_with_severity_score_and_host() -> None:
    louder = replace(CHINA_JAPAN, score=97.0)
    blocks, text = list_blocks(list_view([louder] * (MOST + 14), labels("en")))
    line = blocks[1]["text"]["text"]
    assert line.startswith("🔴 <https://www.mofcom.gov.cn/")
    assert f"|{CHINA_JAPAN.headlines['en']}> · Urgent · score 97 · " in line
    assert line.endswith(" · www.mofcom.gov.cn")
    assert blocks[-1]["elements"][0]["text"] == "and 14 more"
    assert text.splitlines()[0] == f"{MOST + 14} more stories in one message"


def test_a_hostile_headline_calls_nobody() -> None:
    blocks, text = list_blocks(list_view([HOSTILE, HOSTILE], labels("en")))
    for shown in (text, blocks[1]["text"]["text"]):
        assert "<!" not in shown
        assert "<@" not in shown
