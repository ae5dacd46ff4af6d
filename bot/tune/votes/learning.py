"""Learn points from the votes of readers: one label per story, what is left out, and what no proposal may lose."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.score.assessing import CEILING, FLOOR
from bot.tune.votes.ballots import HALF, Labelled, Parameter, Scale
from bot.tune.votes.fitting import Fit, fit
from bot.tune.votes.reliability import (
    ALERTED,
    BandReliability,
    Recall,
    RulePrecision,
    precision,
    probabilities,
    recall,
    reliability,
)
from bot.types.ids import RuleId, StoryId
from bot.types.levels import Band, Level
from bot.types.rules import Rulebook, Scoring
from bot.types.story import LedgerLine
from bot.types.vote import Shown, Verdict, Vote

LEVELS = tuple(f"levels.{level.value}" for level in Level)  # points must not decrease in this order
BONUS = "alert"  # head of the names of bonuses: alert.RULE.N
_SINGLE = ("actor_known", "target_known", "named_company", "sector_named", "background", "off_field")
_SEEN_BY = ("seen_by.each_doubling", "seen_by.most")
_TABLES = ("together", "source", "stage", "cue", "noise")
_BOUNDS = frozenset({CEILING, FLOOR})  # lines that follow from the sum of the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Votes as a fit takes them, one per story, and what was left out."""

    stories: tuple[Labelled, ...]
    titles: Mapping[StoryId, str]
    votes: int  # that count, one per reader and story
    duplicates: int = 0  # votes that complain of a story told twice
    wrong_sector: int = 0  # votes about the exposure alone
    found: int = 0  # votes on stories that somebody looked up: nobody knows of how many they are one
    ties: int = 0  # stories on which readers disagree evenly
    elsewhere: int = 0  # stories that were judged under another rule set
    strange: Mapping[str, int] = field(default_factory=dict)  # key that is no number of today -> stories that have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A useful alert that proposed points would take below the alert band."""

    story: StoryId
    title: str
    before: float  # sum by the points of now
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What the votes say of the points in force."""

    labels: Labels
    fit: Fit
    bands: tuple[BandReliability, ...]  # by the points in force
    bands_after: tuple[BandReliability, ...]  # by the proposed ones; empty when nothing is proposed
    rules: tuple[RulePrecision, ...]
    recall: Recall | None
    lost: tuple[Lost, ...]  # useful alerts that the proposal would lose; not empty: it is refused
    quieter: int  # stories voted not useful whose sum would fall below the alert band
    louder: int  # stories voted not useful whose sum would rise to it

    @property
    def refused(self) -> bool:
        """Whether there was a proposal that must not be made."""
        return bool(self.lost)

    @property
    def changes(self) -> Mapping[str, int]:
        """New whole points by name, `half` included; empty when nothing is proposed or it is refused."""
        return {} if self.refused else {name: round(points) for name, points in self.fit.changes.items()}


def learn(votes: Sequence[Vote], rulebook: Rulebook) -> Lesson:
    """Fit points to votes, judge them, and hold what is proposed against every useful alert.

    Raises:
        InputError: The levels of the rule set are not in order.
    """
    labels, known, scoring = labelled(votes, rulebook), parameters(rulebook), rulebook.scoring
    found = fit(
        labels.stories, known, orders=(LEVELS,), half=scoring.half, double_every=scoring.double_every
    )  # fmt: skip
    before = {each.name: each.value for each in known}
    after = before | {name: points for name, points in found.changes.items() if name != HALF}
    moved = _moved(labels, before, after, scoring.bands[Band.ALERT]) if found.changes else {}
    return Lesson(
        labels=labels,
        fit=found,
        bands=_reliability(labels.stories, before, scoring.half, scoring),
        bands_after=_reliability(labels.stories, after, found.half.points, scoring) if found.changes else (),
        rules=precision(labels.stories),
        recall=recall(labels.stories),
        lost=tuple(
            Lost(story=StoryId(each.story), title=labels.titles[StoryId(each.story)], before=sums[0], after=sums[1])
            for each, sums in moved.values()
            if each.useful and each.band in ALERTED and sums[1] < sums[0]
        ),
        quieter=sum(not each.useful and sums[1] < sums[0] for each, sums in moved.values()),
        louder=sum(not each.useful and sums[1] > sums[0] for each, sums in moved.values()),
    )


def _reliability(
    stories: Sequence[Labelled], points: Mapping[str, float], half: float, scoring: Scoring
) -> tuple[BandReliability, ...]:
    chances = probabilities(stories, points, Scale(half=half, double_every=scoring.double_every))
    return reliability(stories, chances, [band.value for band in Band])


def _moved(
    labels: Labels, before: Mapping[str, float], after: Mapping[str, float], alert: float
) -> dict[str, tuple[Labelled, tuple[float, float]]]:
    """Stories whose sum crosses the alert band, with their sums."""
    found = {}
    for each in labels.stories:
        sums = (summed(each, before), summed(each, after))
        if (sums[0] >= alert) != (sums[1] >= alert):
            found[each.story] = (each, sums)
    return found


def summed(story: Labelled, points: Mapping[str, float]) -> float:
    """Score of a story by given points, without the lines that hold it inside what rules allow."""
    return story.offset + math.fsum(count * points[name] for name, count in story.counts.items())


def parameters(rulebook: Rulebook) -> tuple[Parameter, ...]:
    """Every number that lines of a ledger may name: those of scoring.yml, then the bonuses of alert rules."""
    scoring = rulebook.scoring
    names = [name for name, level in zip(LEVELS, Level, strict=True) if level in scoring.levels]
    names += [f"{table}.{key}" for table in _TABLES for key in getattr(scoring, table)]
    names += [*_SINGLE, *_SEEN_BY]
    found = [Parameter(name=name, value=float(scoring.points(name))) for name in names]
    found += [
        Parameter(name=f"{BONUS}.{rule.id}.{number}", value=float(bonus.points))
        for rule in rulebook.alerts
        for number, bonus in enumerate(rule.add)
    ]
    return tuple(found)


def labelled(votes: Iterable[Vote], rulebook: Rulebook) -> Labels:
    """One label per story: the majority of its readers, on the ledger of the latest vote that agrees with it.

    Left out are complaints about duplicates, which say nothing of the step; complaints about the sector, which blame
    the exposure and not the sum; votes on stories that somebody looked up; and ties.
    """
    cast = tuple(votes)
    why = Counter(_left_out(vote) for vote in cast)
    stories: dict[StoryId, list[Vote]] = defaultdict(list)
    for vote in cast:
        if not _left_out(vote):
            stories[vote.story_id].append(vote)
    names = _Names(rulebook)
    kept: list[Labelled] = []
    titles: dict[StoryId, str] = {}
    strange: Counter[str] = Counter()
    elsewhere = 0
    for story, said in stories.items():
        deciding = _deciding(said)
        if deciding is None:
            continue
        counts, offset, unknown = names.counted(deciding.assessment.ledger)
        strange.update(unknown)
        elsewhere += deciding.assessment.ruleset_hash != rulebook.hash
        titles[story] = deciding.title
        kept.append(_label(deciding, counts, offset, rate=max(vote.rate for vote in said)))
    return Labels(
        stories=tuple(kept),
        titles=titles,
        votes=len(cast),
        duplicates=why["duplicate"],
        wrong_sector=why["wrong-sector"],
        found=why["found"],
        ties=len(stories) - len(kept),
        elsewhere=elsewhere,
        strange=dict(sorted(strange.items())),
    )


def _left_out(vote: Vote) -> str:
    """Why a vote does not count here; "" when it does."""
    if not vote.about_relevance:
        return "duplicate"
    if not vote.about_step:
        return "wrong-sector"
    return "found" if vote.shown is Shown.FOUND else ""


def _deciding(votes: Sequence[Vote]) -> Vote | None:
    """The latest vote of the majority; None for a tie."""
    useful = [vote for vote in votes if vote.verdict is Verdict.USEFUL]
    others = [vote for vote in votes if vote.verdict is not Verdict.USEFUL]
    if len(useful) == len(others):
        return None
    return max(useful if len(useful) > len(others) else others, key=lambda vote: (vote.at, vote.voter))


def _label(vote: Vote, counts: Mapping[str, float], offset: float, *, rate: float) -> Labelled:
    return Labelled(
        counts=counts,
        offset=offset,
        useful=vote.verdict is Verdict.USEFUL,
        weight=1 / rate,
        at=vote.at,
        band=vote.assessment.band.value,
        rules=tuple(vote.assessment.rules),
        story=vote.story_id,
    )


class _Names:
    """Numbers of today's rule set, as lines of older ledgers name them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._known: Collection[str] = {each.name for each in parameters(rulebook)}
        self._bonuses = {rule.id: [bonus.why for bonus in rule.add] for rule in rulebook.alerts}

    def counted(self, ledger: Iterable[LedgerLine]) -> tuple[dict[str, float], float, set[str]]:
        """How much of each number counts, the points that no number stands for, and keys that no number has."""
        counts: dict[str, float] = defaultdict(float)
        offset, strange = 0.0, set()
        for line in ledger:
            name = self._name(line)
            if name:
                counts[name] += line.share
            elif line.slot not in _BOUNDS:
                offset += line.points
                strange |= {line.key} - {""}
        return dict(counts), offset, strange

    def _name(self, line: LedgerLine) -> str:
        head, _, rest = line.key.partition(".")
        if head != BONUS:
            return line.key if line.key in self._known else ""
        # Rows under `add` may have moved since: a bonus is known by what it says of itself.
        rule = RuleId(rest.rpartition(".")[0])
        said = self._bonuses.get(rule, [])
        rows = [number for number, why in enumerate(said) if line.why.startswith(f"{rule}: {why}")]
        names = [f"{BONUS}.{rule}.{number}" for number in sorted(rows, key=lambda n: -len(said[n]))]
        return line.key if line.key in names else names[0] if names else ""
