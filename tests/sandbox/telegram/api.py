"""The least client of the Bot API: it sends whatever it is told, right or wrong."""

import struct
import zlib
from typing import Any

import aiohttp

TOKEN = "4242:test-token"


class Api:
    """Calls by JSON body; every answer is the parsed body, refusals too."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method."""
        async with self._session.post(f"{self._url}/bot{TOKEN}/{method}", json=params) as response:
            body: dict[str, Any] = await response.json()
            if not body["ok"]:
                assert response.status == body["error_code"]
            return body

    async def refusal(self, method: str, **params: Any) -> str:
        """Call a method that must be refused; return the description."""
        body = await self(method, **params)
        assert not body["ok"], body
        description: str = body["description"]
        return description


def png(width: int, height: int) -> bytes:
    """Return a black PNG of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
