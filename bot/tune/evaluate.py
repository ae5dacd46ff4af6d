"""Measure readings, scores and stories against labelled texts: the figures of `monazite eval`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.errors import InputError
from bot.tune.analyze import Analysis, Line
from bot.tune.bcubed import BCubed, b_cubed
from bot.types.kinship import Kinship
from bot.types.levels import Band, Stage
from bot.types.reading import Event

OVERALL = "all"
UNLISTED = ("other", "quantum-or-other")  # how labels and readings call goods that no file names


class Label(StrEnum):
    """What a text is to a desk."""

    ALERT = "alert"  # tells a step that a desk must hear of
    CONTEXT = "context"  # about the field, without a new step
    IRRELEVANT = "irrelevant"  # look-alikes and ordinary news


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The labels of a line."""

    label: Label
    measures: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    imposer: str | None = None
    direction: str = ""
    stage: str = ""
    targets: tuple[str, ...] = ()  # empty = all countries
    has_event: bool = False
    story: str | None = None
    traps: tuple[str, ...] = ()  # what makes the text hard


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A labelled text and what was made of it."""

    gold: Gold
    analysis: Analysis
    lang: str  # as labelled, else as read
    story: str  # that clustering put it into


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many; `value` is None when there was nothing to count."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """0..1."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one language, one trap, or all."""

    name: str
    documents: int
    alert_recall: Share  # alerts with band >= alert
    alert_precision: Share  # band >= alert that are alerts
    context_alerted: Share
    irrelevant_above_archive: Share
    irrelevant_alerted: Share
    measure_family: Share  # first event against the labelled one, over alerts
    imposer: Share
    direction: Share
    targets: Share
    stage: Share
    goods_precision: Share  # goods of the first event that are meant, by family
    goods_recall: Share
    language: Share
    stories: BCubed | None

    @property
    def goods_f1(self) -> float | None:
        """Harmonic mean of precision and recall of goods."""
        precision, recall = self.goods_precision.value, self.goods_recall.value
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A text that went to the wrong place, and why."""

    id: str
    lang: str
    label: Label
    band: Band
    score: float
    title: str
    kind: str  # "missed alert", "false alert" or "above archive"
    why: str


def gold_of(line: Line) -> Gold:
    """The labels of a line; `measure` and `measures`, `trap` and `traps` are both read.

    Raises:
        InputError: The label is missing or unknown.
    """
    try:
        label = Label(str(line.get("label")))
    except ValueError as error:
        known = ", ".join(Label)
        raise InputError(f"label must be one of {known}, not {line.get('label')!r}") from error
    event = line.get("event")
    fields: Mapping[str, Any] = event if isinstance(event, Mapping) else {}
    return Gold(
        label=label,
        measures=_words(fields, "measures", "measure"),
        goods=_words(fields, "goods"),
        imposer=fields.get("imposer") or None,
        direction=str(fields.get("direction") or ""),
        stage=str(fields.get("stage") or ""),
        targets=_words(fields, "targets"),
        has_event=bool(fields),
        story=str(line["story"]) if line.get("story") else None,
        traps=_words(line, "traps", "trap"),
    )


def _words(fields: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    found: list[str] = []
    for key in keys:
        value = fields.get(key)
        found += [value] if isinstance(value, str) else [str(v) for v in value or ()]
    return tuple(dict.fromkeys(found))


def figures(name: str, judged: Sequence[Judged], kin: Kinship) -> Figures:
    """All figures of some texts."""

    def labelled(label: Label) -> list[Judged]:
        return [j for j in judged if j.gold.label is label]

    def share(items: Iterable[Judged], holds: Callable[[Judged], bool]) -> Share:
        held = [holds(item) for item in items]
        return Share(hits=sum(held), of=len(held))

    alerts = labelled(Label.ALERT)
    told = [j for j in alerts if j.gold.has_event]
    loud = [j for j in judged if _alerted(j)]
    wanted = {j.analysis.document.id: j.gold.story for j in judged if j.gold.story is not None}
    return Figures(
        name=name,
        documents=len(judged),
        alert_recall=share(alerts, _alerted),
        alert_precision=share(loud, lambda j: j.gold.label is Label.ALERT),
        context_alerted=share(labelled(Label.CONTEXT), _alerted),
        irrelevant_above_archive=share(
            labelled(Label.IRRELEVANT), lambda j: j.analysis.assessment.band is not Band.ARCHIVE
        ),
        irrelevant_alerted=share(labelled(Label.IRRELEVANT), _alerted),
        measure_family=share(told, lambda j: _family_fits(j, kin)),
        imposer=share(told, lambda j: (step := _step(j)) is not None and step.imposer == j.gold.imposer),
        direction=share(told, lambda j: (step := _step(j)) is not None and step.direction == j.gold.direction),
        targets=share(told, lambda j: (step := _step(j)) is not None and set(step.targets) == set(j.gold.targets)),
        stage=share(told, lambda j: (step := _step(j)) is not None and step.stage == j.gold.stage),
        goods_precision=_sum(_goods(j, kin)[0] for j in told),
        goods_recall=_sum(_goods(j, kin)[1] for j in told),
        language=share(judged, lambda j: j.lang == j.analysis.reading.lang),
        stories=b_cubed({j.analysis.document.id: j.story for j in judged}, wanted),
    )


def _alerted(judged: Judged) -> bool:
    return judged.analysis.assessment.band.rank >= Band.ALERT.rank


def _step(judged: Judged) -> Event | None:
    """The first event; a historic one stands only when nothing else was found."""
    events = judged.analysis.reading.events
    return next((e for e in events if e.stage is not Stage.HISTORIC), events[0] if events else None)


def _family_fits(judged: Judged, kin: Kinship) -> bool:
    step = _step(judged)
    if step is None:
        return False
    wanted = {kin.family(measure) for measure in judged.gold.measures}
    return kin.family(step.measure) in wanted or step.measure in judged.gold.measures


def _goods(judged: Judged, kin: Kinship) -> tuple[Share, Share]:
    """Precision and recall of the step's goods; a good counts for the family it belongs to and the reverse."""
    step = _step(judged)
    found = set(step.goods) if step else set()
    meant = set(judged.gold.goods)
    right = sum(any(same_good(good, other, kin) for other in meant) for good in found)
    reached = sum(any(same_good(good, other, kin) for good in found) for other in meant)
    return Share(hits=right, of=len(found)), Share(hits=reached, of=len(meant))


