"""Every error path that has a secret in its hands, provoked: nothing printed, logged, raised or kept shows it."""

from __future__ import annotations

import base64
import copy
import io
import json
import logging
import pickle
import socketserver
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from bot import config, log
from bot.cli.commands import run_command_line
from bot.deliver.email import CHANNEL as MAIL
from bot.deliver.slack import CHANNEL as SLACK
from bot.deliver.webhook import CHANNEL as WEBHOOK
from bot.errors import ConfigError, StorageError
from bot.fetch.http import HttpFetcher
from bot.pipeline import assess, collect, deliver, read, why
from bot.storage import Database, connect, schema
from bot.tune.diff import differences
from bot.types.codec import plain
from bot.types.delivery import ChannelTarget, Outcome, Receipt
from bot.types.ids import SourceId
from bot.types.ports import Probe
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, MailSettings, Settings, SlackSettings
from bot.types.source import FetchFailure, Request
from tests import canaries
from tests.fakes import engine, records, rules
from tests.fakes.alerts import CHINA_JAPAN, delivery
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack

CLOSED = "127.0.0.1:9"  # the discard port: nobody listens
DATABASE_URL = f"postgresql://monazite:{canaries.DATABASE_PASSWORD}@127.0.0.1:9/monazite"
ENVIRON = {
    "SLACK_BOT_TOKEN": canaries.SLACK_BOT_TOKEN,
    "SLACK_APP_TOKEN": canaries.SLACK_APP_TOKEN,
    "SLACK_SIGNING_SECRET": canaries.SLACK_SIGNING_SECRET,
    "SMTP_URL": canaries.smtp_url("desk", CLOSED),
    "DATABASE_URL": DATABASE_URL,
    "MONAZITE_WEBHOOK_SECRET": canaries.WEBHOOK_SECRET,
    "MONAZITE_SLACK_BASE_URL": f"http://{CLOSED}/api/",
}
NOW = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
HOOK = f"https://127.0.0.1:9/services/{canaries.MARK}/hook?sig={canaries.MARK}"


def clean(*texts: object) -> bool:
    """True when none of these shows a made-up secret."""
    return not [leak for text in texts for leak in canaries.leaks(f"{text!r} {text}")]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.load(ENVIRON, cwd=tmp_path)


def sent(channel: Any, settings: Settings, target: ChannelTarget) -> Receipt:
    sender = channel.connect(settings)
    assert not isinstance(sender, str), sender
    receipt: Receipt = sender.send(delivery(channel.render(CHINA_JAPAN, target), target))
    return receipt


def test_settings_and_what_holds_them_show_nothing(settings: Settings) -> None:
    assert len(config.secrets_of(settings)) == len(config.SECRETS)
    token = settings.slack.token
    assert clean(settings, settings.slack, settings.mail, f"{token:>9}", f"{token!s}", [token], {token: token})
    for travel in (pickle.dumps, copy.copy, copy.deepcopy, lambda value: json.dumps(plain(value))):
        with pytest.raises(TypeError):
            travel(settings if travel is not copy.copy else token)
    try:
        raise ValueError(f"no good: {settings}")
    except ValueError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)
        assert clean("".join(shown.format()))


def test_a_source_shows_no_key_of_its_headers() -> None:
    source = records.source(headers=(("X-Api-Key", canaries.SOURCE_KEY),))
    request = Request(source_id=source.id, url=source.url, headers=source.headers)
    assert clean(source, request)
    before = rules.rulebook(sources=(source,), hash="one")
    after = rules.rulebook(sources=(replace(source, headers=(("X-Api-Key", f"{canaries.SOURCE_KEY}2"),)),), hash="two")
    found = differences(before, after)
    assert [difference.id for difference in found] == ["src"], "that it changed is seen"
    assert clean(*found)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "not_authed"])
