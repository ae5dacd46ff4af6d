"""An alert in the reader's language, cleaned and cut to size, before any channel's format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.deliver._changes import change_text, opening
from bot.deliver._labels import Labels
from bot.deliver._text import clean, excerpt, honest_label, host_of, language, safe_url, short_host
from bot.types.delivery import Alert, SourceLine
from bot.types.desk import Handling
from bot.types.ids import SectorId
from bot.types.levels import Authority, Band, Direction

EMOJI = {Band.URGENT: "🔴", Band.ALERT: "🟠", Band.DIGEST: "🔵", Band.ARCHIVE: "⚪"}
CONFIRMED, PRESS_ONLY = "✅", "📰"
WHO = "{who}"  # blank of a phrase, where a person stands

Care = tuple[tuple[str, str], ...]  # phrases of what readers did, and whom the blank of each stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of an alert fits."""

    headline: int = 150  # characters
    sectors: int = 4  # named
    reasons: int = 4  # lines
    reason: int = 90  # characters of one
    quote: int = 300  # characters
    sources: int = 5  # lines
    limits: int = 2  # scope limits
    limit: int = 100  # characters of one


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source, ready to be shown."""

    label: str  # publisher, or the host when the publisher's name pretends to be another one
    url: str | None  # safe to link; None: show without link
    host: str  # real host, "" when unknown
    authority: str  # or, in its place, why the source is in doubt
    when: str
    lang: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a reader sees of an alert. All text is clean (see `_text.clean`) but not escaped."""

    headline: str
    band: Band
    severity: str  # the word
    facts: tuple[str, ...]  # direction, stage, score, relevance
    sectors: tuple[tuple[str, str], ...]  # name, score
    more_sectors: str  # "and 3 more" or ""
    confirmed: bool
    status: str  # "Confirmed: ..." or "Press only ..."
    dates: tuple[str, ...]
    limits: tuple[str, ...]
    why: tuple[str, ...]
    quote: tuple[tuple[str, bool], ...]  # pieces, True where the words fired
    quote_lang: str
    quote_by: str
    sources: tuple[SourceView, ...]
    more_sources: str
    rules: tuple[str, ...]
    seen: str
    change: str
    care: Care

    @property
    def emoji(self) -> str:
        """The colour of the severity; the word always stands beside it."""
        return EMOJI[self.band]

    @property
    def status_emoji(self) -> str:
        """A tick for official confirmation, a newspaper for press reports."""
        return CONFIRMED if self.confirmed else PRESS_ONLY


def view(alert: Alert, words: Labels, room: Room) -> View:
    """The alert as a reader of this language sees it."""
    confirmed = alert.confirmed_by is not None
    quote = alert.quote
    return View(
        headline=clean(words.pick(alert.headlines), room.headline) or words(f"band.{alert.band.value}"),
        band=alert.band,
        severity=words(f"band.{alert.band.value}"),
        facts=_facts(alert, words),
        sectors=tuple(
            (sector_name(alert, sector, title, words), f"{score:.0f}")
            for sector, title, score in alert.sectors[: room.sectors]
        ),
        more_sectors=_more(len(alert.sectors) - room.sectors, words),
        confirmed=confirmed,
        status=_status(alert, words, room),
        dates=_dates(alert, words),
        limits=tuple(clean(text, room.limit) for text in alert.limits[: room.limits] if clean(text)),
        why=(
            *opening(alert, words),
            *(clean(text, room.reason) for text in alert.why[: room.reasons] if clean(text)),
        ),
        quote=excerpt(quote.text, quote.marks, room.quote) if quote and room.quote else (),
        quote_lang=language(quote.lang) if quote else "",
        quote_by=clean(quote.publisher, 60) if quote else "",
        sources=tuple(source_view(line, words) for line in alert.sources[: room.sources]),
        more_sources=_more(len(alert.sources) - room.sources, words),
        rules=tuple(clean(rule, 40) for rule in alert.rules[:3] if clean(rule)),
        seen=_seen(alert, words),
        change=change_text(alert, words, 400) if alert.change else "",
        care=care_of(alert.votes, alert.handling, alert.muted_until, words),
    )


