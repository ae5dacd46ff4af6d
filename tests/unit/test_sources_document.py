"""Lists whose change is the news: what changed is told once, in the language of the list, and a mishap is not."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from bot.parse.identity import Keyed, recognise
from bot.sources import _versions
from bot.sources._list_words import words_for
from bot.sources._work import gather
from bot.sources.document import SOURCE_KIND as DOCUMENT
from bot.types.document import Gathered
from bot.types.source import Fetched, Harvest, Item, KnownItem, Novelty, ParseFailure, Request
from tests.fakes import records
from tests.fakes.clock import START
from tests.fakes.pdf import PICTURE, pdf

LANGUAGES = ("en", "nl", "de", "fr", "es", "it", "pt", "pl", "ru", "ja", "zh-Hans", "zh-Hant", "ko", "id", "vi")
FIRMS = ["Acme Rare Metals", "Beta Optics", "Gamma Lasers", "Delta Works", "Epsilon Alloys", "Zeta Magnets"]


class List:
    """A source with its memory, as the pipeline keeps it."""

    def __init__(self, fields: dict[str, Any] | None = None, **options: object) -> None:
        values = {"url": "https://e.org/list", "publisher": "Ministry", "languages": ("en",)} | (fields or {})
        self.source = records.source("src", kind="document", options=DOCUMENT.options(options), **values)
        self.memory = ""

    def answer(self, body: str | bytes, **fields: Any) -> Fetched:
        values: dict[str, Any] = {
            "request": Request(source_id=self.source.id, url=self.source.url),
            "final_url": self.source.url,
            "status": 200,
            "media_type": "",
            "charset": "utf-8",
            "body": body.encode() if isinstance(body, str) else body,
            "complete": True,
            "fetched_at": START,
        }
        return Fetched(**values | fields)

    def poll(self, body: str | bytes, **fields: Any) -> Harvest | ParseFailure:
        found = DOCUMENT.items(self.source, self.answer(body, **fields), self.memory)
        self.memory = self.memory if found.memory is None else found.memory
        return found

    def news(self, body: str | bytes, **fields: Any) -> tuple[Item, ...]:
        found = self.poll(body, **fields)
        assert isinstance(found, Harvest), found
        return found.items

    def refusal(self, body: str | bytes, **fields: Any) -> str:
        found = self.poll(body, **fields)
        assert isinstance(found, ParseFailure), found
        return found.message


def lines(*entries: str) -> str:
    return "\n".join(entries)


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<title>Control list</title><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_the_first_answer_is_a_silent_baseline_and_a_change_is_one_item() -> None:
    ministry = List(title="Foreign end-user list")
    assert ministry.news(lines(*FIRMS)) == ()
    (item,) = ministry.news(lines(*FIRMS[1:], "Eta Chemicals", "Theta Drones"))
    assert item.title == "Foreign end-user list: 2 added, 1 removed"
    assert item.body_html == (
        "<p>Added to the list (2):</p><ul><li>Eta Chemicals</li><li>Theta Drones</li></ul>"
        "<p>Removed from the list (1):</p><ul><li>Acme Rare Metals</li></ul>"
    )
    assert item.url.startswith("https://e.org/list#version-")
    assert item.lang_hint == "en"
    assert ministry.news(lines(*FIRMS[1:], "Eta Chemicals", "Theta Drones")) == ()


def test_order_and_white_space_are_no_change() -> None:
    ministry = List()
    ministry.poll(lines(*FIRMS))
    assert ministry.news("\n\n".join(f"  {firm.replace(' ', '   ')} " for firm in reversed(FIRMS))) == ()


def test_two_entries_alike_count_as_two() -> None:
    ministry = List(title="List")
    ministry.poll(lines(*FIRMS, "Beta Optics"))
    (item,) = ministry.news(lines(*FIRMS))
    assert item.title == "List: 1 removed"


def test_an_edited_entry_is_changed_when_a_cell_names_it() -> None:
    rows = [("CN", "Acme", "Shanghai"), ("CN", "Beta", "Wuhan"), ("RU", "Gamma", "Omsk"), ("IR", "Delta", "Qom")]
    edited = [*rows[:1], ("CN", "Beta", "Wuhan and Xi'an"), *rows[2:]]
    named = List(row="tr", key=["2"])
    named.poll(table(*rows))
    (item,) = named.news(table(*edited))
    assert item.title == "Control list: 1 changed"
    assert "CN, Beta, Wuhan → CN, Beta, Wuhan and Xi'an" in item.body_html
    unnamed = List(row="tr", title="List")
    unnamed.poll(table(*rows))
    assert unnamed.news(table(*edited))[0].title == "List: 1 added, 1 removed"


def test_cells_may_be_named_by_the_head_of_the_table() -> None:
    head = ("No.", "Country", "Name", "Checked on")
    rows = [(str(n), "CN", firm, f"2026-01-0{n}") for n, firm in enumerate(FIRMS, start=1)]
    ministry = List(row="tr", cells=["Country", "name"], key="Name", title="List")
    assert ministry.news(table(("as of today",), head, *rows)) == ()
    assert ministry.news(table(head, *((n, c, firm, "2026-02-01") for n, c, firm, _ in rows))) == ()
    (item,) = ministry.news(table(head, *(("9", "RU" if firm == "Beta Optics" else c, firm) for _, c, firm, _ in rows)))
    assert item.title == "List: 1 changed"
    assert "no row" in ministry.refusal(table(*rows)).lower()


def test_numbers_before_the_lines_of_a_file_do_not_count() -> None:
    def edition(*firms: str) -> bytes:
        return pdf(["End users", *(f"{n} {firm}" for n, firm in enumerate(firms, start=1)), "of concern"])

    listed = List()
    listed.news(edition(*FIRMS))
    (item,) = listed.news(edition("Aardvark Mining", *FIRMS))  # the numbers of all that follow move on
    assert "1 added" in item.title
    assert "changed" not in item.title
    assert "removed" not in item.title


def test_numbers_that_do_not_count_on_belong_to_their_lines() -> None:
    listed = List()
    listed.news(lines("10 tonnes", "20 tonnes", "50 tonnes", "70 tonnes", "75 tonnes", "80 tonnes"))
    (item,) = listed.news(lines("10 tonnes", "20 tonnes", "50 tonnes", "70 tonnes", "76 tonnes", "80 tonnes"))
    assert "76 tonnes" in item.body_html


def test_numbers_that_count_the_rows_do_not_count() -> None:
    ministry = List(row="tr", title="List")
    ministry.poll(table(*((str(n), firm) for n, firm in enumerate(FIRMS, start=1))))
    (item,) = ministry.news(table(*((str(n), firm) for n, firm in enumerate(["New Firm", *FIRMS], start=1))))
    assert item.title == "List: 1 added"
    assert "<li>New Firm</li>" in item.body_html
    numbered = List(title="List")
    numbered.poll(lines(*(f"{n}. {firm}" for n, firm in enumerate(FIRMS, start=1))))
    assert numbered.news(lines(*(f"{n}、{firm}" for n, firm in enumerate(["New Firm", *FIRMS], start=1))))[0].title == (
        "List: 1 added"
    )


def test_what_changes_every_day_can_be_left_out() -> None:
    ministry = List(ignore="last updated")
    ministry.poll(lines("Last updated: 5 January", *FIRMS))
    assert ministry.news(lines("Last updated: 6 January", *FIRMS)) == ()


def test_a_version_is_one_item_however_often_it_is_read() -> None:
    ministry = List(title="List")
    ministry.poll(lines(*FIRMS))
    before = ministry.memory
    after = [*FIRMS, "Eta"]
    first = gather(ministry.source, ministry.answer(lines(*after)), before)
    again = gather(ministry.source, ministry.answer(lines(*reversed(after))), before)
    assert isinstance(first, Gathered)
    assert isinstance(again, Gathered)
    assert first.documents[0][1][0] == again.documents[0][1][0], "the name of the item"
    assert first.shown == 7
    ministry.news(lines(*after))
    later = gather(ministry.source, ministry.answer(lines(*after, "Theta")), ministry.memory)
    assert isinstance(later, Gathered)
    assert len(recognise((*first.documents, *later.documents), ())) == 2, "two versions are two items"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_words(language: str) -> None:
    lang, words = words_for((language,))
    assert lang == language
    ministry = List({"languages": (language,)}, title="List", row="tr", key="1")
    ministry.poll(table(*((firm, "x") for firm in FIRMS)))
    (item,) = ministry.news(table(*((firm, "y" if firm[0] == "A" else "x") for firm in FIRMS[:-1]), ("Eta", "x")))
    assert item.title.startswith(f"List{words.colon}")
    assert item.title.count("1") == 3
    assert len({*words[:7]}) == 7
    assert all("{n}" in phrase for phrase in words[:7])


def test_an_almost_empty_answer_is_a_mishap_until_it_is_seen_again() -> None:
    ministry = List(title="List")
    ministry.poll(lines(*FIRMS))
    assert ministry.refusal(lines(*FIRMS[:2])).startswith("4 of 6 entries are gone at once;")
    assert ministry.news(lines(*FIRMS)) == (), "it was one"
    ministry.refusal(lines(*FIRMS[:2]))
    (item,) = ministry.news(lines(*FIRMS[:2]))
    assert item.title == "List: 4 removed"
    assert ministry.news(lines(*FIRMS[:2])) == ()


def test_another_layout_is_never_a_change() -> None:
    ministry = List()
    ministry.poll(lines(*FIRMS))
    for _ in range(3):
        assert "another layout" in ministry.refusal(lines("Home", "News", "Contact us", "Search"))
    assert ministry.news(lines(*FIRMS, "Eta")) != ()
    sudden = List({"min_items": 5})
    sudden.poll(lines(*FIRMS))
    for _ in range(3):
        assert "Only 2 entries where at least 5" in sudden.refusal(lines(*FIRMS[:2]))


def test_other_options_or_another_edition_start_over() -> None:
    ministry = List()
    ministry.poll(lines(*FIRMS))
    anew = List(edition="layout of March")
    anew.memory = ministry.memory
    assert anew.news(lines("Home", "News", "Contact us", "Search")) == ()
    assert anew.news(lines("Home", "News", "Contact us", "Search", "Shop")) != ()


@pytest.mark.parametrize("memory", ["x", "{}", "[1]", '{"entries": [1]}', '{"entries": [["a", "b", "c"]]}', "null"])
def test_a_memory_that_cannot_be_read_starts_over(memory: str) -> None:
    ministry = List()
    ministry.memory = memory
    assert ministry.news(lines(*FIRMS)) == ()
    assert ministry.news(lines(*FIRMS, "Eta")) != ()


def test_half_an_answer_is_not_compared() -> None:
    ministry = List()
    ministry.poll(lines(*FIRMS))
    assert "cut off" in ministry.refusal(lines(*FIRMS[:5]), complete=False)


def test_many_entries_are_listed_in_part_and_long_ones_cut() -> None:
    ministry = List(title="List")
    ministry.poll(lines(*FIRMS))
    (item,) = ministry.news(lines(*FIRMS, *(f"Firm {n}" for n in range(150)), "x" * 5000))
    assert item.title == "List: 151 added"
    assert "<li>and 51 more</li>" in item.body_html
    assert len(item.body_html) < 10_000


def test_a_long_list_is_remembered_by_hashes_and_what_left_it_only_counted() -> None:
    firms = [f"Firm {n} of the province of Northern Somewhere, {'street ' * 60}{n}" for n in range(5_000)]
    ministry = List(title="List")
    ministry.poll(lines(*firms))
    assert len(ministry.memory) <= _versions.MAX_MEMORY
    (item,) = ministry.news(lines(*firms[2:], "New Firm"))
    assert item.title == "List: 1 added, 2 removed"
    assert item.body_html.endswith("<p>Removed from the list (2):</p><ul><li>5000 → 4999</li></ul>")
    assert "more than 45000 are not compared" in ministry.refusal(lines(*map(str, range(50_000))))


def test_two_changes_of_which_nothing_but_a_number_is_known_are_two_items() -> None:
    ministry = List(title="List")
    firms = [f"Firm {n} of Northern Somewhere, {'street ' * 60}{n}" for n in range(5_000)]
    ministry.poll(lines(*firms))
    told: list[Keyed] = []
    for gone in (1, 2):
        found = gather(ministry.source, ministry.answer(lines(*firms[gone:])), ministry.memory)
        assert isinstance(found, Gathered)
        assert found.memory is not None
        told += found.documents
        ministry.memory = found.memory
    (first, keys), second = told
    known = KnownItem(
        keys=keys, document_id=first.id, content_hash=first.content_hash, title=first.title,
        link=first.canonical_url, first_seen=START,
    )  # fmt: skip
    assert recognise([second], [known])[0].novelty is Novelty.NEW


def test_entries_are_text_whatever_they_hold() -> None:
    ministry = List(title="A & B <list>")
    ministry.poll(lines(*FIRMS))
    (item,) = ministry.news(lines(*FIRMS, "Smith &amp; Sons &lt;Asia&gt;"))
    assert item.title == "A & B <list>: 1 added"
    found = gather(ministry.source, ministry.answer(lines(*FIRMS)), ministry.memory)
    assert isinstance(found, Gathered)
    assert "Smith & Sons <Asia>" in found.documents[0][0].text


def test_lists_in_pdf_files() -> None:
    ministry = List(title="List")
    ministry.poll(pdf(("Foreign End User List",), FIRMS[:3], FIRMS[3:]))
    (item,) = ministry.news(pdf(("Foreign End User List",), FIRMS[:4], [*FIRMS[4:], "イータ化学"]))
    assert (item.title, "イータ化学" in item.body_html) == ("List: 1 added", True)
    assert "scanned" in ministry.refusal(pdf(PICTURE))
    assert "password" in ministry.refusal(pdf(("x",), locked=True))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_lists_in_csv_files(sign: str) -> None:
    head = sign.join(("id", "name", "address"))
    rows = [sign.join((f"E{n}", f'"{firm}{sign} Ltd"', "Street 1")) for n, firm in enumerate(FIRMS)]
    ministry = List({"url": "https://e.org/list.csv"}, key="name", title="List")
    ministry.poll(lines(head, *rows))
    (item,) = ministry.news(lines(head, *rows[:-1], rows[-1].replace("Street 1", "Street 2")))
    assert item.title == "List: 1 changed"
    assert f"E5, Zeta Magnets{sign.strip() or ' '}".strip() in item.body_html


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_csv_files(end: str) -> None:
    ministry = List(csv=True)
    ministry.poll(end.join(("name;street", *(f"{firm};Street 1" for firm in FIRMS))))
    (item,) = ministry.news(end.join(("name;street", *(f"{firm};Street 1" for firm in FIRMS), "Eta;Street 2")))
    assert "<li>Eta, Street 2</li>" in item.body_html


def workbook(*rows: tuple[str, ...]) -> bytes:
    names = sorted({cell for row in rows for cell in row})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        strings = "".join(f"<si><t>{name}</t><rPh><t>ヨミ</t></rPh></si>" for name in names)
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="urn:x">{strings}</sst>')
        cells = []
        for number, row in enumerate(rows, start=1):
            written = (
                f'<c r="{"BC"[column]}{number}" t="s"><v>{names.index(cell)}</v></c>' for column, cell in enumerate(row)
            )
            cells.append(f"<row>{''.join(written)}</row>")
        inline = '<row><c t="inlineStr"><is><t>Footnote</t></is></c><c><v>2.5</v></c></row>'
        packed.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="urn:x"><sheetData>{"".join(cells)}{inline}</sheetData></worksheet>',
        )
    return out.getvalue()


def test_lists_in_excel_workbooks() -> None:
    ministry = List(title="List", key="Name")
    rows = [("Name", "Country"), *((firm, "CN") for firm in FIRMS)]
    ministry.poll(workbook(*rows))
    (item,) = ministry.news(workbook(*rows[:-1], ("Zeta Magnets", "RU"), ("Eta", "IR")))
    assert item.title == "List: 1 added, 1 changed"
    assert "Zeta Magnets, CN → Zeta Magnets, RU" in item.body_html


def test_a_workbook_that_says_one_text_everywhere_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'x' * 2_000}</t></si></sst>")
        row = "<row>" + "<c t='s'><v>0</v></c>" * 50 + "</row>"
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{row * 1_000}</worksheet>")
    assert "too large" in List().refusal(out.getvalue())


@pytest.mark.parametrize(("place", "value"), [("flags", 0x01), ("flags", 0x40), ("packing", 99)])
def test_a_workbook_that_is_locked_or_packed_strangely_is_refused(place: str, value: int) -> None:
    whole = bytearray(workbook(("Name", "Country")))
    for mark, first in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + first + (2 if place == "packing" else 0)] = value
            at = whole.find(mark, at + 4)
    assert List().refusal(bytes(whole)) == "The Excel file is damaged, locked or too large."


def test_files_that_are_no_lists_are_refused_in_one_sentence() -> None:
    ministry = List()
    whole = workbook(("Name", "Country"))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (31 << 20))
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    says = "The Excel file is damaged, locked or too large."
    assert ministry.refusal(whole[:-30]) == says
    assert ministry.refusal(bomb.getvalue()) == says
    assert "no Excel workbook" in ministry.refusal(word.getvalue())
    assert "old kind" in ministry.refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"row": "tr["}, "option 'row'"),
        ({"key": {"a": 1}}, "'key' must be a text or a list"),
        ({"cells": ["0"]}, "'cells' counts cells from 1"),
        ({"csv": "perhaps"}, "'csv' must be true or false"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        DOCUMENT.options(options)


def test_memory_is_plain_text_of_the_entries() -> None:
    ministry = List()
    ministry.poll(lines("稀土", "镓"))
    assert json.loads(ministry.memory)["entries"] == [["稀土", ""], ["镓", ""]]
