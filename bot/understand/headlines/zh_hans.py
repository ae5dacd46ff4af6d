"""Simplified Chinese headlines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understand.headlines._countries.zh_hans import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

_KINDS = parse_kinds(
    """
    ban:
    禁止{to}出口[{goods}|]
    {against}[{goods}|]出口禁令

    control:
    限制{to}出口[{goods}|]
    {against}[{goods}|]出口管制

    licence:
    要求{to}出口[{goods}|]须经许可
    {against}[{goods}|]出口许可要求

    quota:
    设定{against}[{goods}|]出口配额
    {against}[{goods}|]出口配额

    duty:
    征收{against}[{goods}|]出口税
    {against}[{goods}|]出口税

    tariff:
    对{from}[{goods}|进口商品]加征关税
    对{from}[{goods}|进口商品]的关税

    import-ban:
    禁止进口{from}[{goods}|商品]
    对{from}[{goods}|商品]的进口禁令

    procurement:
    禁止政府采购{from}[{goods}|产品]
    对{from}[{goods}|产品]的政府采购禁令

    remedy:
    对{from}[{goods}|进口商品]采取反倾销措施
    对{from}[{goods}|进口商品]的反倾销措施

    list:
    将{whose}实体列入管控名单[（{goods}）|]
    将{whose}实体列入管控名单的决定[（{goods}）|]

    end-use:
    加强{to}出口[{goods}|]的最终用途核查
    {against}[{goods}|]出口最终用途核查

    refusal:
    原则上不批准{to}出口[{goods}|]
    {against}[{goods}|]出口原则上不批准的政策

    reexport:
    限制{to}再出口[{goods}|]
    {against}[{goods}|]再出口限制

    stock-build:
    增加[{goods}|战略物资]储备
    [{goods}|战略物资]储备计划

    stock-release:
    投放[{goods}|战略物资]储备
    [{goods}|战略物资]储备投放

    screening:
    限制{from}投资[（{goods}）|]
    对{from}投资的限制[（{goods}）|]

    takeover:
    接管企业[（{goods}）|]
    企业接管措施[（{goods}）|]

    sanctions:
    {on}实施制裁[（{goods}）|]
    {against}制裁[（{goods}）|]

    probe:
    {on}发起调查[（{goods}）|]
    {against}调查[（{goods}）|]

    customs:
    在海关滞留{to}出口的[{goods}|货物]
    {against}[{goods}|]出口通关拖延

    technology:
    限制{to}转让技术[（{goods}）|]
    {against}技术转让限制[（{goods}）|]

    reporting:
    要求申报{to}出口[{goods}的|]情况
    {against}[{goods}|]出口申报义务

    enforcement:
    打击规避[{goods}|]出口规定的行为
    [{goods}|]出口反规避行动

    retaliation:
    {on}采取反制措施[（{goods}）|]
    {against}反制措施[（{goods}）|]

    processing:
    要求[{goods}|矿产]在本国加工
    [{goods}|矿产]本地加工义务

    support:
    扶持[{goods}|战略物资]生产
    [{goods}|战略物资]生产扶持

    curbs:
    {on}收紧贸易限制[（{goods}）|]
    {against}贸易限制[（{goods}）|]

    other:
    {on}采取“{measure}”措施[（{goods}）|]
    {against}“{measure}”措施[（{goods}）|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _list(items: Sequence[str], most: int = MOST) -> str:
    return joined(items, comma="、", last="和", most=most, more=lambda _: "等")


def _place(before: str, codes: Sequence[str], most: int, after: str = "") -> str:
    return f"{before}{_list([COUNTRIES.get(code, code) for code in codes], most)}{after}" if codes else ""


def _subject(code: str, agency: str) -> str:
    name = COUNTRIES.get(code, code)
    if agency:
        # 美国商务部, 欧盟委员会: the ministry's name already says whose it is
        name = agency if agency[:1] == name[:1] else f"{name}（{agency}）"
    return name


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, "和"), most), ""


HEADLINES: Headlines = Headlines(
    name="zh-Hans",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: 宣布{noun}
        eases: 放宽{the}
        considers: 考虑{act}
        considers-easing: 考虑放宽{the}
        proposes: 提议{act}
        proposes-easing: 提议放宽{the}
        lifts: 解除{the}
        suspends: 暂停{the}
        eases.levy: 降低{the}
        considers-easing.levy: 考虑降低{the}
        proposes-easing.levy: 提议降低{the}
        lifts.levy: 取消{the}
        eases.end: 撤销{the}
        considers-easing.end: 考虑撤销{the}
        proposes-easing.end: 提议撤销{the}
        lifts.end: 撤销{the}
        extends: 延长{the}
        extends-relief: 延长{the}的暂停期
        denies: 否认{act}
        background: 背景：{by}{the}
    """),
    untold=parse_ways("""
        acts: 宣布{act}
        announces: 宣布{noun}
        in-force: {noun}已生效
        in-force-day: {noun}自{day}起生效
        eases: 放宽{the}
        considers: 正考虑{act}
        considers-easing: 正考虑放宽{the}
        proposes: 提议{act}
        proposes-easing: 提议放宽{the}
        lifts: 解除{the}
        suspends: 暂停{the}
        eases.levy: 降低{the}
        considers-easing.levy: 正考虑降低{the}
        proposes-easing.levy: 提议降低{the}
        lifts.levy: 取消{the}
        eases.end: 撤销{the}
        considers-easing.end: 正考虑撤销{the}
        proposes-easing.end: 提议撤销{the}
        lifts.end: 撤销{the}
        extends: 延长{the}
        extends-relief: 延长{the}的暂停期
        denies: 否认{act}
        background: 背景：{the}
    """),
    subject=_subject,
    plural=frozenset(),
    places={
        "to": lambda codes, most: _place("向", codes, most),
        "from": lambda codes, most: _place("来自", codes, most, "的"),
        "against": lambda codes, most: _place("对", codes, most, "的"),
        "on": lambda codes, most: _place("对", codes, most),
        "whose": lambda codes, most: _place("", codes, most),
        "by": lambda codes, most: _place("", codes, most),
    },
    goods=_goods,
    day=lambda day: f"{day.year}年{day.month}月{day.day}日",
    tails={
        "military": "（军事用途）",
        "civil-excepted": "（民用除外）",
        "force-day": "，{day}起生效",
        "force": "，已生效",
        "from": "，自{day}起",
        "until": "，至{day}",
        "force-span": "，{day}起生效，有效期至{until}",
        "span": "，自{day}起至{until}",
        "reported": "（未经证实）",
    },
)
