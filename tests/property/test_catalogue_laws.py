"""Laws of growing the catalogue: what goes out comes in again, and every row that is written can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import plugins
from bot.parse.text import one_line
from bot.rulebook.appending import SourceRow, new_text, with_rows
from bot.rulebook.load import sources_in
from bot.rulebook.pages import build_page, read_leaf
from bot.sources.listing import SOURCE_KIND as LISTING
from bot.tune.sources.exporting import FORMATS, export
from bot.tune.sources.finding import unknown_source
from bot.tune.sources.guessing import id_of, jurisdiction_of, publisher_of, same_place
from bot.tune.sources.importing import address, plan
from bot.tune.sources.kit import NEW
from bot.tune.sources.looking import look
from bot.tune.sources.opml import read_list
from bot.types.source import Fetched, Harvest, Request, Source
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.layouts import EN, ZH
from tests.fakes.rule_files import PLUGINS

LABEL = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
HOST = st.builds("{}.{}.{}".format, LABEL, LABEL, st.sampled_from(["nl", "gov.cn", "go.jp", "com", "org", "de"]))
PATH = st.text(alphabet="abcXYZ019-_~/?&=%.+;,'()!*中é", max_size=30)
URL = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https"]), HOST, PATH)
WORDS = st.text(max_size=60)


def sources(urls: list[str], names: list[str]) -> list[Source]:
    return [
        records.source(f"s-{n}", kind="feed", url=url, publisher=name or "x", jurisdiction=jurisdiction_of(url))
        for n, (url, name) in enumerate(zip(urls, names, strict=False))
    ]


@given(st.lists(URL, min_size=1, max_size=8), st.lists(WORDS, min_size=8, max_size=8))
def test_feeds_that_go_out_come_in_again(urls: list[str], names: list[str]) -> None:
    told = sources([url for url in urls if address(url) == url], names)
    read = read_list(export(told, "opml").encode())
    assert isinstance(read, tuple)
    result = plan(read[0], (), origin="x.opml", enabled=False)
    assert {same_place(row.url) for row in result.rows} == {same_place(source.url) for source in told}
    assert {row.url for row in result.rows} <= {source.url for source in told}
    assert plan(read[0], told, origin="x.opml", enabled=False).rows == ()
    assert len({row.id for row in result.rows}) == len(result.rows)


@given(URL, WORDS, WORDS, WORDS, st.dictionaries(st.sampled_from(["row", "title", "date"]), WORDS, max_size=2))
def test_every_row_that_is_written_can_be_read(
    url: str, publisher: str, why: str, title: str, options: dict[str, str]
) -> None:
    url = address(url) or "https://example.org/"
    name = publisher_of(publisher, title, url)
    row = SourceRow(
        id=id_of(url, jurisdiction_of(url), (), title=title), kind="feed", url=url, publisher=name,
        jurisdiction=jurisdiction_of(url), authority="press", reliability="F", every="60m", enabled=False,
        why=one_line(why) or "x", languages=("en",), options={k: one_line(v) for k, v in options.items()},
    )  # fmt: skip
    for text in (new_text("New.", (row,)), with_rows("x.yml", new_text("New.", (row,)), (row,))):
        leaf = read_leaf("sources/x.yml", text.encode())
        assert leaf.notes == ()
        assert leaf.root is not None
        page = build_page(leaf.kind, leaf.root, leaf.refusals, PLUGINS)
        found = page.sources[-1]
        assert (found.id, found.url, found.publisher) == (row.id, row.url, row.publisher)
        assert [note for note in page.notes if "option" not in note.code] == []


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(FORMATS))
def test_whatever_the_names_the_catalogue_goes_out(names: list[str], form: str) -> None:
    told = [records.source(f"s-{n}", publisher=name) for n, name in enumerate(names)]
    assert export(told, form).count("\n") >= len(names)


TAG = st.sampled_from(
    ["div", "ul", "li", "a", "p", "td", "tr", "table", "span", "h3", "time", "nav", "main", "dl", "b"]
)
CLASS = st.sampled_from(["", "row", "row odd", "x-1 y", "a:b", "css-1a2b3c title", "é", "date", "menu", '"', "1"])


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Elements in any order, some of them repeated, few of them closed as they should be."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 12))):
        tag, name = draw(TAG), draw(CLASS)
        text = draw(st.sampled_from([*EN, *ZH, "2026-01-06", "6 January 2026", "", "more"]))
        times = draw(st.integers(1, 5))
        link = draw(st.booleans())
        pieces += [
            f"<{tag} class='{name}'>" + (f"<a href='/{n}{len(pieces)}'>{text} {n}</a>" if link else text)
            for n in range(times)
        ]
        pieces.append(draw(st.sampled_from([f"</{tag}>", "</div>", "</ul>", ""])))
    return "".join(pieces)


@settings(max_examples=60)
@given(markup())
def test_whatever_a_page_holds_every_proposal_gives_its_items(page: str) -> None:
    url = "https://www.example.org/news/"
    answer = Fetched(
        request=Request(source_id=NEW, url=url), final_url=url, status=200, media_type="text/html", charset=None,
        body=f"<html><body>{page}</body></html>".encode(), complete=True, fetched_at=START,
    )  # fmt: skip
    source = unknown_source(url)
    for proposal in look(source, answer).proposals:
        options = LISTING.options(proposal.options)
        harvest = LISTING.items(replace(source, kind="listing", options=options), answer)
        assert isinstance(harvest, Harvest)
        assert harvest.items == proposal.items
        assert all(item.title and item.url for item in harvest.items)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused_in_a_sentence(raw: bytes) -> None:
    read = read_list(raw)
    assert isinstance(read, (str, tuple))
    if isinstance(read, tuple):
        result = plan(read[0], (), origin="x", enabled=False)
        assert all(address(row.url) == row.url for row in result.rows)


def test_the_shipped_catalogue_goes_out_and_comes_in() -> None:
    found = plugins()
    files = sorted((Path(__file__).resolve().parents[2] / "rules" / "sources").glob("*.yml"))
    shipped = [source for file in files for source in sources_in(file, found)]
    read = read_list(export(shipped, "opml").encode())
    assert isinstance(read, tuple)
    feeds = {source.url for source in shipped if source.kind == "feed"}
    assert {row.url for row in plan(read[0], (), origin="x", enabled=False).rows} == feeds
