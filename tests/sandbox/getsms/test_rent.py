"""Rentals at the simulated Get-SMS: their life, their money, and playing the provider."""

from decimal import Decimal

import pytest

from sandbox.getsms import GetSmsSimulator
from sandbox.getsms.rent_replies import METHODS
from sandbox.getsms.rent_shop import RentState
from sandbox.ledger import Movement
from sandbox.provider import NotPossible
from tests.sandbox.getsms.client import Client
from tests.sandbox.getsms.rent_client import RentClient
from tests.support.clock import ManualClock

DAY = 86400
WANTED = {"service": "wa", "country": "ru", "type": "day", "period": "1"}


def held(sim: GetSmsSimulator) -> tuple[Decimal, Decimal]:
    """What the key may spend, and what is in reserve."""
    key = sim.key("testapikey")
    return key.balance, key.reserved


async def test_a_rental_s_price_is_in_reserve_for_20_minutes(
    sim: GetSmsSimulator, renter: RentClient, clock: ManualClock
) -> None:
    """Renting reserves; without an SMS the price is due when it can no longer be cancelled, and once."""
    rentid = await renter.rent()
    assert held(sim) == (Decimal(90), Decimal(10))
    await clock.advance(20 * 60 - 1)
    assert held(sim) == (Decimal(90), Decimal(10))
    await clock.advance(1)
    assert held(sim) == (Decimal(90), Decimal(0))
    sim.deliver(rentid, "1")
    await clock.advance(DAY)
    assert [(charge.order_id, charge.amount) for charge in sim.ledger.charges] == [(rentid, Decimal(10))]


async def test_the_first_sms_makes_the_price_due(sim: GetSmsSimulator, renter: RentClient) -> None:
    """An SMS is paid for, and what is paid for cannot be cancelled."""
    rentid = await renter.rent()
    sim.deliver(rentid, "1")
    assert held(sim) == (Decimal(90), Decimal(0))
    assert await renter.status("refuse", rentid=rentid) == 400
    assert sim.rental(rentid).state is RentState.RECEIVED


async def test_a_number_given_back_costs_nothing(
    sim: GetSmsSimulator, renter: RentClient, clock: ManualClock
) -> None:
    """Within 20 minutes the money comes back, and the number to its shelf, both once."""
    rentid = await renter.rent()
    await clock.advance(20 * 60 - 1)
    assert await renter.status("refuse", rentid=rentid) == 200
    assert await renter.status("refuse", rentid=rentid) == 501
    await clock.advance(DAY)
    assert held(sim) == (Decimal(100), Decimal(0))
    assert (await renter.ask("getcountprices"))["data"]["wa"]["count"] == "3"
    assert [entry.movement for entry in sim.ledger.entries] == [Movement.RESERVED, Movement.RELEASED]


async def test_after_20_minutes_nothing_comes_back(renter: RentClient, clock: ManualClock) -> None:
    """Too late is 400, as it is after an SMS."""
    rentid = await renter.rent()
    await clock.advance(20 * 60)
    assert await renter.status("refuse", rentid=rentid) == 400


async def test_time_runs_out(sim: GetSmsSimulator, renter: RentClient, clock: ManualClock) -> None:
    """A rental lasts for its days to the second; then no SMS can be read, and it is listed as over."""
    rentid = await renter.rent(period="2")
    sim.deliver(rentid, "1")
    await clock.advance(2 * DAY - 1)
    assert await renter.status("getcode", rentid=rentid) == 200
    await clock.advance(1)
    assert await renter.status("getcode", rentid=rentid) == 501
    assert await renter.status("refuse", rentid=rentid) == 502
    assert await renter.orders() == {rentid: "0"}
    with pytest.raises(NotPossible, match="has ended"):
        sim.deliver(rentid, "late")


async def test_prolonging_adds_time_and_costs_at_once(
    sim: GetSmsSimulator, renter: RentClient, clock: ManualClock
) -> None:
    """A week more costs a week's price and ends a week later."""
    rentid = await renter.rent()
    sim.deliver(rentid, "1")
    assert await renter.status("prolong", rentid=rentid, type="week", period="1") == 200
    assert held(sim) == (Decimal(63), Decimal(0))
    await clock.advance(8 * DAY - 1)
    assert await renter.status("getcode", rentid=rentid) == 200
    await clock.advance(1)
    assert await renter.status("getcode", rentid=rentid) == 501


@pytest.mark.parametrize(
    ("form", "price"),
    [
        ({"period": "3"}, "17.9"),
        ({"period": "7"}, "27"),
        ({"type": "week"}, "27"),
        ({"type": "week", "period": "2"}, "54"),
        ({"period": "8"}, "37"),
    ],
)
async def test_periods_have_their_prices(
    sim: GetSmsSimulator, renter: RentClient, form: dict[str, str], price: str
) -> None:
    """Seven days and a week are the same; longer ones are weeks and days."""
    rental = sim.rental(await renter.rent(**form))
    days = int(form.get("period", "1")) * (7 if "type" in form else 1)
    assert rental.price == Decimal(price)
    assert (rental.expires_at - rental.created_at).days == days


