"""Misbehaviour, bodies from the wild, webhooks, SMS by themselves and the panel, on the houses' sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox.goods import market
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator, Stage, Variant
from sandbox.handler_api.house import House
from sandbox.handler_api.methods import METHODS
from sandbox.provider import NotPossible
from sandbox.wild import bodies
from tests.sandbox.handler_api.client import Client
from tests.support.clock import ManualClock

WILD = [one for one in bodies() if one["protocol"] == "handler_api"]


@pytest.mark.parametrize("one", WILD, ids=lambda one: one["id"])
async def test_bodies_from_the_wild_are_played_as_they_are(
    sim: HandlerApiSimulator, client: Client, one: dict[str, Any]
) -> None:
    """Each is met once, letter by letter, with its HTTP status; nothing is sold; all is well again then."""
    sim.fault(one["id"])
    action = one["method"] if one["method"] in METHODS["sms-activate"] else "getNumber"
    got = await client.raw(action, service="wa")
    assert (got.status, got.text) == (one["status"], one["body"])
    assert sim.orders == []
    assert await client.say("getBalance") == "ACCESS_BALANCE:100.00"


async def test_a_body_of_one_method_waits_for_it(sim: HandlerApiSimulator, client: Client) -> None:
    """Other methods pass it by."""
    sim.fault("w017")
    assert await client.say("getPrices", service="zz") == "[]"
    assert await client.say("getBalance") == "ACCESS_BALANCE:0.9125"


def test_every_wild_body_says_what_it_is() -> None:
    """Ids are unique, every field is there, and each protocol's meaning is a sentence's worth of words."""
    assert len({one["id"] for one in bodies()}) == len(bodies()) == 90
    for one in bodies():
        assert set(one) == {"id", "protocol", "method", "status", "body", "meaning"}
        assert 100 <= one["status"] < 600
        assert one["meaning"]


@pytest.mark.parametrize(
    ("fault", "orders", "fragment"),
    [
        ("html-200", 0, "<html>"),
        ("empty", 1, ""),
        ("cut-off", 1, "ACCESS_NUMBER"),
        ("wrong-types", 1, '["ACCESS_NUMBER:'),
        ("http-502", 0, "502"),
        ("unknown-word", 0, "ALL_GONE_FISHING"),
        ("sql-error", 0, "ERROR_SQL"),
    ],
)
async def test_misbehaviour_and_whether_it_bought(
    sim: HandlerApiSimulator, client: Client, fault: str, orders: int, fragment: str
) -> None:
    """What is common to all simulators holds for text answers too."""
    sim.fault(fault)
    text = await client.say("getNumber", service="wa")
    assert fragment in text
    assert not text.startswith("ACCESS_NUMBER:635468021:")
    assert len(sim.orders) == orders


@pytest.mark.parametrize("house", [SMS_ACTIVATE, GETSMS_ONLINE], ids=lambda house: house.slug)
def test_every_fault_of_a_house_can_be_planned(house: House) -> None:
    """Each has a title for the panel and concerns at least one method of the house."""
    sim = HandlerApiSimulator(house, ManualClock())
    for name, kind in sim.faults.kinds.items():
        assert kind.title
        assert any(kind.concerns(method) for method in METHODS[sim.slug])
        sim.break_with(name)
        assert sim.faults.current == name


async def test_a_lost_answer_is_one_purchase(sim: HandlerApiSimulator, client: Client) -> None:
    """A connection that closes after the purchase leaves one order, which the lists then show."""
    sim.fault("reset-after")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.raw("getNumber", service="wa")
    assert sim.ledger.count("getNumber") == len(sim.orders) == 1
    listed = (await client.json("getActiveActivations"))["activeActivations"]
    assert [one["activationId"] for one in listed] == [sim.orders[0].id]


async def test_the_ledger_knows_orders_and_words(sim: HandlerApiSimulator, client: Client) -> None:
    """Requests are counted by method and order under either name of the id; words are noted."""
    order_id = await client.buy()
    await client.status(order_id)
    await client.say("checkExtraActivation", activationId=order_id)
    assert sim.ledger.count(order_id=order_id) == 2
    assert [asked.status for asked in sim.ledger.requests] == [
        "ACCESS_NUMBER",
        "STATUS_WAIT_CODE",
        "RENEW_ACTIVATION_NOT_AVAILABLE",
    ]
    await client.json("getCountries")
    assert sim.ledger.requests[-1].status is None


@pytest.fixture
async def listener() -> AsyncIterator[tuple[str, list[object], list[int]]]:
    """A server that takes webhooks: its URL, what it got, and the statuses with which it will answer."""
    got: list[object] = []
    statuses: list[int] = []

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response(status=statuses.pop(0) if statuses else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", got, statuses
    await runner.cleanup()


async def until(done: Callable[[], bool]) -> None:
    """Let sockets work until it is so."""
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 - there is no event to wait for at the other end of a socket
            await asyncio.sleep(0)


async def test_an_sms_is_posted_to_the_clients_address(
    sim: HandlerApiSimulator, client: Client, listener: tuple[str, list[object], list[int]]
) -> None:
    """The fields are the document's; the address belongs to the key."""
    url, got, _ = listener
    sim.webhooks["testapikey"] = url
    order_id = await client.buy()
    sim.deliver(order_id, "Your sms text", "123")
    await until(lambda: len(got) == 1)
    assert got == [
        {
            "activationId": int(order_id),
            "service": "wa",
            "text": "Your sms text",
            "code": "123",
            "country": 0,
            "receivedAt": "2026-01-15 15:00:00",
        }
    ]


