"""The real program from the outside: first alert, restart, stop, and being killed at the worst moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import Database
from bot.types.ids import SourceId
from tests import canaries
from tests.fakes.process import Bot, feed, rules, started
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack_socket import SlackSocket
from tests.fakes.slack_team import pressed
from tests.fakes.web import WebServer, ok, silence

pytestmark = pytest.mark.slow

BAN = (
    "China bans exports of gallium to Japan",
    "China's commerce ministry on Tuesday banned exports of gallium to Japan with immediate effect.",
)
CURB = (
    "Indonesia bans exports of nickel ore",
    "Indonesia's government announced a ban on exports of nickel ore, effective today.",
)
NEWS = ("Ferries resume after storm", "Operators expect a normal service on Wednesday.")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A feed, a Slack and a database, and the environment that points the bot at them."""

    web: WebServer
    slack: FakeSlack
    database: Database
    environ: dict[str, str]
    log: Path

    def publish(self, *items: tuple[str, str]) -> None:
        self.web.on("/feed", ok(feed(*items)))

    def poll_now(self) -> None:
        """Make the source due at once; the fastest pace that rule files allow is no pace for a test."""
        with self.database.transaction() as tx:
            state = tx.sources.state(SourceId("wire"), lock=True)
            assert state is not None
            tx.sources.save(replace(state, next_due=datetime(2026, 1, 1, tzinfo=UTC)))

    def poll_twice_more(self, bot: Bot) -> None:
        """Wait for two polls that begin after this call."""
        for _ in range(2):
            polls = len(self.web.requests)
            self.poll_now()
            bot.wait_until(lambda before=polls: len(self.web.requests) > before, "one more poll")  # type: ignore[misc]

    def desk(self) -> list[str]:
        """Texts of first messages on the desk."""
        return [post.args["text"] for post in self.slack.in_channel("#desk") if post.thread_ts is None]


@pytest.fixture
def world(tmp_path: Path, database: Database) -> Iterator[World]:
    with WebServer() as web, FakeSlack() as slack:
        slack.add_channel("#desk")
        slack.add_channel("#operations")
        environ = {
            "DATABASE_URL": database.conninfo.reveal(),
            "SLACK_BOT_TOKEN": slack.token,
            "SLACK_SIGNING_SECRET": canaries.SLACK_SIGNING_SECRET,
            "MONAZITE_WEBHOOK_SECRET": canaries.WEBHOOK_SECRET,
            "MONAZITE_SLACK_BASE_URL": slack.base_url,
            "MONAZITE_SLACK_TIMEOUT": "2",
            "MONAZITE_SLACK_FENCE": "1",
            "MONAZITE_DATA": str(tmp_path / "data"),
            "MONAZITE_RULES": str(rules(tmp_path / "rules", url=web.url("/feed"))),
            "MONAZITE_FETCH_ALLOW_HOSTS": web.netloc,
            "MONAZITE_FETCH_PER_HOST_SECONDS": "0",
            "MONAZITE_TICK_SECONDS": "0.2",
            "MONAZITE_WORKERS": "1",
            "MONAZITE_LOG_FORMAT": "json",
        }
        yield World(web=web, slack=slack, database=database, environ=environ, log=tmp_path / "log")


def test_first_alert_then_restart_repeats_nothing(world: World) -> None:
    world.publish(BAN, NEWS)
    with started("run", environ=world.environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.desk()) == 1, "the first alert")
        assert bot.terminate() == 0
    world.publish(CURB, BAN, NEWS)
    world.poll_now()
    environ = world.environ | {"SLACK_APP_TOKEN": world.slack.app_token}
    with SlackSocket(world.slack) as socket, started("run", environ=environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.desk()) == 2, "the second alert")
        alert = world.slack.in_channel("#desk")[1].args["blocks"][-1]["elements"][0]
        socket.hand_over("interactive", pressed(world.slack, alert["action_id"], alert["value"]))
        bot.wait_until(lambda: bool(world.slack.called("chat.update")), "the vote on the message")
        world.poll_twice_more(bot)
        assert bot.terminate() == 0
        assert "a socket to Slack" in bot.said()
    assert "👍 1" in str(world.slack.in_channel("#desk")[1].current["blocks"])
    first, second = world.desk()
    assert "China" in first
    assert "gallium" in first
    assert "Indonesia" in second
    assert not any("Ferries" in text for text in world.desk())
    assert world.slack.broken == []


