"""The panel's HTTP side, as the page uses it, on a real simulator."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import panel
from sandbox.getsms import GetSmsSimulator, State
from tests.sandbox.getsms.client import Client
from tests.sandbox.getsms.rent_client import RentClient


class Page:
    """What the page can do: read the panel, change one provider."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def provider(self) -> Any:
        """What the panel shows of the only provider."""
        async with self._session.get(f"{self._url}/provider") as response:
            (provider,) = (await response.json())["providers"]
            return provider

    async def post(self, action: str, body: object, slug: str = "getsms") -> tuple[int, Any]:
        """Change the provider; the status and the JSON of the answer."""
        async with self._session.post(f"{self._url}/provider/{slug}/{action}", json=body) as response:
            return response.status, await response.json()


@pytest.fixture
async def served(sim: GetSmsSimulator) -> AsyncIterator[tuple[Page, Client]]:
    """The panel and the provider's own API in one app."""
    app = web.Application()
    sim.mount(app, "/getsms")
    panel.mount(app, [sim])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession() as session, Client.on(f"{url}/getsms") as client:
        yield Page(session, url), client
    await runner.cleanup()


async def test_the_panel_shows_keys_orders_and_faults(
    sim: GetSmsSimulator, served: tuple[Page, Client]
) -> None:
    """A provider is shown whole: keys with balances, faults by title, orders newest first with their SMS."""
    page, client = served
    first, second = await client.buy(), await client.buy()
    sim.deliver(first, "code 1", "1")
    shown = await page.provider()
    bought = int(sim.clock.now().timestamp())
    assert (shown["slug"], shown["title"], shown["currency"]) == ("getsms", "Get-SMS", "RUB")
    assert shown["keys"] == [{"key": "testapikey", "balance": "96.00"}]
    assert [order["id"] for order in shown["orders"]] == [second, first]
    assert shown["orders"][1] == {
        "id": first,
        "phone": sim.order(first).phone,
        "service": "wapp",
        "country": "ru",
        "state": "received",
        "price": "2.00",
        "created_at": bought,
        "expires_at": bought + 15 * 60,
        "sms": [{"text": "code 1", "code": "1", "at": bought}],
        "deeds": [],
    }
    assert shown["fault"] is None
    assert {"name": "http-502", "title": "502 Bad Gateway"} in shown["faults"]


async def test_an_sms_is_sent_from_the_panel(sim: GetSmsSimulator, served: tuple[Page, Client]) -> None:
    """The text and the code reach whoever asks for them; an empty or null code is none."""
    page, client = served
    order_id = await client.buy()
    status, answer = await page.post("sms", {"order": order_id, "text": "Hi: 7", "code": "7"})
    assert (status, answer["provider"]["orders"][0]["state"]) == (200, "received")
    await page.post("sms", {"order": order_id, "text": "Hi", "code": None})
    assert (await client.ask("getcode", order_id=order_id))["data"]["code"] == "7"
    assert [sms.code for sms in sim.order(order_id).sms] == ["7", None]


async def test_an_order_is_expired_from_the_panel(sim: GetSmsSimulator, served: tuple[Page, Client]) -> None:
    """Its lifetime is over at once, and no SMS can be sent to it any more."""
    page, client = served
    order_id = await client.buy()
    await page.post("expire", {"order": order_id})
    assert sim.order(order_id).state is State.OVER
    assert await client.status("getcode", order_id=order_id) == 500
    status, answer = await page.post("sms", {"order": order_id, "text": "late", "code": None})
    assert (status, answer) == (400, {"error": f"Order {order_id} has ended (over)."})


async def test_the_provider_is_broken_and_repaired(served: tuple[Page, Client]) -> None:
    """A fault is for a method or for all, once or until it is repaired by a null name."""
    page, client = served
    await page.post("fault", {"name": "http-502", "method": "getcount", "times": None})
    assert (await page.provider())["fault"] == "http-502"
    assert [(await client.raw("getcount")).status for _ in range(2)] == [502, 502]
    await page.post("fault", {"name": None, "method": "*", "times": None})
    assert (await client.raw("getcount")).status == 200
    await page.post("fault", {"name": "http-500", "method": "*", "times": 1})
    assert [(await client.raw("getcount")).status for _ in range(2)] == [500, 200]


async def test_stock_balance_and_automatic_are_set(sim: GetSmsSimulator, served: tuple[Page, Client]) -> None:
    """Stock is set by a service's code or its name, a balance is spent from, the automatic is shown."""
    page, client = served
    await page.post("stock", {"service": "telegram", "country": "england", "count": 1, "price": "25.5"})
    assert await client.ask("getallcount", service="tg") == {"england": {"price": "25.5", "count_all": "1"}}
    await page.post("balance", {"key": "testapikey", "balance": "20"})
    assert await client.status("getnumber", service="tg", country="england") == 504
    await page.post("automatic", {"enabled": True, "after": 3})
    assert (await page.provider())["automatic"] == {"enabled": True, "after": 3}
    assert sim.key("testapikey").balance == 20


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("sms", {"text": "no order"}),
        ("sms", {"order": "1", "text": "unknown order"}),
        ("expire", {"order": None}),
        ("fault", {"name": "tired"}),
        ("fault", {"name": "empty", "method": "getcoffee"}),
        ("fault", {"name": "empty", "times": "often"}),
        ("stock", {"service": "tg", "country": "atlantis", "count": 1, "price": "1"}),
        ("stock", {"service": "tg", "country": "ru", "count": -1, "price": "1"}),
        ("stock", {"service": "tg", "country": "ru", "count": 1, "price": "cheap"}),
        ("stock", {"service": "tg", "country": "ru", "count": float("nan"), "price": "1"}),
        ("balance", {"key": "unknown", "balance": "1"}),
        ("balance", {"key": "testapikey", "balance": "NaN"}),
        ("automatic", {"enabled": True, "after": -1}),
        ("sms", ["a list"]),
    ],
)
async def test_what_cannot_be_is_refused_in_a_sentence(
    served: tuple[Page, Client], action: str, body: object
) -> None:
    """Wrong bodies are 400 with words, and change nothing."""
    page, _ = served
    before = await page.provider()
    status, answer = await page.post(action, body)
    assert status == 400
    assert answer["error"].endswith(".")
    assert await page.provider() == before


async def test_unknown_providers_and_actions_are_404(served: tuple[Page, Client]) -> None:
    """A path that leads nowhere says so in JSON."""
    page, _ = served
    assert (await page.post("sms", {}, slug="nobody"))[0] == 404
    assert (await page.post("dance", {}))[0] == 404


async def test_a_deed_is_done_from_the_panel(
    served: tuple[Page, Client],
) -> None:
    """What is listed under a rental can be done to it; what is not, or is not any more, is refused."""
    page, client = served
    activation = await client.buy()
    numbers = {"service": "wa", "country": "ru", "count": 1, "price": "10"}
    assert (await page.post("stock", numbers | {"rent": True}))[0] == 200
    assert (await page.provider())["rent_hours"] == 24
    async with RentClient.on(client.url.removesuffix("/api/v1/")) as renter:
        assert isinstance(renter, RentClient)
        rental = await renter.rent()
    assert (await page.post("play", {"order": activation, "deed": "complete"}))[0] == 400
    status, answer = await page.post("play", {"order": rental, "deed": "complete"})
    assert (status, answer["provider"]["orders"][0]["state"]) == (200, "over")
    assert (await page.post("play", {"order": rental, "deed": "complete"}))[0] == 400
    assert (await page.post("play", {"order": rental}))[0] == 400
