"""Get bytes politely, or say why not: httpx behind one door that strangers' addresses cannot talk through.

`http.HttpFetcher` is the door. Behind it: `guard` (which addresses may be dialled), `transport` (dials only those,
within the budget of one fetch), `body` (decompression in bounded steps), `courtesy` (pauses between requests to one
host), and the pure `pace` (when to ask a source again).
"""
