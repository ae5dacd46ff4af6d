"""Learn heads from labelled texts, the work of `monazite train`: scikit-learn fits, plain numbers are kept."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.errors import InputError
from bot.tune.evaluate import UNLISTED, Gold, Label, gold_of, same_good
from bot.tune.voting import Answers, vote
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.kinship import Kinship
from bot.types.lexicon import Concept
from bot.types.reading import Reading
from bot.understand.learned import candidates
from bot.understand.learned.features import Features, features, matrix
from bot.understand.learned.heads import PLACES, Head
from bot.understand.learned.judging import Judge
from bot.understand.learned.model import Example, Model
from bot.understand.learned.ngrams import BUCKETS, Array, buckets

FOLDS = 6
_SCALE = 6.0  # of centred encodings: their parts are small beside counts of words
_RARE = 4  # texts in which a feature must stand to be learned from
_ROUND = 3  # decimals of n-gram weights
_LOST = 0.01  # share of held-out alerts that the cheap look may lose: the encoder is for the rest
_FITS = {"worth": 2.0, "label": 0.2, "direction": 0.3, "stage": 0.3, "roles": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled text with all that is learned from."""

    gold: Gold
    document: Document
    reading: Reading  # by words alone
    full: Reading  # the same as if the gate had opened
    encoding: Array  # float32, by `encoder.encoded`
    found: Features
    found_full: Features  # of the full reading

    @property
    def step(self) -> str:
        """What the text tells, for folds by event: texts on one step must not judge each other."""
        gold = self.gold
        if gold.story:
            return gold.story
        if gold.has_event:
            return f"{gold.imposer}|{','.join(sorted(gold.measures))}|{','.join(sorted(gold.goods))}"
        return self.document.id


def sample(
    line: Mapping[str, Any],
    document: Document,
    reading: Reading,
    *,
    full: Reading,
    encoding: Array,
    concepts: Mapping[ConceptId, Concept],
) -> Sample:
    """A line with its words, ready to learn from.

    Raises:
        InputError: The label is missing or unknown.
    """
    return Sample(
        gold=gold_of(line),
        document=document,
        reading=reading,
        full=full,
        encoding=encoding,
        found=features(document, reading, concepts),
        found_full=features(document, full, concepts),
    )


def folds(samples: Sequence[Sample], count: int = FOLDS) -> tuple[int, ...]:
    """The fold of each sample, by what it tells."""
    return tuple(int(hashlib.sha256(item.step.encode()).hexdigest(), 16) % count for item in samples)


def learn(
    samples: Sequence[Sample],
    concepts: Mapping[ConceptId, Concept],
    kin: Kinship,
    *,
    about: Mapping[str, Any],
    threshold: float | None = None,
) -> Model:
    """A model of labelled texts.

    Args:
        samples: The texts; at least two of each label.
        concepts: The lexicon that the readings were made with.
        kin: Who stands below whom among its concepts.
        about: What to remember of the making.
        threshold: Chance from which the encoder is asked; None sets it from held-out texts.

    Raises:
        InputError: There are too few texts to learn from.
    """
    _enough(samples)
    encodings = np.array([item.encoding for item in samples], dtype=np.float64)
    centre = np.round(encodings.mean(axis=0), 5)
    rows = (encodings - centre) * _SCALE
    told = [at for at, item in enumerate(samples) if item.gold.has_event]
    names = _names([item.found for item in samples])
    labels = [item.gold.label.value for item in samples]
    worth, ngrams = _worth(samples, names)
    heads = {
        "worth": worth,
        "label": _dense([s.found for s in samples], rows, labels, names, strength=_FITS["label"]),
        **{
            slot: _dense(
                [samples[at].found_full for at in told],
                rows[told],
                [value(samples[at].gold) for at in told],
                names,
                strength=_FITS[slot],
            )
            for slot, value in _SLOTS.items()
        },
        **_roles([samples[at] for at in told], concepts),
        "good": _goods([samples[at] for at in told], kin),
    }
    steps = [item.gold.label is Label.ALERT for item in samples]
    return Model(
        about=about,
        heads=heads,
        ngrams=ngrams,
        threshold=_threshold(samples, names) if threshold is None else threshold,
        centre=centre,
        scale=_SCALE,
        votes=vote(
            [s.found for s in samples],
            rows,
            steps,
            names,
            folds(samples),
            {at: _answers(samples[at].gold) for at in told},
        ),
        examples=tuple(
            Example(title=s.document.title or s.document.text[:80], label=s.gold.label.value, lang=s.reading.lang)
            for s in samples
        ),
    )


