"""Say everything about one text on its own: the contract of `monazite analyze` for pipes and evaluations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.cluster import place
from bot.errors import InputError
from bot.parse.content import content_hash
from bot.parse.text import normalise
from bot.parse.url import canonical_url
from bot.score import assess
from bot.types.document import Document
from bot.types.ids import DocumentId, SourceId
from bot.types.levels import Authority
from bot.types.ports import Reader
from bot.types.reading import Event, Mention, Reading, ReadsAs
from bot.types.rules import Rulebook
from bot.types.story import Assessment, LedgerLine, Story
from bot.understand.headlines import headline

Line = Mapping[str, Any]

_AUTHORITIES = {authority.value: authority for authority in Authority}
# Media of a state speak for it without being official; names that other people's data use for the same kinds.
_ALSO = {"state-media": Authority.PRESS, "national": Authority.PRESS, "agency": Authority.WIRE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One text, read and scored as a story of its own."""

    document: Document
    reading: Reading
    story: Story
    assessment: Assessment
    headline: str  # in English, from the event's own fields; the title when there is no step


def line_of(raw: bytes | str) -> Line:
    """One line of JSON Lines as an object.

    Raises:
        InputError: It is no UTF-8, no JSON or no object.
    """
    try:
        data = json.loads(raw.decode("utf-8") if isinstance(raw, bytes) else raw)
    except UnicodeDecodeError as error:
        raise InputError(f"the line is no UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"the line is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"the line holds a JSON {type(data).__name__}, not an object")
    return data


def document_from_line(line: Line, *, now: datetime | None = None) -> Document:
    """The document of a line.

    It needs `id` and one of `title` and `text`; `url`, `lang`, `published`, `publisher`, `source_kind` and
    `source_jurisdiction` help. Title and text are normalised and otherwise left alone, so that offsets hold in what
    the sender has.

    Args:
        line: The object.
        now: What a line without `published` speaks from; the present by default.

    Raises:
        InputError: A field has the wrong type, or there is neither title nor text.
    """
    title, text = normalise(_text(line, "title")), normalise(_text(line, "text"))
    if not title.strip() and not text.strip():
        raise InputError("the line has neither title nor text")
    published = _moment(line)
    url = _text(line, "url")
    lang = _text(line, "lang") or None
    return Document(
        id=DocumentId(identity(line)),
        source_id=SourceId(_text(line, "source")),
        publisher=_text(line, "publisher") or _host(url),
        authority=_authority(_text(line, "source_kind")),
        jurisdiction=_text(line, "source_jurisdiction").upper(),
        url=url,
        canonical_url=canonical_url(url) if url else "",
        title=title,
        text=text,
        first_seen=published or (now or datetime.now(UTC)).astimezone(UTC),
        content_hash=content_hash(title, text),
        published_at=published,
        lang_hint=lang,
        languages=(lang,) if lang else (),
    )


def identity(line: Line) -> str:
    """The `id` of a line as text.

    Raises:
        InputError: There is none, or it is neither text nor number.
    """
    value = line.get("id")
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise InputError("the line needs an id: a text or a number")
    return str(value)


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{key} must be text, not {type(value).__name__}")
    return value


def _moment(line: Line) -> datetime | None:
    text = _text(line, "published")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"published must be an ISO 8601 date or time, not {text!r}") from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise InputError(f"published is out of range: {text!r}") from error


def _authority(kind: str) -> Authority:
    word = kind.strip().lower()
    return _AUTHORITIES.get(word) or _ALSO.get(word) or Authority.UNKNOWN


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def analyse(document: Document, reader: Reader, rulebook: Rulebook, *, lang: str | None = None) -> Analysis:
    """Read and score one document as a story of its own; `lang` forces the language."""
    return judged(document, reader.read(document, lang=lang), rulebook)


def judged(document: Document, reading: Reading, rulebook: Rulebook) -> Analysis:
    """Score one document that has been read."""
    story = place(document, reading, (), lexicon=rulebook.lexicon).story
    assessment = assess(story, {document.id: reading}, rulebook)
    return Analysis(
        document=document,
        reading=reading,
        story=story,
        assessment=assessment,
        headline=headline_of(story, rulebook),
    )


def headline_of(story: Story, rulebook: Rulebook) -> str:
    """One line in English from the step's own fields; the lead's title for a story without a step."""
    if story.event is not None:
        return headline(story.event, "en", {concept.id: concept.names for concept in rulebook.lexicon.concepts})
    return next(telling.title for telling in story.tellings if telling.document_id == story.lead_id)


def answer(analysis: Analysis, given: object) -> dict[str, Any]:
    """The JSON object of one text; its keys are a contract that other people's scripts rely on.

    Args:
        analysis: Of the text.
        given: The line's `id` as it was handed in.
    """
    reading, assessment = analysis.reading, analysis.assessment
    return {
        "id": given,
        "lang": reading.lang,
        "lang_confidence": round(reading.lang_confidence, 3),
        "band": assessment.band.value,
        "score": assessment.score,
        "probability": round(assessment.probability, 4),
        "headline": analysis.headline,
        "rules": list(assessment.rules),
        "sectors": {score.sector: score.score for score in assessment.sectors},
        "mentions": [_mention(mention) for mention in reading.mentions],
        "events": [_event(event) for event in reading.events],
        "reads_as": _reads_as(reading.reads_as),
        "ledger": [_ledger(line) for line in assessment.ledger],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "concept": mention.concept,
        "slot": mention.slot.value,
        "text": mention.surface,
        "start": mention.start,
        "end": mention.end,
        "zone": mention.zone.value,
        "cue": mention.cue.value,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "measure": event.measure,
        "direction": event.direction.value,
        "stage": event.stage.value,
        "imposer": event.imposer,
        "agency": event.agency,
        "targets": list(event.targets),
        "goods": list(event.goods),
        "end_use": event.end_use,
        "effective": event.effective.isoformat() if event.effective else None,
        "citation": event.citation,
        "start": event.start,
        "end": event.end,
        "confidence": round(event.confidence, 3),
    }


def _reads_as(told: ReadsAs | None) -> dict[str, float]:
    """Empty where words alone settled it."""
    return {"new-step": told.new_step, "context": told.context, "other": told.other} if told else {}


def _ledger(line: LedgerLine) -> dict[str, Any]:
    return {"points": line.points, "slot": line.slot, "why": line.why, "rule": line.rule}
