"""Alerts for tests of everything that shows alerts: ordinary ones, the smallest, the largest, and hostile ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.types.delivery import (
    Action,
    Alert,
    ChannelTarget,
    Delivery,
    DeliveryState,
    Message,
    Quote,
    SourceLine,
)
from bot.types.ids import AlertId, DeliveryId, RuleId, SectorId, StoryId
from bot.types.levels import Authority, Band, Direction, Stage

NOW = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)

SECTOR_NAMES: Mapping[str, Mapping[str, str]] = {
    "wind": {"en": "Wind turbines", "nl": "Windturbines", "de": "Windkraft", "ja": "風力発電", "fr": "Éoliennes"},
    "automotive": {"en": "Cars", "nl": "Auto’s", "de": "Automobil", "ja": "自動車", "fr": "Automobile"},
    "medical-devices": {"en": "Medical devices", "nl": "Medische apparatuur", "de": "Medizintechnik", "ja": "医療機器"},
    "semiconductors": {"en": "Semiconductors", "nl": "Halfgeleiders", "de": "Halbleiter", "ja": "半導体"},
}


def marked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text with [marks] as (plain text, spans)."""
    plain, spans = "", []
    for piece in text.split("["):
        inside, bracket, after = piece.partition("]")
        if bracket:
            spans.append((len(plain), len(plain) + len(inside)))
            plain += inside + after
        else:
            plain += piece
    return plain, tuple(spans)


def quote(text: str, lang: str, publisher: str = "", url: str = "") -> Quote:
    """A quote whose marks are in square brackets."""
    plain, spans = marked(text)
    return Quote(text=plain, lang=lang, marks=spans, publisher=publisher, url=url)


def source(publisher: str, url: str, lang: str, title: str, authority: Authority = Authority.PRESS) -> SourceLine:
    """A source of the sample day."""
    host = url.split("/")[2] if "//" in url else ""
    return SourceLine(
        publisher=publisher,
        authority=authority,
        url=url,
        host=host,
        lang=lang,
        title=title,
        published_at=NOW - timedelta(hours=1),
    )


CHINA_JAPAN = Alert(
    id=AlertId("a-1"),
    story_id=StoryId("s-1"),
    revision=5,
    headlines={
        "en": "China bars dual-use exports to military users in Japan",
        "nl": "China verbiedt uitvoer van dual-usegoederen naar militaire gebruikers in Japan",
        "de": "China verbietet Dual-Use-Ausfuhren an militärische Nutzer in Japan",
        "fr": "La Chine interdit l’exportation de biens à double usage vers les utilisateurs militaires du Japon",
        "ja": "中国、日本の軍事ユーザー向けデュアルユース品の輸出を禁止",
        "zh-Hans": "中国禁止向日本军事用户出口两用物项",
        "ko": "중국, 일본 군사 최종사용자에 대한 이중용도 품목 수출 금지",
        "es": "China prohíbe exportar bienes de doble uso a usuarios militares de Japón",
    },
    band=Band.URGENT,
    score=86.25,
    probability=0.925,
    direction=Direction.TIGHTEN,
    stage=Stage.IN_FORCE,
    sectors=(
        (SectorId("semiconductors"), "Semiconductors", 86.25),
        (SectorId("automotive"), "Cars", 74.5),
        (SectorId("wind"), "Wind turbines", 71.0),
        (SectorId("medical-devices"), "Medical devices", 63.75),
    ),
    rules=(RuleId("cn-export-limits"),),
    why=(
        "export ban, stated: “禁止出口” (+24)",
        "dual-use goods: “两用物项” (+16)",
        "China acts against Japan (+10)",
        "official text of the ministry (+9)",
        "told by 6 publishers in 5 languages (+8)",
    ),
    quote=quote(
        "[禁止][两用物项]向[日本]军事用户、军事用途，以及一切有助于提升日本军事实力的其他最终用户用途[出口]。",
        "zh-Hans",
        "Ministry of Commerce",
    ),
    sources=(
        source(
            "Ministry of Commerce",
            "https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/1.html",
            "zh-Hans",
            "2026年第1号公告",
            Authority.OFFICIAL,
        ),
        source("Wire One", "https://wire.example/japan?id=1&lang=en", "en", "Beijing halts exports", Authority.WIRE),
        source("日本の新聞", "https://news.example.jp/articles/輸出", "ja", "中国が輸出を禁止"),
        source("Dagblad", "https://dagblad.example/nieuws/china-japan", "nl", "China stopt uitvoer naar Japan"),
        source("Zeitung", "https://zeitung.example/wirtschaft/a-1", "de", "Peking stoppt Ausfuhren"),
        source("한국일보", "https://news.example.kr/1", "ko", "중국, 대일 수출 금지"),
    ),
    confirmed_by="MOFCOM No. 1/2026",
    first_seen=NOW - timedelta(hours=2),
    last_seen=NOW,
    effective="2026-01-06",
    limits=("civil users are excepted",),
    change="The ministry has published the text: Announcement No. 1 of 2026, in force at once.",
    sector_names=SECTOR_NAMES,
)

