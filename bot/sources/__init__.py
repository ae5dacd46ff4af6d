"""Say what to request for a source, and turn the answer into items; one file per kind of source.

Each public module declares `SOURCE_KIND: SourceKind = ...` (see `bot.types.ports.SourceKind`); modules that begin with
an underscore hold what the kinds share. `_work.harvest` and `_work.gather` are what a child process runs.
"""
