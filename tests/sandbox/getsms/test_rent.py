"""Rentals at the simulated Get-SMS: their life, their money, every refusal, faults, the panel."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from sandbox.getsms import GetSmsSimulator, serve
from sandbox.getsms.rent_replies import METHODS
from sandbox.getsms.rent_shop import RentState
from sandbox.ledger import Movement
from sandbox.provider import NotPossible
from tests.sandbox.getsms.client import Client
from tests.sandbox.getsms.rent_client import RentClient
from tests.support.clock import ManualClock

DAY = 86400
WANTED = {"service": "wa", "country": "ru", "type": "day", "period": "1"}
NAMES = [name.removeprefix("rent/") for name in METHODS]


@pytest.fixture
async def client(sim: GetSmsSimulator) -> AsyncIterator[RentClient]:
    """A client of the rent API with 100 roubles; three WhatsApp numbers at 10 roubles a day."""
    sim.stock_rent("wa", "ru", count=3, price="10")
    async with serve(sim) as url, RentClient.on(url) as client:
        assert isinstance(client, RentClient)
        yield client


def held(sim: GetSmsSimulator) -> tuple[Decimal, Decimal]:
    """What the key may spend, and what is in reserve."""
    key = sim.key("testapikey")
    return key.balance, key.reserved


# A rental's life and its money


async def test_a_rental_s_price_is_in_reserve_for_20_minutes(
    sim: GetSmsSimulator, client: RentClient, clock: ManualClock
) -> None:
    """Renting reserves; without an SMS the price is due when it can no longer be cancelled, and once."""
    rentid = await client.rent()
    assert held(sim) == (Decimal(90), Decimal(10))
    await clock.advance(20 * 60 - 1)
    assert held(sim) == (Decimal(90), Decimal(10))
    await clock.advance(1)
    assert held(sim) == (Decimal(90), Decimal(0))
    sim.deliver(rentid, "1")
    await clock.advance(DAY)
    assert [(charge.order_id, charge.amount) for charge in sim.ledger.charges] == [(rentid, Decimal(10))]


async def test_the_first_sms_makes_the_price_due(sim: GetSmsSimulator, client: RentClient) -> None:
    """An SMS is paid for, and what is paid for cannot be cancelled."""
    rentid = await client.rent()
    sim.deliver(rentid, "1")
    assert held(sim) == (Decimal(90), Decimal(0))
    assert await client.status("refuse", rentid=rentid) == 400
    assert sim.rental(rentid).state is RentState.RECEIVED


async def test_a_number_given_back_costs_nothing(
    sim: GetSmsSimulator, client: RentClient, clock: ManualClock
) -> None:
    """Within 20 minutes the money comes back, and the number to its shelf, both once."""
    rentid = await client.rent()
    await clock.advance(20 * 60 - 1)
    assert await client.status("refuse", rentid=rentid) == 200
    assert await client.status("refuse", rentid=rentid) == 501
    await clock.advance(DAY)
    assert held(sim) == (Decimal(100), Decimal(0))
    assert (await client.ask("getcountprices"))["data"]["wa"]["count"] == "3"
    assert [entry.movement for entry in sim.ledger.entries] == [Movement.RESERVED, Movement.RELEASED]


async def test_after_20_minutes_nothing_comes_back(client: RentClient, clock: ManualClock) -> None:
    """Too late is 400, as it is after an SMS."""
    rentid = await client.rent()
    await clock.advance(20 * 60)
    assert await client.status("refuse", rentid=rentid) == 400


async def test_time_runs_out(sim: GetSmsSimulator, client: RentClient, clock: ManualClock) -> None:
    """A rental lasts for its days to the second; then no SMS can be read, and it is listed as over."""
    rentid = await client.rent(period="2")
    sim.deliver(rentid, "1")
    await clock.advance(2 * DAY - 1)
    assert await client.status("getcode", rentid=rentid) == 200
    await clock.advance(1)
    assert await client.status("getcode", rentid=rentid) == 501
    assert await client.status("refuse", rentid=rentid) == 502
    assert await client.orders() == {rentid: "0"}
    with pytest.raises(NotPossible, match="has ended"):
        sim.deliver(rentid, "late")


async def test_prolonging_adds_time_and_costs_at_once(
    sim: GetSmsSimulator, client: RentClient, clock: ManualClock
) -> None:
    """A week more costs a week's price and ends a week later."""
    rentid = await client.rent()
    sim.deliver(rentid, "1")
    assert await client.status("prolong", rentid=rentid, type="week", period="1") == 200
    assert held(sim) == (Decimal(63), Decimal(0))
    await clock.advance(8 * DAY - 1)
    assert await client.status("getcode", rentid=rentid) == 200
    await clock.advance(1)
    assert await client.status("getcode", rentid=rentid) == 501


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
    sim: GetSmsSimulator, client: RentClient, form: dict[str, str], price: str
) -> None:
    """Seven days and a week are the same; longer ones are weeks and days."""
    rental = sim.rental(await client.rent(**form))
    days = int(form.get("period", "1")) * (7 if "type" in form else 1)
    assert rental.price == Decimal(price)
    assert (rental.expires_at - rental.created_at).days == days


