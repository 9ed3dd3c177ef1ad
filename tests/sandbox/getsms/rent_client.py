"""The least client that can speak Get-SMS's rent API, and what the document prints."""

from typing import Any

import aiohttp

from tests.sandbox.getsms.client import Client


class RentClient(Client):
    """As ``Client``, of the rent API v2."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        super().__init__(session, url)
        self.url = f"{url}/api/v2/rent/"

    async def rent(self, **form: str) -> str:
        """Rent a WhatsApp number for a day, unless told otherwise; the rental's id as text."""
        wanted = {"service": "wa", "country": "ru", "type": "day", "period": "1"} | form
        answer = await self.ask("getnumber", **wanted)
        assert answer["status"] == 200
        return str(answer["data"]["order_id"])

    async def orders(self) -> dict[str, Any]:
        """The list of rentals: status by id."""
        return {row["id"]: row["status"] for row in await self.ask("getorders")}
