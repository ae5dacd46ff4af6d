"""A pool of child processes that may be killed: for parsers and readers that strangers' texts are put into.

Every call has a deadline and every child a limit of memory. A child that runs late, grows too large or dies costs one
call and is replaced; the program that called goes on. Children are started afresh (never forked, since the parent has
threads), without the parent's secrets in their environment, and end when the parent does, however that happens: their
line to it closes, and an alarm set in the kernel ends even one that is lost in C code.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import pickle
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
from types import TracebackType
from typing import Any, Self

from bot.errors import WorkerError

_START_SECONDS = 120.0  # for interpreter, imports and initialiser; a reader of all languages takes a few
_GRACE_SECONDS = 2.0  # after a deadline, until the kernel ends a child whose parent did not
_MAX_ANSWER = 256 * 1024 * 1024  # bytes
_RECYCLE_AFTER = 1_000  # calls, so that slow leaks of C libraries stay small
_LENGTH = struct.Struct("!Q")

# What children may see of the environment. Everything else, tokens among it, stays with the parent.
_ENVIRONMENT = frozenset(("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH"))
_ENVIRONMENT_PREFIXES = ("LC_", "PYTHON")
# Numerical libraries would start a thread per core in every child, each with its own large address range.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# Classes that an answer may hold. A child that a hostile text took over must not make its parent build anything else.
_SAFE_MODULES = "bot.types."
_SAFE_NAMES = frozenset((
    *(("builtins", name) for name in ("set", "frozenset", "bytearray", "complex", "slice", "range")),
    *(("datetime", name) for name in ("datetime", "date", "time", "timedelta", "timezone")),
    *(("collections", name) for name in ("OrderedDict", "Counter", "deque")),
    ("decimal", "Decimal"),
))  # fmt: skip

_UNREADABLE = (
    *(pickle.UnpicklingError, EOFError, ValueError, TypeError, LookupError, AttributeError),
    *(ImportError, ArithmeticError, RecursionError, MemoryError),
)

Initializer = tuple[str, tuple[Any, ...]]


class Pool:
    """Children that run `module:function` calls; safe to use from many threads.

    Args:
        workers: Children at most; each is started when it is first needed. With none every call is refused.
        memory_mb: Address space of each child.
        initializer: `("module:function", arguments)` called once in every new child. What it returns is kept there,
            and a call whose target begins with a dot (`".read"`) is a method of it; other calls find what it left in
            its module.
        recycle_after: Calls after which a child is replaced.
    """

    def __init__(
        self,
        workers: int,
        *,
        memory_mb: int,
        initializer: Initializer | None = None,
        recycle_after: int = _RECYCLE_AFTER,
    ) -> None:
        self._setup = _Setup(memory_mb, initializer)
        self._recycle_after = recycle_after
        self._closed = threading.Event()
        self._workers = [_Worker(self._setup) for _ in range(workers)]
        # Last in, first out: with little to do, one warm child does it all.
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def call(self, target: str, *args: Any, deadline: float) -> Any:
        """Run a function in a child and return what it returns.

        Waits for a free child; neither that nor starting one counts against the deadline.

        Args:
            target: `module:function`, or `.method` of what the initialiser returned.
            args: Arguments that can be pickled.
            deadline: Seconds for the call; afterwards the child is killed.

        Raises:
            WorkerError: The child was too slow ("deadline"), too large ("memory"), died ("died"), or the function
                raised ("error").
        """
        if not self._workers:
            raise WorkerError("This program was started without child processes.", reason="died")
        worker = self._idle.get()
        try:
            if self._closed.is_set():
                raise WorkerError("The pool of child processes is closed.", reason="died")
            if worker.generation != self._setup.generation:
                worker.stop()
            return worker.call(target, args, deadline)
        finally:
            if self._closed.is_set() or worker.calls >= self._recycle_after:
                worker.stop()
            self._idle.put(worker)

    def renew(self, initializer: Initializer) -> None:
        """Start every further child with another initialiser; a child at work finishes its call and is replaced."""
        self._setup.initializer = initializer
        self._setup.generation += 1

    def close(self) -> None:
        """End all children; calls that are running fail with reason "died"."""
        self._closed.set()
        for worker in self._workers:
            worker.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Setup:
    """What every child is told when it starts."""

    def __init__(self, memory_mb: int, initializer: Initializer | None) -> None:
        self.memory = memory_mb * 1024 * 1024
        self.initializer = initializer
        self.generation = 0  # grows when the initialiser changes

    def command(self, fd: int) -> list[str]:
        """An interpreter that runs `serve`, with the parent's module path and nothing of its main module."""
        code = (
            "import json,sys; sys.path[:]=json.loads(sys.argv[1]); from bot.pool import serve; serve(int(sys.argv[2]))"
        )
        path = [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - "" must become the working directory
        return [sys.executable, "-c", code, json.dumps(path), str(fd)]

    def start(self, fd: int) -> subprocess.Popen[bytes]:
        """A child at the other end of a socket; in a session of its own, so that Ctrl-C is the parent's to handle."""
        return subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from this module
            self.command(fd),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=self.environment(),
            pass_fds=(fd,),
            start_new_session=True,
        )

    def environment(self) -> dict[str, str]:
        """The environment of a child."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in _ENVIRONMENT or name.startswith(_ENVIRONMENT_PREFIXES)
        }
        return kept | _ONE_THREAD


class _Worker:
    """The parent's end of one child."""

    def __init__(self, setup: _Setup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self.calls = 0
        self.generation = setup.generation  # of the child that runs

    def call(self, target: str, args: tuple[Any, ...], deadline: float) -> Any:
        """Run one call, in a fresh child when there is none."""
        message = pickle.dumps((target, args, deadline), protocol=pickle.HIGHEST_PROTOCOL)
        line = self._started()
        self.calls += 1
        state, value = self._exchange(line, message, deadline, target)
        if state == "ok":
            return value
        if state == "memory":
            self.stop()
            raise WorkerError(f"{target} needed more memory than a child process may have.", reason="memory")
        raise _failed(f"{target} failed: {value[0]}", value[1])

    def stop(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            process, line = self._process, self._line
            self._process = self._line = None
            self.calls = 0
        if line is not None:
            # Wakes a thread that waits for an answer before the descriptor can be given to anything else.
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        if process is not None:
            process.kill()
            process.wait()

    def _started(self) -> socket.socket:
        with self._lock:
            line = self._line
        if line is not None:
            return line
        parent, child = socket.socketpair()
        with self._lock, child:
            self._line = parent
            self.generation = self._setup.generation
            try:
                self._process = self._setup.start(child.fileno())
            except OSError as error:
                raise WorkerError(f"A child process could not be started: {error}", reason="error") from None
        hello = pickle.dumps((self._setup.memory, self._setup.initializer), protocol=pickle.HIGHEST_PROTOCOL)
        try:
            state, value = self._exchange(parent, hello, _START_SECONDS, "starting a child process")
        except WorkerError as error:
            raise WorkerError(str(error), reason="error") from None  # no call is to blame
        if state != "ok":
            self.stop()
            what = value[0] if state == "error" else "it needs more memory than a child process may have"
            raise _failed(f"A child process could not start: {what}", value[1] if state == "error" else "")
        return parent

    def _exchange(self, line: socket.socket, message: bytes, deadline: float, what: str) -> tuple[str, Any]:
        """Send a message and wait for the answer; the child is gone when that fails."""
        try:
            _send(line, message, deadline)
            data = _receive(line, time.monotonic() + deadline)
        except TimeoutError:
            self.stop()
            raise WorkerError(f"{what} took longer than {deadline:g} seconds.", reason="deadline") from None
        except OSError:
            raise WorkerError(f"{what}: {self._epitaph()}", reason="died") from None
        try:
            state, value = _Answers(io.BytesIO(data)).load()
        except _UNREADABLE as error:
            self.stop()
            raise WorkerError(f"{what}: the answer cannot be read ({error}).", reason="error") from None
        return state, value

    def _epitaph(self) -> str:
        """How the child ended, in words."""
        process = self._process
        code = None
        if process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(timeout=_GRACE_SECONDS)
        self.stop()
        if code is None:
            return "the child process was stopped."
        if code < 0:
            return f"the child process was ended by {signal.Signals(-code).name}."
        return f"the child process ended with code {code}."


class _Answers(pickle.Unpickler):
    """Reads what a child sends, and builds records of this program only."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that an answer may hold; no function, and nothing that such a module only imports."""
        if "." not in name and (module.startswith(_SAFE_MODULES) or (module, name) in _SAFE_NAMES):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not travel")


def serve(fd: int) -> None:
    """Answer calls on a socket until it closes; the whole life of a child."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent decides; it closes the line
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with socket.socket(fileno=fd) as line, contextlib.suppress(OSError):
        memory, initializer = pickle.loads(_receive(line, None))  # noqa: S301 - from our own parent
        _limit(memory)
        prepared = _Caught()
        with prepared:
            prepared.value = _resolve(initializer[0])(*initializer[1]) if initializer else None
        # What was prepared stays here: it may be large, and need not be something that can travel.
        prepared.send(line, None)
        while not prepared.error:
            target, args, deadline = pickle.loads(_receive(line, None))  # noqa: S301 - from our own parent
            signal.setitimer(signal.ITIMER_REAL, deadline + _GRACE_SECONDS)
            caught = _Caught()
            with caught:
                function = getattr(prepared.value, target[1:]) if target.startswith(".") else _resolve(target)
                caught.value = function(*args)
            caught.send(line, caught.value)
            signal.setitimer(signal.ITIMER_REAL, 0)


class _Caught:
    """Whatever a call did, as a value: at the border of a process there is nobody above who could handle it."""

    def __init__(self) -> None:
        self.value: Any = None
        self.error: tuple[str, Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, MemoryError):
            self.error = ("memory", None)
        elif isinstance(error, Exception):
            where = "".join(traceback.format_tb(trace, limit=-12))
            self.error = ("error", (f"{type(error).__name__}: {error}"[:500], where[-4000:]))
        return isinstance(error, Exception)

    def send(self, line: socket.socket, value: Any) -> None:
        """Answer with the value, or with what went wrong, also when the value cannot travel."""
        data = b""
        if self.error is None:
            packing = _Caught()
            with packing:
                data = pickle.dumps(("ok", value), protocol=pickle.HIGHEST_PROTOCOL)
            self.error = packing.error
        _send(line, data if self.error is None else pickle.dumps(self.error), None)


def _failed(message: str, trace: str) -> WorkerError:
    error = WorkerError(message, reason="error")
    if trace:
        error.add_note(f"In the child process:\n{trace}")
    return error


def _resolve(target: str) -> Any:
    module, _, name = target.partition(":")
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _limit(memory: int) -> None:
    """Bound the address space and leave no core files: they would hold other people's texts."""
    import resource  # noqa: PLC0415 - exists on Unix only, and only children need it

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS knows the limit and refuses to set it; the deadline still bounds what a child can take there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _send(line: socket.socket, data: bytes, timeout: float | None) -> None:
    line.settimeout(timeout)
    line.sendall(_LENGTH.pack(len(data)))
    line.sendall(data)


def _receive(line: socket.socket, until: float | None) -> bytes:
    """One message.

    Raises:
        TimeoutError: `until` (on the monotonic clock) has come.
        OSError: The other end is gone, or announces more than a message may hold.
    """
    (size,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, until))
    if size > _MAX_ANSWER:
        raise ConnectionError("message too large")
    return _exactly(line, size, until)


def _exactly(line: socket.socket, size: int, until: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        line.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
        piece = line.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise ConnectionError("closed")
        data += piece
    return bytes(data)