async def test_a_webhook_is_tried_eight_times_in_two_hours(
    sim: HandlerApiSimulator,
    client: Client,
    clock: ManualClock,
    listener: tuple[str, list[object], list[int]],
) -> None:
    """Anything but 200 is asked again, and no more than eight times."""
    url, got, statuses = listener
    sim.webhooks["testapikey"] = url
    statuses += [500] * 20
    sim.deliver(await client.buy(), "1")
    for attempt in range(1, 9):
        await until(lambda: len(got) == attempt)  # noqa: B023 - awaited within the same turn
        if attempt < 8:
            await clock.until_asleep()
            await clock.advance(15 * 60)
    await clock.advance(24 * 3600)
    assert len(got) == 8
    assert clock.sleepers == 0


async def test_a_rental_has_an_address_of_its_own(
    sim: HandlerApiSimulator, client: Client, listener: tuple[str, list[object], list[int]]
) -> None:
    """The url given when renting is told of every SMS, again after a first refusal to listen."""
    url, got, _ = listener
    sim.stock_rent("full", "0", 1, "4")
    answer = await client.json("getRentNumber", service="full", url=url)
    for text in ("one", "two"):
        sim.deliver(str(answer["phone"]["id"]), text)
    await until(lambda: len(got) == 2)
    assert {json.dumps(one).count("activationId") for one in got} == {1}


async def test_an_address_where_nobody_is(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock
) -> None:
    """A dead address is tried again later; the SMS is there all the same."""
    sim.webhooks["testapikey"] = "http://127.0.0.1:9/hook"
    order_id = await client.buy()
    sim.deliver(order_id, "1", "1")
    await clock.until_asleep()
    assert await client.status(order_id) == "STATUS_OK:1"


