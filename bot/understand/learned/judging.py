"""Join what words found with what the learned heads say: how a text reads, and the slots of its step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Direction, Slot, Stage
from bot.types.lexicon import Concept
from bot.types.reading import UNNAMED, Event, Likeness, Reading, ReadsAs
from bot.understand.learned import candidates
from bot.understand.learned.encoder import size
from bot.understand.learned.features import Features, features
from bot.understand.learned.heads import best
from bot.understand.learned.model import Model
from bot.understand.learned.ngrams import Array

_ALERT = "alert"
LABELS = {_ALERT: "new_step", "context": "context", "irrelevant": "other"}
STEP = 0.3  # chance of a new step from which one is made or completed; a rule asks for more
_SAY = 0.5  # chance from which a good is meant
_UNSAID = 0.3  # chance from which goods are taken for meant that no word names
_HIT = 0.4  # chance from which a state is a target
_ALONE = 0.9  # chance of a new step from which nothing need stand beside it
_LONG = 450  # letters of a text that would have named its goods; an East Asian one counts for three
_RARER = 55.0  # how much rarer steps are among long texts without a listed good: in general news next to all are such
_OTHER_GOODS = ConceptId("other")
_SLOTS = ("direction", "stage")
LEARNED = ("measure", "direction", "stage", "goods", "imposer", "targets")
Slots = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A model with the lexicon that its features need."""

    model: Model
    concepts: Mapping[ConceptId, Concept]

    def worth_encoding(self, document: Document, reading: Reading) -> bool:
        """Whether n-grams and words leave open that the text tells a step; where words tell one, they do."""
        if _live(reading) is not None:
            return True
        found = features(document, reading, self.concepts)
        return self.model.worth(document.title, document.text, found) >= self.model.threshold

    def judge(
        self,
        document: Document,
        reading: Reading,
        encoding: Array,
        *,
        fuller: Callable[[], Reading] | None = None,
    ) -> Reading:
        """The reading with how the text reads, and its step completed where it reads like one.

        Args:
            document: The text.
            reading: What words alone say of it.
            encoding: Of the text, by the encoder that the model was trained with.
            fuller: Reads the text with all words where the gate stayed shut, for who acts in a step told without them.
        """
        found = features(document, reading, self.concepts)
        centred = self.model.centred(encoding)
        chances = self._labels(document, found, centred)
        like = tuple(
            Likeness(label=example.label, title=example.title, cosine=cosine)
            for example, cosine in self.model.like(encoding, best(chances))
        )
        reads_as = ReadsAs(**{LABELS[name]: round(chance, 4) for name, chance in chances.items()}, like=like)
        if reads_as.new_step < STEP:
            return replace(reading, reads_as=reads_as)
        if not reading.mentions and fuller is not None:
            reading = fuller()
            found = features(document, reading, self.concepts)
        told = replace(reading, reads_as=reads_as)
        return replace(told, events=self._events(document, reading, found, centred, reads_as.new_step))

    def _labels(self, document: Document, found: Features, centred: Array) -> dict[str, float]:
        """The chance of each label: examples vote on a new step, a head shares the rest out."""
        step = self.model.votes.chance(found, centred)
        if "n:goods" not in found and size(document.text) >= _LONG:
            step /= step + _RARER * (1.0 - step)
        told = self.model.heads["label"].probabilities(found, centred)
        rest = sum(chance for name, chance in told.items() if name != _ALERT) or 1.0
        return {name: step if name == _ALERT else (1.0 - step) * chance / rest for name, chance in told.items()}

    def _events(
        self, document: Document, reading: Reading, found: Features, centred: Array, chance: float
    ) -> tuple[Event, ...]:
        """The events, the first live one completed, or one made where words found none."""
        live = _live(reading)
        slots = {name: self.model.heads[name].probabilities(found, centred) for name in _SLOTS}
        slots |= self.model.votes.shares(found, centred)
        states = candidates.states(document, reading, self.concepts)
        if live is None and chance < _ALONE and not _stands_beside(document, reading):
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
        imposer, measure = self._imposer(states), ConceptId(best(slots["measure"]))
        goods, unnamed = self._goods(reading, slots["goods"])
        return Event(
            measure=measure,
            direction=Direction(best(slots["direction"])),
            stage=Stage(_settled(Stage.ANNOUNCED.value, 0.0, slots["stage"])),
            imposer=imposer,
            targets=self._targets(states, imposer, measure),
            goods=goods,
            start=start,
            end=end,
            confidence=round(chance, 3),
            zone=document.zone_at(start),
            evidence=((start, end),),
            learned=(*LEARNED, *unnamed),
        )

    def _completed(
        self, live: Event, reading: Reading, slots: Slots, states: Mapping[str, Features], chance: float
    ) -> Event:
        """The words' own step, each slot of it from whom held-out texts showed to be right more often."""
        imposer = self._imposer(states) or live.imposer
        measure = self._measure(live.measure, best(slots["measure"]))
        goods, unnamed = self._goods(reading, slots["goods"])
        settled = replace(
            live,
            measure=measure,
            direction=Direction(_settled(live.direction.value, live.confidence, slots["direction"])),
            stage=Stage(_settled(live.stage.value, live.confidence, slots["stage"])),
            imposer=imposer,
            agency=live.agency if imposer == live.imposer else None,
            targets=tuple(code for code in live.targets if code != imposer) or self._targets(states, imposer, measure),
            goods=goods,
            confidence=max(live.confidence, round(chance, 3)),
        )
        changed = tuple(name for name in LEARNED if getattr(settled, name) != getattr(live, name))
        return replace(settled, learned=(*changed, *unnamed))

    def _measure(self, said: ConceptId, learned: str) -> ConceptId:
        """The words' own measure where it is of the family that was learned; it is the finer one."""
        families = [self.concepts[ConceptId(m)].family if ConceptId(m) in self.concepts else m for m in (said, learned)]
        return said if families[0] == families[1] else ConceptId(learned)

    def _imposer(self, states: Mapping[str, Features]) -> str | None:
        chances = self._chances("imposer", states)
        return best(chances) if chances else None

    def _targets(self, states: Mapping[str, Features], imposer: str | None, measure: str) -> tuple[str, ...]:
        chances = self._chances("target", candidates.hit(states, imposer, measure))
        return tuple(code for code, chance in chances.items() if chance >= _HIT)

    def _goods(self, reading: Reading, whole: Mapping[str, float]) -> tuple[tuple[ConceptId, ...], tuple[str, ...]]:
        """Goods that are named and meant, or what the whole text is about where no listed one is, marked as such."""
        chances = self._chances("good", {str(name): numbers for name, numbers in candidates.goods(reading).items()})
        meant = tuple(ConceptId(name) for name, chance in chances.items() if chance >= _SAY)
        if not meant and chances:
            meant = (ConceptId(best(chances)),)
        named = tuple(name for name in meant if name != _OTHER_GOODS)
        listed = [name for name in whole if name in self.concepts]
        if named or not listed:
            return named or (_OTHER_GOODS,), ()
        about = best(whole, listed)
        return ((ConceptId(about),), (UNNAMED,)) if whole[about] >= _UNSAID else ((_OTHER_GOODS,), ())

    def _chances(self, head: str, named: Mapping[str, Features]) -> dict[str, float]:
        """The chance of each candidate, all in one go."""
        return dict(zip(named, self.model.heads[head].chances(tuple(named.values())), strict=True)) if named else {}


def _live(reading: Reading) -> Event | None:
    """The first step that words tell as news."""
    return next((event for event in reading.events if event.stage is not Stage.HISTORIC), None)


def _stands_beside(document: Document, reading: Reading) -> bool:
    """Whether anything but the encoder speaks for a step: a listed measure or good, a citation, an official source.

    The encoder alone takes some general news for a step.
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


def _settled(said: str, sure: float, chances: Mapping[str, float]) -> str:
    """The likeliest value when what words say, and how surely, counts beside the whole text; never history."""
    live = {name: chance for name, chance in chances.items() if name != Stage.HISTORIC.value}
    return best({**live, said: live.get(said, 0.0) * math.exp(sure)})
