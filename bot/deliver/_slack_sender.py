"""Post, edit and look up messages in Slack, once per call and never blindly twice.

slack-sdk's default retry posts again when an answer is lost, so it is switched off; the outbox decides about second
tries.
"""

from __future__ import annotations

import http.client
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from bot.deliver import _slack_outcome as outcome
from bot.deliver._mrkdwn import foreign
from bot.deliver._slack_blocks import calling
from bot.types.delivery import Action, ChannelTarget, Delivery, Outcome, Posting, Receipt
from bot.types.ids import DeliveryId
from bot.types.secret import Secret
from bot.types.settings import SlackSettings

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

EVENT_TYPE = "monazite_delivery"
LOOK_BACK = timedelta(minutes=10)  # clocks of host and Slack differ
PAGE = 200  # messages per page of history
MAX_PAGES = 25
CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{6,}")
PERSON_ID = re.compile(r"[UW][A-Z0-9]{5,}")  # messages to it arrive in a channel of two
MENTION_ID = re.compile(r"[SUW][A-Z0-9]{5,}")
# These mean that looking is not allowed, so it will never succeed.
BLIND = {
    "missing_scope",
    "not_in_channel",
    "channel_not_found",
    "no_permission",
    "not_allowed_token_type",
    "access_denied",
}
FAILURES = (URLError, http.client.HTTPException, OSError, UnicodeDecodeError, LookupError)

Answer = Mapping[str, Any]


class SlackCallError(Exception):
    """A call did not succeed.

    Attributes:
        receipt: What that says about a post.
        code: Slack's error code, "" when none came.
    """

    def __init__(self, receipt: Receipt, code: str = "") -> None:
        super().__init__(receipt.detail)
        self.receipt = receipt
        self.code = code


