"""Notices to operators: what a restored database counts anew is no old message."""

from __future__ import annotations

from sqlalchemy import text

from bot.pipeline.sending.notices import raise_notice
from bot.storage import Database
from bot.types.delivery import DeliveryState, Posting
from tests.fakes import engine
from tests.fakes.clock import FakeClock


def test_a_notice_after_a_restore_does_not_pass_for_the_one_that_stands(database: Database, clock: FakeClock) -> None:
    bench = engine.bench(database, clock)
    with database.transaction() as tx:
        raise_notice(bench.rig, tx, "lost", "A source is gone", (), now=clock.now())
        (before,) = tx.outbox.recent("ops", clock.now())
    with database.transaction() as tx:
        tx.connection.execute(text("TRUNCATE outbox, ops_notice RESTART IDENTITY"))
        stands = Posting(delivery_id=before.id, provider_id="C1:1", posted_at=clock.now(), replied_at=None)
        tx.postings.remember("ops", [stands], at=clock.now())
        clock.turn(60)
        raise_notice(bench.rig, tx, "restored", "A backup was restored", (), now=clock.now())
        (after,) = tx.outbox.recent("ops", clock.now())
    assert after.state is DeliveryState.PENDING, "operators have not read this"
