"""What stands in deploy/ can be used: locks, container, compose, unit and manifests."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

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


def test_manifests_ask_for_no_more_than_is_used() -> None:
    used = {"chat:write", "channels:read", "channels:history", "groups:read", "groups:history", "usergroups:read"}
    for name in ("slack/manifest.yaml", "slack/manifest.minimal.yaml"):
        manifest = load(name)
        scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        assert "chat:write" in scopes
        assert scopes <= used
        assert manifest["features"]["bot_user"]["display_name"] == "monazite"
        assert len(manifest["display_information"]["description"]) <= 140


def test_ci_calls_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
