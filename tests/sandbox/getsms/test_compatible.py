"""The compatible API on the same shop as v1: its six methods, its words, its one world."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.getsms import GetSmsSimulator, State, serve
from tests.support.clock import ManualClock


class Compatible:
    """Asks ``handler_api.php`` by POST form with the key ``testapikey`` unless told otherwise."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def say(self, action: str, **form: str) -> str:
        """Send one request; the text of the answer."""
        fields = {"action": action, "api_key": "testapikey"} | form
        async with self._session.post(f"{self.url}/stubs/handler_api.php", data=fields) as response:
            return await response.text()

    async def json(self, action: str, **form: str) -> Any:
        """Send one request by GET; the JSON of the answer."""
        fields = {"action": action, "api_key": "testapikey"} | form
        async with self._session.get(f"{self.url}/stubs/handler_api.php", params=fields) as response:
            return await response.json()

    async def buy(self) -> str:
        """Buy a WhatsApp number; the id."""
        word, order_id, _ = (await self.say("getNumber", service="wa")).split(":")
        assert word == "ACCESS_NUMBER"
        return order_id


@pytest.fixture
async def api(sim: GetSmsSimulator) -> AsyncIterator[Compatible]:
    """A client of the compatible API; two numbers for WhatsApp."""
    sim.stock("wa", "ru", 2, "25")
    async with serve(sim) as url, aiohttp.ClientSession() as session:
        yield Compatible(session, url)


async def test_what_there_is(api: Compatible) -> None:
    """Balance, counts and prices as the document prints them, for Russia unless told."""
    assert await api.say("getBalance") == "ACCESS_BALANCE:100"
    assert await api.json("getNumbersStatus") == {"wapp_0": 5, "wa_0": 2}
    assert await api.json("getPrices", service="wa", country="0") == {"0": {"wa": {"25": 2}}}
    assert await api.json("getPrices", country="16") == {"16": []}


async def test_an_order_is_one_in_both_interfaces(sim: GetSmsSimulator, api: Compatible) -> None:
    """A number bought here is v1's order: the same key pays, the same SMS comes, the same price is due."""
    order_id = await api.buy()
    assert sim.order(order_id).phone.startswith("7996")
    assert await api.say("getStatus", id=order_id) == "STATUS_WAIT_CODE"
    assert await api.say("setStatus", id=order_id, status="1") == "ACCESS_READY"
    sim.deliver(order_id, "code 5", "5")
    assert await api.say("getStatus", id=order_id) == "STATUS_OK:5"
    assert await api.say("setStatus", id=order_id, status="3") == "ACCESS_RETRY_GET"
    assert await api.say("getStatus", id=order_id) == "STATUS_WAIT_RETRY:5"
    sim.deliver(order_id, "no code in it")
    assert await api.say("getStatus", id=order_id) == "STATUS_OK:no code in it"
    assert await api.say("setStatus", id=order_id, status="6") == "ACCESS_ACTIVATION"
    assert sim.order(order_id).state is State.OVER
    assert [charge.amount for charge in sim.ledger.charges] == [25]


@pytest.mark.parametrize(
    ("status", "word", "state", "left"),
    [("8", "ACCESS_CANCEL", State.CANCELED, 2), ("6", "ACCESS_CANCEL", State.BANNED, 1)],
)
async def test_giving_back(
    sim: GetSmsSimulator, api: Compatible, status: str, word: str, state: State, left: int
) -> None:
    """8 cancels, 6 before a code deletes and marks an error; both give the money back."""
    order_id = await api.buy()
    assert await api.say("setStatus", id=order_id, status=status) == word
    assert sim.order(order_id).state is state
    assert sim.key("testapikey").balance == 100
    assert await api.say("getStatus", id=order_id) == "STATUS_CANCEL"
    assert (await api.json("getNumbersStatus"))["wa_0"] == left


async def test_every_refusal(sim: GetSmsSimulator, api: Compatible, clock: ManualClock) -> None:
    """Each word of the document's lists has a request that brings it about."""
    assert await api.say("getBalance", api_key="wrong") == "BAD_KEY"
    assert await api.say("getCoffee") == "BAD_ACTION"
    assert await api.say("getNumber") == "BAD_SERVICE"
    assert await api.say("getNumber", service="zz") == "WRONG_SERVICE"
    assert await api.say("getNumber", service="tg") == "NO_NUMBERS"
    assert await api.say("getNumber", service="wa", country="999") == "NO_NUMBERS"
    assert await api.say("getStatus", id="1") == "NO_ACTIVATION"
    assert await api.say("setStatus", id="1", status="8") == "NO_ACTIVATION"
    order_id = await api.buy()
    for status in ("3", "7", "-1", "eight", ""):
        assert await api.say("setStatus", id=order_id, status=status) == "BAD_STATUS"
    sim.deliver(order_id, "1")
    assert await api.say("setStatus", id=order_id, status="8") == "BAD_STATUS"
    sim.set_balance("testapikey", "-1")
    assert await api.say("getStatus", id=order_id) == "NO_BALANCE"
    assert await api.say("getNumber", service="wa") == "NO_BALANCE"
    sim.add_key("another")
    assert await api.say("getStatus", id=order_id, api_key="another") == "NO_ACTIVATION"
    await clock.advance(15 * 60)
    assert await api.say("getStatus", id=order_id) == "STATUS_CANCEL"


async def test_refusals_that_only_a_bad_day_brings(sim: GetSmsSimulator, api: Compatible) -> None:
    """A ban and a fault of the SQL server are planned as faults, and nothing is sold."""
    sim.fault("banned")
    assert await api.say("getNumber", service="wa") == "YOU_TEMPORARY_BANNED"
    sim.fault("sql-error")
    assert await api.say("getBalance") == "ERROR_SQL"
    sim.fault("http-502", method="getNumber")
    assert "502" in await api.say("getNumber", service="wa")
    assert sim.orders == []
    assert [asked.status for asked in sim.ledger.requests] == ["YOU_TEMPORARY_BANNED", "ERROR_SQL", None]


async def test_an_sms_can_come_by_itself_here_too(
    sim: GetSmsSimulator, api: Compatible, clock: ManualClock
) -> None:
    """The automatic does not care which interface the number was bought through."""
    sim.set_automatic(enabled=True, after=6)
    order_id = await api.buy()
    await clock.until_asleep()
    await clock.advance(6)
    assert (await api.say("getStatus", id=order_id)).startswith("STATUS_OK:")
