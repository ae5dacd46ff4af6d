"""The verdict of `why`: one sentence for every fate that a text can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.pipeline.people.known import Explanation, Fate, SourceCase, StoryCase
from bot.pipeline.people.verdict import explained, verdict
from bot.storage.decisions import LedgerEntry
from bot.storage.documents import DocumentState, StoredDocument
from bot.storage.ledger import AlertLine, Listing, MessageLine
from bot.types.delivery import Action, Decision, Reason
from bot.types.desk import Mute
from bot.types.ids import AlertId, DocumentId, RuleId, SourceId, StoryId
from tests.fakes import records
from tests.fakes.clock import START

NOW = records.at(60)


def message(channel: str = "desk", **fields: Any) -> MessageLine:
    values: dict[str, Any] = {
        "id": f"d-{channel}", "alert_id": AlertId("a-doc"), "channel": channel, "kind": "slack", "action": "send",
        "state": "sent", "created_at": START, "settled_at": records.at(1), "attempts": 1, "error": "",
    }  # fmt: skip
    return MessageLine(**values | fields)


def stored(name: str = "doc", **fields: Any) -> StoredDocument:
    values: dict[str, Any] = {
        "document": records.document(name), "state": DocumentState.PLACED, "edition": 1, "kills": 0, "baseline": False,
        "flood": False, "reading": records.reading(name),
    }  # fmt: skip
    return StoredDocument(**values | fields)


def case(*messages: MessageLine, last: Decision | None = None, **fields: Any) -> StoryCase:
    values: dict[str, Any] = {
        "story": records.story(), "assessment": records.assessment(), "ledger": (), "deliveries": messages,
        "decisions": (last,) if last else (),
    }  # fmt: skip
    return StoryCase(**values | fields)


def quiet(action: Action, reason: Reason, why: str, **fields: Any) -> Decision:
    return records.decision(action=action, reason=reason, why=why, **fields)


def entry(action: str, why: str, **fields: Any) -> LedgerEntry:
    values: dict[str, Any] = {
        "at": START, "action": action, "reason": "r", "why": why, "band": "alert", "story_id": StoryId("s-doc"),
        "document_id": None, "alert_id": None,
    }  # fmt: skip
    return LedgerEntry(**values | fields)


def of(*cases: StoryCase, **fields: Any) -> Explanation:
    documents = fields.pop("documents", (stored(),))
    return Explanation(asked="https://example.org/doc", stories=cases, documents=documents, **fields)


HOLD = quiet(Action.HOLD, Reason.QUIET_HOURS, "quiet hours", hold_until=records.at(120))
MUTE = Mute(story_id=StoryId("s-doc"), until=date(2026, 1, 20), by="ann", at=START, why="old news")
EMPTY = records.reading("doc", mentions=())
LATE = Listing(
    source_id=SourceId("src"), document_id=DocumentId("doc"), title="T", link="", first_seen=START,
    seen_on=date(2026, 2, 1),
)  # fmt: skip
ALERT = AlertLine(alert=records.alert(), story_id=StoryId("s-doc"), first_at=START, last_at=START)

CASES: list[tuple[str, Explanation, Fate, str]] = [
    (
        "sent",
        of(case(message(), assessment=records.assessment(rules=(RuleId("r-1"), RuleId("r-2"))))),
        Fate.SENT,
        "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points, by r-1 and r-2.",
    ),
    (
        "edited and threaded",
        of(case(message(), *(message(id=f"d{n}", action=a) for n, a in enumerate(("update", "update", "thread"))))),
        Fate.SENT,
        "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points; edited twice and answered in its thread once since.",
    ),
    (
        "sent and muted",
        of(case(message(), mute=MUTE)),
        Fate.SENT,
        "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points; muted since by ann until 2026-01-20.",
    ),
    (
        "a mute that is over",
        of(case(message(), mute=replace(MUTE, until=date(2026, 1, 5)))),
        Fate.SENT,
        "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points.",
    ),
    (
        "sent here, held there",
        of(case(message(), last=replace(HOLD, channels=("night",)))),
        Fate.SENT,
        (
            "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points; held until 2026-01-06 11:00 UTC for night, since"
            " these are quiet hours."
        ),
    ),
    (
        "waiting",
        of(case(message(state="pending", settled_at=None))),
        Fate.ON_ITS_WAY,
        "On its way to desk since 2026-01-06 09:00 UTC as alert: 72 points.",
    ),
    (
        "tried in vain",
        of(case(message(state="pending", settled_at=None, attempts=3, error="Slack is away."), assessment=None)),
        Fate.ON_ITS_WAY,
        "On its way to desk since 2026-01-06 09:00 UTC, after 3 times in vain: Slack is away.",
    ),
    (
        "lost answer",
        of(case(message(state="ambiguous", settled_at=None), assessment=None)),
        Fate.ON_ITS_WAY,
        "On its way to desk since 2026-01-06 09:00 UTC, and is being looked for, since its answer was lost.",
    ),
    (
        "refused, told elsewhere",
        of(case(message(state="rejected", error="channel_not_found", instead_channel="ops", instead_state="sent"))),
        Fate.REJECTED,
        "Refused by desk (channel_not_found), ops was told instead.",
    ),
    (
        "refused, nobody else",
        of(case(message(state="rejected"))),
        Fate.REJECTED,
        "Refused by desk (no reason was given).",
    ),
    (
        "in a summary",
        of(case(message(state="merged", instead="14 stories while you were away."))),
        Fate.SUMMED,
        "Told to desk together with others: 14 stories while you were away.",
    ),
    (
        "held",
        of(case(last=HOLD, held_until=records.at(90))),
        Fate.HELD,
        "Held until 2026-01-06 10:30 UTC for desk, since these are quiet hours.",
    ),
    (
        "held for a while that has passed",
        of(case(last=replace(HOLD, reason=Reason.RATE_LIMITED, hold_until=records.at(10)))),
        Fate.HELD,
        (
            "Was held until 2026-01-06 09:10 UTC for desk, since the channel has had its messages for this hour; it is"
            " decided anew with the next round."
        ),
    ),
    (
        "digest",
        of(case(last=quiet(Action.DIGEST, Reason.BELOW_ALERT, "55 points stay below an alert", channels=("weekly",)))),
        Fate.DIGEST,
        "In the digest weekly only: 55 points stay below an alert.",
    ),
    (
        "silenced",
        of(case(last=quiet(Action.DROP, Reason.SILENCED, "silence x of ann holds until 2026-02-01: noise"))),
        Fate.SILENCED,
        "Not sent: silence x of ann holds until 2026-02-01: noise.",
    ),
    (
        "muted",
        of(case(last=quiet(Action.DROP, Reason.MUTED, "muted"), mute=MUTE)),
        Fate.MUTED,
        "Not sent: ann muted it until 2026-01-20: old news.",
    ),
    (
        "baseline",
        of(
            case(last=quiet(Action.DROP, Reason.BASELINE, "it was there before")),
            documents=(stored(baseline=True),),
        ),
        Fate.BASELINE,
        "Not sent: it was there before, so it is no news.",
    ),
    (
        "flood",
        of(case(last=quiet(Action.DROP, Reason.BASELINE, "it was there before")), documents=(stored(flood=True),)),
        Fate.FLOOD,
        "Not sent: its source brought too many new items at once, of which none is told.",
    ),
    (
        "no rule",
        of(
            case(
                last=quiet(Action.DROP, Reason.NO_RULE, "no alert rule holds"),
                assessment=records.assessment(near_misses=("r-1 fails on target.",)),
            )
        ),
        Fate.DROPPED,
        "Dropped: no alert rule holds; nearly: r-1 fails on target.",
    ),
    (
        "gate",
        of(
            case(last=quiet(Action.DROP, Reason.BELOW_DIGEST, "0 points stay below the digest")),
            documents=(stored(reading=EMPTY),),
        ),
        Fate.DROPPED,
        "Dropped: no word of any rule was found in it.",
    ),
    (
        "language",
        of(
            case(last=quiet(Action.DROP, Reason.BELOW_DIGEST, "0 points stay below the digest")),
            documents=(stored(reading=replace(EMPTY, lang="sv", degraded=("language-not-read",))),),
        ),
        Fate.DROPPED,
        "Dropped: its language (sv) is not read.",
    ),
    ("placed, not weighed", of(case()), Fate.UNPLACED, "It waits to be weighed and decided."),
    (
        "copy",
        of(
            case(
                message(),
                story=records.story(
                    "s-doc", records.telling("first"), records.telling("doc", copy_of=DocumentId("first"))
                ),
            )
        ),
        Fate.SENT,
        (
            "A copy of “Notice on first” (Ministry), counted once with it. Sent to desk on 2026-01-06 09:01 UTC as"
            " alert: 72 points."
        ),
    ),
    (
        "joined",
        of(case(message(), story=records.story("s-doc", records.telling("first"), records.telling("doc")))),
        Fate.SENT,
        (
            "It tells the same as “Notice on first” (Ministry) and joined its story. Sent to desk on 2026-01-06 09:01"
            " UTC as alert: 72 points."
        ),
    ),
    (
        "merged",
        replace(of(case(message())), asked="s-old", merged_into=StoryId("s-doc")),
        Fate.SENT,
        "s-old was merged into s-doc. Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points.",
    ),
    (
        "two stories",
        of(case(last=HOLD, story=records.story("s-b")), case(message())),
        Fate.SENT,
        "It tells 2 stories; the loudest, s-doc: Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points.",
    ),
    (
        "unread",
        of(
            documents=(stored(state=DocumentState.UNREAD, reading=None),),
            sources=(
                SourceCase(
                    source_id=SourceId("src"), publisher="", enabled=False, last_success=None, trouble="It is disabled."
                ),
            ),
        ),
        Fate.UNREAD,
        "It came on 2026-01-06 09:00 UTC and waits to be read. It is disabled.",
    ),
    ("read", of(documents=(stored(state=DocumentState.READ),)), Fate.UNPLACED, "It was read and waits to be weighed"),
    (
        "failed",
        of(documents=(stored(state=DocumentState.FAILED),), notes=(entry("failed", "A bug stopped it (KeyError)."),)),
        Fate.FAILED,
        "Not weighed: A bug stopped it (KeyError).",
    ),
    ("story gone", of(), Fate.EXPIRED, "It was weighed; the story that it told is no longer kept."),
    (
        "text gone, still listed",
        of(documents=(), listings=(LATE,)),
        Fate.EXPIRED,
        (
            "Its text is no longer kept: src listed it first on 2026-01-06 and last on 2026-02-01, and texts older than"
            " the archive go."
        ),
    ),
    (
        "text gone, ledger there",
        of(documents=(), past=(entry("drop", "3 points stay below the digest"),)),
        Fate.EXPIRED,
        "On 2026-01-06: drop, 3 points stay below the digest; its text is no longer kept.",
    ),
    (
        "text gone, was sent",
        of(documents=(), past=(entry("send", "new"),), alerts=(ALERT,), messages=(message(),)),
        Fate.SENT,
        "Sent to desk on 2026-01-06 09:01 UTC as alert: 72 points; its text has gone since.",
    ),
    (
        "alert older than the ledger",
        of(documents=(), alerts=(ALERT,)),
        Fate.EXPIRED,
        "It was an alert on 2026-01-06 09:00 UTC; its text is no longer kept, and its ledger is older than 400 days.",
    ),
    (
        "note of a text that has gone",
        of(documents=(), notes=(entry("killed", "Its reader was stopped."),)),
        Fate.EXPIRED,
        "Its text is no longer kept; the ledger still says: Its reader was stopped.",
    ),
    (
        "nothing, no such site",
        of(documents=()),
        Fate.UNKNOWN,
        "No source has listed it: none is read from this site, or it is older than 400 days.",
    ),
    (
        "nothing, no such id",
        Explanation(asked="s-nowhere"),
        Fate.UNKNOWN,
        "Nothing is kept under s-nowhere: there is no such id, or it is older than 400 days.",
    ),
]


@pytest.mark.parametrize(("known", "fate", "sentence"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_one_sentence_for_every_fate(known: Explanation, fate: Fate, sentence: str) -> None:
    found = verdict(known, NOW)
    assert found.fate is fate
    assert found.sentence.startswith(sentence)
    assert found.sentence.endswith(".")


def test_every_fate_is_among_the_cases() -> None:
    assert {fate for _, _, fate, _ in CASES} == set(Fate)


def test_history_is_in_order_and_tells_what_repeats_once() -> None:
    ledger = tuple(entry("drop", "below", at=START + timedelta(hours=n)) for n in (3, 1, 2))
    known = of(
        case(message(settled_at=records.at(90), error="Slack is away."), ledger=ledger, mute=MUTE),
        documents=(stored(flood=True),),
        listings=(LATE,),
    )
    found = explained(known, NOW)
    assert found.verdict is not None
    assert [moment.what for moment in found.moments] == [
        "src listed “Notice on doc”; one of too many new items at once",
        "ann muted it until 2026-01-20: old news",
        "not sent: below (3 times, last 2026-01-06 12:00)",
        "desk: message sent (Slack is away)",
    ]
