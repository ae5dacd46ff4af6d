"""Citations and codes: one key for one notice, in whatever words it is cited."""

from __future__ import annotations

import itertools

import pytest

from bot.understand.identifiers import KINDS, Identifiers
from tests.fakes.lexicon import concept

IDENTIFIERS = Identifiers()


def keys(text: str) -> list[str]:
    return [found.value for found in IDENTIFIERS.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("商务部公告2026年第1号", id="ministry"),
        pytest.param("商务部公告2026第1号", id="without-nian"),
        pytest.param("商务部公告〔2026〕1号", id="brackets"),
        pytest.param("商務部公告 2026 年第 1 號", id="traditional-and-spaced"),
        pytest.param("商务部2026年第1号公告", id="number-first"),
        pytest.param("商务部、海关总署公告2026年第1号", id="joint"),
        pytest.param("商务部 海关总署公告2026年第1号", id="joint-spaced"),
        pytest.param("商务部发布新规。根据公告2026年第1号，", id="issuer-before"),
        pytest.param("中国商務省は公告2026年第1号を発表した", id="japanese"),
        pytest.param("MOFCOM Announcement No. 1 of 2026", id="english"),
        pytest.param("China's commerce ministry, in Announcement No. 1 [2026],", id="english-brackets"),
        pytest.param("MOFCOM & GACC Notice No.1, 2026", id="english-notice"),
        pytest.param("Beijing's Announcement [2026] No. 1", id="english-year-first"),
        pytest.param("China, Ann. 1/2026", id="english-short"),
        pytest.param("das chinesische Handelsministerium in der Bekanntmachung Nr. 1/2026", id="german"),
        pytest.param("Pekings Bekanntmachung Nr. 1 aus 2026", id="german-aus"),
        pytest.param("het Chinese ministerie van Handel in mededeling nr. 1 (2026)", id="dutch"),
        pytest.param("Beijing meldt in mededeling nr. 1 van 2026", id="dutch-van"),
    ],
)
def test_one_chinese_notice_has_one_key(text: str) -> None:
    assert keys(text) == ["cn-mofcom:2026:1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("商务部 海关总署公告2023年第39号", ["cn-mofcom:2023:39"], id="graphite"),
        pytest.param("财政部 税务总局公告2023年第39号", ["cn-mof:2023:39"], id="stamp-duty"),
        pytest.param("生态环境部公告2024年第33号", ["cn-mee:2024:33"], id="environment"),
        pytest.param("海关总署公告2025年第30号", ["cn-gacc:2025:30"], id="customs"),
        pytest.param("GACC Announcement No. 30 of 2025, says China", ["cn-gacc:2025:30"], id="customs-english"),
        pytest.param("不可靠实体清单工作机制公告〔2025〕7号", ["cn-uel:2025:7"], id="unreliable-entities"),
        pytest.param("税委会公告2025年第4号", ["cn-tariff:2025:4"], id="tariff-commission"),
        pytest.param("商务部令2026年第2号", ["cn-mofcom-order:2026:2"], id="order"),
        pytest.param("商务部公告2025年第55号、56号和57号", [f"cn-mofcom:2025:{n}" for n in (55, 56, 57)], id="list"),
        pytest.param(
            "MOFCOM announcements Nos. 55, 56 and 57 of 2025",
            [f"cn-mofcom:2025:{n}" for n in (55, 56, 57)],
            id="list-english",
        ),
        pytest.param("Announcement No. 5 of 2026 by India's commerce ministry", [], id="india"),
        pytest.param("Announcement No. 5 of 2026 of the housing office", [], id="nobody"),
        pytest.param("MOFCOM Announcement No. 61", [], id="no-year"),
        pytest.param("MOFCOM said in notice 2.5 of", [], id="decimal"),
        pytest.param("某某股份公告2026年第1号", [], id="listed-company"),
        pytest.param("司令2026年第1号", [], id="commander"),
    ],
)
def test_issuers_of_chinese_notices(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regulation (EU) 2021/821", "eu:2021:821"),
        ("Council Regulation (EC) No 428/2009", "eu:2009:428"),
        ("Delegierte Verordnung (EU) 2025/2003", "eu:2025:2003"),
        ("Verordening (EU) 2021/821", "eu:2021:821"),
        ("die Verordnung 2021/821", "eu:2021:821"),
        ("Council Decision (CFSP) 2023/432", "eu:2023:432"),
        ("Directive 2009/43/EC", "eu:2009:43"),
        ("EU規則(EU)2021/821", "eu:2021:821"),
        ("CELEX:32021R0821", "eu:2021:821"),
        ("87 FR 62186", "us-fr:87:62186"),
        ("88 Fed. Reg. 73,458", "us-fr:88:73458"),
        ("FR Doc No: 2026-00789", "us-frdoc:2026:00789"),
        ("federalregister.gov/documents/2022/10/13/2022-21658/x", "us-frdoc:2022:21658"),
        ("RIN 0694-AK43", "us-rin:0694-AK43"),
        ("15 CFR Part 744", "us-cfr:15:744"),
        ("15 CFR § 744.8", "us-cfr:15:744.8"),
        ("Executive Order 14272", "us-eo:14272"),
        ("E.O. 14,105", "us-eo:14105"),
        ("Proclamation 10908", "us-proc:10908"),
        ("Stcrt. 2023, 18212", "nl-stcrt:2023:18212"),
        ("Staatscourant 2023, nr. 18212", "nl-stcrt:2023:18212"),
        ("stcrt-2023-18212", "nl-stcrt:2023:18212"),
        ("Stb. 2024, 12", "nl-stb:2024:12"),
        ("外為法第48条", "jp-fefta:48"),
        ("輸出貿易管理令別表第1の16の項", "jp-ectr:1-16"),
        ("別表第一の十六の項", "jp-ectr:1-16"),
        ("令和7年経済産業省令第30号", "jp-meti-ordinance:2025:30"),
        ("平成元年経済産業省告示第5号", "jp-meti-notice:1989:5"),
        ("§ 74 AWV", "de-awv:74"),
        ("§ 17 Abs. 1 AWG", "de-awg:17"),
        ("die Außenwirtschaftsverordnung", "de-awv"),
        ("Allgemeine Genehmigung Nr. 12", "de-agg:12"),
        ("BAnz AT 04.02.2025", "de-banz:2025-02-04"),
        ("Notice to Exporters 2025/30", "uk-nte:2025:30"),
        ("NTE 2024/04", "uk-nte:2024:4"),
        ("SI 2024/346", "uk-si:2024:346"),
        ("WTO dispute DS431", "wto:ds:431"),
    ],
)
def test_acts_and_notices(text: str, expected: str) -> None:
    (found,) = IDENTIFIERS.find(text)
    assert found.value == expected
    assert found.concept in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "13 FR-drivers",
        "FR 62186",
        "12 CFR 204",
        "EO 5",
        "AWG 12 wire",
        "DSC431 camera",
        "a score of 2021/821",
        "she was 34/36",
        "Si 2024/3465a",
        "the RIN of a company",
        "Regulation 12/13",
    ],
)
def test_look_alikes_are_no_acts(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HS 2805.30", ["hs:280530"], id="hs"),
        pytest.param("HS codes 2805.30, 2846.90 and 8505.11", ["hs:280530", "hs:284690", "hs:850511"], id="list"),
        pytest.param("HS 2846", ["hs:2846"], id="heading"),
        pytest.param("Zolltarifnummer 8505 11 10", ["hs:850511"], id="german"),
        pytest.param("GN-code 8505 11", ["hs:850511"], id="dutch"),
        pytest.param("参考海关商品编号：2805301910", ["hs:280530"], id="chinese"),
        pytest.param("税则号列：28053019", ["hs:280530"], id="chinese-heading"),
        pytest.param("HSコード 8505.11", ["hs:850511"], id="japanese"),
        pytest.param("HTSUS 8542.31.00", ["hs:854231"], id="us"),
        pytest.param("HS 2022 edition", [], id="edition"),
        pytest.param("HS students scored 1200", [], id="high-school"),
        pytest.param("in 2846 cases", [], id="no-word"),
        pytest.param("HS 9999.10", [], id="no-such-chapter"),
        pytest.param("ECCN 3A090.a", ["us-eccn:3A090.a"], id="eccn"),
        pytest.param("管制编码：1E902.a", ["cn-eccn:1E902.a"], id="cn-code"),
        pytest.param("Annex I to Regulation (EU) lists 3B001", ["eu-eccn:3B001"], id="eu-annex"),
        pytest.param("the export list names 3A001", ["eccn:3A001"], id="issuer-unknown"),
        pytest.param(
            "ECCN 3A090 in the US and, at MOFCOM, 1C902", ["us-eccn:3A090", "cn-eccn:1C902"], id="nearest-issuer"
        ),
        pytest.param("seat 3A001 on the plane", [], id="seat"),
        pytest.param("export 13A0011 RC1C902X A3A001", [], id="longer-words"),
        pytest.param("EAR99 items", ["us-eccn:EAR99"], id="ear99"),
        pytest.param("CAS 7440-55-3", ["cas:7440-55-3"], id="cas"),
        pytest.param("CAS-Nr. 7440-55-3, 1308-87-8", ["cas:7440-55-3", "cas:1308-87-8"], id="cas-list"),
        pytest.param("CAS号：7440-55-3", ["cas:7440-55-3"], id="cas-chinese"),
        pytest.param("CAS 7440-55-4", [], id="cas-wrong-check-digit"),
        pytest.param("7440-55-3", [], id="cas-without-word"),
        pytest.param("call 2025-10-9", [], id="date"),
    ],
)
def test_codes_of_goods(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_known_cas_numbers_need_no_word() -> None:
    known = Identifiers([concept("gallium", {}, cas=("7440-55-3",))])
    assert [found.value for found in known.find("gallium (7440-55-3) metal")] == ["cas:7440-55-3"]


def test_spans_are_the_words() -> None:
    text = "Siehe Straße İ: Verordnung (EU) 2021/821, Anhang."
    (found,) = IDENTIFIERS.find(text)
    assert text[found.start : found.end] == "Verordnung (EU) 2021/821"


@pytest.mark.parametrize(
    "noise",
    [
        "公告" * 20_000,
        "announcement no. " * 5_000,
        "hs 2805.30, " * 8_000,
        "cas 7440-55-3, " * 6_000,
        "(eu) " * 20_000,
        "第1号、" * 20_000,
        "1a" * 40_000,
        "announcement no. 1 of 2026 " * 5_000,
        "arrêté ministériel n° 12/cab.min" + "/a" * 30_000,
        "peraturan menteri perdagangan no. 1/a./a./" * 4_000,
        "ds431, 432, 433, " * 6_000,
        "постановление правительства от 1 января " * 4_000,
        "at least 50%" * 10_000,
        "経" * 10 + "字第113" * 20_000,
        "令和7年" * 20_000,
        "decreto legislativo 15 dicembre " * 5_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_texts_end(noise: str) -> None:
    """Work that grew with the square of these texts would run into the suite's time limit."""
    found = IDENTIFIERS.find(noise)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
