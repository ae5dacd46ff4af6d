"""The documents tell the truth: every command, setting, condition, channel and secret is named, and commands run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer.main

from bot import config
from bot.app import plugins
from bot.cli.commands import build
from bot.demo.newsroom import recordings
from bot.slackapp.commands import WORDS as SLACK_WORDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
RUNBOOK = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")

# Commands of the documents that need no network, no token and no second terminal; the others run in tests/e2e.
OFFLINE = re.compile(r"^monazite (rules (check|test|explain (?!s-))|sources list)")  # a story needs an archive


def commands() -> dict[str, set[str]]:
    """Command -> its subcommands."""
    group = typer.main.get_command(build())
    found: dict[str, set[str]] = {}
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        found[name] = set(getattr(command, "commands", {}))
    return found


def test_every_command_is_in_the_readme() -> None:
    expected = {
        "run",
        "worker",
        "demo",
        "init",
        "ledger",
        "analyze",
        "eval",
        "train",
        "bench",
        "replay",
        "digest",
        "doctor",
        "reconcile",
        "vote",
        "why",
        "sources",
        "rules",
        "routes",
    }
    assert set(commands()) == expected
    assert [name for name in commands() if f"`monazite {name}`" not in README] == []


def test_every_subcommand_is_in_the_readme() -> None:
    rows = {line.split("`")[1]: line for line in README.splitlines() if line.startswith("| `monazite ")}
    missing = [
        f"{name} {sub}"
        for name, subs in commands().items()
        for sub in subs
        if f"`{sub}" not in rows[f"monazite {name}"]
    ]
    assert missing == []


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    known = commands()
    for text in (README, RULES, RUNBOOK):
        for name, sub in re.findall(r"(?<!/)monazite ([a-z]+)(?: ([a-z]+))?", text):
            if name in ("and", "as", "is", "on"):
                continue
            assert name in known, f"monazite {name}"
            if known[name] and sub and sub.isalpha():
                assert sub in known[name], f"monazite {name} {sub}"


def test_the_readme_names_no_word_of_the_slack_command_that_does_not_exist() -> None:
    named = {word for words in re.findall(r"`/monazite ([a-z |]+)`", README) for word in words.split(" | ")}
    assert len(named) >= 6
    assert {word.split()[0] for word in named} <= set(SLACK_WORDS)


def test_every_setting_and_secret_is_in_the_readme() -> None:
    named, settings = set(re.findall(r"`([a-zA-Z_]+)`", README)), config.keys()
    assert [key for key in settings if key.rpartition(".")[2] not in named] == []
    assert [name for name in config.SECRETS if name not in named] == []


def test_every_condition_is_in_the_rule_language_page() -> None:
    assert [name for name in plugins().conditions if not re.search(rf"\b{name}\b", RULES)] == []


def test_every_channel_is_in_the_readme() -> None:
    assert [name for name in plugins().channels if f"`{name}`" not in README] == []


def test_every_kind_of_source_is_shown_by_the_demo() -> None:
    text = (ROOT / "bot" / "demo" / "recorded" / "sources.yml").read_text(encoding="utf-8")
    assert [kind for kind in plugins().source_kinds if f"kind: {kind}" not in text] == []


def test_every_folder_of_the_map_exists_and_none_is_forgotten() -> None:
    section = README[README.index("## Map of bot/") :]
    named = set(re.findall(r"`([a-z_]+)/`", section))
    there = {p.name for p in (ROOT / "bot").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert there <= named
    assert named - there <= {"languages", "conditions"}


def test_links_and_pictures_exist() -> None:
    for page in (ROOT / "README.md", ROOT / "rules" / "README.md", ROOT / "deploy" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not re.fullmatch(r"[a-z0-9-]+", target):  # (concept) marks in rule examples
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def documented() -> list[str]:
    lines = [line.strip() for text in (README, RULES) for line in text.splitlines() if line.startswith("    monazite ")]
    return sorted({line.split("  #")[0].strip() for line in lines if OFFLINE.match(line)})


@pytest.mark.slow
@pytest.mark.timeout(400)  # `rules test` reads thousands of texts
@pytest.mark.parametrize("command", documented())
def test_documented_commands_run(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *shlex.split(command)[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "60"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_at_least_the_first_commands_are_documented() -> None:
    assert len(documented()) >= 3


def test_the_figures_of_reading_are_those_that_the_golden_tests_keep() -> None:
    kept = json.loads((ROOT / "tests" / "golden" / "quality.json").read_text(encoding="utf-8"))["all"]
    slots = ", ".join(
        f"{kept[key]:.2f}" for key in ("measure_family", "imposer", "direction", "targets", "stage", "goods_f1")
    )
    found, right = (f"{round(kept[key] * 60)} of 60" for key in ("alert_recall", "alert_precision"))
    assert f"| {found}, {right} |" in README
    assert f"{round(kept['context_alerted'] * 45)} of 45; {round(kept['irrelevant_alerted'] * 75)} of 75 |" in README
    assert f"| {slots} |" in README


def test_changelog_opens_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", text, re.MULTILINE).group(1) == version  # type: ignore[union-attr]


def test_help_of_every_command_has_an_example() -> None:
    group = typer.main.get_command(build())
    missing = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for sub, inner in (getattr(command, "commands", None) or {"": command}).items():
            if "Example" not in (inner.help or ""):
                missing.append(f"{name} {sub}".strip())
    assert missing == []


def test_the_demo_is_as_broad_as_it_says() -> None:
    charsets = {r.charset for r in recordings()}
    assert {"gb18030", "shift_jis", "euc-kr", "windows-1251", "utf-8"} <= charsets
    assert len(recordings()) >= 14
    assert any(r.status == 503 for r in recordings())