def same_good(found: str, meant: str, kin: Kinship) -> bool:
    """Whether a good that was found is the one meant: itself, its family, or both not in any list."""
    if found in UNLISTED:
        return meant in UNLISTED or kin.slot(meant) is None
    return kin.related(found, meant) or (meant in UNLISTED and found.startswith("quantum"))


def _sum(shares: Iterable[Share]) -> Share:
    parts = list(shares)
    return Share(hits=sum(p.hits for p in parts), of=sum(p.of for p in parts))


def by_language(judged: Sequence[Judged], kin: Kinship) -> tuple[Figures, ...]:
    """Figures per language in order of code, then of all."""
    languages = sorted({j.lang for j in judged})
    parts = [figures(lang, [j for j in judged if j.lang == lang], kin) for lang in languages]
    return (*parts, figures(OVERALL, judged, kin))


def by_trap(judged: Sequence[Judged], kin: Kinship) -> tuple[Figures, ...]:
    """Figures per trap, the most frequent first."""
    traps: dict[str, list[Judged]] = {}
    for item in judged:
        for trap in item.gold.traps or ("(none)",):
            traps.setdefault(trap, []).append(item)
    ordered = sorted(traps.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(figures(trap, items, kin) for trap, items in ordered)


def misses(judged: Sequence[Judged]) -> tuple[Miss, ...]:
    """Every alert that was missed, every false alert, every look-alike above the archive, in order of language."""
    found = [_miss(item, kind) for item in judged if (kind := _kind(item))]
    return tuple(sorted(found, key=lambda miss: (miss.lang, miss.kind, miss.id)))


def _kind(judged: Judged) -> str:
    label = judged.gold.label
    if label is Label.ALERT:
        return "" if _alerted(judged) else "missed alert"
    if _alerted(judged):
        return "false alert"
    above = label is Label.IRRELEVANT and judged.analysis.assessment.band is not Band.ARCHIVE
    return "above archive" if above else ""


def _miss(judged: Judged, kind: str) -> Miss:
    analysis = judged.analysis
    return Miss(
        id=analysis.document.id,
        lang=judged.lang,
        label=judged.gold.label,
        band=analysis.assessment.band,
        score=analysis.assessment.score,
        title=analysis.document.title,
        kind=kind,
        why=_missed(analysis) if kind == "missed alert" else _raised(analysis),
    )


def _missed(analysis: Analysis) -> str:
    """Why an alert stayed quiet: the rule that nearly held, what was not read, or the points."""
    assessment, reading = analysis.assessment, analysis.reading
    if reading.degraded:
        return f"read only in part: {', '.join(reading.degraded)}"
    if assessment.rules:
        return f"{assessment.score:g} points stay below an alert ({', '.join(assessment.rules)} holds)"
    if assessment.near_misses:
        return "; ".join(assessment.near_misses[:2])
    slots = ", ".join(slot.value for slot in assessment.slots)
    if not reading.events:
        return f"no step was found; named: {slots or 'nothing'}"
    return f"no rule comes near: {_told(reading.events[0])}"


def _raised(analysis: Analysis) -> str:
    """Why a text went too far: the rules that hold, the step they hold on, the heaviest lines."""
    assessment, events = analysis.assessment, analysis.reading.events
    lines = sorted(assessment.ledger, key=lambda line: -line.points)[:3]
    parts = [f"{', '.join(assessment.rules)} holds"] if assessment.rules else []
    parts += [_told(events[0])] if events else []
    words = (f"{line.points:+g} {line.why}{' “' + line.words[0] + '”' if line.words else ''}" for line in lines)
    return "; ".join([*parts, *words])


def _told(event: Event) -> str:
    goods = "+".join(event.goods) or "no goods"
    towards = f" -> {'+'.join(event.targets)}" if event.targets else ""
    return f"{event.imposer or '?'} {event.stage} {event.direction} {event.measure} {goods}{towards}"


def plain_figures(found: Figures) -> dict[str, Any]:
    """Figures as JSON data: shares as numbers 0..1 or null, with their counts beside."""
    shares = {
        "alert_recall": found.alert_recall,
        "alert_precision": found.alert_precision,
        "context_alerted": found.context_alerted,
        "irrelevant_above_archive": found.irrelevant_above_archive,
        "irrelevant_alerted": found.irrelevant_alerted,
        "measure_family": found.measure_family,
        "imposer": found.imposer,
        "direction": found.direction,
        "targets": found.targets,
        "stage": found.stage,
        "goods_precision": found.goods_precision,
        "goods_recall": found.goods_recall,
        "language": found.language,
    }
    stories = found.stories
    return {
        "name": found.name,
        "documents": found.documents,
        **{key: share.value for key, share in shares.items()},
        "goods_f1": found.goods_f1,
        "b_cubed": {"precision": stories.precision, "recall": stories.recall, "f1": stories.f1} if stories else None,
        "counts": {key: [share.hits, share.of] for key, share in shares.items()},
    }
