"""Tell an event in one line of the reader's language, from its own fields and without translation of the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.types.ids import ConceptId
from bot.types.reading import Event
from bot.understand.headlines._render import render
from bot.understand.headlines._template import Headlines

FALLBACK = "en"


def headline(event: Event, locale: str, names: Mapping[ConceptId, Mapping[str, str]]) -> str:
    """One natural line such as "China (MOFCOM) bans export of dual-use items to Japan; in force 6 Jan 2026".

    Args:
        event: What is told; missing imposer, goods and targets are told around.
        locale: "en", "nl", "de", "fr", "ja", "zh-Hans", "es", "ko"; a regional form ("de-AT") is told in
            its language, any other in English.
        names: Per concept, its short name per language; a concept without one is told by its id.

    Returns:
        The line, without markup; whoever shows it escapes it.
    """
    return render(event, _find(locale), names)


@cache
def locales() -> Mapping[str, Headlines]:
    """All locales by name."""
    import bot.understand.headlines as package  # noqa: PLC0415
    from bot.registry import discover  # noqa: PLC0415

    return discover(package, "HEADLINES", Headlines)


def _find(locale: str) -> Headlines:
    known = locales()
    parts = locale.replace("_", "-").split("-")
    tries = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if parts[0] == "zh" and parts[-1] in {"CN", "SG"}:
        tries.insert(0, "zh-Hans")
    return next((known[name] for name in tries if name in known), known[FALLBACK])
