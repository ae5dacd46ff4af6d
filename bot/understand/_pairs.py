"""Words that must meet in one sentence, in any order: `zet .. export|uitvoer .. stop`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understand import _patterns
from bot.understand._borders import character_borders
from bot.understand._fold import fold, is_east_asian
from bot.understand._inflect import Inflector
from bot.understand._patterns import Phrase
from bot.understand._view import Span, View
from bot.understand.languages._language import Language

_NEIGHBOURS = 8  # spans on either side that are looked at first


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One part of a pair: any of its phrases or strings of characters."""

    phrases: tuple[Phrase, ...]
    strings: tuple[str, ...]
    particles: frozenset[str]  # alternatives that are particles of separable verbs

    @classmethod
    def of(cls, alternatives: tuple[str, ...], inflector: Inflector, language: Language) -> Member:
        """Compile the alternatives of one part."""
        strings = tuple(fold(text.rstrip("*")) for text in alternatives if is_east_asian(text))
        strings += tuple(text.replace(" ", "") for text in strings if " " in text)  # 수출 통제, 수출통제
        made = (_patterns.member(text, inflector, language) for text in alternatives if not is_east_asian(text))
        phrases = tuple(phrase for phrase in made if phrase)
        particles = frozenset(fold(text) for text in alternatives) & language.particles
        return cls(phrases=phrases, strings=strings, particles=particles)

    @property
    def beginnings(self) -> tuple[str, ...]:
        """One of these stands wherever the member does."""
        return tuple(dict.fromkeys((*self.strings, *(first for phrase in self.phrases for first in phrase.firsts))))

    def spans(self, view: View, sentence: int) -> list[Span]:
        """Everywhere in a sentence, remembered on the view."""
        key = (self, sentence)
        found = view.scanned.get(key)
        if found is None:
            found = view.scanned[key] = sorted(set(self._scan(view, *view.sentences[sentence])))
        return found

    def _scan(self, view: View, start: int, end: int) -> Iterator[Span]:
        for text in self.strings:
            for at in _everywhere(view.folded, text, start, end):
                if character_borders(view, at, at + len(text)):
                    yield at, at + len(text)
        for phrase in self.phrases:
            for anchor in phrase.firsts:
                for at in _everywhere(view.folded, anchor, start, end):
                    span = phrase.spans(view, at)
                    if span and span[1] <= end:
                        yield span


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Members that must meet."""

    members: tuple[Member, ...]
    found: int  # index of the member whose words are looked for first
    also: tuple[str, ...]  # one of these must stand in the sentence: what the next rarest member begins with
    language: Language

    def around(self, view: View, span: Span) -> tuple[Span, ...]:
        """Spans of all members in text order when they meet around a found one; empty when they do not."""
        sentence = view.sentence_at(span[0])
        if sentence < 0 or span[1] > view.sentences[sentence][1] or not self._closes(view, self.found, span):
            return ()
        chosen = [span]
        for number, member in enumerate(self.members):
            if number == self.found:
                continue
            spans = member.spans(view, sentence)
            # Those around the found member come first: a sentence of a thousand exports must not be looked through
            # for each of them.
            at = bisect_left(spans, span)
            near = spans[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
            best = self._nearest(view, number, near, chosen)
            if best is None and len(near) < len(spans):
                best = self._nearest(view, number, spans, chosen)
            if best is None:
                return ()
            chosen.append(best)
        return tuple(sorted(chosen))

    def _nearest(self, view: View, number: int, spans: list[Span], chosen: list[Span]) -> Span | None:
        """Of the spans of a member, the one nearest to the found member that overlaps none chosen before."""
        start, end = chosen[0]
        free = [s for s in spans if _apart(s, chosen) and self._closes(view, number, s)]
        return min(free, key=lambda s: max(s[0] - end, start - s[1]), default=None)

    def _closes(self, view: View, number: int, span: Span) -> bool:
        """False for a particle that closes no clause: the "ein" of "schränkt ein" is no article."""
        member = self.members[number]
        if number != len(self.members) - 1 or not member.particles:
            return True
        text = view.folded
        if text[span[0] : span[1]] not in member.particles:
            return True
        at = view.next_starts(span[1], ())
        if at < 0 or not text[at : at + 1].isalnum():
            return True
        return text[at : view.word_end(at)] in self.language.after_particle


def _everywhere(text: str, part: str, start: int, end: int) -> Iterator[int]:
    at = text.find(part, start, end)
    while at >= 0:
        yield at
        at = text.find(part, at + 1, end)


def _apart(span: Span, others: list[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in others)
