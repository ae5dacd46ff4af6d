"""Feeds of ordinary news in all languages that are read, made up afresh: the load of polling benchmarks.

A feed is a function of its name and its edition: the next edition has one new entry on top and has lost the last one,
as a real feed between two polls. Words are invented, so that no cache has seen them; a few entries hold a real subject.
"""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape

from bot.tune.bench import SHARE, SUBJECT, made_up_sentence, made_up_word
from bot.understand._lexis import languages

ENTRIES = 30  # of a feed
SUMMARY = 3  # sentences
UNCHANGED = 20  # one poll in so many finds a new edition: 95 % unchanged
_POOL = 600  # sentences of a language; entries differ by words of their own
_FIRST = datetime(2026, 1, 6, tzinfo=UTC)
_PACE = timedelta(minutes=100)  # between two entries: one poll in twenty at five minutes


def language(name: str) -> str:
    """The language in which a feed is written."""
    langs = _langs()
    return langs[_number(name) % len(langs)]


def feed(name: str, edition: int, *, entries: int = ENTRIES) -> bytes:
    """RSS 2.0 as a newspaper would send it, newest entry first; about 1 kB an entry."""
    lang, seed = language(name), _number(name)
    items = "".join(_entry(lang, seed, number) for number in range(edition + entries, edition, -1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{escape(name)}</title>'
        f"<link>https://{seed:x}.example/</link><description>News</description><language>{lang}</language>"
        f"{items}</channel></rss>\n"
    ).encode()


def _entry(lang: str, seed: int, number: int) -> str:
    draw = random.Random(f"{seed} {number}")  # noqa: S311 - the same entry each time; nothing is kept secret with it
    pool, space = _sentences(lang), "" if languages()[lang].cjk else " "
    title = f"{draw.choice(pool)[:-1]} {made_up_word(draw)}"
    told = [draw.choice(pool) for _ in range(SUMMARY)]
    if draw.random() < SHARE:
        told.insert(0, SUBJECT[lang])
    link = f"https://{seed:x}.example/{number}/{made_up_word(draw)}-{made_up_word(draw)}"
    moment = _FIRST + number * _PACE
    body = f'<p>{space.join(told)} <a href="{link}#more">{made_up_word(draw)}</a></p>'
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid isPermaLink='false'>{seed:x}-{number}</guid>"
        f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} +0000</pubDate><category>{made_up_word(draw)}</category>"
        f"<description>{escape(body)}</description></item>\n"
    )


@cache
def _sentences(lang: str) -> tuple[str, ...]:
    draw = random.Random(lang)  # noqa: S311 - as above
    return tuple(made_up_sentence(lang, draw) for _ in range(_POOL))


@cache
def _langs() -> tuple[str, ...]:
    return tuple(lang for lang in SUBJECT if lang in languages())


@cache
def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "big")
