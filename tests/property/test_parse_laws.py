"""Laws of parsing that hold for any input."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.parse.charset import decode
from bot.parse.dates import parse_date, zone_of
from bot.parse.document import document
from bot.parse.html import html_to_text, scan
from bot.parse.identity import Keyed, keys_of, recognise
from bot.parse.text import normalise, tidy
from bot.parse.url import absolute_url, canonical_url, link_key
from bot.types.ids import SourceId
from bot.types.source import Item, KnownItem, Novelty
from tests.fakes import records

anything = st.text(st.characters(exclude_categories=()), max_size=200)  # lone surrogates, too
odd = st.text(
    st.sampled_from("aé\u0301\u200b\u00ad\u2010\u2011\u2013\u00a0\u3000ＡｶﾞＩ。-1 \r\n\x00\ud800ß葛\U000e0100"),
    max_size=60,
)
markup = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("<p>", "</p>", "<br>", "<!--", "-->", "<script>", "</script>", "<nav>", "</nav>", "<pre>", "</pre>"),
                *("<a ", "</a>", "<a href='>", '"', "'", ">", "<", "&", "&amp;", "&#1;", "&#x;", "&nbsp;", "<title>"),
                *("<![CDATA[", "]]>", "<!doctype", "<?x", "<li>", "<td>", "<METI>", "<x:p>", "</title>", "\n"),
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


@given(st.one_of(anything, odd))
@example("e\u200b\u0301")
@example("カ\uff9e")
@example("a\u2013e\u0301\u2013b")
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any("\ud800" <= c <= "\udfff" for c in once)


@given(st.one_of(anything, odd))
def test_tidied_text_stays_normal(text: str) -> None:
    once = tidy(normalise(text))
    assert tidy(once) == once
    assert normalise(once) == once


@given(st.one_of(markup, anything))
def test_html_to_text_never_raises_and_gives_normal_text(source: str) -> None:
    text = html_to_text(source)
    assert text == tidy(normalise(text))
    assert 0 <= scan(source).link_share <= 1


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80))
def test_escaped_text_comes_back_whole(text: str) -> None:
    assert html_to_text(f"<p>{html.escape(text)}</p>") == tidy(normalise(text))


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "gb2312", "shift_jis", "euc-kr", "utf-16", "nonsense"]))
def test_decode_never_fails(body: bytes, label: str | None) -> None:
    text = decode(body, declared=label, languages=("ja", "ru")).text
    assert text.encode("utf-8", errors="strict").decode() == text


@given(anything, st.sampled_from(["CN", "US", "TW", "INT"]))
def test_dates_are_aware_or_none(text: str, jurisdiction: str) -> None:
    found = parse_date(text, zone=zone_of(jurisdiction))
    assert found is None or (found.tzinfo is UTC and 1990 <= found.year <= 2200)


@given(st.datetimes(datetime(1991, 1, 1), datetime(2199, 1, 1)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001
def test_written_moments_are_read_back(naive: datetime, offset: int) -> None:
    zone = timedelta(minutes=offset)
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    sign, minutes = ("-", -offset) if offset < 0 else ("+", offset)
    local = (moment + zone).replace(tzinfo=None)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[local.month - 1]
    assert parse_date(f"{local.isoformat()}{sign}{clock}") == moment
    assert parse_date(f"{local:%d} {month} {local:%Y %H:%M:%S} {sign}{clock.replace(':', '')}") == moment


@given(
    st.one_of(
        anything,
        st.builds(
            "https://{}{}/{}?{}#f".format,
            st.sampled_from(["E.org", "例え.jp", "e.org:80"]),
            anything,
            anything,
            anything,
        ),
    )
)
def test_canonical_url_is_idempotent_and_plain(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert once == "" or once.startswith(("http://", "https://"))
    assert once.isascii()
    assert not set(once) & set('<>|"` \\^{}\n')
    assert link_key(once) == link_key(canonical_url(f"{once}"))


@given(anything, anything)
def test_absolute_url_gives_an_address_or_nothing(url: str, base: str) -> None:
    found = absolute_url(url, base)
    assert found == "" or canonical_url(found) != ""


entries = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["", "Text one.", "A longer text about ore. " * 8])),
    min_size=3,
    max_size=12,
    unique_by=lambda entry: entry[0],
)


@given(entries, st.permutations(range(12)), st.sampled_from(["guids", "links", "both"]))
def test_a_feed_that_changes_all_its_names_brings_nothing_new(
    rows: list[tuple[int, str]], order: list[int], change: str
) -> None:
    source = records.source("src")
    seen = datetime(2026, 1, 6, tzinfo=UTC)

    def body(version: int) -> list[Item]:
        guid = version if change in ("guids", "both") else 0
        link = version if change in ("links", "both") else 0
        return [
            Item(
                source_id=SourceId("src"),
                url=f"https://e.org/v{link}/{number}",
                title=f"Notice about metal number {number}",
                body_html=text,
                guid=f"v{guid}-{number}",
            )
            for number, text in rows
        ]

    def keyed(version: int) -> list[Keyed]:
        made = [(document(item, source, first_seen=seen), item) for item in body(version)]
        return [(doc, keys_of(item, doc)) for doc, item in made]

    first = recognise(keyed(0), [])
    known = [
        KnownItem(
            keys=found.keys,
            document_id=found.document.id,
            content_hash=found.document.content_hash,
            title=found.document.title,
            link=found.document.canonical_url,
            first_seen=seen,
        )
        for found in first
    ]
    again = keyed(1)
    shuffled = [again[n] for n in order if n < len(again)]
    found = recognise(shuffled, known)
    assert {one.novelty for one in found} <= {Novelty.SAME, Novelty.RENAMED}
    assert sorted(one.document.id for one in found) == sorted(one.document.id for one in first)
