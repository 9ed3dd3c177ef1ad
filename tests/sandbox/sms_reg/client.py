"""The least client that can speak API #2, so that the simulator is read by something that is not the bot."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp


@dataclass(frozen=True)
class Got:
    """An answer as it came over the socket."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class Client:
    """Asks by POST form with the key ``testapikey`` unless told otherwise; None leaves a parameter out."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def raw(self, method: str, verb: str = "POST", **form: str | None) -> Got:
        """Send one request and return what came, whatever it is."""
        fields = {"apikey": "testapikey"} | form
        sent = {name: value for name, value in fields.items() if value is not None}
        where = {"params": sent} if verb == "GET" else {"data": sent}
        address = f"{self.url}/{method}.php"
        async with self._session.request(verb, address, **where) as response:  # type: ignore[arg-type]  # one of two dicts
            return Got(response.status, await response.text())

    async def ask(self, method: str, **form: str | None) -> Any:
        """Send one request and return its JSON."""
        return (await self.raw(method, "POST", **form)).json

    async def buy(self, service: str = "whatsapp", country: str = "ru") -> str:
        """Order a number and return the operation's id."""
        tzid = (await self.ask("getNum", service=service, country=country))["tzid"]
        assert isinstance(tzid, str)
        return tzid

    async def state(self, tzid: str) -> str:
        """Return the word for an operation's state."""
        word = (await self.ask("getState", tzid=tzid))["response"]
        assert isinstance(word, str)
        return word
