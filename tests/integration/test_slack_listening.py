"""How calls come in: over a socket that is lost and refreshed, over signed HTTP, or not at all; the watch goes on."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from bot.pipeline import Current
from bot.slackapp.building import build
from bot.slackapp.desk import Desk, client, identify
from bot.slackapp.listening import keep_open, listening, way_in
from bot.slackapp.over_http import PATH, Once, serve_at, web
from bot.storage import Database
from bot.types.secret import Secret
from bot.types.settings import SlackSettings
from tests.canaries import SLACK_SIGNING_SECRET
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_socket import SlackSocket
from tests.fakes.slack_team import ANN, ROLE, Team, pressed, slack_rig, slack_settings, team, typed

SECRET = Secret(SLACK_SIGNING_SECRET)
PATIENCE = 20.0  # seconds


@pytest.fixture
def slack(clock: FakeClock) -> Iterator[FakeSlack]:
    with FakeSlack(now=lambda: clock.now().timestamp()) as server:
        for name in ("#desk", "#ops"):
            server.add_channel(name)
        yield server


@pytest.fixture
def desk(database: Database, clock: FakeClock, slack: FakeSlack) -> Team:
    return team(database, clock, slack, app_token=Secret(slack.app_token))


@contextmanager
def host(desk: Team) -> Iterator[threading.Event]:
    """A host that listens; ends with the block."""
    stop = threading.Event()
    with listening(Current(desk.rig), stop, scheduler=ROLE):
        yield stop


def votes(desk: Team) -> list[str]:
    with desk.rig.database.transaction() as tx:
        return [f"{vote.voter} {vote.verdict}" for vote in tx.votes.counting()]


def notices(desk: Team) -> list[str]:
    with desk.rig.database.transaction() as tx:
        return [notice.key for notice in tx.notices.standing()]


def test_two_hosts_take_calls_over_sockets_and_a_call_handed_over_twice_counts_once(desk: Team) -> None:
    alert = desk.alert()
    with SlackSocket(desk.slack) as slack, host(desk), host(desk):
        slack.until(lambda: len(slack.connections) == 2)
        press = desk.pressed("useful", alert)
        slack.deaf = True  # the acknowledgement of the first is lost
        envelope = slack.send("interactive", press, to=0)
        slack.until(lambda: votes(desk))
        slack.deaf = False
        assert slack.hand_over("interactive", press, envelope=envelope, to=1) is None
        slack.until(lambda: len(desk.slack.whispers) == 2)
        slack.hand_over("slash_commands", typed(desk.slack, "help"))
        slack.until(lambda: "subscribe SECTOR" in desk.slack.told())
    assert votes(desk) == [f"slack:{ANN} useful"]
    with desk.rig.database.transaction() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM vote").scalar() == 1
    assert {call.args.get("token") for call in desk.slack.called("apps.connections.open")} == {None}


def test_a_form_that_is_wrong_is_answered_with_the_acknowledgement(desk: Team) -> None:
    desk.alert()
    desk.press("not-useful", "a-a")
    view = {"type": "modal", "callback_id": "not-useful", "state": {"values": {}}, "private_metadata": "{}"}
    wrong = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": ANN, "team_id": "T1"}, "view": view}
    with SlackSocket(desk.slack) as slack, host(desk):
        answer = slack.hand_over("interactive", wrong)
    assert answer["response_action"] == "errors"


def test_a_socket_that_slack_refreshes_or_the_network_cuts_is_opened_again(desk: Team) -> None:
    alert = desk.alert()
    with SlackSocket(desk.slack) as slack, host(desk):
        slack.until(lambda: slack.connections)
        slack.refresh()
        slack.until(lambda: slack.opened == 2 and len(slack.connections) == 1)
        slack.hand_over("interactive", desk.pressed("useful", alert))
        slack.until(lambda: votes(desk))
    assert votes(desk) == [f"slack:{ANN} useful"]


def test_a_way_that_is_closed_is_tried_again_and_operators_are_told_once(desk: Team) -> None:
    desk.slack.on_next("apps.connections.open", *["not_allowed_token_type"] * 3)
    waits: list[float] = []
    stop = threading.Event()

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        if len(waits) == 4:
            stop.set()
        return stop.is_set()

    keep_open(Current(desk.rig), stop, ROLE, wait=wait)  # after three refusals, no socket is named
    assert waits == [2.0, 4.0, 8.0, 16.0]
    assert notices(desk) == ["slack:way-in"]
    desk.deliver()
    (post,) = desk.slack.in_channel("#ops")
    assert "not_allowed_token_type" in json.dumps(post.args)
    assert desk.slack.app_token not in json.dumps(post.args)
    with SlackSocket(desk.slack) as slack, host(desk):
        slack.until(lambda: not notices(desk))
    assert notices(desk) == []


def test_without_a_way_nothing_listens(database: Database, clock: FakeClock, slack: FakeSlack) -> None:
    rig = slack_rig(database, clock, slack)
    before = threading.active_count()
    with listening(Current(rig), threading.Event(), scheduler=ROLE):
        assert threading.active_count() == before
    assert slack.calls == []


def test_which_way_is_taken() -> None:
    token, app, secret = Secret("xoxb-1"), Secret("xapp-1"), Secret("s")
    assert way_in(SlackSettings(app_token=app)) == ""
    assert way_in(SlackSettings(token=token)) == ""
    assert way_in(SlackSettings(token=token, signing_secret=secret)) == ""
    assert way_in(SlackSettings(token=token, app_token=app)) == "a socket to Slack"
    assert way_in(SlackSettings(token=token, app_token=app, signing_secret=secret, listen="127.0.0.1:1")) == (
        "signed HTTP at 127.0.0.1:1/slack/events"
    )


class Caller:
    """Somebody who calls over HTTP."""

    def __init__(self, port: int) -> None:
        self.port = port

    def call(self, body: bytes, headers: dict[str, str], *, method: str = "POST", path: str = PATH) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def signed(self, body: bytes, *, at: float | None = None, secret: Secret = SECRET) -> dict[str, str]:
        stamp = str(int(at if at is not None else time.time()))
        mark = hmac.new(secret.reveal().encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        kind = "application/json" if body.startswith(b"{") else "application/x-www-form-urlencoded"
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}", "Content-Type": kind}


@contextmanager
def http_host(desk: Team) -> Iterator[Caller]:
    settings = slack_settings(desk.slack, signing_secret=SECRET)
    api = client(settings, settings.token)
    app = build(
        Desk(current=Current(desk.rig), client=api, workspace=identify(api), scheduler=ROLE), signing_secret=SECRET
    )
    stop, opened = threading.Event(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(
            target=serve_at,
            args=(door, web(app, patience=1.0), stop, opened.set),
            kwargs={"patience": 1.0},
        )
        thread.start()
        try:
            assert opened.wait(PATIENCE)
            yield Caller(door.getsockname()[1])
        finally:
            stop.set()
            thread.join(PATIENCE)
            app.close()
    assert not thread.is_alive()


def form(desk: Team, action: str, value: str) -> bytes:
    return urlencode({"payload": json.dumps(pressed(desk.slack, action, value))}).encode()


def test_http_takes_what_is_signed_now_small_and_new(desk: Team) -> None:
    alert = desk.alert()
    body = form(desk, "useful", alert)
    with http_host(desk) as caller:
        good = caller.signed(body)
        assert caller.call(body, good) == (200, "")
        refused = {
            "replayed": good,
            "unsigned": {},
            "another secret": caller.signed(body, secret=Secret("another")),
            "six minutes old": caller.signed(body, at=time.time() - 360),
            "six minutes ahead": caller.signed(body, at=time.time() + 360),
            "signed for another body": caller.signed(body + b"x"),
            "no time": {**caller.signed(body), "X-Slack-Request-Timestamp": "soon"},
        }
        assert {name: caller.call(body, headers)[0] for name, headers in refused.items()} == dict.fromkeys(refused, 401)
        large = b"payload=" + b"x" * 1_000_001
        assert caller.call(large, caller.signed(large))[0] == 413
        assert caller.call(body, {**caller.signed(body), "Content-Length": "many"})[0] in (400, 413)
        chunked = {**caller.signed(large), "Transfer-Encoding": "chunked"}
        assert _chunked(caller, large, chunked) in (413, 0), "refused, or cut off while we still talk"
        assert caller.call(b"", {**caller.signed(body), "Content-Length": "100"})[0] == 408, "a body that never comes"
        assert caller.call(b"", {}, method="GET", path="/healthz") == (200, "ok")
        assert caller.call(b"", {}, method="GET")[0] == 405
        assert caller.call(body, caller.signed(body), path="/")[0] == 404
        check = json.dumps({"type": "url_verification", "challenge": "3eZbr"}).encode()
        assert caller.call(check, caller.signed(check)) == (200, '{"challenge": "3eZbr"}')
        assert caller.call(b"ssl_check=1&token=x", caller.signed(b"ssl_check=1&token=x"))[0] == 200
        for hostile in (b"\xff\xfe", b"payload={", b"payload=[]", b"{", b'{"team": []}', b"payload=null"):
            status, said = caller.call(hostile, caller.signed(hostile))
            assert status in (200, 400, 404, 500), hostile
            assert "Traceback" not in said
            assert "File" not in said
        command = urlencode(typed(desk.slack, "help")).encode()
        assert caller.call(command, caller.signed(command))[0] == 200
        _until(lambda: "subscribe SECTOR" in desk.slack.told())
    assert votes(desk) == [f"slack:{ANN} useful"]


def test_http_hangs_up_on_whoever_never_finishes_the_head_of_a_request(desk: Team) -> None:
    with http_host(desk) as caller, socket.create_connection(("127.0.0.1", caller.port), timeout=PATIENCE) as slow:
        slow.sendall(b"POST /slack/events HTTP/1.1\r\nHost: monazite\r\nX-Slow: ")
        begun = time.monotonic()
        assert slow.recv(100) == b"", "the line is closed without a word"
        assert time.monotonic() - begun < PATIENCE / 2
        assert caller.call(b"", {}, method="GET", path="/healthz") == (200, "ok")


def _chunked(caller: Caller, body: bytes, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=10)
    try:
        connection.request("POST", PATH, iter([body[:600_000], body[600_000:]]), headers, encode_chunked=True)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _until(done: object) -> None:
    end = time.monotonic() + PATIENCE
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_signatures_are_remembered_as_long_as_they_are_good() -> None:
    now = [0.0]
    once = Once(lambda: now[0])
    assert once.first("v0=a")
    assert not once.first("v0=a")
    now[0] = 599.0
    assert not once.first("v0=a")
    assert once.first("v0=b")
    now[0] = 700.0
    assert once.first("v0=a")
    assert not once.first("v0=b")
