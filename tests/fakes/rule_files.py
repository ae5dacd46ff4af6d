"""A small rule set as files, and plain plug-ins for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.rulebook.plugins import Plugins
from bot.types.delivery import Alert, ChannelTarget, Message
from bot.types.ports import Channel, Condition, Fact, Sender, SourceKind
from bot.types.settings import Settings
from bot.types.source import Fetched, Harvest, ParseFailure, Request, Source, SourceState

CONCEPT = """\
kind: concept
id: export-ban
title: Export ban
slot: measure
status: live
weight: critical
changed: 2026-11-21
direction: tighten
family: restrict
names: {en: export ban, nl: uitvoerverbod}
sure:
  en: [export ban, ban|halt .. export|shipment]
  nl: [export|uitvoer + verbod|verboden]
  de: [export|ausfuhr + verbot]
  ja: [輸出禁止]
  zh-Hans: [禁止出口]
maybe:
  en: [embargo]
maybe_needs: [rare-earths]
not_when:
  inside: [export ban on calves]
  near: {en: [livestock]}
tests:
  - text: "China imposes an [export ban](export-ban) on magnets."
  - text: "Klik op export as pdf."
"""
GOODS = """\
kind: concept
id: rare-earths
title: Rare earths
slot: goods
status: live
weight: high
hs: [2805.30, "2846", 8505.10]
sure:
  en: [rare earth, neodymium]
  nl: [zeldzame aardmetaal|aardmetalen]
  de: [seltene|seltenen|seltener erde|erden]
  ja: [レアアース]
  zh-Hans: [稀土]
tests:
  - text: "[Rare earth](rare-earths) prices fall."
  - text: "The band played."
"""
MAGNETS = """\
kind: concept
id: magnets
title: Magnets
slot: goods
status: shadow
parent: rare-earths
sure: {"*": [permanent magnet]}
"""
NOISE = """\
kind: concept
id: sport
title: Sport
slot: noise
status: live
sure: {"*": [=UEFA]}
tests: [{text: "[UEFA](sport) cup"}, {text: nothing}]
"""
ACTOR = """\
kind: actor
id: gov-cn
title: China
status: live
role: state
jurisdiction: CN
names: {en: China, nl: China}
sure:
  en: [China, Beijing]
  "*": [中国]
"""
NORWAY = """\
kind: actor
id: gov-no
title: Norway
status: live
role: state
jurisdiction: NO
sure: {"*": [Norway]}
"""
SECTOR = """\
kind: sector
id: wind
title: Wind turbines
status: live
names:
  en: [wind turbine, offshore wind]
  nl: [wind + turbine|park]
exposed_to:
  - {goods: rare-earths, from: CN, level: critical, why: magnets for generators}
countries: {CN: critical, NO: low}
companies:
  - {name: Example Turbines AS, aliases: [=ExTurb], level: high}
tests:
  - text: "China imposes an [export ban](export-ban) on [rare earths](rare-earths)."
    source: press
    band: alert
  - text: "A wind park opens."
    band: archive
"""
ALERT = """\
kind: alert
id: cn-limits
title: China limits exports
status: live
changed: 2026-11-21
when:
  all:
    - {measure: export-ban}
    - {goods: [rare-earths, magnets]}
    - {actor: CN}
  none:
    - {stage: denied}
  within: paragraph
add:
  - {points: 6, if: {target: [JP, NL]}, why: our suppliers}
at_least: digest
exceptions:
  - {id: quota-notice, if: {source: cn-mofcom, title_has: annual quota}, until: 2099-01-31, owner: desk, why: routine}
say: "{actor} {stage} {measure} on {goods}"
tests:
  - {text: "China [bans exports](export-ban) of magnets.", source: official, band: alert, says_rule: cn-limits}
  - {text: "Nothing happens.", silent_rule: cn-limits}
"""
SCORING = """\
kind: scoring
version: 3
scale: {half: 50, double_every: 10}
bands: {archive: 0, digest: 40, alert: 60, urgent: 80}
levels: {low: 3, medium: 8, high: 14, critical: 20}
repeat: [1, 0.5, 0.25]
together: {sentence: 8, paragraph: 4}
actor_known: 5
target_known: 5
named_company: 10
source: {official: 6, wire: 4, press: 3, trade: 3, think-tank: 1, blog: 0, unknown: -5}
stage: {in-force: 6, announced: 4, proposed: 2, denied: -12, historic: -10}
cue: {reported: -3, negated: -20}
seen_by: {each_doubling: 3, most: 9}
noise: {sport: -25}
background: -6
age: {halves_every: 4d}
"""
ROUTES = """\
kind: routes
channels:
  desk: {slack: "#desk"}
  now: {slack: "#now", mention: "@oncall", locale: nl}
  ops: {console: stdout}
routes:
  - {id: urgent, if: {band: urgent}, send: now, quiet: ignore}
  - {id: desk, if: {band: alert+}, send: desk, quiet: nights}
  - {id: weekly, if: {band: digest+}, send: digest-weekly}
  - {id: catch-all, if: {band: archive+}, send: archive}
stories: {hold: 3m, at_most: 6 per hour per channel}
quiet:
  nights: {days: mon-sun, from: 22:00, to: "07:00", zone: Europe/Amsterdam}