def care_of(votes: tuple[int, int], handling: Handling | None, muted_until: date | None, words: Labels) -> Care:
    """What readers did with an alert: votes, who looks after it, until when its story is silent."""
    phrases = [(f"{sign} {count}", "") for sign, count in zip("👍👎", votes, strict=True) if count > 0]
    if handling and handling.assigned_to:
        phrases.append((words("assigned", who=WHO), handling.assigned_to))
    elif handling and handling.acknowledged_by:
        phrases.append((words("seen-by", who=WHO), handling.acknowledged_by))
    if muted_until:
        phrases.append((words("muted", day=words.day(muted_until)), ""))
    return tuple(phrases)


def cared(care: Care, name: Callable[[str], str] = clean) -> str:
    """All of it in one line, "" when nobody did anything.

    Args:
        care: Phrases and persons.
        name: How a channel writes a person.
    """
    return " · ".join(phrase.replace(WHO, name(who)) if who else phrase for phrase, who in care)


def best_url(alert: Alert) -> str | None:
    """Where to read on: the first safe address, official before others, doubtful ones last."""
    ranked = sorted(alert.sources, key=lambda line: (bool(line.doubt), line.authority is not Authority.OFFICIAL))
    return next((url for line in ranked if (url := safe_url(line.url))), None)


def _status(alert: Alert, words: Labels, room: Room) -> str:
    """Who confirms it; with the doubts about sources for which there is no line."""
    by = alert.confirmed_by
    status = words("press-only") if by is None else words("confirmed", by=clean(by, 80))
    hidden = dict.fromkeys(_doubt(line, words) for line in alert.sources[room.sources :] if line.doubt)
    return " · ".join((status, *hidden))


def _doubt(line: SourceLine, words: Labels) -> str:
    return words("unverified", why=clean(line.doubt, 120).rstrip("."))


def source_view(line: SourceLine, words: Labels) -> SourceView:
    """One source with its real host."""
    url, host = safe_url(line.url), host_of(line.url)
    return SourceView(
        label=honest_label(clean(line.publisher, 40), host) or host or words("authority.unknown"),
        url=url,
        host=short_host(host, 40),
        authority=_doubt(line, words) if line.doubt else words(f"authority.{line.authority.value}"),
        when=words.moment(line.published_at),
        lang=language(line.lang),
        title=clean(line.title, 160),
    )


def sector_name(alert: Alert, sector: SectorId, title: str, words: Labels) -> str:
    """A sector as the reader's language calls it."""
    return clean(words.pick(alert.sector_names.get(sector, {}), title), 40) or clean(sector, 40)


def percent(probability: float) -> int:
    """Whole per cent, never a certainty."""
    return min(99, max(1, round(probability * 100)))


def _facts(alert: Alert, words: Labels) -> tuple[str, ...]:
    facts = []
    if alert.direction is not Direction.NONE:
        facts.append(words(f"direction.{alert.direction.value}"))
    if alert.stage is not None:
        facts.append(words(f"stage.{alert.stage.value}"))
    facts.append(words("score", score=f"{alert.score:.0f}"))
    facts.append(words("relevance", percent=percent(alert.probability)))
    return tuple(facts)


def _dates(alert: Alert, words: Labels) -> tuple[str, ...]:
    dates = []
    if alert.effective:
        dates.append(words("effective", day=clean(words.iso_day(alert.effective), 20)))
    if alert.until:
        dates.append(words("until", day=clean(words.iso_day(alert.until), 20)))
    return tuple(dates)


def _seen(alert: Alert, words: Labels) -> str:
    first, last = words.moment(alert.first_seen), words.moment(alert.last_seen)
    seen = words("first-seen", when=first)
    if alert.revision > 1 and last != first:
        return f"{seen} · {words('updated', when=last)}"
    return seen


def _more(count: int, words: Labels) -> str:
    return words("more-sources", count=count) if count > 0 else ""
