"""SMS-Activate's own Python client, unchanged, against the simulated SMS-Activate: an outside check.

The client was written by the provider: what it can read of the simulator is the provider's language, and not
merely the bot's idea of it. Its address is a private attribute; nothing else of it is touched. It works
synchronously, so each call has a thread.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from smsactivate.api import SMSActivateAPI

from sandbox import demo
from sandbox.handler_api import HandlerApiSimulator, Prints, serve
from sandbox.handler_api.simulator import PATH
from tests.support.clock import ManualClock

Call = Callable[..., Awaitable[Any]]


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """The sandbox's SMS-Activate, in which no SMS comes by itself."""
    sim = demo.sms_activate(clock)
    sim.set_automatic(enabled=False, after=0)
    sim.prints = Prints(nothing="object")
    return sim


@pytest.fixture
async def call(sim: HandlerApiSimulator) -> AsyncIterator[Call]:
    """Call a method of the client by its name."""
    async with serve(sim) as url:
        client = SMSActivateAPI(demo.KEY)
        client._SMSActivateAPI__api_url = url + PATH

        async def call(name: str, *args: object, **kwargs: object) -> Any:
            return await asyncio.to_thread(getattr(client, name), *args, **kwargs)

        yield call


async def test_what_there_is(call: Call) -> None:
    """Money, stock, prices, countries and operators are read as the client's own examples read them."""
    assert await call("getBalance") == {"balance": "5000.00"}
    assert await call("getBalanceAndCashBack") == {"balance": "5000.00"}
    assert (await call("getNumbersStatus", country=0, operator="tele2"))["tg_0"] > 0
    assert (await call("getPrices", service="tg", country=0))["0"]["tg"]["cost"] > 0
    assert (await call("getCountries"))["0"]["eng"] == "Russia"
    assert "mts" in (await call("getOperators", country=0))["countryOperators"]["0"]
    top = await call("getTopCountriesByService", "tg", freePrice="true")
    assert top["0"]["count"] > 0
    assert len(top["0"]["freePriceMap"]) == 3


async def test_an_activation_from_first_to_last(sim: HandlerApiSimulator, call: Call) -> None:
    """Bought, ready, a code, its whole text, another code, done."""
    bought = await call("getNumber", service="tg", country=0, operator="tele2")
    order_id = str(bought["activation_id"])
    assert str(bought["phone"]) == sim.order(order_id).phone
    assert await call("getStatus", id=order_id) == "STATUS_WAIT_CODE"
    assert await call("setStatus", id=order_id, status=1) == "ACCESS_READY"
    sim.deliver(order_id, "Telegram code: 12345", "12345")
    assert await call("getStatus", id=order_id) == "STATUS_OK:12345"
    assert await call("getFullSms", id=order_id) == "FULL_SMS:Telegram code: 12345"
    (active,) = (await call("getActiveActivations"))["activeActivations"]
    assert (active["activationId"], active["smsCode"]) == (order_id, ["12345"])
    assert await call("setStatus", id=order_id, status=3) == "ACCESS_RETRY_GET"
    assert await call("setStatus", id=order_id, status=6) == "ACCESS_ACTIVATION"
    assert (await call("getActiveActivations"))["error"] == "NO_ACTIVATIONS"


async def test_other_ways_to_buy(sim: HandlerApiSimulator, call: Call) -> None:
    """As JSON, for several services at once, dearer, for a call, and further ones on a forwarded number."""
    assert (await call("getNumberV2", service="tg", country=0))["phoneNumber"] == sim.orders[-1].phone
    several = await call("getMultiServiceNumber", service="tg,wa", country=0)
    assert [one["service"] for one in several] == ["tg", "wa"]
    assert len({one["phone"] for one in several}) == 1
    highest = sim.orders[0].price * 2
    assert "phone" in await call("getNumber", service="tg", country=0, maxPrice=str(highest))
    voice = await call("getNumber", service="tg", country=0, verification="true")
    assert await call("getIncomingCallStatus", id=voice["activation_id"]) == {"status": "2", "phone": False}
    parent = await call("getNumber", service="av", country=0, forward=1)
    sim.deliver(str(parent["activation_id"]), "1")
    additional = await call("getAdditionalService", id=parent["activation_id"], service="ya")
    assert additional["phone"] == parent["phone"]


async def test_calls_from_a_number(sim: HandlerApiSimulator, call: Call) -> None:
    """The list of calls is an empty one, then an object by activation."""
    assert await call("getOutgoingCalls") == []
    bought = await call("getNumber", service="tg", country=0)
    sim.answer(
        {
            "api_key": demo.KEY,
            "action": "createTaskForCall",
            "activationId": str(bought["activation_id"]),
            "phone": "78006007664",
        },
        "GET",
    )  # the client's own method forgets the number to call
    calls = await call("getOutgoingCalls", date="2026-01-15")
    assert calls[str(bought["activation_id"])]["phoneFrom"] == str(bought["phone"])


async def test_refusals_are_known_to_the_client(sim: HandlerApiSimulator, call: Call) -> None:
    """Words of the page are errors that the client has a sentence for."""
    refused = [
        await call("getNumber", service="nonsense", country=0),
        await call("getOperators", country=999),
        await call("getActiveActivations"),
        await call("getStatus", id=1),
        await call("getIncomingCallStatus", id=1),
        await call("getAdditionalService", id=1, service="ya"),
    ]
    sim.stock("tg", "0", 0, "1")
    refused.append(await call("getNumber", service="tg", country=0))
    sim.set_balance(demo.KEY, "0")
    refused.append(await call("getNumber", service="wa", country=0))
    sim.fault("sql-error")
    refused.append(await call("getBalance"))
    assert [one["error"] for one in refused] == [
        "BAD_SERVICE",
        "OPERATORS_NOT_FOUND",
        "NO_ACTIVATIONS",
        "NO_ACTIVATION",
        "INVALID_ACTIVATION_ID",
        "WRONG_ACTIVATION_ID",
        "NO_NUMBERS",
        "NO_BALANCE",
        "ERROR_SQL",
    ]
    assert all(one.get("message") or one["status"] == "error" for one in refused)
    sim.keys.clear()
    assert (await call("getBalance"))["error"] == "BAD_KEY"


async def test_a_rental_from_first_to_last(sim: HandlerApiSimulator, call: Call) -> None:
    """Offered, rented, heard, listed, prolonged, finished."""
    offers = await call("getRentServicesAndCountries", operator="mtt", country=0)
    assert offers["services"]["full"]["cost"] > 0
    rented = await call("getRentNumber", service="full", operator="mtt", country=0)
    rental = rented["phone"]["id"]
    assert (await call("getRentStatus", rental))["message"] == "STATUS_WAIT_CODE"
    sim.deliver(str(rental), "Hello", sender="79180230628")
    heard = await call("getRentStatus", rental)
    assert heard["values"]["0"]["text"] == "Hello"
    assert (await call("getRentList"))["values"]["0"]["phone"] == rented["phone"]["number"]
    assert (await call("getContinueRentPriceNumber", rental))["price"] > 0
    longer = await call("continueRentNumber", id=rental, time=12)
    assert longer["phone"]["endDate"] > rented["phone"]["endDate"]
    assert (await call("setRentStatus", id=rental, status=2))["message"] == "CANT_CANCEL"
    assert (await call("setRentStatus", id=rental, status=1))["status"] == "success"
    assert (await call("getRentList"))["message"] == "NO_NUMBERS"
