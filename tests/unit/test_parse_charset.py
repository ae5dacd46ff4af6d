"""Bytes are read in the encoding they are in, and a label that lies is noticed."""

from __future__ import annotations

import pytest

from bot.parse.charset import decode, is_encoding

JAPANESE = "経済産業省は輸出管理を強化する。レアアース"
CHINESE = "商务部公告：稀土出口管制"
KOREAN = "산업통상자원부 수출 통제 똠"
RUSSIAN = "Правительство ввело запрет на вывоз"
GERMAN = "Ausfuhrkontrollen für Güter – „Magnete“"


@pytest.mark.parametrize(
    ("text", "encoding", "label", "read_as"),
    [
        (JAPANESE, "cp932", "Shift_JIS", "cp932"),
        (JAPANESE, "euc_jp", "EUC-JP", "euc_jp"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP", "iso2022_jp"),
        (CHINESE + "鍺", "gb18030", "gb2312", "gb18030"),  # a letter that GB2312 itself does not have
        (CHINESE, "gbk", "GBK", "gb18030"),
        ("出口管制", "big5", "Big5", "big5hkscs"),
        (KOREAN, "cp949", "euc-kr", "cp949"),  # a syllable that EUC-KR itself does not have
        (RUSSIAN, "cp1251", "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "KOI8-R", "koi8-r"),
        (GERMAN, "cp1252", "ISO-8859-1", "cp1252"),
        (GERMAN, "utf-8", "UTF-8", "utf-8"),
        (GERMAN, "utf-8", "utf8", "utf-8"),
    ],
)
def test_honest_labels(text: str, encoding: str, label: str, read_as: str) -> None:
    found = decode(text.encode(encoding), declared=label)
    assert (found.text, found.encoding, found.conflict, found.unreadable) == (text, read_as, False, 0)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_beats_every_label(mark: str) -> None:
    found = decode(JAPANESE.encode(mark), declared="windows-1252")
    assert found.text == JAPANESE
    assert found.conflict


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_xml_without_mark(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="utf-16"?><a>{JAPANESE}</a>'
    assert decode(text.encode(encoding)).text == text


def test_the_declaration_inside_counts_when_the_header_is_silent() -> None:
    xml = f'<?xml version="1.0" encoding="windows-1251"?><a>{RUSSIAN}</a>'
    assert decode(xml.encode("cp1251")).text == xml
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></head>{JAPANESE}'
    assert decode(page.encode("cp932")).text == page


def test_utf8_is_believed_over_a_label_that_says_otherwise() -> None:
    found = decode(GERMAN.encode(), declared="iso-8859-1")
    assert (found.text, found.encoding, found.conflict) == (GERMAN, "utf-8", True)


def test_two_letters_are_no_proof_against_a_label() -> None:
    assert decode("Ã©".encode("cp1252"), declared="iso-8859-1").text == "Ã©"


@pytest.mark.parametrize(
    ("text", "encoding", "languages"),
    [
        (JAPANESE, "cp932", ("ja",)),
        (JAPANESE, "euc_jp", ("ja",)),
        (KOREAN, "cp949", ("ko",)),
        (RUSSIAN, "cp1251", ("ru",)),
        (RUSSIAN, "koi8-r", ("ru",)),
    ],
)
@pytest.mark.parametrize("label", [None, "utf-8"])
def test_the_languages_of_a_source_name_its_old_encoding(
    text: str, encoding: str, languages: tuple[str, ...], label: str | None
) -> None:
    found = decode(text.encode(encoding), declared=label, languages=languages)
    assert found.text == text
    assert found.conflict is (label is not None)


def test_single_foreign_bytes_in_utf8_are_read_as_windows() -> None:
    body = f"{JAPANESE} ".encode() + "Güter\x81".encode("latin-1")
    found = decode(body, declared="utf-8", languages=("ja",))
    assert found.text == f"{JAPANESE} Güter\x81"
    assert (found.encoding, found.conflict, found.unreadable) == ("utf-8", True, 2)


def test_controls_that_were_windows_letters_are_letters_again() -> None:
    found = decode("don\u0092t, \u0093so\u0094\u0085 caf\u00e9".encode())
    assert (found.text, found.conflict) == ("don\u2019t, \u201cso\u201d\u0085 caf\u00e9", False)


@pytest.mark.parametrize("label", ["utf-16le", "utf-16-be", "utf-32le", "cp037", "cp500", "ibm1140"])
def test_a_label_of_another_alphabet_altogether_is_not_obeyed(label: str) -> None:
    body = GERMAN.encode("cp1252")
    assert decode(body, declared=label).text == GERMAN
    assert decode(b"<?xml version='1.0' encoding='%s'?>" % label.encode() + body).text.endswith(GERMAN)


def test_wide_text_without_a_mark_is_read_by_its_label() -> None:
    assert decode(f"\n{GERMAN}".encode("utf-16-le"), declared="utf-16le").text == f"\n{GERMAN}"


def test_unlabelled_western_text_is_windows() -> None:
    assert decode(GERMAN.encode("cp1252")).text == GERMAN


def test_one_bad_byte_does_not_turn_a_page_into_another_language() -> None:
    body = (CHINESE * 40).encode("gb18030") + b"\xff" + CHINESE.encode("gb18030")
    found = decode(body, declared="gb2312")
    assert found.text.startswith(CHINESE * 40)
    assert (found.encoding, found.conflict) == ("gb18030", True)


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "hex", "rot13", "idna", "x" * 40, "..", "a\0b", "ключ"])
def test_labels_that_are_no_charset_are_not_obeyed(label: str) -> None:
    assert not is_encoding(label)
    body = "a+ADw-script+AD4- \\u003c é".encode()
    assert decode(body, declared=label).text == body.decode()


def test_the_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufefftext".encode()).text == "text"
    assert decode(b"").text == ""
