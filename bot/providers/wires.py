"""One request, sent once, over the two libraries that carry requests here; their errors end here.

Errors of a network hold the request, and with it the key: what leaves this module instead is a ``Loss``.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
import httpx
from multidict import CIMultiDict
from yarl import URL

from bot import __version__
from bot.providers.calls import Answer, Call, Loss

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes, decoded: Get-SMS's list of everything, 132 countries by 548 services, is some 6 MiB."""

_HEADERS = {"User-Agent": f"codebell/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
_FORM = {**_HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
_TROUBLE = (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one try may take, in seconds.

    Attributes:
        connect: until there is a connection, TLS included.
        read: of silence, while an answer is awaited.
        total: from the first to the last byte.
    """

    connect: float
    read: float
    total: float


class Wire(ABC):
    """Sends a request once."""

    async def send(self, call: Call, patience: Patience) -> Answer | Loss:
        """Send a call; return its answer, whatever the HTTP status, or why there is none."""
        try:
            async with asyncio.timeout(patience.total):
                return await self._send(call, patience)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, aiohttp.ClientConnectorError):
            return Loss.NOT_SENT
        except (httpx.TimeoutException, TimeoutError):
            return Loss.TIMEOUT
        except _TROUBLE:
            return Loss.RESET

    @abstractmethod
    async def _send(self, call: Call, patience: Patience) -> Answer | Loss: ...


class FreeWire(Wire):
    """For calls that cost nothing: aiohttp, which sends some requests again by itself.

    Args:
        session: without cookies, and without a limit of connections: the throttles have one.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._urls: dict[str, URL] = {}
        self._timeouts: dict[Patience, aiohttp.ClientTimeout] = {}
        self._plain = CIMultiDict(_HEADERS)
        self._form = CIMultiDict(_FORM)

    async def _send(self, call: Call, patience: Patience) -> Answer | Loss:
        timeout = self._timeouts.get(patience)
        if timeout is None:
            timeout = self._timeouts[patience] = aiohttp.ClientTimeout(
                sock_connect=patience.connect, sock_read=patience.read
            )
        written = call.record.url + call.path
        url = self._urls.get(written)
        if url is None:
            url = self._urls[written] = URL(written)
        body, headers = None, self._plain
        if call.method == "GET":
            url = url.update_query(call.fields())  # a text would stay in yarl's cache, and with it the key
        else:
            body, headers = urlencode(call.fields()).encode(), self._form
        async with self._session.request(
            call.method, url, data=body, headers=headers, allow_redirects=False, timeout=timeout
        ) as response:
            content = await _limited(response.content.iter_any())
            if content is None:
                response.close()
                return Loss.TOO_LARGE
            return Answer(response.status, content, response.headers)


class PaidWire(Wire):
    """For paid calls: httpx's own transport, which never repeats, and says honestly what it does not know.

    It is driven without httpx's client: there are no cookies, redirects, proxies or logged URLs here to be
    surprised by.
    """

    def __init__(self, transport: httpx.AsyncHTTPTransport) -> None:
        self._transport = transport

    async def _send(self, call: Call, patience: Patience) -> Answer | Loss:
        response = await self._transport.handle_async_request(_request(call, patience))
        try:
            content = await _limited(response.aiter_bytes())
        finally:
            await response.aclose()
        return Loss.TOO_LARGE if content is None else Answer(response.status_code, content, response.headers)


def _request(call: Call, patience: Patience) -> httpx.Request:
    silence = {"read": patience.read, "write": patience.read}
    waits = {"timeout": {"connect": patience.connect, "pool": patience.connect, **silence}}
    url = httpx.URL(call.record.url + call.path)
    if call.method == "GET":
        return httpx.Request("GET", url.copy_merge_params(call.fields()), headers=_HEADERS, extensions=waits)
    body = urlencode(call.fields()).encode()
    return httpx.Request(call.method, url, headers=_FORM, content=body, extensions=waits)


async def _limited(chunks: AsyncIterator[bytes]) -> bytes | None:
    """Return a body, its content encoding undone; None where it is longer than the limit."""
    found: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            return None
        found.append(chunk)
    return b"".join(found)
