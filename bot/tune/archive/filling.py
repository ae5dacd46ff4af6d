"""Make an archive of many documents out of few, so that a replay over months can be measured.

A few hundred texts are put together from the rule files' own tests and read once; the database copies them, each copy
under an id of its own. Shares are those of a policy watch: few texts tell a step, some hold words of the rule files,
most hold none.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.cluster import place, story_keys
from bot.storage import Database, Transaction
from bot.storage.copying import multiply
from bot.storage.documents import DocumentState, NewDocument
from bot.tune.analyze import document_from_line
from bot.tune.archive.backtest import backtest
from bot.tune.bench import made_up
from bot.tune.rules_bench import Figure, own_texts
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.levels import Slot, Status
from bot.types.lexicon import Lexicon
from bot.types.ports import Reader
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.understand.reader import SpacyReader

SHARES = {"step": 0.03, "words": 0.30, "none": 0.67}
BASE = 500  # texts that are read
BACKTEST_GOAL = 60.0  # seconds for 100,000 documents
SENTENCES = 8  # tests of rule files per text with words

Read = tuple[Document, Reading]


def fill(database: Database, rulebook: Rulebook, reader: Reader, *, documents: int, now: datetime) -> int:
    """Fill an empty archive with about so many documents of the last 80 days; gives how many there are.

    Args:
        database: With its tables, empty.
        rulebook: Whose tests the texts are made of.
        reader: For its words.
        documents: At least `BASE`.
        now: End of the 80 days.
    """
    chosen = list(_chosen(rulebook, reader, now))
    copies = max(0, documents // len(chosen) - 1)
    with database.transaction() as tx:
        for document, reading in chosen:
            _keep(tx, document, reading, rulebook)
        multiply(tx, copies)
        return tx.archive.counts(now - timedelta(days=100), now)[0]


def replays(database: Database, rulebook: Rulebook, *, now: datetime) -> Iterator[Figure]:
    """Replay the archive after a change of points, and after one of words.

    The first looks at no text; the second looks through all of them for the concept's words and reads again those
    that hold one.
    """
    points = replace(rulebook, scoring=replace(rulebook.scoring, actor_known=rulebook.scoring.actor_known + 1))
    for what, after in (("points", points), ("a word of one concept", _with_word(rulebook))):
        with database.transaction() as tx:
            begin = time.monotonic()
            found = backtest(
                tx, rulebook, after, span=(now - timedelta(days=90), now), reader=partial(SpacyReader, after.lexicon)
            )
            spent = time.monotonic() - begin
        name = f"replay {found.documents:,} documents after a change of {what}"
        if found.read_again:
            name += f" ({found.read_again:,} readings differ)"
        yield Figure(what=name, value=spent, unit="s", goal=BACKTEST_GOAL * found.documents / 100_000)


def _with_word(rulebook: Rulebook) -> Rulebook:
    """The rule set with one goods concept found by one more word, and by one word less."""
    chosen = next(c for c in rulebook.lexicon.concepts if c.slot is Slot.GOODS and c.status is Status.LIVE and c.terms)
    first = chosen.terms[0]
    other = replace(chosen, terms=(replace(first, text="benchword", parts=(("benchword",),)), *chosen.terms[1:]))
    concepts = tuple(other if c is chosen else c for c in rulebook.lexicon.concepts)
    return replace(rulebook, lexicon=Lexicon(concepts=concepts, hash="bench"))


def _chosen(rulebook: Rulebook, reader: Reader, now: datetime) -> Iterator[Read]:
    """Texts in the shares of a policy watch, as far as the tests give them."""
    draw = random.Random(11)  # noqa: S311 - the same archive each time
    left = {kind: round(share * BASE) for kind, share in SHARES.items()}
    plain = [replace(made.document, id=DocumentId(f"bench-plain-{made.document.id}")) for made in made_up(2 * BASE)]
    for number, document in enumerate([*_composed(rulebook, draw), *plain]):
        if not any(left.values()):
            return
        reading = reader.read(document)
        kind = "step" if reading.events else "words" if reading.mentions else "none"
        if left[kind]:
            left[kind] -= 1
            moment = now - timedelta(days=80) + timedelta(minutes=(number * 7919) % (79 * 1440))
            yield replace(document, first_seen=moment, published_at=moment), replace(reading, document_id=document.id)


def _composed(rulebook: Rulebook, draw: random.Random) -> Iterator[Document]:
    """Texts of several tests of one language each, in the order of a shuffle."""
    by_language: dict[str, list[str]] = {}
    for lang, words in own_texts(rulebook):
        by_language.setdefault(lang, []).append(words.strip())
    codes = sorted(by_language)
    for number in range(6 * BASE):
        lang = codes[number % len(codes)]
        some = draw.sample(by_language[lang], min(SENTENCES, len(by_language[lang])))
        line = {"id": f"bench-{number}", "title": some[0], "text": " ".join(some[1:]), "lang": lang}
        yield document_from_line(line | {"source_kind": "press", "publisher": f"Paper {number % 40}"})


def _keep(tx: Transaction, document: Document, reading: Reading, rulebook: Rulebook) -> None:
    story = place(document, reading, (), lexicon=rulebook.lexicon).story
    tx.documents.put([NewDocument(document=document)])
    tx.documents.save_readings([reading], at=document.first_seen)
    tx.documents.mark([document.id], DocumentState.PLACED)
    tx.stories.save(story, keys=story_keys(story, lexicon=rulebook.lexicon), is_new=True)
