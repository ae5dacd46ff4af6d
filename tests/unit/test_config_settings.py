"""Settings: file, environment and secret files, with all problems in one report."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from bot import config
from bot.cli.init import COMMENTS, settings_text
from bot.errors import ConfigError
from bot.types.secret import Secret
from tests.canaries import SLACK_BOT_TOKEN


def problems(environ: dict[str, str], cwd: Path, text: str = "") -> str:
    if text:
        (cwd / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(environ, cwd=cwd)
    return str(caught.value)


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = config.load({}, cwd=tmp_path)
    assert settings.data == tmp_path / "data"
    assert settings.rules == config.shipped_rules()
    assert settings.slack.token is None
    assert settings.origin == "defaults"


def test_own_rules_folder_wins_over_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    assert config.load({}, cwd=tmp_path).rules == tmp_path / "rules"


def test_environment_wins_over_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('team = "file"\n[fetch]\nthreads = 3\n', encoding="utf-8")
    settings = config.load({"MONAZITE_TEAM": "env", "MONAZITE_FETCH_ALLOW_HOSTS": "a:1, b"}, cwd=tmp_path)
    assert settings.team == "env"
    assert settings.fetch.threads == 3
    assert settings.fetch.allow_hosts == ("a:1", "b")


def test_relative_paths_start_at_the_file_that_names_them(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "bot.toml").write_text('data = "state"\n', encoding="utf-8")
    settings = config.load({"MONAZITE_SETTINGS": "etc/bot.toml"}, cwd=tmp_path)
    assert settings.data == folder / "state"


def test_secrets_come_from_variables_or_files(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SLACK_BOT_TOKEN}\n", encoding="utf-8")
    settings = config.load({"SLACK_BOT_TOKEN_FILE": "token", "SMTP_URL": "smtp://u:p@h"}, cwd=tmp_path)
    assert settings.slack.token == Secret(SLACK_BOT_TOKEN)
    assert settings.mail.url is not None
    assert settings.mail.url.reveal() == "smtp://u:p@h"
    assert SLACK_BOT_TOKEN not in repr(settings)
    assert "smtp://" not in repr(settings)


def test_all_problems_come_in_one_report(tmp_path: Path) -> None:
    text = 'taem = "x"\nworkers = "many"\n[fetch]\ndeadline = 0\n[slack]\n' + f'token = "{SLACK_BOT_TOKEN}"\n'
    report = problems({"MONAZITE_LOCALE": "xx", "MONAZITE_TEEM": "y"}, tmp_path, text)
    assert "unknown setting taem; did you mean team?" in report
    assert "'many' is no number" in report
    assert "fetch.deadline: 0.0 is out of range" in report
    assert "slack.token is a secret: set SLACK_BOT_TOKEN" in report
    assert "MONAZITE_LOCALE: 'xx' is not known" in report
    assert "MONAZITE_TEEM: unknown variable; did you mean MONAZITE_TEAM?" in report
    assert SLACK_BOT_TOKEN not in report


@pytest.mark.parametrize(
    ("environ", "text", "expected"),
    [
        ({"SMTP_URL": "a", "SMTP_URL_FILE": "b"}, "", "SMTP_URL and SMTP_URL_FILE are both set"),
        ({"DATABASE_URL_FILE": "nowhere"}, "", "cannot read nowhere"),
        ({"MONAZITE_SETTINGS": "nowhere.toml"}, "", "no such settings file"),
        ({}, "team = [", "not readable as TOML"),
        ({}, "team = 3\n", "3 is no text"),
        ({}, "tick_seconds = true\n", "True is no number"),
    ],
)
def test_each_problem_says_what_and_where(tmp_path: Path, environ: dict[str, str], text: str, expected: str) -> None:
    assert expected in problems(environ, tmp_path, text)


def test_written_settings_file_loads_as_the_defaults(tmp_path: Path) -> None:
    """Uncommenting every line must give the settings that nobody set."""
    text = "\n".join(
        line[2:] if line.startswith("# ") and " = " in line else line for line in settings_text().splitlines()[3:]
    )
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    written = config.load({}, cwd=tmp_path)
    (tmp_path / "settings.toml").unlink()
    default = config.load({}, cwd=tmp_path)
    assert written.fetch == default.fetch
    assert written.slack == default.slack
    assert written.mail == default.mail
    assert (written.team, written.workers, written.locale) == (default.team, default.workers, default.locale)


def test_every_key_has_a_comment() -> None:
    assert set(COMMENTS) - {""} == set(config.keys())


def test_a_secret_shows_and_travels_nowhere() -> None:
    secret = Secret("hunter2")
    assert f"{secret} {secret!r} {[secret]}" == "*** *** [***]"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8090", ("127.0.0.1", 8090)),
        ("[::1]:80", ("::1", 80)),
        ("desk.example:65535", ("desk.example", 65535)),
        *(
            (text, None)
            for text in ("8090", ":8090", "::1:80", "host:0", "host:65536", "host:", "http://host:80", "h/x:1")
        ),
    ],
)
def test_a_place_to_listen_at_is_host_and_port(text: str, address: tuple[str, int] | None) -> None:
    assert config.listen_address(text) == address


def test_listening_needs_a_place_and_a_secret(tmp_path: Path) -> None:
    assert "write host:port" in problems({"MONAZITE_SLACK_LISTEN": "8090", "SLACK_SIGNING_SECRET": "s"}, tmp_path)
    assert "SLACK_SIGNING_SECRET" in problems({"MONAZITE_SLACK_LISTEN": "127.0.0.1:8090"}, tmp_path)
    environ = {"MONAZITE_SLACK_LISTEN": "127.0.0.1:8090", "SLACK_SIGNING_SECRET": "s"}
    assert config.load(environ, cwd=tmp_path).slack.listen == "127.0.0.1:8090"


@pytest.mark.parametrize(
    ("name", "value", "belongs"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-A-1", "SLACK_APP_TOKEN"),
        ("SLACK_APP_TOKEN", "xoxb-1-1", "SLACK_BOT_TOKEN"),
        ("SLACK_APP_TOKEN", "xoxp-1-1", "SLACK_BOT_TOKEN"),
    ],
)
def test_a_token_in_the_wrong_variable_is_told_where_it_belongs(
    tmp_path: Path, name: str, value: str, belongs: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load({name: value}, cwd=tmp_path)
    (problem,) = caught.value.problems
    assert problem.startswith(name)
    assert belongs in problem
    assert value not in problem


def test_tokens_in_their_places_and_those_of_gateways_are_taken(tmp_path: Path) -> None:
    found = config.load({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, cwd=tmp_path)
    assert found.slack.interactive
    assert not config.load({"SLACK_BOT_TOKEN": "of-a-gateway"}, cwd=tmp_path).slack.interactive
