"""What the document prints of the rent API, the simulator answers: printed texts against the socket."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sandbox.getsms import GetSmsSimulator, Prints, serve
from tests.sandbox.getsms import rent_prints as printed
from tests.sandbox.getsms.rent_client import RentClient
from tests.support.clock import ManualClock

MOSCOW_AHEAD = 3 * 3600


@pytest.fixture
def clock() -> ManualClock:
    """The moment that the document prints as the start of a rental."""
    return ManualClock(datetime.fromtimestamp(1702881048, UTC))


@pytest.fixture
async def client(sim: GetSmsSimulator) -> AsyncIterator[RentClient]:
    """A client of the rent API; the shelves that the document prints, and 1000 roubles."""
    sim.set_balance("testapikey", "1000")
    for service, count, price in (("vk", 233, "101.9"), ("wa", 182, "250.5"), ("vi", 316, "17.7")):
        sim.stock_rent(service, "ru", count, price)
    async with serve(sim) as url, RentClient.on(url) as client:
        assert isinstance(client, RentClient)
        yield client


async def test_prices(client: RentClient) -> None:
    """Counts and prices are strings; the prices of seven periods come from that of a day."""
    assert await client.ask("getcountprices", country="ru") == json.loads(printed.PRICES)
    assert await client.ask("getcountprices") == json.loads(printed.PRICES)
    assert await client.ask("getcountprices", country="england") == {"status": 200, "data": {}}


async def test_a_number(client: RentClient) -> None:
    """The printed fields and types; the text is Moscow's time and the stamp is the truth."""
    got = await client.ask("getnumber", type="day", period="1", service="wa", country="ru")
    expected = json.loads(printed.NUMBER)
    end = 1702881048 + 86400
    expected["data"] |= {
        "phone": got["data"]["phone"],
        "end_time_timestamp": end,
        "end_time": datetime.fromtimestamp(end + MOSCOW_AHEAD, UTC).strftime("%Y-%m-%d %H:%M:%S"),
    }
    assert got == expected
    assert got["data"]["end_time"] == "2023-12-19 09:30:48"
    assert len(got["data"]["phone"]) == 11


async def test_sms(sim: GetSmsSimulator, client: RentClient, clock: ManualClock) -> None:
    """No SMS is 400 with the printed words twice; then all of them, oldest first."""
    rentid = await client.rent(period="2")
    assert await client.ask("getcode", rentid=rentid) == json.loads(printed.NO_SMS)
    expected = json.loads(printed.SMS)
    for row in expected["data"]["sms_list"]:
        await clock.advance(3600)
        sim.deliver(rentid, row["text"])
        row["date"] = datetime.fromtimestamp(clock.now().timestamp() + MOSCOW_AHEAD, UTC).strftime(
            "%Y-%m-%d %H:%M:%S"
        )
    assert await client.ask("getcode", rentid=rentid) == expected


async def test_prolonging(sim: GetSmsSimulator, client: RentClient) -> None:
    """The number and the printed words."""
    rentid = await client.rent()
    expected = json.loads(printed.PROLONGED)
    expected["data"]["phone"] = sim.rental(rentid).phone
    assert await client.ask("prolong", rentid=rentid, type="day", period="1") == expected


@pytest.mark.parametrize(("method", "body"), [("refuse", printed.CANCELED), ("delete", printed.DELETED)])
async def test_giving_back_and_deleting(client: RentClient, method: str, body: str) -> None:
    """The printed words and advice."""
    assert await client.ask(method, rentid=await client.rent()) == json.loads(body)


async def test_orders(sim: GetSmsSimulator, client: RentClient, clock: ManualClock) -> None:
    """A bare array of strings: over is 0, active 1, cancelled 2; and an empty one."""
    assert await client.ask("getorders") == []
    over, active, canceled = await client.rent(), await client.rent(period="2"), await client.rent()
    await client.ask("refuse", rentid=canceled)
    ends = [sim.rental(rentid).expires_at.timestamp() for rentid in (over, active, canceled)]
    await clock.advance(86400)
    got = await client.ask("getorders")
    expected: list[dict[str, Any]] = json.loads(printed.ORDERS)
    for row, rentid, end in zip(expected, (over, active, canceled), ends, strict=True):
        moscow = datetime.fromtimestamp(end + MOSCOW_AHEAD, UTC)
        row |= {
            "id": rentid,
            "phone": sim.rental(rentid).phone,
            "date_at": moscow.strftime("%Y-%m-%d %H:%M:%S"),
        }
    assert got == expected


async def test_other_types(sim: GetSmsSimulator, client: RentClient) -> None:
    """Ids, counts and prices can be all numbers or all strings, and HTTP can repeat the status."""
    sim.prints = Prints(numbers="numbers", http_status=True)
    wanted = {"service": "vi", "type": "day", "period": "1"}
    rentid = (await client.ask("getnumber", **wanted))["data"]["order_id"]
    assert (await client.ask("getorders"))[0]["id"] == rentid
    price = (await client.ask("getcountprices"))["data"]["vi"]
    assert (price["count"], Decimal(str(price["price"]["2day"]))) == (315, Decimal("25.1"))
    assert (await client.raw("getcode", rentid=str(rentid))).status == 400
    sim.prints = Prints(numbers="strings")
    assert (await client.ask("getnumber", **wanted))["data"]["order_id"] == str(rentid + 1)
    assert (await client.raw("getcode", rentid=str(rentid))).status == 200
