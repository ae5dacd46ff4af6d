"""One real-world step is one story, across languages; different steps stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cluster import Placement, blocking_keys, candidates, place, story_keys
from bot.types.document import Document
from bot.types.ids import ConceptId, StoryId
from bot.types.levels import Authority, Direction, Stage
from bot.types.reading import Event, Reading
from bot.types.story import Story
from tests.fakes.rules import NOON, document, event, lexicon, reading

LEXICON = lexicon()
Told = tuple[Document, Reading]


def told(name: str, *events: Event, days: float = 0, lang: str = "en", **changes: Any) -> Told:
    when = NOON + timedelta(days=days)
    doc = document(name, first_seen=when, published_at=when, **changes)
    return doc, reading(doc, events, lang=lang)


def arrive(docs: Sequence[Told]) -> tuple[dict[StoryId, Story], list[Placement]]:
    stories: dict[StoryId, Story] = {}
    placements = []
    for doc, read in docs:
        placed = place(doc, read, tuple(stories.values()), lexicon=LEXICON)
        for gone in placed.merged:
            del stories[gone]
        for story in (placed.story, *placed.changed):
            stories[story.id] = story
        placements.append(placed)
    return stories, placements


def groups(docs: Sequence[Told]) -> set[frozenset[str]]:
    stories, _ = arrive(docs)
    return {frozenset(story.document_ids) for story in stories.values()}


def goods(*names: str) -> tuple[ConceptId, ...]:
    return tuple(ConceptId(name) for name in names)


CITED: dict[str, Any] = {"citation": "cn-mofcom:2026:1", "effective": date(2026, 1, 6)}
OFFICIAL: dict[str, Any] = {"authority": Authority.OFFICIAL, "jurisdiction": "CN"}


def test_the_first_text_opens_a_story_named_after_it() -> None:
    _, (placed,) = arrive([told("a", event())])
    assert placed.story.id == "s-a"
    assert placed.is_new
    assert placed.story.stage is Stage.ANNOUNCED
    assert placed.story.revision == 1


def test_press_in_five_languages_and_the_ministry_make_one_story() -> None:
    docs = [
        told("en", event(targets=("JP",), reported=True), lang="en"),
        told("nl", event(stage=Stage.IN_FORCE), days=0.1, lang="nl"),
        told("de", event(goods=goods("dual-use", "rare-earths")), days=0.3, lang="de"),
        told("ja", event(measure=ConceptId("export-licence")), days=0.4, lang="ja"),
        told("zh", event(agency=ConceptId("cn-mofcom"), **CITED), days=0.5, lang="zh-Hans", **OFFICIAL),
    ]
    stories, placements = arrive(docs)
    (story,) = stories.values()
    assert story.languages == ("en", "nl", "de", "ja", "zh-Hans")
    assert story.lead_id == "zh"
    assert story.confirmed_by is not None
    assert story.event is not None
    assert (story.event.citation, story.event.effective) == ("cn-mofcom:2026:1", date(2026, 1, 6))
    assert story.stage is Stage.IN_FORCE
    assert [p.is_new for p in placements] == [True, False, False, False, False]
    assert story.revision == 5


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (event(**CITED), event(**CITED, goods=(), targets=()), True),
        (event(citation="cn-mofcom:2025:55"), event(citation="cn-mofcom:2025:56"), False),
        (event(citation="cn-mofcom:2025:55"), event(citation="cn-gacc:2025:56"), True),
        (event(imposer="CN"), event(imposer="US"), False),
        (event(imposer="CN"), event(imposer=None), True),
        (event(imposer=None, targets=(), goods=goods("gallium")), event(targets=(), goods=goods("graphite")), False),
        (event(goods=goods("rare-earths")), event(goods=goods("dysprosium")), True),
        (event(goods=goods("dysprosium")), event(goods=goods("magnets")), False),
        (event(targets=("JP",)), event(targets=("US",)), False),
        (event(targets=("JP",)), event(targets=()), True),
        (event(direction=Direction.TIGHTEN), event(direction=Direction.EASE), False),
        (event(direction=Direction.TIGHTEN), event(direction=Direction.EASE, learned=("direction",)), True),
        (event(), event(stage=Stage.SUSPENDED, direction=Direction.EASE, learned=("direction",)), False),
        (event(stage=Stage.CONSIDERED), event(stage=Stage.IN_FORCE), True),
        (event(stage=Stage.CONSIDERED), event(stage=Stage.DENIED, direction=Direction.NONE), True),
        (event(), event(measure=ConceptId("entity-list")), True),
        (event(), event(measure=ConceptId("export-quota"), stage=Stage.CONSIDERED), True),
        (event(), event(stage=Stage.CONSIDERED), True),
        (event(), event(measure=ConceptId("export-quota"), stage=Stage.DENIED), False),
        (event(stage=Stage.CONSIDERED), event(measure=ConceptId("export-quota")), True),
        (event(), event(measure=ConceptId("import-tariff")), False),
        (
            event(goods=goods("other"), goods_surface=("Helium",)),
            event(goods=goods("other"), goods_surface=("helium",)),
            True,
        ),
        (
            event(goods=goods("other"), goods_surface=("helium",)),
            event(goods=goods("other"), goods_surface=("xenon",), targets=()),
            False,
        ),
        (event(goods=(), targets=("JP",)), event(), True),
        (event(goods=(), targets=()), event(goods=(), targets=()), False),
    ],
)
def test_steps_are_told_apart_by_their_own_fields(first: Event, second: Event, same: bool) -> None:
    assert (len(groups([told("a", first), told("b", second, days=0.5)])) == 1) is same


@pytest.mark.parametrize(
    ("days", "first", "second", "same"),
    [
        (6, {}, {}, True),
        (9, {}, {}, False),
        (2, {}, {"stage": Stage.CONSIDERED}, True),
        (2, {}, {"stage": Stage.CONSIDERED, "measure": ConceptId("export-quota")}, False),
        (20, {"stage": Stage.CONSIDERED}, {"stage": Stage.ANNOUNCED}, True),
        (20, {"stage": Stage.ANNOUNCED}, {"stage": Stage.CONSIDERED}, False),
        (25, {"effective": date(2026, 1, 31)}, {}, True),
        (20, {"effective": date(2026, 3, 1)}, {"effective": date(2026, 3, 1)}, True),
        (20, {"effective": date(2026, 3, 1)}, {}, False),
        (60, {"citation": "cn-mofcom:2026:1"}, {"citation": "cn-mofcom:2026:1"}, False),
    ],
)
def test_a_step_is_news_for_a_week_unless_something_ties_a_later_text_to_it(
    days: float, first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    assert (len(groups([told("a", event(**first)), told("b", event(**second), days=days)])) == 1) is same


def test_notices_of_one_ministry_about_different_goods_are_different_stories_even_when_a_round_up_names_both() -> None:
    docs = [
        told("n1", event(goods=goods("graphite"), targets=()), **OFFICIAL),
        told("round-up", event(goods=goods("graphite", "rare-earths"), targets=()), days=0.1),
        told("n2", event(goods=goods("rare-earths"), targets=()), days=0.2, **OFFICIAL),
    ]
    found = groups(docs)
    assert not any({"n1", "n2"} <= group for group in found)
    assert len(found) == 2


def test_a_press_text_without_number_does_not_tie_two_numbered_notices_together() -> None:
    docs = [
        told("n55", event(citation="cn-mofcom:2025:55", targets=()), **OFFICIAL),
        told("press", event(targets=()), days=0.1),
        told("n56", event(citation="cn-mofcom:2025:56", targets=()), days=0.2, **OFFICIAL),
    ]
    assert groups(docs) == {frozenset({"n55", "press"}), frozenset({"n56"})}


BODY = (
    "The ministry said on Tuesday that exporters must apply for a permit before any shipment leaves the country, and "
    "that applications for military users would be turned down. Traders in three ports told this agency that cargoes "
    "already stood at the quay, and that nobody had been warned. A spokesman declined to say how long checks take."
)


def test_a_wire_copy_is_kept_and_counted_once() -> None:
    wire = told("wire", event(), text=BODY, title="Ministry orders permits for all shipments")
    copy = told("copy", event(), text=BODY.replace("three ports", "two ports"), title="Permits now needed", days=0.1)
    own = told("own", event(), text="Another text about it altogether.", days=0.2)
    (story,) = arrive([wire, copy, own])[0].values()
    assert [t.copy_of for t in story.tellings] == [None, "wire", None]
    assert story.publishers == ("Paper wire", "Paper own")


def test_a_translation_is_counted_once_where_its_author_is_named() -> None:
    docs = [
        told("en", event(), text="PARIS (Meridian) - The ministry said so.", lang="en"),
        told("fr", event(), text="Le ministère l'a dit (Meridian) - mardi.", days=0.1, lang="fr"),
        told("nl", event(), text="(Meridian) - Het ministerie maakte het bekend.", days=0.2, lang="nl"),
        told("de", event(), text="Das Ministerium teilte es mit.", days=0.3, lang="de", publisher="Blatt"),
        told("it", event(), text="Lo ha detto il ministero.", days=0.4, lang="it", publisher="Blatt"),
        told("late", event(), text="(Meridian) - Weeks after.", days=4, lang="es"),
    ]
    (story,) = arrive(docs)[0].values()
    copies = {t.document_id: t.copy_of for t in story.tellings}
    assert copies == {"en": None, "fr": "en", "nl": "en", "de": None, "it": "de", "late": None}


def test_a_text_that_changes_an_act_is_another_step_than_the_act() -> None:
    docs = [
        told("act", event(citation="cn-mofcom:2025:57", goods=goods("rare-earths"), targets=())),
        told("press", event(goods=goods("rare-earths"), targets=()), days=0.1),
        told("clause", event(acts=("cn-mofcom:2025:57#2",), goods=goods("rare-earths"), targets=()), days=0.2),
        told("again", event(acts=("cn-mofcom:2025:57",), goods=goods("rare-earths"), targets=()), days=0.3),
    ]
    found = groups(docs)
    assert not any({"act", "clause"} <= group or {"act", "again"} <= group for group in found)
    assert frozenset({"clause", "again"}) in found


def test_a_second_notice_of_one_side_is_another_step_unless_both_agree_in_measure_and_goods() -> None:
    listed, licensed = event(measure=ConceptId("entity-list"), targets=()), event(targets=())
    assert len(groups([told("a", listed, **OFFICIAL), told("b", licensed, days=0.1, **OFFICIAL)])) == 2
    assert len(groups([told("a", licensed, **OFFICIAL), told("b", licensed, days=0.1, **OFFICIAL)])) == 1


def test_figures_tie_what_names_no_goods_and_part_lists_of_consecutive_weeks() -> None:
    bare = event(goods=goods("other"), targets=(), measure=ConceptId("import-tariff"))
    docs = [
        told("en", bare, text="A duty of 50% beyond 18.3 million tonnes."),
        told("ko", bare, text="쿼터 1830만 톤 초과 물량 관세 50%.", days=0.2, lang="ko"),
        told("other", bare, text="A duty of 12.5% on bicycles.", days=0.3),
    ]
    assert groups(docs) == {frozenset({"en", "ko"}), frozenset({"other"})}


def test_other_figures_part_tariffs_of_one_day_where_only_one_names_goods_that_we_know() -> None:
    tariff: dict[str, Any] = {"imposer": "US", "measure": ConceptId("import-tariff"), "targets": ()}
    due = date(2026, 2, 1)
    steel = event(goods=goods("other"), effective=due, **tariff)
    chips = event(goods=goods("rare-earths"), effective=due, **tariff)
    guess = event(goods=goods("rare-earths"), learned=("goods", "unnamed-goods"), **tariff)
    docs = [
        told("chips", chips, text="A tariff of 25% under Section 232."),
        told("steel", steel, text="A tariff of 60%, up from 50%, under Section 232.", days=0.1),
        told("guess", guess, text="It goes up to 60%.", days=0.2),
    ]
    assert not any("chips" in group and len(group) > 1 for group in groups(docs))


def test_a_measure_that_no_word_names_parts_nobody() -> None:
    said = event(measure=ConceptId("export-licence"), targets=())
    seems = event(measure=ConceptId("entity-list"), targets=(), learned=("measure",))
    meant = replace(seems, learned=())
    assert len(groups([told("a", said), told("b", seems, days=0.1)])) == 1
    assert len(groups([told("a", said), told("b", replace(meant, measure=ConceptId("import-tariff")))])) == 2


def test_texts_without_a_step_form_stories_by_their_words_only() -> None:
    docs = [
        told("a", text=BODY, title="Ports wait"),
        told("b", text=BODY + " More follows.", title="Ports are waiting", days=1),
        told("c", text="Nothing to do with it, but also from a port.", title="Harbour fair opens", days=1),
    ]
    assert groups(docs) == {frozenset({"a", "b"}), frozenset({"c"})}


def test_titles_that_differ_in_a_number_are_no_copies() -> None:
    title = "Notice of the ministry on the control of certain items, number {}"
    docs = [told("a", title=title.format(55)), told("b", title=title.format(56)), told("c", title=title.format(56))]
    assert groups(docs) == {frozenset({"a"}), frozenset({"b", "c"})}


def test_the_same_short_title_a_week_later_is_another_text() -> None:
    docs = [
        told("a", title="Weekly metals review", content_hash="1:x"),
        told("b", title="Weekly metals review", content_hash="1:x", days=7),
    ]
    assert len(groups(docs)) == 2


def test_a_late_text_that_ties_two_stories_firmly_merges_them_under_the_older_name() -> None:
    docs = [
        told("a", event(targets=("JP",), goods=goods("gallium"), agency=ConceptId("cn-mofcom"))),
        told("b", event(targets=("KR",), goods=goods("gallium")), days=0.2),
        told("c", event(targets=("JP", "KR"), goods=goods("gallium"), agency=ConceptId("cn-mofcom")), days=0.3),
    ]
    stories, placements = arrive(docs)
    (story,) = stories.values()
    assert story.id == "s-a"
    assert placements[2].merged == ("s-b",)
    assert not placements[2].is_new


def test_a_text_that_arrives_late_moves_its_neighbours_to_where_they_would_have_been() -> None:
    early = told("n55", event(citation="cn-mofcom:2025:55", targets=()), **OFFICIAL)
    press = told("press", event(targets=()), days=0.1)
    late = told("n56", event(citation="cn-mofcom:2025:56", targets=()), days=0.2, **OFFICIAL)
    stories, placements = arrive([press, late, early])
    assert {frozenset(s.document_ids) for s in stories.values()} == {frozenset({"n55", "press"}), frozenset({"n56"})}
    last = placements[-1]
    moved = {story.id: story.document_ids for story in (last.story, *last.changed)}
    assert sorted(sum(moved.values(), ())) == ["n55", "n56", "press"]


def test_an_edited_text_stays_one_telling() -> None:
    doc, read = told("a", event(stage=Stage.CONSIDERED))
    edited = replace(doc, title="New title", content_hash="1:other")
    stories, placements = arrive([(doc, read), (edited, reading(edited, [event()]))])
    (story,) = stories.values()
    assert len(story.tellings) == 1
    assert story.stage is Stage.ANNOUNCED
    assert not placements[1].is_new


@pytest.mark.parametrize(
    ("tellings", "stage"),
    [
        ([("a", Stage.CONSIDERED, Authority.PRESS), ("b", Stage.DENIED, Authority.PRESS)], Stage.DENIED),
        ([("a", Stage.ANNOUNCED, Authority.PRESS), ("b", Stage.DENIED, Authority.OFFICIAL)], Stage.DENIED),
        ([("a", Stage.ANNOUNCED, Authority.PRESS), ("b", Stage.DENIED, Authority.PRESS)], Stage.DENIED),
        ([("a", Stage.DENIED, Authority.PRESS), ("b", Stage.ANNOUNCED, Authority.PRESS)], Stage.ANNOUNCED),
        ([("a", Stage.DENIED, Authority.PRESS), ("b", Stage.IN_FORCE, Authority.OFFICIAL)], Stage.IN_FORCE),
        ([("a", Stage.CONSIDERED, Authority.OFFICIAL), ("b", Stage.ANNOUNCED, Authority.BLOG)], Stage.ANNOUNCED),
    ],
)
def test_the_stage_grows_and_a_denial_wins_over_rumours(
    tellings: list[tuple[str, Stage, Authority]], stage: Stage
) -> None:
    docs = [
        told(name, event(stage=told_stage), days=n / 10, authority=authority, jurisdiction="CN")
        for n, (name, told_stage, authority) in enumerate(tellings)
    ]
    (story,) = arrive(docs)[0].values()
    assert story.stage is stage


def test_historic_events_are_no_step() -> None:
    (story,) = arrive([told("a", event(stage=Stage.HISTORIC))])[0].values()
    assert story.event is None
    assert story.tellings[0].events == ()


def test_an_official_text_leads_and_says_what_the_step_is() -> None:
    docs = [
        told("press", event(confidence=0.99, goods=goods("rare-earths", "dual-use"))),
        told("ministry", event(confidence=0.5, goods=goods("dual-use")), days=0.1, **OFFICIAL),
    ]
    (story,) = arrive(docs)[0].values()
    assert story.lead_id == "ministry"
    assert story.event is not None
    assert story.event.goods == ("dual-use",)


def test_whatever_joins_two_texts_also_lets_storage_find_the_one_from_the_other() -> None:
    pairs = [
        (told("a", event(goods=goods("rare-earths"))), told("b", event(goods=goods("dysprosium")), days=0.5)),
        (told("a", event(goods=(), **CITED)), told("b", event(goods=(), **CITED), days=0.5)),
        (told("a", event(goods=())), told("b", event(), days=0.5)),
        (told("a", text=BODY, title="One"), told("b", text=BODY, title="Two", days=0.5)),
    ]
    for first, second in pairs:
        story = place(*first, (), lexicon=LEXICON).story
        filed = {key: [story] for key in story_keys(story, lexicon=LEXICON)}
        found = candidates(blocking_keys(*second, lexicon=LEXICON), filed, now=NOON)
        assert found == (story,)
        assert not place(*second, found, lexicon=LEXICON).is_new


def test_stories_without_news_for_thirty_days_are_closed() -> None:
    story = place(*told("a", event()), (), lexicon=LEXICON).story
    filed = {"k": [story]}
    assert candidates(["k"], filed, now=NOON + timedelta(days=30)) == (story,)
    assert candidates(["k"], filed, now=NOON + timedelta(days=31)) == ()
