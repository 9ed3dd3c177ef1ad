"""Which machines a host that a user named may lead to: those of the public internet, and no other.

The bot sits inside somebody's network. A URL from a chat could name what only that network may reach (a
router, a metadata service, a database), or a name that leads there, or one that leads there from tomorrow
on. So the rule is applied to addresses, each time a connection is made, and the connection goes to the very
address that was judged.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from bot.domain.errors import HostPrivate, HostUnusable

Address = IPv4Address | IPv6Address
Find = Callable[[str, int], Awaitable[list[Any]]]
"""Looks a name up; the answer is that of ``socket.getaddrinfo``."""

_GLOBAL_UNICAST = ip_network("2000::/3")
_PORTS = {"https": 443, "http": 80}
LONGEST_URL = 200
"""Characters, as a person writes it."""

# No blanks or controls, and none of the signs that begin credentials, a query, a fragment, an escape or a
# zone, or that separate what buttons carry.
_WRITTEN = re.compile(r"[^\s\x00-\x1f\x7f?#@%|\\]+")


class AddressRefused(OSError):
    """A name leads to an address that is not to be connected to."""


class Addresses:
    """Judges URLs and addresses, and looks names up.

    Args:
        loopback: whether hosts on this very machine pass too, over plain HTTP as well; for trying out.
        find: how names are looked up; the system's way where None.
    """

    def __init__(self, *, loopback: bool = False, find: Find | None = None) -> None:
        self._loopback = loopback
        self._schemes = frozenset({"https", "http"} if loopback else {"https"})
        self._find = find or _look_up

    def is_allowed(self, address: Address) -> bool:
        """Say whether an address may be connected to."""
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if self._loopback and address.is_loopback:
            return True
        if isinstance(address, IPv6Address):
            # Beyond global unicast there are prefixes that stand for IPv4 (``::/96``, ``64:ff9b::/96``).
            is_plain = address in _GLOBAL_UNICAST and address.sixtofour is None and address.teredo is None
            return is_plain and address.is_global
        return address.is_global and not address.is_multicast

    async def find(self, host: str, port: int) -> tuple[Address, ...]:
        """Return the addresses behind a host: all of them may be connected to.

        Args:
            host: a name, or an address; brackets around IPv6 are left out.
            port: to connect to.

        Raises:
            AddressRefused: one of them, or all, must not be connected to.
            OSError: the name cannot be looked up.
        """
        found = [ip_address(entry[4][0]) for entry in await self._find(host, port)]
        addresses = tuple(dict.fromkeys(found))
        if not addresses or not all(self.is_allowed(address) for address in addresses):
            raise AddressRefused(f"{host} does not lead to the public internet")
        return addresses

    def check(self, address: str) -> None:
        """Judge an address just before it is connected to.

        Raises:
            AddressRefused: it must not be connected to.
        """
        if not self.is_allowed(ip_address(address)):
            raise AddressRefused(f"{address} is not an address of the public internet")

    async def url(self, text: str) -> str:
        """Return the base URL that a person wrote, in one spelling, once its host was judged.

        Args:
            text: a URL; ``https://`` may be left out.

        Raises:
            HostUnusable: not HTTPS, more than a host and a path, or a name that nobody knows.
            HostPrivate: it leads to an address that is not of the public internet.
        """
        scheme, host, port, path = self._parse(text)
        try:
            await self.find(host, port or _PORTS[scheme])
        except AddressRefused:
            raise HostPrivate from None
        except OSError:
            raise HostUnusable from None
        place = f"[{host}]" if ":" in host else host
        return f"{scheme}://{place}{'' if port in {None, _PORTS[scheme]} else f':{port}'}{path.rstrip('/')}"

    def _parse(self, text: str) -> tuple[str, str, int | None, str]:
        """Return scheme, host, port and path."""
        written = text.strip()
        if len(written) > LONGEST_URL or not _WRITTEN.fullmatch(written):
            raise HostUnusable
        try:
            parts = urlsplit(written if "://" in written else f"https://{written}")
            host, port = parts.hostname or "", parts.port
            # A name in another script becomes what DNS has for it, so that two spellings are one host.
            host = host if host.isascii() else host.encode("idna").decode("ascii")
        except ValueError:
            raise HostUnusable from None
        # A key that was sent by mistake must not be asked of DNS.
        is_bare = "://" not in written and "." not in host
        if not host or is_bare or port == 0 or parts.scheme not in self._schemes:
            raise HostUnusable
        return parts.scheme, host, port, parts.path


async def _look_up(host: str, port: int) -> list[Any]:
    # The system also reads 127.1, 0x7f000001 and 2130706433 as addresses; here they come out as such.
    return await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
