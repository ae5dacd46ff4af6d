"""The figures of eval, worked out by hand on small sets."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import InputError
from bot.tune.analyze import judged as analysis_of
from bot.tune.bcubed import b_cubed
from bot.tune.evaluate import Judged, by_language, by_trap, figures, gold_of, misses, plain_figures
from bot.types.ids import ConceptId
from bot.types.kinship import kinship
from bot.types.levels import Band, Direction, Slot, Stage
from bot.types.reading import Event
from tests.fakes.rules import document, event, lexicon, mention, reading, rulebook

KIN = kinship(lexicon())
BOOK = rulebook()
STEP = {
    "measures": ["export-ban"],
    "goods": ["dual-use"],
    "imposer": "CN",
    "targets": ["JP"],
    "direction": "tighten",
    "stage": "announced",
}


def text(name: str, label: str, *events: Event, lang: str = "en", story: str | None = None, **gold: Any) -> Judged:
    doc = document(name)
    read = reading(doc, events, lang="en")
    line = {"label": label, "event": STEP if label == "alert" else None, **gold}
    return Judged(gold=gold_of(line), analysis=analysis_of(doc, read, BOOK), lang=lang, story=story or f"s-{name}")


def test_bands_are_counted_against_labels() -> None:
    found = figures(
        "x",
        [
            text("hit", "alert", event()),
            text("missed", "alert"),
            text("loud-context", "context", event()),
            text("quiet-context", "context"),
            text("loud", "irrelevant", event()),
            text("digest", "irrelevant", event(imposer="US")),
            text("quiet", "irrelevant"),
            text("quiet-too", "irrelevant"),
        ],
        KIN,
    )
    assert (found.alert_recall.hits, found.alert_recall.of) == (1, 2)
    assert (found.alert_precision.hits, found.alert_precision.of) == (1, 3)
    assert found.context_alerted.value == 0.5
    assert found.irrelevant_alerted.value == 0.25
    assert found.irrelevant_above_archive.value == 0.5
    assert found.documents == 8


@pytest.mark.parametrize(
    ("step", "right"),
    [
        (event(), {"measure_family", "imposer", "direction", "targets", "stage"}),
        (event(measure=ConceptId("export-quota")), {"measure_family", "imposer", "direction", "targets", "stage"}),
        (event(measure=ConceptId("entity-list")), {"imposer", "direction", "targets", "stage"}),
        (event(imposer="US"), {"measure_family", "direction", "targets", "stage"}),
        (event(direction=Direction.EASE), {"measure_family", "imposer", "targets", "stage"}),
        (event(targets=("JP", "US")), {"measure_family", "imposer", "direction", "stage"}),
        (event(stage=Stage.IN_FORCE), {"measure_family", "imposer", "direction", "targets"}),
    ],
)
def test_each_slot_of_the_first_event_is_held_against_its_label(step: Event, right: set[str]) -> None:
    found = plain_figures(figures("x", [text("a", "alert", step)], KIN))
    slots = ("measure_family", "imposer", "direction", "targets", "stage")
    assert {slot for slot in slots if found[slot] == 1} == right


def test_a_text_without_event_is_wrong_in_every_slot_and_historic_ones_come_last() -> None:
    found = figures("x", [text("a", "alert"), text("b", "alert", event(stage=Stage.HISTORIC), event())], KIN)
    assert (found.stage.hits, found.stage.of) == (1, 2)
    assert found.goods_recall.value == 0.5


@pytest.mark.parametrize(
    ("found", "meant", "precision", "recall"),
    [
        (["dysprosium"], ["rare-earths"], 1, 1),
        (["rare-earths"], ["dysprosium"], 1, 1),
        (["gallium", "lithium"], ["critical-minerals"], 0.5, 1),
        (["gallium"], ["gallium", "graphite"], 1, 0.5),
        (["other"], ["quantum-or-other"], 1, 1),
        (["other"], ["gallium"], 0, 0),
    ],
)
def test_goods_count_for_their_family(found: list[str], meant: list[str], precision: float, recall: float) -> None:
    judged = text("a", "alert", event(goods=tuple(ConceptId(g) for g in found)), event={**STEP, "goods": meant})
    result = figures("x", [judged], KIN)
    assert (result.goods_precision.value, result.goods_recall.value) == (precision, recall)
    expected = 2 * precision * recall / (precision + recall) if precision + recall else 0
    assert result.goods_f1 == pytest.approx(expected)


def test_nothing_to_count_is_no_figure() -> None:
    found = plain_figures(figures("x", [], KIN))
    assert found["alert_recall"] is None
    assert found["goods_f1"] is None
    assert found["b_cubed"] is None


def test_languages_are_told_apart_and_summed() -> None:
    judged = [text("a", "alert", event(), lang="nl"), text("b", "alert", lang="de"), text("c", "context", lang="nl")]
    rows = by_language(judged, KIN)
    assert [(row.name, row.documents) for row in rows] == [("de", 1), ("nl", 2), ("all", 3)]
    assert [row.alert_recall.value for row in rows] == [0, 1, 0.5]
    assert rows[-1].language.value == 0


def test_traps_are_listed_with_the_most_frequent_first() -> None:
    judged = [
        text("a", "alert", event(), traps=["short", "oblique"]),
        text("b", "alert", trap="short"),
        text("c", "alert", event()),
    ]
    rows = by_trap(judged, KIN)
    assert [(row.name, row.alert_recall.value) for row in rows] == [("short", 0.5), ("(none)", 1), ("oblique", 1)]


def test_b_cubed_of_a_small_set() -> None:
    # Found {a b c} {d}; meant {a b} {c d}.
    found = b_cubed({"a": 1, "b": 1, "c": 1, "d": 2}, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert found is not None
    assert found.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.recall == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert found.f1 == pytest.approx(2 * found.precision * found.recall / (found.precision + found.recall))
    assert b_cubed({"a": 1}, {}) is None
    assert b_cubed({"a": 1}, {"b": 1}) is None


def test_stories_are_measured_over_texts_that_name_one() -> None:
    def named(name: str, found: str, meant: str | None) -> Judged:
        judged = text(name, "alert", event(), story=found)
        gold = gold_of({"label": "alert", "event": STEP, "story": meant})
        return Judged(gold=gold, analysis=judged.analysis, lang="en", story=found)

    result = figures("x", [named("a", "s-1", "x"), named("b", "s-1", "x"), named("c", "s-1", None)], KIN)
    assert result.stories is not None
    assert (result.stories.items, result.stories.f1) == (2, 1)


def test_every_miss_comes_with_its_reason() -> None:
    judged = [
        text("near", "alert", event(stage=Stage.LIFTED)),
        text("blind", "alert"),
        text("false", "irrelevant", event()),
        text("digest", "irrelevant", event(imposer="US")),
        text("fine", "alert", event()),
        text("context-digest", "context", event(imposer="US")),
    ]
    found = {miss.id: miss for miss in misses(judged)}
    assert set(found) == {"near", "blind", "false", "digest"}
    assert "stage is lifted, needs" in found["near"].why
    assert found["blind"].why == "no step was found; named: nothing"
    assert found["false"].kind == "false alert"
    assert "cn-limits holds" in found["false"].why
    assert "CN announced tighten export-ban dual-use -> JP" in found["false"].why
    assert (found["digest"].kind, found["digest"].band) == ("above archive", Band.DIGEST)


def test_a_text_read_in_part_says_so() -> None:
    doc = document("a")
    read = reading(doc, [], [mention("export-ban", Slot.MEASURE)], degraded=("language-not-read",))
    judged = Judged(gold=gold_of({"label": "alert"}), analysis=analysis_of(doc, read, BOOK), lang="en", story="s")
    assert misses([judged])[0].why == "read only in part: language-not-read"


@pytest.mark.parametrize("label", [None, "", "alarm", 3])
def test_an_unknown_label_is_refused_with_those_that_are_known(label: object) -> None:
    with pytest.raises(InputError, match="alert, context, irrelevant"):
        gold_of({"label": label})


def test_both_spellings_of_labels_are_read() -> None:
    gold = gold_of({"label": "alert", "event": {"measure": "export-ban", "goods": "gallium"}, "trap": "short"})
    assert (gold.measures, gold.goods, gold.traps) == (("export-ban",), ("gallium",), ("short",))