class SlackSender:
    """A bot token at work. Remembers the ids of channels and groups that it met."""

    def __init__(self, settings: SlackSettings) -> None:
        """Opens nothing yet.

        Args:
            settings: With a token.
        """
        self._settings = settings
        self._client = _client(settings)
        self._channels: dict[str, str] = {}
        self._mentions: dict[str, str] = {}
        self._bot_id = ""

    def send(self, delivery: Delivery) -> Receipt:
        """Post, edit or answer in the thread, depending on the action."""
        try:
            if delivery.action is Action.SEND:
                return self._post(delivery, thread=None)
            if delivery.root_provider_id is None:
                wait = timedelta(minutes=1)
                detail = "the message to edit or answer is not in Slack yet"
                return Receipt(outcome=Outcome.NOT_SENT, detail=detail, retry_after=wait)
            if delivery.action is Action.UPDATE:
                return self._edit(delivery)
            return self._post(delivery, thread=_split(delivery.root_provider_id)[1])
        except SlackCallError as failed:
            return failed.receipt

    def find(self, delivery: Delivery) -> Receipt | None:
        """Look in the channel's history, or in the thread, for the delivery id."""
        if delivery.action is Action.UPDATE:
            return Receipt(outcome=Outcome.NOT_SENT, detail="an edit can be made again without harm")
        try:
            root, _ = _split(delivery.root_provider_id or "")
            channel = root or self._channel_id(str(delivery.message.payload["channel"]))
            if channel is None:
                return None
            for message in self._messages(delivery, channel):
                if _delivery_id(message) == delivery.id:
                    detail = "found in Slack by its delivery id"
                    return Receipt(outcome=Outcome.SENT, detail=detail, provider_id=f"{channel}:{message['ts']}")
        except SlackCallError as failed:
            return _unseen(failed)
        return Receipt(outcome=Outcome.NOT_SENT, detail="not in Slack's history")

    def history(
        self, target: ChannelTarget, since: datetime, threads: Sequence[str] = ()
    ) -> tuple[Posting, ...] | Receipt | None:
        """What stands in a channel, by the delivery ids in its metadata; one paged read, and one per thread."""
        try:
            channel = self._channel_id(target.address)
            if channel is None:
                return None
            self._bot_id = self._bot_id or str(self.identity().get("bot_id") or "")
            found = [one for row in self._history(channel, since - LOOK_BACK) if (one := self._standing(channel, row))]
            for root in threads:
                found += self._answers(root, since)
        except SlackCallError as failed:
            return _unseen(failed)
        return tuple(sorted(found, key=lambda one: one.posted_at))

    def remove(self, provider_id: str) -> Receipt:
        """Delete a message of ours; one that is gone already is as good."""
        channel, stamp = _split(provider_id)
        try:
            self.call(lambda: self._client.chat_delete(channel=channel, ts=stamp))
        except SlackCallError as failed:
            if failed.code != "message_not_found":
                return failed.receipt
        return Receipt(outcome=Outcome.SENT, detail="deleted", provider_id=provider_id)

    def _answers(self, root: str, since: datetime) -> list[Posting]:
        """Ours in a thread; none when its root was deleted."""
        channel, stamp = _split(root)
        try:
            rows = list(self._replies(channel, stamp, since - LOOK_BACK))
        except SlackCallError as failed:
            if failed.code == "thread_not_found":
                return []
            raise
        return [one for row in rows if row.get("ts") != stamp and (one := self._standing(channel, row))]

    def _standing(self, channel: str, row: Answer) -> Posting | None:
        """A message of ours; metadata alone does not make it one, since any app can write some."""
        delivery_id = _delivery_id(row)
        if delivery_id is None or (self._bot_id and row.get("bot_id") not in (None, self._bot_id)):
            return None
        stamp = str(row["ts"])
        return Posting(
            delivery_id=DeliveryId(delivery_id),
            provider_id=f"{channel}:{stamp}",
            posted_at=_time(stamp),
            replied_at=_time(str(row["latest_reply"])) if row.get("latest_reply") else None,
        )

    def identity(self) -> SlackResponse:
        """Who the token is, with its scopes in the headers.

        Raises:
            SlackCallError: The token was refused, or Slack could not be asked.
        """
        return self.call(self._client.auth_test)

    def open_socket(self, app_token: Secret) -> None:
        """Ask for a socket's address, which proves that an app token is good; nothing connects.

        Raises:
            SlackCallError: The token was refused, or Slack could not be asked.
        """
        self.call(lambda: self._client.apps_connections_open(app_token=app_token.reveal()))

    def channels(self) -> Iterator[Answer]:
        """All channels that the token may see.

        Raises:
            SlackCallError: The list could not be read.
        """
        yield from self._pages(
            lambda cursor: self._client.conversations_list(
                types="public_channel,private_channel", exclude_archived=False, limit=PAGE, cursor=cursor
            ),
            "channels",
        )

    def call(self, method: Callable[[], SlackResponse]) -> SlackResponse:
        """Make one call.

        Raises:
            SlackCallError: With the receipt that the failure amounts to.
        """
        from slack_sdk.errors import SlackApiError, SlackClientError  # noqa: PLC0415  # heavy, only needed when sending

        secure = self._client.base_url.startswith("https:")
        try:
            return method()
        except SlackApiError as error:
            answer = error.response
            data = answer.data if isinstance(answer.data, dict) else {}
            code = str(data.get("error") or "")
            code = code if re.fullmatch(r"[a-z0-9_]{1,80}", code) else ""  # anything else is no answer of Slack's
            raise SlackCallError(outcome.of_answer(answer.status_code, code, answer.headers), code) from error
        except SlackClientError as error:
            receipt = Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the call failed ({type(error).__name__})")
            raise SlackCallError(receipt) from error
        except FAILURES as error:
            raise SlackCallError(outcome.of_failure(error, secure=secure)) from error

    def _post(self, delivery: Delivery, *, thread: str | None) -> Receipt:
        payload = delivery.message.payload
        channel = _split(delivery.root_provider_id)[0] if delivery.root_provider_id else str(payload["channel"])
        answer = self.call(
            lambda: self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                reply_broadcast=False if thread else None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}},
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
                **self._content(payload, mention=thread is None),
            )
        )
        where, stamp = answer.get("channel"), answer.get("ts")
        if not where or not stamp:
            return Receipt(outcome=Outcome.AMBIGUOUS, detail="Slack's answer names no message")
        self._channels[str(payload["channel"])] = str(where)
        return Receipt(outcome=Outcome.SENT, detail="posted", provider_id=f"{where}:{stamp}")

    def _edit(self, delivery: Delivery) -> Receipt:
        """Edit the message that stands. Its metadata stays, since Slack keeps what an edit does not name."""
        channel, stamp = _split(delivery.root_provider_id or "")
        content = self._content(delivery.message.payload, mention=True)
        try:
            self.call(
                lambda: self._client.chat_update(channel=channel, ts=stamp, link_names=False, parse="none", **content)
            )
        except SlackCallError as failed:
            if failed.receipt.outcome is Outcome.AMBIGUOUS:  # making the same edit twice changes nothing
                return Receipt(outcome=Outcome.NOT_SENT, detail=failed.receipt.detail)
            raise
        return Receipt(outcome=Outcome.SENT, detail="edited", provider_id=delivery.root_provider_id)

    def _content(self, payload: Mapping[str, object], *, mention: bool) -> dict[str, Any]:
        """Text and blocks as Slack takes them: with the team's group called by its id, and no dead buttons."""
        content: dict[str, Any] = {"text": payload["text"]}
        called = self._mention(str(payload.get("mention") or "")) if mention else ""
        blocks = payload.get("blocks")
        if not isinstance(blocks, list):
            return {"text": f"{called} {payload['text']}".strip()}
        if not self._settings.interactive:
            # Slack answers each press with a warning sign then, also of a button that only opens a link; the sources
            # are links anyway.
            blocks = [block for block in blocks if block.get("type") != "actions"]
        content["blocks"] = calling(blocks, called) if called else blocks
        return content

    def _mention(self, wanted: str) -> str:
        """Markup that calls a user group or person; the bare handle when Slack does not give its id away."""
        if not wanted:
            return ""
        if MENTION_ID.fullmatch(wanted):
            return f"<!subteam^{wanted}>" if wanted.startswith("S") else f"<@{wanted}>"
        if wanted not in self._mentions:
            try:
                groups = self.call(self._client.usergroups_list).get("usergroups") or []
            except SlackCallError as failed:
                if failed.code:  # an answer, and the same one next time
                    self._mentions[wanted] = foreign(wanted)
                return foreign(wanted)
            self._mentions |= {f"@{g['handle']}": f"<!subteam^{g['id']}>" for g in groups if "handle" in g}
        return self._mentions.get(wanted, foreign(wanted))

    def _channel_id(self, name: str) -> str | None:
        """Id of a channel; history takes no names. None when it cannot be found out."""
        if CHANNEL_ID.fullmatch(name):
            return name
        if PERSON_ID.fullmatch(name) and name not in self._channels:
            answer = self.call(lambda: self._client.conversations_open(users=name))
            self._channels[name] = str((answer.get("channel") or {}).get("id") or "")
        if name not in self._channels:
            self._channels |= {f"#{c['name']}": str(c["id"]) for c in self.channels() if c.get("name")}
        return self._channels.get(name)

    def _messages(self, delivery: Delivery, channel: str) -> Iterator[Answer]:
        oldest = (delivery.claimed_at or delivery.created_at) - LOOK_BACK
        if delivery.action is Action.THREAD:
            return self._replies(channel, _split(delivery.root_provider_id or "")[1], oldest)
        return self._history(channel, oldest)

    def _replies(self, channel: str, root: str, oldest: datetime) -> Iterator[Answer]:
        return self._pages(
            lambda cursor: self._client.conversations_replies(
                channel=channel,
                ts=root,
                oldest=f"{oldest.timestamp():.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            ),
            "messages",
        )

    def _history(self, channel: str, oldest: datetime) -> Iterator[Answer]:
        return self._pages(
            lambda cursor: self._client.conversations_history(
                channel=channel,
                oldest=f"{oldest.timestamp():.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            ),
            "messages",
        )

    def _pages(self, fetch: Callable[[str | None], SlackResponse], key: str) -> Iterator[Answer]:
        cursor: str | None = None
        for _ in range(MAX_PAGES):
            current = cursor
            answer = self.call(lambda current=current: fetch(current))  # type: ignore[misc]
            yield from answer.get(key) or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return
        detail = f"more than {MAX_PAGES * PAGE} entries to look through"
        raise SlackCallError(Receipt(outcome=Outcome.AMBIGUOUS, detail=detail))


def _client(settings: SlackSettings) -> WebClient:
    from slack_sdk import WebClient  # noqa: PLC0415  # heavy, only needed when sending

    quiet = logging.getLogger("bot.deliver.slack.sdk")
    quiet.setLevel(logging.CRITICAL)  # outcomes are reported once, by whoever called us
    return WebClient(
        token=settings.token.reveal() if settings.token else None,
        base_url=settings.base_url,
        timeout=settings.timeout,  # type: ignore[arg-type]  # urllib takes fractions of a second
        retry_handlers=[],
        logger=quiet,
    )


def _split(provider_id: str) -> tuple[str, str]:
    channel, _, stamp = provider_id.partition(":")
    return channel, stamp


def _time(stamp: str) -> datetime:
    return datetime.fromtimestamp(float(stamp), UTC)


def _delivery_id(message: Answer) -> str | None:
    """The id in the metadata of a message of ours."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    found = payload.get("delivery_id")
    return found if metadata.get("event_type") == EVENT_TYPE and isinstance(found, str) else None


def _unseen(failed: SlackCallError) -> Receipt | None:
    """What a failed look says: None when looking is not allowed, else that it may succeed later."""
    if failed.code in BLIND:
        return None
    wait = failed.receipt.retry_after or outcome.DEFAULT_WAIT
    return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"could not look it up: {failed.receipt.detail}", retry_after=wait)
