"""Thousands of strangers' feeds: every one is read without an escape, and no good entry is lost.

The corpora are other projects' test data and recorded feeds, kept beside the checkout and not part of it; without them
these tests are skipped, and tests/golden/feeds stands for the kind.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import WorkerError
from bot.pool import Pool
from bot.sources._work import gather
from bot.types.document import Gathered
from bot.types.source import ParseFailure
from tests.fakes import records

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "feeds"
ARCHIVES = sorted(SHARED.glob("*.tar.*")) if SHARED.is_dir() else []
SOURCE = records.source("src", kind="feed", jurisdiction="INT")
SAMPLE = 9  # every so many files in the fast suite
GATHER = "bot.sources._work:gather"

needs_shared = pytest.mark.skipif(not ARCHIVES, reason="the corpora of feeds are not beside this checkout")


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:  # in the order of the archive: going back in a compressed file costs a new start
            file = tar.extractfile(member)
            if file is not None:
                yield member.name, file.read()


def by_feedparser(body: bytes) -> list[Any]:
    """The entries that say anything, as feedparser finds them; none where it raises."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
        except Exception:  # noqa: BLE001 - it raises whatever it likes, which is why it is not trusted alone
            return []
        return [e for e in found.entries if e.get("title") or e.get("link") or e.get("summary") or e.get("id")]


def check_archive(archive: Path, *, every: int) -> None:
    lost = []
    for number, (name, body) in enumerate(members(archive)):
        if number % every:
            continue
        found = gather(
            SOURCE, records.answer(body, SOURCE)
        )  # an escape fails here, with the file's content in the traceback
        kept = len(found.documents) if isinstance(found, Gathered) else 0
        good = len(by_feedparser(body))
        if kept < min(good, 2000):
            lost.append((name, kept, good))
    assert lost == []


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def test_a_sample_of_the_corpora_loses_nothing(archive: Path) -> None:
    check_archive(archive, every=SAMPLE if "recorded" not in archive.name else 3 * SAMPLE)  # those are large


@needs_shared
@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def test_the_corpora_lose_nothing(archive: Path) -> None:
    check_archive(archive, every=1)


@needs_shared
def test_bodies_that_make_feedparser_raise() -> None:
    witnesses = sorted((SHARED / "crash").iterdir())
    assert len(witnesses) >= 14
    for witness in witnesses:
        assert isinstance(gather(SOURCE, records.answer(witness.read_bytes(), SOURCE)), (Gathered, ParseFailure)), (
            witness.name
        )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Gathered | ParseFailure | str]:
    """What came of each hostile feed, by name; the part of a name before the first underscore is a promise.

    They are read where they are read in production, in a child that may be killed (then: the reason), and after each of
    them the next good feed is read at once.
    """
    generator = SHARED / "hostile" / "gen_hostile.py"
    if not generator.is_file():
        pytest.skip("the generator of hostile feeds is not beside this checkout")
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(generator), str(folder)], check=True, timeout=60)
    good = records.answer(b"<rss><channel><item><title>good</title></item></channel></rss>", SOURCE)
    found: dict[str, Gathered | ParseFailure | str] = {}
    with Pool(1, memory_mb=700) as pool:
        for path in sorted(folder.iterdir()):
            try:
                found[path.name] = pool.call(GATHER, SOURCE, records.answer(path.read_bytes(), SOURCE), deadline=15)
            except WorkerError as error:
                found[path.name] = error.reason
            after = pool.call(GATHER, SOURCE, good, deadline=15)
            assert [document.title for document, _ in after.documents] == ["good"], path.name
    return found


def promised(hostile: dict[str, Gathered | ParseFailure | str], *promises: str) -> dict[str, Gathered]:
    """The readings of feeds with one of these promises, all of which could be read."""
    wanted = {name: found for name, found in hostile.items() if name.startswith(promises)}
    assert wanted
    return {name: found for name, found in wanted.items() if isinstance(found, Gathered)}


@pytest.mark.slow
def test_hostile_feeds_keep_their_good_entries(hostile: dict[str, Gathered | ParseFailure | str]) -> None:
    kept = {
        name: sum(document.title.startswith(("good ", "n", "f")) for document, _ in found.documents)
        for name, found in promised(hostile, "keep5_").items()
    }
    assert kept == {name: 5 for name in hostile if name.startswith("keep5_")}


@pytest.mark.slow
def test_hostile_feeds_say_what_they_say_and_nothing_else(hostile: dict[str, Gathered | ParseFailure | str]) -> None:
    for name, found in promised(hostile, "escape_", "noread_", "bounded_").items():
        assert len(found.documents) <= 2000, name
        for document, _ in found.documents:
            assert document.canonical_url == "" or document.canonical_url.startswith("http"), name
            assert not set(document.title) & set("\r\n\u2028\u202e\u200b\0"), name
            assert len(document.title) <= 1000, name
    assert len(promised(hostile, "escape_")) == sum(name.startswith("escape_") for name in hostile)


@pytest.mark.slow
def test_hostile_feeds_read_nothing_and_are_refused_or_stopped(
    hostile: dict[str, Gathered | ParseFailure | str],
) -> None:
    machine = Path("/etc/hostname")
    if machine.is_file():
        for name in (name for name in hostile if name.startswith("noread_")):
            assert machine.read_text().strip() not in repr(hostile[name]), name
    assert all(isinstance(found, ParseFailure) for name, found in hostile.items() if name.startswith("error_"))
    # Only what promises nothing but an end may have to be killed for it.
    assert {name for name, found in hostile.items() if isinstance(found, str)} <= {
        name for name in hostile if name.startswith("bounded_")
    }
    assert {found for found in hostile.values() if isinstance(found, str)} <= {"deadline", "memory"}
