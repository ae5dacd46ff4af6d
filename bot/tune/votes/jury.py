"""Hold a changed rule set against every story with votes: what it silences, finds and loses, by reading again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.score import assess
from bot.tune.archive.rereading import loose_net
from bot.tune.diff import changed_concepts
from bot.tune.votes.cases import Case
from bot.types.document import Document
from bot.types.ids import DocumentId, StoryId
from bot.types.levels import Band
from bot.types.lexicon import Lexicon
from bot.types.ports import Reader
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment

_ALERT = Band.ALERT.rank


@dataclass(frozen=True, slots=True)
class Judged:
    """How a story reads and scores by words."""

    case: Case
    readings: Mapping[DocumentId, Reading]
    assessment: Assessment

    @property
    def alerts(self) -> bool:
        """Whether it would be an alert."""
        return self.assessment.band.rank >= _ALERT


@dataclass(slots=True)
class Effect:
    """What a change does to the stories with votes."""

    silenced: list[Case] = field(default_factory=list)  # false alerts that are none any more
    lost: list[Case] = field(default_factory=list)  # useful alerts that are none any more
    found: list[Case] = field(default_factory=list)  # useful stories that were missed and reach a higher band
    alerted: list[Case] = field(default_factory=list)  # those of them that become alerts
    raised: list[Case] = field(default_factory=list)  # stories voted not useful that become alerts

    @property
    def harmless(self) -> bool:
        """Whether no useful alert is lost and no false one made."""
        return not self.lost and not self.raised


class Jury:
    """Stories with votes, read by words as the rules in force have them.

    The learned reader's verdict on a text is taken over as it was, before and after: it does not depend on words.

    Args:
        rulebook: The rules in force.
        cases: The stories.
        read: Makes a reader for words.
    """

    def __init__(self, rulebook: Rulebook, cases: Iterable[Case], read: Callable[[Lexicon], Reader]) -> None:
        self.rulebook = rulebook
        self._read = read
        reader = read(rulebook.lexicon)
        self.standings: Sequence[Judged] = [
            self._standing(case, {d.id: _as_read(reader, d, case) for d in case.documents}, rulebook) for case in cases
        ]

    @property
    def false_alerts(self) -> list[Judged]:
        """Alerts that more readers found not useful than useful."""
        return [each for each in self.standings if each.case.false and each.alerts]

    @property
    def missed(self) -> list[Judged]:
        """Useful stories that were not alerted and would not be now."""
        return [each for each in self.standings if each.case.missed and not each.alerts]

    @property
    def useful(self) -> list[Judged]:
        """What may not be lost."""
        return [each for each in self.standings if each.case.useful]

    def try_out(self, changed: Rulebook) -> Effect:
        """What a changed rule set does; only texts that changed words could touch are read again."""
        again = self._read_again(changed)
        effect = Effect()
        for was in self.standings:
            readings = {name: again.get(name, old) for name, old in was.readings.items()}
            _count(was, self._standing(was.case, readings, changed), effect)
        return effect

    def _read_again(self, changed: Rulebook) -> Mapping[DocumentId, Reading]:
        concepts = changed_concepts(self.rulebook, changed)
        if not concepts:
            return {}
        net, reader = loose_net(concepts), self._read(changed.lexicon)
        return {
            document.id: _as_read(reader, document, each.case)
            for each in self.standings
            for document in each.case.documents
            if net.opens(document.full, each.readings[document.id].lang)
        }

    @staticmethod
    def _standing(case: Case, readings: Mapping[DocumentId, Reading], rulebook: Rulebook) -> Judged:
        return Judged(case, readings, assess(case.story, readings, rulebook))


def _as_read(reader: Reader, document: Document, case: Case) -> Reading:
    return replace(reader.read(document), reads_as=case.reads_as.get(document.id))


def _count(was: Judged, now: Judged, effect: Effect) -> None:
    case = was.case
    if was.alerts and not now.alerts:
        if case.useful:
            effect.lost.append(case)
        elif case.false:
            effect.silenced.append(case)
    if case.missed and now.assessment.band.rank > was.assessment.band.rank:
        effect.found.append(case)
        if now.alerts:
            effect.alerted.append(case)
    if case.false and now.alerts and not was.alerts:
        effect.raised.append(case)


def ids(cases: Iterable[Case]) -> frozenset[StoryId]:
    """Ids of stories."""
    return frozenset(case.story.id for case in cases)
