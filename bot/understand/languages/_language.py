"""What a language file must say."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understand._grammar import Grammar


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: how it is tokenised and matched, and its grammar for events."""

    name: str  # code used everywhere: "en", "zh-Hans"
    spacy: str  # code for spacy.blank
    grammar: Grammar
