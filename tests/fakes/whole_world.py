"""A world of policy steps, the sources that tell them and what these answer: all that lies outside of the program.

Every step has a number that no other text bears: `Q17Q` stands in each title, text and address that tells step 17, so
that whoever reads a channel can say what a message is about without asking the program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Slot, Stage
from bot.types.reading import Reading
from bot.types.source import Fetched, FetchFailure, FetchProblem, NotModified, PageRule, PageWhen, Request, Source
from tests.fakes import records, rules

TOKEN = re.compile(r"q(\d+)q", re.IGNORECASE)
# Days on which steps enter into force: of a year that no clock of these tests comes to.
DAYS = (date(2031, 3, 1), date(2031, 4, 2), date(2031, 5, 3))
GOODS = ("gallium", "graphite", "magnets", "dual-use")  # so few that steps look alike
TARGETS = ("JP", "NL")
FIRST_HOURS = timedelta(hours=48)  # items of a first answer that are younger are news, says the README
WRONG = timedelta(minutes=10)  # more than the host's clock is ever off
_TELLS = re.compile(r"Q(\d+)Q: (\S+) on (\S+) is (\S+) from (\S+) towards (\S+) \((\S+)\)\.")
_WORDS = 60  # of filler per text: enough that two texts of one step are no copies of one another


@dataclass
class Step:
    """Something that a state did, as it truly stands."""

    number: int
    goods: str
    relevant: bool
    target: str
    stage: Stage = Stage.ANNOUNCED
    day: date = DAYS[0]
    changes: int = 0  # that a reader must be told of, besides that it is confirmed
    edits: int = 0  # of any kind

    @property
    def token(self) -> str:
        return f"Q{self.number}Q"

    @property
    def sentence(self) -> str:
        """What every text says of it."""
        measure = "export-ban" if self.relevant else "import-tariff"
        goods = self.goods if self.relevant else "lithium"
        cited = f"cn-mofcom:2026:{self.number}"
        return (
            f"{self.token}: {measure} on {goods} is {self.stage.value} from {self.day} towards {self.target} ({cited})."
        )


@dataclass
class Item:
    """What one source tells of a step."""

    step: Step
    name: str  # stays
    guid: str
    link: str
    published: datetime | None
    baseline: bool  # it was there, and old, before its source was ever read
    perhaps: bool = False  # it was almost too old to be news when its source was first read
    typos: int = 0
    edition: int = 0


@dataclass
class Outlet:
    """A source as its publisher runs it."""

    source: Source
    items: list[Item] = field(default_factory=list)
    replicas: list[bytes] = field(default_factory=list)  # what it answered before, oldest first
    mode: str = "ok"  # ok | stale | html | empty | cut | down
    read: bool = False  # the program has had a good answer, as far as anybody can tell
    edited: bool = False  # since its last good answer
    renamed: bool = False  # since its last good answer

    @property
    def official(self) -> bool:
        return self.source.authority is Authority.OFFICIAL

    def feed(self) -> bytes:
        """The feed as it is now, newest first."""
        rows = "".join(self._entry(item) for item in reversed(self.items))
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode()

    def _entry(self, item: Item) -> str:
        dated = f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else ""
        typo = "".join(f" sic{n}" for n in range(item.typos))
        title = f"{self.source.publisher} tells {item.step.token}{typo}"
        filler = _filler(f"{self.source.id}:{item.step.number}")
        text = f"{item.step.sentence} {filler} Edition {item.edition}."
        return (
            f"<item><title>{escape(title)}</title><link>{escape(item.link)}</link>"
            f'<guid isPermaLink="false">{item.guid}</guid>{dated}<description>{escape(text)}</description></item>'
        )


def _filler(seed: str) -> str:
    """Words that no other text of another source or step has."""
    digest = hashlib.sha256(seed.encode()).hexdigest() * 4
    return " ".join(f"w{digest[n : n + 4]}" for n in range(0, 4 * _WORDS, 4))


def outlets() -> list[Outlet]:
    """A ministry, and papers in three languages."""
    made = (
        ("ministry", "Ministry of Commerce", Authority.OFFICIAL, "CN", "zh-Hans"),
        ("courant", "Courant", Authority.PRESS, "NL", "nl"),
        ("shimbun", "Shimbun", Authority.PRESS, "JP", "ja"),
        ("herald", "Herald", Authority.WIRE, "US", "en"),
    )
    return [
        Outlet(
            records.source(
                name,
                kind="feed",
                url=f"https://{name}.example/feed",
                publisher=publisher,
                authority=authority,
                jurisdiction=jurisdiction,
                languages=(lang,),
                page=PageRule(when=PageWhen.NEVER),
            )
        )
        for name, publisher, authority, jurisdiction, lang in made
    ]


class World:
    """What happens, whoever looks. Its time is the true one; the program's host may be wrong by minutes."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.skew = timedelta(0)  # of the program's host
        self.outlets = outlets()
        self.steps: list[Step] = []
        self._names = 0

    # -- what happens -------------------------------------------------------------------------------------------------

    def take(self, *, goods: str, target: str, relevant: bool = True) -> Step:
        """A new step."""
        step = Step(number=100 + len(self.steps), goods=goods, target=target, relevant=relevant)
        self.steps.append(step)
        return step

    def tell(self, outlet: Outlet, step: Step, *, dated: str = "now", old: bool = False) -> Item | None:
        """A source publishes an item about a step; None when it has one already."""
        if any(item.step is step for item in outlet.items):
            return None
        published = {"now": self.now, "none": None, "ahead": self.now + timedelta(days=400)}[dated]
        published = self.now - timedelta(days=5) if old else published
        self._names += 1
        name = f"{outlet.source.id}-{self._names}"
        item = Item(
            step=step, name=name, guid=f"guid-{name}", link=f"https://{outlet.source.id}.example/{step.token}-{name}",
            published=published, baseline=old,
        )  # fmt: skip
        outlet.items.append(item)
        return item

    def change(self, step: Step, what: str) -> None:
        """Everybody who told of a step says something else now."""
        if what == "stage":
            step.stage = Stage.IN_FORCE
        elif what == "target":
            step.target = TARGETS[1 - TARGETS.index(step.target)]
        else:
            step.day = DAYS[(DAYS.index(step.day) + (1 if what == "day" else 2)) % len(DAYS)]
        step.changes += 1
        step.edits += 1
        for outlet, item in self.tellings(step):
            item.edition += 1
            outlet.edited = True

    def grow_old(self, outlet: Outlet) -> None:
        """A source is about to be read for the first time: what it has told for long is no news."""
        for item in outlet.items:
            age = self.now - item.published if item.published else timedelta(0)
            item.baseline = age > FIRST_HOURS + WRONG
            item.perhaps = not item.baseline and age > FIRST_HOURS - WRONG

    def tellings(self, step: Step) -> list[tuple[Outlet, Item]]:
        """Who tells of a step."""
        return [(outlet, item) for outlet in self.outlets for item in outlet.items if item.step is step]

    def news(self, step: Step) -> int:
        """Most replies that a reader may get about a step: who saw a paper's word first is told of the ministry's."""
        official = {outlet.official for outlet, _ in self.tellings(step)}
        return step.changes + (official == {True, False})

    # -- what the program gets ----------------------------------------------------------------------------------------

    def answer(self, request: Request, now: datetime) -> Fetched | NotModified | FetchFailure:
        """What a source answers; `now` is the program's time."""
        outlet = next(outlet for outlet in self.outlets if outlet.source.id == request.source_id)
        body, complete = outlet.feed(), True
        if outlet.mode == "down":
            return FetchFailure(
                request=request, problem=FetchProblem.STATUS, message="It answers 503.", transient=True, fetched_at=now,
                status=503,
            )  # fmt: skip
        if outlet.mode == "html":
            body = b"<!doctype html><html><head><title>Login</title></head><body>Please log in.</body></html>"
        elif outlet.mode == "empty":
            body = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
        elif outlet.mode == "stale" and outlet.replicas:
            body = outlet.replicas[0]
        elif outlet.mode == "cut":
            body, complete = body[: len(body) * 2 // 3], False
        else:
            outlet.replicas.append(body)
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if complete and request.etag == etag:
            return NotModified(request=request, fetched_at=now)
        return Fetched(
            request=request, final_url=request.url, status=200, media_type="application/rss+xml", charset="utf-8",
            body=body, complete=complete, fetched_at=now, etag=etag if complete else None,
        )  # fmt: skip


def read(documents: Sequence[Document]) -> tuple[Reading, ...]:
    """Understand texts of this world."""
    return tuple(_reading(document) for document in documents)


def _reading(document: Document) -> Reading:
    found = _TELLS.search(document.text)
    if found is None:
        return rules.reading(document)
    _, measure, goods, stage, day, target, cited = found.groups()
    event = rules.event(
        measure=ConceptId(measure), goods=(ConceptId(goods),), targets=(target,), stage=Stage(stage),
        effective=date.fromisoformat(day), citation=cited, start=0, end=len(document.title), evidence=(),
    )  # fmt: skip
    mentions = (rules.mention(measure, Slot.MEASURE, 0), rules.mention(goods, Slot.GOODS, 12))
    return replace(rules.reading(document, (event,), mentions), lang=document.languages[0])


# Two of them shortly before clocks change in Europe.
STARTS = (
    datetime(2026, 1, 6, 9, tzinfo=UTC),
    datetime(2026, 3, 28, 19, tzinfo=UTC),
    datetime(2026, 10, 24, 19, tzinfo=UTC),
)
