"""Give the routing in force: what routes.yml says, with what people have muted and asked for."""

from __future__ import annotations

from bot.decide.standing import in_force
from bot.pipeline.rig import Rig
from bot.storage import Transaction
from bot.types.rules import Routing

PERSONAL = "slack"  # kind of channel over which people hear in person


def routing_in_force(rig: Rig, tx: Transaction) -> Routing:
    """The routing to decide by now.

    People hear in person only while that way is open; closed, their messages would stand in on the console.
    """
    routing, today = rig.rulebook.routing, rig.clock.now().date()
    reachable = not isinstance(rig.exits.sender(PERSONAL), str)
    return in_force(routing, tx.mutes.standing(today), tx.members.all() if reachable else (), today)
