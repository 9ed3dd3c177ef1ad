"""A rent's life at the simulated SMSPVA: money, waking, SMS, prolonging, the archive and the way back."""

from decimal import Decimal

import phonenumbers
import pytest

from sandbox.ledger import Movement
from sandbox.provider import NotPossible
from sandbox.smspva import SmspvaSimulator, Waking, demo_stock
from sandbox.smspva.goods import COUNTRIES, SERVICES
from tests.sandbox.smspva.client import Client
from tests.support.clock import ManualClock

MINUTE = 60
DAY = 24 * 3600


@pytest.mark.parametrize(
    ("dtype", "dcount", "days"), [("week", "1", 7), ("week", "3", 21), ("month", "1", 30), ("month", "3", 90)]
)
async def test_a_period_is_paid_by_the_day(
    sim: SmspvaSimulator, client: Client, clock: ManualClock, dtype: str, dcount: str, days: int
) -> None:
    """A week has 7 days, a month 30; the money goes at once and a number leaves the shelf."""
    order = sim.order(await client.rent(dtype=dtype, dcount=dcount))
    assert (order.until - clock.now()).days == days
    assert order.paid == Decimal("0.5") * days
    assert sim.key("testapikey").balance == 100 - order.paid
    assert [charge.amount for charge in sim.ledger.charges] == [order.paid]
    assert (await client.data("getdata", country="RU"))[0]["count"] == 6


async def test_a_network_can_be_chosen(sim: SmspvaSimulator, client: Client) -> None:
    """``provider`` names the operator; without it the best stocked one is taken."""
    made = await client.data(
        "create", service="opt16", country="RU", dtype="week", dcount="1", provider="Tele2"
    )
    assert sim.order(str(made["id"])).line.operator == "Tele2"
    assert sim.order(await client.rent()).line.operator == "MTS"


async def test_several_services_share_a_number(sim: SmspvaSimulator, client: Client) -> None:
    """``create_multi`` rents one number, an order and a price for each service."""
    first, second = await client.data(
        "create_multi", services="opt16,opt29", country="RU", dtype="week", dcount="1"
    )
    assert (first["pnumber"], first["service"], second["service"]) == (second["pnumber"], "opt16", "opt29")
    assert sim.orders[0].line is sim.orders[1].line
    assert sim.key("testapikey").balance == 100 - 7 * (Decimal("0.5") + Decimal("1.25"))


