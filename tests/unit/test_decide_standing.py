"""What people muted and asked for joins the routes of the file, and one bad row stops nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.decide.quiet import quiet_until
from bot.decide.route import Subject, destinations, silence_for
from bot.decide.standing import in_force
from bot.deliver.slack import CHANNEL
from bot.types.desk import Member, Mute, Rest
from bot.types.ids import SectorId, StoryId
from bot.types.levels import Band
from tests.fakes.rules import NOON, routing

TODAY = date(2026, 1, 6)
WIND = Member(id="U012AB3CD", sectors=(SectorId("wind"),), locale="nl")
MUTE = Mute(story_id=StoryId("s-1"), until=TODAY, by="Ada", at=NOON)


def about(band: Band = Band.ALERT, sector: str = "wind", story: str = "s-1") -> Subject:
    return Subject(band=band, sectors={SectorId(sector): band}, story=story)


def test_a_mute_is_a_silence_of_its_story_alone_and_holds_on_its_last_day() -> None:
    found = in_force(routing(), [MUTE], (), TODAY)
    silence = silence_for(found, about(), TODAY)
    assert silence is not None
    assert (silence.owner, silence.mute) == ("Ada", True)
    assert silence_for(found, about(story="s-2"), TODAY) is None
    assert in_force(routing(), [MUTE], (), TODAY + timedelta(days=1)).silences == ()


def test_a_member_has_a_channel_for_the_sectors_and_bands_asked_for() -> None:
    found = in_force(routing(), (), [WIND, Member(id="U0NOBODY")], TODAY)
    name = "member:U012AB3CD"
    assert set(found.channels) - set(routing().channels) == {name}
    target = found.channels[name]
    assert (target.kind, target.address, target.locale) == ("slack", "U012AB3CD", "nl")
    CHANNEL.check(target)
    assert name in destinations(found, about())
    assert name not in destinations(found, about(Band.DIGEST))
    assert name not in destinations(found, about(sector="chips"))
    louder = in_force(routing(), (), [replace(WIND, band=Band.URGENT)], TODAY)
    assert name not in destinations(louder, about())
    assert name in destinations(louder, about(Band.URGENT))


def test_a_member_rests_in_a_zone_of_their_own() -> None:
    rest = Rest(start=time(20), end=time(8), zone="Asia/Tokyo")
    found = in_force(routing(), (), [replace(WIND, rest=rest)], TODAY)
    (route,) = [route for route in found.routes if route.send == "member:U012AB3CD"]
    assert route.quiet is not None
    night = datetime(2026, 1, 6, 12, tzinfo=UTC)  # nine in the evening in Tokyo
    assert quiet_until(found.quiet[route.quiet], night) == datetime(2026, 1, 6, 23, tzinfo=UTC)
    assert found.channels[route.send].options == {"zone": "Asia/Tokyo"}


@pytest.mark.parametrize(
    "rest", [Rest(start=time(8), end=time(8), zone="UTC"), Rest(start=time(22), end=time(7), zone="Mars/Base")]
)
def test_hours_that_cannot_be_kept_are_left_out_and_the_member_still_hears(rest: Rest) -> None:
    found = in_force(routing(), (), [replace(WIND, rest=rest)], TODAY)
    assert set(found.quiet) == {"nights"}
    assert "member:U012AB3CD" in destinations(found, about())


def test_the_file_itself_is_left_as_it_is() -> None:
    before = routing()
    found = in_force(before, [MUTE], [WIND], TODAY)
    assert found.digests == before.digests
    assert found.routes[: len(before.routes)] == before.routes
    assert in_force(before, (), (), TODAY) == before
