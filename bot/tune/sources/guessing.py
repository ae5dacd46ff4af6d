"""Guess what a row says of a new source: whose voice it is, in what languages, under which name; a person checks it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlsplit

from bot.parse.text import one_line
from bot.parse.url import canonical_url, link_key
from bot.types.levels import Authority
from bot.understand.language import KNOWN, identify, tag_to_code

NOWHERE = "INT"  # a source of no state

# Labels under which states put their own: https://publicsuffix.org lists them for most registries.
_STATE = frozenset(("gov", "gob", "gouv", "go", "gub", "govt", "govern", "mil", "gv", "admin", "gc", "parliament"))
_GOVERNMENT = frozenset(("gov", "gob", "gouv"))  # of these the bare name is the state's too: gov.uk
_OFFICIAL_HOSTS = ("europa.eu", "wto.org", "oecd.org", "un.org", "bund.de", "rijksoverheid.nl", "overheid.nl")
_SECOND = _STATE | {"co", "com", "or", "org", "ac", "ne", "net", "edu", "mi", "nic", "info", "asso"}
# Country codes that are sold to everybody, and so say nothing of a country.
_SOLD = frozenset(
    ("ai", "ac", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "sh", "so", "st", "tk", "to", "tv", "vc", "ws")
)
_OTHERWISE = {"uk": "GB", "eu": "EU", "int": NOWHERE, "gov": "US", "mil": "US"}
_FRONT = frozenset(
    ("www", "www2", "www3", "web", "m", "mobile", "rss", "feed", "feeds", "news", "en", "english", "api")
)
_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID, _LONGEST_NAME = 40, 80  # characters


def jurisdiction_of(url: str) -> str:
    """Whose voice an address speaks with: by its country code or its state's label, else INT."""
    host = _host(url)
    if host.endswith("wto.org"):
        return "WTO"
    last = host.rpartition(".")[2]
    if last in _OTHERWISE:
        return _OTHERWISE[last]
    return last.upper() if len(last) == 2 and last.isalpha() and last not in _SOLD else NOWHERE


def authority_of(url: str) -> Authority:
    """Official for a state's own domain, else press."""
    host = _host(url)
    own = any(host == name or host.endswith(f".{name}") for name in _OFFICIAL_HOSTS)
    # The label stands at the end or right before the country: gov, gov.cn, europa.eu, not go.com.
    labels = host.split(".")
    country = len(labels) > 1 and len(labels[-1]) == 2
    state = labels[-1] in {"gov", "mil"} or (country and labels[-2] in (_STATE if len(labels) > 2 else _GOVERNMENT))
    return Authority.OFFICIAL if own or state else Authority.PRESS


def languages_of(titles: Iterable[str], declared: str = "") -> tuple[str, ...]:
    """Languages that a quarter of the titles or more are in, commonest first; what the page declares when none is."""
    hint = tag_to_code(declared)
    counted = Counter(code for title in titles if (code := identify(title, hint=declared or None)[0]) in KNOWN)
    total = sum(counted.values())
    found = tuple(code for code, number in counted.most_common() if number >= 0.25 * total)
    return found or ((hint,) if hint else ())


def publisher_of(site: str, title: str, url: str) -> str:
    """What readers see as the publisher: the site's own name, else a part of the title, else the host."""
    for name in (site, *reversed(_SEPARATOR.split(one_line(title)))):
        plain = one_line(name)
        if 2 <= len(plain) <= _LONGEST_NAME and not plain.isdigit():
            return plain
    return _host(url) or url[:_LONGEST_NAME]


def id_of(url: str, jurisdiction: str, taken: Collection[str], *, title: str = "") -> str:
    """A readable id that nobody has: country and host, then words of the title, then a number."""
    stem = _slug(f"{jurisdiction} {_name_in(_host(url))}") or "source"
    longer = _slug(f"{stem} {_words(title)}") if title else stem
    for candidate in (stem, longer):
        if candidate not in taken:
            return candidate
    number = 2
    while f"{longer}-{number}" in taken:
        number += 1
    return f"{longer}-{number}"


def same_place(url: str) -> str:
    """What all ways of writing one address have in common: no scheme, no `www.`, no tracking, no last slash."""
    return link_key(canonical_url(url.replace("{year}", "0year0")))


def _host(url: str) -> str:
    try:
        return (urlsplit(canonical_url(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _name_in(host: str) -> str:
    """The telling label of a host: meti of www.meti.go.jp, bis of www.bis.gov; numbers of an address as they are."""
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    kept = labels[:-1] or labels
    while len(kept) > 1 and kept[-1] in _SECOND:
        kept.pop()
    telling: Sequence[str] = [label for label in kept if label not in _FRONT] or kept
    return telling[-1] if len(telling[-1]) > 3 or len(telling) == 1 else " ".join(telling[-2:])


def _words(title: str) -> str:
    """Up to three words of a title in Latin letters; others have none that an id can hold."""
    words = _NOT_ID.sub(" ", _latin(title)).split()
    return " ".join([word for word in words if len(word) > 1][:3])


def _slug(text: str) -> str:
    words = _NOT_ID.sub("-", _latin(text)).strip("-")
    return words[:_LONGEST_ID].strip("-")


def _latin(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
