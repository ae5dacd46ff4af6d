"""Hashes that say whether a text is the same text."""

from __future__ import annotations

import hashlib

_VERSION = "1"  # raise it when the recipe below or `normalise` changes: hashes of different versions never compare


def content_hash(title: str, text: str) -> str:
    """Versioned hash of a normalised title and text ("1:" and 32 hex digits); white space and layout do not count."""
    return f"{_VERSION}:{digest(''.join(title.split()), ''.join(text.split()), size=16)}"


def digest(*parts: str, size: int = 12) -> str:
    """Stable hash of some strings, as hex digits; the borders between the strings count."""
    framed = "".join([f"{len(part)}:{part}" for part in parts])
    return hashlib.blake2b(framed.encode("utf-8", errors="surrogatepass"), digest_size=size).hexdigest()


def body_hash(body: bytes) -> str:
    """Hash of a whole answer; equal means that nothing changed and nothing needs parsing."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
