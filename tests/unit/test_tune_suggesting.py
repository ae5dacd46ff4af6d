"""Suggestions do good by two stories at least, lose no useful alert, and stay suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import load_rules, plugins
from bot.rulebook.load import Shelf, check
from bot.tune.trial import as_draft, as_live
from bot.tune.votes.cases import Corpus, by_story, case
from bot.tune.votes.jury import Jury
from bot.tune.votes.proposing import Maker
from bot.tune.votes.suggesting import Advice, suggest
from bot.types.vote import Complaint, Shown, Verdict
from bot.understand.reader import SpacyReader
from tests.fakes import voted_desk
from tests.fakes.voted_desk import Text, Told

MAKER = Maker(owner="ann", today=date(2026, 11, 21))
GOOD = tuple(
    Text(title=f"China {verb} export ban on rare earths, ministry notice {n}", useful=True)
    for n, verb in enumerate(("announces", "imposes", "widens"))
)
SWORDS = tuple(
    Text(title=f"China imposes export ban on rare earth swords, says the maker of {name}", useful=False)
    for name in ("Ogres", "Thrones")
)
CLAMPDOWN = tuple(
    Text(title=f"China announces clampdown on rare earths {what}", useful=True)
    for what in ("in new notice", "after talks")
)
COFFEE = tuple(
    Text(title=f"Morning coffee with {name}: China has an export ban on neodymium", useful=False)
    for name in ("Ann", "Bob", "Eve")
)
GOSSIP = tuple(
    Text(title=f"China will ban the export of neodymium, a {who} said", useful=False, source="no-daily")
    for who in ("trader", "lawyer", "banker")
)


class World:
    """A rule folder and stories on it."""

    def __init__(self, folder: Path, texts: Sequence[Text]) -> None:
        self.folder = voted_desk.folder(folder)
        self.rulebook = load_rules(self.folder)
        self.told = voted_desk.tell(self.rulebook, texts)

    def corpus(self) -> Corpus:
        voted = [(each, each.vote) for each in self.told if each.vote is not None]
        return Corpus(
            cases=tuple(case(each.story, [each.document], [each.reading], [vote]) for each, vote in voted),
            quiet=tuple((each.document, each.reading) for each in self.told if each.vote is None),
        )

    def jury(self) -> Jury:
        return Jury(self.rulebook, self.corpus().cases, SpacyReader)

    def advice(self, first: int = 1) -> Advice:
        ungated = SpacyReader(self.rulebook.lexicon).read_ungated
        return suggest(
            self.corpus(), self.jury(), Shelf(plugins()).layers(self.folder), MAKER, ungated=ungated, first=first
        )  # fmt: skip

    def suggested(self) -> list[str]:
        return [each.what for each in self.advice().suggestions]


def test_a_phrase_that_only_false_alerts_have_swallows_the_word(tmp_path: Path) -> None:
    world = World(tmp_path, [*GOOD, *SWORDS])
    advice = world.advice(first=7)
    (made,) = advice.suggestions
    assert made.what == 'rare-earths: not_when.inside.en + "rare earth swords"'
    assert made.evidence == "silences 2 of 2 false alerts; 0 of 3 useful alerts lost"
    assert made.titles == tuple(text.title for text in SWORDS)
    assert made.file.path == "local/suggest-2026-11-21-7.yml"
    assert "status: draft" in made.file.text
    assert "add:\n  not_when.inside.en: [rare earth swords]\n" in made.file.text


def test_a_word_of_their_sentences_silences_where_no_phrase_is_shared(tmp_path: Path) -> None:
    texts = [
        Text(title=f"{name} wins as China imposes export ban on rare earths in boardgame", useful=False)
        for name in ("Ann", "Bob")
    ]
    # The bare list of the file counts for all languages, and takes the word as it is.
    world = World(tmp_path, [*GOOD, *texts])
    (made,) = world.advice().suggestions
    assert made.what in {
        'export-ban: not_when.near.en + "boardgame"',
        'rare-earths: not_when.near.en + "boardgame"',
    }


def test_what_loses_a_useful_alert_is_thrown_away(tmp_path: Path) -> None:
    # No useful story has the very phrase, but one has it in another number, which the phrase swallows too.
    useful = Text(title="China announces export ban on rare earth sword, notice 9", useful=True)
    swords = [replace(text, title=text.title.split(",")[0]) for text in SWORDS]
    world = World(tmp_path, [*GOOD, *swords, useful])
    advice = world.advice()
    assert advice.false_alerts == 2
    assert advice.harmful >= 1
    assert not [each for each in advice.suggestions if "sword" in each.what]


def test_one_story_is_no_evidence(tmp_path: Path) -> None:
    assert World(tmp_path, [*GOOD, SWORDS[0], CLAMPDOWN[0], COFFEE[0]]).suggested() == []


@pytest.mark.parametrize("complaint", [Complaint.DUPLICATE, Complaint.WRONG_SECTOR])
def test_complaints_about_something_else_are_no_evidence(complaint: Complaint, tmp_path: Path) -> None:
    world = World(tmp_path, [*GOOD, *SWORDS])
    told = [
        replace(each, vote=replace(each.vote, complaint=complaint)) if each.vote and each.vote.verdict is Verdict.NOT
        else each
        for each in world.told
    ]  # fmt: skip
    assert len(by_story(voted_desk.votes(told))) == len(GOOD)


def test_a_story_on_which_readers_disagree_is_protected_and_no_evidence(tmp_path: Path) -> None:
    world = World(tmp_path, [*GOOD, *SWORDS])
    told: Told = world.told[-1]
    assert told.vote is not None
    votes = [told.vote, replace(told.vote, voter="bob", verdict=Verdict.USEFUL)]
    made = case(told.story, [told.document], [told.reading], votes)
    assert (made.useful, made.false, made.missed) == (True, False, False)


def test_the_name_of_a_column_becomes_an_exception_with_an_end(tmp_path: Path) -> None:
    (made,) = World(tmp_path, [*GOOD, *COFFEE]).advice().suggestions
    assert made.what == 'cn-limits: an exception for titles with "morning coffee"'
    assert (
        "add:\n  exceptions:\n"
        "    - {id: suggest-2026-11-21-1, if: {title_has: morning coffee}, until: 2027-02-19, owner: ann, why: "
    ) in made.file.text


def test_a_source_of_false_alerts_only_becomes_an_exception(tmp_path: Path) -> None:
    assert World(tmp_path / "a", [*GOOD, *GOSSIP]).suggested() == ["cn-limits: an exception for what no-daily tells"]
    liked = Text(title="China will ban the export of neodymium, says a notice", useful=True, source="no-daily")
    assert World(tmp_path / "b", [*GOOD, *GOSSIP, liked]).suggested() == []


def test_a_source_that_no_file_knows_cannot_be_named(tmp_path: Path) -> None:
    assert World(tmp_path, [*GOOD, *(replace(text, source="unheard-of") for text in GOSSIP)]).suggested() == []


def test_a_word_of_missed_stories_becomes_a_maybe_word(tmp_path: Path) -> None:
    world = World(tmp_path, [*GOOD, *CLAMPDOWN])
    (made,) = world.advice().suggestions
    assert made.what == 'export-ban: maybe.en + "clampdown"'
    assert made.evidence == "finds 2 of 2 missed stories, 2 of them as alerts; 0 of 3 useful alerts lost"


def test_a_word_that_quiet_texts_or_false_ones_have_too_is_not_learnt(tmp_path: Path) -> None:
    quiet = Text(title="A clampdown on neodymium theft in Leeds")
    assert World(tmp_path / "a", [*GOOD, *CLAMPDOWN, quiet]).suggested() == []
    # Counting does not see the other number; reading again does.
    false = Text(title="China announces clampdowns on neodymium theft", useful=False)
    advice = World(tmp_path / "b", [*GOOD, *CLAMPDOWN, false]).advice()
    assert (advice.suggestions, advice.harmful >= 1) == ((), True)


def test_a_useful_story_that_a_digest_showed_was_not_missed(tmp_path: Path) -> None:
    shown = [replace(text, shown=Shown.DIGEST) for text in CLAMPDOWN]
    assert World(tmp_path, [*GOOD, *shown]).suggested() == []


def test_chinese_is_counted_by_characters_of_one_script(tmp_path: Path) -> None:
    useful = [Text(title=f"中国禁止出口稀土，公告第{n}号", useful=True, lang="zh-Hans") for n in (3, 4)]
    false = [Text(title=f"中国禁止出口稀土{what}", useful=False, lang="zh-Hans") for what in ("玩具熊", "玩具车")]
    (made,) = World(tmp_path, [*useful, *false]).advice().suggestions
    assert made.what.endswith('+ "稀土玩具"')


def test_drafts_pass_the_checks_change_nothing_and_live_ones_do_what_they_promise(tmp_path: Path) -> None:
    world = World(tmp_path, voted_desk.complaints())
    advice = world.advice()
    assert sorted(each.idea.kind for each in advice.suggestions) == ["inside", "maybe", "source", "title_has"]
    files = [each.file for each in advice.suggestions]

    def errors(folder: Path) -> list[str]:
        return [str(problem) for problem in check(folder, plugins()) if problem.severity == "error"]

    assert as_draft(world.folder, files, errors) == []
    assert as_draft(world.folder, files, load_rules).hash == world.rulebook.hash
    together = world.jury().try_out(as_live(world.folder, files, load_rules))
    assert (len(together.silenced), len(together.found), together.harmless) == (12, 3, True)
    for each in advice.suggestions:
        effect = world.jury().try_out(as_live(world.folder, [each.file], load_rules))
        done = {made.story.id for made in (*effect.silenced, *effect.found)}
        assert done == set(each.stories)
    assert not (world.folder / "local").exists()