def test_a_refused_slack_token(code: str, tmp_path: Path) -> None:
    with FakeSlack() as slack:
        channel = slack.add_channel("#desk")
        own = SlackSettings(token=Secret(canaries.SLACK_BOT_TOKEN), base_url=slack.base_url, timeout=5.0)
        settings = Settings(data=tmp_path, rules=tmp_path, slack=own)
        slack.on_next("chat.postMessage", code)
        slack.on_next("auth.test", code)
        target = ChannelTarget(name="desk", kind="slack", address=f"#{channel.name}")
        receipt = sent(SLACK, settings, target)
        assert receipt.outcome is Outcome.REJECTED
        assert isinstance(SLACK, Probe)
        assert clean(receipt, *SLACK.probe(settings, (target,)))


def test_a_gateway_with_a_password_in_its_address(tmp_path: Path) -> None:
    address = f"https://bot:{canaries.MARK}@gateway.example/api/"
    with pytest.raises(ConfigError, match="would stand in logs") as caught:
        config.load({"MONAZITE_SLACK_BASE_URL": address}, cwd=tmp_path)
    assert clean(caught.value)
    own = SlackSettings(token=Secret(canaries.SLACK_BOT_TOKEN), base_url=address, timeout=1.0)
    target = ChannelTarget(name="desk", kind="slack", address="#desk")
    assert clean(sent(SLACK, Settings(data=tmp_path, rules=tmp_path, slack=own), target))


class _Parrot(socketserver.StreamRequestHandler):
    """A relay that repeats in its refusal what it was told, as it came and decoded."""

    def handle(self) -> None:
        self.wfile.write(b"220 parrot\r\n")
        while line := self.rfile.readline().strip():
            word = line.split(b" ")[0].upper()
            if word == b"EHLO":
                self.wfile.write(b"250-parrot\r\n250 AUTH PLAIN LOGIN\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                told = line.split(b" ")[-1]
                try:
                    plain_text = base64.b64decode(told, validate=True).split(b"\0")[-1]
                except ValueError:
                    plain_text = b""
                self.wfile.write(b"535 5.7.8 " + b"x" * 120 + b" no: " + told + b" " + plain_text + b"\r\n")


@contextmanager
def parrot() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Parrot) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_refused_mail_login_even_when_the_relay_repeats_it(tmp_path: Path) -> None:
    with parrot() as host:
        own = MailSettings(url=Secret(canaries.smtp_url("desk", host)), sender="bot@team.example", timeout=5.0)
        settings = Settings(data=tmp_path, rules=tmp_path, mail=own)
        target = ChannelTarget(name="desk", kind="email", address="desk@team.example")
        receipt = sent(MAIL, settings, target)
        assert receipt.outcome is Outcome.REJECTED
        assert "535" in receipt.detail
        assert isinstance(MAIL, Probe)
        assert clean(receipt, *MAIL.probe(settings, (target,)))


def test_a_relay_that_is_not_there_and_an_address_that_is_none(settings: Settings, tmp_path: Path) -> None:
    target = ChannelTarget(name="desk", kind="email", address="desk@team.example")
    receipt = sent(MAIL, settings, target)
    assert receipt.outcome is Outcome.NOT_SENT
    assert clean(receipt)
    for url in (f"smtp://u:{canaries.MARK}@host:port", f"http://u:{canaries.MARK}@host", canaries.MARK):
        closed = MAIL.connect(Settings(data=tmp_path, rules=tmp_path, mail=MailSettings(url=Secret(url))))
        assert isinstance(closed, str)
        assert clean(closed)


def test_a_webhook_that_is_not_there_and_addresses_that_are_none(settings: Settings) -> None:
    open_ = replace(settings, fetch=FetchSettings(allow_hosts=("127.0.0.1",)))
    receipt = sent(WEBHOOK, open_, ChannelTarget(name="hook", kind="webhook", address=HOOK))
    assert receipt.outcome is Outcome.NOT_SENT
    assert clean(receipt)
    refused = sent(WEBHOOK, settings, ChannelTarget(name="hook", kind="webhook", address=HOOK))
    assert refused.outcome is Outcome.REJECTED
    assert clean(refused)
    for address in (f"https://h:port/{canaries.MARK}", f"ftp://h/{canaries.MARK}", f"https://u:{canaries.MARK}@h/"):
        target = ChannelTarget(name="hook", kind="webhook", address=address)
        with pytest.raises(ValueError, match="channel hook: a webhook's address") as caught:
            WEBHOOK.check(target)
        assert clean(caught.value)