async def test_deleting_a_running_rental_gives_no_money_back(
    sim: GetSmsSimulator, renter: RentClient
) -> None:
    """What was deleted is in no list, takes no SMS and cannot be deleted again."""
    rentid, other = await renter.rent(), await renter.rent()
    assert await renter.status("delete", rentid=rentid) == 200
    assert held(sim) == (Decimal(80), Decimal(10))
    assert await renter.orders() == {other: "1"}
    assert await renter.status("getcode", rentid=rentid) == 503
    assert await renter.status("delete", rentid=rentid) == 500
    with pytest.raises(NotPossible):
        sim.deliver(rentid, "late")


async def test_deleting_what_was_cancelled_charges_nothing(sim: GetSmsSimulator, renter: RentClient) -> None:
    """A cancelled rental only leaves the list."""
    rentid = await renter.rent()
    await renter.ask("refuse", rentid=rentid)
    assert await renter.status("delete", rentid=rentid) == 200
    assert await renter.orders() == {}
    assert held(sim) == (Decimal(100), Decimal(0))


async def test_the_provider_can_close_a_rental(sim: GetSmsSimulator, renter: RentClient) -> None:
    """Completed is 502 for SMS and for giving back, and 0 in the list."""
    rentid = await renter.rent()
    sim.complete(rentid)
    assert await renter.status("getcode", rentid=rentid) == 502
    assert await renter.status("refuse", rentid=rentid) == 502
    assert await renter.orders() == {rentid: "0"}
    with pytest.raises(NotPossible):
        sim.complete(rentid)


async def test_both_apis_share_keys_and_nothing_else(sim: GetSmsSimulator, renter: RentClient) -> None:
    """An activation and a rental are paid from one balance and known in their own API alone."""
    rentid = await renter.rent()
    async with Client.on(renter.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
        assert "88,00" in (await v1.raw("getbalance")).text
        assert await v1.status("getcode", order_id=rentid) == 505
    assert await renter.status("getcode", rentid=order_id) == 503
    assert sim.order(order_id).phone != sim.rental(rentid).phone


async def test_a_rental_by_get(renter: RentClient) -> None:
    """The document allows both verbs."""
    got = await renter.raw("getnumber", verb="GET", **WANTED)
    assert got.json["status"] == 200


# Playing the provider


async def test_the_panel_shows_rentals_among_orders(
    sim: GetSmsSimulator, renter: RentClient, clock: ManualClock
) -> None:
    """The newest first, in the panel's own words, with their SMS."""
    async with Client.on(renter.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
    await clock.advance(1)
    rentid = await renter.rent()
    sim.deliver(rentid, "code 1", "1", "WhatsApp")
    shown = sim.panel()["orders"]
    at = int(clock.now().timestamp())
    assert [order["id"] for order in shown] == [rentid, order_id]
    assert shown[0] == {
        "id": rentid,
        "phone": sim.rental(rentid).phone,
        "service": "wa",
        "country": "ru",
        "state": "received",
        "price": "10.00",
        "created_at": at,
        "expires_at": at + DAY,
        "sms": [{"text": "code 1", "code": "1", "at": at}],
        "rental": True,
        "service_name": "Whatsapp",
        "deeds": ["complete"],
    }
    assert shown[1]["deeds"] == []
    sim.play(rentid, "complete")
    assert sim.panel()["orders"][0]["state"] == "over"
    assert set(METHODS) <= set(sim.panel()["methods"])


async def test_an_sms_comes_to_a_rental_by_itself(
    sim: GetSmsSimulator, renter: RentClient, clock: ManualClock
) -> None:
    """With the automatic on, rentals get their SMS as activations do."""
    sim.set_automatic(enabled=True, after=6)
    rentid = await renter.rent()
    await clock.until_asleep()
    await clock.advance(6)
    assert "WhatsApp".casefold() in sim.rental(rentid).sms[0].text.casefold()


async def test_listeners_hear_of_rentals(sim: GetSmsSimulator, renter: RentClient) -> None:
    """A rental, an SMS and a cancel are announced; a check without news is not."""
    heard = []
    sim.listeners.append(lambda: heard.append(len(heard)))
    rentid = await renter.rent()
    await renter.ask("getcode", rentid=rentid)
    await renter.ask("getorders")
    assert len(heard) == 1
    await renter.ask("refuse", rentid=rentid)
    assert len(heard) == 2


@pytest.mark.parametrize(
    ("service", "country", "count", "price"),
    [("", "ru", 1, "1"), ("wa", "atlantis", 1, "1"), ("wa", "ru", -1, "1"), ("wa", "ru", 1, "cheap")],
)
def test_what_cannot_be_stocked(
    sim: GetSmsSimulator, service: str, country: str, count: int, price: str
) -> None:
    """Numbers for rent need a service, a country, a count and a price."""
    with pytest.raises(NotPossible):
        sim.stock_rent(service, country, count, price)


async def test_only_what_there_is_can_be_played(sim: GetSmsSimulator, renter: RentClient) -> None:
    """Unknown rentals are refused in words, and an activation is not completed."""
    async with Client.on(renter.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
    with pytest.raises(NotPossible, match="Only a rental"):
        sim.complete(order_id)
    for play in (sim.rental, sim.expire, sim.awaits_sms):
        with pytest.raises(NotPossible, match=r"no order|no rental"):
            play("1")
