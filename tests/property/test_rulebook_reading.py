"""Whatever people do to rule files, they get a report, and the two readers agree."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import RuleError
from bot.rulebook.findings import Findings
from bot.rulebook.load import check, load
from bot.rulebook.nodes import Map, Node, Scalar, Seq
from bot.rulebook.quick import quick_tree
from bot.rulebook.strict import parse_sheet, read_sheet, thorough_sheet
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

# What breaks YAML and rule files: indicators, indentation, quotes, other scripts, invisible characters.
SIGNS = "abN019 \n\t-:#'\"[]{},|>&*!%@`?=+./\\é中\ufeff\u200b\x00\u2028\u00a0\u3000"
WORDS = (
    "[a, b]",
    "{a: b}",
    "'x'",
    '"y"',
    '\\"',
    "''",
    "{{",
    "]]",
    "[x](y)",
    "a|b + c",
    "a .. b",
    "=X",
    "2026-11-21",
    "NO",
)
YAML = (
    "\n  ",
    "\n- ",
    ": ",
    ", ",
    " #",
    "- - ",
    "---\n",
    "...",
    "<<: ",
    "&a ",
    "*a",
    "!t ",
    "id: ",
    "kind: alert\n",
    "\r\n",
)
PIECES = st.sampled_from((*SIGNS, *WORDS, *YAML, "null", "~"))
PATHS = st.sampled_from(sorted(FILES))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A rule file with a few things cut, doubled or put in."""
    path = draw(PATHS)
    text = FILES[path]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 0, 1, 2, 7, 40])))
        text = text[:start] + draw(PIECES) * draw(st.sampled_from([1, 1, 1, 2, 9])) + text[end:]
    return path, text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mutated_file_gives_a_report_and_never_anything_else(case: tuple[str, str]) -> None:
    path, text = case
    with tempfile.TemporaryDirectory() as name:
        folder = write_rules(Path(name), {path: text.encode("utf-8", "surrogatepass")})
        problems = check(folder, PLUGINS)
        errors = [problem for problem in problems if problem.severity == "error" and problem.code != "expired"]
        if errors:
            with pytest.raises(RuleError) as refused:
                load(folder, PLUGINS)
            assert list(refused.value.problems) == errors
        else:
            load(folder, PLUGINS)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert str(problem).startswith(f"{problem.path}:{problem.line}:{problem.column}: ")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_reported(raw: bytes) -> None:
    findings = Findings()
    root = read_sheet("x.yml", raw, findings)
    assert root is not None or len(findings) > 0


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_the_quick_reader_never_disagrees_with_the_thorough_one(case: tuple[str, str]) -> None:
    text = case[1].replace("\t", "").replace("\r\n", "\n").replace("\ufeff", "")
    quick = quick_tree("x.yml", text, max_depth=20, max_nodes=50_000)
    if quick is not None and parse_sheet("x.yml", text.encode("utf-8", "surrogatepass")).root is not None:
        thorough = thorough_sheet("x.yml", text)
        assert thorough.flaws == ()
        assert quick == thorough.root


_WORDS = st.sampled_from(
    ["a", "rare earth", "NO", "8505.10", "22:30", "=METI", "a|b + c", "редк*", "出口", "it's", "-1"]
)
_ODD = st.sampled_from(
    [
        "https://e.org/#g?x=1",
        "a#b",
        "x:y",
        "a ?",
        "- a",
        "a: b",
        "'q''s'",
        '"d \\" q"',
        "'#x'",
        "[x",
        "~",
        "\u00a0x",
        "a\u3000b",
    ]
)
_KEYS = st.sampled_from(["k", "'k'", '"k"', "k.l", "a b", "zh-Hans", '"*"'])
_GAPS = st.sampled_from(["", " ", "\n      ", " # c\n        "])


def _flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.tuples(st.lists(inner, max_size=3), _GAPS, st.sampled_from(["", ","]))
    return lists.map(lambda p: f"[{p[1]}{(',' + p[1] + ' ').join(p[0])}{p[2] if p[0] else ''}{p[1]}]") | st.tuples(
        st.lists(st.tuples(_KEYS, inner), max_size=3, unique_by=lambda kv: kv[0].strip("'\"")), _GAPS
    ).map(lambda p: f"{{{p[1]}{', '.join(f'{k}: {v}' for k, v in p[0])}{p[1]}}}")


_VALUES = st.recursive(_WORDS | _ODD, _flow, max_leaves=6)


