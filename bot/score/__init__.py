"""Say how much a story matters to each sector, and because of which rule and words."""

from bot.score.assessing import assess, band_of, probability

__all__ = ["assess", "band_of", "probability"]