_SLOTS: Mapping[str, Callable[[Gold], str]] = {
    "direction": lambda gold: gold.direction,
    "stage": lambda gold: gold.stage,
}


def _answers(gold: Gold) -> Answers:
    """What examples of steps vote on."""
    listed = frozenset(good for good in gold.goods if good not in UNLISTED)
    return {"measure": frozenset((_measure(gold),)), "goods": listed or frozenset(("other",))}


def _measure(gold: Gold) -> str:
    return gold.measures[0] if gold.measures else "other"


def _enough(samples: Sequence[Sample]) -> None:
    for label in Label:
        count = sum(item.gold.label is label for item in samples)
        if count < 2:
            raise InputError(f"there are {count} texts labelled {label}; at least 2 of each label are needed to learn")
    if sum(item.gold.has_event for item in samples) < 2:
        raise InputError("no text names its event; label steps with event fields, see `monazite eval --help`")


def _names(found: Sequence[Features]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for item in found:
        for name, value in item.items():
            counts[name] = counts.get(name, 0) + bool(value)
    return tuple(sorted(name for name, count in counts.items() if count >= _RARE))


def _fitted(rows: Any, labels: Sequence[str], strength: float) -> tuple[tuple[str, ...], Array, Array]:
    """Classes, weights and bias; one class alone is always right."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra, for training only

    classes = tuple(sorted(set(labels)))
    if len(classes) == 1:
        width = rows.shape[1]
        return (f"not {classes[0]}", classes[0]), np.zeros((1, width)), np.array([9.0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of rounds: the bound is far beyond what matters after rounding
        solver = "liblinear" if len(classes) == 2 else "lbfgs"  # the former is ten times faster on n-grams
        fit = LogisticRegression(C=strength, max_iter=2000, solver=solver, random_state=0)
        fit.fit(rows, np.array(labels))
    return classes, fit.coef_, fit.intercept_


def _dense(
    found: Sequence[Features], rows: Array, labels: Sequence[str], names: Sequence[str], *, strength: float
) -> Head:
    numbers = np.hstack([matrix(found, names), rows])
    classes, weights, bias = _fitted(numbers, labels, strength)
    return _head(classes, names, weights, bias)


def _head(classes: Sequence[str], names: Sequence[str], weights: Array, bias: Array) -> Head:
    return Head(
        classes=tuple(classes),
        names=tuple(names),
        weights=np.round(weights, PLACES).astype(np.float32),
        bias=np.round(bias, PLACES).astype(np.float32),
    )


def _sparse(samples: Sequence[Sample], names: Sequence[str]) -> Any:
    """N-grams and words side by side, as a sparse matrix."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - comes with scikit-learn

    places, weights, starts = [], [], [0]
    for item in samples:
        at, weight = buckets(f"{item.document.title}\n{item.document.text}")
        places.append(at)
        weights.append(weight)
        starts.append(starts[-1] + len(at))
    grams = csr_matrix((np.concatenate(weights), np.concatenate(places), starts), shape=(len(samples), BUCKETS))
    return hstack([csr_matrix(matrix([item.found for item in samples], names)), grams]).tocsr()


def _worth(samples: Sequence[Sample], names: Sequence[str]) -> tuple[Head, Array]:
    """The cheap look: is it of the field at all? Characters tell that better than whether something is new."""
    labels = ["no" if item.gold.label is Label.IRRELEVANT else "yes" for item in samples]
    classes, weights, bias = _fitted(_sparse(samples, names), labels, _FITS["worth"])
    own, grams = weights[:, : len(names)], weights[0, len(names) :]
    return _head(classes, names, own, bias), np.round(grams, _ROUND).astype(np.float32)


def _threshold(samples: Sequence[Sample], names: Sequence[str]) -> float:
    """The chance that all but a few alerts reach when they were not learned from."""
    parts = np.array(folds(samples))
    chances = []
    for part in range(FOLDS):
        inside = [item for item, fold in zip(samples, parts, strict=True) if fold != part]
        held = [s for s, fold in zip(samples, parts, strict=True) if fold == part and s.gold.label is Label.ALERT]
        if not held or len({item.gold.label for item in inside}) < len(Label):
            continue
        head, ngrams = _worth(inside, names)
        for item in held:
            places, weights = buckets(f"{item.document.title}\n{item.document.text}")
            odds = head.odds(item.found) + float(ngrams[places] @ weights)
            chances.append(1.0 / (1.0 + np.exp(-odds)))
    if not chances:
        return 0.0
    return round(float(np.quantile(chances, _LOST)), 5)


def _roles(told: Sequence[Sample], concepts: Mapping[ConceptId, Concept]) -> dict[str, Head]:
    """Who acts among the states that a text may mean, and, that known, who is hit."""
    acting: list[tuple[Features, bool]] = []
    hit: list[tuple[Features, bool]] = []
    for item in told:
        gold, states = item.gold, candidates.states(item.document, item.full, concepts)
        acting += [(numbers, code == gold.imposer) for code, numbers in states.items()]
        others = candidates.hit(states, gold.imposer, _measure(gold))
        hit += [(numbers, code in gold.targets) for code, numbers in others.items()]
    return {"imposer": _chooser(acting), "target": _chooser(hit)}


def _goods(told: Sequence[Sample], kin: Kinship) -> Head:
    """Which of the goods that a text names are those of the step."""
    named = [(name, numbers, item.gold) for item in told for name, numbers in candidates.goods(item.full).items()]
    return _chooser([(numbers, any(same_good(name, g, kin) for g in gold.goods)) for name, numbers, gold in named])


def _chooser(given: Sequence[tuple[Features, bool]]) -> Head:
    """A head that says of each candidate whether it is meant."""
    found = [numbers for numbers, _ in given]
    names = _names(found)
    classes, weights, bias = _fitted(
        matrix(found, names), ["yes" if meant else "no" for _, meant in given], _FITS["roles"]
    )
    return _head(classes, names, weights, bias)


def data_hash(lines: Sequence[Mapping[str, Any]]) -> str:
    """Hash of labelled lines, whatever the order of their keys."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()[:16]


def held_out(samples: Sequence[Sample], concepts: Mapping[ConceptId, Concept], kin: Kinship) -> tuple[Reading, ...]:
    """Every sample as judged by a model that was learned without its fold."""
    parts = folds(samples)
    bound = _threshold(samples, _names([item.found for item in samples]))
    found: dict[int, Reading] = {}
    for part in sorted(set(parts)):
        inside = [item for item, fold in zip(samples, parts, strict=True) if fold != part]
        judge = Judge(model=learn(inside, concepts, kin, about={}, threshold=bound), concepts=concepts)
        for at, (item, fold) in enumerate(zip(samples, parts, strict=True)):
            if fold == part:
                found[at] = _judged(item, judge)
    return tuple(found[at] for at in range(len(samples)))


def _judged(item: Sample, judge: Judge) -> Reading:
    if not judge.worth_encoding(item.document, item.reading):
        return item.reading
    return judge.judge(item.document, item.reading, item.encoding, fuller=lambda: item.full)
