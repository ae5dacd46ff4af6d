"""A made-up desk on the small rule set: texts that the real reader reads, weighed stories, readers who vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.cluster import place
from bot.score import assess
from bot.storage import Transaction
from bot.storage.documents import NewDocument
from bot.types.document import Document
from bot.types.ids import SourceId
from bot.types.levels import Authority, Band
from bot.types.reading import Reading
from bot.types.rules import Rulebook
from bot.types.story import Story
from bot.types.vote import Complaint, Shown, Verdict, Vote
from bot.understand.reader import SpacyReader
from tests.fakes import rules
from tests.fakes.rule_files import FILES, write_rules

AUDIT_RATE = 0.25
PRESS, OFFICIAL, BLOG = Authority.PRESS, Authority.OFFICIAL, Authority.BLOG


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One story of one text, and what readers say of it."""

    title: str
    text: str = ""
    useful: bool | None = None  # None: nobody votes
    complaint: Complaint | None = None
    shown: Shown | None = None  # by its band unless given
    source: str = "daily"
    authority: Authority = PRESS
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text as the archive holds it, with its vote."""

    document: Document
    reading: Reading
    story: Story
    vote: Vote | None


def folder(at: Path, changes: dict[str, str] | None = None) -> Path:
    """The small rule set, with options of sources as the real kinds know them."""
    plain = FILES["sources/cn.yml"].replace("    options: {limit: 5}\n", "")
    scoring = FILES["scoring.yml"].replace("blog: 0", "blog: -3")
    alert = FILES["alerts/cn-limits.yml"].replace("[JP, NL]", "[NO, NL]")  # whom an actor file stands for
    return write_rules(
        at, {"sources/cn.yml": plain, "scoring.yml": scoring, "alerts/cn-limits.yml": alert} | (changes or {})
    )


def tell(rulebook: Rulebook, texts: Sequence[Text], *, start: datetime = rules.NOON) -> list[Told]:
    """Texts an hour apart, each a story of its own, and a vote an hour after each."""
    reader = SpacyReader(rulebook.lexicon)
    found = []
    for number, text in enumerate(texts):
        when = start + timedelta(hours=number)
        document = rules.document(
            f"t{number:03}", text.title, text.text, source_id=SourceId(text.source), publisher=text.source.title(),
            authority=text.authority, jurisdiction="NL", first_seen=when, published_at=when,
        )  # fmt: skip
        reading = reader.read(document, lang=text.lang)
        story = place(document, reading, (), lexicon=rulebook.lexicon).story
        found.append(Told(document=document, reading=reading, story=story, vote=_vote(text, story, reading, rulebook)))
    return found


def _vote(text: Text, story: Story, reading: Reading, rulebook: Rulebook) -> Vote | None:
    if text.useful is None:
        return None
    assessment = assess(story, {reading.document_id: reading}, rulebook)
    usual = {Band.ARCHIVE: Shown.AUDIT, Band.DIGEST: Shown.DIGEST}.get(assessment.band, Shown.ALERT)
    shown = text.shown or usual
    return Vote(
        story_id=story.id,
        voter="ann",
        at=story.first_seen + timedelta(minutes=30),
        verdict=Verdict.USEFUL if text.useful else Verdict.NOT,
        complaint=text.complaint,
        note="",
        shown=shown,
        rate=AUDIT_RATE if shown is Shown.AUDIT else 1.0,
        assessment=assessment,
        document_ids=story.document_ids,
        title=text.title,
        url=story.tellings[0].url,
    )


def keep(tx: Transaction, told: Iterable[Told]) -> None:
    """Put everything into an archive."""
    for each in told:
        tx.documents.put([NewDocument(document=each.document)])
        tx.documents.save_readings([each.reading], at=each.document.first_seen)
        tx.stories.save(each.story, keys=[each.story.id], is_new=True)
        if each.vote is not None:
            tx.votes.cast(each.vote)


def votes(told: Iterable[Told]) -> list[Vote]:
    """The votes of those who voted."""
    return [each.vote for each in told if each.vote is not None]


def year(*, liked_blog: bool = False) -> list[Text]:
    """A hundred and twenty stories: readers like what ministries and papers tell, and nothing of what a blog says.

    With `liked_blog`, they like one story of the blog.
    """
    found = []
    for n in range(30):
        goods = ("rare earths", "neodymium", "permanent magnets")[n % 3]
        found += [
            Text(title=f"China imposes an export ban on {goods}, notice {n}", useful=n % 10 != 3,
                 source="cn-mofcom", authority=OFFICIAL),
            Text(title=f"China announces export ban on {goods} to {('Norway', 'Brazil')[n % 2]}, paper {n} reports",
                 useful=n % 2 == 0),
            Text(title=f"China will ban the export of {goods}, blogger {n} says", useful=liked_blog and n == 12,
                 source="blogger", authority=BLOG),
            Text(title=f"Export ban on {goods} weighs on week {n}", useful=n % 5 == 2) if n % 2 else
            Text(title=f"Prices of {goods} fell in week {n}", useful=n == 14),
        ]  # fmt: skip
    return found


def complaints() -> list[Text]:
    """Sixty-four stories with votes: false alerts of three kinds, misses of one, and much that is as it should be."""
    goods = ("rare earths", "neodymium")
    found = [
        Text(title=f"China {verb} export ban on {goods[n % 2]}, ministry notice {n}", useful=True)
        for n, verb in enumerate(("announces", "imposes", "widens", "extends") * 6)
    ]
    found += [
        Text(title=f"China imposes export ban on rare earth swords, says the maker of the video game {name}",
             useful=False)
        for name in ("Thrones", "Ogres", "Dragons", "Castles")
    ]  # fmt: skip
    found += [
        Text(title=f"China will ban the export of {goods[n % 2]}, a {who} believes", useful=False, source="no-daily")
        for n, who in enumerate(("trader", "lawyer", "banker", "farmer"))
    ]
    found += [
        Text(title=f"Morning coffee with {name}: China has an export ban on {goods[n % 2]}", useful=False,
             source=f"paper-{n}")
        for n, name in enumerate(("Ann", "Bob", "Eve", "Joe"))
    ]  # fmt: skip
    found += [
        Text(title=f"China announces clampdown on {goods[n % 2]} {what}", useful=True)
        for n, what in enumerate(("from May", "after talks", "in new notice"))
    ]
    found += [
        Text(title=f"Prices of {goods[n % 2]} {what} in week {n}", useful=False)
        for n, what in enumerate(("fell", "rose", "held", "slid", "jumped") * 5)
    ]
    return found + [Text(title=f"{goods[n % 2].capitalize()} prices: the view of week {n}") for n in range(20)]
