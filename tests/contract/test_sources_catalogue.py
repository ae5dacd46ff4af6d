"""The shipped catalogue of sources: wide enough, polite, and every row says by a known rule why it is read or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
import pytest
from publicsuffixlist import PublicSuffixList
from ruamel.yaml import YAML

from bot.app import plugins
from bot.fetch.guard import Gate
from bot.rulebook.load import load
from bot.types.levels import Authority
from bot.types.source import PageWhen, Source, SourceState, Store

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / ".." / "shared" / "data" / "sources.yaml"
LANGUAGES = ["en", "nl", "de", "fr", "es", "it", "pt", "pl", "ru", "ja", "zh-Hans", "zh-Hant", "ko", "id", "vi"]
WHY_NOT = re.compile(
    r"(?:(?:dead|unverified|layout|browser|key|paywall|flooding|aggregator)|duplicate of (?P<twin>[a-z0-9-]+)): "
    r"[^:].{10,}\. Gives .{4,}"
)
SUFFIXES = PublicSuffixList()
HOURLY = 12  # requests to one site; a reader with an open browser makes more

# `sources.yaml` had not seen these; public code has them, with the very address or way of asking that we ship.
SEEN_SINCE = {
    *("de-bgbl", "de-merics", "jp-egov-pubcom", "nl-stcrt", "tw-cna", "us-fr-ddtc", "us-fr-ustr", "vn-vnexpress"),
    "wto-news",
}
PLACEHOLDERS = ("li:has(a)", "article:has(a)", "tr:has(a)")  # rows of pages that nobody has described
Sources = tuple[Source, ...]


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load(ROOT / "rules", plugins()).sources


@pytest.fixture(scope="module")
def enabled(sources: Sources) -> Sources:
    return tuple(source for source in sources if source.enabled)


def offenders(sources: Sources, fault: Callable[[Source], object]) -> list[str]:
    return [source.id for source in sources if fault(source)]


def site(url: str) -> str:
    """The registrable domain of an address, "" when it has none."""
    found = SUFFIXES.privatesuffix(urlsplit(url).hostname or "")
    return str(found) if found else ""


class Nowhere:
    """A network that must not be asked."""

    def resolve(self, host: str, port: int, timeout: float) -> tuple[str, ...]:
        raise AssertionError(host)

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        raise AssertionError(address)


# --- breadth ------------------------------------------------------------------------------------------------------


def test_it_is_wide_and_no_name_stands_twice(sources: Sources, enabled: Sources) -> None:
    assert len(sources) >= 170
    assert len(enabled) >= 100
    assert [name for name, count in Counter(source.id for source in sources).items() if count > 1] == []


def test_every_language_is_heard_from_officials_and_from_the_press(enabled: Sources) -> None:
    officials = {code for s in enabled if s.authority is Authority.OFFICIAL for code in s.languages}
    others = {code for s in enabled if s.authority is not Authority.OFFICIAL for code in s.languages}
    assert [code for code in LANGUAGES if code not in officials] == []
    assert [code for code in LANGUAGES if code not in others] == []


def test_nothing_that_is_known_of_the_field_is_left_out(sources: Sources) -> None:
    if not FACTS.exists():
        pytest.skip("the collected facts are not beside this checkout")
    facts = {row["id"]: row for row in YAML(typ="safe").load(FACTS.read_text(encoding="utf-8"))["sources"]}
    rows = {source.id: source for source in sources}
    assert sorted(set(facts) - set(rows)) == []
    unseen = {name for name, fact in facts.items() if fact["verification"] in ("no", "dead", "page")}
    assert {name for name in unseen if rows[name].enabled} == SEEN_SINCE


# --- reasons ------------------------------------------------------------------------------------------------------


def test_every_disabled_row_says_what_stands_in_the_way_and_what_it_would_give(
    sources: Sources, enabled: Sources
) -> None:
    assert offenders(sources, lambda s: not s.enabled and not WHY_NOT.fullmatch(s.why)) == []
    assert offenders(enabled, lambda s: WHY_NOT.match(s.why)) == []
    names = {source.id for source in enabled}
    twins = {found["twin"] for s in sources if (found := WHY_NOT.fullmatch(s.why)) and found["twin"]}
    assert twins <= names, "a duplicate of something that is not polled itself"
    manual = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| (\w+)(?: of ID)? \| ", manual, re.MULTILINE))
    assert {re.split(r"[: ]", s.why)[0] for s in sources if not s.enabled} <= explained


def test_everybody_is_expected_to_say_something_now_and_then(enabled: Sources) -> None:
    assert offenders(enabled, lambda s: s.max_age_of_newest is None) == []
    assert offenders(enabled, lambda s: s.max_age_of_newest and s.max_age_of_newest < 3 * s.every) == []
    # An empty answer of these is no quiet day; lists that begin anew with the year are empty until its first entry.
    new_each_year = {"us-ecfr-744", "us-ecfr-774"}
    assert set(offenders(enabled, lambda s: not s.min_items)) == new_each_year


def test_letters_follow_from_who_speaks(sources: Sources) -> None:
    usual = {Authority.OFFICIAL: "A", Authority.BLOG: "C", Authority.UNKNOWN: "D"}

    def expected(source: Source) -> str:
        if source.state_media:
            return "C"
        return "D" if source.why.startswith("aggregator: ") else usual.get(source.authority, "B")

    assert [(s.id, s.reliability, expected(s)) for s in sources if s.reliability != expected(s)] == []
    assert offenders(sources, lambda s: s.state_media and s.authority is Authority.OFFICIAL) == []


def test_what_is_kept_of_a_text_follows_from_whose_it_is(sources: Sources) -> None:
    def wrong(source: Source) -> bool:
        if source.authority is Authority.OFFICIAL:
            return source.store is not Store.FULL
        sold = source.page.when is PageWhen.NEVER
        return source.store is not (Store.NONE if sold else Store.EXCERPT)

    assert offenders(sources, wrong) == []


# --- addresses ----------------------------------------------------------------------------------------------------


def test_addresses_pass_the_door_and_belong_to_somebody(sources: Sources, enabled: Sources) -> None:
    for source in enabled:
        gate = Gate(Nowhere(), frozenset(), source.url.replace("{year}", "2026"))
        assert gate.first.host
    assert offenders(enabled, lambda s: not site(s.url)) == []
    assert offenders(sources, lambda s: re.search(r"[{}]", s.url.replace("{year}", ""))) == []
    assert offenders(sources, lambda s: re.search(r"[\s\"'\\<>^`]", s.url)) == []
    # Whoever sits on the way can change these; their owners offer nothing better.
    plain = {"ru-gov", "ru-pravo"}
    assert set(offenders(enabled, lambda s: not s.url.startswith("https://"))) == plain


def test_other_domains_are_whole_sites_and_not_the_own_one(sources: Sources) -> None:
    named = [(s.id, domain) for s in sources for domain in s.domains if site(f"https://{domain}/") != domain]
    assert named == []
    assert offenders(sources, lambda s: site(s.url) in s.domains) == []


def test_no_two_rows_ask_for_the_same(enabled: Sources) -> None:
    asked = Counter(re.sub(r"^https?://(www\.)?|/$", "", source.url) for source in enabled)
    assert [url for url, count in asked.items() if count > 1] == []


def test_nobody_is_asked_more_often_than_is_polite(enabled: Sources) -> None:
    assert offenders(enabled, lambda s: s.every < timedelta(minutes=10)) == []
    hourly: Counter[str] = Counter()
    for source in enabled:
        hourly[urlsplit(source.url).hostname or ""] += timedelta(hours=1) / source.every  # type: ignore[assignment]
    assert {host: count for host, count in hourly.items() if count > HOURLY} == {}


def test_robots_are_passed_over_only_where_no_page_is_asked_for(sources: Sources) -> None:
    # Their owners publish these for programs; robots.txt is asked before any page is read.
    assert offenders(sources, lambda s: not s.robots) == ["ru-pravo", "un-sc-list", "us-ecfr-744", "us-ecfr-774"]
    assert offenders(sources, lambda s: not (s.robots or s.kind == "document" or s.page.when is PageWhen.NEVER)) == []


def test_the_year_in_an_address_is_that_of_the_source(enabled: Sources) -> None:
    kinds = plugins().source_kinds
    new_year_in_the_east = datetime(2026, 12, 31, 20, tzinfo=UTC)
    years = {
        s.id: re.sub(r".*(202[67]).*", r"\1", kinds[s.kind].requests(s, state(s), now=new_year_in_the_east)[0].url)
        for s in enabled
        if "{year}" in s.url
    }
    assert years == {"cn-mofcom-gg": "2027", "pl-sejm-eli": "2026", "us-ecfr-744": "2026", "us-ecfr-774": "2026"}


def state(source: Source) -> SourceState:
    return SourceState(source_id=source.id, next_due=datetime(2026, 1, 1, tzinfo=UTC))


# --- kinds --------------------------------------------------------------------------------------------------------


def test_each_kind_takes_the_options_that_are_shipped_for_it(sources: Sources) -> None:
    kinds = plugins().source_kinds
    changed: Mapping[str, object] = {
        s.id: s.options for s in sources if dict(kinds[s.kind].options(s.options)) != dict(s.options)
    }
    assert changed == {}


def test_selectors_of_enabled_lists_are_more_than_a_placeholder(enabled: Sources) -> None:
    assert offenders(enabled, lambda s: s.kind == "listing" and s.options.get("row") in PLACEHOLDERS) == []


def test_the_readme_counts_the_catalogue(sources: Sources) -> None:
    enabled = sum(source.enabled for source in sources)
    readme, changes = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGELOG.md"))
    assert f"{len(sources)} sources in fifteen languages come along, {enabled} of them polled" in readme
    assert f"{len(sources)} sources in fifteen languages, {enabled} of them polled" in changes
