"""Every way in which the address of one page may be written, so that a person finds it under the one at hand."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from bot.parse.url import canonical_url

_MOBILE = ("www", "m", "mobile", "amp")
_AMP_CACHE = re.compile(r"https?://(?:www\.google\.[a-z.]+/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[cv])/(?:s/)?(.+)")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=$|\.html$)")
_AMP_QUERY = re.compile(r"(?:^|&)(?:amp(?:=(?:1|true)?)?|output[tT]ype=amp)(?=&|$)")
_LEAST_WORD = 4  # letters of a word in an address that says what its page is about
_EMPTY_WORDS = """
    html aspx index news article articles story content default page detail info
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def spellings(url: str) -> tuple[str, ...]:
    """The canonical form first, then the same with another scheme, host prefix, trailing slash or form for phones.

    Empty when `url` is no http(s) address. A form may be that of no page at all: it is only looked for.
    """
    cached = _AMP_CACHE.fullmatch(url)
    canonical = canonical_url(f"https://{cached[1]}" if cached else url)
    if not canonical:
        return ()
    parts = urlsplit(canonical)
    prefix, _, rest = parts.netloc.partition(".")
    bare = rest if prefix in _MOBILE and "." in rest else parts.netloc
    hosts = (parts.netloc, bare, *(f"{prefix}.{bare}" for prefix in _MOBILE))
    plain = _AMP_PATH.sub("", parts.path).rstrip("/")
    paths = (parts.path, plain, f"{plain}/", f"{plain}/amp", f"{plain}/amp/")
    queries = (parts.query, _AMP_QUERY.sub("", parts.query).lstrip("&"))
    found = (
        urlunsplit((scheme, host, path or "/", query, ""))
        for path in paths
        for query in queries
        for host in hosts
        for scheme in ("https", "http")
    )
    return tuple(dict.fromkeys((canonical, *found)))


def host_of(url: str) -> str:
    """The host of an address without a prefix such as "www."; "" when there is none."""
    netloc = urlsplit(canonical_url(url)).netloc
    prefix, _, rest = netloc.partition(".")
    return rest if prefix in _MOBILE and "." in rest else netloc


def words_of(url: str, *, most: int = 8) -> tuple[str, ...]:
    """Words in the path of an address that may stand in the title of its page, in order."""
    path = urlsplit(canonical_url(url)).path
    words = re.findall(r"[^\W\d_]+", path.lower())
    return tuple(dict.fromkeys(w for w in words if len(w) >= _LEAST_WORD and w not in _EMPTY))[:most]