def test_a_database_that_is_down(settings: Settings) -> None:
    with pytest.raises(StorageError, match=r"127\.0\.0\.1:9") as caught:
        connect(settings)
    assert clean("".join(traceback.format_exception(caught.value)))
    for url in (f"postgresql://u:%ZZ{canaries.MARK}@h:port/d", f"mysql://u:{canaries.MARK}@h/d", canaries.MARK):
        with pytest.raises(StorageError) as refused:
            connect(replace(settings, database_url=Secret(url)))
        assert clean("".join(traceback.format_exception(refused.value)))


def test_a_statement_that_fails(database: Database) -> None:
    with pytest.raises(StorageError) as caught, database.transaction() as tx:
        tx.connection.execute(sqlalchemy.text("SELECT nonsense FROM nowhere"))
    assert clean("".join(traceback.format_exception(caught.value)), database.place, database.engine.url)


def test_the_database_keeps_no_secret(database: Database) -> None:
    source = records.source("src", headers=(("X-Api-Key", canaries.SOURCE_KEY),))
    bench = engine.bench(database, FakeClock(), engine.rulebook(source))
    assert not clean(bench.rig.settings.slack.token.reveal() if bench.rig.settings.slack.token else "")
    bench.service.answers = [Receipt(outcome=Outcome.REJECTED, detail="channel_not_found")]
    for answer in (b"a|An export ban|0", b"<", b"a|An export ban|0\nb|News"):
        bench.fetcher.answers["src"] = [answer]
        read(bench.rig, collect(bench.rig, source.id).document_ids)
        assess(bench.rig)
        for channel in ("desk", "ops"):
            deliver(bench.rig, channel)
        bench.clock.turn(600)
    with database.transaction() as tx:
        kept = [
            str(row)
            for table in schema.metadata.sorted_tables
            for row in tx.connection.scalars(sqlalchemy.text(f"SELECT t::text FROM {table.name} t"))
        ]
    assert len(kept) > 10
    assert clean(*kept)
    assert clean(json.dumps(plain(why(bench.rig, "https://src.example/a"))), *bench.service.posts)


