"""How requests travel: two wires, and a stricter pair for hosts that users added.

Free calls go over aiohttp, which is many times cheaper per request; paid calls go over httpx's own transport,
because aiohttp silently repeats a GET whose connection broke, and a repeated purchase is a second purchase.
"""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.providers.addresses import Addresses
from bot.providers.wires import FreeWire, PaidWire

# A kept connection is used again only for so long. Paid calls are rare and must not meet a connection that
# the server is just closing, which would be an unknown outcome; few servers close before 5 s of silence.
_KEEP_FREE = 30.0
_KEEP_PAID = 2.0
_PORTS = {"https": 443, "http": 80}
_IPV6 = 6


@dataclass(frozen=True, slots=True)
class Transports:
    """A pair of wires.

    Attributes:
        free: for calls that cost nothing.
        paid: sends a request once, and says honestly when it is not known whether it arrived.
    """

    free: FreeWire
    paid: PaidWire


@asynccontextmanager
async def open_transports(tls: ssl.SSLContext) -> AsyncIterator[Transports]:
    """Open the pair for providers that the bot's operator trusts."""
    connector = aiohttp.TCPConnector(ssl=tls, limit=0, keepalive_timeout=_KEEP_FREE, ttl_dns_cache=60)
    limits = httpx.Limits(max_connections=50, max_keepalive_connections=10, keepalive_expiry=_KEEP_PAID)
    async with (
        _session(connector) as free,
        httpx.AsyncHTTPTransport(verify=tls, limits=limits) as paid,
    ):
        yield Transports(FreeWire(free), PaidWire(paid))


@asynccontextmanager
async def open_guarded(tls: ssl.SSLContext, addresses: Addresses) -> AsyncIterator[Transports]:
    """Open the pair for hosts that users added: every connection goes to an address that was judged."""

    def judged_socket(info: Any) -> socket.socket:
        family, kind, protocol, _, place = info
        addresses.check(place[0])
        link = socket.socket(family, kind, protocol)
        link.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        return link

    connector = aiohttp.TCPConnector(
        ssl=tls,
        limit=0,
        keepalive_timeout=_KEEP_FREE,
        use_dns_cache=False,
        resolver=_Resolver(addresses),
        socket_factory=judged_socket,  # addresses that stand in a URL are not looked up, and are judged here
    )
    async with _session(connector) as free, _JudgedTransport(tls, addresses) as paid:
        yield Transports(FreeWire(free), PaidWire(paid))


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


class _Resolver(AbstractResolver):
    """Looks names up for aiohttp, which then connects to what it was given."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host, all of them judged."""
        del family  # the connector asks for any
        return [
            ResolveResult(
                hostname=host,
                host=str(address),
                port=port,
                family=socket.AF_INET6 if address.version == _IPV6 else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in await self._addresses.find(host, port)
        ]

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""


class _JudgedTransport(httpx.AsyncHTTPTransport):
    """Looks the host up itself, and has httpx connect to the address; TLS and ``Host`` keep the name.

    No connection is kept: they are pooled by address, and two hosts may share one.
    """

    def __init__(self, tls: ssl.SSLContext, addresses: Addresses) -> None:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=0)
        super().__init__(verify=tls, limits=limits)
        self._addresses = addresses

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first address that lets itself be connected to."""
        name = request.url.host
        try:
            found = await self._addresses.find(name, request.url.port or _PORTS[request.url.scheme])
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from None
        lost: httpx.TransportError = httpx.ConnectError(f"{name} has no address", request=request)
        for address in found:
            extensions = {**request.extensions, "sni_hostname": name}
            there = httpx.Request(
                request.method,
                request.url.copy_with(host=f"[{address}]" if address.version == _IPV6 else str(address)),
                headers=request.headers,  # with ``Host`` as it was
                stream=request.stream,
                extensions=extensions,
            )
            try:
                return await super().handle_async_request(there)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:  # nothing was sent
                lost = error
        raise lost
