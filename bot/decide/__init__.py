"""Say send, update, thread, digest, hold or drop, and why."""

from bot.decide.deciding import alert_id, decide, decisions, recorded

__all__ = ["alert_id", "decide", "decisions", "recorded"]