async def test_deleting_a_running_rental_gives_no_money_back(
    sim: GetSmsSimulator, client: RentClient
) -> None:
    """What was deleted is in no list, takes no SMS and cannot be deleted again."""
    rentid, other = await client.rent(), await client.rent()
    assert await client.status("delete", rentid=rentid) == 200
    assert held(sim) == (Decimal(80), Decimal(10))
    assert await client.orders() == {other: "1"}
    assert await client.status("getcode", rentid=rentid) == 503
    assert await client.status("delete", rentid=rentid) == 500
    with pytest.raises(NotPossible):
        sim.deliver(rentid, "late")


async def test_deleting_what_was_cancelled_charges_nothing(sim: GetSmsSimulator, client: RentClient) -> None:
    """A cancelled rental only leaves the list."""
    rentid = await client.rent()
    await client.ask("refuse", rentid=rentid)
    assert await client.status("delete", rentid=rentid) == 200
    assert await client.orders() == {}
    assert held(sim) == (Decimal(100), Decimal(0))


async def test_the_provider_can_close_a_rental(sim: GetSmsSimulator, client: RentClient) -> None:
    """Completed is 502 for SMS and for giving back, and 0 in the list."""
    rentid = await client.rent()
    sim.complete(rentid)
    assert await client.status("getcode", rentid=rentid) == 502
    assert await client.status("refuse", rentid=rentid) == 502
    assert await client.orders() == {rentid: "0"}
    with pytest.raises(NotPossible):
        sim.complete(rentid)


async def test_both_apis_share_keys_and_nothing_else(sim: GetSmsSimulator, client: RentClient) -> None:
    """An activation and a rental are paid from one balance and known in their own API alone."""
    rentid = await client.rent()
    async with Client.on(client.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
        assert "88,00" in (await v1.raw("getbalance")).text
        assert await v1.status("getcode", order_id=rentid) == 505
    assert await client.status("getcode", rentid=order_id) == 503
    assert sim.order(order_id).phone != sim.rental(rentid).phone


async def test_a_rental_by_get(client: RentClient) -> None:
    """The document allows both verbs."""
    got = await client.raw("getnumber", verb="GET", **WANTED)
    assert got.json["status"] == 200


# Refusals


@pytest.mark.parametrize("method", [None, "", "getOrders", "refusenumber"])
async def test_a_wrong_method_is_404(client: RentClient, method: str | None) -> None:
    """A missing, misspelt or unknown method is 404 in the body."""
    assert await client.status(method) == 404


@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize("key", [None, "", "someone-elses"])
async def test_a_wrong_key_is_401(client: RentClient, method: str, key: str | None) -> None:
    """A key that is missing or unknown is 401 for every method; getorders has its envelope then."""
    assert await client.status(method, userkey=key, rentid="1", **WANTED) == 401


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"service": "nonsense"}, 502),
        ({"service": None}, 502),
        ({"country": "atlantis"}, 505),
        ({"service": "tg"}, 500),
        ({"country": "england"}, 500),
        ({"period": "15", "type": "week"}, 506),
        ({"period": "0"}, 506),
        ({"period": "-1"}, 506),
        ({"period": "1.5"}, 506),
        ({"period": "²"}, 506),
        ({"period": None}, 506),
        ({"type": "month"}, 506),
        ({"type": None}, 506),
        ({"period": "28"}, 504),
    ],
)
async def test_refusals_to_rent(
    sim: GetSmsSimulator, client: RentClient, form: dict[str, str | None], status: int
) -> None:
    """Each status of the table, and nothing is rented."""
    assert await client.status("getnumber", **(WANTED | form)) == status
    assert sim.rentals == []
    assert held(sim) == (Decimal(100), Decimal(0))


async def test_an_empty_shelf(client: RentClient) -> None:
    """The fourth of three numbers is 500."""
    for _ in range(3):
        await client.rent()
    assert await client.status("getnumber", **WANTED) == 500


@pytest.mark.parametrize(
    ("method", "missing", "unknown"),
    [("getcode", 503, 503), ("prolong", 502, 502), ("refuse", 500, 503), ("delete", 500, 500)],
)
async def test_no_such_rental(
    sim: GetSmsSimulator, client: RentClient, method: str, missing: int, unknown: int
) -> None:
    """An id that is missing, unknown or another customer's."""
    sim.add_key("another", balance="100")
    theirs = await client.rent(userkey="another")
    assert await client.status(method, type="day", period="1") == missing
    for rentid in ("1", theirs):
        assert await client.status(method, rentid=rentid, type="day", period="1") == unknown
    assert sim.rental(theirs).alive


