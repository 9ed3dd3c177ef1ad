"""The least client that can speak Get-SMS, so that the simulator is read by something that is not the bot."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True)
class Got:
    """An answer as it came over the socket."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class Client:
    """Asks by POST form with the key ``testapikey`` unless told otherwise; None leaves a parameter out."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = f"{url}/api/v1/"

    @classmethod
    @asynccontextmanager
    async def on(cls, url: str) -> "AsyncIterator[Client]":
        """Open a client of the simulator at this base URL."""
        async with aiohttp.ClientSession() as session:
            yield cls(session, url)

    async def raw(self, method: str | None, verb: str = "POST", **form: str | None) -> Got:
        """Send one request and return what came, whatever it is."""
        fields = {"method": method, "userkey": "testapikey"} | form
        sent = {name: value for name, value in fields.items() if value is not None}
        where = {"params": sent} if verb == "GET" else {"data": sent}
        async with self._session.request(verb, self.url, **where) as response:  # type: ignore[arg-type]  # one of two dicts
            return Got(response.status, await response.text(), dict(response.headers))

    async def ask(self, method: str | None, **form: str | None) -> Any:
        """Send one request and return its JSON."""
        return (await self.raw(method, "POST", **form)).json

    async def status(self, method: str | None, **form: str | None) -> int:
        """Send one request and return the status in its body."""
        status = (await self.ask(method, **form))["status"]
        assert isinstance(status, int)
        return status

    async def buy(self, service: str = "wapp", country: str | None = None) -> str:
        """Buy a number and return the order's id."""
        order_id = (await self.ask("getnumber", service=service, country=country))["data"]["order_id"]
        assert isinstance(order_id, str)
        return order_id
