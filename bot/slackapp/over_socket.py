"""Take calls over a socket that the bot opens to Slack, so that no port of ours need be open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from slack_bolt import BoltRequest
from slack_bolt.adapter.socket_mode.internals import build_headers, send_response
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.log import get_logger
from bot.slackapp.building import SlackApp
from bot.slackapp.desk import client, quiet
from bot.types.settings import SlackSettings

LOST = 30.0  # seconds without a connection, after which the way in counts as closed; the library tries all the while
LOOK = 0.2  # seconds between looks at the connection

log = get_logger(__name__)


class ConnectionLostError(Exception):
    """The socket is closed and stays so."""


def serve(app: SlackApp, settings: SlackSettings, stop: threading.Event, opened: Callable[[], None]) -> None:
    """Take calls until `stop` is set.

    Slack closes each connection after some hours and says so before; the library opens the next one. Of several hosts
    with a connection each, Slack hands a call to one.

    Args:
        app: Answers.
        settings: With an app token.
        stop: Ends it.
        opened: Called once, when the first connection stands.

    Raises:
        SlackApiError: Slack refuses the app token.
        ConnectionLostError: The connection was lost and did not come back.
        OSError: Slack cannot be reached.
    """
    socket = SocketModeClient(
        app_token=settings.app_token.reveal() if settings.app_token else "",
        web_client=client(settings, None),
        logger=quiet("socket"),
        ping_interval=10,
    )

    def answer(asking: BaseSocketModeClient, request: SocketModeRequest) -> None:
        start = time.time()
        done = app.dispatch(lambda: _bolt(request))
        try:
            send_response(asking, request, done, start)
        except SlackClientError:
            # Not acknowledged, so Slack hands it over again, and it is done once all the same.
            log.info("a call was answered on a connection that is gone", kind=request.type)

    socket.socket_mode_request_listeners.append(answer)
    try:
        # Asked for here, since the library would sleep as long as Slack wants when it asks too often.
        socket.wss_uri = str(socket.web_client.apps_connections_open(app_token=socket.app_token)["url"])
        socket.connect()
        _stay(socket, stop, opened)
    finally:
        socket.close()


def _stay(socket: SocketModeClient, stop: threading.Event, opened: Callable[[], None]) -> None:
    told, seen = False, time.monotonic()
    while not stop.wait(LOOK):
        if socket.is_connected():
            seen = time.monotonic()
            if not told:
                told = True
                opened()
        elif time.monotonic() - seen > LOST:
            raise ConnectionLostError(f"no connection for {LOST:.0f} seconds")


def _bolt(request: SocketModeRequest) -> BoltRequest:
    return BoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
