"""Japanese headlines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understand.headlines._countries.ja import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_KINDS = parse_kinds(
    """
    ban:
    {to}[{goods}の|]輸出を禁止
    {to}[{goods}の|]輸出禁止

    control:
    {to}[{goods}の|]輸出を規制
    {to}[{goods}の|]輸出規制

    licence:
    {to}[{goods}の|]輸出を許可制に
    {to}[{goods}の|]輸出許可制

    quota:
    {to}[{goods}の|]輸出枠を設定
    {to}[{goods}の|]輸出枠

    duty:
    {to}[{goods}の|]輸出に課税
    {to}[{goods}の|]輸出税

    tariff:
    {from}[{goods}の|]輸入に関税
    {from}[{goods}の|]輸入関税

    import-ban:
    {from}[{goods}の|]輸入を禁止
    {from}[{goods}の|]輸入禁止

    procurement:
    {whose}企業を政府調達から除外[（{goods}）|]
    {whose}企業の政府調達からの除外[（{goods}）|]

    remedy:
    {from}[{goods}の|]輸入に反ダンピング措置
    {from}[{goods}の|]輸入への反ダンピング措置

    list:
    {whose}企業などを規制リストに追加[（{goods}）|]
    {whose}企業などの規制リスト掲載[（{goods}）|]

    end-use:
    {to}[{goods}の|]輸出で最終用途の確認を厳格化
    {to}[{goods}の|]輸出での最終用途確認

    refusal:
    {to}[{goods}の|]輸出を原則不許可に
    {to}[{goods}の|]輸出の原則不許可

    reexport:
    {to}[{goods}の|]再輸出を規制
    {to}[{goods}の|]再輸出規制

    stock-build:
    [{goods}の|]備蓄を積み増し
    [{goods}の|]備蓄積み増し

    stock-release:
    [{goods}の|]備蓄を放出
    [{goods}の|]備蓄放出

    screening:
    {from}投資を制限[（{goods}）|]
    {from}投資の制限[（{goods}）|]

    takeover:
    企業を国の管理下に[（{goods}）|]
    国による企業管理[（{goods}）|]

    sanctions:
    {against}制裁を発動[（{goods}）|]
    {against}制裁[（{goods}）|]

    probe:
    {against}調査を開始[（{goods}）|]
    {against}調査[（{goods}）|]

    customs:
    {to}[{goods}の|]輸出を通関で留め置き
    {to}[{goods}の|]輸出の通関遅延

    technology:
    {to}技術移転を制限[（{goods}）|]
    {to}技術移転の制限[（{goods}）|]

    reporting:
    {to}[{goods}の|]輸出に届け出を義務付け
    {to}[{goods}の|]輸出の届け出義務

    enforcement:
    [{goods}の|]迂回輸出の取り締まりを強化
    [{goods}の|]迂回輸出の取り締まり

    retaliation:
    {against}対抗措置を発動[（{goods}）|]
    {against}対抗措置[（{goods}）|]

    processing:
    [{goods}の|]国内加工を義務付け
    [{goods}の|]国内加工義務

    support:
    [{goods}の|戦略物資の]生産を支援
    [{goods}の|戦略物資の]生産支援

    curbs:
    {against}貿易規制を強化[（{goods}）|]
    {against}貿易規制[（{goods}）|]

    other:
    {against}「{measure}」措置を実施[（{goods}）|]
    {against}「{measure}」措置[（{goods}）|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _list(items: Sequence[str], most: int = MOST) -> str:
    return joined(items, comma="・", last="・", most=most, more=lambda _: "など")


def _place(codes: Sequence[str], most: int, particle: str) -> str:
    return f"{_list([COUNTRIES.get(code, code) for code in codes], most)}{particle}" if codes else ""


def _subject(code: str, agency: str) -> str:
    name = COUNTRIES.get(code, code)
    if agency:
        # 米商務省, 中国商務省: the ministry's name already says whose it is
        name = agency if agency[:1] == name[:1] else f"{name}（{agency}）"
    return f"{name}、"


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, "・"), most), ""


HEADLINES: Headlines = Headlines(
    name="ja",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: {noun}を発表
        eases: {the}を緩和
        considers: {noun}を検討
        considers-easing: {the}の緩和を検討
        proposes: {noun}を提案
        proposes-easing: {the}の緩和を提案
        lifts: {the}を解除
        suspends: {the}を一時停止
        eases.levy: {the}を引き下げ
        considers-easing.levy: {the}の引き下げを検討
        proposes-easing.levy: {the}の引き下げを提案
        lifts.levy: {the}を撤廃
        eases.end: {the}を取りやめ
        considers-easing.end: {the}の取りやめを検討
        proposes-easing.end: {the}の取りやめを提案
        lifts.end: {the}を取りやめ
        extends: {the}を延長
        extends-relief: {the}の停止を延長
        denies: {noun}を否定
        background: 背景：{by}{the}
    """),
    untold=parse_ways("""
        acts: {noun}を発表
        announces: {noun}を発表
        in-force: {noun}が発効
        in-force-day: {noun}が{day}に発効
        eases: {the}を緩和
        considers: {noun}を検討
        considers-easing: {the}の緩和を検討
        proposes: {noun}を提案
        proposes-easing: {the}の緩和を提案
        lifts: {the}を解除
        suspends: {the}を一時停止
        eases.levy: {the}を引き下げ
        considers-easing.levy: {the}の引き下げを検討
        proposes-easing.levy: {the}の引き下げを提案
        lifts.levy: {the}を撤廃
        eases.end: {the}を取りやめ
        considers-easing.end: {the}の取りやめを検討
        proposes-easing.end: {the}の取りやめを提案
        lifts.end: {the}を取りやめ
        extends: {the}を延長
        extends-relief: {the}の停止を延長
        denies: {noun}を否定
        background: 背景：{the}
    """),
    subject=_subject,
    plural=frozenset(),
    places={
        "to": lambda codes, most: _place(codes, most, "向け"),
        "from": lambda codes, most: _place(codes, most, "からの"),
        "against": lambda codes, most: _place(codes, most, "に対する"),
        "on": lambda codes, most: _place(codes, most, "に対する"),
        "whose": lambda codes, most: _place(codes, most, "の"),
        "by": lambda codes, most: _place(codes, most, "による"),
    },
    goods=_goods,
    day=lambda day: f"{day.year}年{day.month}月{day.day}日",
    tails={
        "military": "（軍事用途）",
        "civil-excepted": "（民生用途を除く）",
        "force-day": "、{day}施行",
        "force": "、施行済み",
        "from": "、{day}から",
        "until": "、{day}まで",
        "force-span": "、{day}施行、{until}まで",
        "span": "、{day}から{until}まで",
        "reported": "（未確認）",
    },
)
