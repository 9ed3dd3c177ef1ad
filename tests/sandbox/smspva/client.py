"""The least client that can speak SMSPVA, so that the simulator is read by something that is not the bot."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp


class Client:
    """Asks by GET with the key ``testapikey`` unless told otherwise; None leaves a parameter out."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    @classmethod
    @asynccontextmanager
    async def on(cls, url: str) -> "AsyncIterator[Client]":
        """Open a client of the simulator at this base URL."""
        async with aiohttp.ClientSession() as session:
            yield cls(session, url)

    async def raw(self, method: str, *, path: str = "/api/rent.php", **query: str | None) -> str:
        """Send one request and return the text that came."""
        fields = {"method": method, "apikey": "testapikey"} | query
        sent = {name: value for name, value in fields.items() if value is not None}
        async with self.session.get(self.url + path, params=sent) as response:
            return await response.text()

    async def ask(self, method: str, **query: str | None) -> Any:
        """Send one request and return its JSON."""
        return json.loads(await self.raw(method, path="/api/rent.php", **query))

    async def data(self, method: str, **query: str | None) -> Any:
        """Send one request that is granted and return its data."""
        answer = await self.ask(method, **query)
        assert answer["status"] == 1, answer
        return answer["data"]

    async def refused(self, method: str, **query: str | None) -> str:
        """Send one request that is refused and return the reason."""
        answer = await self.ask(method, **query)
        assert answer.keys() == {"status", "msg"}
        assert answer["status"] == 0
        assert isinstance(answer["msg"], str)
        return answer["msg"]

    async def rent(
        self, service: str = "opt16", country: str = "RU", dtype: str = "week", dcount: str = "1"
    ) -> str:
        """Rent a number and return the order's id."""
        made = await self.data("create", service=service, country=country, dtype=dtype, dcount=dcount)
        return str(made["id"])

    async def order(self, order_id: str) -> Any:
        """Return one order of the list."""
        (found,) = (one for one in await self.data("orders") if str(one["id"]) == order_id)
        return found
