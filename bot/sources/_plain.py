"""What a user would write to read a feed: feedparser as it comes, for measurements."""

from __future__ import annotations

import feedparser


def plain_entries(body: bytes) -> list[str]:
    """Title and summary of every entry."""
    return [f"{entry.get('title', '')}\n{entry.get('summary', '')}" for entry in feedparser.parse(body).entries]
