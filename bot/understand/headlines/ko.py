"""Korean headlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.understand.headlines._countries.ko import COUNTRIES
from bot.understand.headlines._render import PLAIN
from bot.understand.headlines._template import MOST, Headlines, apart, joined, parse_kinds, parse_ways

# Nouns alone, as Korean headlines have it: no particle has to agree with the word before it.
_KINDS = parse_kinds(
    """
    ban:
    {to}[{goods} |]수출 금지
    {to}[{goods} |]수출 금지

    control:
    {to}[{goods} |]수출 통제
    {to}[{goods} |]수출 통제

    licence:
    {to}[{goods} |]수출 허가제 도입
    {to}[{goods} |]수출 허가제

    quota:
    {to}[{goods} |]수출 쿼터 설정
    {to}[{goods} |]수출 쿼터

    duty:
    {to}[{goods} |]수출세 부과
    {to}[{goods} |]수출세

    tariff:
    {from}[{goods}|수입품] 관세 부과
    {from}[{goods}|수입품] 관세

    import-ban:
    {from}[{goods}|제품] 수입 금지
    {from}[{goods}|제품] 수입 금지

    procurement:
    {whose}업체 공공조달 배제[({goods})|]
    {whose}업체 공공조달 배제[({goods})|]

    remedy:
    {from}[{goods}|수입품] 반덤핑 조치
    {from}[{goods}|수입품] 반덤핑 조치

    list:
    {whose}기업·기관 통제 명단 등재[({goods})|]
    {whose}기업·기관 통제 명단 등재[({goods})|]

    end-use:
    {to}[{goods} |]수출 최종용도 확인 강화
    {to}[{goods} |]수출 최종용도 확인

    refusal:
    {to}[{goods} |]수출 허가 거부
    {to}[{goods} |]수출 허가 거부

    reexport:
    {to}[{goods} |]재수출 통제
    {to}[{goods} |]재수출 통제

    stock-build:
    [{goods} |]비축 확대
    [{goods} |]비축 확대

    stock-release:
    [{goods} |]비축분 방출
    [{goods} |]비축분 방출

    screening:
    {whose}자본 투자 제한[({goods})|]
    {whose}자본 투자 제한[({goods})|]

    takeover:
    기업 경영권 국가 인수[({goods})|]
    기업 경영권 국가 인수[({goods})|]

    sanctions:
    {against}제재 부과[({goods})|]
    {against}제재[({goods})|]

    probe:
    {against}조사 착수[({goods})|]
    {against}조사[({goods})|]

    customs:
    {to}[{goods} |]수출 통관 지연
    {to}[{goods} |]수출 통관 지연

    technology:
    {to}기술 이전 제한[({goods})|]
    {to}기술 이전 제한[({goods})|]

    reporting:
    {to}[{goods} |]수출 신고 의무화
    {to}[{goods} |]수출 신고 의무

    enforcement:
    [{goods} |]우회 수출 단속
    [{goods} |]우회 수출 단속

    retaliation:
    {against}보복 조치[({goods})|]
    {against}보복 조치[({goods})|]

    processing:
    [{goods} |]국내 가공 의무화
    [{goods} |]국내 가공 의무

    support:
    [{goods} |전략 물자 ]생산 지원
    [{goods} |전략 물자 ]생산 지원

    curbs:
    {against}무역 규제 강화[({goods})|]
    {against}무역 규제[({goods})|]

    other:
    {against}‘{measure}’ 조치[({goods})|]
    {against}‘{measure}’ 조치[({goods})|]
    """,
    ("act", "noun"),
    plain=PLAIN,
)


def _list(items: Sequence[str], most: int = MOST, *, more: str = "개") -> str:
    return joined(items, comma="·", last="·", most=most, more=lambda left: f" 외 {left}{more}")


def _place(codes: Sequence[str], most: int, particle: str) -> str:
    return f"{_list([COUNTRIES.get(code, code) for code in codes], most, more='개국')}{particle} " if codes else ""


def _subject(code: str, agency: str) -> str:
    name = COUNTRIES.get(code, code)
    if agency:
        # 미 상무부, 중국 상무부: the ministry's name already says whose it is
        name = agency if agency[:1] == name[:1] else f"{name}({agency})"
    return f"{name}, "


def _goods(names: Sequence[str], most: int) -> tuple[str, str]:
    return _list(apart(names, "·"), most), ""


def _day(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


HEADLINES: Headlines = Headlines(
    name="ko",
    countries=COUNTRIES,
    kinds=_KINDS,
    told=parse_ways("""
        acts: {act}
        announces: {noun} 발표
        eases: {the} 완화
        considers: {noun} 검토
        considers-easing: {the} 완화 검토
        proposes: {noun} 제안
        proposes-easing: {the} 완화 제안
        lifts: {the} 해제
        suspends: {the} 유예
        eases.levy: {the} 인하
        considers-easing.levy: {the} 인하 검토
        proposes-easing.levy: {the} 인하 제안
        lifts.levy: {the} 철폐
        eases.end: {the} 철회
        considers-easing.end: {the} 철회 검토
        proposes-easing.end: {the} 철회 제안
        lifts.end: {the} 철회
        extends: {the} 연장
        extends-relief: {the} 유예 연장
        denies: {noun} 부인
        background: 배경: {by}{the}
    """),
    untold=parse_ways("""
        acts: {noun} 발표
        announces: {noun} 발표
        in-force: {noun} 시행
        in-force-day: {noun}, {day} 시행
        eases: {the} 완화
        considers: {noun} 검토
        considers-easing: {the} 완화 검토
        proposes: {noun} 제안
        proposes-easing: {the} 완화 제안
        lifts: {the} 해제
        suspends: {the} 유예
        eases.levy: {the} 인하
        considers-easing.levy: {the} 인하 검토
        proposes-easing.levy: {the} 인하 제안
        lifts.levy: {the} 철폐
        eases.end: {the} 철회
        considers-easing.end: {the} 철회 검토
        proposes-easing.end: {the} 철회 제안
        lifts.end: {the} 철회
        extends: {the} 연장
        extends-relief: {the} 유예 연장
        denies: {noun} 부인
        background: 배경: {the}
    """),
    subject=_subject,
    plural=frozenset(),
    places={
        "to": lambda codes, most: _place(codes, most, "에 대한"),
        "from": lambda codes, most: _place(codes, most, "산"),
        "against": lambda codes, most: _place(codes, most, "에 대한"),
        "on": lambda codes, most: _place(codes, most, "에 대한"),
        "whose": lambda codes, most: _place(codes, most, ""),
        "by": lambda codes, most: _place(codes, most, "의"),
    },
    goods=_goods,
    day=_day,
    tails={
        "military": " (군사 용도)",
        "civil-excepted": " (민간 용도 제외)",
        "force-day": ", {day} 시행",
        "force": ", 시행 중",
        "from": ", {day}부터",
        "until": ", {day}까지",
        "force-span": ", {day} 시행, {until}까지",
        "span": ", {day}부터 {until}까지",
        "reported": " (미확인)",
    },
)
