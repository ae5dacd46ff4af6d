"""Tell a story in one line per language, for messages and digests."""

from __future__ import annotations

from collections.abc import Mapping

from bot.log import get_logger
from bot.types.rules import Rulebook
from bot.types.story import Story
from bot.understand.headlines import headline, locales

log = get_logger(__name__)


def headlines(story: Story, rulebook: Rulebook) -> Mapping[str, str]:
    """Locale to line; "en" is always there. A story without a step is told by the title of its lead.

    A language that cannot tell the step costs its own line and never the message.
    """
    lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
    lines = {"en": lead.title}
    if story.event is None:
        return lines
    names = {concept.id: concept.names for concept in rulebook.lexicon.concepts if concept.names}
    try:
        for locale in locales():
            lines[locale] = headline(story.event, locale, names)
    except Exception:
        log.exception("a headline could not be made", story=story.id)
    return lines
