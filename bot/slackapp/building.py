"""Put the Slack app together: who is let in, which payload leads to which answer, and what happens to a bug."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.errors import ConfigError
from bot.log import get_logger
from bot.slackapp import commands, forms, tab
from bot.slackapp.buttons import BUTTONS, LINKS
from bot.slackapp.desk import Desk, at, quiet
from bot.slackapp.gate import refusal
from bot.slackapp.visit import Visit, serve, visit
from bot.types.secret import Secret

THREADS = 8  # answers at a time
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError)
ANYTHING = re.compile(r"[\s\S]*")

log = get_logger(__name__)

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackApp:
    """The app, and the threads that work for it after Slack was told that its call arrived."""

    bolt: App
    pool: Executor = field(repr=False)

    def dispatch(self, request: Callable[[], BoltRequest]) -> BoltResponse:
        """Answer a request; one that is shaped as none of Slack's is refused.

        The library reads payloads as Slack documents them, also where it reports its own failures.
        """
        try:
            return self.bolt.dispatch(request())
        except UNREADABLE as error:
            log.warning("a call that cannot be read was refused", error=type(error).__name__)
            return BoltResponse(status=400, body="")

    def take(self, payload: Payload) -> BoltResponse:
        """Answer a payload as the socket would bring it."""
        return self.dispatch(lambda: BoltRequest(mode="socket_mode", body=payload))

    def close(self) -> None:
        """Finish what was begun; what waits is not begun."""
        self.pool.shutdown(wait=True, cancel_futures=True)


def build(desk: Desk, *, signing_secret: Secret | None = None, threads: Executor | None = None) -> SlackApp:
    """The app for one workspace.

    Slack wants an answer within three seconds: the call is acknowledged at once, and worked on in threads. Every deed
    can be done twice without harm, since Slack hands over again what it believes to be lost.

    Args:
        desk: What answers need.
        signing_secret: For requests over HTTP, which must bear its signature; None for a socket, which is Slack's.
        threads: In which answers are worked out; its own unless given.

    Raises:
        ConfigError: The environment asks the library for another way to log in.
    """
    pool = threads or ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
    bolt = App(
        name="monazite",
        logger=quiet("bolt"),
        client=desk.client,
        authorize=lambda: _ourselves(desk),
        signing_secret=signing_secret.reveal() if signing_secret else "",
        request_verification_enabled=signing_secret is not None,
        token_verification_enabled=False,
        process_before_response=True,  # the call is acknowledged where it arrives, however busy the threads are
        listener_executor=pool,
    )
    if bolt.oauth_flow is not None:
        raise ConfigError(("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set: unset them, this bot has one workspace",))
    bolt.error(_failed)
    bolt.use(_gate(desk))
    _listen(bolt, _Switchboard(desk, pool))
    return SlackApp(bolt=bolt, pool=pool)


def _ourselves(desk: Desk) -> AuthorizeResult:
    """The one workspace in which the bot was installed; who else may call is asked at the gate."""
    ours = desk.workspace
    return AuthorizeResult(
        enterprise_id=ours.enterprise or None, team_id=ours.team, bot_user_id=ours.bot, bot_token=desk.client.token
    )


def _gate(desk: Desk) -> Callable[..., BoltResponse]:
    def gate(request: BoltRequest, body: Payload, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - the library's name
        once = request.context.get("once")
        if once is not None and not once.first((request.headers.get("x-slack-signature") or [""])[0]):
            log.warning("a call from Slack came a second time and was refused")
            return BoltResponse(status=401, body="")
        why = refusal(body, desk.workspace)
        if not why:
            return next()
        log.warning("a call from Slack was not served", why=why, kind=str(body.get("type") or "command")[:40])
        # Acknowledged all the same, since Slack would hand it over again.
        return BoltResponse(status=200, body="")

    return gate


def _listen(bolt: App, board: _Switchboard) -> None:
    """Which payload leads to which answer; the first that fits is taken."""
    for name, work in BUTTONS.items():
        bolt.action(name)(board.action(work, "value"))
    for name, work in tab.CHOICES.items():
        bolt.action(name)(board.action(work))
    for name in LINKS:
        bolt.action(name)(_nothing)
    for name, form in forms.FORMS.items():
        bolt.view_submission(name)(board.submission(form))
    bolt.command(commands.COMMAND)(board.plainly(commands.answer))
    bolt.event("app_home_opened")(board.plainly(tab.opened))
    # What an older or newer version left behind; never silence, and never a warning sign of Slack's own.
    bolt.action(ANYTHING)(board.plainly(forms.unknown))
    bolt.view_submission(ANYTHING)(board.plainly(forms.unknown))
    bolt.view_closed(ANYTHING)(_nothing)
    bolt.event(ANYTHING)(_nothing)


def _nothing(ack: Ack) -> None:
    ack()


class _Switchboard:
    """Turns answers into what the library calls: acknowledge here, work in a thread."""

    def __init__(self, desk: Desk, pool: Executor) -> None:
        self._desk = desk
        self._pool = pool

    def action(self, work: Callable[[Visit], None], *path: str) -> Callable[..., None]:
        """For a button or choice; `path` leads to what of it is the value."""

        def handle(ack: Ack, body: Payload) -> None:
            ack()
            self._later(visit(self._desk, body, at(body, "actions", 0, *path)), work)

        return handle

    def submission(self, form: forms.Form) -> Callable[..., None]:
        """For a dialog, which stays open as long as something in it is wrong."""

        def handle(ack: Ack, body: Payload) -> None:
            faults: Mapping[str, str] = form.faults(body)
            if faults:
                ack(response_action="errors", errors=dict(faults))
                return
            ack()
            self._later(visit(self._desk, body), form.deed)

        return handle

    def plainly(self, work: Callable[[Visit], None]) -> Callable[..., None]:
        """For everything else."""

        def handle(ack: Ack, body: Payload) -> None:
            ack()
            self._later(visit(self._desk, body), work)

        return handle

    def _later(self, seen: Visit, work: Callable[[Visit], None]) -> None:
        self._pool.submit(serve, seen, work).add_done_callback(lambda done: _finished(done, seen))


def _finished(done: Future[None], seen: Visit) -> None:
    """After an answer: a bug is logged, and the person told so."""
    if done.cancelled():
        return
    error = done.exception()
    if error is not None:
        note(error)
        seen.say(seen.words("answer.wrong"))


def _failed(error: Exception) -> BoltResponse:
    """A bug before a call was acknowledged; Slack shows its own sign to the person."""
    note(error)
    return BoltResponse(status=500, body="")


def note(error: BaseException) -> None:
    """Log a bug by kind and place: its text, and the values around it, may hold what people wrote, or a token."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    log.error("what Slack hands over failed unexpectedly", error=type(error).__name__, at=places)
