"""Languages of short titles and of texts, by our own sentences."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.understand.language import KNOWN, identify, identify_parts, tag_to_code

TITLES = {
    "en": [
        "China curbs gallium exports",
        "US adds chip firms to entity list",
        "What the new licence rules mean for carmakers",
        "Magnet makers face months of delay",
        "Dutch government tightens chip tool rules",
        "Brussels weighs response to Beijing",
        "Export permits: a slow start",
        "Graphite prices jump after notice",
        "Japan protests against trade curbs",
        "EU carmakers warn of shortages",
        "Rare earths: five things to know",
        "Ministry extends truce until November",
        "Storm closes schools in the north",
        "Team wins cup after late goal",
        "How to grow tomatoes on a balcony",
        "MINISTER REJECTS CALLS FOR BAN",
    ],
    "nl": [
        "China beperkt uitvoer van gallium",
        "Kabinet scherpt regels voor chipmachines aan",
        "Magneten blijven weken liggen bij douane",
        "Wat de vergunningplicht betekent voor autobouwers",
        "Brussel overweegt antwoord aan Peking",
        "Uitvoerverbod treft ook Duitse fabrieken",
        "Zeldzame aardmetalen: vijf vragen",
        "Japan boos over Chinese maatregelen",
        "Prijs van grafiet schiet omhoog",
        "Minister wil geen verbod",
        "Bedrijven wachten op vergunning",
        "Storm legt treinverkeer plat",
        "Feyenoord wint met twee doelpunten verschil",
        "Zo kweek je tomaten op het balkon",
        "Bestand verlengd tot november",
        "RECHTER WIJST EIS VAN BEDRIJF AF",
    ],
    "de": [
        "China beschränkt Ausfuhr von Gallium",
        "Bundesregierung verschärft Regeln für Chipmaschinen",
        "Magnete hängen wochenlang im Zoll fest",
        "Was die Genehmigungspflicht für Autobauer bedeutet",
        "Brüssel erwägt Antwort an Peking",
        "Ausfuhrverbot trifft auch Werke in Sachsen",
        "Seltene Erden: fünf Fragen und Antworten",
        "Japan protestiert gegen Pekings Vorgehen",
        "Graphitpreis springt nach oben",
        "Ministerin lehnt Verbot ab",
        "Firmen warten auf Lizenzen",
        "Sturm legt Bahnverkehr lahm",
        "Bayern gewinnt spät gegen Bremen",
        "So wachsen Tomaten auf dem Balkon",
        "Waffenruhe bis November verlängert",
        "GERICHT WEIST KLAGE EINES HERSTELLERS AB",
    ],
    "ja": [
        "中国、ガリウムの輸出を制限",
        "半導体装置の輸出規制を強化",
        "対中輸出規制強化へ",
        "経産省、輸出管理を見直し",
        "磁石メーカーに打撃",
        "日本政府が抗議",
        "レアアース価格が急騰",
        "首相、経済安保会議で発言",
        "米国、対日関税を発動",
        "軍民両用品の輸出禁止を発表",
        "黒鉛の審査長期化",
        "自動車各社、調達先を分散",
        "台風で新幹線が運休",
        "阪神がサヨナラ勝ち",
        "ベランダで育てるトマト",
        "日中、対立激化懸念",
    ],
    "zh-Hans": [
        "商务部公告2026年第1号",
        "中国对镓实施出口管制",
        "美国将多家芯片企业列入实体清单",
        "稀土价格上涨",
        "日本抗议贸易限制措施",
        "欧盟车企警告供应短缺",
        "关于加强两用物项出口管制的决定",
        "海关总署发布新规",
        "荷兰收紧光刻机许可",
        "外交部发言人答记者问",
        "石墨许可审批放缓",
        "双方同意延长停战期限",
        "台风登陆沿海地区",
        "国足热身赛告负",
        "阳台种西红柿的方法",
        "专家解读新条例",
    ],
}


@pytest.mark.parametrize(("lang", "title"), [(lang, title) for lang, titles in TITLES.items() for title in titles])
def test_short_titles(lang: str, title: str) -> None:
    assert identify(title)[0] == lang


def test_every_language_has_sixteen_titles() -> None:
    assert {lang: len(set(titles)) for lang, titles in TITLES.items()} == dict.fromkeys(TITLES, 16)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "La Chine restreint ses exportations de gallium, selon le ministère du Commerce, qui ne donne pas de date.",
        ),
        ("es", "El ministerio anunció que las exportaciones de tierras raras necesitarán una licencia desde el lunes."),
        ("it", "Il ministero ha annunciato che le esportazioni di terre rare saranno soggette a una licenza."),
        ("pt", "O ministério anunciou que as exportações de terras raras vão precisar de uma licença."),
        ("pl", "Ministerstwo ogłosiło, że eksport metali ziem rzadkich będzie wymagał zezwolenia."),
        ("id", "Pemerintah mengumumkan bahwa ekspor nikel akan dilarang mulai bulan depan untuk semua perusahaan."),
        ("vi", "Bộ Thương mại thông báo rằng việc xuất khẩu đất hiếm sẽ cần giấy phép từ tháng tới."),
        ("ru", "Министерство объявило, что экспорт редкоземельных металлов потребует лицензии."),
        ("ko", "정부는 희토류 수출에 허가가 필요하다고 발표했다."),
        ("zh-Hant", "經濟部宣布將晶片設備納入出口管制，業者須申請許可。"),
        (
            "af",
            "Die minister sê dat die uitvoer van seldsame aardmetale nie meer sonder 'n permit toegelaat sal word nie.",
        ),
        (
            "sv",
            "Regeringen säger att exporten av sällsynta jordartsmetaller inte längre är tillåten utan licens.",
        ),
        ("uk", "Уряд повідомив, що експорт рідкісноземельних металів потребуватиме дозволу, і пояснив чому."),
        ("el", "Η κυβέρνηση ανακοίνωσε περιορισμούς στις εξαγωγές σπάνιων γαιών."),
        ("ar", "أعلنت الوزارة قيودا على تصدير المعادن النادرة"),
    ],
)
def test_other_languages_are_named(lang: str, text: str) -> None:
    assert identify(text)[0] == lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "De minister zegt dat de uitvoer van zeldzame aardmetalen niet meer zonder vergunning mag."),
        ("de", "Der Minister sagt, dass die Ausfuhr seltener Erden nicht mehr ohne Genehmigung erlaubt ist."),
        ("af", "Die minister sê die uitvoer van seldsame aardmetale mag nie meer sonder 'n permit wees nie."),
    ],
)
def test_dutch_german_afrikaans(lang: str, text: str) -> None:
    code, confidence = identify(text)
    assert code == lang
    assert confidence > 0.8


def test_kanji_without_kana_follow_the_source() -> None:
    assert identify("外相会談中止", sources=("ja",))[0] == "ja"
    assert identify("外交部声明", sources=("zh-Hans",))[0] == "zh-Hans"


def test_one_kana_in_a_chinese_text_is_no_japanese() -> None:
    assert identify("鲜の每日饮料公司宣布扩大在华投资并增加生产线")[0] == "zh-Hans"


def test_latin_names_do_not_hide_a_chinese_title() -> None:
    assert identify("ASML称DUV许可证被撤销")[0] == "zh-Hans"


def test_a_tag_decides_between_near_equals_only() -> None:
    assert identify("Trump Putin Gallium", hint="de")[0] == "de"
    assert identify("The ministry said that exports of gallium will need a licence.", hint="de")[0] == "en"
    assert identify("中国对镓实施出口管制", hint="en-US")[0] == "zh-Hans"


def test_title_and_body_are_named_apart() -> None:
    above, below = identify_parts(
        "商务部公告2026年第1号", "China bans exports of dual-use goods to the military of Japan."
    )
    assert (above[0], below[0]) == ("zh-Hans", "en")
    above, below = identify_parts(
        "Peking verbietet die Ausfuhr von Gallium", "The ministry said that it would not comment on the ban."
    )
    assert (above[0], below[0]) == ("de", "en")


def test_a_title_of_names_takes_the_language_of_its_body() -> None:
    above, below = identify_parts(
        "ASML, TSMC, Nexperia", "De minister zegt dat de vergunning voor de machines is ingetrokken."
    )
    assert (above[0], below[0]) == ("nl", "nl")


def test_without_body_the_title_speaks_for_both() -> None:
    above, below = identify_parts("China beperkt uitvoer van gallium", "")
    assert above == below
    assert above[0] == "nl"


@pytest.mark.parametrize("text", ["", " ", "1234 5678", "€ 3.50 %", "😀"])
def test_without_letters_nothing_is_named(text: str) -> None:
    assert identify(text) == ("und", 0.0)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-US", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("NL", "nl"),
        ("xx", None),
        ("", None),
        (None, None),
    ],
)
def test_tags(tag: str | None, code: str | None) -> None:
    assert tag_to_code(tag) == code


def test_all_known_codes_can_be_named_by_tag() -> None:
    assert {tag_to_code(code) for code in KNOWN} == set(KNOWN)


def test_clear_texts_load_no_model() -> None:
    code = (
        "import sys; from bot.understand.language import identify;"
        "print(identify('The ministry said that it would not comment on it.')[0], 'py3langid' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert answer.stdout.split() == ["en", "False"]
