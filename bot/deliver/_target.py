"""Check what all channels of routes.yml have in common: option names, and the reader's time zone."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.deliver._labels import Labels, labels
from bot.types.delivery import ChannelTarget

ZONE = "zone"  # IANA name of the readers' time zone; UTC unless said


def check_options(target: ChannelTarget, known: Collection[str]) -> None:
    """Refuse unknown options and zones.

    Raises:
        ValueError: One sentence for the analyst.
    """
    allowed = sorted({*known, ZONE})
    for name in target.options:
        if name not in allowed:
            near = difflib.get_close_matches(name, (*allowed, "locale"), 1)
            hint = f"did you mean {near[0]}?" if near else f"known options: {', '.join((*allowed, 'locale'))}"
            raise ValueError(f"channel {target.name}: {target.kind} has no option {name!r}; {hint}")
    zone = target.options.get(ZONE)
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            message = f"channel {target.name}: {zone!r} is no time zone; write one like Europe/Amsterdam"
            raise ValueError(message) from None


def words_for(target: ChannelTarget) -> Labels:
    """The labels of the channel's readers."""
    return labels(target.locale, target.options.get(ZONE, "UTC"))
