"""Make words and addresses that came from outside harmless, whatever they are shown in.

What feeds deliver is hostile: control characters steer terminals, bidirectional and invisible characters disguise what
is written, addresses lead elsewhere than they look. Everything that a channel shows goes through `clean`, every link
through `safe_url`. The escaping that a format needs (mrkdwn, HTML) comes after that, in the format's own module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, quote, urlsplit

ELLIPSIS = "…"
MAX_URL = 1500  # characters; longer ones are shown as a host without link
MAX_MARKS = 4  # combining marks on one letter; more is decoration that runs over neighbouring lines

# Unicode property Default_Ignorable_Code_Point (DerivedCoreProperties.txt), without the emoji and text selectors.
_INVISIBLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0D),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_UNSEEN = re.compile(
    "["
    + "".join(f"{chr(a)}-{chr(b)}" for a, b in _INVISIBLE)
    + "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, save those that part words
    + "\ud800-\udfff"  # halves of characters; no encoding takes them
    + "\ufdd0-\ufdef\ufffe\uffff]"  # noncharacters
)
_SPACE = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029\u2800]+")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LOOKS_LIKE_HOST = re.compile(r"(?<![\w.-])((?:[\w-]+\.)+[^\W\d_]{2,})(?![\w-])")


def clean(text: str, limit: int | None = None) -> str:
    """One line of visible characters.

    Args:
        text: Anything.
        limit: Greatest length in characters; what is cut leaves an ellipsis.
    """
    line = _tidy(text).strip()
    return line if limit is None else shorten(line, limit)


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word where there is one near, so that it has at most `limit` characters."""
    return text if len(text) <= limit else _cut_at(text, limit)


def excerpt(text: str, marks: tuple[tuple[int, int], ...], limit: int) -> tuple[tuple[str, bool], ...]:
    """A quotation as pieces, marked or not, around the first marks.

    Args:
        text: The words as delivered.
        marks: Spans in `text` to be marked; spans outside of it are ignored, overlaps merged.
        limit: Greatest number of characters in all.
    """
    spans = _merged(text, marks)
    start = _window(text, spans, limit)
    pieces = [(_tidy(part), marked) for part, marked in _parts(text, spans, start)]
    pieces = _spaced_once(pieces)
    if start:
        pieces.insert(0, (ELLIPSIS, False))
    return tuple(_cut(pieces, limit))


def language(tag: str) -> str:
    """A BCP 47 tag as it may stand in an attribute, "" when it is none."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def safe_url(url: str) -> str | None:
    """The address in a form that no format can misread, or None when it must not become a link.

    Only http and https; the host as its ASCII form, which unmasks look-alike letters; without user name; every other
    character outside of RFC 3986 percent-encoded.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return None
    host = _ascii_host(parts.hostname or "")
    try:
        port = parts.port
    except ValueError:
        return None
    if host is None:
        return None
    netloc = host if port in (None, {"http": 80, "https": 443}[parts.scheme]) else f"{host}:{port}"
    path = _encoded(parts.path, "/:@!$&()*+,;=~") or "/"
    query = f"?{_encoded(parts.query, '/:@!$&()*+,;=~?')}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment, '/:@!$&()*+,;=~?')}" if parts.fragment else ""
    result = f"{parts.scheme}://{netloc}{path}{query}{fragment}"
    return result if len(result) <= MAX_URL else None


def host_of(url: str) -> str:
    """The real host of an address in its ASCII form, also of one too long for a link; "" when nobody can say."""
    parts = _split(url)
    return (_ascii_host(parts.hostname or "") or "").strip("[]") if parts else ""


def short_host(host: str, limit: int) -> str:
    """The end of a host name, since its owner stands at the end."""
    return host if len(host) <= limit else ELLIPSIS + host[len(host) - limit + 1 :]


def honest_label(label: str, host: str) -> str:
    """The label of a link; the host instead when the label itself names another host."""
    # Wide letters and look-alike full stops read like the plain ones that they are variants of.
    for match in _LOOKS_LIKE_HOST.finditer(unicodedata.normalize("NFKC", label).lower()):
        named = match.group(1).removeprefix("www.")
        if host != named and not host.endswith("." + named):
            return host
    return host if "://" in label else label


def _tidy(text: str) -> str:
    text = _SPACE.sub(" ", _UNSEEN.sub("", text))
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _cut_at(text: str, limit: int) -> str:
    """At most `limit` characters of a text that is at least so long, with an ellipsis as the last."""
    cut = text[: max(0, limit - 1)]
    space = cut.rfind(" ")
    if space > len(cut) * 2 // 3:
        cut = cut[:space]
    while cut and unicodedata.combining(text[len(cut)]):  # no letter without its marks
        cut = cut[:-1]
    return cut.rstrip(" ,;:-") + ELLIPSIS[: max(0, limit)]


def _split(url: str) -> SplitResult | None:
    """The parts of an address as browsers read it; None when programs may disagree about its host."""
    url = re.sub(r"[\t\r\n]", "", url).strip(" ")
    if _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return None if "\\" in parts.netloc else parts


def _ascii_host(host: str) -> str | None:
    if ":" in host:  # an IPv6 literal
        return f"[{host}]" if re.fullmatch(r"[0-9a-f:.]+", host) else None
    try:
        plain = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return plain.lower() if _HOST.fullmatch(plain.lower()) else None


def _encoded(part: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=safe + "%", encoding="utf-8")


def _merged(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((max(0, a), min(len(text), b)) for a, b in marks):
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _window(text: str, spans: list[tuple[int, int]], limit: int) -> int:
    """Where the excerpt starts: at 0 when the last mark fits from there, else a little before the first mark."""
    if len(text) <= limit or not spans or spans[-1][1] <= limit - 1:
        return 0
    start = max(0, min(spans[0][0] - limit // 4, len(text) - limit))
    if start == 0:
        return 0
    space = text.find(" ", start, spans[0][0])
    return space + 1 if space >= 0 else start


def _parts(text: str, spans: list[tuple[int, int]], start: int) -> Iterator[tuple[str, bool]]:
    at = start
    for a, b in spans:
        if b <= at:
            continue
        yield text[at : max(a, at)], False
        yield text[max(a, at) : b], True
        at = b
    yield text[at:], False


def _spaced_once(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Pieces without empty ones, without space at both ends of a seam or at the ends of the whole."""
    kept: list[tuple[str, bool]] = []
    for text, marked in pieces:
        trimmed = text.lstrip(" ") if not kept or kept[-1][0].endswith(" ") else text
        if trimmed:
            kept.append((trimmed, marked))
    while kept and not kept[-1][0].rstrip(" "):
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(" "), kept[-1][1])
    return kept


def _cut(pieces: list[tuple[str, bool]], limit: int) -> Iterator[tuple[str, bool]]:
    left = limit if sum(len(text) for text, _ in pieces) > limit else limit + 1
    for text, marked in pieces:
        if len(text) >= left:
            yield _cut_at(text, left), marked
            return
        yield text, marked
        left -= len(text)
