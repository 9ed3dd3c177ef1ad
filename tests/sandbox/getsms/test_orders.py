"""An order's life at the simulated provider: numbers, SMS in turn, money in reserve, by-itself SMS."""

from decimal import Decimal

import phonenumbers
import pytest

from sandbox.getsms import GetSmsSimulator, State, demo_stock
from sandbox.getsms.goods import COUNTRIES
from sandbox.goods import PLACES, SERVICES, Place
from sandbox.provider import NotPossible
from tests.sandbox.getsms.client import Client
from tests.support.clock import ManualClock


async def test_a_purchase_moves_its_price_into_the_reserve(sim: GetSmsSimulator, client: Client) -> None:
    """Buying lowers the balance and the stock, and charges nothing yet."""
    order_id = await client.buy()
    key = sim.key("testapikey")
    assert (key.balance, key.reserved) == (Decimal(98), Decimal(2))
    assert "98,00" in (await client.raw("getbalance")).text
    assert (await client.ask("getcount"))["data"]["ANY"]["wapp"]["count"] == 4
    assert sim.ledger.charges == []
    assert sim.order(order_id).state is State.WAITING


async def test_the_first_sms_is_what_costs(sim: GetSmsSimulator, client: Client) -> None:
    """An SMS takes the price out of the reserve, a second one and the order's end take nothing more."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    sim.deliver(order_id, "2")
    sim.expire(order_id)
    key = sim.key("testapikey")
    assert (key.balance, key.reserved) == (Decimal(98), Decimal(0))
    assert [(charge.order_id, charge.amount) for charge in sim.ledger.charges] == [(order_id, Decimal(2))]


@pytest.mark.parametrize("ending", ["refusenumber", "bannumber", "time"])
async def test_without_an_sms_the_price_comes_back(
    sim: GetSmsSimulator, client: Client, clock: ManualClock, ending: str
) -> None:
    """A cancel, a ban and the end of the lifetime release the reserve, once."""
    order_id = await client.buy()
    if ending == "time":
        await clock.advance(15 * 60)
    else:
        await client.ask(ending, order_id=order_id)
        await client.ask(ending, order_id=order_id)
    key = sim.key("testapikey")
    assert (key.balance, key.reserved) == (Decimal(100), Decimal(0))
    assert [release.order_id for release in sim.ledger.releases] == [order_id]
    await clock.advance(15 * 60)
    assert sim.key("testapikey").balance == 100


@pytest.mark.parametrize(("ending", "left"), [("refusenumber", 5), ("bannumber", 4)])
async def test_a_cancelled_number_is_sold_again_and_a_banned_one_is_not(
    client: Client, ending: str, left: int
) -> None:
    """What is given back returns to the shelf; what is unusable does not."""
    await client.ask(ending, order_id=await client.buy())
    assert (await client.ask("getcount"))["data"]["ANY"]["wapp"]["count"] == left


async def test_a_cancel_after_an_sms_gives_no_money_back(sim: GetSmsSimulator, client: Client) -> None:
    """An SMS that came is paid for, whether it was fetched or not."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    assert await client.status("refusenumber", order_id=order_id) == 200
    assert sim.order(order_id).state is State.CANCELED
    assert sim.key("testapikey").balance == 98


async def test_getcode_goes_on_answering_the_first_sms(sim: GetSmsSimulator, client: Client) -> None:
    """Later SMS are for wrongcode alone."""
    order_id = await client.buy()
    sim.deliver(order_id, "one")
    sim.deliver(order_id, "two")
    for _ in range(2):
        assert (await client.ask("getcode", order_id=order_id))["data"]["fullSms"] == "one"


async def test_wrongcode_hands_out_sms_in_turn(sim: GetSmsSimulator, client: Client) -> None:
    """Each last_id leads to the SMS after it; the last one leads to waiting."""
    order_id = await client.buy()
    for text in ("one", "two", "three"):
        sim.deliver(order_id, text)
    last = (await client.ask("getcode", order_id=order_id))["data"]
    texts = [last["fullSms"]]
    while (got := await client.ask("wrongcode", order_id=order_id, last_id=last["id"]))["status"] == 200:
        last = got["data"]
        texts.append(last["fullSms"])
    assert texts == ["one", "two", "three"]
    assert got["status"] == 400


