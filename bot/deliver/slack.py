"""Slack: one message per story, edited as it grows, with thread replies for material changes only.

Payload: `channel`, `text` (notification and screen readers), `blocks`, `plain` (the form without blocks) and `mention`.
Provider id: "<channel id>:<ts>".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.deliver._list import list_view
from bot.deliver._mrkdwn import visible
from bot.deliver._slack_blocks import alert_blocks, change_blocks, notice_blocks, notification, plain_text
from bot.deliver._slack_list import list_blocks
from bot.deliver._slack_probe import PERSON, findings, is_mention
from bot.deliver._slack_sender import CHANNEL_ID, SlackSender
from bot.deliver._target import check_options, words_for
from bot.types.delivery import Alert, ChannelTarget, Health, Message, ProbeFinding
from bot.types.ports import Channel, Sender
from bot.types.settings import Settings

NO_TOKEN = "no SLACK_BOT_TOKEN is set"  # noqa: S105  # a sentence, no token
_NAME = re.compile(r"#[^\s#.,<>|&@A-Z]{1,80}")
_EVERYBODY = ("@here", "@channel", "@everyone")


class SlackChannel:
    """See the module."""

    name = "slack"

    def check(self, target: ChannelTarget) -> None:
        """Refuse addresses that are no channel, and mentions that would call everybody."""
        check_options(target, ("mention",))
        if not any(form.fullmatch(target.address) for form in (_NAME, CHANNEL_ID, PERSON)):
            message = (
                f"{target.address!r} is no Slack channel; write #name in lower case, or the id of a channel or person"
            )
            raise ValueError(f"channel {target.name}: {message}")
        mention = target.options.get("mention")
        if mention in _EVERYBODY:
            raise ValueError(f"channel {target.name}: {mention} would call everybody; mention a user group")
        if mention is not None and not is_mention(mention):
            message = f"{mention!r} cannot be mentioned; write a user group's @handle, or its id (S...)"
            raise ValueError(f"channel {target.name}: {message}")

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The message that stands for the story; the same shape when posted and when edited."""
        words = words_for(target)
        blocks, seen = alert_blocks(alert, words)
        payload = {
            "channel": target.address,
            "text": notification(seen),
            "blocks": blocks,
            "plain": plain_text(seen, words),
            "mention": target.options.get("mention", ""),
        }
        return Message(kind=self.name, payload=payload, summary=f"{seen.severity}: {seen.headline}")

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        """The reply in the story's thread."""
        words = words_for(target)
        blocks, text = change_blocks(alert, words)
        return self._message(target, blocks, text)

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """Many stories in one message."""
        blocks, text = list_blocks(list_view(alerts, words_for(target)))
        return self._message(target, blocks, text)

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A notice for the operations channel."""
        blocks, text = notice_blocks(title, lines, words_for(target))
        return self._message(target, blocks, text)

    def connect(self, settings: Settings) -> Sender | str:
        """Open the way out with the bot token."""
        return SlackSender(settings.slack) if settings.slack.token else NO_TOKEN

    def plain(self, message: Message) -> Message | None:
        """The message without blocks, for a second try after Slack refused the layout."""
        plain = message.payload.get("plain")
        if not isinstance(plain, str) or "blocks" not in message.payload:
            return None
        payload = {k: v for k, v in message.payload.items() if k not in ("blocks", "plain")} | {"text": plain}
        return Message(kind=self.name, payload=payload, summary=message.summary)

    def probe(self, settings: Settings, targets: Sequence[ChannelTarget] = ()) -> tuple[ProbeFinding, ...]:
        """Token, scopes, channels, groups, and by which way buttons come in."""
        own = settings.slack
        if not own.token and (own.app_token or own.signing_secret):
            message = f"{NO_TOKEN}: nothing is sent to Slack, and no button comes in; set it (xoxb-...)"
            return (ProbeFinding(channel=self.name, health=Health.WARNING, message=message),)
        if not own.token:
            return (ProbeFinding(channel=self.name, health=Health.OFF, message=NO_TOKEN),)
        mine = [target for target in targets if target.kind == self.name]
        return tuple(findings(SlackSender(settings.slack), mine, settings.slack))

    def _message(self, target: ChannelTarget, blocks: list[dict[str, object]], text: str) -> Message:
        payload = {"channel": target.address, "text": text, "blocks": blocks, "plain": text, "mention": ""}
        return Message(kind=self.name, payload=payload, summary=visible(text.splitlines()[0]))


CHANNEL: Channel = SlackChannel()
