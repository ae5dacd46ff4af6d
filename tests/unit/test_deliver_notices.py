"""Messages that stand where alerts do, in the language of the channel's readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.decide.catchup import NAMED
from bot.deliver import outage_notice, pointer_notice
from bot.deliver._labels import LOCALES, labels
from bot.deliver._view import Room, view
from bot.deliver.slack import CHANNEL
from bot.types.delivery import ChannelTarget, Outage
from bot.types.levels import Band
from bot.types.lifecycle import Change, ChangeKind
from tests.fakes.alerts import CHINA_JAPAN

DESK = ChannelTarget(name="desk", kind="slack", address="#desk", options={"zone": "Europe/Amsterdam"})
OUTAGE = Outage(
    bands={Band.DIGEST: 2, Band.ALERT: 7},
    first=("Alert: one", "Alert: two"),
    oldest=datetime(2026, 1, 3, 9, tzinfo=UTC),
    newest=datetime(2026, 1, 5, 9, tzinfo=UTC),
)
TITLES = (("en", "China bans it"), ("nl", "China verbiedt het"))


def test_a_summary_counts_by_band_and_names_the_first() -> None:
    title, lines = outage_notice(DESK, OUTAGE)
    assert title == "9 alerts from an outage"
    assert lines[1].endswith("Alert: 7, Digest: 2")
    assert "between 3 Jan 2026 10:00 CET and 5 Jan 2026 10:00 CET" in lines[1]
    assert lines[3:6] == ("Alert: one", "Alert: two", "and 7 more")
    assert "monazite why URL" in lines[-1]


def test_a_whole_summary_fits_in_a_notice_with_its_count_of_the_others() -> None:
    many = replace(OUTAGE, bands={Band.ALERT: 500}, first=tuple(f"Alert: {n}" for n in range(NAMED)))
    said = CHANNEL.render_notice(*outage_notice(DESK, many), DESK).payload["text"]
    assert f"and {500 - NAMED} more" in str(said)
    assert "monazite why URL" in str(said)


def test_summaries_and_pointers_speak_every_language() -> None:
    outages, pointers = set(), set()
    for locale in LOCALES:
        here = replace(DESK, locale=locale)
        outages.add(outage_notice(here, OUTAGE))
        pointers.add(pointer_notice(here, dict(TITLES)))
    assert len({lines for _, lines in outages}) == len({title for title, _ in pointers}) == len(LOCALES)
    assert pointer_notice(replace(DESK, locale="nl"), dict(TITLES)) == (
        "Dit is dezelfde stap als “China verbiedt het”.",
        ("Het vervolg staat in het oudere bericht.",),
    )


@pytest.mark.parametrize("locale", ["en", "nl"])
def test_a_first_message_about_what_left_another_story_opens_with_it(locale: str) -> None:
    left = replace(CHINA_JAPAN, changes=(Change(kind=ChangeKind.LEFT, titles=TITLES),), change="")
    seen = view(left, labels(locale), Room())
    assert dict(TITLES)[locale] in seen.why[0]
    assert seen.why[1:] == view(replace(left, changes=()), labels(locale), Room()).why
    assert seen.change == ""
    assert dict(TITLES)[locale] in str(CHANNEL.render(left, replace(DESK, locale=locale)).payload["blocks"])
