"""Turn bytes into clean, dated, canonical text; pure, no I/O and no clock.

Text comes from `text`, markup from `html` and `dom`, broken feeds from `salvage` and `feedtree`, names of items from
`identity`. What leaves is `bot.types.document.Document`.
"""
