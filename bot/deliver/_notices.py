"""Say in the reader's language what is no alert and stands where alerts do: pointers, and summaries of outages."""

from __future__ import annotations

from collections.abc import Mapping

from bot.deliver._changes import rejoined_text
from bot.deliver._target import words_for
from bot.types.delivery import ChannelTarget, Outage
from bot.types.lifecycle import ChangeKind

Notice = tuple[str, tuple[str, ...]]  # title and lines, for `Channel.render_notice`


def pointer_notice(target: ChannelTarget, older: Mapping[str, str]) -> Notice:
    """What a message becomes whose step an older one tells; `older`: headlines of that one, by locale."""
    words = words_for(target)
    return rejoined_text(ChangeKind.JOINED, older, words), (words("rejoin.go-on"),)


def outage_notice(target: ChannelTarget, outage: Outage) -> Notice:
    """What a channel gets instead of the alerts that waited too long."""
    words = words_for(target)
    bands = sorted(outage.bands.items(), key=lambda one: -one[0].rank)
    counted = ", ".join(f"{words(f'band.{band.value}')}: {count}" for band, count in bands)
    lines = [
        words("outage.why"),
        words("outage.made", first=words.moment(outage.oldest), last=words.moment(outage.newest), counted=counted),
        words("outage.singly"),
        *outage.first,
    ]
    if (more := outage.count - len(outage.first)) > 0:
        lines.append(words("more-sources", count=more))
    lines.append(words("outage.archive"))
    return words("outage.title", count=outage.count), tuple(lines)
