"""Rows of new sources say what can be told from an address, and leave the rest to people."""

from __future__ import annotations

import pytest

from bot.tune.sources.guessing import (
    authority_of,
    id_of,
    jurisdiction_of,
    languages_of,
    publisher_of,
    same_place,
)
from bot.types.levels import Authority
from tests.fakes import layouts


@pytest.mark.parametrize(
    ("url", "jurisdiction", "authority"),
    [
        ("https://www.bis.gov/press-releases", "US", "official"),
        ("https://www.mofcom.gov.cn/article/", "CN", "official"),
        ("https://www.meti.go.jp/press/", "JP", "official"),
        ("https://www.economie.gouv.fr/actualites", "FR", "official"),
        ("https://www.rijksoverheid.nl/rss", "NL", "official"),
        ("https://policy.trade.ec.europa.eu/news_en", "EU", "official"),
        ("https://www.wto.org/rss", "WTO", "official"),
        ("https://www.gov.uk/search/news.atom", "GB", "official"),
        ("https://www.seco.admin.ch/rss", "CH", "official"),
        ("https://fd.nl/?rss", "NL", "press"),
        ("https://example.com/feed", "INT", "press"),
        ("https://start-up.io/feed", "INT", "press"),
        ("https://go.com/news", "INT", "press"),
        ("http://192.0.2.7/feed", "INT", "press"),
    ],
)
def test_whose_voice_an_address_is(url: str, jurisdiction: str, authority: str) -> None:
    assert (jurisdiction_of(url), authority_of(url)) == (jurisdiction, Authority(authority))


@pytest.mark.parametrize(
    ("url", "jurisdiction", "title", "name"),
    [
        ("https://www.meti.go.jp/press/", "JP", "", "jp-meti"),
        ("https://feeds.nos.nl/nosnieuwseconomie", "NL", "", "nl-nos"),
        ("https://www.bis.gov/x", "US", "", "us-bis"),
        ("https://www.gov.uk/search/news.atom", "GB", "", "gb-gov"),
        ("https://taken.nl/a", "NL", "Handel & Économie vandaag", "nl-taken-handel-economie-vandaag"),
        ("https://taken.nl/a", "NL", "经济新闻", "nl-taken-2"),
        ("https://xn--fsqu00a.xn--0zwm56d/", "INT", "", "int-xn-fsqu00a"),
        ("https://例え.jp/", "JP", "", "jp-xn-r8jz45g"),
    ],
)
def test_ids_are_readable_and_free(url: str, jurisdiction: str, title: str, name: str) -> None:
    assert id_of(url, jurisdiction, {"nl-taken"}, title=title) == name


def test_an_id_that_is_taken_is_counted_on() -> None:
    taken: set[str] = set()
    for _ in range(4):
        taken.add(id_of("https://fd.nl/?rss", "NL", taken, title="Beurs"))
    assert taken == {"nl-fd", "nl-fd-beurs", "nl-fd-beurs-2", "nl-fd-beurs-3"}


@pytest.mark.parametrize(
    ("titles", "declared", "languages"),
    [
        (layouts.NL, "", ("nl",)),
        (layouts.JA, "ja", ("ja",)),
        (layouts.ZH, "zh-CN", ("zh-Hans",)),
        (layouts.RU, "", ("ru",)),
        ((*layouts.EN, *layouts.FR), "", ("en", "fr")),
        ((), "de-DE", ("de",)),
        ((), "xx", ()),
    ],
)
def test_languages_are_those_of_the_titles(titles: tuple[str, ...], declared: str, languages: tuple[str, ...]) -> None:
    assert set(languages_of(titles, declared)) == set(languages)


@pytest.mark.parametrize(
    ("site", "title", "publisher"),
    [
        ("Ministry of Trade", "News | Something", "Ministry of Trade"),
        ("", "Press releases | Ministry of Trade", "Ministry of Trade"),
        ("", "報道発表 - 経済産業省", "経済産業省"),
        ("", "", "example.org"),
        ("", "x" * 200, "example.org"),
    ],
)
def test_the_publisher_is_what_the_site_calls_itself(site: str, title: str, publisher: str) -> None:
    assert publisher_of(site, title, "https://www.example.org/a") == publisher


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.org/feed",
        "http://example.org/feed/",
        "https://EXAMPLE.org:443/feed?utm_source=x",
        "https://example.org/feed#top",
    ],
)
def test_an_address_is_known_however_it_is_written(other: str) -> None:
    assert same_place(other) == same_place("https://example.org/feed")
