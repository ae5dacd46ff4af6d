"""Strategies that write what hostile feeds write: any character at all, and the fragments that formats stumble over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from bot.types.delivery import Alert, Quote, SourceLine
from bot.types.ids import RuleId, SectorId
from bot.types.levels import Authority, Band, Direction, Stage
from tests.fakes.alerts import CHINA_JAPAN, HOSTILE_URLS, NOW

FRAGMENTS = (
    "<!channel>", "<!here|x>", "<!everyone>", "<@U0123456>", "<#C0123456|x>", "<!subteam^S1>", "<!date^1^{date}|x>",
    "<https://evil.example|bank>", "&lt;!channel&gt;", "&amp;", "&", "<", ">", "|", "*", "_", "~", "`", "```", ":tada:",
    "\n", "\r\n", "\r", "\u2028", "\x85", "\x0b", "\x1b[2J", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad",
    "\ud800", "\udfff", "\U000e0041", "https://evil.example/", "evil.example", "javascript:alert(1)", "<script>",
    "</script>", "<img src=x onerror=x>", "\"'>", "{{7*7}}", "{% x %}", "--", "==", ".", "\n.\n", "Bcc: x@y.example",
    "=?utf-8?q?x?=", " ", "\u3000", "稀土", "レアアース", "희토류", "é", "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "👩‍🔬", "a" * 90,
)  # fmt: skip
URL_PARTS = (
    "https://", "http://", "javascript:", "data:text/html,", "//", "example.com", "EXAMPLE.com", "例え.jp", "[::1]",
    "a@b", "user:pw@", ":443", ":99999", "/", "\\", "?", "#", "%", "%41", "|", "<", ">", '"', "'", " ", "\n", "\t", "é",
    "𝒳", "\u202e", "\ud800", "..", "&", ";", "=", "(", ")", "\x00", "a" * 300,
)  # fmt: skip

any_character = st.characters(exclude_categories=())
texts = st.one_of(
    st.text(any_character, max_size=60),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(any_character, max_size=4)), max_size=12).map("".join),
)
urls = st.one_of(
    st.sampled_from(HOSTILE_URLS),
    st.lists(st.sampled_from(URL_PARTS), max_size=9).map("".join),
    st.lists(st.sampled_from(URL_PARTS), max_size=7).map(lambda parts: "https://example.org/" + "".join(parts)),
)
spans = st.tuples(st.integers(-5, 200), st.integers(-5, 200))


@st.composite
def sources(draw: st.DrawFn) -> SourceLine:
    """A source whose every text is hostile."""
    return SourceLine(
        publisher=draw(texts),
        authority=draw(st.sampled_from(Authority)),
        url=draw(urls),
        host=draw(texts),
        lang=draw(texts),
        title=draw(texts),
        published_at=NOW - timedelta(minutes=draw(st.integers(0, 10_000))),
    )


@st.composite
def alerts(draw: st.DrawFn) -> Alert:
    """An alert whose every text is hostile."""
    quote = Quote(
        text=draw(texts), lang=draw(texts), marks=tuple(draw(st.lists(spans, max_size=4))), publisher=draw(texts)
    )
    sectors = draw(st.lists(st.tuples(texts, texts, st.floats(-50, 150)), max_size=6))
    return replace(
        CHINA_JAPAN,
        headlines={"en": draw(texts)},
        band=draw(st.sampled_from(Band)),
        score=draw(st.floats(-200, 300)),
        probability=draw(st.floats(0, 1)),
        direction=draw(st.sampled_from(Direction)),
        stage=draw(st.one_of(st.none(), st.sampled_from(Stage))),
        sectors=tuple((SectorId(i), title, score) for i, title, score in sectors),
        rules=tuple(RuleId(rule) for rule in draw(st.lists(texts, max_size=4))),
        why=tuple(draw(st.lists(texts, max_size=7))),
        quote=draw(st.one_of(st.none(), st.just(quote))),
        sources=tuple(draw(st.lists(sources(), max_size=8))),
        confirmed_by=draw(st.one_of(st.none(), texts)),
        effective=draw(st.one_of(st.none(), texts)),
        until=draw(st.one_of(st.none(), texts)),
        limits=tuple(draw(st.lists(texts, max_size=4))),
        change=draw(texts),
        sector_names={i: {"en": name} for i, name, _ in sectors},
    )
