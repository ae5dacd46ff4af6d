"""Every condition keeps the contract of its folder: its example loads, holds on a fitting step and not on another."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import registry
from bot.cluster.telling import telling_of
from bot.score import conditions
from bot.score.conditions._params import Explains
from bot.score.facts import StepFact
from bot.score.index import known_conditions
from bot.types.ids import ConceptId, SourceId
from bot.types.kinship import kinship
from bot.types.levels import Authority, Direction, Slot, Stage, Zone
from bot.types.ports import Condition
from bot.types.reading import ReadsAs
from tests.fakes.rules import document, event, lexicon, mention, reading

KNOWN = known_conditions()

# For each condition a step on which its example must fail; the plain one below fits all examples.
MISFITS: dict[str, dict[str, Any]] = {
    "measure": {"measure": ConceptId("import-tariff")},
    "family": {"measure": ConceptId("import-tariff")},
    "goods": {"goods": (ConceptId("lithium"),)},
    "actor": {"imposer": "KR"},
    "target": {"targets": ("US",)},
    "direction": {"direction": Direction.EASE},
    "stage": {"stage": Stage.DENIED},
    "source": {"authority": Authority.BLOG},
    "title_has": {"title": "Something else"},
    "agency": {"agency": ConceptId("us-bis")},
    "end_use": {"end_use": None},
    "citation": {"citation": "cn-mofcom:2025:61"},
    "reported": {"reported": True},
    "zone": {"zone": Zone.BODY},
    "confidence": {"confidence": 0.3},
    "reads_as": {"reads_as": ReadsAs(new_step=0.2, context=0.7, other=0.1)},
}


def fact(**changes: Any) -> StepFact:
    reads_as = changes.pop("reads_as", ReadsAs(new_step=0.9, context=0.1, other=0.0))
    of_document = {key: changes.pop(key) for key in ("authority", "title", "source_id") if key in changes}
    text = document(
        "a", **{"title": "Annual quota table of the ministry", "authority": Authority.OFFICIAL, **of_document}
    )
    fitting = event(
        agency=ConceptId("cn-mofcom"), end_use="military", citation="cn-mofcom:2026:1", confidence=0.8, targets=("JP",)
    )
    telling = telling_of(text, reading(text))
    return StepFact(telling, replace(fitting, **changes), (), kin=kinship(lexicon()), reads_as=reads_as)


def example(condition: Condition) -> object:
    """Parameters of the condition as its docstring shows them, read like a rule file: every scalar is text."""
    doc = inspect.getdoc(type(condition)) or ""
    match = re.search(r"Example:\n((?:    .*\n?)+)", doc)
    assert match, f"{condition.name}: the docstring holds no `Example:` block"
    loaded = YAML(typ="base", pure=True).load(StringIO(textwrap.dedent(match.group(1))))
    (use,) = loaded["when"]["all"]
    assert list(use) == [condition.name]
    return use[condition.name]


def test_the_folder_is_read_through_the_registry_and_each_condition_has_a_misfit_here() -> None:
    assert dict(registry.discover(conditions, "CONDITION", Condition)) == dict(KNOWN)
    assert set(KNOWN) == set(MISFITS)


@pytest.mark.parametrize("name", KNOWN)
def test_the_example_of_the_docstring_loads_holds_and_fails(name: str) -> None:
    condition = KNOWN[name]
    params = condition.parse(example(condition))
    hash(params)  # parameters are frozen: rule sets are compared and cached
    words = condition.holds(fact(), params)
    assert words
    assert condition.holds(fact(**MISFITS[name]), params) is None
    assert all(kind in {"concept", "source", "sector"} for kind, _ in condition.ids(params))


@pytest.mark.parametrize("name", KNOWN)
def test_what_it_lacks_is_said_in_a_clause(name: str) -> None:
    condition = KNOWN[name]
    assert isinstance(condition, Explains)
    clause = condition.lacks(fact(**MISFITS[name]), condition.parse(example(condition)))
    assert clause
    assert clause == clause.strip().rstrip(".")


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("raw", [None, [], "", {"a": "b"}, [None], [["a"]]])
def test_nonsense_is_refused_with_a_sentence(name: str, raw: object) -> None:
    with pytest.raises(ValueError, match=name):
        KNOWN[name].parse(raw)


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("direction", "up", "'up'; it takes tighten, ease, none"),
        ("stage", "anounced", "'anounced'"),
        ("zone", "footer", "'footer'"),
        ("target", "japan", "'japan'"),
        ("reported", "maybe", "'maybe'"),
        ("confidence", "2", "'2'"),
        ("confidence", "high", "'high'"),
    ],
)
def test_words_outside_a_closed_vocabulary_are_named(name: str, raw: object, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        KNOWN[name].parse(raw)


@pytest.mark.parametrize(
    ("name", "raw", "ids"),
    [
        ("measure", ["export-ban", "*"], (("concept", "export-ban"),)),
        ("goods", ["rare-earths", "other", "any"], (("concept", "rare-earths"),)),
        ("actor", ["CN", "cn-mofcom", "any"], (("concept", "cn-mofcom"),)),
        ("agency", "us-bis", (("concept", "us-bis"),)),
        ("source", ["official", "example-ministry"], (("source", "example-ministry"),)),
        ("target", ["JP"], ()),
    ],
)
def test_ids_that_must_exist_are_handed_to_the_checker(
    name: str, raw: object, ids: tuple[tuple[str, str], ...]
) -> None:
    condition = KNOWN[name]
    assert condition.ids(condition.parse(raw)) == ids


@pytest.mark.parametrize(
    ("name", "raw", "changes", "holds"),
    [
        ("measure", "any", {}, True),
        ("goods", "rare-earths", {"goods": (ConceptId("dysprosium"),)}, True),
        ("goods", "dysprosium", {"goods": (ConceptId("rare-earths"),)}, False),
        ("goods", "other", {"goods": (ConceptId("other"),)}, True),
        ("goods", "any", {"goods": ()}, False),
        ("actor", "cn-mofcom", {}, True),
        ("actor", "any", {"imposer": None, "agency": None}, False),
        ("target", "all", {"targets": ()}, True),
        ("target", "all", {}, False),
        ("target", "any", {"targets": ()}, False),
        ("target", "*", {}, True),
        ("source", "src-a", {}, True),
        ("source", "other-source", {}, False),
        ("title_has", "QUOTA  TABLE", {}, False),
        ("title_has", "quota TABLE", {}, True),
        ("end_use", "any", {}, True),
        ("citation", "cn-mofcom", {}, True),
        ("citation", "cn-mof", {}, False),
        ("citation", "cn-mofcom:2026:1", {}, True),
        ("citation", "cn-mofcom:2026:1", {"citation": "cn-mofcom:2026:11"}, False),
        ("citation", "any", {"citation": None}, False),
        ("reported", "yes", {"reported": True}, True),
        ("confidence", "0.8", {}, True),
        ("agency", "any", {"agency": None}, False),
    ],
)
def test_edges(name: str, raw: object, changes: dict[str, Any], holds: bool) -> None:
    condition = KNOWN[name]
    assert (condition.holds(fact(**changes), condition.parse(raw)) is not None) is holds


def test_goods_named_near_the_step_count_unless_the_text_negates_them() -> None:
    condition = KNOWN["goods"]
    params = condition.parse("rare-earths")
    near = fact(goods=())
    near.mentions = [mention("magnets", Slot.GOODS, 20)]
    assert condition.holds(near, params) == "magnets"
    near.mentions = []
    assert condition.holds(near, params) is None


def test_a_source_is_matched_by_its_id() -> None:
    condition = KNOWN["source"]
    text = document("a", source_id=SourceId("cn-mofcom-gg"), first_seen=datetime(2026, 1, 1, tzinfo=UTC))
    made = StepFact(telling_of(text, reading(text)), event(), (), kin=kinship(lexicon()))
    assert condition.holds(made, condition.parse("cn-mofcom-gg")) == "cn-mofcom-gg"
