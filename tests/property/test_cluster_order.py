"""The final grouping does not depend on the order in which documents arrive."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cluster import blocking_keys, place, story_keys
from bot.cluster.links import conflict, link
from bot.cluster.telling import telling_of
from bot.types.document import Document
from bot.types.ids import ConceptId, StoryId
from bot.types.kinship import kinship
from bot.types.levels import Authority, Direction, Stage
from bot.types.reading import Reading
from bot.types.story import Story
from tests.fakes.rules import NOON, document, event, lexicon, reading

LEXICON = lexicon()
KIN = kinship(LEXICON)
WORDS = ("permit", "cargo", "quay", "ministry", "notice", "export", "port", "trader", "list", "check", "users", "goods")

events = st.builds(
    event,
    measure=st.sampled_from([ConceptId(m) for m in ("export-ban", "export-licence", "entity-list", "import-tariff")]),
    goods=st.lists(
        st.sampled_from(
            [ConceptId(g) for g in ("rare-earths", "dysprosium", "gallium", "graphite", "dual-use", "other")]
        ),
        max_size=2,
        unique=True,
    ).map(tuple),
    imposer=st.sampled_from(["CN", "CN", "US", None]),
    targets=st.sampled_from([(), ("JP",), ("US",), ("JP", "KR")]),
    stage=st.sampled_from([Stage.CONSIDERED, Stage.ANNOUNCED, Stage.IN_FORCE, Stage.DENIED]),
    direction=st.sampled_from([Direction.TIGHTEN, Direction.TIGHTEN, Direction.EASE, Direction.NONE]),
    citation=st.sampled_from([None, None, None, "cn-mofcom:2026:1", "cn-mofcom:2026:2"]),
)


@st.composite
def corpora(draw: st.DrawFn) -> list[tuple[Document, Reading]]:
    corpus = []
    for number in range(draw(st.integers(2, 9))):
        when = NOON + timedelta(hours=draw(st.integers(0, 24 * 12)))
        words = draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=4)) * 5
        doc = document(
            f"d{number}",
            title=draw(st.sampled_from(["Permits needed", "Ban on goods", f"Title {number}"])),
            text=" ".join(words),
            first_seen=when,
            published_at=when,
            content_hash=draw(st.sampled_from(["1:same", *[f"1:{number}"] * 4])),
            authority=draw(st.sampled_from([Authority.OFFICIAL, Authority.PRESS, Authority.PRESS])),
            jurisdiction=draw(st.sampled_from(["CN", "NL"])),
        )
        corpus.append((doc, reading(doc, draw(st.lists(events, max_size=2)))))
    return corpus


def grouped(corpus: list[tuple[Document, Reading]]) -> set[frozenset[tuple[str, str | None]]]:
    stories: dict[StoryId, Story] = {}
    for doc, read in corpus:
        placed = place(doc, read, tuple(stories.values()), lexicon=LEXICON)
        for gone in placed.merged:
            del stories[gone]
        for story in (placed.story, *placed.changed):
            stories[story.id] = story
        assert doc.id in placed.story.document_ids
    held = [doc for story in stories.values() for doc in story.document_ids]
    assert sorted(held) == sorted(doc.id for doc, _ in corpus)
    return {frozenset((t.document_id, t.copy_of) for t in story.tellings) for story in stories.values()}


@settings(max_examples=150, deadline=None)
@given(corpora(), st.data())
def test_arrival_order_changes_nothing(corpus: list[tuple[Document, Reading]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(corpus))
    in_time = sorted(corpus, key=lambda told: (told[0].dated, told[0].id))
    assert grouped(shuffled) == grouped(in_time)


@settings(max_examples=150, deadline=None)
@given(corpora())
def test_links_and_conflicts_look_at_both_sides_alike_and_links_share_a_key(
    corpus: list[tuple[Document, Reading]],
) -> None:
    tellings = [(telling_of(doc, read), doc, read) for doc, read in corpus]
    for one, doc, read in tellings:
        for other, other_doc, other_read in tellings:
            there, back = link(one, other, KIN), link(other, one, KIN)
            assert (there and there.strength) == (back and back.strength)
            assert conflict(one, other, KIN) == conflict(other, one, KIN)
            if there and one is not other:
                mine = set(blocking_keys(doc, read, lexicon=LEXICON))
                story = place(other_doc, other_read, (), lexicon=LEXICON).story
                assert mine & set(story_keys(story, lexicon=LEXICON))


@settings(max_examples=100, deadline=None)
@given(corpora())
def test_no_story_holds_two_tellings_that_can_never_be_one(corpus: list[tuple[Document, Reading]]) -> None:
    kept = {doc.id: telling_of(doc, read) for doc, read in corpus}
    for group in grouped(corpus):
        names = [name for name, _ in group]
        for one in names:
            for other in names:
                assert not conflict(kept[one], kept[other], KIN)  # type: ignore[index]


def test_events_of_the_strategy_can_agree() -> None:
    """Guards the property above: with these fields two texts do meet, so shuffling has something to break."""
    docs = [document(name) for name in ("a", "b")]
    assert len(grouped([(doc, reading(doc, [event()])) for doc in docs])) == 1
