"""What was learned from labelled texts, as plain numbers in a folder: heads, n-gram weights, examples."""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.errors import InputError
from bot.understand.learned.features import Features
from bot.understand.learned.heads import PLACES, Head, head_from
from bot.understand.learned.ngrams import BUCKETS, SAMPLE, Array, buckets
from bot.understand.learned.votes import VIEWS, Ballot, Votes

SHIPPED = Path(__file__).parent / "shipped"
FORMAT = 3
HEADS_FILE, NGRAMS_FILE, ROWS_FILE, EXAMPLES_FILE = "heads.json", "ngrams.npy", "examples.npy", "examples.jsonl"
BALLOTS_FILE = "ballots.npy"
FILES = (HEADS_FILE, NGRAMS_FILE, ROWS_FILE, BALLOTS_FILE, EXAMPLES_FILE)
_HEADS = ("worth", "label", "direction", "stage", "imposer", "target", "good")
_VOTES = ("bias", "slope", "shift")
_LIKE = 3  # nearest examples that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One labelled text, as a reason for a verdict."""

    title: str
    label: str  # alert, context or irrelevant
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The learned reader. Made by `monazite train`."""

    about: Mapping[str, Any]  # encoder, date, hash of the data, metrics
    heads: Mapping[str, Head]
    ngrams: Array  # float32, (BUCKETS,): what each n-gram adds to the log-odds of `worth`
    threshold: float  # chance by n-grams and words below which no encoder is asked
    centre: Array  # float64, (dimensions,): mean encoding, taken off before heads see one
    scale: float  # by which the rest is multiplied
    votes: Votes  # of the examples, on whether a text tells a new step
    examples: tuple[Example, ...]  # in the order of the votes' rows

    @property
    def encoder(self) -> str:
        """Name of the encoder that the heads were trained with."""
        return str(self.about["encoder"])

    def worth(self, title: str, text: str, found: Features) -> float:
        """The cheap chance, 0..1, that a text is of the field: n-grams of its characters and what words found."""
        places, weights = buckets(f"{title}\n{text[:SAMPLE]}")
        odds = self.heads["worth"].odds(found)
        odds += float(self.ngrams[places].astype(np.float64) @ weights.astype(np.float64))
        return 1.0 / (1.0 + math.exp(-min(60.0, max(-60.0, odds))))

    def centred(self, encoding: Array) -> Array:
        """An encoding as the heads take it."""
        return (encoding.astype(np.float64) - self.centre) * self.scale

    def like(self, encoding: Array, label: str) -> tuple[tuple[Example, float], ...]:
        """The nearest examples with a label and their cosine, nearest first, by the texts as a whole."""
        own = [at for at, example in enumerate(self.examples) if example.label == label]
        half = len(self.centre) // VIEWS
        row = (encoding - self.centre)[:half]
        near = self.votes.rows[own, :half].astype(np.float32) @ row.astype(np.float32)
        cosines = near.astype(np.float64) / (127.0 * max(1e-9, float(np.linalg.norm(row))))
        order = np.lexsort((np.arange(len(cosines)), -np.round(cosines, 6)))[:_LIKE]
        return tuple((self.examples[own[at]], round(float(cosines[at]), 3)) for at in order)


def save(model: Model, folder: Path) -> None:
    """Write a model into a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "format": FORMAT,
        "about": dict(model.about),
        "threshold": model.threshold,
        "scale": model.scale,
        "centre": [round(float(value), 5) for value in model.centre],
        "heads": {name: head.plain() for name, head in model.heads.items()},
        "votes": {
            "names": list(model.votes.names),
            "weights": [round(float(weight), PLACES) for weight in model.votes.weights],
            **{name: getattr(model.votes, name) for name in _VOTES},
            "steps": list(model.votes.steps),
            "ballots": {
                slot: {"classes": list(ballot.classes), "base": [round(float(share), PLACES) for share in ballot.base]}
                for slot, ballot in model.votes.ballots.items()
            },
        },
    }
    (folder / HEADS_FILE).write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    np.save(folder / NGRAMS_FILE, model.ngrams.astype(np.float16), allow_pickle=False)
    np.save(folder / ROWS_FILE, model.votes.rows, allow_pickle=False)
    weights = [ballot.weights for _, ballot in sorted(model.votes.ballots.items())]
    np.save(folder / BALLOTS_FILE, np.hstack(weights).astype(np.float16), allow_pickle=False)


@functools.lru_cache(maxsize=4)
def load(folder: Path = SHIPPED) -> Model:
    """The model of a folder.

    Raises:
        InputError: A file is missing, broken, or of another format.
    """
    try:
        data = json.loads((folder / HEADS_FILE).read_text(encoding="utf-8"))
        ngrams = np.load(folder / NGRAMS_FILE, allow_pickle=False).astype(np.float32)
        rows = np.load(folder / ROWS_FILE, allow_pickle=False)
        lines = (folder / EXAMPLES_FILE).read_text(encoding="utf-8").splitlines()
        examples = tuple(
            Example(title=row["title"], label=row["label"], lang=row["lang"]) for row in map(json.loads, lines)
        )
        if data["format"] != FORMAT:
            raise InputError(f"{folder}: format {data['format']} of the learned reader is not known; train it anew")
        names, weights = data["votes"]["names"], np.array(data["votes"]["weights"], dtype=np.float32)
        ballots = _ballots(data["votes"], np.load(folder / BALLOTS_FILE, allow_pickle=False))
        shapes = (len(examples), len(data["centre"]) + len(names)), (len(examples),), (BUCKETS,)
        if (rows.shape, weights.shape, ngrams.shape) != shapes:
            raise InputError(f"{folder}: the files of the learned reader do not belong together; train it anew")
        model = Model(
            about=data["about"],
            heads={name: head_from(data["heads"][name]) for name in _HEADS},
            ngrams=ngrams,
            threshold=float(data["threshold"]),
            centre=np.array(data["centre"], dtype=np.float64),
            scale=float(data["scale"]),
            votes=Votes(
                names=tuple(names),
                rows=rows,
                weights=weights,
                **{name: float(data["votes"][name]) for name in _VOTES},
                steps=tuple(int(at) for at in data["votes"]["steps"]),
                ballots=ballots,
            ),
            examples=examples,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder}: the learned reader cannot be read: {error}") from error
    return model


def _ballots(data: Mapping[str, Any], weights: Array) -> dict[str, Ballot]:
    """The ballots whose weights stand side by side, in order of slot.

    Raises:
        ValueError: Rows or columns are missing.
    """
    slots = sorted(data["ballots"])
    ends = np.cumsum([len(data["ballots"][slot]["classes"]) for slot in slots]).tolist()
    if weights.shape != (len(data["steps"]), ends[-1]):
        raise ValueError(f"{BALLOTS_FILE} is {weights.shape}, not {(len(data['steps']), ends[-1])}")
    parts = np.split(weights.astype(np.float32), ends[:-1], axis=1)
    return {
        slot: Ballot(
            classes=tuple(data["ballots"][slot]["classes"]),
            weights=part,
            base=np.array(data["ballots"][slot]["base"], dtype=np.float32),
        )
        for slot, part in zip(slots, parts, strict=True)
    }


@functools.lru_cache(maxsize=4)
def version(folder: Path) -> str:
    """Hash of a model's files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
