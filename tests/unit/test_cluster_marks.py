"""Digits that count are the same in every language, and so are numbers of notices; copies are found by their bands."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cluster.marks import credit, figures, numbered
from bot.cluster.sketch import bands, shared, sketch

QUOTA = (
    "The quota falls to 18.3 million tonnes",
    "Kontyngent maleje do 18,3 mln ton",
    "쿼터를 1830만 톤으로 줄인다",
    "配额降至1830万吨",
)
SHARE = (
    "a duty of 50% is proposed",
    "50 proc. cła",
    "un arancel del 50 por ciento",
    "관세를 50%로",
    "пошлина 50 процентов",
)
LARGE = ("from 379 million tons", "3億7900万トンから", "3.79亿吨")
NOTICE = (
    "Announcement No. 61 of 2025",
    "商务部公告2025年第61号",
    "商務部第61號公告",
    "상무부 제61호 공고",
    "Bekanntmachung Nr. 61",
    "l'annuncio n. 61",
    "aviso n.º 61",
    "Anúncio nº 61",
    "Объявление № 61",
    "Thông báo số 61",
    "obwieszczenie nr 61",
    "Pengumuman Nomor 61",
)


@pytest.mark.parametrize("text", QUOTA)
def test_a_quantity_is_the_same_digits_in_every_script(text: str) -> None:
    assert figures(text, "") == ("183",)


@pytest.mark.parametrize("text", SHARE)
def test_a_share_keeps_its_sign(text: str) -> None:
    assert figures(text, "") == ("5%",)


@pytest.mark.parametrize("text", LARGE)
def test_large_units_of_east_asia_are_read(text: str) -> None:
    assert figures(text, "") == ("379",)


@pytest.mark.parametrize("text", NOTICE)
def test_the_number_of_a_notice_is_found_behind_every_sign(text: str) -> None:
    assert numbered(text, "") == ("61",)
    assert figures(text, "") == ()


@pytest.mark.parametrize("text", ["from 8 November 2025", "2025年11月28日", "H20 chips", "on the 14th at 9", "in 2026"])
def test_dates_names_and_single_digits_are_no_figures(text: str) -> None:
    assert figures(text, "", days=[14]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "under Section 232",
        "§ 232",
        "依232條款",
        "通商拡大法232条",
        "무역확장법 232조",
        "selon l'article 232",
        "Điều 232",
    ],
)
def test_where_a_law_says_it_is_no_figure(text: str) -> None:
    assert figures(text, "") == ()
    assert figures("예산 232조원", "") == ("232",)


def test_a_quantity_that_begins_like_the_day_of_the_text_is_one() -> None:
    assert figures("2億6000万トンに削減", "", days=[2]) == ("26",)


def test_several_notices_are_all_named_and_figures_keep_their_order() -> None:
    assert numbered("公布暂停实施2025年第55号、56号、57号的决定", "") == ("55", "56", "57")
    assert figures("", "duties of 27.91% to 38.02% on 120 products") == ("2791", "3802", "12")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PARIS (Meridian) - The ministry said", "meridian"),
        ("（子午社）— 商务部九日公布", "子午社"),
        ("(Meridian) – Het ministerie zei", "meridian"),
        ("The ministry (MOFCOM) said - as always - nothing", ""),
        ("It fell by a third (33%) - a record", ""),
        ("No brackets at all", ""),
    ],
)
def test_the_agency_that_a_text_names_as_its_author_is_found(text: str, name: str) -> None:
    assert credit(text) == name


WIRE = (
    "Exporters of five more metals will need a licence from next month, the ministry said on Thursday, adding that "
    "applications for military users would be refused and that cargoes at sea are not concerned by the new rule."
)
CHINESE = "商务部九日公布对五种中重稀土相关物项实施出口管制的决定，出口经营者应当向主管部门申请许可，公告自下月起实施。"


@pytest.mark.parametrize(
    ("text", "edited"), [(WIRE, WIRE.replace("five", "some")), (CHINESE, CHINESE.replace("九日", "今天"))]
)
def test_a_copy_with_a_changed_word_shares_a_band_and_most_shingles(text: str, edited: str) -> None:
    one, other = sketch("", text), sketch("", edited)
    assert not bands(one).isdisjoint(bands(other))
    assert shared(one, other) / len(set(one) | set(other)) > 0.6


def test_other_texts_share_no_band() -> None:
    assert bands(sketch("", WIRE)).isdisjoint(bands(sketch("", CHINESE)))
    assert bands(sketch("", "")) == frozenset()


def test_bands_are_the_same_in_another_process() -> None:
    code = f"from bot.cluster.sketch import bands, sketch; print(sorted(bands(sketch('', {WIRE!r}))))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert made.stdout.strip() == str(sorted(bands(sketch("", WIRE))))


def test_the_bands_that_are_filed_do_not_change_with_the_library() -> None:
    """Stories are found by these names for thirty days: a library that makes others parts every copy from its story."""
    assert sorted(bands(sketch("", "One short text")))[:2] == ["0:53e9c7c339ae", "10:f0e41b47387c"]
