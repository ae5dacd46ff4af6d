"""Bytes to text by the encoding they are in, which is not always the one they claim."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

# Labels that servers write, and the superset in which such pages are really written: the WHATWG Encoding Standard
# (https://encoding.spec.whatwg.org/#names-and-labels) reads them alike, since a "gb2312" page freely uses GBK letters.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "iso-ir-58": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "windows-949": "cp949",
    "korean": "cp949",
    "x-euc-jp": "euc_jp",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# Never chosen on the word of a page: utf-7 hides markup, the others are no charsets at all.
_REFUSED = frozenset(
    (
        *("utf_7", "utf7", "unicode_1_1_utf_7", "idna", "punycode", "rot13", "rot_13", "hex", "base64", "bz2", "zlib"),
        *("uu", "quopri", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"),
    )
)

# What unlabelled text in a language is likely to be in, most likely first.
_BY_LANGUAGE = {
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "zh-Hans": ("gb18030", "big5hkscs"),
    "zh-Hant": ("big5hkscs", "gb18030"),
    "ko": ("cp949",),
    "ru": ("cp1251", "koi8-r"),
    "pl": ("cp1250", "iso8859-2"),
    "vi": ("cp1258",),
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_STARTS = (  # "<?" or "<x" without a byte order mark: XML 1.0, appendix F.1
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" in EBCDIC
)
_WIDE = ("utf-16", "utf-32")
_HEAD = 2048  # bytes in which a declaration may stand
_XML_DECLARATION = re.compile(rb"""^\s*+<\?xml[^>]{0,200}?encoding\s*+=\s*+["']([A-Za-z0-9._:-]{1,40}+)["']""")
_META = re.compile(rb"""<meta\b[^>]{0,400}?charset\s*+=\s*+["']?+\s*+([A-Za-z0-9._:-]{1,40}+)""", re.IGNORECASE)
_TOLERABLE = 0.01  # share of unreadable characters up to which another encoding than UTF-8 is still believed
_NO_ACCIDENT = 4  # this many characters beyond ASCII in valid UTF-8 are no accident, whatever is claimed
_FOREIGN_BYTE = re.compile("[\udc80-\udcff]")  # how "surrogateescape" keeps bytes that are no UTF-8
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MISREAD = re.compile(r"[\x80-\x84\x86-\x9f]")  # controls that no text holds; U+0085 is a line end on mainframes
_CP1252_HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_WINDOWS = [bytes((byte,)).decode("latin-1" if byte in _CP1252_HOLES else "cp1252") for byte in range(256)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body as text."""

    text: str  # without byte order mark
    encoding: str  # Python's name of the encoding that was used
    declared: tuple[str, ...]  # as the header and the body claim, in that order, lower case
    conflict: bool  # True: a claim is not what the bytes are in
    unreadable: int  # bytes that made no sense in `encoding`


def decode(body: bytes, *, declared: str | None = None, languages: Sequence[str] = ()) -> Decoded:
    """Decode a body; never fails.

    Order of belief: byte order mark; UTF-8 when bytes beyond ASCII are valid UTF-8 (other encodings practically never
    are by accident); the header; the declaration inside; encodings usual for the source's languages; UTF-8 with single
    foreign bytes read as Windows-1252.

    Args:
        body: The bytes.
        declared: Charset of the Content-Type header, or of an option of the source.
        languages: Codes of bot/understand/languages, a prior for bodies that claim nothing.
    """
    claims = tuple(dict.fromkeys(c.strip().lower() for c in (declared, _inner_claim(body)) if c and c.strip()))
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], encoding, claims)
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return _decoded(body, encoding, claims)
    if body.isascii() and not any(_python_name(c) in ("iso2022_jp", "hz", "iso2022_kr") for c in claims):
        return _decoded(body, "utf-8", claims)
    return _by_trial(body, claims, languages)


def is_encoding(label: str) -> bool:
    """True when a label names a text encoding that `decode` would use."""
    return _python_name(label) is not None


def _by_trial(body: bytes, claims: tuple[str, ...], languages: Sequence[str]) -> Decoded:
    named = [name for name in (_python_name(c) for c in claims) if name is not None]
    believed = [name for name in named if not name.startswith(_WIDE) or b"\0" in body]
    text, bad = _as_utf8(body)
    good = _count_good(text, bad) if bad or believed[:1] != ["utf-8"] else _NO_ACCIDENT
    if not bad and (good >= _NO_ACCIDENT or not believed or believed[0] == "utf-8") and not body.isascii():
        return _finish(text, "utf-8", claims, 0)
    guesses = () if body.isascii() or ("utf-8" in believed and good >= bad) else _guesses(languages)
    best: Decoded | None = None
    for encoding in dict.fromkeys((*(b for b in believed if b != "utf-8"), *guesses)):
        found = _decoded(body, encoding, claims)
        if encoding == "cp1251" and encoding not in believed and _shouts(found.text):
            continue  # KOI8-R has its letters where Windows-1251 has those of the other case
        if not found.unreadable:
            return found
        if best is None or found.unreadable < best.unreadable:
            best = found
    if best is not None and best.unreadable <= _TOLERABLE * len(body):
        return best
    if bad > good and "utf-8" not in believed:
        return _finish("".join(map(_windows, body)), "cp1252", claims, 0)
    return _finish(text, "utf-8", claims, bad)


def _guesses(languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(encoding for code in languages for encoding in _BY_LANGUAGE.get(code, ()))


def _shouts(text: str) -> bool:
    """Whether most letters beyond ASCII are capitals."""
    letters = "".join(_BEYOND_ASCII.findall(text))
    return sum(map(str.isupper, letters)) > sum(map(str.islower, letters))


def _as_utf8(body: bytes) -> tuple[str, int]:
    """A body as UTF-8 with foreign bytes read as Windows-1252, and how many of those there are."""
    try:
        return body.decode("utf-8"), 0
    except UnicodeDecodeError:
        text, bad = _FOREIGN_BYTE.subn(
            lambda m: _windows(ord(m[0]) - 0xDC00), body.decode("utf-8", errors="surrogateescape")
        )
        return text, bad


def _count_good(text: str, bad: int) -> int:
    """How many characters beyond ASCII a text holds, foreign bytes left out."""
    return len(_BEYOND_ASCII.findall(text)) - bad


def _windows(byte: int) -> str:
    """The Windows-1252 letter of a byte; its five holes are the controls that browsers take them for."""
    return _WINDOWS[byte]


def _decoded(body: bytes, encoding: str, claims: tuple[str, ...]) -> Decoded:
    if encoding == "utf-8":
        text, bad = _as_utf8(body)
        return _finish(text, encoding, claims, bad)
    try:
        return _finish(body.decode(encoding), encoding, claims, 0)
    except UnicodeDecodeError:
        text = body.decode(encoding, errors="replace")
        return _finish(text, encoding, claims, text.count("\ufffd"))


def _finish(text: str, encoding: str, claims: tuple[str, ...], unreadable: int) -> Decoded:
    plain = text.isascii() and encoding == "utf-8"  # ASCII contradicts no claim
    conflict = bool(unreadable) or (not plain and not all(_agrees(claim, encoding) for claim in claims))
    if _MISREAD.search(text):
        # Windows-1252 that somebody took for Latin-1 on its way into this text.
        text = _MISREAD.sub(lambda m: _windows(ord(m[0])), text)
    return Decoded(
        text=text.removeprefix("\ufeff"),
        encoding=encoding,
        declared=claims,
        conflict=conflict,
        unreadable=unreadable,
    )


def _agrees(claim: str, encoding: str) -> bool:
    """True when a label means the encoding; "utf-16" leaves the byte order open."""
    return _python_name(claim) == encoding or encoding.startswith(claim.replace("utf16", "utf-16"))


def _inner_claim(body: bytes) -> str | None:
    """The encoding that an XML declaration or an HTML meta element names."""
    head = body[:_HEAD]
    found = _XML_DECLARATION.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else None


def _python_name(label: str) -> str | None:
    """Python's name for a label, None when there is no such text encoding or it is not to be trusted."""
    label = label.strip().lower()
    if label in ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "iso-10646-ucs-2"):
        return None  # without byte order mark, and readable as ASCII: the claim is wrong
    try:
        info = codecs.lookup(_SUPERSETS.get(label, label))
    except (LookupError, ValueError):
        return None
    if {label.replace("-", "_"), info.name.replace("-", "_")} & _REFUSED:
        return None
    # EBCDIC says so by its first bytes; believing a mere label would turn everything else into noise.
    wide = info.name.startswith(_WIDE)
    return info.name if wide or b"<item>".decode(info.name, errors="replace") == "<item>" else None
