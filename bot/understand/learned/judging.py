"""Join what words found with what the learned heads say: how a text reads, and the slots of its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Direction, Stage
from bot.types.lexicon import Concept
from bot.types.reading import Event, Likeness, Reading, ReadsAs
from bot.understand.learned import candidates
from bot.understand.learned.features import Features, features
from bot.understand.learned.heads import best
from bot.understand.learned.model import Model
from bot.understand.learned.ngrams import Array

LABELS = {"alert": "new_step", "context": "context", "irrelevant": "other"}
STEP = 0.5  # chance of a new step from which one is made or completed
_SAY = 0.5  # chance from which a state is a target, or a good is meant
_OTHER_GOODS = ConceptId("other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A model with the lexicon that its features need."""

    model: Model
    concepts: Mapping[ConceptId, Concept]

    def worth_encoding(self, document: Document, reading: Reading) -> bool:
        """Whether n-grams and words leave open that the text tells a step."""
        found = features(document, reading, self.concepts)
        return self.model.worth(document.title, document.text, found) >= self.model.threshold

    def judge(self, document: Document, reading: Reading, encoding: Array, home: str) -> Reading:
        """The reading with how the text reads, and its step completed where it reads like one.

        Args:
            document: The text.
            reading: What words alone say of it.
            encoding: Of the text, by the encoder that the model was trained with.
            home: Jurisdiction for which an official source speaks, or "".
        """
        found = features(document, reading, self.concepts)
        centred = self.model.centred(encoding)
        chances = self.model.heads["label"].probabilities(found, centred)
        like = tuple(
            Likeness(label=example.label, title=example.title, cosine=cosine)
            for example, cosine in self.model.like(encoding, best(chances))
        )
        reads_as = ReadsAs(**{LABELS[name]: round(chance, 4) for name, chance in chances.items()}, like=like)
        told = replace(reading, reads_as=reads_as)
        if reads_as.new_step < STEP:
            return told
        return replace(told, events=self._events(document, reading, found, centred, home))

    def _events(
        self, document: Document, reading: Reading, found: Features, centred: Array, home: str
    ) -> tuple[Event, ...]:
        """The events, the first live one completed, or one made where words found none."""
        live = next((event for event in reading.events if event.stage is not Stage.HISTORIC), None)
        measure, direction, stage = (
            best(self.model.heads[name].probabilities(found, centred)) for name in ("measure", "direction", "stage")
        )
        chance = self.model.heads["label"].probabilities(found, centred)["alert"]
        imposer = self._imposer(document, reading, home)
        targets = self._targets(document, reading, home, imposer)
        goods = self._goods(reading)
        start, end = _headline(document)
        made = live or Event(
            measure=ConceptId(measure),
            direction=Direction(direction),
            stage=Stage(stage),
            imposer=imposer,
            targets=targets,
            goods=goods,
            start=start,
            end=end,
            confidence=chance,
            zone=document.zone_at(start),
            evidence=((start, end),),
        )
        settled = replace(
            made,
            measure=self._measure(made.measure, measure),
            direction=Direction(direction),
            stage=Stage(stage) if Stage(stage) is not Stage.HISTORIC else made.stage,
            imposer=imposer or made.imposer,
            targets=targets,
            goods=goods or made.goods,
            confidence=max(made.confidence, round(chance, 3)),
            learned=_changed(live, direction, stage, imposer),
        )
        if settled.stage is Stage.HISTORIC:
            settled = replace(settled, stage=Stage.ANNOUNCED)
        return (settled, *(event for event in reading.events if event is not live))

    def _measure(self, said: ConceptId, learned: str) -> ConceptId:
        """The words' own measure where it is of the family that was learned; it is the finer one."""
        families = [self.concepts[ConceptId(m)].family if ConceptId(m) in self.concepts else m for m in (said, learned)]
        return said if families[0] == families[1] else ConceptId(learned)

    def _imposer(self, document: Document, reading: Reading, home: str) -> str | None:
        states = candidates.states(document, reading, self.concepts, home)
        head = self.model.heads["imposer"]
        chances = {code: head.probabilities(numbers)["yes"] for code, numbers in states.items()}
        return best(chances) if chances else None

    def _targets(self, document: Document, reading: Reading, home: str, imposer: str | None) -> tuple[str, ...]:
        states = candidates.states(document, reading, self.concepts, home)
        head = self.model.heads["target"]
        return tuple(
            code for code, numbers in states.items() if code != imposer and head.probabilities(numbers)["yes"] >= _SAY
        )

    def _goods(self, reading: Reading) -> tuple[ConceptId, ...]:
        named = candidates.goods(reading)
        head = self.model.heads["good"]
        chances = {str(name): head.probabilities(numbers)["yes"] for name, numbers in named.items()}
        meant = tuple(ConceptId(name) for name, chance in chances.items() if chance >= _SAY)
        if not meant and chances:
            meant = (ConceptId(best(chances)),)
        return tuple(name for name in meant if name != _OTHER_GOODS) or meant or (_OTHER_GOODS,)


def _headline(document: Document) -> tuple[int, int]:
    """Span of the title, or of the first line of a text without one."""
    if document.title.strip():
        return 0, len(document.title)
    first = document.text.split("\n", 1)[0]
    start = len(document.title) + 2
    return start, start + len(first)


def _changed(live: Event | None, direction: str, stage: str, imposer: str | None) -> tuple[str, ...]:
    """Slots that words alone say otherwise."""
    if live is None:
        return ("measure", "direction", "stage", "imposer", "targets", "goods")
    said = {"direction": live.direction.value, "stage": live.stage.value, "imposer": live.imposer}
    learned = {"direction": direction, "stage": stage, "imposer": imposer}
    return tuple(name for name in said if learned[name] and said[name] != learned[name])
