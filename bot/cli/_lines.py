"""Work on JSON Lines that a person hands in: read them, spread them over processes, keep their order."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from bot.errors import InputError, MonaziteError, WorkerError

if TYPE_CHECKING:
    from bot.tune.analyze import Line
    from bot.types.document import Document
    from bot.types.reading import Reading
    from bot.types.rules import Rulebook
    from bot.types.settings import ReaderSettings
    from bot.understand.reader import SpacyReader

STDIN = "-"
CHUNK = 16  # lines per message to a process
AHEAD = 4  # chunks per process that may wait, so that a fast reader of input does not fill the memory

T = TypeVar("T")
Work = Callable[["Job", Sequence[bytes]], list[T]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every process must know."""

    rules: Path
    reader: ReaderSettings
    now: datetime  # what undated lines speak from
    lang: str | None = None  # forced language


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A line that could not be worked on."""

    id: object  # as handed in; None when there is none
    error: str  # one sentence


@lru_cache(maxsize=1)
def tools(rules: Path, settings: ReaderSettings) -> tuple[Rulebook, SpacyReader]:
    """The rule set and the reader of this process, made once."""
    from bot import app

    rulebook = app.load_rules(rules)
    return rulebook, app.make_reader(rulebook, settings)


def read(job: Job, lines: Sequence[bytes]) -> list[tuple[Line, Document, Reading] | Bad]:
    """Lines as documents with their readings."""
    from bot.tune.analyze import document_from_line

    _, reader = tools(job.rules, job.reader)

    def one(line: Line) -> tuple[Line, Document, Reading]:
        document = document_from_line(line, now=job.now)
        return line, document, reader.read(document, lang=job.lang)

    return [_guarded(one, line) for line in lines]


def encoded(job: Job, lines: Sequence[bytes]) -> list[tuple[Line, Document, Reading, Reading, Any] | Bad]:
    """Lines as documents with their readings, the second as if the gate were open, and their encodings."""
    from bot.tune.analyze import document_from_line
    from bot.understand.learned import encoder

    _, reader = tools(job.rules, job.reader)
    encodes = encoder.load(job.reader.encoder)

    def one(line: Line) -> tuple[Line, Document, Reading, Reading, Any]:
        document = document_from_line(line, now=job.now)
        vector = encoder.encoded(encodes, document.title, document.text)
        lang = job.lang or document.lang_hint
        reading = reader.read(document, lang=lang)
        full = reading if reading.mentions else reader.read_ungated(document, lang=lang)
        return line, document, reading, full, vector

    return [_guarded(one, line) for line in lines]


def answered(job: Job, lines: Sequence[bytes]) -> list[str | Bad]:
    """Lines as answers of `analyze`: made where they are read, so that only text travels back."""
    import json

    from bot.tune.analyze import analyse, answer, document_from_line

    rulebook, reader = tools(job.rules, job.reader)

    def one(line: Line) -> str:
        analysis = analyse(document_from_line(line, now=job.now), reader, rulebook, lang=job.lang)
        return json.dumps(answer(analysis, line["id"]), ensure_ascii=False)

    return [_guarded(one, line) for line in lines]


def _guarded(work: Callable[[Line], T], raw: bytes) -> T | Bad:
    """One line; whatever goes wrong with it costs this line only."""
    from bot.tune.analyze import line_of

    line: Line = {}
    try:
        line = line_of(raw)
        return work(line)
    except MonaziteError as error:
        return Bad(id=line.get("id"), error=str(error))
    except Exception as error:
        return Bad(id=line.get("id"), error=f"a bug stopped it: {type(error).__name__}: {error}")


def lines_in(files: Sequence[str]) -> Iterator[bytes]:
    """All lines of files in order, `-` being standard input; blank ones are skipped.

    Raises:
        InputError: A file is not there or cannot be read. All files are tried before the first line is given.
    """
    names = list(files) or [STDIN]
    for name in names:
        if name != STDIN:
            with _open(name):
                pass
    for name in names:
        with _open(name) as stream:
            yield from (line for line in stream if line.strip())


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    if name == STDIN:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from error


def spread(work: Work[T], lines: Iterable[bytes], job: Job, *, jobs: int) -> Iterator[T]:
    """Results in the order of the lines, from so many processes.

    Raises:
        WorkerError: A process died.
    """
    chunks = _chunks(lines)
    if jobs <= 1:
        for chunk in chunks:
            yield from work(job, chunk)
        return
    waiting: deque[Future[list[T]]] = deque()
    # Spawned, not forked: threads and open files of this process are nobody else's business.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(work, job, chunk))
                if len(waiting) > jobs * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenExecutor as error:
            raise WorkerError(
                "a process died while reading a text; try --jobs 1 to see which", reason="died"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _chunks(lines: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    source = iter(lines)
    while chunk := tuple(islice(source, CHUNK)):
        yield chunk


def watched(results: Iterable[T], *, shown: bool, what: str, total: int | None = None) -> Iterator[T]:
    """The same results, with a progress bar on stderr when asked for."""
    if not shown:
        yield from results
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from bot.cli import _context

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=_context.console(stderr=True)) as progress:
        task = progress.add_task(what, total=total)
        for result in results:
            progress.advance(task)
            yield result


def labelled(raw: bytes, langs: AbstractSet[str]) -> bool:
    """True when the line says one of these languages, and for broken lines: those are told, not left out."""
    from bot.tune.analyze import line_of

    try:
        return str(line_of(raw).get("lang")) in langs
    except InputError:
        return True


def complain(bad: Bad) -> None:
    """A bad line, told on stderr."""
    print(f"monazite: line with id {bad.id!r}: {bad.error}", file=sys.stderr)
