"""Read, check and compile rule files; every error with file:line:column.

The way in is `bot.rulebook.load`: `load()` for a rule set that must work, `check()` for a report.
"""
