"""`why` in a terminal: the verdict first, readable in 80 and in 50 columns, and nothing that steers the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

from rich.cells import cell_len
from rich.console import Console

from bot.cli.why import show
from bot.pipeline.people.asking import Explanation, told
from bot.pipeline.people.chronicle import moments
from bot.pipeline.people.known import Fate, Moment, StoryCase, Verdict
from bot.storage.documents import DocumentState, StoredDocument
from bot.types.desk import Handling, Reminder, ReminderKind
from bot.types.escalation import Escalation
from bot.types.ids import AlertId, StoryId
from bot.types.lifecycle import State, Transition
from tests.fakes import records, rules

STORED = StoredDocument(
    document=rules.document("d"), state=DocumentState.UNREAD, edition=1, kills=0, baseline=False, flood=False
)
KNOWN = Explanation(
    asked="d",
    verdict=Verdict(fate=Fate.UNREAD, sentence="It waits to be read."),
    documents=(STORED,),
    pages={STORED.document.id: "Its page is [wanted]."},
)


def page(known: Explanation, width: int = 100) -> str:
    out = io.StringIO()
    show(known, Console(file=out, width=width, highlight=False, force_terminal=False))
    return out.getvalue()


def test_why_tells_what_came_of_the_page() -> None:
    assert "Its page is [wanted]." in page(KNOWN)
    assert "page" not in page(replace(KNOWN, pages={}))


def test_the_verdict_comes_first_and_every_line_fits() -> None:
    long = "出口管理" * 40 + " https://news.example/" + "a-very-long-address-" * 8
    known = replace(KNOWN, moments=tuple(Moment(at=records.at(n), what=f"{n} {long}") for n in range(3)))
    for width in (50, 80):
        lines = page(known, width).splitlines()
        assert lines[0].strip() == "It waits to be read."
        assert max(cell_len(line.rstrip()) for line in lines) <= width
        assert "2026-01-06" in page(known, width)


def test_chat_gets_forty_lines_and_the_number_of_those_left_out() -> None:
    many = tuple(Moment(at=records.at(n), what=f"moment {n}") for n in range(100))
    lines = told(replace(KNOWN, moments=many))
    assert len(lines) <= 40
    assert lines[0] == "It waits to be read."
    assert lines[-1].endswith("moment 99")
    (gap,) = [line for line in lines if "lines more" in line]
    shown = sum("moment" in line for line in lines)
    assert f"… {100 - shown} lines more: monazite why d" in gap
    everything = told(replace(KNOWN, moments=many), most=None)
    assert sum("moment" in line for line in everything) == 100


def test_no_character_steers_the_terminal() -> None:
    hostile = replace(STORED, document=replace(STORED.document, title="a\x1b[31mb\u202ec\u2066d\x9be\r\nf"))
    known = replace(KNOWN, documents=(hostile,), asked="\x1b]0;x\x07", found_as="\u202e\x00")
    for line in told(known):
        assert line.isprintable()
    assert any("a[31mbcde" in line for line in told(known))


def test_the_life_of_an_act_and_what_people_did_are_told() -> None:
    act = "cn-mofcom:2025:61"
    life = (
        Transition(
            key=act, before=None, after=State.ANNOUNCED, on=date(2025, 10, 9), by=act, story_id=StoryId("s-a")
        ),
        Transition(
            key=act, before=State.ANNOUNCED, after=State.SUSPENDED, on=date(2025, 11, 7), until=date(2026, 11, 10),
            by="cn-mofcom:2025:70", story_id=StoryId("s-a"),
        ),
        Transition(
            key=act, before=State.SUSPENDED, after=State.IN_FORCE, on=date(2026, 11, 11), itself=True,
            story_id=StoryId("s-a"),
        ),
    )  # fmt: skip
    seen = Handling(
        alert_id=AlertId("a-a"), acknowledged_by="U1", acknowledged_at=records.at(1), assigned_to="U2",
        assigned_by="U1", assigned_at=records.at(2),
    )  # fmt: skip
    end = Reminder(
        story_id=StoryId("s-a"), kind=ReminderKind.END, day=date(2026, 11, 10), due_at=records.at(4)
    )  # fmt: skip
    loud = Escalation(
        alert_id=AlertId("a-a"), story_id=StoryId("s-a"), told_in="now", to="on-call", after=timedelta(minutes=30),
        due_at=records.at(3),
    )  # fmt: skip
    case = StoryCase(
        story=records.story("a"), assessment=None, ledger=(), deliveries=(), transitions=life, handlings=(seen,),
        reminders=((end, ""),), escalations=((loud, "acknowledged in time"),),
    )  # fmt: skip
    known = replace(KNOWN, stories=(case,))
    lines = told(replace(known, moments=moments(known)), most=None)
    assert [line.strip() for line in lines if line.startswith(f"  {act}")] == [
        f"{act}, 2025-10-09: announced by {act}",
        f"{act}, 2025-11-07: announced -> suspended until 2026-11-10 by cn-mofcom:2025:70",
        f"{act}, 2026-11-11: suspended -> in-force by the calendar",
    ]
    history = [line.split("  ")[-1] for line in lines if "listed" not in line]
    assert history[-4:] == [
        "U1 acknowledged it",
        "U1 asked U2 to look after it",
        "escalation to on-call, unless acknowledged within 30 minutes: acknowledged in time",
        "reminder of 2026-11-10 (the end): still to come",
    ]
