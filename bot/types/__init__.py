"""The vocabulary: frozen records that travel between the stages, and the ports that stages ask of the outside.

Records are imported from the module that names their part of the way (`bot.types.reading.Event`), ports from
`bot.types.ports`.
"""
