"""The embedded server: one per folder, shared, stopped behind the last user, found again after a crash."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.errors import StorageError
from bot.storage import connect
from bot.storage.database import create, embedded_conninfo
from bot.storage.embedded import EmbeddedServer
from bot.types.secret import Secret
from bot.types.settings import Settings

pytestmark = pytest.mark.slow

# Says when it uses the server, then waits to be killed or told to leave.
USER = """
import sys
from pathlib import Path
from bot.log import configure
from bot.storage.embedded import EmbeddedServer
configure(form="json", level="warning")
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
server.start()
print(server.server_pid, flush=True)
sys.stdin.readline()
if sys.argv[2] == "close":
    server.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="monazite-embedded-"))
    yield made
    left = EmbeddedServer(made / "db", durable=False)
    if left.server_pid is not None:
        left.start()
        left.close()
    shutil.rmtree(made)


def alive(pid: int) -> bool:
    """A dead process that nobody waited for does not count."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith("Z")


def wait_until_dead(pid: int) -> None:
    deadline = time.monotonic() + 60
    while alive(pid):
        assert time.monotonic() < deadline, "a killed process does not die"


def user(folder: Path, leave: str = "close") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(folder), leave], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said_pid(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def query(server: EmbeddedServer, sql: str) -> object:
    with psycopg.connect(embedded_conninfo(server, "postgres").reveal(), autocommit=True) as connection:
        row = connection.execute(sql.encode()).fetchone()
        return row[0] if row else None


def test_the_last_user_to_leave_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedServer(folder / "db", durable=False), EmbeddedServer(folder / "db", durable=False)
    first.start()
    second.start()
    pid = first.server_pid
    assert pid is not None
    assert second.server_pid == pid
    first.close()
    assert alive(pid)
    assert query(second, "SELECT 1") == 1
    second.close()
    second.close()
    assert not alive(pid)
    assert second.server_pid is None


def test_another_process_shares_the_server_and_leaves_it_to_us(folder: Path) -> None:
    with user(folder / "db") as process:
        pid = said_pid(process)
        with EmbeddedServer(folder / "db", durable=False) as server:
            assert server.server_pid == pid
            process.communicate("leave\n")
            assert query(server, "SELECT 1") == 1
    assert not alive(pid)


def test_a_process_that_ends_without_closing_stops_the_server_when_it_is_the_last(folder: Path) -> None:
    with user(folder / "db", leave="forget") as process:
        pid = said_pid(process)
        process.communicate("leave\n")
    assert process.returncode == 0
    assert not alive(pid)


def test_a_server_that_outlived_a_killed_client_is_found_again_and_stopped(folder: Path) -> None:
    with user(folder / "db") as process:
        pid = said_pid(process)
        process.send_signal(signal.SIGKILL)
    assert alive(pid)
    with EmbeddedServer(folder / "db", durable=False) as server:
        assert server.server_pid == pid
        assert query(server, "SELECT 1") == 1
    assert not alive(pid)


def test_a_killed_server_is_started_again_with_its_data(folder: Path) -> None:
    with EmbeddedServer(folder / "db") as server:
        create(server, "kept")
        killed = server.server_pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        wait_until_dead(killed)
        with EmbeddedServer(folder / "db") as again:
            assert again.server_pid != killed
            assert query(again, "SELECT count(*) FROM pg_database WHERE datname = 'kept'") == 1


def test_a_pid_file_whose_number_now_belongs_to_another_program_does_not_stand_in_the_way(folder: Path) -> None:
    with EmbeddedServer(folder / "db", durable=False) as server:
        lines = (server.cluster / "postmaster.pid").read_text().splitlines()
    owner = server.cluster.stat()
    with subprocess.Popen(["/bin/sh", "-c", "read line"], stdin=subprocess.PIPE, user=owner.st_uid) as other:
        stale = server.cluster / "postmaster.pid"
        stale.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        os.chown(stale, owner.st_uid, owner.st_gid)
        with EmbeddedServer(folder / "db", durable=False) as again:
            assert again.server_pid != other.pid
            assert query(again, "SELECT 1") == 1
        other.communicate(b"\n")


def test_a_path_too_long_for_a_socket_uses_a_closed_short_one(folder: Path) -> None:
    with EmbeddedServer(folder / ("x" * 120) / "db", durable=False) as server:
        sockets = Path(server.host)
        assert not sockets.is_relative_to(folder)
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert query(server, "SELECT 1") == 1
    sockets.rmdir()


def test_the_folder_can_hold_spaces_and_quotes(folder: Path) -> None:
    with EmbeddedServer(folder / "it's a 'data' folder" / "db", durable=False) as server:
        assert query(server, "SELECT 1") == 1


def test_only_its_owner_reaches_the_socket_and_no_port_is_open(folder: Path) -> None:
    with EmbeddedServer(folder / "db", durable=False) as server:
        assert server.cluster.stat().st_mode & 0o077 == 0
        assert query(server, "SHOW listen_addresses") == ""
        assert query(server, "SHOW unix_socket_permissions") == "0700"


def test_data_is_safe_against_power_loss_unless_a_test_asks_otherwise(folder: Path) -> None:
    with EmbeddedServer(folder / "db") as server:
        assert query(server, "SHOW fsync") == "on"
        assert query(server, "SHOW full_page_writes") == "on"
        assert query(server, "SHOW synchronous_commit") == "on"
        assert query(server, "SHOW data_checksums") == "on"


def test_data_of_an_unknown_version_is_refused_with_advice(folder: Path) -> None:
    with EmbeddedServer(folder / "db", durable=False) as server:
        version = server.cluster / "PG_VERSION"
    version.write_text("99\n")
    with pytest.raises(StorageError, match=r"made by PostgreSQL 99.*DATABASE_URL"):
        EmbeddedServer(folder / "db").start()


def test_a_server_that_cannot_start_says_why_and_where_its_log_is(folder: Path) -> None:
    with EmbeddedServer(folder / "db", durable=False) as server:
        broken = server.cluster / "postgresql.conf"
    broken.write_text("max_connections = many\n")
    with pytest.raises(StorageError, match=r"did not start: .*FATAL.*server\.log"):
        EmbeddedServer(folder / "db").start()


def test_importing_and_starting_raise_no_warning_of_their_own(folder: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "XDG_RUNTIME_DIR"} | {"XDG_RUNTIME_DIR": "/nowhere"}
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", USER, str(folder / "db"), "close"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        _, err = process.communicate("leave\n")
    assert process.returncode == 0, err
    assert "Warning" not in err


def test_settings_without_a_url_lead_to_a_database_of_our_own(folder: Path) -> None:
    settings = Settings(data=folder / "data", rules=folder)
    with connect(settings) as database:
        assert database.check().startswith("18")
        assert str(folder / "data" / "postgres") in database.place
        assert database.embedded is not None
    assert database.embedded.server_pid is None


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://u:hunter2@h/d", r"mysql:// is not supported"),
        ("postgresql://u:hunt%er2@h:port/d", r"cannot be read"),
        ("postgresql://u:hunter2@127.0.0.1:1/d", r"database d on 127\.0\.0\.1:1: .*Check that the server runs"),
        ("postgresql+psycopg://u:hunter2@127.0.0.1:1/d", r"Check that the server runs"),
    ],
)  # fmt: skip
def test_a_url_that_leads_nowhere_is_a_sentence_without_the_password(folder: Path, url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught:
        connect(Settings(data=folder, rules=folder, database_url=Secret(url)))
    shown = "".join(traceback_of(caught.value))
    assert "hunter2" not in shown
    assert "er2" not in shown


def traceback_of(error: BaseException) -> list[str]:
    import traceback

    return traceback.format_exception(error)


def test_a_missing_database_is_named(postgres: EmbeddedServer, folder: Path) -> None:
    url = f"postgresql://monazite@/nothing_here?host={postgres.host}"
    with pytest.raises(StorageError, match=r'database "nothing_here" does not exist.*Create the database'):
        connect(Settings(data=folder, rules=folder, database_url=Secret(url)))


def test_a_server_that_is_gone_without_a_word_is_noticed(postgres: EmbeddedServer, folder: Path) -> None:
    url = f"postgresql://monazite@/postgres?host={postgres.host}&keepalives_count=7"
    with connect(Settings(data=folder, rules=folder, database_url=Secret(url))) as database:
        said = conninfo_to_dict(database.conninfo.reveal())
    assert (said["keepalives_idle"], said["tcp_user_timeout"]) == ("20", "60000")
    assert (said["keepalives_count"], said["dbname"]) == ("7", "postgres"), "what the address says comes first"
