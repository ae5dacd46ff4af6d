"""The final grouping does not depend on the order in which documents arrive."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cluster import blocking_keys, place, story_keys
from bot.cluster.links import conflict, link
from bot.cluster.telling import telling_of
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.kinship import kinship
from bot.types.levels import Authority, Direction, Stage
from bot.types.reading import Reading
from tests.fakes.grouping import Grouping
from tests.fakes.rules import NOON, document, event, lexicon, reading

LEXICON = lexicon()
KIN = kinship(LEXICON)
Told = tuple[Document, Reading]
TITLES = ("Permits needed", "Ban on goods No. 1", "18.3 million tonnes")
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
    acts=st.sampled_from([(), (), ("cn-mofcom:2026:1",), ("cn-mofcom:2026:2#2",)]),
    effective=st.sampled_from([None, None, date(2026, 1, 8), date(2026, 2, 1)]),
    until=st.sampled_from([None, None, date(2026, 12, 31)]),
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Told]:
    corpus = []
    for number in range(draw(st.integers(2, 9))):
        when = NOON + timedelta(hours=draw(st.integers(0, 24 * 12)))
        words = draw(st.lists(st.sampled_from(WORDS), min_size=0, max_size=4)) * 5
        doc = document(
            f"d{number}",
            title=draw(
                st.sampled_from(["Permits needed", "Ban on goods No. 1", "18.3 million tonnes", f"Title {number}"])
            ),
            text=" ".join(words),
            first_seen=when,
            published_at=when,
            content_hash=draw(st.sampled_from(["1:same", *[f"1:{number}"] * 4])),
            authority=draw(st.sampled_from([Authority.OFFICIAL, Authority.PRESS, Authority.PRESS])),
            jurisdiction=draw(st.sampled_from(["CN", "NL"])),
        )
        corpus.append((doc, reading(doc, draw(st.lists(events, max_size=2)))))
    return corpus


def grouped(told: Sequence[Told]) -> set[frozenset[tuple[str, str | None]]]:
    """Groups and copies as the pipeline finds them, text by text, through the keys of stories."""
    grouping = Grouping(LEXICON)
    for doc, read in told:
        grouping.take(doc, read)
        assert doc.id in grouping.homes()
    held = sorted(name for story in grouping.stories.values() for name in story.document_ids)
    assert held == sorted({doc.id for doc, _ in told})
    return {frozenset((t.document_id, t.copy_of) for t in story.tellings) for story in grouping.stories.values()}


@settings(max_examples=100, deadline=None)
@given(corpora(), st.data())
def test_arrival_order_changes_nothing(corpus: list[Told], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(corpus))
    in_time = sorted(corpus, key=lambda told: (told[0].dated, told[0].id))
    assert grouped(shuffled) == grouped(in_time)


@settings(max_examples=100, deadline=None)
@given(corpora())
def test_links_and_conflicts_look_at_both_sides_alike_and_links_share_a_key(
    corpus: list[Told],
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


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_no_story_holds_two_tellings_that_can_never_be_one(corpus: list[Told]) -> None:
    kept = {doc.id: telling_of(doc, read) for doc, read in corpus}
    for group in grouped(corpus):
        names = [name for name, _ in group]
        for one in names:
            for other in names:
                assert not conflict(kept[one], kept[other], KIN)  # type: ignore[index]


@settings(max_examples=60, deadline=None)
@given(corpora(), st.data())
def test_edits_leave_what_the_last_editions_make(corpus: list[Told], data: st.DataObject) -> None:
    """Whatever texts said before they were edited, the groups are those of what they say now."""
    first = [(doc, reading(doc, data.draw(st.lists(events, max_size=2)))) for doc, _ in corpus]
    edited = data.draw(st.lists(st.sampled_from(range(len(corpus))), unique=True))
    arrivals = data.draw(st.permutations([told if n in edited else corpus[n] for n, told in enumerate(first)]))
    in_time = sorted(corpus, key=lambda told: (told[0].dated, told[0].id))
    assert grouped([*arrivals, *(corpus[n] for n in edited)]) == grouped(in_time)


def test_look_alikes_of_one_day_stay_apart_in_every_order() -> None:
    """Three notices of one ministry, the step that suspends two of them, and press that names no number."""
    ministry = {"authority": Authority.OFFICIAL, "jurisdiction": "CN"}
    keys = [f"cn-mofcom:2025:{number}" for number in (55, 56, 57)]
    goods = [(ConceptId(name),) for name in ("superhard", "gallium", "dysprosium")]
    told = []
    for number, (key, good) in enumerate(zip(keys, goods, strict=True)):
        for kind, cited, fields in (("notice", key, ministry), ("press", None, {})):
            when = NOON + timedelta(hours=number + (kind == "press"))
            doc = document(f"{kind}{number}", title=f"{kind} {number}", first_seen=when, published_at=when, **fields)
            told.append((doc, reading(doc, [event(citation=cited, goods=good, targets=())])))
    when = NOON + timedelta(hours=9)
    doc = document("suspension", first_seen=when, published_at=when)
    eased = event(goods=goods[0], acts=(keys[0], keys[1]), direction=Direction.NONE, targets=())
    told.append((doc, reading(doc, [eased])))
    wanted = [{"notice0", "press0"}, {"notice1", "press1"}, {"notice2", "press2"}, {"suspension"}]
    for order in itertools.islice(itertools.permutations(told), 0, None, 331):
        found = [{name for name, _ in group} for group in grouped(order)]
        assert sorted(found, key=min) == sorted(wanted, key=min)


def test_events_of_the_strategy_can_agree() -> None:
    """Guards the property above: with these fields two texts do meet, so shuffling has something to break."""
    docs = [document(name) for name in ("a", "b")]
    assert len(grouped([(doc, reading(doc, [event()])) for doc in docs])) == 1
