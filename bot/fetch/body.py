"""Bodies taken off the wire in bounded steps, so that a few kilobytes never become a few gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.fetch.stopped import FetchStopped
from bot.types.source import FetchProblem

_STEP = 65_536  # bytes that one call of the decompressor may produce
_RATIO = 200  # from this compression on, a body is a bomb ...
_RATIO_FROM = 1_000_000  # ... once it has this many bytes
_GZIP_START = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as it was meant, and whether all of it came."""

    data: bytes
    complete: bool


class Collector:
    """Takes in the chunks of one body.

    Args:
        host: For messages.
        encoding: Value of Content-Encoding.
        limit: Bytes that the body may have after decompression.
        cut: Stop taking in a body that has more, instead of refusing it.
    """

    def __init__(self, host: str, encoding: str, *, limit: int, cut: bool = False) -> None:
        self._host = host
        self._limit = limit
        self._cut = cut
        self._gzip = _is_gzip(host, encoding)
        self._inflater = zlib.decompressobj(wbits=31) if self._gzip else None
        self._pieces: list[bytes] = []
        self._size = 0
        self._wire = 0  # bytes that came in ...
        self._waiting = 0  # ... and of them those that are not unpacked yet
        self._broken = False
        self._held = b""  # bytes after a member, too few to say whether another one begins

    def take(self, chunks: Iterable[bytes]) -> None:
        """Take in chunks as they come off the wire.

        Raises:
            FetchStopped: The body is too large, or blows up out of proportion.
        """
        for chunk in chunks:
            self._wire += len(chunk)
            for piece in self._inflated(chunk) if self._gzip else (chunk,):
                self._size += len(piece)
                self._check_size()
                self._pieces.append(piece)
                if self._size > self._limit:
                    return
            if self._broken:
                return

    def finish(self, *, ended: bool) -> Body:
        """The body; `ended` says that the connection delivered all that it had announced.

        Raises:
            FetchStopped: Nothing usable came.
        """
        whole = self._inflater is None or self._inflater.eof or not self._wire
        if self._broken and not self._size:
            raise FetchStopped(FetchProblem.BROKEN, f"The answer of {self._host} cannot be unpacked.")
        if not self._size and not (ended and whole):
            raise FetchStopped(FetchProblem.BROKEN, f"{self._host} broke off its answer before anything of it came.")
        return Body(data=b"".join(self._pieces), complete=ended and whole and not self._broken)

    def _inflated(self, chunk: bytes) -> Iterator[bytes]:
        data = self._held + chunk
        self._held = b""
        while data and self._inflater is not None and not self._broken:
            if self._inflater.eof:
                if len(data) < len(_GZIP_START):
                    self._held = data
                    return
                if not data.startswith(_GZIP_START):
                    return  # padding after the last member is harmless
                self._inflater = zlib.decompressobj(wbits=31)
            try:
                piece = self._inflater.decompress(data, _STEP)
            except zlib.error:
                self._broken = True
                return
            data = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            self._waiting = len(data)
            if piece:
                yield piece

    def _check_size(self) -> None:
        if self._size > self._limit and not self._cut:
            raise FetchStopped(
                FetchProblem.TOO_LARGE,
                f"The answer of {self._host} is larger than {self._limit / 1e6:g} MB when unpacked.",
                transient=False,
            )
        if self._gzip and self._size > _RATIO_FROM and self._size > _RATIO * (self._wire - self._waiting):
            raise FetchStopped(
                FetchProblem.TOO_LARGE,
                f"The answer of {self._host} unpacks to more than {_RATIO} times its size; no honest page does.",
                transient=False,
            )


def _is_gzip(host: str, encoding: str) -> bool:
    """Whether a body is gzip; unknown labels ("utf-8", "none") are slips of the server and mean nothing.

    Raises:
        FetchStopped: It is in a form that we did not ask for, or in several.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    packed = [name for name in names if name in ("gzip", "x-gzip", "deflate", "compress", "br", "zstd", "dcb", "dcz")]
    if len(packed) > 1 or any(name not in ("gzip", "x-gzip") for name in packed):
        raise FetchStopped(
            FetchProblem.BROKEN, f"{host} packs its answer as {', '.join(packed)}, though only gzip was asked for."
        )
    return bool(packed)
