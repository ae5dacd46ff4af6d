"""The look-out for made-up secrets sees them, and a test that shows one fails."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from tests import canaries

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (
    canaries.SLACK_BOT_TOKEN,
    canaries.SLACK_APP_TOKEN,
    canaries.SLACK_SIGNING_SECRET,
    canaries.SMTP_PASSWORD,
    canaries.smtp_url("desk", "relay.example"),
    canaries.DATABASE_PASSWORD,
    canaries.WEBHOOK_SECRET,
    canaries.TEAMS_WEBHOOK_URL,
    canaries.SOURCE_KEY,
)
LEAKING = f"""
import pytest

def test_prints():
    print("{canaries.WEBHOOK_SECRET}")

def test_prints_what_it_reads(capsys):
    print("{canaries.WEBHOOK_SECRET}")
    assert capsys.readouterr().out

def test_expects_an_error():
    with pytest.raises(ValueError):
        raise ValueError("no") from KeyError("{canaries.DATABASE_PASSWORD}")

def test_leaves_a_file(tmp_path):
    (tmp_path / "log").write_text("{canaries.SLACK_BOT_TOKEN}")

@pytest.mark.shows_canaries("on purpose")
def test_may():
    print("{canaries.WEBHOOK_SECRET}")

def test_writes_settings(tmp_path):
    (tmp_path / "settings.toml").write_text("{canaries.SLACK_BOT_TOKEN}")
"""


@pytest.mark.parametrize("secret", SECRETS)
def test_every_secret_is_seen_as_it_is_and_as_it_is_sent(secret: str) -> None:
    assert next(canaries.leaks(f"before {secret} after"))
    for before in ("", "\0", "\0u", "\0desk\0"):
        sent = base64.b64encode(f"{before}{secret}".encode()).decode()
        assert next(canaries.leaks(f"535 {sent}"))
    assert list(canaries.leaks("canary, base64, tokens and 0123456789abcdef")) == []


def test_an_error_is_looked_at_with_its_causes() -> None:
    error = ValueError("no")
    error.__cause__ = RuntimeError("no")
    error.__cause__.__cause__ = KeyError(canaries.DATABASE_PASSWORD)
    assert next(canaries.in_error(error))
    assert list(canaries.in_error(ValueError("no"))) == []
    assert list(canaries.in_error(None)) == []


@pytest.mark.slow
def test_a_test_that_shows_a_secret_fails(tmp_path: Path) -> None:
    file = tmp_path / "test_leaking.py"
    file.write_text(LEAKING, encoding="utf-8")
    arguments = ("-q", "-p", "tests.conftest", "-p", "no:randomly", "-p", "no:cacheprovider", f"--rootdir={tmp_path}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, "-c", str(ROOT / "pyproject.toml"), str(file)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    failed = sorted(line.split("::")[1].split(" ")[0] for line in done.stdout.splitlines() if line.startswith("ERROR "))
    assert failed == [
        "test_expects_an_error",
        "test_leaves_a_file",
        "test_prints",
        "test_prints_what_it_reads",
    ], done.stdout + done.stderr
    file.unlink()
