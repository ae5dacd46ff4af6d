"""A replay walks the way of the pipeline with the clock at each text's time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.tune.replay import decision_rows, replay, story_rows, summary
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Stage
from bot.types.reading import Event, Reading
from tests.fakes.rules import NOON, document, event, reading, routing, rulebook

BOOK = rulebook()
GOODS = (ConceptId("rare-earths"),)


def told(name: str, *events: Event, hours: float = 0, **changes: Any) -> tuple[Document, Reading]:
    when = NOON + timedelta(hours=hours)
    doc = document(name, first_seen=when, published_at=when, **changes)
    return doc, reading(doc, events)


def actions(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["action"], row["reason"]) for row in rows]


def test_one_step_told_by_press_and_ministry_is_one_alert_that_grows() -> None:
    desk = replay(
        [
            told(
                "ministry", event(citation="cn-mofcom:2026:1"), hours=2, authority=Authority.OFFICIAL, jurisdiction="CN"
            ),
            told("press", event(), hours=0),
            told("other", event(), hours=1),
        ],
        BOOK,
    )
    rows = decision_rows(desk)
    assert actions(rows) == [
        ("hold", "gathering"),
        ("send", "new-story"),
        ("update", "more-sources"),
        ("send", "new-story"),  # urgent by now: the channel for what is urgent had not heard of it
        ("thread", "official-confirmation"),
    ]
    assert [made.decision.channels for made in desk.made][1:] == [
        ("desk", "wind"),
        ("desk", "wind"),
        ("now",),
        ("desk", "wind"),
    ]
    assert [row["at"] for row in rows[:2]] == ["2026-01-06T12:00:00+00:00", "2026-01-06T12:03:00+00:00"]
    assert rows[-1]["ids"] == ["press", "other", "ministry"]
    assert {row["story"] for row in rows} == {"s-press"}
    assert story_rows(desk) == [{"id": name, "story": "s-press"} for name in ("press", "other", "ministry")]


def test_a_night_message_waits_for_the_morning_and_takes_in_what_came_since() -> None:
    first = told("a", event(), hours=11)  # midnight in Amsterdam
    second = told("b", event(stage=Stage.IN_FORCE), hours=13)
    desk = replay([first, second], BOOK)
    rows = decision_rows(desk)
    sent = [row for row in rows if row["action"] == "send"]
    assert [row["at"] for row in sent] == ["2026-01-07T06:00:00+00:00"]
    assert sent[0]["ids"] == ["a", "b"]


def test_quiet_texts_go_to_the_digest_or_the_archive() -> None:
    desk = replay([told("far", event(imposer="US")), told("nothing")], BOOK)
    assert sorted(actions(decision_rows(desk))) == [("digest", "no-rule"), ("drop", "below-digest")]


def test_more_stories_than_a_channel_takes_in_an_hour_wait_and_none_is_lost() -> None:
    tight = rulebook(routing=routing(at_most_per_hour=1, hold=timedelta(0)))
    names = [("a", "rare-earths"), ("b", "gallium"), ("c", "graphite")]
    texts = [
        told(name, event(goods=(ConceptId(good),), targets=()), hours=n / 10) for n, (name, good) in enumerate(names)
    ]
    sent = [row for row in decision_rows(replay(texts, tight)) if row["action"] == "send"]
    assert {row["story"] for row in sent} == {"s-a", "s-b", "s-c"}
    assert [row["at"] for row in sent] == ["2026-01-06T12:00:00+00:00", *["2026-01-06T13:00:00+00:00"] * 2]
    assert [row["reason"] for row in sent] == ["new-story", "rate-limited", "rate-limited"]


def test_a_window_that_never_opens_does_not_stop_the_run() -> None:
    night = routing().quiet["nights"]
    closed = type(night)(days=tuple(range(7)), start=night.end, end=night.end, zone="UTC", place=night.place)
    book = rulebook(routing=routing(quiet={"nights": closed}))
    rows = decision_rows(replay([told("a", event())], book))
    assert {row["action"] for row in rows} == {"hold"}


def test_stories_that_merge_go_by_the_name_that_remains() -> None:
    agency = ConceptId("cn-mofcom")
    gallium = (ConceptId("gallium"),)
    desk = replay(
        [
            told("a", event(targets=("JP",), goods=gallium, agency=agency)),
            told("b", event(targets=("KR",), goods=gallium), hours=4),
            told("c", event(targets=("JP", "KR"), goods=gallium, agency=agency), hours=6),
        ],
        BOOK,
    )
    assert {row["story"] for row in decision_rows(desk)} == {"s-a"}
    assert len(desk.stories) == 1
    sends = [made.decision for made in desk.made if made.decision.action == "send"]
    assert len({(d.channels, d.dedupe_key) for d in sends}) == len(sends)


def test_a_closed_story_takes_up_no_more() -> None:
    cited = event(citation="cn-mofcom:2026:1")
    desk = replay([told("a", cited), told("b", cited, hours=24 * 31)], BOOK)
    assert len(desk.stories) == 2


def test_the_same_id_twice_is_an_edit() -> None:
    desk = replay([told("a", event(stage=Stage.CONSIDERED)), told("a", event(), hours=3, content_hash="1:new")], BOOK)
    (story,) = desk.stories.values()
    assert (len(story.tellings), story.stage) == (1, Stage.ANNOUNCED)


def test_the_summary_counts_what_the_rows_hold() -> None:
    desk = replay([told("a", event()), told("b", event(goods=GOODS), hours=30), told("c")], BOOK)
    found = summary(desk, seconds=1.23456, errors=2)
    rows = decision_rows(desk)
    assert found["documents"] == 3
    assert found["stories"] == 3
    assert found["decisions"] == len(rows) == sum(found["actions"].values())
    assert found["alerts"] == 2
    assert found["alerts_per_day"] == {"2026-01-06": 1, "2026-01-07": 1}
    assert found["bands"] == {"alert": 1, "archive": 1, "urgent": 1}
    assert (found["seconds"], found["errors"]) == (1.235, 2)


def test_the_input_order_means_nothing() -> None:
    texts = [told("a", event()), told("b", event(), hours=1), told("c", event(goods=GOODS), hours=2)]
    assert decision_rows(replay(texts, BOOK)) == decision_rows(replay(reversed(texts), BOOK))


def test_an_empty_file_is_an_empty_run() -> None:
    found = summary(replay([], BOOK), seconds=0)
    assert (found["documents"], found["alerts_per_day"]) == (0, {})
