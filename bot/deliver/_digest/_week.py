"""A week in the reader's language, cleaned, grouped by sector and cut to size, before any markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.deliver._changes import act_change, act_text, change_text
from bot.deliver._labels import Labels
from bot.deliver._text import clean, host_of, language, safe_url, shorten
from bot.deliver._view import Room, View, sector_name, view
from bot.types.digest import AuditItem, DateAhead, DigestContent, DigestStory, NearMiss, SourceTrouble
from bot.types.ids import SectorId
from bot.types.levels import Stage

MAX_STORIES = 25
MAX_ROWS = 15  # of every other list


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of a week fits."""

    room: Room
    url: int  # longest address that is linked
    rows: int  # of other lists
    news: int  # sentences on what became of a story


# From generous to tight; the first that stays below the size limit is taken.
ROOMS = (
    Scale(
        room=Room(headline=160, sectors=4, reasons=3, reason=110, quote=240, sources=3), url=800, rows=MAX_ROWS, news=3
    ),
    Scale(room=Room(headline=140, sectors=3, reasons=2, reason=90, quote=180, sources=2), url=400, rows=10, news=1),
    Scale(room=Room(headline=120, sectors=2, reasons=1, reason=80, quote=120, sources=1), url=250, rows=6, news=1),
    Scale(room=Room(headline=90, sectors=1, reasons=0, quote=0, sources=1, limits=0), url=200, rows=4, news=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of the week."""

    value: int
    label: str
    was: str  # the week before, "" when unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story as shown."""

    v: View
    anchor: str
    url: str | None
    score: int
    width: int  # of its bar, per cent
    alerted: bool
    also: str
    changes: tuple[str, ...]
    short: str  # headline for the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Stories of one sector."""

    name: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of any other list."""

    main: str
    lang: str = ""
    url: str | None = None
    lead: str = ""  # date or name before it
    detail: str = ""
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """What a reader sees of a week. All text is clean but not escaped."""

    frame: dict[str, str]  # title, subtitle, preheader, quiet_proof
    quiet: bool
    tiles: tuple[Tile, ...]
    stories: tuple[StoryView, ...]
    groups: tuple[Group, ...]
    left_out: str
    changes: tuple[Row, ...]
    dates: tuple[Row, ...]
    near: tuple[Row, ...]
    shadows: tuple[Row, ...]
    audit: tuple[Row, ...]
    troubles: tuple[Row, ...]
    healthy: str
    made: str


def week_view(digest: DigestContent, words: Labels, scale: Scale) -> WeekView:
    """The week as a reader of this language sees it."""
    stories = tuple(_stories(digest, words, scale))
    left_out = len(digest.stories) - len(stories)
    counts = digest.counts
    return WeekView(
        frame=_frame(digest, words, stories),
        quiet=digest.quiet,
        tiles=tuple(_tiles(digest, words)),
        stories=stories,
        groups=_groups(digest, stories, words),
        left_out=words("digest.left-out", count=left_out) if left_out else "",
        changes=tuple(_changes(digest, words, scale)),
        dates=tuple(
            Row(
                lead=words.day(entry.day),
                main=clean(words.pick(entry.headlines), 160),
                detail=date_detail(entry, words),
            )
            for entry in digest.dates[: scale.rows]
        ),
        near=tuple(_text_row(miss, scale, clean(miss.missing, 200)) for miss in digest.near_misses[: scale.rows]),
        shadows=tuple(_shadows(digest, words, scale)),
        audit=tuple(
            _text_row(item, scale, f"monazite vote {clean(item.story_id, 80)} useful|not")
            for item in digest.audit[: scale.rows]
        ),
        troubles=tuple(_trouble(trouble, words) for trouble in digest.troubles[: scale.rows]),
        healthy=words("digest.healthy", sources=counts.sources) if not digest.troubles and not counts.failing else "",
        made=words("digest.made", when=words.moment(digest.made_at)),
    )


def _frame(digest: DigestContent, words: Labels, stories: tuple[StoryView, ...]) -> dict[str, str]:
    period = words("digest.period", first=words.day(digest.first_day), last=words.day(digest.last_day))
    first = stories[0].v.headline if stories else words("digest.quiet")
    subtitle = " · ".join((clean(digest.team, 80), words("digest.week", week=digest.week), period))
    proof = words("digest.quiet-proof", documents=digest.counts.documents, sources=digest.counts.sources)
    return {"title": words("digest.title"), "subtitle": subtitle, "preheader": first, "quiet_proof": proof}


def _tiles(digest: DigestContent, words: Labels) -> Iterator[Tile]:
    names = {
        "documents": "digest.documents",
        "stories": "digest.stories",
        "alerts": "digest.alerts",
        "urgent": "digest.urgent",
        "sources": "digest.sources",
        "failing": "digest.failing",
    }
    for field, label in names.items():
        was = words("digest.last-week", count=getattr(digest.before, field)) if digest.before else ""
        yield Tile(value=getattr(digest.counts, field), label=words(label), was=was)


def _stories(digest: DigestContent, words: Labels, scale: Scale) -> Iterator[StoryView]:
    shown = digest.stories[:MAX_STORIES]
    most = max([100.0, *(story.alert.score for story in shown)])
    for number, story in enumerate(shown, start=1):
        seen = view(story.alert, words, scale.room)
        sources = tuple(_linked(source_url=s.url, limit=scale.url) for s in seen.sources)
        seen = replace(seen, sources=tuple(replace(s, url=u) for s, u in zip(seen.sources, sources, strict=True)))
        yield StoryView(
            v=seen,
            anchor=f"s{number}",
            url=next((url for url in sources if url), None),
            score=round(story.alert.score),
            width=max(2, round(100 * max(0.0, story.alert.score) / most)),
            alerted=story.alerted,
            also=_also(digest, story, words, scale),
            changes=_news(story, words)[: scale.news],
            short=shorten(seen.headline, 80),
        )


def _news(story: DigestStory, words: Labels) -> tuple[str, ...]:
    """What became of a story: what its thread was told, then what only its message showed."""
    told = (change_text(replace(story.alert, changes=changes), words, 200) for changes in story.told)
    return (*told, *(clean(text, 200) for text in story.changes))


def _linked(*, source_url: str | None, limit: int) -> str | None:
    return source_url if source_url and len(source_url) <= limit else None


def _home(digest: DigestContent, story: DigestStory) -> SectorId | None:
    """The sector under which a story stands: its most exposed one that the reader follows."""
    sectors = [sector for sector, _, _ in story.alert.sectors]
    return next((s for s in sectors if not digest.sectors or s in digest.sectors), None)


def _also(digest: DigestContent, story: DigestStory, words: Labels, scale: Scale) -> str:
    home = _home(digest, story)
    names = [sector_name(story.alert, s, title, words) for s, title, _ in story.alert.sectors if s != home]
    names = names[: scale.room.sectors]
    return words("digest.also", sectors=", ".join(names)) if names else ""


def _groups(digest: DigestContent, stories: tuple[StoryView, ...], words: Labels) -> tuple[Group, ...]:
    found: dict[SectorId | None, list[StoryView]] = {}
    names: dict[SectorId | None, str] = {None: words("digest.no-sector")}
    for story, shown in zip(digest.stories, stories, strict=False):
        home = _home(digest, story)
        found.setdefault(home, []).append(shown)
        for sector, title, _ in story.alert.sectors:
            names.setdefault(sector, sector_name(story.alert, sector, title, words))
    ordered = [home for home in found if home is not None] + ([None] if None in found else [])
    return tuple(Group(name=names[home], stories=tuple(found[home])) for home in ordered)


def _changes(digest: DigestContent, words: Labels, scale: Scale) -> Iterator[Row]:
    for change in digest.changes[-scale.rows :]:
        before, after = (_stage(stage, words) for stage in (change.before, change.after))
        if change.change is not None:
            before, after = "", clean(act_change(change.change, words), 240)
        yield Row(
            lead=words.day(change.at.astimezone(words.zone).date()),
            main=clean(words.pick(change.headlines), 160),
            url=_linked(source_url=safe_url(change.url), limit=scale.url),
            detail=f"{before} → {after}" if before else after,
        )


def date_detail(entry: DateAhead, words: Labels) -> str:
    """What happens on a day ahead."""
    if entry.acts:
        return words("digest.date.back", act=clean(", ".join(act_text(act, words) for act in entry.acts), 300))
    return words(f"digest.date.{entry.kind.value}")


def _stage(stage: Stage | None, words: Labels) -> str:
    return words(f"stage.{stage.value}") if stage else ""


def _shadows(digest: DigestContent, words: Labels, scale: Scale) -> Iterator[Row]:
    for rule in digest.shadows[: scale.rows]:
        example = rule.examples[0] if rule.examples else ("", "")
        yield Row(
            lead=clean(rule.rule, 60),
            main=clean(example[1], 160),
            lang=language(example[0]),
            detail=words("digest.shadow.would", count=rule.hits),
        )


def _text_row(item: NearMiss | AuditItem, scale: Scale, detail: str = "") -> Row:
    host = host_of(item.url)
    return Row(
        main=clean(item.title, 160) or host,
        lang=language(item.lang),
        url=_linked(source_url=safe_url(item.url), limit=scale.url),
        lead=" · ".join(part for part in (clean(item.publisher, 60), host) if part),
        detail=detail,
        score=round(item.score),
    )


def _trouble(trouble: SourceTrouble, words: Labels) -> Row:
    good = trouble.last_success
    last = words("digest.last-good", when=words.moment(good)) if good else words("digest.never")
    return Row(lead=clean(trouble.publisher or trouble.source_id, 80), main=clean(trouble.message, 240), detail=last)
