"""Placing a text stays cheap when two thousand stories are open; `-s` shows the figures."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from bot import cluster
from bot.pipeline import assess
from bot.storage import Database
from bot.storage.documents import NewDocument
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.reading import Reading
from tests.fakes import engine, rules
from tests.fakes.clock import FakeClock

OPEN = 2_000
PLACED = 100
EACH = 0.1  # seconds of this process per text
GOODS = ("dual-use", "rare-earths", "dysprosium", "gallium", "graphite", "semiconductors")
SIDES = ("CN", "US", "JP", "KR", "NL", "EU", "IN", "ID")


def told(number: int, clock: FakeClock, *, of: int) -> tuple[Document, Reading]:
    """A text about one of `of` steps, in words of its own."""
    step = number % of
    when = clock.now() - timedelta(hours=of - step) / 4
    words = " ".join(f"word{(number * 37 + place * 11) % 5000}" for place in range(120))
    document = rules.document(f"d{number}", title=f"Step {step}", text=words, first_seen=when, published_at=when)
    side, good = SIDES[step % len(SIDES)], ConceptId(GOODS[step // 8 % len(GOODS)])
    target = ("JP", "US", "TW", "VN", "MY")[step // 48 % 5]
    event = rules.event(imposer=side, goods=(good,), targets=(target,), citation=f"{side.lower()}-x:2026:{step}")
    return document, rules.reading(document, [event])


def keep(database: Database, texts: Sequence[tuple[Document, Reading]], clock: FakeClock) -> None:
    with database.transaction() as tx:
        tx.documents.put([NewDocument(document=document) for document, _ in texts])
        tx.documents.save_readings([reading for _, reading in texts], at=clock.now())


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_text_is_placed_among_two_thousand_open_stories(
    database: Database, clock: FakeClock, record_property: Callable[[str, object], None]
) -> None:
    bench = engine.bench(database, clock)
    lexicon = bench.rig.rulebook.lexicon
    with database.transaction() as tx:
        for number in range(OPEN):
            story = cluster.place(*told(number, clock, of=OPEN), (), lexicon=lexicon).story
            tx.stories.save(story, keys=cluster.story_keys(story, lexicon=lexicon), is_new=True)
    keep(database, [told(OPEN + number, clock, of=OPEN) for number in range(0, OPEN, OPEN // PLACED)], clock)
    started = time.process_time()
    done = 0
    while (found := assess(bench.rig)).documents:
        done += found.documents
    each = (time.process_time() - started) / PLACED
    record_property("seconds_per_text", each)
    sys.stdout.write(f"{each * 1000:.1f} ms per text with {OPEN} open stories\n")
    with database.transaction() as tx:
        homes = {len(tx.stories.of_document(told(OPEN + n, clock, of=OPEN)[0].id)) for n in range(0, OPEN, 20)}
    assert done == PLACED
    assert homes == {1}
    assert each < EACH
