"""PDF files to text: pages, paragraphs, scripts, scans, locks, damage and bombs."""

from __future__ import annotations

import pytest

from bot.parse import pdf as parse_pdf
from bot.parse.pdf import PdfText, read_pdf
from bot.parse.text import normalise
from tests.fakes.pdf import PICTURE, bomb, pdf

LONG = "The licence requirement applies to items of heading 2805 that are"


def read(body: bytes) -> PdfText:
    found = read_pdf(body)
    assert isinstance(found, PdfText), found
    return found


def test_pages_begin_at_their_offsets() -> None:
    found = read(pdf(("Notice 18", "Rare earths"), ("Annex", "Terbium")))
    assert found.text == "Notice 18\nRare earths\n\nAnnex\nTerbium"
    assert [found.text[start:].split("\n")[0] for start in found.pages] == ["Notice 18", "Annex"]
    assert (found.scanned_pages, found.left_out, found.title) == (0, 0, "")


def test_running_text_is_joined_to_paragraphs() -> None:
    lines = (
        f"{LONG} pro-",
        "duced in a third country from material that was controlled before,",
        "and to every dual-use item that is named in the annex to this no-",
        "tice.",
        "It does not apply to samples of less than one kilogram for research,",
        "nor to what the ministry exempts.",
    )
    found = read(pdf(lines))
    first, second = found.text.split("\n\n")
    assert first == (
        f"{LONG} produced in a third country from material that was controlled before, and to every dual-use item "
        "that is named in the annex to this notice."
    )
    assert second.startswith("It does not apply")
    assert second.endswith("exempts.")


def test_a_word_that_is_written_with_a_hyphen_keeps_it() -> None:
    lines = (
        "Whoever exports dual-use goods needs a licence of the ministry for dual-",
        "use goods before the goods leave the customs territory of the country,",
        "whatever was agreed before.",
    )
    assert "for dual-use goods before" in read(pdf(lines)).text


def test_numbered_lines_and_short_entries_stay_lines() -> None:
    numbered = tuple(f"{n}. {LONG} made in province number {n}" for n in range(1, 6))
    assert read(pdf(numbered)).text.replace("\n\n", "\n").split("\n") == list(numbered)
    names = ("Acme Rare Metals Co.", "Beta Ltd", "Gamma Optical Instruments Factory", "Delta", "Epsilon Works")
    assert read(pdf(names)).text.split("\n") == list(names)


def test_scripts_without_blanks_are_joined_without_blanks() -> None:
    lines = (
        "商务部海关总署公告公布对部分中重稀土相关物项实施出口管制的决定，自发布之日",
        "起正式实施，出口经营者应当依法向国务院商务主管部门申请许可，未经许可不得出",
        "口。",
    )
    assert read(pdf(lines)).text == "".join(lines)
    korean = (
        "산업통상부는 전략물자 수출입고시를 개정하여 희토류 품목에 대한 수출허가를 의무화",
        "한다고 밝혔으며 시행일은 고시한 날부터 삼십일이 지난 날이라고 덧붙였다고 전했다고",
        "밝혔다.",
    )
    assert read(pdf(korean)).text == " ".join(korean)


@pytest.mark.parametrize(
    "text", ["輸出貿易管理令 別表第一", "전략물자", "хранение редкоземельных", "Điều 5 khoáng sản", "𠮷野 𝒳"]
)
def test_every_script_comes_out(text: str) -> None:
    assert read(pdf((text, "x"))).text == f"{normalise(text)}\nx"


def test_headers_footers_and_page_numbers_go_when_most_pages_have_them() -> None:
    pages = [("Official Gazette", f"Entry {7 * n} of the list", f"Note {n * n}", f"Page {n} of 6") for n in range(1, 7)]
    found = read(pdf(("List of entries",), *pages))
    assert "Gazette" not in found.text
    assert "Page" not in found.text
    assert "Entry 42 of the list" in found.text
    assert found.text[found.pages[3] :].startswith("Entry 21")


def test_rows_that_look_alike_are_no_footers() -> None:
    rows = [(f"No. {n * 37 % 101}", f"No. {n * 53 % 97}") for n in range(1, 9)]
    assert read(pdf(*rows)).text.replace("\n\n", "\n").split("\n") == [row for page in rows for row in page]


def test_pictures_of_pages_are_said_aloud() -> None:
    assert read(pdf(("Text",), PICTURE, PICTURE)).scanned_pages == 2
    assert read_pdf(pdf(PICTURE, PICTURE)) == (
        "The PDF file is scanned: 2 of its 2 pages are pictures, and there is no text."
    )
    assert read_pdf(pdf((), ())) == "The PDF file has no text."


def test_titles_are_what_people_gave() -> None:
    assert read(pdf(("x",), title="关于稀土的公告")).title == "关于稀土的公告"
    assert read(pdf(("x",), title="Microsoft Word - draft7")).title == ""
    assert read(pdf(("x",), title="annex_final.DOCX")).title == ""
    broken = pdf(("x",), title="AB").replace("AB".encode("utf-16").hex().encode(), b"feffdbffdbff")
    assert read(broken).title == "", "half a pair is no character"


def test_locked_and_damaged_files_are_refused_in_one_sentence() -> None:
    whole = pdf(("Some text",) * 30)
    assert read_pdf(pdf(("x",), locked=True)) == "The PDF file is locked with a password."
    damaged = "The PDF file is damaged or was cut off: it cannot be opened."
    for body in (b"", b"%PDF-1.7", b"<html>", whole[: len(whole) // 3], b"%PDF-1.7\n" + bytes(range(256)) * 20):
        assert read_pdf(body) == damaged


def test_files_that_lost_their_end_give_text_or_a_sentence() -> None:
    whole = pdf(("Some text",) * 30, ("More",))
    for end in range(0, len(whole), 97):
        found = read_pdf(whole[:end])
        assert isinstance(found, PdfText) or found.endswith(".")


def test_endless_files_are_bounded() -> None:
    found = read(pdf(*[(f"Chapter {n * n}",) for n in range(parse_pdf.MAX_PAGES + 5)]))
    assert len(found.pages) == parse_pdf.MAX_PAGES
    assert found.left_out == 5
    assert read_pdf(bomb(8)) == "The PDF file has no text."
