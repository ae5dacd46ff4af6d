"""Which alerts that waited through an outage are told in one summary instead of one by one."""

from __future__ import annotations

from datetime import timedelta

from bot.types.levels import Band

OLD = timedelta(hours=24)  # an alert that waited longer is part of the summary
FEW = 5  # old alerts that still go out singly
NAMED = 15  # headlines in a summary; with what stands around them, as many lines as a notice shows
SINGLY = Band.URGENT  # always goes out singly
# Machines take every message, however late.
UNSUMMARISED = frozenset({"webhook"})