silences:
  - {id: s-7, if: {goods: rare-earths, source: cn-mofcom}, until: 2099-12-05, owner: desk, why: repeats}
digests:
  digest-weekly:
    when: mon 07:30
    zone: Europe/Amsterdam
    to: [{who: wind@example.org, sectors: [wind], locale: nl}, {who: all@example.org}]
    audit_sample: 5
operations: ops
tests:
  - {alert: {band: urgent, sector: wind}, goes_to: [now, desk, digest-weekly, archive]}
  - {alert: {band: digest}, goes_to: [digest-weekly, archive]}
"""
SOURCES = """\
kind: sources
sources:
  - id: cn-mofcom
    kind: feed
    url: https://example.org/feed.xml
    publisher: MOFCOM
    jurisdiction: CN
    languages: [zh-Hans]
    authority: official
    reliability: A
    every: 20m
    enabled: yes
    why: announcements
    max_age_of_newest: 30d
    options: {limit: 5}
    headers: {Accept-Language: "zh-CN,zh;q=0.9"}
  - id: no-daily
    kind: feed
    url: https://example.org/no.xml
    publisher: Daily
    jurisdiction: NO
    languages: en
    authority: press
    reliability: C
    every: 2h
    enabled: no
    why: paywall
"""
FILES: Mapping[str, str] = {
    "concepts/export-ban.yml": CONCEPT,
    "concepts/rare-earths.yml": GOODS,
    "concepts/magnets.yml": MAGNETS,
    "concepts/sport.yml": NOISE,
    "actors/gov-cn.yml": ACTOR,
    "actors/gov-no.yml": NORWAY,
    "sectors/wind.yml": SECTOR,
    "alerts/cn-limits.yml": ALERT,
    "scoring.yml": SCORING,
    "routes.yml": ROUTES,
    "sources/cn.yml": SOURCES,
}


def write_rules(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the small rule set; `changes` replaces files, adds some, or leaves one out (None)."""
    for path, content in {**FILES, **(changes or {})}.items():
        if content is None:
            continue
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@dataclass(frozen=True)
class WordsCondition:
    """A condition that takes one word or a list of words, some of which are ids."""

    name: str
    names: str = ""  # kind of id that its small words are

    def parse(self, raw: object) -> tuple[str, ...]:
        words = raw if isinstance(raw, list) else [raw]
        if not words or not all(isinstance(word, str) for word in words):
            raise ValueError(f"{self.name} takes one word or a list of words")
        return tuple(str(word) for word in words)

    def ids(self, params: object) -> tuple[tuple[str, str], ...]:
        words = params if isinstance(params, tuple) else ()
        return tuple((self.names, word) for word in words if self.names and word.islower())

    def holds(self, fact: Fact, params: object) -> str | None:
        raise NotImplementedError


@dataclass(frozen=True)
class PlainKind:
    """A kind of source with one option, a whole number."""

    name: str = "feed"

    def options(self, raw: Mapping[str, object]) -> Mapping[str, object]:
        for key, value in raw.items():
            if key != "limit":
                raise ValueError(f"{key} is no option of {self.name}; it takes limit")
            if not str(value).isdigit():
                raise ValueError(f"limit takes a whole number, not {value!r}")
        return {"limit": int(str(raw.get("limit", 10)))}

    def requests(self, source: Source, state: SourceState, *, now: object) -> tuple[Request, ...]:
        raise NotImplementedError

    def older(self, source: Source, page: int, *, now: object) -> Request | None:
        raise NotImplementedError

    def items(self, source: Source, fetched: Fetched, memory: str = "") -> Harvest | ParseFailure:
        raise NotImplementedError


@dataclass(frozen=True)
class PlainChannel:
    """A channel whose address must begin with a sign."""

    name: str
    sign: str
    known: tuple[str, ...] = ()

    def check(self, target: ChannelTarget) -> None:
        if not target.address.startswith(self.sign):
            raise ValueError(f"{target.address!r} is no address of {self.name}; it begins with {self.sign!r}")
        for name in target.options:
            if name not in self.known:
                raise ValueError(f"{self.name} has no option {name!r}")

    def render(self, alert: Alert, target: ChannelTarget) -> Message:
        raise NotImplementedError

    def render_change(self, alert: Alert, target: ChannelTarget) -> Message | None:
        raise NotImplementedError

    def render_notice(self, title: str, lines: Sequence[str], target: ChannelTarget) -> Message:
        raise NotImplementedError

    def connect(self, settings: Settings) -> Sender | str:
        raise NotImplementedError


_CONDITIONS: tuple[Condition, ...] = (
    WordsCondition("measure", "measure"),
    WordsCondition("goods", "goods"),
    WordsCondition("actor", "concept"),
    WordsCondition("target"),
    WordsCondition("stage"),
    WordsCondition("source", "source"),
    WordsCondition("title_has"),
)
_KINDS: tuple[SourceKind, ...] = (PlainKind(), PlainKind("listing"))
_CHANNELS: tuple[Channel, ...] = (
    PlainChannel("slack", "#", ("mention",)),
    PlainChannel("console", "stdout"),
    PlainChannel("email", ""),
)
PLUGINS = Plugins(
    conditions={condition.name: condition for condition in _CONDITIONS},
    source_kinds={kind.name: kind for kind in _KINDS},
    channels={channel.name: channel for channel in _CHANNELS},
)
