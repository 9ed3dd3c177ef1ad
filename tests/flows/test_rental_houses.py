"""What only some houses can do with a rental: wake, archive and restore, finish and take up again, adopt."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.handler_api.rentals import WHOLE
from tests.flows.rent_houses import RentHouses
from tests.flows.stage import KEY, Actor, Stage
from tests.flows.tenancy import Tenant, like

MINUTE = 60.0
HOUR = 3600.0
_NEXT_LOOK = 30.0  # seconds, by which time every house is asked for SMS again


@pytest.fixture
async def houses(empty_stage: Stage) -> AsyncIterator[RentHouses]:
    """A running bot that knows the four houses, and must not have logged an error by the end."""
    async with RentHouses(empty_stage).open(smspva_requests_per_second=50.0) as opened:
        yield opened
    assert empty_stage.faults == []


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass in longer steps: rentals are asked for every quarter of a minute, and less often."""
    monkeypatch.setattr("tests.flows.stage._STEP", 0.05)


@pytest.fixture
def guest(houses: RentHouses) -> Actor:
    """A person who has not written to the bot yet."""
    return houses.stage.actor()


async def open_list(actor: Actor, *labels: str) -> Tenant:
    """Go from /orders to the rentals and on by these buttons; return the list as if it were a card."""
    said = await actor.say("/orders")
    lists = await actor.see(lambda seen: like(seen, "Rented numbers") is not None, after=said)
    tenant = Tenant(actor, lists)
    for label in ("Rented numbers", *labels):
        await tenant.press(label)
    return tenant


async def test_a_sleeping_number_is_woken(houses: RentHouses, guest: Actor) -> None:
    """*Activate* puts it into the queue; awake it is told, takes its SMS, and asleep again it is told."""
    tenant = await Tenant.of(guest, "SMSPVA", "tg ru", "1 week")
    await tenant.shows("press Activate")
    await tenant.press("Activate")
    await tenant.shows("It waits in the provider’s queue")
    assert like(tenant.card, "Activate") is None
    houses.stage.clock.skip(11 * MINUTE)
    awake = await tenant.told("The number is awake. Ask the service for the SMS now.")
    assert awake.button("Copy number") is not None
    houses.smspva.deliver(houses.smspva.orders[0].id, "Telegram code 48213")
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("48213", after=awake)
    assert rung.button("Copy code") is not None
    houses.stage.clock.skip(40 * MINUTE)
    asleep = await tenant.told("The number has fallen asleep.", after=rung)
    await tenant.press("Activate", asleep)
    await tenant.shows("Waking up…")


async def test_a_past_rental_is_brought_back(houses: RentHouses, guest: Actor) -> None:
    """From the past ones to the provider's archive, to the price, and the number runs again."""
    tenant = await Tenant.of(guest, "SMSPVA", "tg ru", "1 week")
    (order,) = houses.smspva.orders
    houses.smspva.expire(order.id)
    over = await tenant.told("This rental is over.")
    assert like(over, "Bring back") is not None
    past = await open_list(guest, "Past rentals", "Archive at the provider")
    await past.shows("7 days")
    await past.press("Bring back")
    await past.press("Bring back · ")
    await past.shows("Done: the number is yours again.")
    assert order.alive
    await past.press("To the number")
    await past.shows("Until ")


async def test_a_finished_rental_is_taken_up_again(houses: RentHouses, guest: Actor) -> None:
    """Ended before its time after a question; prolonged from its card, it runs under its new id."""
    tenant = await Tenant.of(guest, "SMS-Activate · closed", "tg ru", "4 hours")
    (rental,) = houses.activate.rentals.rentals.values()
    houses.activate.deliver(rental.id, "Your code: 48213", None, "Telegram")
    houses.stage.clock.skip(_NEXT_LOOK)
    await tenant.told("48213")
    await tenant.press("Finish")
    await tenant.shows("the money for the time that is left does not come back")
    await tenant.press("Yes, end it now")
    await tenant.shows("Ended by you")
    last = guest.chat.last
    await tenant.press("Prolong")
    beside = await guest.see(lambda seen: like(seen, "4 hours") is not None, after=last)
    await tenant.press("4 hours", beside)
    await tenant.press("Prolong · ", beside)
    await tenant.shows("Done: the number stays yours.", beside)
    await tenant.shows("Takes SMS")
    again = list(houses.activate.rentals.rentals.values())[-1]
    assert again.id != rental.id
    last = guest.chat.last
    houses.activate.deliver(again.id, "Your code: 51515", None, "Telegram")
    houses.stage.clock.skip(_NEXT_LOOK)
    await tenant.told("51515", after=last)


