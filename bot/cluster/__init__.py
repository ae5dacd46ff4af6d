"""Say which documents tell the same story, across sources and languages."""

from bot.cluster.blocking import blocking_keys, candidates, story_keys
from bot.cluster.gathering import gather
from bot.cluster.placing import Placement, place

__all__ = ["Placement", "blocking_keys", "candidates", "gather", "place", "story_keys"]
