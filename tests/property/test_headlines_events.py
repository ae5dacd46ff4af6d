"""Every event renders in every locale: one clean line, never empty, without a trace of the template."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage, Zone
from bot.types.reading import Event
from bot.understand.headlines import headline, locales
from bot.understand.headlines._render import _KINDS

_CODES = st.sampled_from(["CN", "JP", "US", "EU", "GB", "NL", "IR", "TW", "CD", "WTO", "XK", "??"])
_GOODS = st.sampled_from(["gallium", "rare-earths", "other", "nowhere-named"]).map(ConceptId)
_DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
_NAMES = {ConceptId("gallium"): {"en": "gallium", "fr": "gallium"}, ConceptId("cn-mofcom"): {"en": "MOFCOM"}}

_EVENTS = st.builds(
    Event,
    measure=st.sampled_from([*_KINDS, "new-measure"]).map(ConceptId),
    direction=st.sampled_from(Direction),
    stage=st.sampled_from(Stage),
    imposer=st.none() | _CODES,
    targets=st.lists(_CODES, max_size=7, unique=True).map(tuple),
    goods=st.lists(_GOODS, max_size=6, unique=True).map(tuple),
    start=st.just(0),
    end=st.just(1),
    confidence=st.just(0.5),
    zone=st.just(Zone.TITLE),
    evidence=st.just(()),
    agency=st.none() | st.sampled_from(["cn-mofcom", "unnamed-agency"]).map(ConceptId),
    goods_surface=st.lists(st.text(max_size=90), max_size=2).map(tuple),
    end_use=st.sampled_from([None, "military", "civil-excepted", "unheard-of"]),
    effective=_DAYS,
    until=_DAYS,
    reported=st.booleans(),
)


@given(event=_EVENTS, locale=st.sampled_from(sorted(locales())))
def test_headlines_every_event_is_one_clean_line(event: Event, locale: str) -> None:
    line = headline(event, locale, _NAMES)
    assert line.strip() == line
    assert line
    assert line.isprintable()
    assert not set("{}[]<>|") & set(line)
    assert "  " not in line
    assert headline(event, locale, _NAMES) == line
