"""Turn settings.toml, environment and secret files into frozen Settings, with all problems in one report."""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_type_hints

from bot.errors import ConfigError
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, MailSettings, ReaderSettings, Settings, SlackSettings

SETTINGS_FILE = "settings.toml"
LOCALES = ("en", "nl", "de", "fr", "es", "ja", "zh-Hans", "ko")
LOG_FORMATS = ("auto", "console", "json")
LOG_LEVELS = ("debug", "info", "warning", "error")

# Secrets come from these variables, or from the file that NAME_FILE names; never from settings.toml.
SECRETS = {
    "SLACK_BOT_TOKEN": "slack.token",
    "SLACK_APP_TOKEN": "slack.app_token",
    "SLACK_SIGNING_SECRET": "slack.signing_secret",
    "SMTP_URL": "mail.url",
    "DATABASE_URL": "database_url",
    "MONAZITE_WEBHOOK_SECRET": "webhook_secret",
}
SECTIONS: Mapping[str, type] = {
    "slack": SlackSettings,
    "mail": MailSettings,
    "fetch": FetchSettings,
    "reader": ReaderSettings,
}
_RANGES: Mapping[str, tuple[float, float]] = {
    "workers": (1, 64),
    "tick_seconds": (0.05, 3600),
    "store_days": (1, 36500),
    "slack.timeout": (0.1, 300),
    "slack.fence": (0, 3600),
    "mail.timeout": (0.1, 3600),
    "fetch.deadline": (1, 600),
    "fetch.connect_timeout": (0.1, 300),
    "fetch.max_wire_bytes": (1_000, 1_000_000_000),
    "fetch.max_body_bytes": (1_000, 1_000_000_000),
    "fetch.max_redirects": (0, 20),
    "fetch.per_host_seconds": (0, 3600),
    "fetch.threads": (1, 256),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "locale": LOCALES,
    "log_format": LOG_FORMATS,
    "log_level": LOG_LEVELS,
    "reader.mode": ("full", "words"),
}