@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor", "--only", "database", "--only", "mail", "--only", "slack", "--json"),
        ("why", "https://news.example/a"),
        ("ledger", "export"),
        ("ledger", "list"),
    ],
    ids=" ".join,
)
def test_commands_with_everything_out_of_reach(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MONAZITE_DATA", str(tmp_path / "data"))
    code = run_command_line(list(arguments))
    caught = capsys.readouterr()
    assert code in (1, 2)
    assert "127.0.0.1:9" in caught.out + caught.err
    assert clean(caught.out, caught.err)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"\xff\xfe" + canaries.SLACK_BOT_TOKEN.encode())
    text = f'[slack]\ntoken = "{canaries.SLACK_BOT_TOKEN}"\n[mail]\nurl = "{canaries.smtp_url("u", "h")}"\n'
    broken = f'[slack]\ntoken = "{canaries.SLACK_BOT_TOKEN}\n'
    environ = {"SLACK_BOT_TOKEN_FILE": "secret", "SMTP_URL_FILE": str(tmp_path), "SLACK_APP_TOKEN_FILE": "none"}
    both = {"SLACK_BOT_TOKEN": canaries.SLACK_BOT_TOKEN, "SLACK_BOT_TOKEN_FILE": "secret"}
    for content, surroundings in ((text, environ), (broken, {}), (text, both)):
        (tmp_path / "settings.toml").write_text(content, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            config.load(surroundings, cwd=tmp_path)
        assert "settings.toml" in str(caught.value)
        assert clean(caught.value, *caught.value.problems)


def test_a_feed_that_is_not_there_and_needs_a_key() -> None:
    fetcher = HttpFetcher(FetchSettings(allow_hosts=("127.0.0.1",)), clock=FakeClock(datetime.now(UTC)))
    headers = (("X-Api-Key", canaries.SOURCE_KEY), ("Cookie", f"s={canaries.SOURCE_KEY}"))
    for url in (
        f"http://{CLOSED}/feed?api_key={canaries.SOURCE_KEY}",
        f"http://reader:{canaries.MARK}@{CLOSED}/feed",
        f"http://reader:{canaries.MARK}@[::1/feed",
    ):
        request = Request(source_id=SourceId("src"), url=url, headers=headers)
        answer = fetcher.fetch(request, now=datetime.now(UTC))
        assert isinstance(answer, FetchFailure)
        assert clean(answer.message)
    bad = (("X-Api-Key", f"{canaries.SOURCE_KEY}\r\nX: y"), ("X-\N{SNOWMAN}", canaries.SOURCE_KEY))
    for header in bad:
        answer = fetcher.fetch(Request(source_id=SourceId("src"), url=f"http://{CLOSED}/", headers=(header,)), now=NOW)
        assert isinstance(answer, FetchFailure)
        assert clean(answer.message)
    fetcher.close()


def everything(speak: Callable[[Any, logging.Logger], None], form: str, settings: Settings) -> str:
    """What a program writes to its log."""
    out = io.StringIO()
    log.configure(form=form, level="debug", stream=out, secrets=config.secrets_of(settings))
    try:
        speak(log.get_logger("test"), logging.getLogger("some.library"))
    finally:
        logging.getLogger().handlers = []
    return out.getvalue()


def careless(own: Any, library: logging.Logger) -> None:
    """Logs every secret in every way that a careless line may."""
    for number, value in enumerate(ENVIRON.values()):
        password = value.partition("://")[2].partition("@")[0].rpartition(":")[2] or value
        error = ValueError(f"refused: {value}")
        own.error(f"failed with {value}", value=value, error=error, nested={"k": [{"v": (value, error)}], value: 1})
        own.error("bytes", raw=value.encode(), path=Path(password), kinds={password})
        library.error("failed with %s and %r", value, error)
        try:
            raise OSError(number, password) from error
        except OSError:
            own.exception("with traceback")
            library.exception("with traceback %s", password)


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_careless_line_of_a_log_shows_a_secret(form: str, settings: Settings) -> None:
    written = everything(careless, form, settings)
    assert written.count("with traceback") == 2 * len(ENVIRON)
    assert "***" in written
    assert clean(written)


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://host.example/feed?id=1&api_key={canaries.MARK}&x=2",
        f"https://{canaries.MARK}@host.example/",
        f"https://user:p@{canaries.MARK}@host.example/",
        canaries.TEAMS_WEBHOOK_URL,
        f"Authorization: Bearer {canaries.MARK}.abc.def",
        f"authorization: basic {canaries.MARK}0000",
        f"host=db user=u password={canaries.MARK} dbname=d",
        f"https://prod.logic.azure.com/workflows/1/triggers?sv=1.0&sig={canaries.MARK}",
        f"https://hooks.slack.com/services/T0/B0/{canaries.MARK}",
    ],
)
def test_what_looks_like_a_credential_is_blanked_without_being_known(text: str) -> None:
    event = log.redact(None, "info", {"event": text, "error": ValueError(text), text: 1})
    assert clean(event["event"], event["error"])
    assert "***" in event["event"]


def test_what_is_no_credential_stays() -> None:
    for text in ("https://host.example/a@b?c=d", "a password is needed", "basic research", "mail to desk@team.example"):
        assert log.redact(None, "info", {"event": text})["event"] == text
