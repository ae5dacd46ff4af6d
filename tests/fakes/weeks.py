"""Weeks for tests of everything that shows digests: an ordinary one, a quiet one, a huge one and a hostile one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.types.digest import (
    AuditItem,
    Counts,
    DateAhead,
    DateKind,
    DigestContent,
    DigestStory,
    NearMiss,
    ShadowRule,
    SourceTrouble,
    StateChange,
)
from bot.types.ids import RuleId, SourceId, StoryId
from bot.types.levels import Stage
from tests.fakes.alerts import CHINA_JAPAN, EASING, HOSTILE, HOSTILE_TEXT, HOSTILE_URLS, LARGEST, PRESS_ONLY

QUIET = DigestContent(
    team="Wind desk",
    week="2026-W02",
    first_day=date(2026, 1, 5),
    last_day=date(2026, 1, 11),
    made_at=datetime(2026, 1, 12, 6, 30, tzinfo=UTC),
    counts=Counts(documents=1840, sources=42),
    before=Counts(documents=1795, stories=3, alerts=1, sources=42, failing=1),
)

ORDINARY = replace(
    QUIET,
    counts=Counts(documents=2107, stories=9, alerts=2, urgent=1, sources=42, failing=2),
    stories=(
        DigestStory(alert=CHINA_JAPAN, alerted=True, changes=("The ministry has published the text.",)),
        DigestStory(alert=PRESS_ONLY, alerted=True),
        DigestStory(alert=EASING),
        DigestStory(alert=replace(PRESS_ONLY, story_id=StoryId("s-9"), sectors=(), score=31.0)),
    ),
    changes=(
        StateChange(
            story_id=StoryId("s-1"),
            headlines=CHINA_JAPAN.headlines,
            before=Stage.ANNOUNCED,
            after=Stage.IN_FORCE,
            at=datetime(2026, 1, 6, 9, 0, tzinfo=UTC),
            url="https://www.mofcom.gov.cn/zwgk/zcfb/art/2026/1.html",
        ),
        StateChange(
            story_id=StoryId("s-3"),
            headlines=EASING.headlines,
            before=None,
            after=Stage.LIFTED,
            at=datetime(2026, 1, 8, 23, 30, tzinfo=UTC),
        ),
    ),
    dates=(
        DateAhead(
            day=date(2026, 2, 1), kind=DateKind.EFFECTIVE, story_id=StoryId("s-2"), headlines=PRESS_ONLY.headlines
        ),
        DateAhead(day=date(2026, 11, 10), kind=DateKind.UNTIL, story_id=StoryId("s-3"), headlines=EASING.headlines),
    ),
    near_misses=(
        NearMiss(
            title="Minister bezoekt fabriek van magneten",
            lang="nl",
            publisher="Dagblad",
            url="https://dagblad.example/nieuws/9",
            score=44.0,
            missing="No measure was stated; a licence would have made it an alert.",
        ),
    ),
    shadows=(ShadowRule(rule=RuleId("gallium-trial"), hits=2, examples=(("ja", "ガリウム輸出の新制度"),)),),
    audit=(
        AuditItem(
            story_id=StoryId("s-quiet"),
            rate=0.1,
            title="稀土价格周报",
            lang="zh-Hans",
            publisher="某报",
            url="https://paper.example.cn/1",
            score=12.0,
        ),
    ),
    troubles=(
        SourceTrouble(
            source_id=SourceId("jp-meti"),
            publisher="METI",
            message="HTTP 503 for 3 polls in a row.",
            failures=3,
            last_success=datetime(2026, 1, 9, 4, 0, tzinfo=UTC),
        ),
        SourceTrouble(source_id=SourceId("kr-motie"), publisher="MOTIE", message="The name does not resolve."),
    ),
)

HUGE = replace(
    ORDINARY,
    stories=tuple(
        DigestStory(alert=replace(LARGEST, story_id=StoryId(f"s-{i}"), score=90.0 - i), changes=("& more " * 80,) * 5)
        for i in range(40)
    ),
    changes=ORDINARY.changes * 40,
    dates=ORDINARY.dates * 40,
    near_misses=tuple(replace(ORDINARY.near_misses[0], url="https://x.example/" + "a" * 1300) for _ in range(60)),
    audit=ORDINARY.audit * 60,
    troubles=ORDINARY.troubles * 40,
)

HOSTILE_WEEK = replace(
    ORDINARY,
    team=HOSTILE_TEXT,
    stories=tuple(
        DigestStory(alert=replace(HOSTILE, story_id=StoryId(f"s-{i}")), changes=(HOSTILE_TEXT,)) for i in range(3)
    ),
    changes=(replace(ORDINARY.changes[0], headlines={"en": HOSTILE_TEXT}, url=HOSTILE_URLS[0]),),
    dates=(replace(ORDINARY.dates[0], headlines={"en": HOSTILE_TEXT}),),
    near_misses=tuple(
        NearMiss(title=HOSTILE_TEXT, lang='"><b>', publisher=HOSTILE_TEXT, url=url, score=1.0, missing=HOSTILE_TEXT)
        for url in HOSTILE_URLS
    ),
    shadows=(ShadowRule(rule=RuleId(HOSTILE_TEXT), hits=1, examples=(('"><b>', HOSTILE_TEXT),)),),
    audit=(
        AuditItem(
            story_id=StoryId(HOSTILE_TEXT),
            rate=1.0,
            title=HOSTILE_TEXT,
            lang="en",
            publisher=HOSTILE_TEXT,
            url=HOSTILE_URLS[2],
            score=1.0,
        ),
    ),
    troubles=(SourceTrouble(source_id=SourceId("x"), publisher=HOSTILE_TEXT, message=HOSTILE_TEXT),),
)

WEEKS = {"quiet": QUIET, "ordinary": ORDINARY, "huge": HUGE, "hostile": HOSTILE_WEEK}
