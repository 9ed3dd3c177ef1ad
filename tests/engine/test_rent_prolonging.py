"""Prolonging: said in words what the provider forbids, paid once, its new end and its new id followed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import (
    AlreadyDone,
    BadPeriod,
    BillRose,
    NotOffered,
    NotProlongable,
    NotYours,
    OrderExpired,
    PaymentOpen,
)
from bot.domain.money import Money
from bot.domain.outbox import Kind, Notice
from bot.domain.periods import Period, Unit
from bot.domain.rental_views import BillView
from bot.domain.rentals import BillState, Rental, RentalState
from bot.storage import rentals
from sandbox.handler_api import HandlerApiSimulator
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import (
    DAY,
    FOUR_HOURS,
    MONTH,
    ONE_DAY,
    WEEK,
    handler,
    letting,
    rental_of,
    settle,
    smspva,
)
from tests.engine.tenancy import made_by, press, rent
from tests.engine.world import ON_BOTH, STRANGER, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A world with that SMSPVA; nothing is watched, so that only presses ask."""
    async with letting(builder, pva) as world:
        yield world


@pytest.fixture
def activate(clock: ManualClock) -> HandlerApiSimulator:
    """An SMS-Activate that rents out Telegram in Russia."""
    return handler(clock, "sms-activate")


@pytest.fixture
async def hourly(builder: Builder, activate: HandlerApiSimulator) -> AsyncIterator[World]:
    """A world with that SMS-Activate."""
    async with letting(builder, activate) as world:
        yield world


async def longer(world: World, rental: Rental, period: Period) -> BillView:
    """Return the live button that prolongs a rental."""
    found = await world.engine.rent_shop.prolongs(USER, rental.id)
    return next(view for view in found.bills if view.bill.period == period)


async def with_whatsapp(world: World, rental: Rental) -> BillView:
    """Return the live button for WhatsApp on a rental's number."""
    ask = world.engine.rent_shop.extra
    return await ask(USER, rental.id, "whatsapp")


async def cards_due(world: World, rental: Rental) -> int:
    """Return how often a rental's card is to be drawn anew."""
    told = await world.told()
    return sum(message.kind is Kind.CARD and message.rental_id == rental.id for message in told)


async def change(world: World, rental: Rental, **facts: object) -> None:
    """Write columns of a rental, as the watch would."""
    async with world.database.write() as tx:
        await rentals.change(tx, rental.id, **facts)


