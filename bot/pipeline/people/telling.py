"""Lay an explanation out as plain lines, for terminals and chat; pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.pipeline.people.known import Explanation, StoryCase
from bot.storage.documents import StoredDocument

MOST = 40  # lines that a chat message may have
TEXTS = 3  # texts that are told of in full; the others are a number
_LEAST_MOMENTS = 6
_WORDS = 8  # words found in a text, and reasons of a score, that are told


def told(known: Explanation, *, most: int | None = MOST) -> tuple[str, ...]:
    """The verdict first, then the texts, the weighing, and what happened in order of time.

    Lines that belong to the one above begin with two spaces. What does not fit is told as a number.

    Args:
        known: With its verdict.
        most: Lines at most; None: all of them.
    """
    head = [known.verdict.sentence if known.verdict else "Nothing is known.", *filter(None, (known.found_as,))]
    parts = (_texts(known), _weighings(known, _WORDS), _sources(known), _near(known))
    body = [line for part in parts for line in part]
    times = [f"  {moment.at:%Y-%m-%d %H:%M}  {moment.what}" for moment in known.moments]
    if most is not None:
        room = max(_LEAST_MOMENTS, most - len(head) - len(body) - 1)
        if len(times) > room:
            gone = len(times) - room + 1
            times = [times[0], f"  … {gone} lines more: monazite why {known.asked}", *times[gone + 1 :]]
        body = body[: max(0, most - len(head) - len(times) - 1)]
    history = ["In order of time (UTC):", *times] if times else []
    return tuple(_plain(line) for line in (*head, *body, *history))


def weighed(known: Explanation) -> tuple[str, ...]:
    """The verdict, and every point of the stories with its rule."""
    verdict = [known.verdict.sentence] if known.verdict else []
    return tuple(_plain(line) for line in (*verdict, *_weighings(known, None)))


def _texts(known: Explanation) -> Iterator[str]:
    for stored in known.documents[:TEXTS]:
        yield from _text(stored, known)
    if (more := len(known.documents) - TEXTS) > 0:
        yield f"… and {more} texts more"
    kept = {stored.document.id for stored in known.documents}
    for item in known.listings:
        if item.document_id not in kept:
            yield item.title or "(no title)"
            yield f"  {item.source_id} · first listed {item.first_seen:%Y-%m-%d}, last {item.seen_on} · {item.link}"
    for line in known.alerts:
        yield line.alert.headlines.get("en", line.alert.id)
        yield f"  alert {line.alert.id} of story {line.story_id}, last told {line.last_at:%Y-%m-%d %H:%M} UTC"


def _text(stored: StoredDocument, known: Explanation) -> Iterator[str]:
    document, reading = stored.document, stored.reading
    yield document.title or "(no title)"
    yield f"  {document.publisher} · {document.dated:%Y-%m-%d %H:%M} UTC · {document.url}"
    if document.doubt:
        yield f"  {document.doubt}"
    if page := known.pages.get(document.id):
        yield f"  {page}"
    if reading is None:
        yield "  not read yet"
        return
    words = list(dict.fromkeys(f"{mention.concept} “{mention.surface}”" for mention in reading.mentions))
    more = f" and {len(words) - _WORDS} more" if len(words) > _WORDS else ""
    yield f"  read as {reading.lang}: {', '.join(words[:_WORDS]) or 'nothing'}{more}"
    for event in reading.events:
        yield (
            f"  step: {event.measure}, {event.direction}, {event.stage}, by {event.imposer or 'nobody named'} "
            f"against {', '.join(event.targets) or 'all'}: {', '.join(event.goods) or 'no goods named'}"
        )


def _weighings(known: Explanation, reasons: int | None) -> Iterator[str]:
    for case in known.stories:
        yield f"Story {case.story.id}, told by {', '.join(case.story.publishers)}"
        yield from _weighing(case, reasons)
        yield from _course(case)


def _course(case: StoryCase) -> Iterator[str]:
    """The life of the acts that a story is about, as far as it is known."""
    for step in case.transitions:
        if step.before is step.after:
            what = f"stays {step.after}"
        else:
            what = f"{step.before} -> {step.after}" if step.before else step.after.value
        until = f" until {step.until}" if step.until else ""
        by = " by the calendar" if step.itself else f" by {step.by}" if step.by else ""
        yield f"  {step.key}, {step.on}: {what}{until}{by}"


def _weighing(case: StoryCase, reasons: int | None) -> Iterator[str]:
    found = case.assessment
    if found is None:
        return
    yield f"  {found.score:g} points = {found.band}, by rule set {found.ruleset_hash[:12]}"
    strongest = sorted(found.ledger, key=lambda line: -abs(line.points))[:reasons]
    for line in (line for line in found.ledger if line in strongest):
        words = f" “{'”, “'.join(line.words)}”" if line.words else ""
        yield f"  {line.points:+g}  {line.why}{words}  [{line.rule}]"
    if (more := len(found.ledger) - len(strongest)) > 0:
        yield f"  … and {more} smaller ones"
    for sentence in () if found.rules else found.near_misses:
        yield f"  why not: {sentence}"


def _sources(known: Explanation) -> Iterator[str]:
    for case in known.sources:
        if case.trouble:
            yield f"Source {case.source_id}: {case.trouble}"


def _near(known: Explanation) -> Iterator[str]:
    if known.near:
        yield "Perhaps one of these was meant:"
        for near in known.near:
            yield f"  {near.title or '(no title)'} · {near.publisher} · {near.url}"


def _plain(line: str) -> str:
    """Without characters that steer a terminal or turn the direction of writing."""
    return "".join(" " if sign.isspace() else sign for sign in line if sign.isspace() or sign.isprintable())
