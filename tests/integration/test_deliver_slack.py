"""The Slack channel against a Slack that keeps the documented limits and loses answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver.slack import CHANNEL, SlackChannel
from bot.types.delivery import Action, ChannelTarget, Delivery, Health, Message, Outcome, ProbeFinding
from bot.types.ids import DeliveryId
from bot.types.ports import Sender
from bot.types.secret import Secret
from bot.types.settings import Settings, SlackSettings
from tests.fakes.alerts import ALERTS, CHINA_JAPAN, NOW, delivery
from tests.fakes.slack import FakeSlack, Fault

DESK = ChannelTarget(name="desk", kind="slack", address="#desk", locale="nl")


class Time:
    """Seconds since 1970, turned by hand."""

    def __init__(self) -> None:
        self.seconds = NOW.timestamp()

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def slack(time: Time) -> Iterator[FakeSlack]:
    with FakeSlack(now=time) as server:
        server.add_channel("#other")
        server.add_channel("#desk")
        yield server


def settings(slack: FakeSlack, **changes: object) -> Settings:
    own = replace(SlackSettings(token=Secret(slack.token), base_url=slack.base_url, timeout=5.0), **changes)  # type: ignore[arg-type]
    return Settings(data=Path("unused"), rules=Path("unused"), slack=own)


def connect(slack: FakeSlack, **changes: object) -> Sender:
    sender = CHANNEL.connect(settings(slack, **changes))
    assert not isinstance(sender, str)
    return sender


def first(target: ChannelTarget = DESK, **changes: object) -> Delivery:
    return delivery(CHANNEL.render(CHINA_JAPAN, target), target, **changes)  # type: ignore[arg-type]


def test_a_post_carries_its_delivery_id_and_unfurls_nothing(slack: FakeSlack) -> None:
    receipt = connect(slack).send(first())
    assert receipt.outcome is Outcome.SENT
    (post,) = slack.in_channel("#desk")
    assert receipt.provider_id == f"{post.channel}:{post.ts}"
    assert post.delivery_id == "d-0001"
    assert post.metadata == {"event_type": "monazite_delivery", "event_payload": {"delivery_id": "d-0001"}}
    assert (post.args["unfurl_links"], post.args["unfurl_media"], post.args["link_names"]) == (False, False, False)
    assert post.args["text"].startswith("🔴 Urgent: China verbiedt")
    assert "thread_ts" not in post.args


@pytest.mark.parametrize(
    "way",
    [
        {"app_token": Secret("xapp-1")},
        {"listen": "127.0.0.1:3000", "signing_secret": Secret("signs")},
    ],
    ids=lambda way: next(iter(way)),
)
def test_buttons_stand_under_a_message_only_where_what_is_pressed_comes_in(
    slack: FakeSlack, time: Time, way: dict[str, object]
) -> None:
    def kinds() -> list[str]:
        return [block["type"] for block in slack.in_channel("#desk")[-1].current["blocks"]]

    receipt = connect(slack).send(first())
    assert receipt.outcome is Outcome.SENT
    assert "actions" not in kinds()
    lead = CHINA_JAPAN.sources[0].url
    assert lead in str(slack.in_channel("#desk")[-1].current["blocks"]), "the way to the source stays"
    time.seconds += 2
    connect(slack, **way).send(first(action=Action.UPDATE, root_provider_id=receipt.provider_id))
    assert kinds()[-1] == "actions", "the next edit brings them, once somebody listens"
    time.seconds += 2
    connect(slack, listen="127.0.0.1:3000").send(first(action=Action.UPDATE, root_provider_id=receipt.provider_id))
    assert "actions" not in kinds(), "a port without a secret is no way in"


@pytest.mark.parametrize("name", ALERTS)
def test_slack_takes_every_sample(slack: FakeSlack, name: str) -> None:
    message = CHANNEL.render(ALERTS[name], DESK)
    assert connect(slack).send(delivery(message, DESK)).outcome is Outcome.SENT
    plain = SlackChannel().plain(message)
    assert plain is not None
    assert connect(slack).send(delivery(plain, DESK)).outcome is Outcome.SENT


def test_an_edit_changes_the_message_and_keeps_its_delivery_id(slack: FakeSlack) -> None:
    sender = connect(slack)
    root = sender.send(first()).provider_id
    grown = CHANNEL.render(replace(CHINA_JAPAN, revision=6, score=90.0), DESK)
    edit = delivery(grown, DESK, Action.UPDATE, id=DeliveryId("d-0002"), root_provider_id=root)
    receipt = sender.send(edit)
    assert (receipt.outcome, receipt.provider_id) == (Outcome.SENT, root)
    (post,) = slack.in_channel("#desk")
    assert "score 90" in str(post.current["blocks"])
    assert post.delivery_id == "d-0001"


def test_a_change_is_a_reply_that_is_never_broadcast(slack: FakeSlack) -> None:
    sender = connect(slack)
    root = sender.send(first()).provider_id
    change = CHANNEL.render_change(CHINA_JAPAN, DESK)
    assert change is not None
    row = delivery(change, DESK, Action.THREAD, id=DeliveryId("d-0002"), root_provider_id=root)
    assert sender.send(row).outcome is Outcome.SENT
    root_post, reply = slack.in_channel("#desk")
    assert reply.thread_ts == root_post.ts
    assert reply.args["reply_broadcast"] is False
    found = connect(slack).find(row)
    assert found is not None
    assert (found.outcome, found.provider_id) == (Outcome.SENT, f"{reply.channel}:{reply.ts}")


def test_an_edit_before_its_root_waits(slack: FakeSlack) -> None:
    receipt = connect(slack).send(first(action=Action.UPDATE))
    assert receipt.outcome is Outcome.NOT_SENT
    assert receipt.retry_after
    assert slack.posts == []


ACCEPTED, NOTHING = 1, 0


@pytest.mark.parametrize(
    ("fault", "outcome", "posts"),
    [
        (Fault.DROP_BEFORE, Outcome.AMBIGUOUS, NOTHING),
        (Fault.DROP_AFTER, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.RESET_AFTER, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.STATUS_BEFORE, Outcome.AMBIGUOUS, NOTHING),
        (Fault.STATUS_AFTER, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.INTERNAL_AFTER, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.SILENT_AFTER, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.NO_TS, Outcome.AMBIGUOUS, ACCEPTED),
        (Fault.HTML, Outcome.AMBIGUOUS, NOTHING),
        (Fault.FORBIDDEN, Outcome.NOT_SENT, NOTHING),
        (Fault.LIMITED, Outcome.NOT_SENT, NOTHING),
        ("fatal_error", Outcome.AMBIGUOUS, NOTHING),
        ("service_unavailable", Outcome.AMBIGUOUS, NOTHING),
        ("request_timeout", Outcome.AMBIGUOUS, NOTHING),
        ("ratelimited", Outcome.NOT_SENT, NOTHING),
        ("team_added_to_org", Outcome.NOT_SENT, NOTHING),
        ("channel_not_found", Outcome.REJECTED, NOTHING),
        ("is_archived", Outcome.REJECTED, NOTHING),
        ("not_in_channel", Outcome.REJECTED, NOTHING),
        ("invalid_blocks", Outcome.REJECTED, NOTHING),
        ("msg_blocks_too_long", Outcome.REJECTED, NOTHING),
        ("msg_too_long", Outcome.REJECTED, NOTHING),
        ("invalid_auth", Outcome.REJECTED, NOTHING),
        ("token_revoked", Outcome.REJECTED, NOTHING),
        ("missing_scope", Outcome.REJECTED, NOTHING),
        ("an_error_of_next_year", Outcome.REJECTED, NOTHING),
    ],
    ids=lambda value: value.name if isinstance(value, (Fault, Outcome)) else str(value),
)
def test_every_fault_has_its_class_and_one_request(
    slack: FakeSlack, fault: Fault | str, outcome: Outcome, posts: int
) -> None:
    slack.on_next("chat.postMessage", fault)
    timeout = 0.3 if fault is Fault.SILENT_AFTER else 5.0
    receipt = connect(slack, timeout=timeout).send(first())
    assert receipt.outcome is outcome
    assert len(slack.posts) == posts
    assert len(slack.called("chat.postMessage")) == 1, "a second try is for the outbox to decide"
    assert slack.token not in receipt.detail
    if fault is Fault.LIMITED:
        assert receipt.retry_after == timedelta(seconds=7)


def test_nothing_listens_means_not_sent(slack: FakeSlack) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    receipt = connect(slack, base_url=f"http://127.0.0.1:{port}/api/").send(first())
    assert receipt.outcome is Outcome.NOT_SENT


def test_a_port_without_tls_means_not_sent(slack: FakeSlack) -> None:
    receipt = connect(slack, base_url=slack.base_url.replace("http:", "https:")).send(first())
    assert receipt.outcome is Outcome.NOT_SENT
    assert slack.posts == []


def test_the_rate_limit_is_told_and_ends(slack: FakeSlack, time: Time) -> None:
    sender = connect(slack)
    outcomes = [sender.send(first(id=DeliveryId(f"d-{i}"))) for i in range(4)]
    assert [r.outcome for r in outcomes] == [Outcome.SENT] * 3 + [Outcome.NOT_SENT]
    assert outcomes[-1].retry_after == timedelta(seconds=1)
    time.seconds += 1
    assert sender.send(first(id=DeliveryId("d-3"))).outcome is Outcome.SENT


@pytest.mark.parametrize(
    "fault",
    [Fault.DROP_AFTER, Fault.RESET_AFTER, Fault.STATUS_AFTER, Fault.INTERNAL_AFTER, Fault.NO_TS],
    ids=lambda fault: fault.name,
)
def test_reading_back_finds_what_was_accepted(slack: FakeSlack, fault: Fault) -> None:
    slack.on_next("chat.postMessage", fault)
    row = first()
    assert connect(slack).send(row).outcome is Outcome.AMBIGUOUS
    found = connect(slack).find(row)  # a fresh process that knows no channel ids
    assert found is not None
    assert (found.outcome, found.provider_id) == (Outcome.SENT, f"{slack.posts[0].channel}:{slack.posts[0].ts}")


def test_reading_back_misses_what_was_not(slack: FakeSlack) -> None:
    slack.on_next("chat.postMessage", Fault.DROP_BEFORE)
    row = first()
    connect(slack).send(row)
    connect(slack).send(replace(row, id=DeliveryId("d-another")))
    found = connect(slack).find(row)
    assert found is not None
    assert found.outcome is Outcome.NOT_SENT


def test_reading_back_goes_through_all_pages(slack: FakeSlack, time: Time) -> None:
    slack.rate, slack.page = None, 3
    sender = connect(slack)
    rows = [first(id=DeliveryId(f"d-{i}")) for i in range(10)]
    for row in rows:
        sender.send(row)
    assert all((found := sender.find(row)) and found.outcome is Outcome.SENT for row in rows)
    absent = sender.find(first(id=DeliveryId("d-absent")))
    assert absent is not None
    assert absent.outcome is Outcome.NOT_SENT


def test_history_older_than_the_claim_is_not_read(slack: FakeSlack, time: Time) -> None:
    slack.rate = None
    sender = connect(slack)
    time.seconds -= 86_400
    row = first()
    sender.send(row)
    found = sender.find(row)
    assert found is not None
    assert found.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.STATUS_BEFORE, Fault.LIMITED, "internal_error"], ids=str)
def test_a_failed_look_up_decides_nothing(slack: FakeSlack, fault: Fault | str) -> None:
    row = first()
    sender = connect(slack)
    sender.send(row)
    slack.on_next("conversations.history", fault)
    found = sender.find(row)
    assert found is not None
    assert found.outcome is Outcome.AMBIGUOUS
    assert found.retry_after


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel"])
def test_without_the_right_to_look_nobody_pretends(slack: FakeSlack, code: str) -> None:
    sender = connect(slack)
    sender.send(first())
    slack.on_next("conversations.history", code)
    assert sender.find(first()) is None


def test_an_edit_whose_answer_is_lost_is_made_again(slack: FakeSlack) -> None:
    sender = connect(slack)
    root = sender.send(first()).provider_id
    edit = first(action=Action.UPDATE, root_provider_id=root)
    slack.on_next("chat.update", Fault.DROP_AFTER)
    assert sender.send(edit).outcome is Outcome.NOT_SENT
    looked_up = sender.find(edit)
    assert looked_up is not None
    assert looked_up.outcome is Outcome.NOT_SENT
    assert sender.send(edit).outcome is Outcome.SENT
    assert len(slack.posts) == 1


def test_editing_a_deleted_message_is_rejected(slack: FakeSlack) -> None:
    edit = first(action=Action.UPDATE, root_provider_id="C0000001:1.000001")
    receipt = connect(slack).send(edit)
    assert receipt.outcome is Outcome.REJECTED
    assert "deleted" in receipt.detail


MENTIONING = replace(DESK, options={"mention": "@econsec-oncall"})


def test_a_group_is_called_by_its_id(slack: FakeSlack) -> None:
    slack.groups["econsec-oncall"] = "S0ONCALL"
    assert connect(slack).send(first(MENTIONING)).outcome is Outcome.SENT
    section = slack.posts[0].args["blocks"][1]["text"]["text"]
    assert section.splitlines()[0].endswith("· <!subteam^S0ONCALL>")
    assert str(slack.posts[0].args).count("<!") == 1


def test_without_the_right_to_see_groups_the_alert_still_goes_out(slack: FakeSlack) -> None:
    slack.scopes = tuple(s for s in slack.scopes if s != "usergroups:read")
    sender = connect(slack)
    assert sender.send(first(MENTIONING)).outcome is Outcome.SENT
    assert "· @econsec-oncall" in slack.posts[0].args["blocks"][1]["text"]["text"]
    sender.send(first(MENTIONING))
    assert len(slack.called("usergroups.list")) == 1


def test_the_plain_form_passes_where_blocks_do_not(slack: FakeSlack) -> None:
    message = CHANNEL.render(CHINA_JAPAN, DESK)
    broken = Message(kind="slack", payload={**message.payload, "blocks": [{"type": "nonsense"}]}, summary="")
    receipt = connect(slack).send(delivery(broken, DESK))
    assert receipt.outcome is Outcome.REJECTED
    plain = SlackChannel().plain(broken)
    assert plain is not None
    assert SlackChannel().plain(plain) is None
    assert connect(slack).send(delivery(plain, DESK)).outcome is Outcome.SENT
    text = slack.posts[0].current["text"]
    assert "mofcom.gov.cn" in text
    assert "禁止两用物项" in text


def health(findings: tuple[ProbeFinding, ...]) -> list[tuple[Health, str]]:
    return [(f.health, f.message) for f in findings]


def test_probe_is_content_with_a_good_app(slack: FakeSlack) -> None:
    slack.groups["econsec-oncall"] = "S0ONCALL"
    slack.socket_url = "ws://127.0.0.1:1/link"
    findings = SlackChannel().probe(settings(slack, app_token=Secret(slack.app_token)), (MENTIONING,))
    assert [f.health for f in findings] == [Health.GOOD] * 3
    assert "over a socket" in findings[2].message
    assert "monazite" in findings[0].message
    assert slack.posts == []


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("chat:write", Health.BROKEN),
        ("channels:history", Health.WARNING),
        ("channels:read", Health.WARNING),
        ("usergroups:read", Health.WARNING),
    ],
)
def test_probe_names_the_missing_scope(slack: FakeSlack, scope: str, expected: Health) -> None:
    slack.scopes = tuple(s for s in slack.scopes if s != scope)
    findings = health(SlackChannel().probe(settings(slack), (MENTIONING,)))
    assert any(state is expected and scope in message for state, message in findings)


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ({"is_member": False}, "/invite"),
        ({"is_archived": True}, "archived"),
        ({"is_private": True, "is_member": False}, "not visible"),
    ],
)
def test_probe_names_the_channel_that_cannot_be_posted_to(slack: FakeSlack, flags: dict[str, bool], says: str) -> None:
    slack.add_channel("#elsewhere", **flags)
    target = ChannelTarget(name="x", kind="slack", address="#elsewhere")
    findings = health(SlackChannel().probe(settings(slack), (DESK, target)))
    broken = [message for state, message in findings if state is Health.BROKEN]
    assert len(broken) == 1
    assert says in broken[0]


def test_a_message_to_a_person_whose_answer_was_lost_is_found_in_the_channel_of_two(slack: FakeSlack) -> None:
    own = replace(DESK, name="member:U0ANN00001", address="U0ANN00001")
    slack.on_next("chat.postMessage", Fault.DROP_AFTER)
    assert connect(slack).send(first(own)).outcome is Outcome.AMBIGUOUS
    (post,) = slack.in_channel("U0ANN00001")
    found = connect(slack).find(first(own))
    assert found is not None
    assert (found.outcome, found.provider_id) == (Outcome.SENT, f"{post.channel}:{post.ts}")
    slack.scopes = tuple(scope for scope in slack.scopes if scope != "im:write")
    assert connect(slack).find(first(own)) is None, "without the right to look it cannot be looked up"


def test_probe_says_by_which_way_buttons_come_in_or_what_they_lack(slack: FakeSlack) -> None:
    def last(**changes: object) -> tuple[Health, str]:
        return health(SlackChannel().probe(settings(slack, **changes)))[-1]

    state, message = last()
    assert state is Health.WARNING
    assert "SLACK_APP_TOKEN" in message
    state, message = last(app_token=Secret("xapp-another"))
    assert state is Health.BROKEN
    assert "connections:write" in message
    assert "xapp-another" not in message
    state, message = last(listen="127.0.0.1:8090", signing_secret=Secret("s"))
    assert state is Health.GOOD
    assert "127.0.0.1:8090/slack/events" in message
    slack.scopes = tuple(scope for scope in slack.scopes if scope != "commands")
    state, message = last(listen="127.0.0.1:8090", signing_secret=Secret("s"))
    assert state is Health.WARNING
    assert "scope commands is missing" in message


def test_probe_says_that_a_way_in_without_a_bot_token_leads_nowhere(slack: FakeSlack) -> None:
    own = SlackSettings(app_token=Secret("xapp-1"), base_url=slack.base_url)
    (finding,) = SlackChannel().probe(Settings(data=Path("unused"), rules=Path("unused"), slack=own))
    assert finding.health is Health.WARNING
    assert "SLACK_BOT_TOKEN" in finding.message
    assert slack.calls == []


def test_probe_of_a_revoked_token_stops_there(slack: FakeSlack) -> None:
    slack.revoked = True
    (finding,) = SlackChannel().probe(settings(slack), (DESK,))
    assert finding.health is Health.BROKEN
    assert "revoked" in finding.message
    assert slack.token not in finding.message
