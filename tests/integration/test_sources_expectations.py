"""What feedparser's test files expect of feedparser, asked of our own reading of them, field by field.

Where we differ, the file stands in a table with the reason; anything else is a mistake of ours.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import pytest

from bot.parse.charset import decode
from bot.parse.dates import parse_date
from bot.parse.feedtree import Entry
from bot.parse.html import html_to_text
from bot.parse.text import one_line
from bot.parse.url import absolute_url
from bot.sources import _ladder
from tests.fakes.expectations import Expected, expected

ARCHIVE = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds" / "feedparser-tests.tar.gz"
SAMPLE = 9  # every so many files in the fast suite
NAME = re.compile(r"feedparser/tests/(.+)")
HEADER = re.compile(rb"Header:\s+([\w-]+):\s*([^\r\n]*)")

# On purpose otherwise, by the end of a file's name.
OTHERWISE = {
    "atom10/entry_content_and_summary.xml": "the longer of content and summary is the body",
    "rss/item_description_and_summary.xml": "the first of two descriptions is the body",
    "rss/item_summary_and_description.xml": "the first of two descriptions is the body",
    "atom/entry_updated_multiple_values.xml": "the first of two dates counts",
    "base/http_entry_id_base_content_location.xml": "an id is a name, never resolved (RFC 4287, section 4.2.6)",
    "base/http_entry_id_base_docuri.xml": "an id is a name, never resolved (RFC 4287, section 4.2.6)",
    "rss/entity_in_doctype.xml": "no entity of a DOCTYPE is ever expanded",
    "chardet/tis620.xml": "Thai and Hebrew are no languages of ours, so nothing speaks for their encodings",
    "chardet/windows1255.xml": "Thai and Hebrew are no languages of ours, so nothing speaks for their encodings",
    "encoding/bozo_linenoise.xml": "bytes in no encoding at all; feedparser guesses another one",
    "sanitize/acceptable_element_command.xml": "an empty element and one without content are the same",
    "sanitize/entry_content_iframe.xml": "what stands inside an iframe is not shown by any browser",
    "sanitize/entry_summary_iframe.xml": "what stands inside an iframe is not shown by any browser",
    "sanitize/item_content_encoded_script_nested_cdata.xml": "the remains of a script are no text",
    "lang/http_content_language_entry_title_inherit.xml": "the header Content-Language is not believed",
    "lang/http_content_language_entry_title_inherit_2.xml": "the header Content-Language is not believed",
    "lang/entry_title_xml_lang_inherit_3.xml": "the body says the language where there is one",
    "lang/entry_title_xml_lang_inherit_4.xml": "the body says the language where there is one",
}
# What a source would say of its languages; files that name no encoding are read by that.
LANGUAGES = {"big5": "zh-Hant", "gb2312": "zh-Hans", "eucjp": "ja", "shiftjis": "ja", "euckr": "ko", "koi8r": "ru"}

needs_shared = pytest.mark.skipif(not ARCHIVE.is_file(), reason="feedparser's test files are not beside this checkout")


def files() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(ARCHIVE) as tar:
        for member in tar:
            name, file = NAME.search(member.name), tar.extractfile(member)
            if name is not None and file is not None:
                yield name[1], file.read()


@dataclass(frozen=True)
class Reading:
    """What we make of a file."""

    entries: tuple[Entry, ...]
    text: str
    address: str  # on feedparser's test server


def read(name: str, body: bytes) -> Reading:
    headers = {key.decode().lower(): value.decode().strip() for key, value in HEADER.findall(body)}
    charset = re.search(r"charset=([\w-]+)", headers.get("content-type", ""))
    home = f"http://127.0.0.1:8097/tests/{name}"
    base = absolute_url(headers.get("content-location", ""), home) or home
    languages = [LANGUAGES[stem]] if (stem := Path(name).stem) in LANGUAGES else []
    text = decode(body, declared=charset[1] if charset else None, languages=languages).text
    return Reading(_ladder.read(text, base, limit=2000).entries, text, base)


def agrees(wanted: Expected, found: Reading, body: bytes) -> bool:
    value = wanted.value
    if wanted.field == "entries":
        return len(found.entries) == value
    if wanted.field == "encoding":
        return isinstance(value, str) and same_text(body, value, found.text)
    if wanted.entry >= len(found.entries):
        return False
    entry = found.entries[wanted.entry]
    base = absolute_url(entry.base, found.address) or found.address
    match wanted.field:
        case "title":
            return said(entry.title, markup=entry.title_is_markup, wanted=value)
        case "body":
            return said(entry.body, markup=entry.body_is_markup, wanted=value)
        case "link":
            return absolute_url(entry.link, base) == value
        case "id":
            return entry.guid == value
        case "language":
            return entry.lang == value
        case "enclosure":
            return value in [absolute_url(address, base) for address in entry.enclosures]
        case _:
            # feedparser lends "updated" to "published" and the other way round; which of them is set is its affair.
            dates = [parse_date(text, zone=UTC) for text in (entry.published, entry.updated) if text]
            shown = (
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*value[:6]) if isinstance(value, tuple) else str(value)
            )
            moment = parse_date(shown, zone=UTC)
            return moment is not None and moment in dates


def said(ours: str, *, markup: bool, wanted: object) -> bool:
    """Whether readers see the same words; feedparser's are markup or not, as the file has it."""
    shown = one_line(html_to_text(ours)) if markup else one_line(ours)
    return isinstance(wanted, str) and shown in (one_line(wanted), one_line(html_to_text(wanted)))


