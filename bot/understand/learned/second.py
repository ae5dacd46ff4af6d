"""Look at a text a second time, after words: cheaply first, with the encoder only where that leaves it open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.lexicon import Concept
from bot.types.reading import Reading
from bot.types.settings import ReaderSettings
from bot.understand.learned import encoder, model
from bot.understand.learned.judging import Judge

NO_ENCODER = "no-encoder"  # a reading is marked with it where the encoder would have been asked


class SecondLook:
    """The learned reader over one lexicon."""

    def __init__(self, settings: ReaderSettings, concepts: Mapping[ConceptId, Concept]) -> None:
        """Load the heads; the encoder waits for the first text that needs it.

        Raises:
            InputError: The model folder cannot be read, or was trained with another encoder.
        """
        folder = Path(settings.model) if settings.model else model.SHIPPED
        self._judge = Judge(model=model.load(folder), concepts=concepts)
        self._encoder = settings.encoder
        self._ready = encoder.available(settings.encoder)
        self.version = f"{model.version(folder)}:{settings.encoder}"

    def __call__(self, document: Document, reading: Reading, fuller: Callable[[], Reading]) -> Reading:
        """The reading with how the text reads; unchanged where the cheap look is sure that nothing new is told.

        Args:
            document: The text.
            reading: What words alone say of it.
            fuller: Reads it as if the gate had opened.
        """
        if not self._judge.worth_encoding(document, reading):
            return reading
        if not self._ready:
            return replace(reading, degraded=(*reading.degraded, NO_ENCODER))
        vector = encoder.encoded(encoder.load(self._encoder), document.title, document.text)
        return self._judge.judge(document, reading, vector, fuller=fuller)
