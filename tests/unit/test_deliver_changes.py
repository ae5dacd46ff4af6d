"""What is new about a story, said in the language of each reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.deliver._changes import act_change, change_text
from bot.deliver._labels import LOCALES, labels
from bot.types.delivery import Alert
from bot.types.levels import Direction, Stage
from bot.types.lifecycle import Change, ChangeKind, State
from tests.fakes.alerts import CHINA_JAPAN

ACT, BY = "MOFCOM No. 61/2025", "MOFCOM No. 70/2025"
HALT = Change(kind=ChangeKind.STATE, before=State.IN_FORCE, after=State.SUSPENDED, about=ACT, until="2026-11-10", by=BY)
ALL = [
    Change(kind=ChangeKind.CONFIRMED),
    *(Change(kind=ChangeKind.STAGE, before=before, after=stage) for stage in Stage for before in ("", Stage.ANNOUNCED)),
    Change(kind=ChangeKind.DIRECTION, before=Direction.TIGHTEN, after=Direction.EASE),
    Change(kind=ChangeKind.DIRECTION, before=Direction.NONE, after=Direction.TIGHTEN),
    *(
        Change(kind=kind, before=before, after="2026-11-10")
        for kind in (ChangeKind.EFFECTIVE, ChangeKind.UNTIL)
        for before in ("", "2026-03-01")
    ),
    Change(kind=ChangeKind.TARGETS, after="JP"),
    Change(kind=ChangeKind.TARGETS, before="JP", after="JP, US"),
    *(
        Change(kind=ChangeKind.STATE, before=before, after=state, about=ACT, clause=clause, until=until, by=by)
        for state in State
        for before, clause, until, by in (("", "", "", ""), (State.SUSPENDED, "2", "2026-11-10", BY))
    ),
    *(
        Change(kind=ChangeKind.TERM, before=before, after="2027-11-10", about=ACT, by=by)
        for before, by in (("", ""), ("2026-11-10", BY))
    ),
    *(
        Change(kind=kind, before=days, after="2026-11-10", about=about)
        for kind in (ChangeKind.NEAR_EFFECTIVE, ChangeKind.NEAR_END, ChangeKind.NEAR_COMMENTS)
        for days in ("0", "1", "7")
        for about in ("", ACT)
    ),
    *(
        Change(kind=kind, titles=(("en", "China bans it"),))
        for kind in (ChangeKind.JOINED, ChangeKind.LEFT, ChangeKind.PARTED)
    ),
    *(
        Change(kind=ChangeKind.LAPSED, before="2026-11-10", after=state, about=about)
        for state in (State.IN_FORCE, State.EXPIRED)
        for about in ("", ACT)
    ),
]
WORDS_OF_CODE = ("in-force", "suspended", "near-", "lapsed", "None", "{", "}")


def alert(*changes: Change, **fields: object) -> Alert:
    plain: dict[str, object] = {"changes": changes, "confirmed_by": BY, "change": "English words."}
    return replace(CHINA_JAPAN, **(plain | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("change", ALL, ids=lambda c: f"{c.kind}-{c.before}-{c.after}-{c.clause}")
def test_every_change_can_be_said_in_every_language(change: Change, locale: str) -> None:
    said = change_text(alert(change), labels(locale), 400)
    assert said
    foreign = WORDS_OF_CODE if locale != "en" else ("in-force", "near-", "None", "{", "}")
    assert not [word for word in foreign if word in said]
    if change.about:
        assert change.about in said
    if change.titles:
        assert "China bans it" in said
    if change.clause:
        assert change.clause in said


@pytest.mark.parametrize("change", [HALT, *ALL[-11:]], ids=lambda c: f"{c.kind}-{c.before}-{c.after}-{c.about}")
def test_no_two_languages_say_the_same(change: Change) -> None:
    said = {locale: change_text(alert(change), labels(locale), 400) for locale in LOCALES}
    assert len(set(said.values())) == len(LOCALES), said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "MOFCOM No. 61/2025: suspended until 10 Nov 2026 (by MOFCOM No. 70/2025)"),
        ("nl", "MOFCOM No. 61/2025: opgeschort tot 10 nov 2026 (door MOFCOM No. 70/2025)"),
        ("de", "MOFCOM No. 61/2025: ausgesetzt bis 10. Nov. 2026 (durch MOFCOM No. 70/2025)"),
        ("fr", "MOFCOM No. 61/2025 : en suspens jusqu’au 10 nov. 2026 (par MOFCOM No. 70/2025)"),
        ("es", "MOFCOM No. 61/2025: en suspenso hasta el 10 nov 2026 (por MOFCOM No. 70/2025)"),
        ("ja", "MOFCOM No. 61/2025：2026年11月10日 まで停止中（MOFCOM No. 70/2025 による）"),
        ("zh-Hans", "MOFCOM No. 61/2025：暂停实施至 2026年11月10日（依据 MOFCOM No. 70/2025）"),
        ("ko", "MOFCOM No. 61/2025 관련: 2026년 11월 10일까지 시행 중단 (MOFCOM No. 70/2025에 따름)"),
    ],
)
def test_a_suspension_in_each_language(locale: str, said: str) -> None:
    assert change_text(alert(HALT), labels(locale), 400) == said


def test_a_clause_leaves_the_rest_in_force() -> None:
    clause = replace(HALT, clause="2")
    assert change_text(alert(clause), labels("nl"), 400).endswith("; de rest blijft van kracht")
    assert "the rest stays in force" not in change_text(alert(HALT), labels("en"), 400)


def test_places_are_named_in_the_language_of_the_reader() -> None:
    change = Change(kind=ChangeKind.TARGETS, before="JP", after="JP, XX")
    names = {"JP": {"en": "Japan", "fr": "Japon"}}
    said = change_text(alert(change, place_names=names), labels("fr"), 400)
    assert said == "Vise Japon, XX (auparavant : Japon)"


def test_several_changes_are_told_in_order_and_each_once() -> None:
    stage = Change(kind=ChangeKind.STAGE, before=Stage.ANNOUNCED, after=Stage.IN_FORCE)
    said = change_text(alert(Change(kind=ChangeKind.CONFIRMED), stage, stage), labels("nl"), 400)
    assert said == "Bevestigd: MOFCOM No. 70/2025; Nu: Van kracht (was: Aangekondigd)"


def test_alerts_kept_by_an_older_version_show_their_sentence() -> None:
    assert change_text(alert(), labels("nl"), 400) == "English words."


def test_the_digest_says_what_comes_after_a_suspension() -> None:
    assert act_change(HALT, labels("en")).endswith("until 10 Nov 2026 (by MOFCOM No. 70/2025) (then in force again)")
    back = replace(HALT, before=State.SUSPENDED, after=State.IN_FORCE, until="", by="")
    assert act_change(back, labels("en")) == "MOFCOM No. 61/2025: in force again"
