"""The least client of ``handler_api.php``, so that the simulators are read not by the bot alone."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

KEY = "testapikey"


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
        self.url = f"{url}/stubs/handler_api.php"

    async def raw(self, action: str | None, verb: str = "POST", **form: str | None) -> Got:
        """Send one request and return what came, whatever it is."""
        fields = {"action": action, "api_key": KEY} | form
        sent = {name: value for name, value in fields.items() if value is not None}
        where = {"params": sent} if verb == "GET" else {"data": sent}
        async with self._session.request(verb, self.url, **where) as response:  # type: ignore[arg-type]  # one of two dicts
            return Got(response.status, await response.text())

    async def say(self, action: str | None, **form: str | None) -> str:
        """Send one request and return its text."""
        return (await self.raw(action, "POST", **form)).text

    async def json(self, action: str | None, **form: str | None) -> Any:
        """Send one request and return its JSON."""
        return (await self.raw(action, "POST", **form)).json

    async def buy(self, service: str = "wa", country: str | None = None, **form: str | None) -> str:
        """Buy a number and return the activation's id."""
        said = await self.say("getNumber", service=service, country=country, **form)
        word, order_id, _ = said.split(":")
        assert word == "ACCESS_NUMBER"
        return order_id

    async def set(self, order_id: str, status: int, **form: str | None) -> str:
        """Set a status and return the word."""
        return await self.say("setStatus", id=order_id, status=str(status), **form)

    async def status(self, order_id: str) -> str:
        """Return what getStatus says."""
        return await self.say("getStatus", id=order_id)
