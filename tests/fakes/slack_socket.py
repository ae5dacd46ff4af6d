"""The other end of Slack's Socket Mode on loopback: connections, envelopes, acknowledgements, refreshes and losses.

    with FakeSlack() as slack, SlackSocket(slack) as socket:
        socket.until(lambda: socket.connections)
        answer = socket.hand_over("interactive", payload)

Frames after RFC 6455; only what Slack uses: text, ping, pong and close, unfragmented, masked from the client.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.fakes.slack import FakeSlack

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
PATIENCE = 20.0  # seconds


@dataclass(eq=False)
class Connection:
    """One socket of one host."""

    wire: socket.socket
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: bool = True

    def send(self, kind: int, body: bytes) -> bool:
        """Send a frame; False when the other end is gone."""
        head = bytes([0x80 | kind])
        size = len(body)
        head += bytes([size]) if size < 126 else struct.pack("!BH", 126, size)
        try:
            with self.lock:
                self.wire.sendall(head + body)
        except OSError:
            self.open = False
        return self.open

    def read(self) -> tuple[int, bytes]:
        """The next frame, unmasked.

        Raises:
            OSError: The other end is gone.
        """
        first, second = self._exactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", self._exactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", self._exactly(8))
        mask = self._exactly(4) if second & 0x80 else b"\0\0\0\0"
        body = self._exactly(size)
        return first & 0x0F, bytes(byte ^ mask[index % 4] for index, byte in enumerate(body))

    def close(self) -> None:
        """Cut it, as a lost network does."""
        self.open = False
        with contextlib.suppress(OSError):
            self.wire.shutdown(socket.SHUT_RDWR)
        self.wire.close()

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            more = self.wire.recv(size - len(found))
            if not more:
                raise ConnectionResetError("the client is gone")
            found += more
        return found


class SlackSocket:
    """Serves until the block ends; `slack.socket_url` leads here."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.acks: dict[str, Any] = {}  # envelope -> what was answered with it, None for nothing
        self.opened = 0  # connections, ever
        self.connections: list[Connection] = []
        self.deaf = False  # True: acknowledgements are lost
        self._changed = threading.Condition()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._closing = False
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self.slack.socket_url = f"ws://127.0.0.1:{self._door.getsockname()[1]}/link"
        self._start(self._accept)
        self._start(self._beat)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for connection in list(self.connections):
            connection.close()
        for thread in self._threads:
            thread.join(5)

    def until(self, done: Callable[[], Any]) -> None:
        """Wait until something holds.

        Raises:
            AssertionError: It did not come to hold.
        """
        end = time.monotonic() + PATIENCE
        with self._changed:
            while not done():
                assert time.monotonic() < end, "it did not happen"
                self._changed.wait(0.05)

    def hand_over(self, kind: str, payload: dict[str, Any], *, envelope: str = "", to: int = -1) -> Any:
        """Send an envelope and give what was answered with its acknowledgement.

        Args:
            kind: "interactive", "slash_commands" or "events_api".
            payload: Of the call.
            envelope: Id of one that is handed over again; else a new one.
            to: Index of the connection that gets it.
        """
        name = self.send(kind, payload, envelope=envelope, to=to)
        self.until(lambda: name in self.acks)
        return self.acks[name]

    def send(self, kind: str, payload: dict[str, Any], *, envelope: str = "", to: int = -1) -> str:
        """Send an envelope; gives its id."""
        name = envelope or str(uuid.uuid4())
        self.acks.pop(name, None)
        made = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": True}
        self.until(lambda: self.connections)
        self.connections[to].send(TEXT, json.dumps(made).encode())
        return name

    def refresh(self) -> None:
        """Ask the oldest connection to be replaced, as Slack does every few hours."""
        note = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "test"}}
        self.connections[0].send(TEXT, json.dumps(note).encode())

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing:
            try:
                wire, _ = self._door.accept()
            except OSError:
                return
            self._start(lambda wire=wire: self._serve(wire))  # type: ignore[misc]

    def _serve(self, wire: socket.socket) -> None:
        connection = Connection(wire)
        try:
            _shake_hands(wire)
            connection.send(TEXT, json.dumps({"type": "hello", "num_connections": len(self.connections) + 1}).encode())
            self._note(lambda: self.connections.append(connection))
            self.opened += 1
            while True:
                kind, body = connection.read()
                if kind == CLOSE:
                    break
                if kind == PING:
                    connection.send(PONG, body)
                elif kind == TEXT:
                    self._hear(json.loads(body))
        except OSError:
            pass
        finally:
            self._note(lambda: self.connections.remove(connection) if connection in self.connections else None)
            connection.close()

    def _hear(self, message: dict[str, Any]) -> None:
        if not self.deaf:
            self._note(lambda: self.acks.update({message["envelope_id"]: message.get("payload")}))

    def _note(self, change: Callable[[], Any]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()

    def _beat(self) -> None:
        """Pings, which Slack sends too; here often, so that a client that waits for data looks up soon."""
        while not self._closing:
            time.sleep(0.05)
            for connection in list(self.connections):
                connection.send(PING, b"beat")


def _shake_hands(wire: socket.socket) -> None:
    asked = b""
    while b"\r\n\r\n" not in asked:
        more = wire.recv(4096)
        if not more:
            raise ConnectionResetError("no handshake")
        asked += more
    headers = dict(line.split(": ", 1) for line in asked.decode().split("\r\n")[1:] if ": " in line)
    key = headers["Sec-WebSocket-Key"]
    accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()  # RFC 6455 section 4.2.2
    wire.sendall(
        (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n"
        ).encode()
    )
