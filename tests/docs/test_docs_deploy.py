"""What stands in deploy/ can be used: locks, container, compose, unit and manifests."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from bot.slackapp.commands import COMMAND
from bot.slackapp.over_http import PATH
from tests.fakes.slack import FREE, NEEDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def load(name: str) -> Any:
    return YAML(typ="safe").load((DEPLOY / name).read_text(encoding="utf-8"))


def test_locks_pin_and_hash_everything_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        entries = [block for block in re.split(r"\n(?=[a-z0-9])", text) if not block.startswith("#")]
        assert len(entries) > 40
        for entry in entries:
            assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry


def test_no_squatted_package_is_locked() -> None:
    """Names such as *-core-web-* at version 999.9.9 are placeholders of strangers."""
    text = (DEPLOY / "requirements-dev.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\S*-core-(?:news|web)-\S*", text, re.MULTILINE) == []
    assert re.findall(r"^\S+==9\d\d\.\S*", text, re.MULTILINE) == []


def test_lock_holds_every_direct_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (DEPLOY / "requirements.txt").read_text(encoding="utf-8")
    locked = {re.sub(r"[-_.]+", "-", name) for name in re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)}
    direct = {
        re.split(r"[\[<>=~! ]", d, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")
        for d in project["dependencies"]
    }
    assert direct - locked == set()


def test_image_is_small_in_rights() -> None:
    lines = [x for x in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    assert sum(line.startswith("FROM ") for line in lines) == 2
    last_stage = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last_stage if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("root", "0")
    assert any(line.startswith("HEALTHCHECK") for line in last_stage)
    assert any("--require-hashes" in line for line in lines)
    assert not any(re.search(r"(TOKEN|PASSWORD|SECRET)\s*=\s*\S", line) for line in lines)
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_compose_holds_the_bot_alone_and_a_cluster() -> None:
    compose = load("compose.yml")
    services = compose["services"]
    assert [name for name, s in services.items() if "profiles" not in s] == ["bot"]
    assert services["worker"]["command"] == ["worker"]
    assert services["postgres"]["profiles"] == ["cluster"]
    for name in ("bot", "worker"):
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert service["user"] not in ("0", "root")
        assert service["stop_grace_period"] == "90s"
        assert not any(re.search(r"xox|://\w+:\w+@", str(v)) for v in service["environment"].values())
        assert {v.split(":")[0] for v in service["volumes"]} <= set(compose["volumes"])


def test_unit_is_hardened_and_lets_the_bot_finish() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DEPLOY / "systemd" / "monazite.service").read_text(encoding="utf-8"))
    service = dict(unit["Service"])
    hardened = {
        "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "PrivateDevices": "yes", "ProtectKernelModules": "yes", "RestrictNamespaces": "yes", "DynamicUser": "yes",
        "CapabilityBoundingSet": "", "LockPersonality": "yes", "RestrictSUIDSGID": "yes",
    }  # fmt: skip
    assert {k: service.get(k) for k in hardened} == hardened
    assert service["KillSignal"] == "SIGTERM"
    assert int(service["TimeoutStopSec"]) >= 60
    assert service["ExecStart"].endswith("/monazite run")
    assert "MONAZITE_DATA=/var/lib/monazite" in service["Environment"]


# What no method of the API asks for by itself.
BESIDE = {
    "commands": "the slash command",
    "im:history": "conversations.history in direct messages",
    "groups:read": "conversations.list of private channels",
    "groups:history": "conversations.history in private channels",
}


def called_methods() -> set[str]:
    """Methods of Slack's API that the program calls, as `client.chat_postMessage(...)`."""
    names = {name.replace(".", "_"): name for name in (*NEEDS, *FREE)}
    found: set[str] = set()
    for folder in ("bot/deliver", "bot/slackapp"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and re.match(r"[a-z]+_[a-zA-Z_]+$", node.attr):
                    holder = ast.unparse(node.value)
                    if holder.endswith(("_client", ".client", "web")) and node.attr != "base_url":
                        found.add(names[node.attr])
    return found


def test_manifests_ask_for_what_is_used_and_no_more() -> None:
    needed = {NEEDS[method] for method in called_methods() if method in NEEDS}
    for name in ("slack/manifest.yaml", "slack/manifest.http.yaml", "slack/manifest.minimal.yaml"):
        manifest = load(name)
        scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        minimal = name.endswith("minimal.yaml")
        assert scopes == (needed - {"usergroups:read", "im:write"} if minimal else needed | set(BESIDE))
        assert manifest["features"]["bot_user"]["display_name"] == "monazite"
        assert len(manifest["display_information"]["description"]) <= 140


def test_manifests_let_buttons_commands_and_the_home_tab_in() -> None:
    for name, urls in (("slack/manifest.yaml", set()), ("slack/manifest.http.yaml", {"monazite.example"})):
        manifest = load(name)
        settings = manifest["settings"]
        (command,) = manifest["features"]["slash_commands"]
        assert (command["command"], settings["interactivity"]["is_enabled"]) == (COMMAND, True)
        assert settings["event_subscriptions"]["bot_events"] == ["app_home_opened"]
        assert manifest["features"]["app_home"]["home_tab_enabled"] is True
        assert settings["socket_mode_enabled"] is not bool(urls)
        named = [settings["event_subscriptions"], settings["interactivity"]]
        found = [command.get("url"), *(part.get("request_url") for part in named)]
        assert {urlsplit(url).hostname for url in found if url} == urls
        assert {urlsplit(url).path for url in found if url} == ({PATH} if urls else set())


def test_ci_calls_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
