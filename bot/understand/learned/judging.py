"""Join what words found with what the learned heads say: how a text reads, and the slots of its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Direction, Slot, Stage
from bot.types.lexicon import Concept
from bot.types.reading import Event, Likeness, Reading, ReadsAs
from bot.understand.learned import candidates
from bot.understand.learned.features import Features, features
from bot.understand.learned.heads import best
from bot.understand.learned.model import Model
from bot.understand.learned.ngrams import Array

LABELS = {"alert": "new_step", "context": "context", "irrelevant": "other"}
STEP = 0.3  # chance of a new step from which one is made or completed; a rule asks for more
_SAY = 0.5  # chance from which a state is a target, or a good is meant
_BEYOND_DOUBT = 0.9  # chance from which the whole text outvotes words on direction and stage
_OTHER_GOODS = ConceptId("other")
_SLOTS = ("measure", "direction", "stage")
LEARNED = (*_SLOTS, "imposer", "targets", "goods")
Slots = Mapping[str, Mapping[str, float]]


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
        return replace(told, events=self._events(document, reading, found, centred, reads_as.new_step, home))

    def _events(
        self, document: Document, reading: Reading, found: Features, centred: Array, chance: float, home: str
    ) -> tuple[Event, ...]:
        """The events, the first live one completed, or one made where words found none."""
        live = next((event for event in reading.events if event.stage is not Stage.HISTORIC), None)
        slots = {name: self.model.heads[name].probabilities(found, centred) for name in _SLOTS}
        states = candidates.states(document, reading, self.concepts, home)
        if live is None and not _stands_beside(document, reading):
            return reading.events
        if live is None:
            return (self._made(document, reading, slots, states, chance), *reading.events)
        others = (event for event in reading.events if event is not live)
        return (self._completed(live, reading, slots, states, chance), *others)

    def _made(
        self, document: Document, reading: Reading, slots: Slots, states: Mapping[str, Features], chance: float
    ) -> Event:
        """A step of the whole text, which stands in its title for lack of words."""
        start, end = _headline(document)
        stages = {name: p for name, p in slots["stage"].items() if name != Stage.HISTORIC.value}
        imposer = self._imposer(states)
        return Event(
            measure=ConceptId(best(slots["measure"])),
            direction=Direction(best(slots["direction"])),
            stage=Stage(best(stages or {Stage.ANNOUNCED.value: 1.0})),
            imposer=imposer,
            targets=self._targets(states, imposer),
            goods=self._goods(reading),
            start=start,
            end=end,
            confidence=round(chance, 3),
            zone=document.zone_at(start),
            evidence=((start, end),),
            learned=LEARNED,
        )

    def _completed(
        self, live: Event, reading: Reading, slots: Slots, states: Mapping[str, Features], chance: float
    ) -> Event:
        """The words' own step: its family of measure and goods are told better by the whole text, the rest by words."""
        direction, stage = (_surer(getattr(live, name).value, slots[name]) for name in ("direction", "stage"))
        settled = replace(
            live,
            measure=self._measure(live.measure, best(slots["measure"])),
            direction=Direction(direction),
            stage=Stage(stage),
            imposer=live.imposer or self._imposer(states),
            goods=self._goods(reading),
            confidence=max(live.confidence, round(chance, 3)),
        )
        changed = tuple(name for name in LEARNED if getattr(settled, name) != getattr(live, name))
        return replace(settled, learned=changed)

    def _measure(self, said: ConceptId, learned: str) -> ConceptId:
        """The words' own measure where it is of the family that was learned; it is the finer one."""
        families = [self.concepts[ConceptId(m)].family if ConceptId(m) in self.concepts else m for m in (said, learned)]
        return said if families[0] == families[1] else ConceptId(learned)

    def _imposer(self, states: Mapping[str, Features]) -> str | None:
        chances = self._chances("imposer", states)
        return best(chances) if chances else None

    def _targets(self, states: Mapping[str, Features], imposer: str | None) -> tuple[str, ...]:
        chances = self._chances("target", states)
        return tuple(code for code, chance in chances.items() if code != imposer and chance >= _SAY)

    def _goods(self, reading: Reading) -> tuple[ConceptId, ...]:
        chances = self._chances("good", {str(name): numbers for name, numbers in candidates.goods(reading).items()})
        meant = tuple(ConceptId(name) for name, chance in chances.items() if chance >= _SAY)
        if not meant and chances:
            meant = (ConceptId(best(chances)),)
        return tuple(name for name in meant if name != _OTHER_GOODS) or meant or (_OTHER_GOODS,)

    def _chances(self, head: str, named: Mapping[str, Features]) -> dict[str, float]:
        """The chance of each candidate, all in one go."""
        return dict(zip(named, self.model.heads[head].chances(tuple(named.values())), strict=True)) if named else {}


def _stands_beside(document: Document, reading: Reading) -> bool:
    """Whether anything but the encoder speaks for a step: a listed measure or good, a citation, an official source.

    One in fourteen texts of general news reads like a step to the encoder alone.
    """
    listed = any(m.slot in {Slot.MEASURE, Slot.GOODS, Slot.IDENTIFIER} for m in reading.mentions)
    return listed or document.authority is Authority.OFFICIAL


def _headline(document: Document) -> tuple[int, int]:
    """Span of the title, or of the first line of a text without one."""
    if document.title.strip():
        return 0, len(document.title)
    first = document.text.split("\n", 1)[0]
    start = len(document.title) + 2
    return start, start + len(first)


def _surer(said: str, chances: Mapping[str, float]) -> str:
    """What words say, unless the whole text says something else beyond doubt; a live step never becomes history."""
    learned = best(chances)
    return learned if chances[learned] >= _BEYOND_DOUBT and learned != Stage.HISTORIC.value else said
