"""Ledgers sum exactly, more evidence never lowers a score, and no order matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.cluster import place
from bot.score import assess
from bot.score.assessing import band_of
from bot.types.document import Document
from bot.types.ids import ConceptId
from bot.types.levels import Authority, Band, Cue, Direction, Slot, Stage, Status
from bot.types.reading import Event, Mention, Reading
from bot.types.rules import Rulebook
from bot.types.story import Assessment, Story
from tests.fakes.rules import NOON, by_id, document, event, lexicon, mention, reading, rule, rulebook

GOODS = (
    "rare-earths",
    "dysprosium",
    "magnets",
    "dual-use",
    "critical-minerals",
    "gallium",
    "graphite",
    "lithium",
    "other",
)
MEASURES = ("export-ban", "export-licence", "export-quota", "entity-list", "import-tariff")
RAISING = [Stage.CONSIDERED, Stage.PROPOSED, Stage.ANNOUNCED, Stage.IN_FORCE, Stage.SUSPENDED]

mentions = st.builds(
    lambda named, start, cue: mention(named[0], named[1], start, cue=cue),
    st.sampled_from(
        [(name, Slot.GOODS) for name in GOODS[:-1]]
        + [(name, Slot.MEASURE) for name in MEASURES]
        + [("CN", Slot.ACTOR), ("wind", Slot.SECTOR)]
    ),
    st.integers(0, 900),
    st.sampled_from([Cue.STATED, Cue.STATED, Cue.POSSIBLE, Cue.REPORTED, Cue.PAST, Cue.NEGATED]),
)
steps = st.builds(
    event,
    measure=st.sampled_from([ConceptId(name) for name in MEASURES]),
    goods=st.lists(st.sampled_from([ConceptId(name) for name in GOODS]), max_size=3, unique=True).map(tuple),
    imposer=st.sampled_from(["CN", "US", None]),
    targets=st.sampled_from([(), ("JP",), ("NL", "US")]),
    stage=st.sampled_from(RAISING),
    direction=st.sampled_from(list(Direction)),
    reported=st.booleans(),
)
any_stage = st.builds(lambda step, stage: replace(step, stage=stage), steps, st.sampled_from(list(Stage)))
noise = st.lists(st.just(mention("sport", Slot.NOISE, 5)), max_size=1)


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    floor, ceiling = sorted(
        draw(st.tuples(st.sampled_from(list(Band)), st.sampled_from(list(Band)))), key=lambda b: b.rank
    )
    shadow = rule("shadow", status=Status.SHADOW)
    return rulebook(alerts=(rule(at_least=floor, at_most=ceiling), shadow))


@st.composite
def tellings(draw: st.DrawFn, told: st.SearchStrategy[Event] = any_stage) -> list[tuple[Document, Reading]]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        when = NOON + timedelta(hours=number)
        doc = document(
            f"d{number}",
            authority=draw(st.sampled_from(list(Authority))),
            publisher=f"Paper {draw(st.integers(0, 3))}",
            published_at=when,
            first_seen=when,
        )
        seen = [*draw(st.lists(mentions, max_size=8)), *draw(noise)]
        found.append((doc, reading(doc, draw(st.lists(told, max_size=3)), seen)))
    return found


def story_of(told: list[tuple[Document, Reading]]) -> Story:
    """All tellings in one story, whether or not clustering would agree."""
    first, *rest = [place(doc, read, (), lexicon=lexicon()).story for doc, read in told]
    return replace(first, tellings=(*first.tellings, *(t for story in rest for t in story.tellings)))


def assessed(told: list[tuple[Document, Reading]], book: Rulebook) -> Assessment:
    return assess(story_of(told), by_id(*(read for _, read in told)), book)


def check_sums(result: Assessment, book: Rulebook) -> None:
    for score, ledger, band in [
        (result.score, result.ledger, result.band),
        *((s.score, s.ledger, s.band) for s in result.sectors),
    ]:
        assert sum(line.points for line in ledger) == score
        assert sum(line.points for line in reversed(ledger)) == score
        assert all((line.points * 4).is_integer() for line in ledger)
        assert all(line.why and line.rule for line in ledger)
        assert band is band_of(score, book.scoring)


@settings(max_examples=200, deadline=None)
@given(tellings(), rulebooks())
def test_every_ledger_sums_to_its_score_exactly_and_bounds_hold(
    told: list[tuple[Document, Reading]], book: Rulebook
) -> None:
    result = assessed(told, book)
    check_sums(result, book)
    (live, _) = book.alerts
    if result.rules:
        assert result.band.rank <= max(live.at_most.rank, Band.DIGEST.rank)
        noisy = any(line.slot == Slot.NOISE for line in result.ledger)  # a floor does not lift noise
        assert noisy or live.at_least.rank <= result.band.rank
    else:
        assert result.band.rank <= Band.DIGEST.rank
    assert 0 <= result.probability <= 1


@settings(max_examples=200, deadline=None)
@given(tellings(steps), rulebooks(), st.data())
def test_more_evidence_never_lowers(told: list[tuple[Document, Reading]], book: Rulebook, data: st.DataObject) -> None:
    """A new mention, event or telling may only raise; noise, denials, history and backgrounds are lowering lines."""
    doc, read = told[0]
    assume(any(r.events for _, r in told))
    before = assessed(told, book)
    kind = data.draw(st.sampled_from(["mention", "event", "telling"]))
    if kind == "mention":
        more = replace(read, mentions=(*read.mentions, data.draw(mentions)))
        after = assessed([(doc, more), *told[1:]], book)
    elif kind == "event":
        more = replace(read, events=(*read.events, data.draw(steps)))
        after = assessed([(doc, more), *told[1:]], book)
    else:
        another = document("extra", authority=data.draw(st.sampled_from(list(Authority))), publisher="Paper extra")
        after = assessed([*told, (another, reading(another, data.draw(st.lists(steps, max_size=2))))], book)
    assert after.score >= before.score
    assert after.band.rank >= before.band.rank
    scores = {sector.sector: sector.score for sector in after.sectors}
    assert all(scores[sector.sector] >= sector.score for sector in before.sectors)
    assert set(before.rules) <= set(after.rules)


@settings(max_examples=100, deadline=None)
@given(tellings(), rulebooks(), st.data())
def test_no_order_matters(told: list[tuple[Document, Reading]], book: Rulebook, data: st.DataObject) -> None:
    shuffled = replace(
        book,
        alerts=tuple(data.draw(st.permutations(book.alerts))),
        sectors=tuple(
            replace(sector, exposed_to=tuple(data.draw(st.permutations(sector.exposed_to))))
            for sector in data.draw(st.permutations(book.sectors))
        ),
        lexicon=replace(book.lexicon, concepts=tuple(data.draw(st.permutations(book.lexicon.concepts)))),
    )
    one, other = assessed(told, book), assessed(told, shuffled)
    assert one == other


@settings(max_examples=100, deadline=None)
@given(tellings(), rulebooks(), st.data())
def test_a_repeated_word_adds_nothing(
    told: list[tuple[Document, Reading]], book: Rulebook, data: st.DataObject
) -> None:
    doc, read = told[0]
    assume(read.mentions)
    again = data.draw(st.sampled_from(read.mentions))
    # In the same place as before, so that it also stands no nearer to anything.
    repeated: tuple[Mention, ...] = (*read.mentions, again, again)
    more = assessed([(doc, replace(read, mentions=repeated)), *told[1:]], book)
    assert [line.points for line in more.ledger] == [line.points for line in assessed(told, book).ledger]


@settings(max_examples=100, deadline=None)
@given(tellings(), rulebooks())
def test_a_line_is_worth_its_share_of_the_points_it_names(told: list[tuple[Document, Reading]], book: Rulebook) -> None:
    found = assessed(told, book)
    for lines in (found.ledger, *(score.ledger for score in found.sectors)):
        for line in lines:
            if line.key.startswith("alert."):
                _, name, row = line.key.split(".")
                worth = next(rule for rule in book.alerts if rule.id == name).add[int(row)].points
            elif line.key:
                worth = book.scoring.points(line.key)
            else:
                assert line.slot in {"ceiling", "floor", "reads-as"}
                continue
            assert abs(line.points - line.share * worth) <= 0.125
