"""The ledger, its bounds and its near misses, on small stories made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.cluster import place
from bot.errors import PluginError
from bot.score import assess, probability
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Band, Cue, Level, Slot, Stage, Status, Zone
from bot.types.place import Place
from bot.types.reading import Event, Mention, Reading
from bot.types.rules import Bonus, ConditionUse, ExceptionRow, Rulebook, When
from bot.types.story import Assessment, LedgerLine, Story
from tests.fakes.rules import by_id, document, event, lexicon, mention, reading, rule, rulebook, scoring, sector, uses

BAN = mention("export-ban", Slot.MEASURE, 5)
DUAL = mention("dual-use", Slot.GOODS, 20)
RARE = mention("rare-earths", Slot.GOODS, 35)


def story_of(*docs: tuple[Document, Reading]) -> Story:
    story = None
    for doc, read in docs:
        story = place(doc, read, (story,) if story else (), lexicon=lexicon()).story
    assert story is not None
    return story


def assessed(
    events: Sequence[Event] = (), mentions: Sequence[Mention] = (), *, rules: Rulebook | None = None, **doc: Any
) -> Assessment:
    text = document("a", **doc)
    read = reading(text, events, mentions)
    return assess(story_of((text, read)), by_id(read), rules or rulebook())


def points(assessment: Assessment, slot: str) -> list[float]:
    return [line.points for line in assessment.ledger if line.slot == slot]


def line(assessment: Assessment, slot: str) -> LedgerLine:
    (found,) = [line for line in assessment.ledger if line.slot == slot]
    return found


def test_the_ledger_of_a_plain_step() -> None:
    result = assessed([event()], [BAN, DUAL])
    assert [(e.slot, e.points) for e in result.ledger] == [
        ("measure", 20),
        ("goods", 14),
        ("together", 8),
        ("actor", 5),
        ("target", 5),
        ("stage", 4),
        ("source", 3),
        ("alert", 6),
        ("exposure", 8),  # chips: dual-use from anyone, medium
        ("country", 3.5),  # JP, high: a quarter
    ]
    assert result.score == 76.5
    assert result.band is Band.ALERT
    assert result.rules == ("cn-limits",)
    assert [(s.sector, s.score, s.band) for s in result.sectors] == [
        ("chips", 76.5, Band.ALERT),
        ("wind", 73, Band.ALERT),  # dual-use from CN: low; CN critical: a quarter
    ]


def test_lines_say_why_where_and_with_which_words() -> None:
    result = assessed([event()], [BAN, replace(BAN, start=40, surface="verbod"), DUAL])
    measure = line(result, "measure")
    assert measure.why == "export ban"
    assert measure.words == ("export-ban", "verbod")
    assert measure.rule == "concepts/export-ban.yml:7"
    assert line(result, "stage").rule == "scoring.yml:9"
    assert line(result, "source").rule == "scoring.yml:1"


def test_findings_of_a_slot_count_whole_half_and_a_quarter() -> None:
    found = [mention(name, Slot.GOODS, 60) for name in ("dual-use", "rare-earths", "gallium", "lithium")]
    assert points(assessed([], found), "goods") == [14, 7, 3.5]


def test_a_child_and_its_parent_are_one_finding() -> None:
    found = [mention(name, Slot.GOODS, 60) for name in ("rare-earths", "dysprosium", "dual-use")]
    assert points(assessed([], found), "goods") == [14, 7]
    siblings = [mention(name, Slot.GOODS, 60) for name in ("magnets", "dysprosium")]
    assert points(assessed([], siblings), "goods") == [20, 4]


def test_negated_and_past_mentions_are_no_findings() -> None:
    found = [replace(BAN, cue=Cue.NEGATED), replace(RARE, cue=Cue.PAST)]
    assert points(assessed([], found), "measure") == []
    assert points(assessed([], found), "goods") == []


def test_goods_that_no_file_knows_weigh_little_and_are_named() -> None:
    unknown = event(goods=(ConceptId("other"),), goods_surface=("helium",))
    assert line(assessed([unknown]), "goods").points == 3
    assert "helium" in line(assessed([unknown]), "goods").why


def test_without_a_rule_points_alone_do_not_alert() -> None:
    strong = [event(imposer="US", goods=(ConceptId("dual-use"), ConceptId("rare-earths")))]
    result = assessed(strong, [BAN, DUAL, RARE], authority=Authority.OFFICIAL)
    assert result.rules == ()
    assert result.band is Band.DIGEST
    assert result.score == 59.75
    assert line(result, "ceiling").why == "no alert rule holds on one event, so points alone do not alert"
    assert sum(entry.points for entry in result.ledger) == result.score


def test_a_rule_must_hold_on_one_event_not_on_the_sum_of_two() -> None:
    two = [event(imposer="CN", goods=(ConceptId("lithium"),)), event(imposer="US", start=70, end=120)]
    assert assessed(two, [BAN, mention("dual-use", Slot.GOODS, 900)]).rules == ()


def test_floor_and_ceiling_are_lines_of_the_ledger() -> None:
    quiet = rulebook(alerts=(rule(at_least=Band.ALERT, add=()),), sectors=())
    weak = assessed([event(stage=Stage.CONSIDERED, targets=())], rules=quiet)
    assert (weak.score, weak.band, line(weak, "floor").points > 0) == (60, Band.ALERT, True)
    capped = assessed([event()], [BAN, DUAL, RARE], rules=rulebook(alerts=(rule(at_most=Band.ALERT),)))
    assert (capped.score, capped.band, line(capped, "ceiling").points < 0) == (79.75, Band.ALERT, True)
    assert line(capped, "ceiling").why == "cn-limits reaches alert at most"


def test_the_loudest_ceiling_of_the_rules_that_hold_counts() -> None:
    both = rulebook(alerts=(rule("a", at_most=Band.ALERT), rule("b", at_most=Band.URGENT, add=())))
    assert assessed([event()], [BAN, DUAL, RARE], rules=both).band is Band.URGENT


def test_historic_events_never_alert_whatever_the_rule_says() -> None:
    eager = rule(when=When(all=uses(family="restrict"), within="document"), at_least=Band.ALERT)
    result = assessed([event(stage=Stage.HISTORIC)] * 3, [BAN, DUAL, RARE], rules=rulebook(alerts=(eager,)))
    assert result.rules == ()
    assert result.band.rank < Band.ALERT.rank
    assert line(result, "stage").points == -10
    assert result.near_misses == ("cn-limits: stage is historic, and old news is no news",)


def test_extra_points_of_a_second_rule_count_half_and_what_lowers_counts_in_full() -> None:
    place = Place(path="x.yml", line=1)
    small = (Bonus(points=4, if_=(), why="also", place=place), Bonus(points=-3, if_=(), why="but", place=place))
    both = rulebook(alerts=(rule("a", add=small), rule("b"), rule("c", add=small[:1]), rule("d", add=small[:1])))
    result = assessed([event()], rules=both)
    assert [(entry.why.partition(":")[0], entry.points) for entry in result.ledger if entry.slot == "alert"] == [
        ("b", 6),
        ("a", 2),
        ("a", -3),
        ("c", 1),
    ]


def test_a_near_miss_names_the_one_condition_that_failed() -> None:
    assert assessed([event(stage=Stage.LIFTED)]).near_misses == (
        "cn-limits: stage is lifted, needs proposed, announced, in-force or considered",
    )
    assert assessed([event(imposer="US")]).near_misses == ("cn-limits: imposer is US, needs CN",)
    assert assessed([event(imposer="US", stage=Stage.LIFTED)]).near_misses == ()
    assert assessed([event()]).near_misses == ()


def test_a_rule_that_leaves_something_out_says_so() -> None:
    barred = rule(when=When(all=uses(actor="CN"), none=uses(end_use="civil-excepted")))
    result = assessed([event(end_use="civil-excepted")], rules=rulebook(alerts=(barred,)))
    assert result.near_misses == ("cn-limits: end use is civil-excepted, which the rule leaves out",)


def test_any_needs_one_of_its_conditions() -> None:
    either = rule(when=When(all=uses(actor="CN"), any=(*uses(target="US"), *uses(citation="any"))))
    book = rulebook(alerts=(either,))
    assert assessed([event(citation="cn-mofcom:2026:1")], rules=book).rules == ("cn-limits",)
    assert assessed([event()], rules=book).near_misses == (
        "cn-limits: target is JP, needs US and citation is not said, needs any",
    )


@pytest.mark.parametrize(("until", "holds"), [(date(2026, 1, 6), False), (date(2026, 1, 5), True)])
def test_a_dated_exception_mutes_through_its_last_day(until: date, holds: bool) -> None:
    row = ExceptionRow(
        id="quota-table",
        if_=uses(title_has="quota table"),
        until=until,
        owner="desk",
        why="routine",
        place=Place(path="x", line=1),
    )
    book = rulebook(alerts=(rule(exceptions=(row,)),))
    result = assessed([event()], rules=book, title="Annual QUOTA TABLE published")
    assert bool(result.rules) is holds
    assert ("muted by quota-table" in "".join(result.near_misses)) is not holds


def test_shadow_rules_are_judged_apart_and_lift_nothing() -> None:
    shadow = rulebook(alerts=(rule("probation", status=Status.SHADOW), rule("draft", status=Status.DRAFT)))
    result = assessed([event()], [BAN, DUAL], rules=shadow)
    assert (result.rules, result.shadow_rules) == ((), ("probation",))
    assert result.band is Band.DIGEST
    assert points(result, "alert") == []


@pytest.mark.parametrize(
    ("within", "start", "zone", "holds"),
    [
        ("sentence", 40, Zone.TITLE, True),
        ("sentence", 100, Zone.LEAD, False),
        ("paragraph", 100, Zone.LEAD, True),
        ("paragraph", 3000, Zone.BODY, False),
        ("document", 3000, Zone.BODY, True),
    ],
)
def test_goods_count_as_near_as_the_rule_says(within: str, start: int, zone: Zone, holds: bool) -> None:
    near = rule(when=When(all=uses(actor="CN", goods="rare-earths"), within=within))
    found = mention("rare-earths", Slot.GOODS, start, zone=zone)
    result = assessed([event(goods=())], [found], rules=rulebook(alerts=(near,)))
    assert bool(result.rules) is holds


def test_outlets_add_and_wire_copies_are_counted_once() -> None:
    body = (
        "Exporters must apply for a permit before any shipment leaves, the ministry said on Tuesday in the capital. "
        * 3
    )
    docs = [document(name, text=body, title="Permits for all") for name in ("a", "b", "c")]
    docs += [document("d", text="Told in other words.", authority=Authority.WIRE)]
    told = [(doc, reading(doc, [event()])) for doc in docs]
    story = story_of(*told)
    assert len(story.tellings) == 4
    result = assess(story, by_id(*(read for _, read in told)), rulebook())
    assert points(result, "seen-by") == [3]
    assert points(result, "source") == [4]


@pytest.mark.parametrize(("outlets", "expected"), [(2, 3), (3, 4.75), (4, 6), (8, 9), (20, 9)])
def test_every_doubling_of_outlets_adds_three_up_to_nine(outlets: int, expected: float) -> None:
    told = [(doc, reading(doc, [event()])) for doc in (document(f"p{n}") for n in range(outlets))]
    result = assess(story_of(*told), by_id(*(read for _, read in told)), rulebook())
    assert points(result, "seen-by") == [expected]


def test_an_unknown_source_lowers_and_a_denial_lowers() -> None:
    assert points(assessed([event()], authority=Authority.UNKNOWN), "source") == [-5]
    assert points(assessed([event(stage=Stage.DENIED)]), "stage") == [-12]


def test_noise_counts_when_every_text_sounds_like_it_and_an_aside_in_the_body_does_not() -> None:
    head = mention("sport", Slot.NOISE, 10)
    assert points(assessed([event()], [head]), "noise") == [-25]
    assert points(assessed([event()], [replace(head, start=900, zone=Zone.BODY)]), "noise") == []
    assert points(assessed([], [replace(head, start=900, zone=Zone.BODY)]), "noise") == [-25]
    first, second = document("a"), document("b")
    told = [(first, reading(first, [event()], [head])), (second, reading(second, [event()]))]
    assert points(assess(story_of(*told), by_id(*(r for _, r in told)), rulebook()), "noise") == []


def test_named_measures_without_a_step_are_background() -> None:
    result = assessed([], [BAN, RARE])
    assert points(result, "background") == [-10]
    assert result.near_misses == ("a measure and goods are named, but no step that somebody takes was found",)
    assert result.sectors == ()


def test_exposure_needs_goods_from_the_states_that_a_sector_fears() -> None:
    names = [score.sector for score in assessed([event(imposer="US")]).sectors]
    assert names == ["chips"]
    assert assessed([event(imposer="US", goods=(ConceptId("rare-earths"),))]).sectors == ()
    child = assessed([event(goods=(ConceptId("dysprosium"),))]).sectors
    assert [score.sector for score in child] == ["wind"]


def test_rows_of_one_good_and_of_what_stands_above_it_are_one_finding() -> None:
    rows = [
        ("rare-earths", "*", Level.HIGH),
        ("rare-earths", "CN", Level.CRITICAL),
        ("dysprosium", "*", Level.MEDIUM),
        ("dual-use", "CN", Level.MEDIUM),
    ]
    step = event(goods=(ConceptId("dysprosium"), ConceptId("dual-use")))
    result = assessed([step], rules=rulebook(sectors=(sector("wind", rows),)))
    assert points(result, "exposure") == [20, 4]


def test_a_named_sector_or_company_exposes_too() -> None:
    step = event(imposer="US", goods=(ConceptId("lithium"),))
    sector_word = mention("wind", Slot.SECTOR, 5)
    company = mention("company-turbines-as", Slot.SECTOR, 5)
    assert points(assessed([step], [sector_word]), "sector") == [4]
    assert points(assessed([step], [company]), "company") == [10]
    assert assessed([], [sector_word, company]).sectors == ()


def test_the_score_is_that_of_the_most_exposed_sector() -> None:
    result = assessed([event(goods=(ConceptId("rare-earths"),))])
    assert result.sectors[0].ledger == result.ledger
    assert result.score == max(score.score for score in result.sectors)


def test_draft_sectors_are_not_scored() -> None:
    sleeping = replace(sector("wind", [("dual-use", "*", Level.HIGH)]), status=Status.DRAFT)
    assert assessed([event()], rules=rulebook(sectors=(sleeping,))).sectors == ()


@pytest.mark.parametrize(
    ("score", "expected"), [(50, 0.5), (60, 2 / 3), (40, 1 / 3), (80, 8 / 9), (1e9, 1.0), (-1e9, 0.0)]
)
def test_fifty_points_are_even_odds_and_ten_double_them(score: float, expected: float) -> None:
    assert probability(score, scoring()) == pytest.approx(expected)


def test_a_story_without_readings_is_scored_from_its_events() -> None:
    text = document("a")
    story = story_of((text, reading(text, [event()], [BAN])))
    result = assess(story, {}, rulebook())
    assert result.rules == ("cn-limits",)
    assert points(result, "measure") == [20]


def test_a_rule_with_a_condition_that_no_file_holds_is_refused_with_its_place() -> None:
    broken = rule(when=When(all=(ConditionUse(name="moon", params=(), place=Place(path="alerts/x.yml", line=7)),)))
    with pytest.raises(PluginError, match=r"alerts/x.yml:7: no condition 'moon'"):
        assessed([event()], rules=rulebook(alerts=(broken,)))


def test_slots_goods_and_measures_stand_on_the_assessment_for_routes() -> None:
    result = assessed([event(goods=(ConceptId("dysprosium"),))], [BAN, mention("CN", Slot.ACTOR, 0)])
    assert result.goods == ("dysprosium", "rare-earths")
    assert result.measures == ("export-ban",)
    assert result.slots == (Slot.MEASURE, Slot.GOODS, Slot.ACTOR)


def test_a_denied_story_is_lowered_although_an_older_text_reports_the_step() -> None:
    first, second = document("a"), document("b", first_seen=document("a").first_seen + timedelta(hours=2))
    told = [
        (first, reading(first, [event(stage=Stage.CONSIDERED)])),
        (second, reading(second, [event(stage=Stage.DENIED)])),
    ]
    result = assess(story_of(*told), by_id(*(read for _, read in told)), rulebook())
    assert points(result, "stage") == [-12]
