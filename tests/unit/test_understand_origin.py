"""Whose a source is: its own jurisdiction, the state in its publisher's name, the home of its language."""

from __future__ import annotations

import pytest

from bot.types.levels import Authority, Slot
from bot.understand._origin import Origin, origin_of
from tests.fakes.lexicon import concept, document, lexicon

STATES = lexicon(
    concept("gov-om", {"en": ["oman"]}, slot=Slot.ACTOR, jurisdiction="OM", role="state"),
    concept("gov-in", {"en": ["india", "=Delhi"]}, slot=Slot.ACTOR, jurisdiction="IN", role="state"),
    concept("gov-cn", {"zh-Hans": ["中国"]}, slot=Slot.ACTOR, jurisdiction="CN", role="state"),
).by_id()


@pytest.mark.parametrize(
    ("publisher", "place"),
    [
        ("Delhi Morning Standard", "IN"),
        ("Domani", ""),
        ("The Roman Post", ""),
        ("Oman Daily", "OM"),
        ("新中国报", "CN"),
    ],
)
def test_a_publisher_is_known_by_a_whole_name(publisher: str, place: str) -> None:
    assert origin_of(document("x", publisher=publisher), "IT", STATES) == Origin(place=place, language="IT")


def test_the_jurisdiction_of_a_source_goes_before_its_name_and_an_official_one_speaks_for_it() -> None:
    text = document("x", publisher="Oman Daily", jurisdiction="NL", authority=Authority.OFFICIAL)
    assert origin_of(text, "", STATES) == Origin(speaker="NL", place="NL")


def test_a_blog_is_nobodys() -> None:
    text = document("x", publisher="Oman Daily", authority=Authority.BLOG)
    assert origin_of(text, "IT", STATES) == Origin()
