"""Tell a story in one line per language, for messages and digests."""

from __future__ import annotations

from collections.abc import Mapping

from bot.types.rules import Rulebook
from bot.types.story import Story
from bot.understand.headlines import headline, locales


def headlines(story: Story, rulebook: Rulebook) -> Mapping[str, str]:
    """Locale to line; "en" is always there. A story without a step is told by the title of its lead."""
    if story.event is None:
        lead = next(telling for telling in story.tellings if telling.document_id == story.lead_id)
        return {"en": lead.title}
    names = {concept.id: concept.names for concept in rulebook.lexicon.concepts if concept.names}
    return {locale: headline(story.event, locale, names) for locale in locales()}
