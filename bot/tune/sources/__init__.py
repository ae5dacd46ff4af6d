"""Grow the catalogue: try a source, find how an address could be read, take lists of feeds in and give them out.

What looks at strangers' bytes (`looking.look`, `trying.read`, `opml.read_list`) runs in child processes and answers in
records of `bot.types`; everything else is plain functions over those.
"""