async def test_refusals_to_prolong(sim: GetSmsSimulator, client: RentClient) -> None:
    """Nonsense is 504, too little money 505, too long or too late 506; nothing is charged."""
    rentid = await client.rent()
    assert await client.status("prolong", rentid=rentid, type="year", period="1") == 504
    assert await client.status("prolong", rentid=rentid, type="week", period="4") == 506
    sim.set_balance("testapikey", "9.99")
    assert await client.status("prolong", rentid=rentid, type="day", period="1") == 505
    sim.expire(rentid)
    assert await client.status("prolong", rentid=rentid, type="day", period="1") == 506
    assert held(sim) == (Decimal("9.99"), Decimal(0))


# Faults


@pytest.mark.parametrize(
    ("fault", "method", "status"),
    [
        ("maintenance", "getnumber", 507),
        ("internal-error", "getnumber", 503),
        ("internal-error", "prolong", 507),
        *(("unknown-status", name, 799) for name in NAMES),
    ],
)
async def test_statuses_that_no_request_brings_about(
    sim: GetSmsSimulator, client: RentClient, fault: str, method: str, status: int
) -> None:
    """They can be played, for the rent API alone too, and have no effect."""
    rentid = await client.rent()
    sim.fault(fault, method=f"rent/{method}")
    async with Client.on(client.url.removesuffix("/api/v2/rent/")) as v1:
        await v1.buy("wapp")
    wanted = WANTED | {"rentid": rentid}
    assert await client.status(method, **wanted) == status
    assert [rental.id for rental in sim.rentals] == [rentid]
    assert sim.rental(rentid).alive


@pytest.mark.parametrize(
    ("body", "method", "status", "text"),
    [
        ("w138", "getnumber", 200, "14763471"),
        ("w139", "getcode", 200, "Rambler&Co: 520455"),
        ("w141", "refuse", 200, '{"status":400}'),
        ("w142", "getorders", 200, '"512"'),
        ("w143", "getorders", 200, "[]"),
        ("w201", "getcode", 200, "Rental order not found"),
        ("w202", "prolong", 403, "<html>"),
    ],
)
async def test_bodies_seen_in_the_wild(
    sim: GetSmsSimulator, client: RentClient, body: str, method: str, status: int, text: str
) -> None:
    """Each is met by the rent methods that it concerns, and not by v1's of the same name."""
    sim.fault(body)
    async with Client.on(client.url.removesuffix("/api/v2/rent/")) as v1:
        assert (await v1.ask("getallcount", service="wapp"))["ru"]["price"] == "2"
        await v1.buy("wapp")
    got = await client.raw(method, rentid="1")
    assert got.status == status
    assert text in got.text


async def test_a_lost_answer_leaves_a_rental(sim: GetSmsSimulator, client: RentClient) -> None:
    """What goes wrong after the request had its effect is seen in the list and in the ledger."""
    sim.fault("empty", method="rent/getnumber")
    assert (await client.raw("getnumber", **WANTED)).text == ""
    assert list((await client.orders()).values()) == ["1"]
    assert sim.ledger.count("rent/getnumber") == 1
    asked = sim.ledger.requests[0]
    assert (asked.method, asked.status, asked.fault) == ("rent/getnumber", 200, "empty")


# Playing the provider


async def test_the_panel_shows_rentals_among_orders(
    sim: GetSmsSimulator, client: RentClient, clock: ManualClock
) -> None:
    """The newest first, in the panel's own words, with their SMS."""
    async with Client.on(client.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
    await clock.advance(1)
    rentid = await client.rent()
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
    }
    sim.complete(rentid)
    assert sim.panel()["orders"][0]["state"] == "over"
    assert set(METHODS) <= set(sim.panel()["methods"])


async def test_an_sms_comes_to_a_rental_by_itself(
    sim: GetSmsSimulator, client: RentClient, clock: ManualClock
) -> None:
    """With the automatic on, rentals get their SMS as activations do."""
    sim.set_automatic(enabled=True, after=6)
    rentid = await client.rent()
    await clock.until_asleep()
    await clock.advance(6)
    assert "WhatsApp".casefold() in sim.rental(rentid).sms[0].text.casefold()


async def test_listeners_hear_of_rentals(sim: GetSmsSimulator, client: RentClient) -> None:
    """A rental, an SMS and a cancel are announced; a check without news is not."""
    heard = []
    sim.listeners.append(lambda: heard.append(len(heard)))
    rentid = await client.rent()
    await client.ask("getcode", rentid=rentid)
    await client.ask("getorders")
    assert len(heard) == 1
    await client.ask("refuse", rentid=rentid)
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


async def test_only_what_there_is_can_be_played(sim: GetSmsSimulator, client: RentClient) -> None:
    """Unknown rentals are refused in words, and an activation is not completed."""
    async with Client.on(client.url.removesuffix("/api/v2/rent/")) as v1:
        order_id = await v1.buy("wapp")
    with pytest.raises(NotPossible, match="Only a rental"):
        sim.complete(order_id)
    for play in (sim.rental, sim.expire, sim.awaits_sms):
        with pytest.raises(NotPossible, match=r"no order|no rental"):
            play("1")
