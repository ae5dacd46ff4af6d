"""A learned reader made of a few texts with made-up encodings: one dimension speaks for steps, one against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.tune.train import Sample, learn, sample
from bot.types.ids import ConceptId
from bot.types.kinship import kinship
from bot.types.levels import Direction, Slot
from bot.types.lexicon import Concept, Lexicon
from bot.understand.learned.model import Model
from bot.understand.learned.ngrams import Array
from bot.understand.learned.votes import VIEWS
from bot.understand.reader import SpacyReader
from tests.fakes.lexicon import concept, document, lexicon

DIMENSIONS = 8
STEP = {"measures": ["export-ban"], "goods": ["gallium"], "imposer": "CN", "targets": ["JP"], "direction": "tighten"}
TITLES: Mapping[str, Sequence[str]] = {
    "alert": (
        "China bans gallium exports to Japan",
        "China to stop gallium sales to Japan",
        "Beijing halts gallium for Japan",
        "China lifts its gallium export ban on Japan",
        "China bans exports of gallium for Japanese buyers",
        "Gallium stays home, China tells Japan",
    ),
    "context": (
        "Gallium prices rise in Japan",
        "How China mines gallium",
        "Gallium producer posts profit",
        "What is gallium good for",
        "Gallium recycling in Japan grows",
        "Gallium demand is flat in China",
    ),
    "irrelevant": (
        "Rain ends the cup final",
        "Mayor opens a new bridge",
        "Singer cancels her tour",
        "Police find stolen bicycle",
        "School wins chess title",
        "Bakery burns down overnight",
    ),
}


def words() -> Lexicon:
    """A measure, a good and two states."""
    return lexicon(
        concept("export-ban", {"en": ["ban .. export", "export ban"]}, family="restrict", direction=Direction.TIGHTEN),
        concept("gallium", {"en": ["gallium"]}, slot=Slot.GOODS),
        concept("gov-cn", {"en": ["china", "beijing"]}, slot=Slot.ACTOR, jurisdiction="CN", role="state"),
        concept("gov-jp", {"en": ["japan", "japanese"]}, slot=Slot.ACTOR, jurisdiction="JP", role="state"),
    )


def vector(label: str, number: int = 0) -> Array:
    """An encoding that says what the text is, with a little of its own, alike for the whole and the title."""
    row = np.zeros(DIMENSIONS, dtype=np.float32)
    row[sorted(TITLES).index(label)] = 1.0
    row[3 + number % (DIMENSIONS - 3)] = 0.2
    return np.tile(row / np.float32(np.linalg.norm(row)), VIEWS)


def lines() -> list[dict[str, Any]]:
    """The titles as labelled lines."""
    found = []
    for label, titles in TITLES.items():
        for number, title in enumerate(titles):
            lifted = "lifts" in title
            step = {**STEP, "stage": "lifted" if lifted else "announced"}
            step |= {"direction": "ease"} if lifted else {}
            event = step if label == "alert" else None
            found.append(
                {
                    "id": f"{label}-{number}",
                    "title": title,
                    "text": "",
                    "label": label,
                    "event": event,
                    "story": f"step-{number}" if event else None,
                }
            )
    return found


def samples(given: Sequence[Mapping[str, Any]] | None = None) -> list[Sample]:
    """Labelled lines, read by words and given encodings."""
    lex = words()
    reader, concepts = SpacyReader(lex), lex.by_id()
    found = []
    for number, line in enumerate(given or lines()):
        text = document(line["title"], line["text"], id=line["id"])
        encoding = vector(line["label"], number)
        reading, full = reader.read(text, lang="en"), reader.read_ungated(text, lang="en")
        found.append(sample(line, text, reading, full=full, encoding=encoding, concepts=concepts))
    return found


def concepts() -> Mapping[ConceptId, Concept]:
    """The lexicon by id."""
    return words().by_id()


def model(given: Sequence[Mapping[str, Any]] | None = None) -> Model:
    """What is learned from the lines."""
    return learn(samples(given), concepts(), kinship(words()), about={"encoder": "made-up"}, threshold=0.2)
