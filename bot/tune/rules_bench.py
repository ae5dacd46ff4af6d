"""How fast rules are compiled, looked for and scored with, beside the goals.

The work of `monazite rules bench`. Figures are medians of several runs in one process, on the clock of its processor,
so that what else the machine does counts little.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.cluster import place
from bot.score import assess
from bot.tune.marked import Case, cases
from bot.tune.texts import case_document
from bot.types.document import Document
from bot.types.ids import DocumentId
from bot.types.lexicon import Concept, Lexicon
from bot.types.ports import Reader
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Story
from bot.understand import language
from bot.understand._lexis import Lexis, languages
from bot.understand.gate import Gate

COMPILE_GOAL, RELOAD_GOAL, SCORE_GOAL = 1.0, 0.3, 50_000.0  # seconds, seconds, stories a second
_LEAST_SECONDS = 0.2  # of scoring in one run; fewer say little
_NOBODYS = "benchword"  # is in no text, so that the edit changes no test

Read = tuple[Story, Mapping[DocumentId, Reading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the report."""

    what: str
    value: float
    unit: str  # "s" or "stories/s"
    goal: float | None = None  # in the same unit; seconds must stay below it, all else must reach it
    times: float | None = None  # as fast as what it is compared with
    beside: str = ""  # what `times` compares with

    @property
    def verdict(self) -> str:
        """met, missed, or nothing where there is no goal."""
        if self.goal is None:
            return ""
        return "met" if (self.value < self.goal if self.unit == "s" else self.value >= self.goal) else "missed"


def loading(
    cold: Callable[[], object], edit: Callable[[int], None], reload: Callable[[], object], rounds: int
) -> Iterator[Figure]:
    """Compile the whole set, and load it again after edits of one file.

    Args:
        cold: Loads the set from nothing.
        edit: Changes one word of one file; told the number of the run.
        reload: Loads the set in a process that has it.
        rounds: Runs of each.
    """
    compiled = statistics.median(_seconds(cold) for _ in range(rounds))
    yield Figure(what="compile all rule files", value=compiled, unit="s", goal=COMPILE_GOAL)
    reload()
    times = []
    for number in range(rounds):
        edit(number)
        times.append(_seconds(reload))
    again = statistics.median(times)
    yield Figure(
        what="load again after an edit of one file",
        value=again,
        unit="s",
        goal=RELOAD_GOAL,
        times=compiled / again,
        beside="compile all rule files",
    )


def widest(lexicon: Lexicon) -> Concept:
    """The concept with most words in files of concepts and actors: the dearest file to edit."""
    return max(
        lexicon.concepts, key=lambda concept: (len(concept.terms) if concept.role != "company" else 0, concept.id)
    )


def with_word(text: str, concept: Concept, number: int) -> str:
    """The text of a concept's file with one more word in one of its lists.

    Raises:
        ValueError: No list of the file is written in a way that a word is easily added to.
    """
    lines = text.split("\n")
    for term in concept.terms:
        row, at = term.place.line - 1, term.place.column - 1
        if term.place.path != concept.place.path or row >= len(lines):
            continue
        before, rest = lines[row][:at], lines[row][at:]
        if before.strip() == "-":
            return "\n".join((*lines[:row], f"{before}{_NOBODYS}{number}", *lines[row:]))
        if before.rstrip().endswith(("[", ",")):
            return "\n".join((*lines[:row], f"{before}{_NOBODYS}{number}, {rest}", *lines[row + 1 :]))
    raise ValueError(f"{concept.place.path} holds no list of words")


def compiling(lexicon: Lexicon, rounds: int) -> Iterator[Figure]:
    """Make what finds terms, per language that is read and for all."""
    made: dict[str, list[float]] = {code: [] for code in sorted(languages())}
    gates: list[float] = []
    for _ in range(rounds):
        lexis = Lexis(lexicon)
        for code, times in made.items():
            times.append(_seconds(partial(lexis.matcher, code)))
        gates.append(_seconds(partial(_all_nets, Gate(lexis), list(made))))
    for code, times in made.items():
        yield Figure(what=f"compile the matcher, {code}", value=statistics.median(times), unit="s")
    whole = statistics.median(map(sum, zip(*made.values(), strict=True)))
    yield Figure(what="compile the matchers, all languages", value=whole, unit="s")
    yield Figure(what="compile the gates on top, all languages", value=statistics.median(gates), unit="s")


def _all_nets(gate: Gate, codes: Sequence[str]) -> None:
    """A gate makes what it needs when a language first comes by."""
    for code in codes:
        gate.opens("", code)


def read_stories(rulebook: Rulebook, reader: Reader, most: int) -> list[Read]:
    """Stories of one text each, as a store would hold them, out of the texts of rule tests.

    Args:
        rulebook: The rule set.
        reader: Reads the texts, once.
        most: Texts that are read; all tests of sectors and alerts come first, then tests of words from all files.
    """
    every = cases(rulebook)
    chosen = [case for case in every if case.kind != "concept"][:most]
    words = [case for case in every if case.kind == "concept"]
    wanted = most - len(chosen)
    chosen += words[:: max(1, len(words) // wanted)][:wanted] if wanted > 0 else []
    return [_story(case_document(case.test)[0], rulebook, reader) for case in chosen]


def _story(document: Document, rulebook: Rulebook, reader: Reader) -> Read:
    reading = reader.read(document)
    return place(document, reading, (), lexicon=rulebook.lexicon).story, {document.id: reading}


def scoring(stories: Sequence[Read], rulebook: Rulebook, rounds: int) -> Iterator[Figure]:
    """Score stored stories, with and without a step."""
    told = [story for story in stories if story[0].event is not None]
    untold = [story for story in stories if story[0].event is None]
    for what, some in (("with a step", told), ("without a step", untold)):
        if some:
            speed = statistics.median(_stories_per_second(some, rulebook) for _ in range(rounds))
            yield Figure(what=f"score again, stories {what}", value=speed, unit="stories/s", goal=SCORE_GOAL)


def _stories_per_second(stories: Sequence[Read], rulebook: Rulebook) -> float:
    """Scores all of them as often as it takes to fill a measurable time."""
    assess(*stories[0], rulebook)  # makes the index of the rules, which a run of many has for nothing
    count, begin = 0, time.process_time()
    while (spent := time.process_time() - begin) < _LEAST_SECONDS or not count:
        for story, readings in stories:
            assess(story, readings, rulebook)
        count += len(stories)
    return count / spent


def own_texts(rulebook: Rulebook) -> list[tuple[str, str]]:
    """(language, text) of every test of the rule files."""
    return [_named(case) for case in cases(rulebook)]


def _named(case: Case) -> tuple[str, str]:
    document, _ = case_document(case.test)
    code = case.test.lang or language.identify_parts(document.title, document.text)[0][0]
    return code, document.full


def _seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin
