"""Atom: alerts as a feed in a file, for feed readers and for whatever serves the file.

Address: the name of a file, which then lies in the data folder, or the absolute path of one in a folder that exists;
it ends in .atom or .xml. Payload: `entry` (id, title, html, url, band, published, updated). Provider id: the delivery
id, which stands in the entry. An alert has one entry; edits replace it and move it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from bot.deliver._atom_feed import AUTHORITY, NEWEST, Feed, NotOurFeedError, deliveries, moment, put
from bot.deliver._labels import Labels, supported
from bot.deliver._list import list_view
from bot.deliver._target import check_options, words_for
from bot.deliver._text import clean
from bot.deliver._view import Room, SourceView, View, view
from bot.types.delivery import Alert, ChannelTarget, Delivery, Health, Message, Outcome, ProbeFinding, Receipt
from bot.types.ports import Channel, Sender
from bot.types.settings import Settings

ENDINGS = (".atom", ".xml")
ROOM = Room(headline=200, sectors=8, reasons=8, reason=160, quote=600, sources=10, limits=4, limit=200)
MAX_LINES = 100
SEPARATOR = " · "


class AtomChannel:
    """See the module."""

    name = "atom"

    def check(self, target: ChannelTarget) -> None:
        """Refuse what is no file of a feed, and folders that do not exist."""
        check_options(target, ())
        path = Path(target.address)
        if path.suffix not in ENDINGS or path.is_dir():
            message = f"{target.address!r} names no feed; write a file that ends in .atom or .xml"
        elif not path.is_absolute() and len(path.parts) > 1:
            message = f"{target.address!r} is neither a plain file name (in the data folder) nor an absolute path"
        elif path.is_absolute() and not path.parent.is_dir():
            message = f"the folder {str(path.parent)!r} does not exist; make it, or write another one"
        else:
            return
        raise ValueError(f"channel {target.name}: {message}")

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        """The entry of an alert."""
        words = words_for(target)
        seen = view(alert, words, ROOM)
        title = f"{seen.severity}: {seen.headline}"
        entry = {
            "id": f"{AUTHORITY}alert/{alert.id}",
            "title": title,
            "html": _html(seen, words),
            "url": next((source.url for source in seen.sources if source.url), ""),
            "band": seen.band.value,
            "published": moment(alert.first_seen),
            "updated": moment(alert.last_seen),
        }
        return Message(kind=self.name, payload={"entry": entry}, summary=title)

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:  # noqa: ARG002  # the port's form
        """None: the edit of the entry says what is new, and moves it up."""
        return None

    def render_list(self, alerts: Sequence[Alert], target: ChannelTarget) -> Message:
        """Many stories as one entry."""
        seen = list_view(alerts, words_for(target))
        items = [_link(line.headline, line.url) + escape(SEPARATOR.join(("", *line.facts))) for line in seen.lines]
        return self._told(seen.title, [*items, *([escape(seen.more)] if seen.more else [])])

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        """A notice as one entry."""
        words = words_for(target)
        said = [escape(text) for line in lines if (text := clean(line, 500))]
        more = [escape(words("more-sources", count=len(said) - MAX_LINES))] if len(said) > MAX_LINES else []
        return self._told(clean(title, 150) or words("notice"), [*said[:MAX_LINES], *more])

    def connect(self, settings: Settings) -> Sender | str:
        """Always open; a folder that is gone shows when a message goes out."""
        return AtomSender(settings.data)

    def probe(self, settings: Settings, targets: Sequence[ChannelTarget] = ()) -> tuple[ProbeFinding, ...]:
        """Whether each file can be read, or made; nothing is written."""
        mine = [target for target in targets if target.kind == self.name]
        if not mine:
            found = ProbeFinding(channel=self.name, health=Health.OFF, message="no channel of routes.yml writes a feed")
            return (found,)
        sender = AtomSender(settings.data)
        return tuple(ProbeFinding(channel=self.name, health=h, message=m) for h, m in map(sender.try_out, mine))

    def _told(self, title: str, items: Sequence[str]) -> Message:
        """An entry that stands for no alert; its id and time come with its delivery."""
        html = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        return Message(kind=self.name, payload={"entry": {"title": title, "html": html}}, summary=title)


class AtomSender:
    """Writes the files of feeds; each keeps its newest entries."""

    def __init__(self, data: Path, *, newest: int = NEWEST) -> None:
        self._data = data
        self._newest = newest

    def send(self, delivery: Delivery) -> Receipt:
        """Put one entry in; writing it again changes nothing."""
        path, raw = self._path(delivery.target), delivery.message.payload["entry"]
        entry = dict(raw) if isinstance(raw, dict) else {}
        entry.setdefault("id", f"{AUTHORITY}delivery/{delivery.id}")
        for key in ("published", "updated"):
            entry.setdefault(key, moment(delivery.created_at))
        feed = Feed(path=path, name=delivery.target.name, lang=supported(delivery.target.locale), newest=self._newest)
        try:
            put(feed, entry, delivery.id)
        except NotOurFeedError as error:
            return Receipt(outcome=Outcome.REJECTED, detail=str(error))
        except OSError as error:
            detail = f"{path} could not be written ({type(error).__name__}); does its folder exist, and is it writable?"
            return Receipt(outcome=Outcome.NOT_SENT, detail=detail)
        return Receipt(outcome=Outcome.SENT, detail=f"written to {path}", provider_id=delivery.id)

    def find(self, delivery: Delivery) -> Receipt | None:
        """Look for the delivery id in the file."""
        try:
            there = delivery.id in deliveries(self._path(delivery.target))
        except (NotOurFeedError, OSError) as error:
            return Receipt(outcome=Outcome.AMBIGUOUS, detail=f"the feed could not be read ({type(error).__name__})")
        outcome = Outcome.SENT if there else Outcome.NOT_SENT
        return Receipt(outcome=outcome, detail="looked for the delivery id in the feed", provider_id=delivery.id)

    def try_out(self, target: ChannelTarget) -> tuple[Health, str]:
        """Whether the feed of a target can be written, as far as that shows without writing."""
        path = self._path(target)
        try:
            deliveries(path)
        except (NotOurFeedError, OSError) as error:
            why = str(error) if isinstance(error, NotOurFeedError) else f"{path}: {type(error).__name__}"
            return Health.BROKEN, f"channel {target.name}: {why}"
        if not path.parent.is_dir():
            return Health.BROKEN, f"channel {target.name}: the folder {path.parent} does not exist"
        return Health.GOOD, f"channel {target.name} writes {path}"

    def _path(self, target: ChannelTarget) -> Path:
        return self._data / target.address  # an absolute address stays as it is


def _html(seen: View, words: Labels) -> str:
    """The body as simple HTML, everything of it escaped."""
    parts = [f"<strong>{escape(words('new-here'))}:</strong> {escape(seen.change)}"] if seen.change else []
    parts.append(f"{seen.emoji} <strong>{escape(seen.severity)}</strong>{escape(SEPARATOR.join(('', *seen.facts)))}")
    parts.append(escape(SEPARATOR.join((f"{seen.status_emoji} {seen.status}", *seen.dates))))
    if seen.sectors:
        named = [f"{name} {score}" for name, score in seen.sectors] + ([seen.more_sectors] if seen.more_sectors else [])
        parts.append(f"<strong>{escape(words('exposed'))}:</strong> {escape(SEPARATOR.join(named))}")
    if seen.limits:
        parts.append(f"<strong>{escape(words('limits'))}:</strong> {escape(SEPARATOR.join(seen.limits))}")
    html = "".join(f"<p>{part}</p>" for part in parts)
    if seen.quote:
        words_of = "".join(f"<b>{escape(text)}</b>" if marked else escape(text) for text, marked in seen.quote)
        by = SEPARATOR.join(part for part in (seen.quote_by, seen.quote_lang) if part)
        html += f"<blockquote>{words_of}{f' — {escape(by)}' if by else ''}</blockquote>"
    if seen.why:
        html += f"<p><strong>{escape(words('why'))}:</strong></p><ul>"
        html += "".join(f"<li>{escape(reason)}</li>" for reason in seen.why) + "</ul>"
    if seen.sources:
        more = f"<li>{escape(seen.more_sources)}</li>" if seen.more_sources else ""
        html += f"<ul>{''.join(f'<li>{_source(source)}</li>' for source in seen.sources)}{more}</ul>"
    rules = [f"{words('rules')}: {', '.join(seen.rules)}"] if seen.rules else []
    return f"{html}<p>{escape(SEPARATOR.join((*rules, seen.seen)))}</p>"


def _source(source: SourceView) -> str:
    host = source.host if source.host != source.label else ""
    rest = (part for part in (source.authority, host, source.when, source.lang) if part)
    return _link(source.label, source.url) + escape(SEPARATOR.join(("", *rest)))


def _link(label: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>' if url else escape(label)


CHANNEL: Channel = AtomChannel()
