"""Made-up secrets that every test uses in place of real ones, and a look-out that fails the test which shows one.

A canary is allowed in the request to the service it belongs to, in the environment of a child process, and in a file
that a test wrote to be read as a secret or as settings. Everywhere else it is a leak: in what a command prints, in
logs, in messages of exceptions, in files that a test leaves behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

MARK = "c4n4ry"  # in every canary, so that one search finds them all
SLACK_BOT_TOKEN = f"xoxb-1029-{MARK}-bot"
SLACK_APP_TOKEN = f"xapp-1-A1-{MARK}-app"
SLACK_SIGNING_SECRET = f"{MARK}0signing0secret0f3"
SMTP_PASSWORD = f"{MARK}/&:@mail"
DATABASE_PASSWORD = f"{MARK}+database"
WEBHOOK_SECRET = f"{MARK}-webhook-secret"
TEAMS_WEBHOOK_URL = f"https://tenant.webhook.office.com/webhookb2/{MARK}@tenant/IncomingWebhook/{MARK}"
SOURCE_KEY = f"{MARK}-source-key"

ALLOWED = frozenset({"secret", "token", "settings.toml"})  # names of files that tests write to be read as such
_SKIPPED = frozenset({"postgres", "rules", "__pycache__"})  # folders with much in them and nothing of this
_MOST_FILES = 60
_MOST_BYTES = 1 << 20  # of one file

# The mark in base64, as AUTH and Basic send passwords: one form for each number of bytes before it, modulo three.
_ENCODED = ("YzRuNHJ5", "M0bjRye", "jNG40cn")


def smtp_url(user: str, host: str, *, scheme: str = "smtp") -> str:
    """An SMTP_URL with the canary for its password."""
    return f"{scheme}://{quote(user, safe='')}:{quote(SMTP_PASSWORD, safe='')}@{host}"


def leaks(text: str) -> Iterator[str]:
    """What stands around each canary in a text."""
    for mark in (MARK, *_ENCODED):
        if (place := text.find(mark)) >= 0:
            yield text[max(0, place - 60) : place + 40].replace("\n", " ")


def in_error(error: BaseException | None) -> Iterator[str]:
    """Canaries in what an exception says, and in what it was made of on purpose."""
    while error is not None:
        yield from leaks(f"{error!r} {error}")
        error = error.__cause__


def in_folder(folder: Path) -> Iterator[str]:
    """Canaries in small files below a folder; where there are many files, in the first ones."""
    for number, path in enumerate(_files(folder)):
        if number >= _MOST_FILES:
            return
        if path.name not in ALLOWED and path.is_file() and path.stat().st_size <= _MOST_BYTES:
            data = path.read_bytes()
            if MARK.encode() in data:
                yield from (f"{path.name}: {found}" for found in leaks(data.decode("utf-8", "replace")))


def _files(folder: Path) -> Iterable[Path]:
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _SKIPPED]
        yield from (Path(top, name) for name in files)
