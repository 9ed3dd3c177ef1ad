"""Caps over rentals: every paid act is held to what its person allows, in the transaction of its bill."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.caps import Cap
from bot.domain.errors import CapReached
from bot.domain.outbox import Notice
from bot.domain.rental_views import BillView
from bot.domain.rentals import BillState, RentalAction
from bot.engine.leasing import auto_token
from bot.storage import rentals
from sandbox.smspva import SmspvaSimulator
from tests.engine.lettings import DAY, ONE_DAY, WEEK, letting, settle, settle_at_getsms, smspva
from tests.engine.tenancy import bill_of, offered, press, rent
from tests.engine.world import CARD, ON_BOTH, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA that rents out Telegram and WhatsApp for $0.10 a day."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A world with that SMSPVA; nothing is watched, so that only presses ask."""
    assert pva.orders == []
    async with letting(builder, pva) as world:
        await world.add_account()
        yield world


async def limit(world: World, account_id: int, *, day: str | None = None, opened: int | None = None) -> None:
    """Set the user's limits."""
    await world.engine.caps.set_open(USER, opened)
    await world.engine.caps.set_day(USER, account_id, None if day is None else Decimal(day))


async def press_all(world: World, views: list[BillView]) -> list[Any]:
    """Press buttons that pay, all at once."""
    return list(await asyncio.gather(*(press(world, one) for one in views), return_exceptions=True))


async def denied(world: World, view: BillView) -> CapReached:
    """Press a button that a cap denies, and return the denial; the button stays live."""
    with pytest.raises(CapReached) as caught:
        await press(world, view)
    assert (await bill_of(world, view.bill.token)).state is BillState.OFFERED
    return caught.value


async def spent(world: World, account_id: int) -> str:
    """Return what counts against an account's cap."""
    found = (await world.engine.caps.tally(account_id)).spent
    assert found is not None
    return f"{found.amount:.2f}"


@ON_BOTH
@pytest.mark.parametrize("limits", [{"opened": 1}, {"day": "0.70"}], ids=str)
async def test_twenty_presses_at_once_pass_no_cap(
    tenant: World, pva: SmspvaSimulator, limits: dict[str, Any]
) -> None:
    """Of twenty rentals at once one goes out; the nineteen others are denied, and their buttons stay live."""
    account_id = await settle(tenant, "smspva")
    await limit(tenant, account_id, **limits)
    results = await press_all(tenant, [await offered(tenant, account_id, WEEK) for _ in range(20)])
    assert sum(isinstance(result, CapReached) for result in results) == 19
    assert len(pva.orders) == 1
    assert tenant.rows("SELECT count(*) FROM rentals") == [(1,)]
    assert tenant.rows("SELECT count(*) FROM bills WHERE state != 'offered'") == [(1,)]


@ON_BOTH
async def test_activations_and_rentals_count_together(tenant: World, pva: SmspvaSimulator) -> None:
    """Of an activation and a rental at once, with one open number allowed, one goes out."""
    account_id = await settle(tenant, "smspva")
    await limit(tenant, account_id, opened=1)
    view, button = await offered(tenant, account_id, WEEK), (await tenant.offer()).draft.token
    results = await asyncio.gather(
        press(tenant, view),
        tenant.engine.purchase.confirm(USER, button, **CARD),
        return_exceptions=True,
    )
    assert sum(isinstance(result, CapReached) for result in results) == 1
    assert len(pva.orders) + len(tenant.sim.orders) == 1


async def test_several_services_are_so_many_numbers(tenant: World, pva: SmspvaSimulator) -> None:
    """One number for two services is two rentals: it does not pass where one more is allowed."""
    account_id = await settle(tenant, "smspva")
    await limit(tenant, account_id, opened=1)
    told = await denied(tenant, await offered(tenant, account_id, WEEK, further=("whatsapp",)))
    assert (told.cap, told.most, told.now) == (Cap.OPEN, 1, 0)
    assert pva.orders == []


