"""Fill in what a rule's author has to say to readers: the sentence under `say:` of an alert file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.types.ids import RuleId
from bot.types.reading import Event
from bot.types.rules import Rulebook
from bot.types.story import Story

NOBODY, ANY = "an unnamed state", "all countries"


def said(rules: Iterable[RuleId], story: Story, rulebook: Rulebook) -> tuple[str, ...]:
    """The sentences of the rules that hold, each once, in order of the rules' ids; none without a step."""
    event = story.event
    if event is None:
        return ()
    held = set(rules)
    asked = sorted((rule for rule in rulebook.alerts if rule.id in held and rule.say), key=lambda rule: rule.id)
    if not asked:
        return ()
    fields = _fields(event, rulebook)
    return tuple(dict.fromkeys(rule.say.format_map(fields) for rule in asked))


def _fields(event: Event, rulebook: Rulebook) -> Mapping[str, str]:
    """The step in English words; a team writes its sentences in one language."""
    concepts = rulebook.lexicon.concepts
    names = {concept.id: concept.names.get("en", concept.title) for concept in concepts}
    states = {c.jurisdiction: names[c.id] for c in concepts if c.role == "state"}
    return {
        "actor": states.get(event.imposer, event.imposer) if event.imposer else NOBODY,
        "stage": event.stage.replace("-", " "),
        "measure": names.get(event.measure, event.measure),
        "goods": ", ".join(names.get(good, good) for good in event.named_goods) or "goods",
        "target": ", ".join(states.get(code, code) for code in event.targets) or ANY,
        "effective": event.effective.isoformat() if event.effective else "a date not given",
    }
