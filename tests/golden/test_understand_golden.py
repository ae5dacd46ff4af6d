"""Whole articles of our own, read from language to alert: a ban with a threat beside it, and a look back.

The same facts are checked on the two reference articles where these lie beside the checkout.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.app import load_rules, make_reader
from bot.config import shipped_rules
from bot.tune.analyze import analyse, answer, document_from_line
from bot.types.kinship import kinship

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / ".." / "shared" / "seeds"
RESTRICTING = {"export-ban", "export-control", "export-licence", "export-quota", "tech-transfer-ban", "retaliation"}


def article(name: str) -> dict[str, Any]:
    """One of our own articles, written for these tests."""
    lines = (ROOT / "tests" / "golden" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return next(line for line in map(json.loads, lines) if line["id"] == name)


@cache
def engine() -> tuple[Any, Any]:
    rulebook = load_rules(shipped_rules())
    return rulebook, make_reader(rulebook)


def analysed(line: Mapping[str, Any]) -> dict[str, Any]:
    rulebook, reader = engine()
    found = analyse(document_from_line(dict(line)), reader, rulebook)
    return json.loads(json.dumps(answer(found, dict(line))))  # type: ignore[no-any-return]


def seed(prefix: str, **fields: str) -> dict[str, Any]:
    files = sorted(SEEDS.glob(f"{prefix}*.txt")) if SEEDS.is_dir() else []
    if not files:
        pytest.skip("the reference articles do not lie beside this checkout")
    return {"id": prefix, "title": "", "text": files[0].read_text(encoding="utf-8"), "source_kind": "press", **fields}


def is_goods(concept: str, ancestor: str) -> bool:
    return kinship(engine()[0].lexicon).isa(concept, ancestor)


def check_ban(line: Mapping[str, Any]) -> None:
    found = analysed(line)
    assert found["lang"] == "nl"
    assert found["band"] in ("alert", "urgent")
    first, *others = found["events"]
    assert first["imposer"] == "CN"
    assert first["measure"] in RESTRICTING
    assert first["direction"] == "tighten"
    assert first["stage"] in ("announced", "in-force")
    assert first["targets"] == ["JP"]
    assert first["goods"] == ["dual-use"]
    threats = [e for e in others if any(is_goods(g, "rare-earths") for g in e["goods"]) and e["stage"] == "considered"]
    assert threats, others
    assert threats[0] is others[0], "the threat is the second event"
    assert threats[0]["imposer"] == "CN"
    exposed = " ".join(found["sectors"])
    assert all(name in exposed for name in ("automotive", "wind", "medical", "semiconductor")), found["sectors"]


def check_history(line: Mapping[str, Any]) -> None:
    found = analysed(line)
    assert found["lang"] == "de"
    assert found["band"] in ("archive", "digest")
    stops = [e for e in found["events"] if e["imposer"] == "CN" and any(is_goods(g, "rare-earths") for g in e["goods"])]
    assert stops, found["events"]
    assert {e["stage"] for e in stops} == {"historic"}


def test_a_ban_beside_a_threat() -> None:
    check_ban(article("ban-nl"))


def test_a_look_back_never_alerts() -> None:
    check_history(article("history-de"))


def test_the_reference_ban() -> None:
    check_ban(seed("000", published="2026-01-08T14:00:00+01:00"))


def test_the_reference_look_back() -> None:
    check_history(seed("004", published="2026-01-10T09:00:00+01:00"))
