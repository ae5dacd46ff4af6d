"""Keep the way open by which buttons and commands come in, as long as the bot runs; without it the watch goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from slack_sdk.errors import SlackApiError

from bot import pipeline
from bot.errors import ConfigError, MonaziteError
from bot.log import get_logger
from bot.pipeline import Current
from bot.slackapp import over_http, over_socket
from bot.slackapp.building import build, note
from bot.slackapp.desk import Desk, client, code_of, identify
from bot.types.settings import SlackSettings

FIRST_WAIT = 2.0  # seconds before the second try, doubled up to
LONGEST_WAIT = 300.0

log = get_logger(__name__)


def way_in(settings: SlackSettings) -> str:
    """By which way buttons and commands come in, for people; "" when they do not."""
    if not settings.interactive:
        return ""
    return f"signed HTTP at {settings.listen}{over_http.PATH}" if settings.over_http else "a socket to Slack"


@contextmanager
def listening(current: Current, stop: threading.Event, *, scheduler: str) -> Iterator[None]:
    """Listen in a thread of its own while the block runs; a way that is closed is tried again and again.

    Args:
        current: The ports.
        stop: Set before the block ends.
        scheduler: Name under which the scheduler holds its lease, for `/monazite status`.
    """
    settings = current.rig.settings.slack
    way = way_in(settings)
    if not way:
        why = "no SLACK_APP_TOKEN, and no slack.listen with SLACK_SIGNING_SECRET" if settings.token else "no token"
        log.info("buttons and /monazite are off", why=why)
        yield
        return
    log.info("buttons and /monazite come in", over=way)
    thread = threading.Thread(target=keep_open, args=(current, stop, scheduler), name="slack-listener", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


def keep_open(
    current: Current, stop: threading.Event, scheduler: str, *, wait: Callable[[float], bool] | None = None
) -> None:
    """Listen until `stop` is set; after a failure tell operators once, wait, and listen again.

    Args:
        current: The ports.
        stop: Ends it.
        scheduler: See `listening`.
        wait: Waits so many seconds; True: it is over. The event's own unless given.
    """
    pausing, pause = wait or stop.wait, FIRST_WAIT
    with ThreadPoolExecutor(1, thread_name_prefix="slack-way") as threads:
        while not stop.is_set():
            opened = threading.Event()
            # As a future, its failure is a value here, be it a bug: nothing may end the watch, and nothing be hushed.
            error = threads.submit(_listen, current, stop, scheduler, opened.set).exception()
            if stop.is_set():
                return
            why = _why(error)
            log.warning("buttons and /monazite do not come in", why=why)
            _tell(lambda why=why: pipeline.way_closed(current.rig, why))  # type: ignore[misc]
            pause = FIRST_WAIT if opened.is_set() else pause
            if pausing(pause):
                return
            pause = min(pause * 2, LONGEST_WAIT)


def _listen(current: Current, stop: threading.Event, scheduler: str, opened: Callable[[], None]) -> None:
    settings = current.rig.settings.slack

    def said() -> None:
        opened()
        log.info("listening to Slack", over=way_in(settings))
        _tell(lambda: pipeline.way_open(current.rig))

    web = client(settings, settings.token)
    desk = Desk(current=current, client=web, workspace=identify(web), scheduler=scheduler)
    app = build(desk, signing_secret=settings.signing_secret if settings.over_http else None)
    try:
        (over_http.serve if settings.over_http else over_socket.serve)(app, settings, stop, said)
    finally:
        app.close()


def _tell(tell: Callable[[], object]) -> None:
    try:
        tell()
    except MonaziteError as error:
        log.warning("operators could not be told", why=str(error))


def _why(error: BaseException | None) -> str:
    """What failed, in a sentence without secrets."""
    if isinstance(error, SlackApiError):
        code = code_of(error) or "an answer that is none of Slack's"
        return f"Slack refuses ({code}); `monazite doctor --only slack` says more"
    if isinstance(error, ConfigError):
        return str(error)
    if isinstance(error, over_socket.ConnectionLostError):
        return f"the socket to Slack is closed: {error}"
    if isinstance(error, OSError):
        return f"the network is in the way: {error.strerror or type(error).__name__}"
    if error is not None:
        note(error)
    return f"a bug stopped it ({type(error).__name__}); the log says where"
