"""A user who rents: buttons of the shop pressed, and what is left of it in the database."""

from typing import Any

from bot.domain.periods import Period
from bot.domain.rental_views import BillView
from bot.domain.rentals import Bill, Rental
from bot.storage import bills, rentals
from tests.engine.world import CARD, USER, World


async def offered(
    world: World, account_id: int, period: Period, service: str | None = "telegram", **which: Any
) -> BillView:
    """Return the live button for renting a number in Britain, or elsewhere, for a period."""
    country = which.pop("country", "GB")
    found = await world.engine.rent_shop.bills(USER, account_id, country, service, **which)
    return next(view for view in found.bills if view.bill.period == period)


async def rent(world: World, account_id: int, period: Period, **which: Any) -> Rental:
    """Rent a number, and return the rental."""
    view = await offered(world, account_id, period, **which)
    paid = await press(world, view)
    assert paid.rental is not None
    return paid.rental


async def press(world: World, view: BillView) -> BillView:
    """Press a button that pays."""
    return await world.engine.leasing.confirm(USER, view.bill.token, **CARD)


async def bill_of(world: World, token: str) -> Bill:
    """Return a bill as it stands in the database."""
    async with world.database.read() as tx:
        found = await bills.find(tx, token)
    assert found is not None
    return found


async def made_by(world: World, token: str) -> tuple[Rental, ...]:
    """Return the rentals that a bill has made."""
    async with world.database.read() as tx:
        return await rentals.of_bill(tx, token)
