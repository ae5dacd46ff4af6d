"""The analyst's whole loop on the archive of the demo: a false alert is silenced, a sector added, nothing restarted.

false alert -> explain -> vote -> edit -> check -> test -> backtest -> diff -> reload -> the next poll is silent;
new sector -> check -> backtest -> route -> backtest -> reload.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.cli.commands import run_command_line
from bot.demo.clock import RecordedClock
from bot.demo.newsroom import Newsroom
from bot.demo.outcome import Outcome
from bot.pipeline import Current, RuleWatch, assess, collect, deliver, load_whole, read
from bot.rulebook.load import Shelf
from bot.types.ids import SourceId
from bot.types.secret import Secret
from bot.types.settings import FetchSettings, Settings, SlackSettings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TUESDAY = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)  # a week after the demo
WIRE, FEED = SourceId("demo-en-wire"), "/en/wire.xml"
SINCE = "2026-01-01"
ITEM = """<item><title>{title}</title><link>https://harbourwire.example/{slug}</link><guid>{slug}</guid>
<pubDate>{date:%a, %d %b %Y %H:%M:%S} +0000</pubDate><description>{text}</description></item>"""


@dataclass
class Desk:
    """An analyst at a terminal, and the bot that runs beside it."""

    folder: Path
    current: Current
    watch: RuleWatch
    newsroom: Newsroom
    clock: RecordedClock
    capsys: pytest.CaptureFixture[str]

    def types(self, *command: str) -> tuple[int, str]:
        """A command as the analyst types it: exit code and what it prints."""
        self.capsys.readouterr()  # what the bot beside it said
        code = run_command_line([*command])
        return code, self.capsys.readouterr().out

    def asks(self, *command: str) -> Any:
        """The same with --json."""
        _, shown = self.types(*command, "--json")
        return json.loads(shown)

    def rules(self, *command: str) -> tuple[str, ...]:
        return ("rules", *command, "--rules", str(self.folder))

    def polls(self, slug: str, title: str, text: str) -> list[str]:
        """A new item on the wire, the next poll, and the texts of the messages that come of it."""
        self.clock.advance_to(self.clock.now() + timedelta(hours=1))
        self.newsroom.news[FEED] = ITEM.format(title=title, slug=slug, text=text, date=self.clock.now())
        before = len(self.newsroom.posted)
        rig = self.current.rig
        found = collect(rig, WIRE)
        assert found.outcome == "fetched", found
        assert read(rig, found.document_ids) == len(found.document_ids) == 1
        assess(rig)
        self.clock.advance_to(self.clock.now() + timedelta(minutes=5))
        assess(rig)
        for channel in rig.rulebook.routing.channels:
            deliver(rig, channel)
        return [f"{post.channel} {post.payload['text']}" for post in self.newsroom.posted[before:]]

    def reloads(self) -> bool:
        """The watcher's next looks."""
        return self.watch.look() or self.watch.look()