async def test_a_number_sleeps_wakes_and_sleeps_again(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """0, then 2 in the queue for ten minutes, then 1 for twenty, then 0 again."""
    order = await client.rent()
    assert (await client.order(order))["state"] == 0
    with pytest.raises(NotPossible, match="activated first"):
        sim.deliver(order, "early")
    assert await client.data("activate", id=order) == {"id": int(order)}
    assert (await client.order(order))["state"] == 2
    await clock.advance(9 * MINUTE)
    await client.data("activate", id=order)  # asked again, it does not start anew
    assert (await client.order(order))["state"] == 2
    await clock.advance(MINUTE)
    assert (await client.order(order))["state"] == 1
    sim.deliver(order, "in time")
    await clock.advance(19 * MINUTE)
    assert (await client.order(order))["state"] == 1
    await clock.advance(MINUTE)
    awoke_until = int(clock.now().timestamp())
    await clock.advance(5 * MINUTE)
    listed = await client.order(order)
    assert (listed["state"], listed["lastonline"]) == (0, awoke_until)
    await client.data("activate", id=order)
    assert (await client.order(order))["state"] == 2


async def test_some_numbers_never_sleep(sim: SmspvaSimulator, client: Client) -> None:
    """In countries of always active numbers an SMS comes at once."""
    order = await client.rent(country="UK")
    assert (await client.order(order))["state"] == 1
    sim.deliver(order, "hello")
    assert len(await client.data("sms", id=order)) == 1


async def test_the_flag_of_new_sms(sim: SmspvaSimulator, client: Client) -> None:
    """It stands from an SMS until the SMS are fetched."""
    order = await client.rent(country="UK")
    sim.deliver(order, "hello")
    for _ in range(2):
        assert (await client.order(order))["hasnewsms"] is True
    await client.data("sms", id=order)
    assert (await client.order(order))["hasnewsms"] is False


async def test_a_service_is_added_for_the_days_that_are_left(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """The new order is on the same number, ends with the first one, and costs each begun day."""
    order = await client.rent()
    await clock.advance(2.5 * DAY)
    rent = sim.order(order)
    answer = await client.ask("add_service_to_order", id=order, service="opt29", pnumber=rent.line.phone)
    assert answer == {"status": 1}
    added = sim.orders[-1]
    assert (added.line, added.service, added.until) == (rent.line, "opt29", rent.until)
    assert added.paid == 5 * Decimal("1.25")


async def test_prolonging_in_the_last_week(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> None:
    """Before the last seven days it is refused; then the end moves and the days are paid."""
    order = await client.rent(dtype="week", dcount="2")
    rent = sim.order(order)
    before, paid = rent.until, rent.paid
    assert (await client.order(order))["canprolong"] is False
    assert "less 7 days" in await client.refused("prolong", id=order, dtype="week", dcount="1")
    await clock.advance(7 * DAY)
    assert (await client.order(order))["canprolong"] is True
    assert await client.data("prolong", id=order, dtype="week", dcount="2") == {"id": int(order)}
    assert (rent.until - before).days == 14
    assert rent.paid == paid + 7


async def test_prolonging_to_ninety_days_at_most(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """No end lies more than 90 days ahead, and the list says how far it may move."""
    order = await client.rent()
    await clock.advance(DAY)
    assert (await client.order(order))["canprolongmax"] == 84
    assert "90 days" in await client.refused("prolong", id=order, dtype="month", dcount="3")
    await client.data("prolong", id=order, dtype="week", dcount="12")
    assert (sim.order(order).until - clock.now()).days == 90


@pytest.mark.parametrize("ending", ["time", "delete", "panel"])
async def test_what_ended_is_in_the_archive(
    sim: SmspvaSimulator, client: Client, clock: ManualClock, ending: str
) -> None:
    """It leaves the list, stays in the history, and gives no money back."""
    order = await client.rent()
    if ending == "time":
        await clock.advance(7 * DAY)
    elif ending == "delete":
        await client.data("delete", id=order)
    else:
        sim.expire(order)
    assert await client.data("orders") == []
    (archived,) = await client.data("get_rent_history", skip="0", take="5")
    assert (archived["orderId"], archived["closed"]) == (int(order), int(clock.now().timestamp()))
    assert sim.key("testapikey").balance == Decimal("96.5")
    assert [entry.movement for entry in sim.ledger.entries] == [Movement.RESERVED, Movement.CHARGED]
    with pytest.raises(NotPossible, match="has ended"):
        sim.deliver(order, "late")


async def test_the_archive_is_read_in_pages(client: Client, clock: ManualClock) -> None:
    """``skip`` and ``take`` cut a page out of it, what closed last first."""
    made = [await client.rent() for _ in range(5)]
    for order in made:
        await clock.advance(1)
        await client.data("delete", id=order)
    ids = [str(one["orderId"]) for one in await client.data("get_rent_history", skip="1", take="3")]
    assert ids == [made[3], made[2], made[1]]
    assert len(await client.data("get_rent_history")) == 5


async def test_restoring(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> None:
    """It costs the days that were missed and 30 more, and the same order lives again for 30 days."""
    order = await client.rent()
    await clock.advance(7 * DAY + 2.5 * DAY)
    told = await client.data("restore_user_precalc", id=order)
    assert (told["outdays"], told["prolongTo"], told["price"]) == (3, 30, 16.5)
    assert (told["orderid"], told["ccode"], told["scode"]) == (int(order), "RU", "opt16")
    assert told["pnumber"] == sim.order(order).line.phone
    before = sim.key("testapikey").balance
    assert await client.data("restore_user", id=order) is True
    assert sim.key("testapikey").balance == before - Decimal("16.5")
    assert (await client.order(order))["until"] == int(clock.now().timestamp()) + 30 * DAY
    assert await client.data("get_rent_history") == []


async def test_an_sms_comes_by_itself_after_waking(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """A sleeping number gets its SMS after the queue, one that is always on after the purchase."""
    sim.set_automatic(enabled=True, after=5)
    sim.world.waking = Waking()
    awake, asleep = await client.rent(country="UK"), await client.rent()
    await client.data("activate", id=asleep)
    await client.data("activate", id=asleep)
    await clock.until_asleep(2)
    await clock.advance(5)
    assert [len(sim.order(order).sms) for order in (awake, asleep)] == [1, 0]
    await clock.advance(10 * MINUTE)
    assert [len(sim.order(order).sms) for order in (awake, asleep)] == [1, 1]
    assert sim.order(asleep).sms[0].text.startswith("Instagram: your code is ")


async def test_listeners_hear_of_changes(sim: SmspvaSimulator, client: Client, clock: ManualClock) -> None:
    """A rent, its waking, its SMS and its end are announced; looking at the list is not."""
    heard: list[int] = []
    order = await client.rent()
    sim.listeners.append(lambda: heard.append(len(heard)))
    await client.data("orders")
    assert heard == []
    await client.data("activate", id=order)
    await clock.until_asleep()
    await clock.advance(10 * MINUTE)
    assert len(heard) == 2
    sim.deliver(order, "hello")
    await client.data("delete", id=order)
    assert len(heard) == 4


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_look_real(country: str) -> None:
    """Every country's numbers are valid for the telephone library, and begin with its dialling code."""
    place = COUNTRIES[country].place
    made = [place.number(serial) for serial in range(1, 200)]
    assert len(set(made)) == len(made)
    read = [phonenumbers.parse(f"+{phone}") for phone in made]
    assert [number for number in read if not phonenumbers.is_valid_number(number)] == []
    assert {str(number.country_code) for number in read} == {COUNTRIES[country].dial}


def test_the_demo_market_is_believable() -> None:
    """Offers in every country, Telegram everywhere, dollars a day that a person would pay."""
    rows = demo_stock()
    assert rows == demo_stock()
    assert {country for service, country, count, _ in rows if service == "opt29" and count} == set(COUNTRIES)
    assert len(rows) < len(COUNTRIES) * len(SERVICES)
    assert all(Decimal("0.05") <= price < 3 for *_, price in rows)
