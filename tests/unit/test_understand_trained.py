"""Trained pipelines as an option: namesakes of states, subjects of measures, and what happens without a pipeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest
import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from bot import checkup
from bot.types.levels import Direction, Slot
from bot.types.reading import Event, Mention
from bot.understand import chain
from bot.understand._lexis import Lexis
from bot.understand.reader import SpacyReader
from bot.understand.trained import MOST_CHARS, PACKAGES, Package, Pipelines, parse
from tests.fakes.lexicon import concept, document, lexicon

LEXICON = lexicon(
    concept(
        "export-ban",
        {"en": ["export ban", "ban .. export"]},
        family="restrict",
        direction=Direction.TIGHTEN,
    ),
    concept("gallium", {"en": ["gallium"]}, slot=Slot.GOODS),
    *(
        concept(f"gov-{code.lower()}", {"en": [name]}, slot=Slot.ACTOR, jurisdiction=code, role="state")
        for code, name in {"CN": "china", "JP": "japan", "US": "united states", "JO": "jordan"}.items()
    ),
    concept("paris", {"en": ["paris"]}, slot=Slot.ACTOR, jurisdiction="FR", role="capital"),
    concept("cn-mofcom", {"en": ["ministry of commerce"]}, slot=Slot.ACTOR, jurisdiction="CN", role="agency"),
    concept("firm", {"en": ["sinosteel china"]}, slot=Slot.ACTOR, jurisdiction="CN", role="company"),
)
PACKAGE = {"en": Package(name="made_by_hand", version="1.0")}
Arcs = Mapping[str, tuple[str, str]]  # a word: the word it hangs on, and its label


@Pipeline.factory("monazite_test_arcs", default_config={"arcs": {}})
def make_arcs(nlp: Pipeline, name: str, arcs: dict[str, list[str]]) -> Callable[[Doc], Doc]:
    """A parser that knows its sentence by heart."""

    def component(doc: Doc) -> Doc:
        places = {token.text: token.i for token in doc}
        heads = [places.get(arcs.get(token.text, [token.text])[0], token.i) for token in doc]
        deps = [arcs[token.text][1] if token.text in arcs else "ROOT" for token in doc]
        words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        return Doc(doc.vocab, words=words, spaces=spaces, heads=heads, deps=deps)

    return component


def pipeline(names: Mapping[str, str] | None = None, arcs: Arcs | None = None) -> Pipeline:
    nlp = spacy.blank("en")
    if arcs:
        nlp.add_pipe("monazite_test_arcs", config={"arcs": {word: list(arc) for word, arc in arcs.items()}})
    if names:
        patterns = [{"label": label, "pattern": name} for name, label in names.items()]
        nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


@dataclass(frozen=True)
class Read:
    """What the chain says of a text."""

    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]


@cache
def words() -> Pipeline:
    """The chain of English, built once."""
    return chain.build("en", Lexis(LEXICON))


def read(text: str, nlp: Pipeline | None, title: str = "", jurisdiction: str = "") -> Read:
    doc = replace(document(title, text), jurisdiction=jurisdiction)
    found = chain.run(words(), doc, None if nlp is None else lambda text, mentions: parse(nlp, text, mentions))
    assert all(doc.full[m.start : m.end] == m.surface for m in found._.mentions)
    return Read(found._.mentions, found._.events)


def actors(reading: Read) -> list[str]:
    return [m.surface for m in reading.mentions if m.slot in (Slot.ACTOR, Slot.TARGET)]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        pytest.param("Michael Jordan fears an export ban.", "Michael Jordan", "PERSON", id="man"),
        pytest.param("Paris Hilton met the export ban.", "Paris Hilton", "PER", id="woman"),
        pytest.param("China Telecom fears an export ban.", "China Telecom", "ORG", id="firm"),
        pytest.param("Bank of China expects an export ban.", "Bank of China", "ORG", id="bank"),
        pytest.param("At Jordan Arena the export ban was talked of.", "Jordan Arena", "FAC", id="building"),
    ],
)
def test_a_state_inside_another_name_is_no_state(text: str, name: str, label: str) -> None:
    assert len(actors(read(text, None))) == 1
    sharp = read(text, pipeline({name: label}))
    assert actors(sharp) == []
    assert {event.imposer for event in sharp.events} <= {None}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        pytest.param("China sets an export ban.", "China", "ORG", id="the-state-itself"),
        pytest.param("The United States sets an export ban.", "The United States", "ORG", id="article"),
        pytest.param("Ministry of Commerce of China: export ban", "Ministry of Commerce of China", "ORG", id="agency"),
        pytest.param("Japan Customs sets an export ban.", "Japan Customs", "ORG", id="official-word"),
        pytest.param("Jordan Smith minister sets an export ban.", "Jordan Smith", "ORG", id="official-word-follows"),
        pytest.param("China's Xi Jinping sets an export ban.", "China's Xi Jinping", "PERSON", id="possessive"),
        pytest.param("China Export Ban Hits Gallium", "China Export Ban", "ORG", id="headline-taken-for-a-name"),
        pytest.param("Sinosteel China fears an export ban.", "Sinosteel China", "ORG", id="a-firm-we-know"),
        pytest.param("China Telecom fears an export ban.", "China Telecom", "GPE", id="other-label"),
    ],
)  # fmt: skip
def test_a_state_that_acts_stays(text: str, name: str, label: str) -> None:
    assert actors(read(text, pipeline({name: label}))) == actors(read(text, None)) != []


def test_a_dropped_name_does_not_make_the_step_home_news() -> None:
    text = "China Telecom fears an export ban on gallium."
    events = read(text, pipeline({"China Telecom": "ORG"}), jurisdiction="JP").events
    assert {event.imposer for event in events} == {None}


@pytest.mark.parametrize(
    ("text", "arcs", "imposer"),
    [
        pytest.param(
            "China learned late that Japan banned exports of gallium.",
            {
                "China": ("learned", "nsubj"),
                "banned": ("learned", "ccomp"),
                "Japan": ("banned", "nsubj"),
                "exports": ("banned", "dobj"),
            },
            "JP",
            id="subject-of-the-measures-verb",
        ),
        pytest.param(
            "China , which Japan had asked for its help on gallium , imposed an export ban .",
            {
                "China": ("imposed", "nsubj"),
                "asked": ("China", "relcl"),
                "Japan": ("asked", "nsubj"),
                "ban": ("imposed", "dobj"),
                "export": ("ban", "compound"),
            },
            "CN",
            id="measure-as-object",
        ),
        pytest.param(
            "Japan banned exports as China fears an export ban .",
            {"China": ("fears", "nsubj"), "ban": ("fears", "dobj")},
            "JP",
            id="verbs-of-reaction-do-not-count",
        ),
        pytest.param(
            "China agreed with Japan to ban exports of gallium.",
            {
                "China": ("agreed", "nsubj"),
                "Japan": ("with", "pobj"),
                "with": ("agreed", "prep"),
                "ban": ("agreed", "xcomp"),
                "exports": ("ban", "dobj"),
            },
            "CN",
            id="shared-subject",
        ),
    ],
)
def test_the_grammatical_subject_imposes(text: str, arcs: Arcs, imposer: str) -> None:
    reading = read(text, pipeline(arcs=arcs))
    assert reading.events
    assert reading.events[0].imposer == imposer


def test_passive_subjects_and_borrowed_ones_are_nobody() -> None:
    mentions = read("China sets an export ban.", None).mentions
    passive = {"China": ("banned", "nsubjpass"), "was": ("banned", "auxpass")}
    assert parse(pipeline(arcs=passive), "China was banned", mentions).acts == ()
    urged = {"China": ("urges", "nsubj"), "Japan": ("urges", "dobj"), "stop": ("urges", "xcomp")}
    acts = parse(pipeline(arcs=urged), "China urges Japan to stop", mentions).acts
    assert [act.verb for act in acts] == [(6, 11)]


@pytest.mark.parametrize(
    ("agent", "arcs"),
    [
        pytest.param("China", {"China": ("banned", "obl:agent"), "Exports": ("banned", "nsubj:pass")}, id="universal"),
        pytest.param(
            "China",
            {"by": ("banned", "agent"), "China": ("by", "pobj"), "Exports": ("banned", "nsubjpass")},
            id="english-labels",
        ),
    ],
)
def test_agents_of_passives_act(agent: str, arcs: Arcs) -> None:
    text = "Exports banned by China"
    mentions = read("China: an export ban.", None).mentions
    (act,) = parse(pipeline(arcs=arcs), text, mentions).acts
    assert (text[slice(*act.subject)], text[slice(*act.verb)]) == (agent, "banned")
    assert [text[slice(*place)] for place in act.objects] == ["Exports"]


def test_offsets_hold_behind_a_title_and_below_other_paragraphs() -> None:
    sharp = read(
        "Nothing here.\n\nAn export ban, says Michael Jordan of Japan.", pipeline({"Michael Jordan": "PERSON"}), "China"
    )
    assert actors(sharp) == ["China", "Japan"]


def test_only_the_beginning_of_long_texts_is_parsed() -> None:
    filler = "An export ban is an export ban. " * (MOST_CHARS // 32)
    reading = read(f"Michael Jordan. {filler}\n\nMichael Jordan.", pipeline({"Michael Jordan": "PERSON"}))
    assert actors(reading) == ["Jordan"]


def test_a_pipeline_that_rewrites_its_text_is_not_believed() -> None:
    def rewrites(doc: Doc) -> Doc:
        return Doc(doc.vocab, words=["Michael", "Jordan"], spaces=[True, False], ents=["B-PERSON", "I-PERSON"])

    blank = spacy.blank("en")
    mentions = read("Jordan sets an export ban.", None).mentions
    assert parse(lambda text: rewrites(blank(text)), "michael jordan!", mentions).names == ()  # type: ignore[arg-type]


def test_a_pipeline_that_does_not_load_costs_nothing_but_a_word() -> None:
    def broken(name: str) -> Pipeline:
        raise OSError(name)

    pipelines = Pipelines(PACKAGE, loader=broken)
    reading = SpacyReader(LEXICON, trained=pipelines).read(document("China sets export ban"), lang="en")
    assert reading.degraded == ("trained-pipeline-unusable",)
    assert reading.events[0].imposer == "CN"
    assert [(f.level, "made_by_hand 1.0" in f.text) for f in checkup.helpers(pipelines)] == [("hint", True)]


def test_a_pipeline_is_loaded_once_and_only_when_words_found_something() -> None:
    loaded: list[str] = []

    def loader(name: str) -> Pipeline:
        loaded.append(name)
        return pipeline()

    reader = SpacyReader(LEXICON, trained=Pipelines(PACKAGE, loader=loader))
    reader.read(document("China wins the match"), lang="en")
    assert loaded == []
    reader.read(document("China sets export ban"), lang="en")
    reader.read(document("Japan sets export ban"), lang="en")
    assert loaded == ["made_by_hand"]


def test_the_version_names_the_pipelines() -> None:
    newer = {"en": Package(name="made_by_hand", version="1.1")}
    versions = {SpacyReader(LEXICON, trained=Pipelines(p)).version for p in ({}, PACKAGE, newer)}
    assert len(versions) == 3


def test_doctor_names_what_helps() -> None:
    (finding,) = checkup.helpers(Pipelines(PACKAGE, loader=lambda _: pipeline()))
    assert (finding.section, finding.level) == ("reader", "ok")
    assert finding.text.startswith("en: made_by_hand 1.0")
    (none,) = checkup.helpers(Pipelines({}))
    assert (none.level, "no trained pipeline" in none.text) == ("ok", True)


def test_no_language_lists_a_package_twice() -> None:
    assert all(len(set(names)) == len(names) for names in PACKAGES.values())
