"""What people see, as pages drawn from the payloads that Slack would get, and the digest in light and dark.

Nothing is drawn from alerts: what is wrong in a payload is wrong here. No page holds a script or loads anything.
"""

from bot.deliver._preview._page import Heading, Post, Shown, in_dark, in_light, slack_page
from bot.deliver._preview._picture import message_picture, view_picture

__all__ = ["Heading", "Post", "Shown", "in_dark", "in_light", "message_picture", "slack_page", "view_picture"]