async def test_a_whole_number_says_which_service_wrote(houses: RentHouses, guest: Actor) -> None:
    """A number for everything: each SMS comes with its sender; what the house cannot do has no button."""
    tenant = await Tenant.of(guest, "GetSMS.ONLINE", "", "Rent")
    assert tenant.card.labels == [["Copy number", "Inbox · 0"]]
    assert tenant.card.text.startswith("All services")
    rental = next(iter(houses.online.rentals.rentals.values()))
    assert rental.service == WHOLE
    houses.online.deliver(rental.id, "Avito: 48213 is your code", None, "Avito")
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("48213")
    assert "From: Avito\nAll services" in rung.text


async def test_rentals_made_elsewhere_are_adopted(houses: RentHouses, guest: Actor) -> None:
    """What was rented with the key elsewhere is listed, taken over with one press, and watched then."""
    tenant = await Tenant.of(guest, "Get-SMS", "tg ru", "1 day")
    await tenant.press("Cancel")
    await tenant.press("Yes, give it back")
    await tenant.shows("Given back")
    shop = houses.getsms._rent
    made = shop.rent(houses.getsms.key(KEY), "wa", "ru", 3)
    assert made is not None
    lists = await open_list(guest, "Import rentals made elsewhere")
    await lists.press("Watch it · …")
    card = await guest.see(lambda seen: seen.button("Copy number") is not None, after=lists.card)
    assert card.text.startswith("Rented number\n")  # its list tells no service
    await lists.shows("I found no rented number that I do not watch already.")
    houses.getsms.deliver(made.id, "Your code: 48213")
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("48213", after=card)
    assert rung.reply_to == card


async def test_two_services_on_one_number_have_a_card_each(houses: RentHouses, guest: Actor) -> None:
    """One payment for two services makes two rentals: both cards come, and an SMS rings under its own."""
    await guest.add_key(provider="SMSPVA")
    said = await guest.say("/rent tg ru")
    screen = await guest.see(lambda seen: like(seen, "1 week") is not None, after=said)
    tenant = Tenant(guest, screen)
    for label in ("One more service", "WhatsApp", "1 week", "Rent"):
        await tenant.press(label)
    await tenant.until(lambda: screen.button("Copy number") is not None, "the card")
    other = await guest.see(lambda seen: seen.text.startswith("WhatsApp"), after=screen)
    await tenant.press("Activate")
    houses.stage.clock.skip(11 * MINUTE)
    await tenant.told("The number is awake.", after=other)
    order = next(one for one in houses.smspva.orders if one.service == "opt20")
    houses.smspva.deliver(order.id, "WhatsApp code 482-135")
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("482135", after=other)
    assert rung.reply_to == other


async def test_a_reminder_a_day_before(houses: RentHouses, guest: Actor) -> None:
    """A number for longer than a day is remembered of twice: a day and an hour before its end."""
    tenant = await Tenant.of(guest, "Get-SMS", "tg ru", "3 days")
    houses.stage.clock.skip(2 * 24 * HOUR + 30 * MINUTE)
    first = await tenant.told("This rented number ends")
    left = next(one for one in first.entities if one["type"] == "date_time")
    ends = houses.getsms.rentals[0].expires_at
    assert abs(left["unix_time"] - ends.timestamp()) < timedelta(minutes=1).total_seconds()
    houses.stage.clock.skip(23 * HOUR)
    await tenant.told("This rented number ends", after=first)
