"""Votes become labels, and no proposal loses a useful alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import load_rules
from bot.tune.votes.learning import LEVELS, labelled, learn, parameters, summed
from bot.types.ids import StoryId
from bot.types.levels import Band
from bot.types.rules import Rulebook
from bot.types.story import Assessment, LedgerLine
from bot.types.vote import Complaint, Shown, Verdict, Vote
from tests.fakes import rules, voted_desk
from tests.fakes.voted_desk import AUDIT_RATE, Text, votes

BOOK = rules.rulebook()
LINES = (
    LedgerLine(points=20, slot="measure", why="ban", rule="x", key="levels.critical"),
    LedgerLine(points=7, slot="goods", why="ores", rule="x", key="levels.high", share=0.5),
    LedgerLine(points=3, slot="exposure", why="ores", rule="x", key="levels.high", share=0.25),
    LedgerLine(points=6, slot="alert", why="cn-limits: key suppliers", rule="x", key="alert.cn-limits.0"),
    LedgerLine(points=-4, slot="reads-as", why="reads like", rule="x"),
    LedgerLine(points=2, slot="noise", why="gone", rule="x", key="noise.chess"),
    LedgerLine(points=-9.25, slot="ceiling", why="no rule", rule="x"),
)


def vote(story: str = "s", verdict: Verdict = Verdict.USEFUL, **changes: object) -> Vote:
    said = Assessment(
        story_id=StoryId(story), score=sum(line.points for line in LINES), probability=0.5, band=Band.ALERT,
        sectors=(), ledger=LINES, rules=(BOOK.alerts[0].id,), shadow_rules=(), near_misses=(), ruleset_hash=BOOK.hash,
    )  # fmt: skip
    made = Vote(
        story_id=StoryId(story), voter="ann", at=rules.NOON, verdict=verdict, complaint=None, note="",
        shown=Shown.ALERT, rate=1.0, assessment=said, document_ids=(), title=f"Title of {story}", url="",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_lines_are_counted_by_share_and_the_rest_is_offset() -> None:
    found = labelled([vote()], BOOK)
    (story,) = found.stories
    assert story.counts == {"levels.critical": 1, "levels.high": 0.75, "alert.cn-limits.0": 1}
    assert story.offset == -4 + 2, "what holds a score inside its bounds follows from the sum"
    assert found.strange == {"noise.chess": 1}
    assert (story.useful, story.weight, story.band, story.rules) == (True, 1.0, "alert", ("cn-limits",))
    points = {each.name: each.value for each in parameters(BOOK)}
    assert summed(story, points) == 20 + 14 * 0.75 + 6 - 4 + 2


def test_every_number_that_a_ledger_can_name_is_a_parameter() -> None:
    names = [each.name for each in parameters(BOOK)]
    assert names[:4] == list(LEVELS)
    for name in ("together.sentence", "source.think-tank", "stage.in-force", "cue.reported", "seen_by.most",
                 "seen_by.each_doubling", "noise.sport", "background", "off_field", "alert.cn-limits.0"):  # fmt: skip
        assert name in names
    assert len(set(names)) == len(names)


def test_a_bonus_is_known_by_what_it_says_when_rows_have_moved() -> None:
    rule = BOOK.alerts[0]
    fresh = replace(rule.add[0], why="a new row")
    book = replace(BOOK, alerts=(replace(rule, add=(fresh, *rule.add)),))
    (story,) = labelled([vote()], book).stories
    assert story.counts["alert.cn-limits.1"] == 1
    gone = labelled([vote()], replace(BOOK, alerts=(replace(rule, add=(fresh,)),)))
    assert gone.strange == {"alert.cn-limits.0": 1, "noise.chess": 1}
    assert gone.stories[0].offset == -4 + 2 + 6


def test_the_majority_of_a_story_decides_and_a_tie_is_left_out() -> None:
    later = rules.NOON + timedelta(days=1)
    found = labelled(
        [
            vote("s", voter="ann"),
            vote("s", Verdict.NOT, voter="bob"),
            vote("s", Verdict.NOT, voter="eve", at=later),
            vote("t", voter="ann"),
            vote("t", Verdict.NOT, voter="bob"),
        ],
        BOOK,
    )
    (story,) = found.stories
    assert (story.story, story.useful, story.at) == ("s", False, later)
    assert (found.ties, found.votes) == (1, 5)


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"complaint": Complaint.DUPLICATE}, "duplicates"),
        ({"complaint": Complaint.WRONG_SECTOR}, "wrong_sector"),
        ({"shown": Shown.FOUND}, "found"),
    ],
)
def test_votes_that_say_nothing_of_the_sum_are_left_out_and_counted(changes: dict[str, object], counted: str) -> None:
    found = labelled([vote("a", Verdict.NOT, **changes), vote("b")], BOOK)
    assert [story.story for story in found.stories] == ["b"]
    assert getattr(found, counted) == 1


def test_a_sampled_story_stands_for_those_that_were_not_drawn() -> None:
    found = labelled([vote(shown=Shown.AUDIT, rate=0.2), vote("b", rate=0.2), vote("b", voter="bob", rate=0.5)], BOOK)
    assert [story.weight for story in found.stories] == [5.0, 2.0]
    assert found.elsewhere == 0
    assert labelled([vote()], replace(BOOK, hash="another")).elsewhere == 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load_rules(voted_desk.folder(tmp_path_factory.mktemp("rules")))


def test_a_desk_that_dislikes_a_blog_gets_other_points(desk: Rulebook) -> None:
    lesson = learn(votes(voted_desk.tell(desk, voted_desk.year())), desk)
    assert not lesson.refused
    assert lesson.changes["source.blog"] < -10
    assert lesson.changes["source.official"] > 10
    assert lesson.changes["alert.cn-limits.0"] > 6
    assert (lesson.quieter > 20, lesson.louder) == (True, 0)
    assert [each.band for each in lesson.bands] == ["archive", "digest", "alert", "urgent"]
    assert len(lesson.bands_after) == 4
    assert [rule.rule for rule in lesson.rules] == ["cn-limits"]
    assert lesson.recall is not None
    assert {story.weight for story in lesson.labels.stories} == {1.0, 1 / AUDIT_RATE}


def test_one_useful_alert_that_would_be_lost_refuses_the_whole_proposal(desk: Rulebook) -> None:
    lesson = learn(votes(voted_desk.tell(desk, voted_desk.year(liked_blog=True))), desk)
    assert lesson.refused
    assert lesson.changes == {}
    assert [lost.title for lost in lesson.lost] == ["China will ban the export of rare earths, blogger 12 says"]
    (lost,) = lesson.lost
    assert lost.before >= desk.scoring.bands[Band.ALERT] > lost.after


def test_few_votes_or_none_propose_nothing_and_say_why(desk: Rulebook) -> None:
    assert learn([], desk).changes == {}
    told = voted_desk.tell(desk, [Text(title="China imposes an export ban on rare earths", useful=True)])
    lesson = learn(votes(told), desk)
    assert (lesson.changes, lesson.refused) == ({}, False)
    assert any("below 30" in note for note in lesson.fit.notes)
