"""Compose what a team is told about a story: headline, reasons, quote, sources, confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from bot.decide.deciding import alert_id
from bot.decide.saying import said
from bot.types.delivery import Action, Alert, Decision, Quote, SourceLine
from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId
from bot.types.levels import Authority, Direction, Stage
from bot.types.lifecycle import Change, ChangeKind
from bot.types.reading import Event, Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment, LedgerLine, Story, Telling

QUOTE_CHARS = 300
WHY_LINES = 6  # the strongest; the whole ledger stands behind `explain`
_RANK = {authority: rank for rank, authority in enumerate(Authority)}
_LONG_NAME = 6  # letters from which an agency's short id is a word and not an abbreviation


def alert(
    story: Story,
    assessment: Assessment,
    decision: Decision,
    readings: Mapping[DocumentId, Reading],
    documents: Mapping[DocumentId, Document],
    rulebook: Rulebook,
    headlines: Mapping[str, str],
) -> Alert:
    """The alert of a decision that sends, updates or threads, or of a story in a digest.

    Args:
        story: The story as it is now.
        assessment: Of the same revision.
        decision: Made of both; its sentence is the change that a thread tells.
        readings: Of the story's documents, as far as they are kept.
        documents: The same for their texts.
        rulebook: For the names of sectors and agencies.
        headlines: Locale -> line made from the event's own fields; "en" must be there.
    """
    event = story.event
    sectors = {sector.id: sector for sector in rulebook.sectors}
    exposed = [score for score in assessment.sectors if score.sector in sectors]
    return Alert(
        id=decision.alert_id or alert_id(story.id),
        story_id=story.id,
        revision=story.revision,
        headlines=dict(headlines),
        band=assessment.band,
        score=assessment.score,
        probability=assessment.probability,
        direction=event.direction if event else Direction.NONE,
        stage=story.stage,
        sectors=tuple((score.sector, sectors[score.sector].title, score.score) for score in exposed),
        rules=assessment.rules,
        why=(*said(assessment.rules, story, rulebook), *reasons(assessment.ledger)),
        quote=quote(story, readings, documents),
        sources=source_lines(story),
        confirmed_by=confirmation(story, rulebook),
        first_seen=story.first_seen,
        last_seen=story.last_seen,
        effective=_iso(event.effective) if event else None,
        until=_iso(event.until) if event else None,
        limits=event.limits if event else (),
        change=decision.why if decision.action is Action.THREAD else "",
        changes=named_changes(decision.changes, rulebook),
        place_names=_place_names(decision.changes, rulebook),
        ruleset_hash=assessment.ruleset_hash,
        sector_names={score.sector: dict(sectors[score.sector].names) for score in exposed},
    )


def reasons(ledger: Sequence[LedgerLine]) -> tuple[str, ...]:
    """The strongest lines as phrases with their points, e.g. `+20 export ban “uitvoerverbod”`; raising ones first."""
    strongest = sorted(ledger, key=lambda line: -abs(line.points))[:WHY_LINES]
    strongest.sort(key=lambda line: -line.points)
    return tuple(_phrase(line) for line in strongest)


def _phrase(line: LedgerLine) -> str:
    words = f" “{line.words[0]}”" if line.words else ""
    return f"{line.points:+g} {line.why}{words}"


def source_lines(story: Story) -> tuple[SourceLine, ...]:
    """One line per publisher and address, official first, then by time."""
    ordered = sorted(story.tellings, key=lambda t: (t.authority is not Authority.OFFICIAL, t.dated, t.document_id))
    lines: dict[tuple[str, str], SourceLine] = {}
    for telling in ordered:
        line = SourceLine(
            publisher=telling.publisher,
            authority=telling.authority,
            url=telling.url,
            host=_host(telling.url),
            lang=telling.lang,
            title=telling.title,
            published_at=telling.dated,
            doubt=telling.doubt,
        )
        lines.setdefault((telling.publisher, telling.url), line)
    return tuple(lines.values())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a feed may deliver anything as an address
        return ""


def confirmation(story: Story, rulebook: Rulebook) -> str | None:
    """Who confirms the step officially, with the number of the notice where known; None while only press tells it.

    A citation "cn-mofcom:2026:1" becomes "MOFCOM No. 1/2026".
    """
    telling = story.confirmed_by
    if telling is None:
        return None
    citation = telling.events[0].citation if telling.events else None
    citation = citation or (story.event.citation if story.event else None)
    return act_name(citation or "", rulebook) or telling.publisher


def act_name(citation: str, rulebook: Rulebook) -> str:
    """An act as officials name it: "cn-mofcom:2026:1" becomes "MOFCOM No. 1/2026"; "" for what has no number."""
    issuer, _, rest = citation.partition(":")
    year, _, number = rest.partition(":")
    return f"{_short_name(issuer, rulebook)} No. {number}/{year}" if issuer and number else ""


def named_changes(changes: Sequence[Change], rulebook: Rulebook) -> tuple[Change, ...]:
    """Changes with the names of acts instead of their keys, which may be several with commas between them."""

    def named(keys: str) -> str:
        return ", ".join(act_name(key, rulebook) or key for key in keys.split(", ") if key)

    return tuple(replace(change, about=named(change.about), by=named(change.by)) for change in changes)


def _place_names(changes: Sequence[Change], rulebook: Rulebook) -> Mapping[str, Mapping[str, str]]:
    """Names of the states that changed targets speak of, by code and language."""
    told = (change for change in changes if change.kind is ChangeKind.TARGETS)
    codes = {code for change in told for side in (change.before, change.after) for code in side.split(", ")}
    states = (c for c in rulebook.lexicon.concepts if c.role == "state" and c.jurisdiction in codes)
    return {str(concept.jurisdiction): dict(concept.names) for concept in states}


def _short_name(issuer: str, rulebook: Rulebook) -> str:
    """The agency as officials abbreviate it: the part of its id after the country, or its name."""
    short = issuer.rpartition("-")[2]
    if len(short) <= _LONG_NAME:
        return short.upper()
    named = next((c for c in rulebook.lexicon.concepts if c.id == ConceptId(issuer)), None)
    return named.names.get("en", named.title) if named else issuer.upper()


def quote(
    story: Story, readings: Mapping[DocumentId, Reading], documents: Mapping[DocumentId, Document]
) -> Quote | None:
    """The sentence that tells the step, from the best telling whose text is kept; at most 300 characters.

    The lead is asked first; a text without the step gives its title, when no other text has one.
    """
    ordered = sorted(
        story.tellings, key=lambda t: (t.document_id != story.lead_id, _RANK[t.authority], t.dated, t.document_id)
    )
    kept = [telling for telling in ordered if telling.document_id in documents]
    for telling in kept:
        document, event = documents[telling.document_id], _told(readings.get(telling.document_id))
        if event is not None:
            text, marks = excerpt(document.full, event)
            if text:
                return _quote(telling, text, marks)
    return _quote(kept[0], kept[0].title[:QUOTE_CHARS], ()) if kept and kept[0].title else None


def _quote(telling: Telling, text: str, marks: tuple[tuple[int, int], ...]) -> Quote:
    return Quote(text=text, lang=telling.lang, marks=marks, publisher=telling.publisher, url=telling.url)


def _told(reading: Reading | None) -> Event | None:
    events = reading.events if reading else ()
    return next((event for event in events if event.stage is not Stage.HISTORIC), None)


def excerpt(full: str, event: Event) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The event's sentence with the spans of the words that made it; a long one is cut around these words."""
    start, end = max(0, event.start), min(len(full), event.end)
    while start < end and full[start].isspace():
        start += 1
    while end > start and full[end - 1].isspace():
        end -= 1
    spans = sorted((a, b) for a, b in event.evidence if start <= a < b <= end)
    before = after = ""
    if end - start > QUOTE_CHARS:
        room = QUOTE_CHARS - 2  # for the two marks of omission
        first = spans[0][0] if spans else start
        low = max(start, min(first - 40, end - room))
        high = min(end, low + room)
        before, after = "…" if low > start else "", "…" if high < end else ""
        start, end = low, high
    offset = len(before) - start
    marks = tuple((a + offset, b + offset) for a, b in _disjoint(spans) if start <= a and b <= end)
    # A sentence may run over the line break between title and text; one space keeps every offset.
    return before + full[start:end].replace("\n", " ") + after, marks


def _disjoint(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlap: the longer one of two that start together, the earlier one otherwise."""
    kept: list[tuple[int, int]] = []
    for a, b in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or a >= kept[-1][1]:
            kept.append((a, b))
    return kept


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