PRESS_ONLY = replace(
    CHINA_JAPAN,
    id=AlertId("a-2"),
    story_id=StoryId("s-2"),
    revision=1,
    headlines={"en": "China considers licences for rare earths", "nl": "China overweegt vergunningen voor aardmetalen"},
    band=Band.ALERT,
    score=58.0,
    probability=0.63,
    stage=Stage.CONSIDERED,
    sectors=((SectorId("wind"), "Wind turbines", 58.0),),
    why=("licence, possible (+9)", "rare earths (+20)"),
    quote=quote("Peking zou een [vergunningplicht] voor [zeldzame aardmetalen] overwegen.", "nl", "Dagblad"),
    sources=(source("Dagblad", "https://dagblad.example/nieuws/2", "nl", "Peking denkt na"),),
    confirmed_by=None,
    effective=None,
    limits=(),
    change="A second newspaper reports it.",
)

EASING = replace(
    CHINA_JAPAN,
    id=AlertId("a-3"),
    story_id=StoryId("s-3"),
    headlines={"en": "Chile lifts export duty on lithium", "ja": "チリ、リチウム輸出税を撤廃"},
    band=Band.DIGEST,
    score=41.0,
    probability=0.35,
    direction=Direction.EASE,
    stage=Stage.LIFTED,
    until="2026-11-10",
    confirmed_by=None,
)

SMALLEST = Alert(
    id=AlertId("a-4"),
    story_id=StoryId("s-4"),
    revision=1,
    headlines={"en": "A step without details"},
    band=Band.ARCHIVE,
    score=0.0,
    probability=0.03,
    direction=Direction.NONE,
    stage=None,
    sectors=(),
    rules=(),
    why=(),
    quote=None,
    sources=(),
    confirmed_by=None,
    first_seen=NOW,
    last_seen=NOW,
)

LARGEST = replace(
    CHINA_JAPAN,
    id=AlertId("a-5"),
    headlines={"en": "Very long & <important> headline " * 40},
    sectors=tuple((SectorId(f"sector-{i}"), f"A sector & its <name> number {i} " * 5, 90.0 - i) for i in range(30)),
    rules=tuple(RuleId(f"a-rule-with-quite-a-long-name-{i}") for i in range(12)),
    why=tuple(f"a reason & its <words> number {i} " * 12 for i in range(30)),
    quote=quote("& <Satz> mit [Ausfuhrverbot] und mehr " * 60, "de", "A publisher & its <name> " * 10),
    sources=tuple(
        source(
            f"Publisher & <friends> {i} " * 6,
            f"https://{'sub.' * 20}host{i}.example/" + "a&b=" * 400,
            "en",
            "A title & more " * 30,
        )
        for i in range(40)
    ),
    confirmed_by="An authority & its <number> " * 10,
    limits=tuple("only & <some> goods " * 20 for _ in range(9)),
    change="Something & <more> changed " * 60,
    sector_names={},
)

HOSTILE_TEXT = (
    "<!channel> <!here> <@U123> <#C123> <https://evil.example|https://mofcom.gov.cn> &lt;!everyone&gt; *bold* _it_ "
    "~no~ `code` :rotating_light: \u202emoc.live\u202c \u200bzero\u2060width\ufeff \x00\x07\x1b[31mred\x1b[0m\r\n"
    "Bcc: all@evil.example\r\n\r\n<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) {{7*7}} "
    "{% raw %} \ud800 | \u2028 \u0085 end"
)
HOSTILE_URLS = (
    "javascript:alert(1)",
    "https://good.example\\@evil.example/",
    "https://user:pass@evil.example/|<b>?x=\"'>",
    "https://ok.example/a\r\nSet-Cookie: x",
    "data:text/html,<script>alert(1)</script>",
    "https://ｅｘａｍｐｌｅ.com/ü ü",
    "http://[::1",
    "",
)

HOSTILE = replace(
    CHINA_JAPAN,
    id=AlertId("a-6"),
    headlines={"en": HOSTILE_TEXT, "nl": HOSTILE_TEXT},
    sectors=((SectorId("x"), HOSTILE_TEXT, 50.0),),
    rules=(RuleId("a`b<c>"),),
    why=(HOSTILE_TEXT, "> quoted", "&gt; quoted"),
    quote=Quote(text=HOSTILE_TEXT, lang="<x>", marks=((0, 9), (-5, 3), (40, 10_000)), publisher=HOSTILE_TEXT),
    sources=tuple(source(HOSTILE_TEXT, url, "en", HOSTILE_TEXT) for url in HOSTILE_URLS),
    confirmed_by=HOSTILE_TEXT,
    limits=(HOSTILE_TEXT,),
    change=HOSTILE_TEXT,
    effective="2026-13-99<!here>",
    sector_names={"x": {"en": HOSTILE_TEXT}},
)

ALERTS: Mapping[str, Alert] = {
    "china-japan": CHINA_JAPAN,
    "press-only": PRESS_ONLY,
    "easing": EASING,
    "smallest": SMALLEST,
    "largest": LARGEST,
    "hostile": HOSTILE,
}


def delivery(message: Message, target: ChannelTarget, action: Action = Action.SEND, **changes: object) -> Delivery:
    """An outbox row that was claimed at NOW."""
    row = Delivery(
        id=DeliveryId("d-0001"),
        target=target,
        message=message,
        action=action,
        dedupe_key="s-1:1",
        alert_id=AlertId("a-1"),
        state=DeliveryState.SENDING,
        attempts=1,
        created_at=NOW,
        not_before=NOW,
        claimed_at=NOW,
    )
    return replace(row, **changes)  # type: ignore[arg-type]