def same_text(body: bytes, encoding: str, text: str) -> bool:
    """Whether our text is what the bytes say in the encoding that feedparser found."""
    return decode(body.decode(encoding).encode()).text == text


def compare(every: int) -> Counter[str]:
    """How many equations per field hold; those that do not, and have no reason, fail here."""
    held: Counter[str] = Counter()
    wrong, stale = [], []
    for number, (name, body) in enumerate(files()):
        if number % every:
            continue
        reason = next((reason for end, reason in OTHERWISE.items() if name.endswith(end)), "")
        wanted = expected(body)
        found = read(name, body)
        failing = [one for one in wanted if not agrees(one, found, body)]
        held.update(one.field for one in wanted if one not in failing)
        if failing and not reason:
            wrong.append((name, failing, found.entries[:1]))
        if reason and not failing:
            stale.append(name)
    assert wrong == []
    assert stale == [], "these agree by now: take them out of the table"
    return held


@needs_shared
@pytest.mark.slow
def test_a_sample_reads_as_feedparser_expects() -> None:
    assert compare(SAMPLE).total() > 60


@needs_shared
@pytest.mark.soak
@pytest.mark.timeout(600)
def test_everything_reads_as_feedparser_expects() -> None:
    held = compare(1)
    print(f"{held.total()} equations hold: {dict(held)}")  # noqa: T201 - the figures of a soak, shown with -s
    assert held.keys() >= {"title", "body", "link", "id", "published", "updated", "language", "enclosure"}
    assert held.total() > 840


def test_expressions_are_taken_apart_and_never_run() -> None:
    body = b"""<!-- Description: x
    Expect: not bozo and entries[0]['title'] == u'caf\\xe9' and len(entries) == 2 and feed['title'] == 'no'
    and more -->"""
    assert expected(body) == (Expected(0, "title", "café"), Expected(0, "entries", 2))
    assert expected(b"Expect: entries[0].updated_parsed == (2004, 1, 1)") == (Expected(0, "updated", (2004, 1, 1)),)
    for text in (b"entries[0]['title'] == __import__('os').getcwd()", b"entries[f()]['title'] == 'x'", b"((((", b""):
        assert expected(b"Expect: " + text) == ()
