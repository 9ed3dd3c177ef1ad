"""A provider's end of the wire: it notes what arrives and answers, or misbehaves, as the test says."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

Move = Callable[[asyncio.StreamWriter], Awaitable[bool]]
"""What the server does once a request was read; returns whether the connection stays open."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it arrived.

    Attributes:
        connection: which connection brought it, counted from 1.
        method: of HTTP.
        target: path and query.
        headers: names in lower case.
        body: as sent.
    """

    connection: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path alone."""
        return urlsplit(self.target).path

    @property
    def form(self) -> dict[str, str]:
        """The fields of the body."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def query(self) -> dict[str, str]:
        """The fields of the URL."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


def reply(body: str | bytes = b"", status: int = 200, **headers: str) -> Move:
    """Answer properly; ``_`` in header names stands for ``-``."""
    payload = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    lines.append(f"Content-Length: {len(payload)}")
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + payload, keep=True)


def raw(data: bytes, *, keep: bool = False) -> Move:
    """Send these very bytes."""

    async def move(writer: asyncio.StreamWriter) -> bool:
        writer.write(data)
        await writer.drain()
        return keep

    return move


def cut(body: str) -> Move:
    """Promise twice the body, send it once, and close."""
    payload = body.encode()
    return raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (2 * len(payload)) + payload)


async def vanish(writer: asyncio.StreamWriter) -> bool:  # noqa: ARG001 - a Move takes the writer
    """Close without an answer: the request was read, and may have been carried out."""
    return False


async def reset(writer: asyncio.StreamWriter) -> bool:
    """Break the connection off with a TCP reset."""
    link: socket.socket = writer.get_extra_info("socket")
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


async def hang(writer: asyncio.StreamWriter) -> bool:  # noqa: ARG001 - a Move takes the writer
    """Say nothing, for ever."""
    await asyncio.Event().wait()
    return False


class Wire:
    """A server on loopback.

    Attributes:
        script: what to do with the next requests, in order.
        otherwise: what to do once the script is played.
        heard: every request that arrived in full.
        refuses: when True, new connections are reset before anything is read.

    Args:
        tls: the server's side of TLS; plain where None.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.script: list[Move] = []
        self.otherwise: Move = reply("{}")
        self.heard: list[Heard] = []
        self.refuses = False
        self.connections = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrival = asyncio.Event()

    @property
    def url(self) -> str:
        """Where the server is, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def play(self, *moves: Move) -> None:
        """Set the script; its last move is repeated for ever."""
        self.script = list(moves)
        self.otherwise = moves[-1]

    async def until_heard(self, requests: int = 1) -> None:
        """Wait until so many requests have arrived."""
        while len(self.heard) < requests:
            self._arrival.clear()
            await self._arrival.wait()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        self._port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        connection = self.connections
        try:
            if self.refuses:
                await reset(writer)
                return
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                keep = True
                while keep:
                    self.heard.append(await _hear(reader, connection))
                    self._arrival.set()
                    move = self.script.pop(0) if self.script else self.otherwise
                    keep = await move(writer)
        finally:
            writer.close()
            self._tasks.discard(task)


async def _hear(reader: asyncio.StreamReader, connection: int) -> Heard:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Heard(connection, method, target, headers, body)
