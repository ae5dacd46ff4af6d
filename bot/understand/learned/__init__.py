"""The learned reader: how a text reads as a whole, where words end.

Each kind of evidence is blind where the other sees: words miss a paraphrase, an encoding misses a name. So heads are
trained over both. `second.py` joins them to a reading; without an encoder, words stand alone.
"""
