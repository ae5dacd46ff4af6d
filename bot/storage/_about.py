"""What a line of the ledger is about, taken from the rows beside it as it is written: it outlives story and text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Text, bindparam, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONPATH

from bot.storage import schema

_LEAD = "$.tellings[*] ? (@.document_id == $lead)"
_SECTORS = "$.sectors[*].sector"


# Built once, since building them takes longer than running them; both wait for the id as the parameter `SUBJECT`.
SUBJECT = "subject"


def _of_story() -> dict[str, ScalarSelect[Any]]:
    """Address, headline, publisher and source of the leading text; points, sectors and rules of the latest weighing."""
    story, found, wanted = schema.story.c, schema.assessment.c, bindparam(SUBJECT, type_=Text)
    lead: ColumnElement[Any] = func.jsonb_path_query_first(
        story.record, cast(literal(_LEAD), JSONPATH), func.jsonb_build_object("lead", story.lead_id)
    )
    latest = select(found.record).where(found.story_id == wanted).order_by(found.id.desc()).limit(1).scalar_subquery()
    kept = select(lead.label("lead"), latest.label("weighed")).where(story.id == wanted).subquery()
    told, weighed = kept.c.lead, kept.c.weighed
    about = func.jsonb_build_object(
        "headline", told.op("->")("title"), "publisher", told.op("->")("publisher"),
        "source", told.op("->")("source_id"), "score", weighed.op("->")("score"),
        "sectors", func.jsonb_path_query_array(weighed, cast(literal(_SECTORS), JSONPATH)),
        "rules", weighed.op("->")("rules"), "ruleset", weighed.op("->")("ruleset_hash"),
    )  # fmt: skip
    return {"url": select(told.op("->>")("url")).scalar_subquery(), "about": select(about).scalar_subquery()}


def _of_document() -> dict[str, ScalarSelect[Any]]:
    """Address of a text, and its title, publisher and source."""
    document = schema.document.c
    about = func.jsonb_build_object(
        "headline", document.title, "publisher", document.record.op("->")("publisher"), "source", document.source_id
    )
    url = func.coalesce(func.nullif(document.canonical_url, ""), document.url)
    kept = document.id == bindparam(SUBJECT, type_=Text)
    return {"url": select(url).where(kept).scalar_subquery(), "about": select(about).where(kept).scalar_subquery()}


# Values of the columns `url` and `about` of a line; NULL when story or text is not kept.
OF_STORY = _of_story()
OF_DOCUMENT = _of_document()