@st.composite
def documents(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> str:
    """YAML as people write it: block style outside, brackets inside, comments here and there."""
    lines: list[str] = []
    listed = draw(st.booleans()) if depth else False
    names = draw(st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True))
    for number in names:
        head = " " * indent + ("-" if listed else f"k{number}:")
        deeper = depth < 3 and draw(st.integers(0, 2)) == 0
        if deeper:
            extra = draw(st.sampled_from([1, 2, 2, 4])) if not listed else 2
            below = draw(documents(indent + extra, depth + 1))
            inline = listed and draw(st.booleans())
            lines.append(
                f"{head} {below.lstrip()}" if inline else f"{head}{draw(st.sampled_from(['', ' ', '  # c']))}\n{below}"
            )
        else:
            value = draw(st.just("") | _VALUES)
            lines.append(f"{head} {value}" + draw(st.sampled_from(["", "", " # c", "  "])))
    return "\n".join(lines) + (draw(st.sampled_from(["", "\n", "\n\n", "\n# c\n"])) if not depth else "")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_the_two_readers_agree_on_what_people_write(text: str) -> None:
    quick = quick_tree("x.yml", text, max_depth=20, max_nodes=50_000)
    if quick is not None:
        thorough = thorough_sheet("x.yml", text)
        assert thorough.flaws == ()
        assert quick == thorough.root


def test_the_quick_reader_takes_the_files_that_people_write() -> None:
    for path, text in FILES.items():
        quick = quick_tree(path, text, max_depth=20, max_nodes=50_000)
        assert quick is not None, path
        assert quick == thorough_sheet(path, text).root


def _written(
    node: Node, shuffle: Callable[[list[tuple[Scalar, Node]]], list[tuple[Scalar, Node]]], depth: int = 0
) -> str:
    """A tree as YAML again, with the keys of mappings in another order, other quotes and comments."""
    pad = "  " * depth
    if isinstance(node, Scalar):
        return "'" + node.text.replace("'", "''") + "'"
    if isinstance(node, Seq):
        return (
            "".join(f"\n{pad}-   # item\n{pad}    {_written(i, shuffle, depth + 2).lstrip()}" for i in node.items)
            or "[]"
        )
    pairs = shuffle(list(node.entries))
    text = ""
    for key, value in pairs:
        inner = _written(value, shuffle, depth + 1)
        text += f"\n{pad}'{key.text}':{'' if inner.startswith(chr(10)) else ' '}{inner}"
    return text or "{}"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from("abcdefgh"), min_size=11, max_size=11))
def test_the_hash_does_not_see_order_comments_quotes_or_file_names(random: object, names: list[str]) -> None:
    shuffle = getattr(random, "shuffle")  # noqa: B009 - hypothesis gives a Random without a type

    def order(pairs: list[tuple[Scalar, Node]]) -> list[tuple[Scalar, Node]]:
        shuffle(pairs)
        return pairs

    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        plain = load(write_rules(Path(first)), PLUGINS)
        for (path, text), name in zip(FILES.items(), names, strict=True):
            root = parse_sheet(path, text.encode()).root
            assert isinstance(root, Map)
            file = Path(second) / f"{name}-{Path(path).parent.name}-{Path(path).stem}.yml"
            file.write_text("# rewritten\n" + _written(root, order).lstrip("\n") + "\n", encoding="utf-8")
        other = load(Path(second), PLUGINS)
    assert other.hash == plain.hash
    assert other.lexicon.hash == plain.lexicon.hash


MEANT = st.sampled_from(
    [
        ("concepts/export-ban.yml", "[export ban,", "[export bans,", True),
        ("concepts/export-ban.yml", "halt .. export", "halt .. exports", True),
        ("concepts/export-ban.yml", "inside: [export ban on calves]", "inside: [export ban on cows]", True),
        ("concepts/export-ban.yml", "family: restrict", "family: tariff", True),
        ("concepts/magnets.yml", "status: shadow", "status: draft", True),
        ("actors/gov-cn.yml", "role: state", "role: agency", True),
        ("concepts/export-ban.yml", "weight: critical", "weight: high", False),
        ("sectors/wind.yml", "level: critical, why", "level: high, why", False),
        ("sectors/wind.yml", "countries: {CN: critical", "countries: {CN: high", False),
        ("alerts/cn-limits.yml", "points: 6", "points: 7", False),
        ("alerts/cn-limits.yml", "target: [JP, NL]", "target: [JP, DE]", False),
        ("scoring.yml", "actor_known: 5", "actor_known: 6", False),
        ("routes.yml", "send: now", "send: desk", False),
        ("sources/cn.yml", "every: 20m", "every: 21m", False),
    ]
)


@settings(max_examples=14, deadline=None)
@given(MEANT)
def test_the_hash_sees_every_change_of_meaning(case: tuple[str, str, str, bool]) -> None:
    path, old, new, words_too = case
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        before = load(write_rules(Path(first)), PLUGINS)
        after = load(write_rules(Path(second), {path: FILES[path].replace(old, new)}), PLUGINS)
    assert after.hash != before.hash
    assert (after.lexicon.hash != before.lexicon.hash) is words_too
