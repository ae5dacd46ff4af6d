"""Make an archive of many documents out of few, so that a replay over months can be measured.

A few hundred texts are put together from the rule files' own tests and read once; the database copies them, each copy
under an id of its own. Shares are those of a policy watch: few texts tell a step, some hold words of the rule files,
most hold none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Table, text

from bot.cluster import place, story_keys
from bot.storage import Database, Transaction, schema
from bot.storage.documents import DocumentState, NewDocument
from bot.tune.analyze import document_from_line
from bot.tune.bench import made_up
from bot.tune.rules_bench import own_texts
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.ports import Reader
from bot.types.reading import Reading
from bot.types.rules import Rulebook

SHARES = {"step": 0.03, "words": 0.30, "none": 0.67}
BASE = 500  # texts that are read
SENTENCES = 8  # tests of rule files per text with words
_COPIED = (schema.document, schema.reading, schema.story, schema.telling)
_NAMED = frozenset({"id", "document_id", "story_id", "lead_id", "url", "canonical_url", "content_hash"})

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
        if copies:
            for table in _COPIED:
                tx.connection.execute(text(_copying(table)), {"copies": copies})
        tx.connection.execute(text("ANALYZE"))
        return tx.archive.counts(now - timedelta(days=100), now)[0]


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


def _copying(table: Table) -> str:
    """SQL that copies every row of a table under other ids, inside its record too."""
    own = "document_id" if "document_id" in table.c else "lead_id" if "lead_id" in table.c else "id"
    columns = [column.name for column in table.columns]
    values = []
    for column in columns:
        if column in _NAMED:
            values.append(f"replace({column}, t.{own}, t.{own} || '-' || n)")
        elif column == "record":
            values.append(f"replace(record::text, t.{own}, t.{own} || '-' || n)::jsonb")
        else:
            values.append(column)
    names = ", ".join(columns)
    return f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} FROM {table.name} t, generate_series(1, :copies) n"  # noqa: S608, E501 - names of our own tables
