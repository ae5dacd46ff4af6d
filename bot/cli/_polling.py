"""What `monazite bench poll` puts together: two servers, the user's stack, and a bot of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tune.bench import Row
    from bot.types.rules import Rulebook


def rows(rulebook: Rulebook, count: int) -> Iterator[Row]:
    """Both sides without network and storage, then with both."""
    from bot import app
    from bot.fetch.measuring import plain_get
    from bot.tune import poll
    from bot.tune.loopback import serving
    from bot.tune.processes import children, cost

    yield from poll.thinking(rulebook.lexicon, poll.feeds(count))
    found = poll.sources(count)
    with serving() as port, plain_get(port) as get:
        yours = poll.users_cycle(rulebook.lexicon, found, get)
    yield yours
    with serving() as port, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database server may run as another user
        servers = children()
        with app.polling_rig(replace(rulebook, sources=found), Path(folder) / "data", port) as (rig, cycle):
            embedded = rig.database.embedded
            server = embedded.server_pid if embedded else None
            yield from poll.bots_cycle(count, cycle, lambda: cost(server=server, without=servers), yours)
