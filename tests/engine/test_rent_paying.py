"""Paying for a rental: the price once more, one call, and everything known of what it made."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import BillRose, NoNumbers, NotYours, OutOfDate
from bot.domain.money import Money
from bot.domain.outbox import Kind
from bot.domain.rental_views import BillView
from bot.domain.rentals import BillState, RentalState
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import FOUR_HOURS, ONE_DAY, WEEK, handler, letting, settle, smspva
from tests.engine.tenancy import bill_of, made_by, offered, press, rent
from tests.engine.world import CARD, ON_BOTH, STRANGER, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A running world with that SMSPVA."""
    async with letting(builder, pva) as world:
        await world.start()
        yield world


async def test_a_number_is_rented(tenant: World, pva: SmspvaSimulator, clock: ManualClock) -> None:
    """One press pays once; the message becomes the card of a rental with id, number and end."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    paid = await press(tenant, view)
    rental = paid.rental
    assert paid.bill.state is BillState.PAID
    assert rental is not None
    assert (rental.state, rental.service, rental.country) == (RentalState.ACTIVE, "telegram", "GB")
    assert (rental.card_chat_id, rental.card_message_id) == (USER, CARD["message_id"])
    assert rental.until == clock.now() + timedelta(days=7)
    assert rental.until_told
    assert rental.price == Money(Decimal("0.70"), "USD")
    (remote,) = pva.orders
    assert (rental.remote_id, rental.phone) == (remote.id, remote.line.phone)
    assert {one.rental_id for one in await tenant.told() if one.kind is Kind.CARD} == {rental.id}


async def test_a_number_that_sleeps_is_said_to_sleep_at_once(tenant: World) -> None:
    """SMSPVA's Russian numbers sleep until they are woken: the first card does not say that they take SMS."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK, country="RU")
    assert rental.state is RentalState.SLEEPING


async def test_the_answer_without_an_end_leaves_it_to_our_clock(builder: Builder, clock: ManualClock) -> None:
    """SMS-Activate's end has no zone and its list none at all: the period from now on, said to be ours."""
    async with letting(builder, handler(clock, "sms-activate")) as world:
        rental = await rent(world, await settle(world, "sms-activate"), FOUR_HOURS, country="RU")
        assert rental.until == clock.now() + timedelta(hours=4)
        assert not rental.until_told


async def test_the_list_tells_the_end_that_the_answer_did_not(builder: Builder, clock: ManualClock) -> None:
    """GetSMS.ONLINE answers with a number alone; its list tells the end, which is taken at once."""
    async with letting(builder, handler(clock, "getsms-online")) as world:
        account_id = await settle(world, "getsms-online")
        rental = await rent(world, account_id, ONE_DAY, service=None, country=None)
        assert rental.until == clock.now() + timedelta(days=1)
        assert rental.until_told


@ON_BOTH
async def test_parallel_presses_pay_once(tenant: World, pva: SmspvaSimulator) -> None:
    """Ten presses of one button at the same moment are one paid call and one rental."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    answers = await asyncio.gather(*(press(tenant, view) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(answer, BillView) for answer in answers) == 1
    assert sum(isinstance(answer, OutOfDate) for answer in answers) == 9
    assert pva.ledger.count("create") == 1
    assert len(await made_by(tenant, view.bill.token)) == 1


async def test_a_strangers_press_pays_nothing(tenant: World, pva: SmspvaSimulator) -> None:
    """Somebody else's press is refused before any call."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    with pytest.raises(NotYours):
        await tenant.engine.leasing.confirm(STRANGER, view.bill.token, chat_id=STRANGER, message_id=1)
    assert pva.ledger.count("create") == 0


async def test_a_risen_price_is_asked_about_again(tenant: World, pva: SmspvaSimulator) -> None:
    """What became dearer since the screen is not paid: a new button has the price of now, and that pays."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    pva.stock("opt29", "UK", count=5, price="0.20")
    with pytest.raises(BillRose) as caught:
        await press(tenant, view)
    assert pva.ledger.count("create") == 0
    dearer = caught.value.bill
    assert dearer.price == Money(Decimal("1.40"), "USD")
    assert (await bill_of(tenant, view.bill.token)).state is BillState.OFFERED
    again = await tenant.engine.rent_shop.bill(USER, dearer.token)
    assert (await press(tenant, again)).bill.state is BillState.PAID


async def test_stock_that_is_gone_is_told_before_paying(tenant: World, pva: SmspvaSimulator) -> None:
    """No number is left at the press: nothing is placed, nothing is called."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    pva.stock("opt29", "UK", count=0, price="0.10")
    with pytest.raises(NoNumbers):
        await press(tenant, view)
    assert pva.ledger.count("create") == 0
    assert await made_by(tenant, view.bill.token) == ()


async def test_a_refusal_is_kept_with_its_words(tenant: World, pva: SmspvaSimulator) -> None:
    """The provider refuses the paid call: bill and rental failed, and why can be read."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    pva.key(lettings.RENTAL_KEY).balance = Decimal(0)
    paid = await press(tenant, view)
    assert (paid.bill.state, paid.bill.error) == (BillState.FAILED, "low-balance")
    assert paid.rental is not None
    assert (paid.rental.state, paid.rental.error) == (RentalState.FAILED, "low-balance")


async def test_several_services_are_one_paid_call_and_a_rental_each(
    tenant: World, pva: SmspvaSimulator
) -> None:
    """One number for two services: one call, two rentals with ids and cards of their own, one number."""
    account_id = await settle(tenant, "smspva")
    view = await offered(tenant, account_id, WEEK, further=("whatsapp",))
    paid = await press(tenant, view)
    first, second = await made_by(tenant, view.bill.token)
    assert pva.ledger.count("create_multi") == 1
    assert paid.rental is not None
    assert paid.rental.id == first.id
    assert (first.service, second.service) == ("telegram", "whatsapp")
    assert first.phone == second.phone
    assert first.remote_id != second.remote_id
    assert (first.card_message_id, second.card_message_id) == (CARD["message_id"], None)
    assert {first.state, second.state} == {RentalState.ACTIVE}


async def test_the_answer_is_recorded_though_the_tap_has_died(tenant: World, pva: SmspvaSimulator) -> None:
    """The task of the tap ends in the middle of the paid call: what it paid for is recorded all the same."""
    view = await offered(tenant, await settle(tenant, "smspva"), WEEK)
    tap = asyncio.create_task(press(tenant, view))
    while pva.ledger.count("create") == 0:  # noqa: ASYNC110 - a socket sets no event
        await asyncio.sleep(0)
    tap.cancel()
    await asyncio.gather(tap, return_exceptions=True)
    await tenant.engine.leasing.finish(5)
    assert (await bill_of(tenant, view.bill.token)).state is BillState.PAID
    (rental,) = await made_by(tenant, view.bill.token)
    assert rental.state is RentalState.ACTIVE
