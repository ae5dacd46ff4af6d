"""An httpx transport that dials only checked addresses and keeps one fetch within its budget of time and bytes."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from bot.fetch.guard import Gate
from bot.fetch.network import Network, Steady
from bot.fetch.stopped import FetchStopped
from bot.types.settings import FetchSettings
from bot.types.source import FetchProblem

_SLOW_AFTER = 10.0  # seconds after the first byte ...
_SLOWEST = 1_000  # ... from which on fewer bytes a second are a trickle
_MOST_ADDRESSES = 4  # of one host that are tried
_SHORTEST = 0.001  # seconds; a time-out of zero would mean "do not block" to a socket


class Budget:
    """What one fetch may still spend, redirects included."""

    def __init__(self, settings: FetchSettings, steady: Steady) -> None:
        self._settings = settings
        self._steady = steady
        self._start = steady.monotonic()
        self._first_byte: float | None = None
        self._bytes = 0
        self._patience = settings.deadline

    @contextmanager
    def hurry(self, seconds: float) -> Iterator[None]:
        """Wait no longer than so many seconds for anything inside."""
        self._patience = seconds
        try:
            yield
        finally:
            self._patience = self._settings.deadline

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let the time inside count for nothing: it is spent on manners, not on an answer."""
        began = self._steady.monotonic()
        try:
            yield
        finally:
            lost = self._steady.monotonic() - began
            self._start += lost
            if self._first_byte is not None:
                self._first_byte += lost

    def remaining(self, host: str) -> float:
        """Seconds left.

        Raises:
            FetchStopped: None are, or the answer comes in as a trickle.
        """
        now = self._steady.monotonic()
        left = self._settings.deadline - (now - self._start)
        if left <= 0:
            if self._bytes:
                raise FetchStopped(
                    FetchProblem.TOO_SLOW,
                    f"{host} had not finished its answer after {self._settings.deadline:g} seconds.",
                )
            raise late(host, self._settings.deadline)
        if self._first_byte is not None:
            elapsed = now - self._first_byte
            if elapsed > _SLOW_AFTER and self._bytes < _SLOWEST * elapsed:
                raise FetchStopped(FetchProblem.TOO_SLOW, f"{host} sends less than {_SLOWEST} bytes a second.")
        return max(min(left, self._patience), _SHORTEST)

    def spend(self, host: str, size: int) -> None:
        """Count bytes that came in.

        Raises:
            FetchStopped: They are too many.
        """
        if size and self._first_byte is None:
            self._first_byte = self._steady.monotonic()
        self._bytes += size
        if self._bytes > self._settings.max_wire_bytes:
            raise FetchStopped(
                FetchProblem.TOO_LARGE,
                f"The answer of {host} is larger than {self._settings.max_wire_bytes / 1e6:g} MB.",
                transient=False,
            )


def late(host: str, seconds: float) -> FetchStopped:
    """No answer came in time."""
    return FetchStopped(FetchProblem.TIMEOUT, f"{host} did not answer within {seconds:g} seconds.")


class GuardedTransport(httpx.BaseTransport):
    """Connections of one fetch; closed with it."""

    def __init__(
        self, gate: Gate, budget: Budget, *, network: Network, tls: ssl.SSLContext, settings: FetchSettings
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=2,
            max_keepalive_connections=1,
            network_backend=_Backend(gate, budget, network, settings),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; errors of httpcore pass through."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        stream = answer.stream
        if not isinstance(stream, Iterable):
            raise TypeError("a synchronous pool gives synchronous streams")
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_ResponseStream(stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _ResponseStream(httpx.SyncByteStream):
    """httpcore's stream as httpx wants it."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class _Backend(httpcore.NetworkBackend):
    """Resolves, checks, then dials what was checked: a name that resolves differently the next time gains nothing."""

    def __init__(self, gate: Gate, budget: Budget, network: Network, settings: FetchSettings) -> None:
        self._gate = gate
        self._budget = budget
        self._network = network
        self._settings = settings

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the budget knows better
        local_address: str | None = None,  # noqa: ARG002 - none is set
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - none is set
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that takes it."""
        addresses = self._gate.addresses(host, port, self._patience(host))
        for number, address in enumerate(addresses[:_MOST_ADDRESSES], start=1):
            last = number == min(len(addresses), _MOST_ADDRESSES)
            try:
                return _Stream(self._network.connect(address, port, self._patience(host)), host, self._budget)
            except httpcore.ConnectTimeout:
                if last:
                    raise FetchStopped(
                        FetchProblem.CONNECT,
                        f"No connection to {host} within {self._settings.connect_timeout:g} seconds.",
                    ) from None
            except httpcore.ConnectError:
                if last:
                    raise FetchStopped(FetchProblem.CONNECT, f"{host} takes no connection on port {port}.") from None
        raise FetchStopped(FetchProblem.DNS, f"The name {host} has no address.")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Refused: a source is never a file."""
        raise FetchStopped(FetchProblem.ADDRESS, f"{path} is a socket of this machine.", transient=False)

    def _patience(self, host: str) -> float:
        return min(self._settings.connect_timeout, self._budget.remaining(host))


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends with the budget."""

    def __init__(self, inner: httpcore.NetworkStream, host: str, budget: Budget) -> None:
        self._inner = inner
        self._host = host
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        data = self._inner.read(max_bytes, timeout=self._budget.remaining(self._host))
        self._budget.spend(self._host, len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, timeout=self._budget.remaining(self._host))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """TLS for the host's name, whatever address was dialled for it."""
        try:
            secure = self._inner.start_tls(ssl_context, server_hostname, timeout=self._budget.remaining(self._host))
        except httpcore.ConnectError as error:
            raise _tls_problem(self._host, error.__cause__) from None
        return _Stream(secure, self._host, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _tls_problem(host: str, cause: BaseException | None) -> FetchStopped:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchStopped(FetchProblem.TLS, f"The certificate of {host} cannot be trusted: {cause.verify_message}.")
    if isinstance(cause, ssl.SSLError):
        return FetchStopped(FetchProblem.TLS, f"{host} and this program agree on no encryption ({cause.reason}).")
    return FetchStopped(FetchProblem.TLS, f"{host} broke off the encryption handshake.")
