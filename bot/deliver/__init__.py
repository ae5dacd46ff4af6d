"""Turn an alert into a channel's message and hand it over.

Every public module is a channel: `registry.discover(bot.deliver, "CHANNEL", Channel)` finds them. Beside the channels:

    render_digest(content, locale, zone) -> Message     the weekly mail; send it through the email channel
    write_digest(message, folder) -> files              the same without sending
    escalation_line(target, ...) -> text                why an alert comes to a channel of escalation
    pointer_notice(target, ...), outage_notice(...)     title and lines of messages that stand where alerts do
    slack_page(posts, digest_html, ...) -> HTML         what people see, drawn from payloads
    message_picture(post), view_picture(view) -> HTML   one message, dialog or home tab
"""

from bot.deliver._digest import render_digest, write_digest
from bot.deliver._escalated import escalation_line
from bot.deliver._notices import outage_notice, pointer_notice
from bot.deliver._preview import Heading, Post, Shown, message_picture, slack_page, view_picture

__all__ = [
    "Heading",
    "Post",
    "Shown",
    "escalation_line",
    "message_picture",
    "outage_notice",
    "pointer_notice",
    "render_digest",
    "slack_page",
    "view_picture",
    "write_digest",
]
