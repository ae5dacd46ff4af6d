"""Votes are kept with the ledger they were cast on, follow their story, and know how it came to be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import InputError
from bot.pipeline import assess, digest, due_digests, gather_week, vote
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.ids import StoryId
from bot.types.reading import Event
from bot.types.vote import Complaint, Shown, Verdict
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock
from tests.fakes.engine import Bench

MONDAY = datetime(2026, 1, 12, 8, tzinfo=UTC)
PLAN = "digest-weekly"


@pytest.fixture
def bench(database: Database, clock: FakeClock) -> Bench:
    return engine.bench(database, clock)


def tell(bench: Bench, name: str, *events: Event) -> None:
    now = bench.clock.now()
    document = rules.document(name, first_seen=now, published_at=now)
    with bench.rig.database.transaction() as tx:
        tx.documents.put([NewDocument(document=document)])
        tx.documents.save_readings([rules.reading(document, events)], at=now)
    assess(bench.rig)


def counting(bench: Bench) -> list[tuple[str, str, str]]:
    with bench.rig.database.transaction() as tx:
        return [(made.story_id, made.voter, made.verdict.value) for made in tx.votes.counting()]


def test_a_vote_keeps_ledger_band_and_rule_set_as_they_were(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    made = vote(bench.rig, "s-a", Verdict.NOT, voter="ann", complaint=Complaint.HEDGED, note="only a rumour")
    bench = bench.with_rules(replace(bench.rig.rulebook, hash="another"))
    bench.clock.turn(60)
    tell(bench, "b", rules.event())  # another telling, weighed with other rules
    with bench.rig.database.transaction() as tx:
        (kept,) = tx.votes.counting()
        now = tx.stories.assessment(StoryId("s-a"))
    assert kept == made
    assert now is not None
    assert now.ruleset_hash == "another"
    assert kept.assessment.ruleset_hash != "another"
    assert sum(line.points for line in kept.assessment.ledger) == kept.assessment.score
    assert (kept.shown, kept.rate, kept.title) == (Shown.ALERT, 1.0, "Title of a")


def test_the_latest_vote_of_a_voter_counts_and_voters_do_not_hide_each_other(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    for voter, verdict in (("ann", Verdict.NOT), ("bob", Verdict.NOT), ("ann", Verdict.USEFUL)):
        vote(bench.rig, "s-a", verdict, voter=voter)
        bench.clock.turn(60)
    assert sorted(counting(bench)) == [("s-a", "ann", "useful"), ("s-a", "bob", "not")]


def test_a_story_is_meant_by_its_alert_and_by_the_address_of_a_text(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    for asked in ("a-a", "https://news.example/a", "a"):
        assert vote(bench.rig, asked, Verdict.USEFUL, voter=asked).story_id == "s-a"


@pytest.mark.parametrize(
    ("asked", "verdict", "complaint", "says"),
    [
        ("s-nothing", Verdict.USEFUL, None, "no story is known"),
        ("s-a", Verdict.USEFUL, Complaint.OLD_NEWS, "a useful story is not old-news"),
    ],
)
def test_what_cannot_be_voted_on_is_said(
    asked: str, verdict: Verdict, complaint: Complaint | None, says: str, bench: Bench
) -> None:
    tell(bench, "a", rules.event())
    with pytest.raises(InputError, match=says):
        vote(bench.rig, asked, verdict, voter="ann", complaint=complaint)
    assert counting(bench) == []


def test_votes_follow_a_story_that_another_takes_up(bench: Bench) -> None:
    tell(bench, "a", rules.event())
    vote(bench.rig, "s-a", Verdict.NOT, voter="ann")
    with bench.rig.database.transaction() as tx:
        tx.votes.move([StoryId("s-a")], StoryId("s-b"))
    assert counting(bench) == [("s-b", "ann", "not")]


def test_the_audit_sample_of_a_digest_that_went_out_is_remembered_with_its_rate(bench: Bench) -> None:
    due_digests(bench.rig)
    bench.clock.set(MONDAY - timedelta(days=3))
    for n in range(20):
        tell(bench, f"dull{n:02}")
    bench.clock.set(MONDAY)
    with bench.rig.database.transaction() as tx:
        drawn = gather_week(bench.rig, tx, bench.rig.rulebook.routing.digests[PLAN], "2026-W02").audit
        assert tx.votes.rate(drawn[0].story_id) is None, "a look at the week draws nothing"
    digest(bench.rig, PLAN, "2026-W02")
    made = {item.story_id: vote(bench.rig, item.story_id, Verdict.NOT, voter="ann") for item in drawn}
    assert {(v.shown, v.rate) for v in made.values()} == {(Shown.AUDIT, 5 / 20)}
    others = {f"s-dull{n:02}" for n in range(20)} - set(made)
    found = vote(bench.rig, min(others), Verdict.NOT, voter="ann")
    assert (found.shown, found.rate) == (Shown.FOUND, 1.0)
