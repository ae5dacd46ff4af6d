"""Text-first reading: what stands in the file is what arrives, with its place."""

from __future__ import annotations

import pytest

from bot.rulebook.findings import Findings, did_you_mean, listed
from bot.rulebook.nodes import Map, Node, Scalar, Seq, follow, plain
from bot.rulebook.strict import parse_sheet, read_sheet


def read(text: str) -> Map:
    findings = Findings()
    root = read_sheet("x.yml", text.encode(), findings)
    assert findings.problems() == ()
    assert isinstance(root, Map)
    return root


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "8505.10",
        "22:30",
        "2026-11-21",
        "0o17",
        "1e3",
        "1_000",
        "null",
        "~",
        "true",
        "=METI",
        ".5",
        "-1",
    ],
)
def test_a_value_is_its_source_text_in_both_styles(text: str) -> None:
    assert plain(read(f"a: {text}\nb: [{text}]\nc: {{d: {text}}}\n")) == {"a": text, "b": [text], "c": {"d": text}}


@pytest.mark.parametrize("text", ["NO", "8505.10", "22:30", "on"])
def test_a_key_is_its_source_text(text: str) -> None:
    assert plain(read(f"{text}: x\n")) == {text: "x"}


def test_a_key_without_value_is_none_and_an_empty_text_is_not() -> None:
    assert plain(read("a:\nb: ''\nc: [x, '']\n")) == {"a": None, "b": "", "c": ["x", ""]}


def test_places_count_lines_and_characters_from_one() -> None:
    root = read('# head\nkind: concept\nsure:\n  ja: [輸出, "禁止 x"]\n  nl:\n    - a  # c\n    - b\n')
    places = {
        "kind": follow(root, ("kind",)),
        "first": follow(root, ("sure", "ja", 0)),
        "second": follow(root, ("sure", "ja", 1)),
        "item": follow(root, ("sure", "nl", 1)),
    }
    assert {name: (node.line, node.column) for name, node in places.items()} == {
        "kind": (2, 7),
        "first": (4, 8),
        "second": (4, 12),
        "item": (7, 7),
    }
    key = root.key("sure")
    assert key is not None
    assert (key.line, key.column) == (3, 1)
    assert str(key.place) == "x.yml:3"


def test_following_a_path_passes_over_steps_that_fit_nowhere() -> None:
    root = read("a: [x, y]\nb: z\n")
    assert plain(follow(root, ("a", "*", 1))) == "y"
    assert plain(follow(root, ("b", 0))) == "z"
    assert follow(root, ("c",)) is root


@pytest.mark.parametrize(
    "text",
    ["kind: x\r\na: y\r\n", "kind: x\ra: y\r", "\ufeffkind: x\na: y\n", "---\nkind: x\na: y\n", "kind: x\n\n\na: y"],
)
def test_line_ends_marks_and_document_starts_of_all_editors_are_read(text: str) -> None:
    assert plain(read(text)) == {"kind": "x", "a": "y"}


def test_texts_over_several_lines_are_read() -> None:
    root = read("why: A state limits\n  what may leave\nblock: |\n  one\n  two\nfolded: >-\n  three\n  four\n")
    assert plain(root) == {"why": "A state limits what may leave", "block": "one\ntwo\n", "folded": "three four"}


def test_a_merge_in_a_text_and_quoted_specials_are_only_text() -> None:
    assert plain(read("a: '<<'\nb: \"*x\"\nc: '&y'\nd: '!z'\n'<<': e\n")) == {
        "a": "<<",
        "b": "*x",
        "c": "&y",
        "d": "!z",
        "<<": "e",
    }


def test_a_billion_laughs_stay_a_few_nodes() -> None:
    lines = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    sheet = parse_sheet("x.yml", "\n".join(lines).encode())
    assert {flaw.code for flaw in sheet.flaws} == {"anchor", "alias"}
    assert sheet.root is not None
    assert _size(sheet.root) < 200


def _size(node: Node) -> int:
    if isinstance(node, Scalar):
        return 1
    below = node.items if isinstance(node, Seq) else [value for _, value in node.entries]
    return 1 + sum(map(_size, below))


def test_every_flaw_of_a_file_is_named_not_only_the_first() -> None:
    findings = Findings()
    read_sheet("x.yml", b"a: &x 1\na: 2\nb: *x\n<<: {c: d}\ne: !t 3\n", findings)
    assert [(p.code, p.line, p.column) for p in findings.problems()] == [
        ("anchor", 1, 4),
        ("duplicate-key", 2, 1),
        ("alias", 3, 4),
        ("merge-key", 4, 1),
        ("tag", 5, 4),
    ]


def test_a_tab_is_named_once_per_line() -> None:
    findings = Findings()
    assert read_sheet("x.yml", b"a:\n\tb: 1\n\t\tc: 2\t\n", findings) is None
    assert [(p.code, p.line, p.column) for p in findings.problems()] == [("tab", 2, 1), ("tab", 3, 1)]


def test_the_excerpt_is_the_line_as_written_and_long_lines_are_cut_behind_the_caret() -> None:
    findings = Findings()
    read_sheet("x.yml", ("a: &x 1\nb: [" + "x, " * 200 + "&y z]\n").encode(), findings)
    short, long = findings.problems()
    assert short.excerpt == "a: &x 1"
    assert long.excerpt[long.column - 1 :].startswith("&y z]")
    assert len(long.excerpt) < 700


def test_the_caret_stands_below_the_sign_also_behind_wide_characters() -> None:
    findings = Findings()
    read_sheet("x.yml", "ja: [輸出, &y 禁止]\n".encode(), findings)
    lines = str(findings.problems()[0]).split("\n")
    assert lines[1] == "     1 | ja: [輸出, &y 禁止]"
    assert lines[2] == "       | " + " " * 11 + "^"


@pytest.mark.parametrize(
    ("word", "options", "hint"),
    [
        ("not_wehn", ["not_when", "names"], 'did you mean "not_when"?'),
        ("Rare_Earths", ["rare-earths"], 'did you mean "rare-earths"?'),
        ("zh", ["en", "zh-Hans"], 'did you mean "zh-Hans"?'),
        ("quux", ["rare-earths", "magnets"], ""),
        ("x", [], ""),
    ],
)
def test_did_you_mean_names_the_near_and_is_silent_about_the_far(word: str, options: list[str], hint: str) -> None:
    assert did_you_mean(word, options) == hint


def test_lists_read_like_people_write_them() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed("abc")] == ["", "a", "a or b", "a, b or c"]
