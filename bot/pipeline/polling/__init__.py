"""Poll sources: ask, take what is new, look after those that fail, change or hide something."""