async def test_before_the_last_week_no_call_is_made(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """SMSPVA prolongs in the last 7 days only: said from when on, without asking the provider."""
    rental = await rent(tenant, await settle(tenant, "smspva"), MONTH)
    await change(tenant, rental, can_prolong=None, prolong_until=None)
    asked = len(pva.ledger.requests)
    with pytest.raises(NotProlongable) as caught:
        await tenant.engine.rent_shop.prolongs(USER, rental.id)
    assert caught.value.since == clock.now() + timedelta(days=23)
    assert len(pva.ledger.requests) == asked


async def test_in_the_last_week_the_list_tells_the_new_end(tenant: World, clock: ManualClock) -> None:
    """SMSPVA's answer to a prolongation tells no end; its list does, at once; reminders begin anew."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    await clock.advance(6 * DAY)
    await change(tenant, rental, reminded=24)
    view = await longer(tenant, rental, WEEK)
    assert view.bill.price == Money(Decimal("0.70"), "USD")
    assert view.bill.estimated
    paid = await press(tenant, view)
    assert paid.bill.state is BillState.PAID
    now = await rental_of(tenant, rental.id)
    assert rental.until is not None
    assert (now.until, now.until_told, now.reminded) == (rental.until + timedelta(days=7), True, None)


async def test_ninety_days_are_the_most(tenant: World, pva: SmspvaSimulator, clock: ManualClock) -> None:
    """A period that would lead beyond SMSPVA's 90 days is not offered; where none is left, that is said."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    await change(tenant, rental, can_prolong=True, prolong_until=None)
    view = await tenant.engine.rent_shop.prolongs(USER, rental.id)
    assert max(one.bill.period.length for one in view.bills if one.bill.period) == timedelta(days=60)
    await change(tenant, rental, until=clock.now() + timedelta(days=88))
    asked = len(pva.ledger.requests)
    with pytest.raises(BadPeriod) as caught:
        await tenant.engine.rent_shop.prolongs(USER, rental.id)
    assert caught.value.longest == timedelta(days=90)
    assert len(pva.ledger.requests) == asked


async def test_what_the_provider_says_counts_more_than_our_clock(tenant: World, clock: ManualClock) -> None:
    """A list that says "not now" is believed against our clock, and so is one that says "now"."""
    rental = await rent(tenant, await settle(tenant, "smspva"), MONTH)
    await change(tenant, rental, can_prolong=True)
    assert (await tenant.engine.rent_shop.prolongs(USER, rental.id)).bills
    await clock.advance(25 * DAY)
    await change(tenant, rental, can_prolong=False)
    with pytest.raises(NotProlongable) as caught:
        await tenant.engine.rent_shop.prolongs(USER, rental.id)
    assert caught.value.since is None


async def test_get_sms_tells_no_new_end(world: World, clock: ManualClock) -> None:
    """Neither answer nor list of Get-SMS tells until when: the former end and the period, said to be ours."""
    account_id = await lettings.settle_at_getsms(world)
    rental = await rent(world, account_id, ONE_DAY, country="RU")
    assert rental.until_told
    await clock.advance(3600)
    paid = await press(world, await longer(world, rental, Period(Unit.DAY, 2)))
    assert paid.bill.state is BillState.PAID
    now = await rental_of(world, rental.id)
    assert rental.until is not None
    assert (now.until, now.until_told) == (rental.until + timedelta(days=2), False)
    assert now.until == world.sim.rental(rental.remote_id or "").expires_at


async def test_a_rental_that_ran_out_comes_back_under_a_new_id(
    hourly: World, activate: HandlerApiSimulator, clock: ManualClock
) -> None:
    """SMS-Activate orders a rental that is over anew: our row stays, and follows the id and the new end."""
    rental = await rent(hourly, await settle(hourly, "sms-activate"), FOUR_HOURS, country="RU")
    await clock.advance(5 * 3600)
    await hourly.engine.rent_watch.ended(rental.id)
    paid = await press(hourly, await longer(hourly, rental, FOUR_HOURS))
    assert paid.bill.state is BillState.PAID
    now = await rental_of(hourly, rental.id)
    assert now.state is RentalState.ACTIVE
    assert now.remote_id != rental.remote_id
    assert now.phone == rental.phone
    assert now.until == clock.now() + timedelta(hours=4)
    assert activate.rental(now.remote_id or "").alive


async def test_a_price_that_is_told_is_asked(hourly: World) -> None:
    """SMS-Activate tells the price of prolonging numbers of one operator; of others it is worked out."""
    account_id = await settle(hourly, "sms-activate")
    told = await rent(hourly, account_id, FOUR_HOURS, country="RU", operator="mtt")
    view = await longer(hourly, told, ONE_DAY)
    assert (view.bill.price, view.bill.estimated) == (Money(Decimal(30), "RUB"), False)
    untold = await rent(hourly, account_id, FOUR_HOURS, country="RU", operator="mts")
    view = await longer(hourly, untold, ONE_DAY)
    assert (view.bill.price, view.bill.estimated) == (Money(Decimal(30), "RUB"), True)


async def test_what_ran_out_too_long_ago_is_said(hourly: World, clock: ManualClock) -> None:
    """The provider does not bring a rental back for ever: its refusal is told, nothing is offered."""
    rental = await rent(hourly, await settle(hourly, "sms-activate"), FOUR_HOURS, country="RU")
    await clock.advance(60 * DAY)
    await hourly.engine.rent_watch.ended(rental.id)
    with pytest.raises(OrderExpired):
        await hourly.engine.rent_shop.prolongs(USER, rental.id)


async def test_a_risen_price_is_asked_about_again(tenant: World, pva: SmspvaSimulator) -> None:
    """Prolonging became dearer since the screen: nothing is paid, a new button has the price of now."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    view = await longer(tenant, rental, WEEK)
    pva.stock("opt29", "UK", count=5, price="0.20")
    with pytest.raises(BillRose) as caught:
        await press(tenant, view)
    assert caught.value.bill.price == Money(Decimal("1.40"), "USD")
    assert pva.ledger.count("prolong") == 0


@ON_BOTH
async def test_two_buttons_at_once_prolong_once(tenant: World, pva: SmspvaSimulator) -> None:
    """Two buttons of one rental pressed at the same moment: one pays, the other says that one is paying."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    first, second = await longer(tenant, rental, WEEK), await longer(tenant, rental, Period(Unit.WEEK, 2))
    pva.faults.plan("slow", "prolong", seconds=3)
    presses = asyncio.gather(press(tenant, first), press(tenant, second), return_exceptions=True)
    answers = await tenant.while_time_passes(presses, step=0.1)
    assert sum(isinstance(answer, PaymentOpen) for answer in answers) == 1
    assert pva.ledger.count("prolong") == 1


async def test_the_periods_of_one_number_share_a_price_list(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """SMSPVA tells a price per day: however many periods are shown, its list is asked for once."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    await clock.advance(60)  # what was told at renting is no longer fresh
    before = pva.ledger.count("getdata")
    found = await tenant.engine.rent_shop.prolongs(USER, rental.id)
    assert len(found.bills) > 1
    assert pva.ledger.count("getdata") - before == 1


async def test_only_its_person_prolongs_a_rental(tenant: World) -> None:
    """A stranger sees no buttons of a rental."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    with pytest.raises(NotYours):
        await tenant.engine.rent_shop.prolongs(STRANGER, rental.id)


async def test_a_service_is_added_for_the_time_left(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """One more service on the number is a rental of its own to the same end; its id comes from the list."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    await clock.advance(2.5 * DAY)
    view = await with_whatsapp(tenant, rental)
    assert view.bill.price == Money(Decimal("0.50"), "USD")
    before = pva.key(lettings.RENTAL_KEY).balance
    paid = await press(tenant, view)
    assert paid.bill.state is BillState.PAID
    assert before - pva.key(lettings.RENTAL_KEY).balance == Decimal("0.50")
    (added,) = await made_by(tenant, view.bill.token)
    assert (added.state, added.service, added.phone) == (RentalState.ACTIVE, "whatsapp", rental.phone)
    assert (added.until, added.until_told) == (rental.until, True)
    assert added.remote_id == pva.orders[-1].id
    with pytest.raises(AlreadyDone):
        await with_whatsapp(tenant, rental)


async def test_a_house_without_it_adds_no_service(world: World) -> None:
    """Get-SMS rents a number for one service and no more."""
    rental = await rent(world, await lettings.settle_at_getsms(world), ONE_DAY, country="RU")
    with pytest.raises(NotOffered):
        await with_whatsapp(world, rental)
    assert Notice.BILL_UNCERTAIN not in await world.notices()


@pytest.mark.parametrize("fault", [None, "http-502"])
async def test_the_card_of_a_number_follows_a_further_service(
    tenant: World, pva: SmspvaSimulator, fault: str | None
) -> None:
    """The card that says "a payment is under way" is drawn anew as that ends, well or not."""
    rental = await rent(tenant, await settle(tenant, "smspva"), WEEK)
    view = await with_whatsapp(tenant, rental)
    if fault is not None:
        pva.faults.plan(fault, "add_service_to_order")
    before = await cards_due(tenant, rental)
    await press(tenant, view)
    as_it_began, as_it_ended = 1, 1
    assert await cards_due(tenant, rental) - before >= as_it_began + as_it_ended