async def test_purchases_never_share_a_number_or_an_id(sim: GetSmsSimulator, client: Client) -> None:
    """Five purchases are five orders with five numbers, and the sixth finds the shelf empty."""
    for _ in range(5):
        await client.buy()
    assert len({order.phone for order in sim.orders}) == len({order.id for order in sim.orders}) == 5
    assert await client.status("getnumber", service="wapp") == 500


async def test_the_country_of_a_purchase_is_russia_unless_told(sim: GetSmsSimulator, client: Client) -> None:
    """The optional country defaults to ru."""
    sim.stock("wapp", "england", 1, "3")
    await client.buy()
    await client.buy(country="england")
    assert [order.country for order in sim.orders] == ["ru", "england"]
    assert sim.orders[1].phone.startswith("44")


async def test_an_sms_can_come_by_itself(sim: GetSmsSimulator, client: Client, clock: ManualClock) -> None:
    """With the automatic on, an SMS with its code comes so many seconds after a purchase."""
    sim.set_automatic(enabled=True, after=6)
    order_id = await client.buy()
    await clock.until_asleep()
    await clock.advance(5)
    assert await client.status("getcode", order_id=order_id) == 400
    await clock.advance(1)
    data = (await client.ask("getcode", order_id=order_id))["data"]
    assert len(data["code"]) == 6
    assert data["code"] in data["fullSms"]


async def test_no_sms_comes_by_itself_to_an_order_that_ended(
    sim: GetSmsSimulator, client: Client, clock: ManualClock
) -> None:
    """A number given back before its SMS costs nothing, and neither does one after the switch went off."""
    sim.set_automatic(enabled=True, after=6)
    given_back, waiting = await client.buy(), await client.buy()
    await clock.until_asleep(2)
    await client.ask("refusenumber", order_id=given_back)
    sim.set_automatic(enabled=False, after=6)
    await clock.advance(6)
    assert sim.order(given_back).sms == sim.order(waiting).sms == []
    assert sim.key("testapikey").balance == 98


async def test_an_order_that_ended_takes_no_sms_and_ends_no_more(
    sim: GetSmsSimulator, client: Client
) -> None:
    """Playing the provider on a dead or unknown order is refused in words."""
    order_id = await client.buy()
    sim.expire(order_id)
    for play in (lambda: sim.deliver(order_id, "late"), lambda: sim.expire(order_id), lambda: sim.order("1")):
        with pytest.raises(NotPossible, match=r"ended|no order"):
            play()


async def test_the_ledger_counts_requests_by_method_and_order(sim: GetSmsSimulator, client: Client) -> None:
    """Tests can count what was asked, in all and about one order, and read the forms."""
    first, second = await client.buy(), await client.buy()
    for order_id in (first, first, second):
        await client.ask("getcode", order_id=order_id)
    assert sim.ledger.count("getnumber") == 2
    assert sim.ledger.count("getcode") == 3
    assert sim.ledger.count(order_id=first) == 2
    assert sim.ledger.count() == 5
    last = sim.ledger.requests[-1]
    assert (last.method, last.form["order_id"], last.verb, last.status) == ("getcode", second, "POST", 400)


async def test_listeners_hear_of_changes(sim: GetSmsSimulator, client: Client) -> None:
    """A purchase, an SMS and a cancel are announced; a check without news is not."""
    heard = []
    sim.listeners.append(lambda: heard.append(len(heard)))
    order_id = await client.buy()
    assert len(heard) == 1
    await client.ask("getcode", order_id=order_id)
    assert len(heard) == 1
    sim.deliver(order_id, "1")
    await client.ask("refusenumber", order_id=order_id)
    assert len(heard) == 3


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.names[0])
def test_numbers_look_real(place: Place) -> None:
    """Every country's numbers are valid ones for the telephone library, and differ."""
    made = [place.number(serial) for serial in range(1, 200)]
    assert len(set(made)) == len(made)
    bad = [phone for phone in made if not phonenumbers.is_valid_number(phonenumbers.parse(f"+{phone}"))]
    assert bad == []


def test_the_demo_market_is_believable() -> None:
    """Hundreds of offers in many countries, some sold out, Telegram everywhere, the same each time."""
    rows = demo_stock()
    assert rows == demo_stock()
    assert 400 < len(rows) < len(COUNTRIES) * len(SERVICES)
    assert 10 < sum(count == 0 for _, _, count, _ in rows) < len(rows) / 4
    assert {country for service, country, count, _ in rows if service == "tg" and count} == set(COUNTRIES)
    assert all(Decimal(1) < price < 1000 for *_, price in rows)
