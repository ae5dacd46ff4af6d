"""The Teams channel against a workflow that checks cards, limits, refuses and forgets to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver._teams_card import MAX_BYTES, size
from bot.deliver.teams import CHANNEL, TeamsChannel, TeamsSender
from bot.types.delivery import Action, ChannelTarget, Delivery, Health, Message, Outcome
from bot.types.ports import ListForm, PlainForm
from bot.types.settings import Settings
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, HOSTILE, delivery
from tests.fakes.workflow import SIGNATURE, FakeWorkflow, complaint, links, words

TARGET = ChannelTarget(name="teams-desk", kind="teams", address="env:TEAMS_WEBHOOK_URL")


@pytest.fixture
def workflow() -> Iterator[FakeWorkflow]:
    with FakeWorkflow() as server:
        yield server


def sender(workflow: FakeWorkflow, **environ: str) -> TeamsSender:
    return TeamsSender(["127.0.0.1"], environ={"TEAMS_WEBHOOK_URL": workflow.url} | environ, timeout=5.0)


def row(message: Message | None = None, action: Action = Action.SEND) -> Delivery:
    return delivery(message or CHANNEL.render(CHINA_JAPAN, TARGET), TARGET, action)


def test_a_card_says_what_why_and_where_from(workflow: FakeWorkflow) -> None:
    receipt = sender(workflow).send(row())
    assert (receipt.outcome, receipt.provider_id) == (Outcome.SENT, "d-0001")
    (card,) = workflow.cards
    shown = words(card)
    assert shown.startswith(CHINA_JAPAN.headlines["en"])
    assert "Confirmed: MOFCOM No. 1/2026" in shown
    assert any("mofcom.gov.cn" in url for url in links(card["attachments"][0]["content"]))


def test_an_edit_is_not_sent_and_a_change_is_a_card_that_says_so(workflow: FakeWorkflow) -> None:
    out = sender(workflow)
    first = row()
    edited = out.send(replace(first, action=Action.UPDATE, root_provider_id="d-0001"))
    assert (edited.outcome, edited.provider_id) == (Outcome.SENT, "d-0001")
    assert workflow.cards == []
    changed = CHANNEL.render_change(replace(CHINA_JAPAN, change="It is now in force."), TARGET)
    out.send(row(changed, Action.THREAD))
    shown = words(workflow.cards[0])
    assert shown.startswith(f"🔔 Update: {CHINA_JAPAN.headlines['en']}")
    assert "What is new: It is now in force." in shown


@pytest.mark.parametrize("name", ALERTS)
def test_every_card_is_one_that_teams_takes_and_fits(name: str, workflow: FakeWorkflow) -> None:
    assert isinstance(CHANNEL, ListForm)
    alert = replace(ALERTS[name], change="x" * 5000)
    long = replace(alert, sources=tuple(replace(s, url=f"https://a.example/{'u' * 1400}") for s in alert.sources * 5))
    for made in (
        CHANNEL.render(alert, TARGET),
        CHANNEL.render(long, TARGET),
        CHANNEL.render_change(long, TARGET),
        CHANNEL.render_list([long] * 50, TARGET),
        CHANNEL.render_notice("n" * 400, ["line " * 200] * 300, TARGET),
    ):
        assert made is not None
        assert complaint(made.payload["body"]) == ""
        assert size(made.payload["body"]) <= MAX_BYTES


def test_what_a_feed_writes_is_text_and_never_a_date_or_a_link_of_its_own() -> None:
    evil = replace(HOSTILE, headlines={"en": "{{DATE(2026-01-01,SHORT)}} [here](https://evil.example) **now**"})
    body = CHANNEL.render(evil, TARGET).payload["body"]
    assert isinstance(body, dict)
    assert "{{" not in words(body)
    assert not any("user:pass" in url or "javascript" in url for url in links(body["attachments"][0]["content"]))
    assert "[here](https://evil.example) **now**" in words(body), "runs know no markdown, so nothing need be hidden"


@pytest.mark.parametrize(
    ("status", "headers", "outcome", "wait"),
    [
        (202, {}, Outcome.SENT, None),
        (429, {"Retry-After": "17"}, Outcome.NOT_SENT, 17),
        (503, {"Retry-After": "9"}, Outcome.NOT_SENT, 9),
        (500, {}, Outcome.AMBIGUOUS, None),
        (0, {}, Outcome.AMBIGUOUS, None),
        (404, {}, Outcome.REJECTED, None),
    ],
)
def test_answers_are_told_apart(
    workflow: FakeWorkflow, status: int, headers: dict[str, str], outcome: Outcome, wait: int | None
) -> None:
    workflow.answers.append((status, headers))
    receipt = sender(workflow).send(row())
    assert receipt.outcome is outcome
    assert receipt.retry_after == (timedelta(seconds=wait) if wait else None)
    assert SIGNATURE not in receipt.detail


def test_a_card_that_teams_refuses_has_a_plainer_form(workflow: FakeWorkflow) -> None:
    assert isinstance(CHANNEL, PlainForm)
    workflow.answers.append((400, {}))
    refused = sender(workflow).send(row())
    assert (refused.outcome, refused.layout) == (Outcome.REJECTED, True)
    plain = CHANNEL.plain(row().message)
    assert plain is not None
    assert sender(workflow).send(row(plain)).outcome is Outcome.SENT
    assert CHINA_JAPAN.headlines["en"] in words(workflow.cards[0])
    assert CHANNEL.plain(plain) is None


def test_the_address_comes_from_a_variable_or_its_file_and_is_never_repeated(
    workflow: FakeWorkflow, tmp_path: Path
) -> None:
    file = tmp_path / "teams"
    file.write_text(f"{workflow.url}\n", encoding="utf-8")
    from_file = TeamsSender(["127.0.0.1"], environ={"TEAMS_WEBHOOK_URL_FILE": str(file)}, timeout=5.0)
    assert from_file.send(row()).outcome is Outcome.SENT
    for environ, outcome in (
        ({}, Outcome.NOT_SENT),
        ({"TEAMS_WEBHOOK_URL": f"ftp://x/{SIGNATURE}"}, Outcome.REJECTED),
        ({"TEAMS_WEBHOOK_URL": f"http://[::1/{SIGNATURE}"}, Outcome.REJECTED),
        ({"TEAMS_WEBHOOK_URL": workflow.url, "TEAMS_WEBHOOK_URL_FILE": str(file)}, Outcome.NOT_SENT),
        ({"TEAMS_WEBHOOK_URL_FILE": str(tmp_path / "none")}, Outcome.NOT_SENT),
    ):
        receipt = TeamsSender(["127.0.0.1"], environ=environ).send(row())
        assert receipt.outcome is outcome
        assert SIGNATURE not in receipt.detail
    inside = TeamsSender([], environ={"TEAMS_WEBHOOK_URL": workflow.url}).send(row())
    assert inside.outcome is Outcome.REJECTED, "an address inside the network is not called unless it is allowed"


def test_an_address_in_the_file_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match=r"^channel teams-desk: the address is a secret") as refused:
        CHANNEL.check(replace(TARGET, address=f"https://x.example/?{SIGNATURE}"))
    assert SIGNATURE not in str(refused.value)


def test_doctor_says_which_variable_is_missing() -> None:
    settings = Settings(data=Path("/nowhere"), rules=Path("/nowhere"))
    (off,) = TeamsChannel().probe(settings)
    assert off.health is Health.OFF
    target = replace(TARGET, address="env:MISSING_TEAMS_WEBHOOK_URL")
    (broken,) = TeamsChannel().probe(settings, [target])
    assert (broken.health, "MISSING_TEAMS_WEBHOOK_URL is not set" in broken.message) == (Health.BROKEN, True)
