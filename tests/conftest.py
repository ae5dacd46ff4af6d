"""What many tests share: a PostgreSQL of their own, a clock, and a wall around the machine."""

from __future__ import annotations

import fcntl
import ipaddress
import logging
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from hypothesis import settings

from tests import canaries
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:  # tests that need no database do not pay for its libraries
    from bot.storage import Database
    from bot.storage.embedded import EmbeddedServer

_TEMPLATE = "template_monazite"
_RUN = "PYTEST_MONAZITE_RUN"
_FIRST = pytest.StashKey[bool]()  # this process gave the folder its name
_SHOWN = pytest.StashKey[list[str]]()  # made-up secrets that were met where pytest alone looks


class NetworkRefusedError(RuntimeError):
    """A test tried to leave the machine; no OSError, so that no code under test mistakes it for a bad network."""


def _local(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _wall(event: str, args: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple) and not _local(address[0]):
            raise NetworkRefusedError(f"a test wants to reach {address[0]}: use a server on 127.0.0.1")
    elif event == "socket.getaddrinfo" and not _local(args[0]):
        raise NetworkRefusedError(f"a test wants to look up {args[0]!r}: hand in a resolver")


# A shared machine is slow at times; no test asserts a time.
# CI runs the same examples every time; everywhere else new ones are tried at each run.
settings.register_profile("monazite", deadline=None, database=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("monazite")


def pytest_configure(config: pytest.Config) -> None:
    # Processes that share the work share the database server; they inherit the name of its folder from the first one,
    # and so does a pytest that a test starts: only the first one takes the folder away.
    config.stash[_FIRST] = _RUN not in os.environ
    os.environ.setdefault(_RUN, uuid.uuid4().hex[:12])
    # An audit hook sees every socket of this process, whichever library opens it; it cannot be taken away again.
    sys.addaudithook(_wall)
    config.addinivalue_line("markers", "shows_canaries(why): shows made-up secrets on purpose")
    config.stash[_SHOWN] = []
    _look_on(pytest.CaptureFixture, "readouterr", config.stash[_SHOWN], _in_caught)
    _look_on(pytest.RaisesExc, "__exit__", config.stash[_SHOWN], _in_raised)


def _look_on(kind: type[Any], name: str, shown: list[str], look: Callable[..., Iterator[str]]) -> None:
    """Look for made-up secrets in what goes through a method of pytest's, which keeps it from everybody else."""
    method = getattr(kind, name)

    def watched(self: Any, *args: Any) -> Any:
        answer = method(self, *args)
        shown.extend(look(answer, *args))
        return answer

    setattr(kind, name, watched)


def _in_caught(caught: Any) -> Iterator[str]:
    for stream in (caught.out, caught.err):
        yield from canaries.leaks(stream if isinstance(stream, str) else stream.decode(errors="replace"))


def _in_raised(_: bool, __: object, error: BaseException | None, ___: object) -> Iterator[str]:
    return canaries.in_error(error)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After each test: did it print, log, raise or leave behind a made-up secret? Then it fails."""
    report = yield
    if call.when != "teardown":
        return report
    shown = item.config.stash[_SHOWN]
    found = [*shown]
    shown.clear()
    found += [f"{title}: {leak}" for title, text in report.sections for leak in canaries.leaks(text)]
    if (folder := getattr(item, "funcargs", {}).get("tmp_path")) is not None:
        found += canaries.in_folder(folder)
    if found and item.get_closest_marker("shows_canaries") is None:
        report.outcome = "failed"
        report.longrepr = "A secret is shown (tests/canaries.py says where one may stand):\n" + "\n".join(found)
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, in their random order: what is quick fills the gaps at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One process per file, so that what a file prepares is prepared once."""
    from tests.fakes.scheduling import ByFile

    return ByFile(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash[_FIRST]:  # all others are done
        shutil.rmtree(_server_folder(), ignore_errors=True)
        del os.environ[_RUN]


def _server_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"monazite-tests-{os.environ[_RUN]}"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Every test begins with plain logs; commands that it runs set them up for streams that end with the test.

    Left to itself structlog draws each traceback with the values of all variables: seconds, where those hold rule sets.
    """
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])
    yield
    structlog.reset_defaults()
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if type(handler) is not logging.StreamHandler]


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at 6 January 2026, 09:00 UTC."""
    return FakeClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedServer]:
    """One embedded server for all test processes of this run; the last one to leave stops it."""
    from bot.storage.embedded import EmbeddedServer

    with EmbeddedServer(_server_folder(), durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def _template(postgres: EmbeddedServer) -> str:
    """A database with all tables, made once per run and copied for every test."""
    from bot.storage import Database, upgrade
    from bot.storage.database import create, embedded_conninfo

    done = postgres.folder / "template.done"
    with (postgres.folder / "template.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            create(postgres, _TEMPLATE)
            with Database(embedded_conninfo(postgres, _TEMPLATE)) as database:
                upgrade(database)
            done.touch()
    return _TEMPLATE


def _opened(postgres: EmbeddedServer, name: str) -> Database:
    """A database whose address holds a password, though the server asks for none: whoever shows it fails the test."""
    from psycopg.conninfo import make_conninfo

    from bot.storage import Database
    from bot.storage.database import embedded_conninfo
    from bot.types.secret import Secret

    plain = embedded_conninfo(postgres, name).reveal()
    return Database(Secret(make_conninfo(plain, password=canaries.DATABASE_PASSWORD)))


@pytest.fixture
def database(postgres: EmbeddedServer, _template: str) -> Iterator[Database]:
    """A database of its own for this test, with empty tables."""
    from bot.storage.database import create, drop

    name = f"t_{uuid.uuid4().hex}"
    create(postgres, name, template=_template)
    with _opened(postgres, name) as opened:
        yield opened
    drop(postgres, name)


@pytest.fixture
def empty_database(postgres: EmbeddedServer) -> Iterator[Database]:
    """A database without any table."""
    from bot.storage.database import create, drop

    name = f"t_{uuid.uuid4().hex}"
    create(postgres, name)
    with _opened(postgres, name) as opened:
        yield opened
    drop(postgres, name)