@pytest.mark.soak
def test_the_page_behind_a_summary_completes_the_message(world: World) -> None:
    text = (
        "China's commerce ministry banned exports of gallium to Japan with effect from 1 March 2027. "
        "It said in a notice on its website that nobody will be given a licence until further notice."
    )
    page = f"<html><head><title>{BAN[0]}</title></head><body><main><h1>{BAN[0]}</h1><p>{text}</p></main></body></html>"
    link = world.web.on("/2027/ban.html", ok(page, "text/html; charset=utf-8"))
    world.web.on("/feed", ok(feed((BAN[0], "China bans exports of gallium …"), link=link)))
    rules(world.log.with_name("paged"), url=world.web.url("/feed"), page="relevant")
    environ = world.environ | {"MONAZITE_RULES": str(world.log.with_name("paged"))}

    def replies() -> list[str]:
        return [post.args["text"] for post in world.slack.in_channel("#desk") if post.thread_ts is not None]

    with started("run", environ=environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.desk()) == 1, "the alert")
        bot.wait_until(lambda: len(replies()) == 1, "the reply after its edit")
        assert bot.terminate() == 0
    assert len(world.slack.called("chat.update")) == 1
    assert "2027-03-01" in replies()[0]


def test_a_message_that_was_accepted_before_the_kill_is_not_sent_again(world: World) -> None:
    """SIGKILL after Slack took the message and before the bot could note it: found in history, one message."""
    world.publish(BAN)
    world.slack.on_next("chat.postMessage", Fault.SILENT_AFTER)
    with started("run", environ=world.environ | {"MONAZITE_SLACK_TIMEOUT": "30"}, log=world.log) as bot:
        bot.wait_until(lambda: len(world.desk()) == 1, "Slack to accept the message")
        bot.kill()
    looked = len(world.slack.called("conversations.history"))
    with started("run", environ=world.environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.slack.called("conversations.history")) > looked, "a look into the history")
        world.poll_twice_more(bot)
        assert bot.terminate() == 0
    assert len(world.desk()) == 1


def test_a_message_that_waits_when_the_bot_is_killed_is_sent_later(world: World) -> None:
    """Slack cannot be reached, the bot is killed, Slack is back: nothing is lost."""
    world.publish(BAN)
    dead = "http://127.0.0.1:9/api/"  # the discard port: nobody listens
    with started("run", environ=world.environ | {"MONAZITE_SLACK_BASE_URL": dead}, log=world.log) as bot:
        bot.wait_until(lambda: '"event": "message"' in bot.said(), "an attempt")
        bot.kill()
    assert world.desk() == []
    with started("run", environ=world.environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.desk()) == 1, "the message")
        assert bot.terminate() == 0
    assert len(world.desk()) == 1


def test_sigterm_finishes_a_fetch_that_hangs_within_its_deadline(world: World) -> None:
    world.web.on("/feed", silence())
    environ = world.environ | {"MONAZITE_FETCH_DEADLINE": "2", "MONAZITE_FETCH_CONNECT_TIMEOUT": "1"}
    with started("run", environ=environ, log=world.log) as bot:
        bot.wait_until(lambda: len(world.web.requests) == 1, "the fetch")
        assert bot.terminate() == 0
        assert '"event": "stopped"' in bot.said()


def test_a_worker_elsewhere_does_the_work_of_a_killed_one(world: World) -> None:
    """`run` schedules, dies; `worker` alone finishes what was queued."""
    world.publish(BAN)
    with started("run", environ=world.environ, log=world.log) as scheduler:
        scheduler.wait_until(lambda: len(world.web.requests) >= 1, "a poll")
        with started("worker", environ=world.environ, log=world.log) as helper:
            helper.wait_until(lambda: helper.said().count('"event": "started"') == 2, "both processes")
            scheduler.kill()
        with started("run", environ=world.environ, log=world.log) as again:
            again.wait_until(lambda: again.said().count('"event": "started"') == 3, "the new scheduler")
            again.wait_until(lambda: len(world.desk()) == 1, "the alert")
            assert again.terminate() == 0
    assert len(world.desk()) == 1


def test_without_network_the_bot_goes_on_and_says_so(world: World) -> None:
    """Every source fails; nothing crashes; `doctor` and `sources status` tell."""
    environ = world.environ | {"MONAZITE_FETCH_ALLOW_HOSTS": "nowhere.invalid"}
    with started("run", environ=environ, log=world.log) as bot:
        bot.wait_until(lambda: '"event": "source failed"' in bot.said(), "the failure in the log")
        assert bot.process.poll() is None
        assert bot.terminate() == 0
    with started("sources", "status", environ=environ, log=world.log.with_name("status")) as status:
        assert status.process.wait(timeout=60) == 1
        assert "failing" in status.said()


@pytest.mark.parametrize("settings", [{"MONAZITE_RULES": "/nowhere"}, {"MONAZITE_TICK_SECONDS": "soon"}])
def test_wrong_settings_are_refused_in_a_sentence(world: World, settings: dict[str, str]) -> None:
    with started("run", environ=world.environ | settings, log=world.log) as bot:
        assert bot.process.wait(timeout=60) == 2
        assert "Traceback" not in bot.said()