@contextmanager
def sitting(outcome: Outcome, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    """The demo's bot on a copy of its rules and on its archive, a week later."""
    folder, clock = tmp_path / "rules", RecordedClock(TUESDAY)
    shutil.copytree(outcome.rules, folder)
    with Newsroom(clock) as newsroom:
        newsroom.act = 9
        sources = folder / "sources" / "demo.yml"
        sources.write_text(re.sub(r"127\.0\.0\.1:\d+", newsroom.host, sources.read_text(encoding="utf-8")))
        settings = Settings(
            data=outcome.page.parent / "data",
            rules=folder,
            slack=SlackSettings(token=Secret("xoxb-demo"), base_url=f"http://{newsroom.host}/api/", fence=0.0),
            fetch=FetchSettings(allow_hosts=(newsroom.host,), per_host_seconds=0.0),
            workers=1,
        )
        shelf = Shelf(app.plugins())
        loaded = load_whole(folder, shelf.load)
        with app.open_rig(settings, rulebook=loaded.rulebook, clock=clock) as rig:
            current = Current(rig)
            watch = RuleWatch(current, loaded.files, shelf.load, lambda _: None)
            yield Desk(folder, current, watch, newsroom, clock, capsys)


@pytest.fixture
def desk(
    outcome: Outcome, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("MONAZITE_DATA", str(outcome.page.parent / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    with sitting(outcome, tmp_path, capsys) as made:
        yield made


def test_a_false_alert_is_silenced_and_a_sector_added_without_a_restart(desk: Desk) -> None:
    story = ask_why(desk)
    edit(desk)
    assert replay_and_reload(desk, story) == [], "the next poll is silent"
    assert "#loudspeakers" in add_a_sector(desk)


def ask_why(desk: Desk) -> str:
    """An alert that the desk holds to be false: gives its story."""
    told = desk.polls(
        "titanium",
        "Russia is considering limits on exports of titanium",
        "A deputy prime minister said on Tuesday that Moscow is considering limits on titanium exports.",
    )
    assert [text.partition(" ")[0] for text in told] == ["#econsec-alerts"]

    story: str = desk.asks("why", "https://harbourwire.example/titanium")["stories"][0]["story"]["id"]
    code, shown = desk.types(*desk.rules("explain", story))
    assert code == 0
    assert "considered-restriction" in shown
    assert "considered-restriction.yml" in shown, "the line of the rule file stands beside its points"
    code, shown = desk.types("vote", story, "not", "--why", "hedged", "--by", "ann")
    assert code == 0
    return story


def edit(desk: Desk) -> None:
    """Of what is only considered, the digest is enough; the slip in the first try never comes into force."""
    code, shown = desk.types(*desk.rules("new", "change", "considered-restriction"))
    file = desk.folder / "local" / "considered-restriction.yml"
    text = file.read_text(encoding="utf-8").replace("status: draft", "status: live")
    file.write_text(text.replace("set: {} ", "set: {at_most: digset} "), encoding="utf-8")
    code, shown = desk.types(*desk.rules("check"))
    assert code == 1
    assert 'did you mean "digest"?' in shown
    assert not desk.reloads(), "what does not load never comes into force"
    file.write_text(text.replace("set: {} ", "set: {at_most: digest} "), encoding="utf-8")
    code, shown = desk.types(*desk.rules("check"))
    assert code == 0, shown

    # Tests inside the shipped file still expect an alert: they say what the desk gives up.
    code, shown = desk.types(*desk.rules("test", "--only", "considered-restriction"))
    assert code == 1
    assert "expected alert" in shown


def replay_and_reload(desk: Desk, story: str) -> list[str]:
    """What the edit would have meant, and that it means it from now on; gives what the next poll tells readers."""
    # The replay says that one edit is not enough, and explain says why: another rule holds as well.
    assert desk.asks(*desk.rules("backtest", "--since", SINCE))["lost"] == []
    assert "reads-like-a-step" in desk.types(*desk.rules("explain", story))[1]
    desk.types(*desk.rules("new", "change", "reads-like-a-step"))
    other = desk.folder / "local" / "reads-like-a-step.yml"
    text = other.read_text(encoding="utf-8").replace("status: draft", "status: live")
    other.write_text(text.replace("add: {} ", "add: {when.none: [{stage: considered}]} "), encoding="utf-8")
    assert desk.types(*desk.rules("check"))[0] == 0

    found = desk.asks(*desk.rules("backtest", "--since", SINCE))
    assert story in {moved["story_id"] for moved in found["lost"]}
    assert {moved["labels"]["not_useful"] for moved in found["lost"] if moved["story_id"] == story} == {1}
    assert found["gained"] == []
    assert found["ok"], "nothing that readers found useful is lost"
    shown = desk.types(*desk.rules("backtest", "--since", SINCE))[1]
    assert "1 not useful" in shown
    assert "titanium" in shown
    shown = desk.types(*desk.rules("diff"))[1]
    assert "alert considered-restriction: at_most alert -> digest" in shown

    before = desk.current.rig.rulebook.hash
    assert desk.reloads()
    assert desk.current.rig.rulebook.hash != before
    told = desk.polls(
        "nickel",
        "Indonesia is considering an export quota for nickel ore",
        "The mining minister said Jakarta is considering a quota for exports of nickel ore.",
    )
    notices = " ".join(told)
    assert "Rule files do not load" in notices
    assert "considered-restriction: at_most alert" in notices, "the operations channel was told of both"
    known = desk.asks("why", "https://harbourwire.example/nickel")["stories"][0]
    assert known["assessment"]["band"] == "digest"
    assert known["assessment"]["ruleset_hash"] == desk.current.rig.rulebook.hash
    return [text for text in told if not text.startswith("#monazite-operations")]


def add_a_sector(desk: Desk) -> set[str]:
    """A sector of the desk's own with a channel; gives the channels that the next step on its goods reaches."""
    code, shown = desk.types(*desk.rules("new", "sector", "loudspeakers"))
    assert code == 0
    file = desk.folder / "sectors" / "loudspeakers.yml"
    text = file.read_text(encoding="utf-8").replace("status: draft", "status: live")
    rows = "  - {goods: rare-earths, from: CN, level: high, why: magnets}\n"
    rows += "  - {goods: dual-use, from: CN, level: medium, why: drivers and test benches}"
    text = re.sub(r"  - \{goods: .*\}", rows, text)
    file.write_text(text.replace("countries: {CN: medium}", "countries: {CN: high}"), encoding="utf-8")
    code, shown = desk.types(*desk.rules("check"))
    assert code == 0, shown

    found = desk.asks(*desk.rules("backtest", "--since", SINCE))
    assert (found["gained"], found["lost"]) == ([], []), "a sector without a route reaches nobody new"

    routes = desk.folder / "routes.yml"
    text = routes.read_text(encoding="utf-8")
    text = text.replace("channels:\n", 'channels:\n  sound: {slack: "#loudspeakers"}\n', 1)
    row = "routes:\n  - {id: sound, if: {sector: loudspeakers, band: alert+}, send: sound}\n"
    routes.write_text(text.replace("routes:\n", row, 1), encoding="utf-8")
    code, shown = desk.types(*desk.rules("check"))
    assert code == 0, shown
    found = desk.asks(*desk.rules("backtest", "--since", SINCE))
    assert found["gained"], "what concerned loudspeakers in the archive"
    assert {channel for moved in found["gained"] for channel in moved["channels"]} == {"sound"}
    assert desk.reloads()
    told = desk.polls(
        "magnets",
        "China bans exports of rare earth magnets",
        "China's commerce ministry banned exports of rare earth magnets on Tuesday, with immediate effect.",
    )
    return {text.partition(" ")[0] for text in told}