async def test_sms_by_themselves(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """With the automatic on they come to activations and rentals alike; not to those that ended."""
    sim.stock_rent("full", "0", 1, "4")
    sim.set_automatic(enabled=True, after=130)
    order_id, given_back = await client.buy(), await client.buy()
    rental = str((await client.json("getRentNumber", service="full"))["phone"]["id"])
    await clock.until_asleep(3)
    await clock.advance(120)
    await client.set(given_back, 8)
    await clock.advance(10)
    assert len(sim.order(order_id).sms) == len(sim.rental(rental).sms) == 1
    assert sim.order(given_back).sms == []


async def test_the_panel_shows_and_plays_both_kinds(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock
) -> None:
    """Activations and rentals in one list, newest first; both take SMS and expire."""
    sim.stock_rent("wa", "0", 1, "4")
    order_id = await client.buy()
    await clock.advance(1)
    rental = str((await client.json("getRentNumber", service="wa"))["phone"]["id"])
    shown = sim.panel()
    assert (shown["slug"], shown["title"], shown["currency"]) == ("sms-activate", "SMS-Activate", "RUB")
    assert [order["id"] for order in shown["orders"]] == [rental, order_id]
    newest = shown["orders"][0]
    assert (newest["rental"], newest["service_name"], newest["deeds"]) == (True, "Whatsapp", ["revoke"])
    assert shown["orders"][1] == {
        "id": order_id,
        "phone": sim.order(order_id).phone,
        "service": "wa",
        "country": "0",
        "state": "waiting",
        "price": "2.00",
        "created_at": int(clock.now().timestamp()) - 1,
        "expires_at": int(clock.now().timestamp()) - 1 + 20 * 60,
        "sms": [],
        "deeds": [],
    }
    for one in (order_id, rental):
        sim.deliver(one, "1")
        sim.expire(one)
        with pytest.raises(NotPossible, match="has ended"):
            sim.deliver(one, "2")
    assert [order["state"] for order in sim.panel()["orders"]] == ["over", "over"]
    for wrong in (
        lambda: sim.revoke(order_id),
        lambda: sim.order("1"),
        lambda: sim.order(rental),
        lambda: sim.rental(order_id),
    ):
        with pytest.raises(NotPossible):
            wrong()


@pytest.mark.parametrize(
    "play",
    [
        lambda sim: sim.stock("zz", "0", 1, "1"),
        lambda sim: sim.stock("wa", "999", 1, "1"),
        lambda sim: sim.stock("wa", "0", -1, "1"),
        lambda sim: sim.stock("wa", "0", 1, "NaN"),
        lambda sim: sim.stock_dearer("wa", "0", 1, "2"),
        lambda sim: sim.stock_dearer("vk", "0", 1, "2"),
        lambda sim: sim.stock_rent("full", "999", 1, "1"),
        lambda sim: sim.set_balance("unknown", "1"),
        lambda sim: sim.fault("tired"),
    ],
)
def test_what_cannot_be_is_refused(
    sim: HandlerApiSimulator, play: Callable[[HandlerApiSimulator], Awaitable[None]]
) -> None:
    """The panel's and the tests' impossible wishes are refused in words, and change nothing."""
    before = sim.panel()
    with pytest.raises(NotPossible):
        play(sim)
    assert sim.panel() == before


async def test_listeners_hear_of_changes(sim: HandlerApiSimulator, client: Client) -> None:
    """A purchase, an SMS and a status are announced; a check without news is not."""
    heard: list[int] = []
    sim.listeners.append(lambda: heard.append(0))
    order_id = await client.buy()
    await client.status(order_id)
    assert len(heard) == 1
    sim.deliver(order_id, "1")
    await client.set(order_id, 6)
    assert len(heard) == 3
    assert sim.order(order_id).stage is Stage.FINISHED


async def test_a_slow_answer_can_be_waited_for(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock
) -> None:
    """Time is the injected clock's here as well."""
    sim.fault("slow", seconds=5)
    asking = asyncio.create_task(client.say("getNumber", service="wa"))
    await clock.until_asleep()
    assert not asking.done()
    await clock.advance(5)
    assert (await asking).startswith("ACCESS_NUMBER:")


def test_a_market_can_be_filled_in_one_go(sim: HandlerApiSimulator) -> None:
    """The demo's rows fit both houses; regular shelves alone are filled."""
    sim.fill(market(sim.house.places, sim.house.services))
    regular = [key for key in sim.world.shelves if key[2] is Variant.SMS]
    assert len(regular) > 400
