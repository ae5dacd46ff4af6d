"""Scripts without spaces: longest match, and borders where scripts and words tell."""

from __future__ import annotations

import pytest

from bot.types.levels import Slot
from tests.fakes.lexicon import concept, found, words


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("ja", "輸出規制", "中国が輸出規制を強化", ["輸出規制"], id="ja-plain"),
        pytest.param("ja", "リチウム", "リチウムの輸出", ["リチウム"], id="ja-katakana"),
        pytest.param("ja", "リチウム", "リチウムイオン電池", ["リチウム"], id="ja-katakana-compound"),
        pytest.param("ja", "リチウム", "トリチウム水の放出", [], id="ja-tritium"),
        pytest.param("ja", "テルビウム", "イッテルビウム", [], id="ja-ytterbium"),
        pytest.param("ja", "テルル", "ホテルルートイン", [], id="ja-hotel"),
        pytest.param("ja", "レニウム", "セレニウム", [], id="ja-selenium"),
        pytest.param("ja", "ニッケル", "フェロ・ニッケル", ["ニッケル"], id="ja-middle-dot-is-a-border"),
        pytest.param("ja", "チップ", "ポテトチップス", [], id="ja-crisps"),
        pytest.param("ja", "チップ", "チップの輸出", ["チップ"], id="ja-chip"),
        pytest.param("ja", "レジスト", "レジストリの設定", [], id="ja-registry"),
        pytest.param("ja", "モーター", "ゼネラル・モーターズ", [], id="ja-motors"),
        pytest.param("ja", "スズ", "スズキの新車", [], id="ja-suzuki"),
        pytest.param("ja", "スズ", "スズの輸出", ["スズ"], id="ja-tin"),
        pytest.param("ja", "制裁", "制裁金を科す", [], id="ja-fine"),
        pytest.param("ja", "EUV露光装置", "最新のEUV露光装置", ["EUV露光装置"], id="ja-mixed"),
        pytest.param("ja", "EUV露光装置", "DEUV露光装置", [], id="ja-mixed-border"),
        pytest.param("zh-Hans", "中断", "供应中断", ["中断"], id="zh-plain"),
        pytest.param("zh-Hans", "中断", "集中断供", [], id="zh-jizhong"),
        pytest.param("zh-Hans", "=拟", "中国拟限制", ["拟"], id="zh-ni"),
        pytest.param("zh-Hans", "=拟", "模拟芯片与虚拟现实", [], id="zh-moni"),
        pytest.param("zh-Hans", "中方", "集中方案", [], id="zh-plan"),
        pytest.param("zh-Hans", "美方", "完美方案由美方提出", ["美方"], id="zh-perfect-plan"),
        pytest.param("zh-Hans", "战争部", "战争部分", [], id="zh-part-of-war"),
        pytest.param("zh-Hans", "商务部", "商务部部署", ["商务部"], id="zh-word-follows"),
        pytest.param("zh-Hans", "石墨", "石墨烯", [], id="zh-graphene"),
        pytest.param("zh-Hans", "锡", "无锡市的锡", ["锡"], id="zh-wuxi"),
        pytest.param("zh-Hans", "出口管制|输出管制", "实施输出管制", ["输出管制"], id="zh-alternatives"),
        pytest.param("zh-Hans", "出口 + 管制|许可", "出口许可与出口管制", ["出口许可", "出口管制"], id="zh-compound"),
    ],
)
def test_characters(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


@pytest.mark.parametrize(
    ("lang", "term", "text", "surfaces"),
    [
        pytest.param("ja", "禁止 .. 輸出", "軍民両用品の輸出を禁止した。", ["輸出を禁止"], id="ja"),
        pytest.param("ja", "禁止 .. 輸出", "輸出は伸びた。喫煙は禁止だ。", [], id="ja-two-sentences"),
        pytest.param("ja", "停止 .. 輸出", "停止線を越えて輸出した。", [], id="ja-word-across"),
        pytest.param("zh-Hans", "禁止|不得 .. 出口|输出", "未经许可，任何人不得擅自出口。", ["不得擅自出口"], id="zh"),
        pytest.param("zh-Hans", "禁止 .. EUV|DUV", "禁止向其出售EUV设备", ["禁止向其出售EUV"], id="zh-latin-member"),
    ],
)
def test_pair(lang: str, term: str, text: str, surfaces: list[str]) -> None:
    assert words(text, lang, term) == surfaces


def test_longest_string_of_one_slot_wins() -> None:
    control = concept("export-control", {"zh-Hans": ["出口管制", "管制"]})
    entities = concept("entity-list", {"zh-Hans": ["出口管制管控名单", "管控名单", "名单"]})
    assert found("列入出口管制管控名单", "zh-Hans", control, entities) == [("entity-list", "出口管制管控名单")]


def test_other_slots_may_overlap() -> None:
    control = concept("export-control", {"zh-Hans": ["稀土出口管制"]})
    goods = concept("rare-earths", {"zh-Hans": ["稀土"]}, slot=Slot.GOODS)
    assert found("稀土出口管制", "zh-Hans", control, goods) == [
        ("rare-earths", "稀土"),
        ("export-control", "稀土出口管制"),
    ]


def test_inside_swallows_an_exit_of_the_underground() -> None:
    trade = concept("trade", {"zh-Hans": ["出口"]}, inside=["地铁出口", "高速出口"])
    assert found("地铁出口封闭，稀土出口增长", "zh-Hans", trade) == [("trade", "出口")]
    assert found("请从地铁出口离开", "zh-Hans", trade) == []


def test_zh_terms_serve_both_scripts() -> None:
    goods = concept("rare-earths", {"zh": ["稀土"]}, slot=Slot.GOODS)
    assert found("稀土出口", "zh-Hans", goods) == [("rare-earths", "稀土")]
    assert found("稀土出口", "zh-Hant", goods) == [("rare-earths", "稀土")]