async def test_prolonging_opens_no_number_and_costs_money(world: World) -> None:
    """With all numbers open that are allowed a rental is prolonged still; the day's money holds it up."""
    account_id = await settle_at_getsms(world)
    rental = await rent(world, account_id, ONE_DAY, country="RU")
    cheap, dear = (await world.engine.rent_shop.prolongs(USER, rental.id)).bills[:2]
    assert rental.price is not None
    assert cheap.bill.price is not None
    both = rental.price + cheap.bill.price
    await limit(world, account_id, opened=1, day=str(both.amount))
    assert (await denied(world, dear)).cap is Cap.DAY
    assert (await press(world, cheap)).bill.state is BillState.PAID
    again = (await world.engine.rent_shop.prolongs(USER, rental.id)).bills[0]
    told = await denied(world, again)
    assert (told.cap, told.now, told.account_id) == (Cap.DAY, both, account_id)
    assert world.asked("rent/prolong") == 1


async def test_one_more_service_is_held_to_both(tenant: World, pva: SmspvaSimulator) -> None:
    """Another service on a rented number is one more rental, and costs money."""
    account_id = await settle(tenant, "smspva")
    rental = await rent(tenant, account_id, WEEK)
    extra = await tenant.engine.rent_shop.extra(USER, rental.id, "whatsapp")  # noqa: S610 - no Django here
    await limit(tenant, account_id, opened=1)
    assert (await denied(tenant, extra)).cap is Cap.OPEN
    await limit(tenant, account_id, day="1.00")
    assert (await denied(tenant, extra)).cap is Cap.DAY
    assert len(pva.orders) == 1
    await limit(tenant, account_id, day="1.40", opened=2)
    assert (await press(tenant, extra)).bill.state is BillState.PAID


async def test_two_restorations_at_once_open_one_number(
    tenant: World, clock: ManualClock, pva: SmspvaSimulator
) -> None:
    """An ended rental counts as open from the moment that its restoration is being paid for."""
    account_id = await settle(tenant, "smspva")
    both = [await rent(tenant, account_id, WEEK, service=service) for service in ("telegram", "whatsapp")]
    await clock.advance(8.5 * DAY)
    for rental in both:
        await tenant.engine.rent_watch.ended(rental.id)
    await limit(tenant, account_id, opened=1)
    shop = tenant.engine.rent_shop
    views = [await shop.restore(USER, account_id, rental.remote_id or "") for rental in both]
    results = await press_all(tenant, views)
    assert sum(isinstance(result, CapReached) for result in results) == 1
    assert pva.ledger.count("restore_user") == 1


async def test_prolonging_unasked_is_held_to_the_cap_and_told(tenant: World, pva: SmspvaSimulator) -> None:
    """A cap holds for what the bot pays by itself: it is not paid, and its person is told why."""
    account_id = await settle(tenant, "smspva")
    rental = await rent(tenant, account_id, WEEK)
    async with tenant.database.write() as tx:
        changed = await rentals.change(tx, rental.id, auto_unit="week", auto_count=1, auto_most=Decimal(9))
    assert changed is not None
    await limit(tenant, account_id, day="1.00")
    await tenant.engine.leasing.auto(changed)
    bill = await bill_of(tenant, auto_token(changed) or "")
    assert (bill.state, bill.error) == (BillState.FAILED, CapReached.slug)
    assert pva.ledger.count("prolong") == 0
    assert await tenant.notices() == [Notice.NOT_PROLONGED]
    assert await spent(tenant, account_id) == "0.70"


async def test_a_rental_given_back_does_not_count(world: World) -> None:
    """Get-SMS gives the price back within 20 minutes: neither its money nor the number counts any more."""
    account_id = await settle_at_getsms(world)
    rental = await rent(world, account_id, ONE_DAY, country="RU")
    price = rental.price
    assert price is not None
    await limit(world, account_id, day=str(price.amount), opened=1)
    view = await offered(world, account_id, ONE_DAY, country="RU")
    assert (await denied(world, view)).cap is Cap.OPEN
    await world.engine.rent_actions.act(USER, rental.id, RentalAction.CANCEL)
    assert await spent(world, account_id) == "0.00"
    assert (await press(world, view)).bill.state is BillState.PAID
    await limit(world, account_id, day=str(price.amount))
    assert (await denied(world, await offered(world, account_id, ONE_DAY, country="RU"))).cap is Cap.DAY


async def test_what_is_paid_for_counts_for_24_hours(tenant: World, clock: ManualClock) -> None:
    """A rental runs on for a week, and its price counts for a day."""
    account_id = await settle(tenant, "smspva")
    await limit(tenant, account_id, day="1.00")
    await rent(tenant, account_id, WEEK)
    await clock.advance(DAY - 1)
    assert await spent(tenant, account_id) == "0.70"
    await clock.advance(2)
    assert await spent(tenant, account_id) == "0.00"