@dataclass(slots=True)
class _Draft:
    """Values as they are collected, with where each came from."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def load(environ: Mapping[str, str], *, cwd: Path, file: Path | None = None) -> Settings:
    """Read all settings. Later wins: defaults, settings.toml, environment, then secret files.

    Args:
        environ: The environment; ``MONAZITE_SETTINGS`` names another settings file, ``MONAZITE_<KEY>`` and
            ``MONAZITE_<SECTION>_<KEY>`` set single values.
        cwd: Folder against which relative paths are resolved when they come from the environment.
        file: Settings file named on the command line; must exist.

    Raises:
        ConfigError: With every problem that was found.
    """
    draft = _Draft()
    path = _settings_file(environ, cwd=cwd, named=file, draft=draft)
    if path is not None:
        _read_file(path, draft)
    _read_environment(environ, cwd, draft)
    _read_secrets(environ, cwd, draft)
    settings = _build(draft, cwd)
    if draft.problems:
        raise ConfigError(tuple(draft.problems))
    return settings


def keys() -> dict[str, Any]:
    """Every key of settings.toml with its default, dotted by section; secrets are not among them."""
    found: dict[str, Any] = {}
    for f in dataclasses.fields(Settings):
        if f.name in SECTIONS or f.name in ("database_url", "webhook_secret", "origin"):
            continue
        found[f.name] = None if f.default is dataclasses.MISSING else f.default
    for section, cls in SECTIONS.items():
        for f in dataclasses.fields(cls):
            if f"{section}.{f.name}" not in SECRETS.values():
                found[f"{section}.{f.name}"] = f.default
    return found


def secrets_of(settings: Settings) -> tuple[Secret, ...]:
    """Every secret among the settings, so that logs can blank it wherever it turns up."""
    sections = (settings, *(getattr(settings, section) for section in SECTIONS))
    values = (getattr(section, f.name) for section in sections for f in dataclasses.fields(section))
    return tuple(value for value in values if isinstance(value, Secret))


def _settings_file(environ: Mapping[str, str], *, cwd: Path, named: Path | None, draft: _Draft) -> Path | None:
    chosen = named or (Path(environ["MONAZITE_SETTINGS"]) if environ.get("MONAZITE_SETTINGS") else None)
    if chosen is None:
        default = cwd / SETTINGS_FILE
        return default if default.is_file() else None
    path = cwd / chosen
    if not path.is_file():
        draft.problems.append(f"{path}: there is no such settings file; `monazite init` writes one")
        return None
    return path


def _read_file(path: Path, draft: _Draft) -> None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        draft.problems.append(f"{path}: not readable as TOML: {error}")
        return
    draft.origins.append(str(path))
    known = keys()
    flat: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": v for inner, v in value.items()}
        else:
            flat[key] = value
    for key, value in flat.items():
        if key in SECRETS.values():
            name = next(n for n, k in SECRETS.items() if k == key)
            draft.problems.append(f"{path}: {key} is a secret: set {name} or {name}_FILE in the environment instead")
        elif key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; known keys: {', '.join(known)}"
            draft.problems.append(f"{path}: unknown setting {key}{hint}")
        else:
            _put(draft, key, value, f"{path}: {key}", path.parent)


def _read_environment(environ: Mapping[str, str], cwd: Path, draft: _Draft) -> None:
    for key in keys():
        name = "MONAZITE_" + key.replace(".", "_").upper()
        if environ.get(name):
            _put(draft, key, environ[name], name, cwd)
            draft.origins.append(name)
    expected = {"MONAZITE_" + k.replace(".", "_").upper() for k in keys()}
    expected |= {"MONAZITE_SETTINGS", "MONAZITE_WEBHOOK_SECRET", "MONAZITE_WEBHOOK_SECRET_FILE"}
    for name in environ:
        if name.startswith("MONAZITE_") and name not in expected:
            near = difflib.get_close_matches(name, expected, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            draft.problems.append(f"{name}: unknown variable{hint}")


def _read_secrets(environ: Mapping[str, str], cwd: Path, draft: _Draft) -> None:
    for name, key in SECRETS.items():
        value, named_file = environ.get(name, ""), environ.get(f"{name}_FILE", "")
        if value and named_file:
            draft.problems.append(f"{name} and {name}_FILE are both set: keep one")
        elif named_file:
            try:
                value = (cwd / named_file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "not UTF-8"
                draft.problems.append(f"{name}_FILE: cannot read {named_file}: {reason}")
        if value:
            if wrong := _misplaced(name, value.strip()):
                draft.problems.append(wrong)
            draft.values[key] = Secret(value.strip())
            draft.origins.append(name)


def _misplaced(name: str, value: str) -> str:
    """What is wrong with a token that shows by its first letters to belong elsewhere; "" for all others."""
    if name == "SLACK_BOT_TOKEN" and value.startswith("xapp-"):
        return f"{name} holds an app-level token (xapp-): put that into SLACK_APP_TOKEN, and the bot's (xoxb-) here"
    if name == "SLACK_APP_TOKEN" and value.startswith(("xoxb-", "xoxp-")):
        return f"{name} holds {value[:5]}...: put the bot's into SLACK_BOT_TOKEN; an app-level one begins with xapp-"
    return ""


def _put(draft: _Draft, key: str, value: Any, where: str, base: Path) -> None:
    """Type one value by its field, or note why it does not fit."""
    section, _, name = key.rpartition(".")
    hint = get_type_hints(SECTIONS[section] if section else Settings)[name]
    try:
        typed = _typed(hint, value, base)
    except ValueError as error:
        draft.problems.append(f"{where}: {error}")
        return
    low, high = _RANGES.get(key, (None, None))
    if low is not None and high is not None and not low <= typed <= high:
        draft.problems.append(f"{where}: {typed} is out of range, use {low:g} to {high:g}")
    elif key == "slack.listen" and typed and listen_address(typed) is None:
        draft.problems.append(f"{where}: {typed!r} is no place to listen at; write host:port, e.g. 127.0.0.1:8090")
    elif key in _CHOICES and typed not in _CHOICES[key]:
        draft.problems.append(f"{where}: {typed!r} is not known, use one of {', '.join(_CHOICES[key])}")
    elif key == "slack.base_url" and "@" in typed.partition("://")[2].partition("/")[0]:
        draft.problems.append(
            f"{where}: an address with a user name or password in it would stand in logs; leave it out"
        )
    else:
        draft.values[key] = typed


def _typed(hint: Any, value: Any, base: Path) -> Any:
    if hint is Path:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no path")
        return (base / Path(value).expanduser()).resolve()
    if hint is str:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is no text")
        return value
    if hint in (int, float):
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise ValueError(f"{value!r} is no number")
        try:
            return hint(value)
        except ValueError:
            raise ValueError(f"{value!r} is no number") from None
    if get_args(hint) and get_args(hint)[0] is str:
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(p, str) for p in parts):
            raise ValueError(f"{value!r} is no list of texts")
        return tuple(p.strip() for p in parts if p.strip())
    raise ValueError(f"{value!r} does not fit")


def _build(draft: _Draft, cwd: Path) -> Settings:
    top = {k: v for k, v in draft.values.items() if "." not in k}
    sections = {
        section: cls(**{k.partition(".")[2]: v for k, v in draft.values.items() if k.startswith(section + ".")})
        for section, cls in SECTIONS.items()
    }
    if sections["slack"].listen and sections["slack"].signing_secret is None:
        draft.problems.append(
            "slack.listen is set, but SLACK_SIGNING_SECRET is not: without it anybody's request would pass for Slack's"
        )
    top.setdefault("data", cwd / "data")
    top.setdefault("rules", default_rules(cwd))
    return Settings(**top, **sections, origin=", ".join(draft.origins) or "defaults")


def listen_address(text: str) -> tuple[str, int] | None:
    """Host and port of `host:port` or `[IPv6]:port`; None when it is neither."""
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        return None
    if not colon or not host or not re.fullmatch(r"[\w.:%-]+", host) or not re.fullmatch(r"[0-9]{1,5}", port):
        return None
    return (host, int(port)) if 1 <= int(port) <= 65_535 else None


def default_rules(cwd: Path) -> Path:
    """The rule folder that is used when none is set: ./rules when there is one, else the rules that were shipped."""
    return cwd / "rules" if (cwd / "rules").is_dir() else shipped_rules()


def shipped_rules() -> Path:
    """The rule files that came with this program: beside the package in a checkout, under the prefix in a wheel."""
    checkout = Path(__file__).resolve().parent.parent / "rules"
    return checkout if checkout.is_dir() else installed_rules()


def installed_rules() -> Path:
    """Where a wheel puts the rule files; nobody edits them there, since the next upgrade replaces them."""
    import sys  # noqa: PLC0415 - only needed to find the prefix of an installed wheel

    return Path(sys.prefix) / "share" / "monazite" / "rules"
