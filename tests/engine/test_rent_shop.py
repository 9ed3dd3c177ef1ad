"""The shop of rentals: what is shown is what the provider tells, and every button carries its price."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.domain.errors import AlreadyDone, BadService, NoNumbers, NotOffered, NotYours, OutOfDate
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.rentals import BillState
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import FOUR_HOURS, MONTH, ONE_DAY, WEEK, handler, letting, settle, smspva
from tests.engine.world import STRANGER, USER, Builder, World
from tests.support.clock import ManualClock


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A world with that SMSPVA."""
    async with letting(builder, pva) as world:
        yield world


async def test_only_accounts_that_rent_out_are_shown(tenant: World) -> None:
    """Every account of a house that rents numbers out is shown, and another person's is not reached."""
    account_id = await settle(tenant, "smspva")
    shown = await tenant.engine.rent_shop.accounts(USER)
    assert [view.account.id for view in shown] == [account_id]
    with pytest.raises(NotYours):
        await tenant.engine.rent_shop.countries(STRANGER, account_id)


async def test_countries_are_the_houses_own_in_canonical_words(tenant: World) -> None:
    """SMSPVA lists two countries; its UK is GB, and the most wanted comes first."""
    view = await tenant.engine.rent_shop.countries(USER, await settle(tenant, "smspva"))
    assert [choice.country for choice in view.choices] == ["RU", "GB"]


async def test_a_house_without_a_list_of_countries_offers_those_it_has_a_code_of(world: World) -> None:
    """Get-SMS rents out by country and lists none: all of its table are offered, no country twice."""
    account_id = await lettings.settle_at_getsms(world)
    found = [choice.country for choice in (await world.engine.rent_shop.countries(USER, account_id)).choices]
    assert {"RU", "TR", "GB"} <= set(found)
    assert len(found) == len(set(found))


async def test_where_nobody_chooses_there_is_one_whole_number_without_a_price(
    builder: Builder, clock: ManualClock
) -> None:
    """GetSMS.ONLINE rents out a whole number for a day, from wherever, and tells no price before."""
    async with letting(builder, handler(clock, "getsms-online")) as world:
        account_id = await settle(world, "getsms-online")
        assert (await world.engine.rent_shop.countries(USER, account_id)).choices == ()
        (choice,) = (await world.engine.rent_shop.services(USER, account_id, None)).choices
        assert (choice.service, choice.price, choice.period) == (None, None, ONE_DAY)
        (view,) = (await world.engine.rent_shop.bills(USER, account_id, None, None)).bills
        assert (view.bill.price, view.bill.period, view.bill.country) == (None, ONE_DAY, None)


async def test_services_have_the_price_of_the_shortest_period(tenant: World, pva: SmspvaSimulator) -> None:
    """What is in stock comes first, cheapest first; SMSPVA's price of a day is worked out for a week."""
    pva.stock("opt29", "UK", count=0, price="0.01")
    pva.stock("opt20", "UK", count=3, price="0.30")
    view = await tenant.engine.rent_shop.services(USER, await settle(tenant, "smspva"), "GB")
    assert [(one.service, one.stock) for one in view.choices] == [("whatsapp", 3), ("telegram", 0)]
    assert view.choices[0].price == Money(Decimal("2.10"), "USD")
    assert view.choices[0].estimated


async def test_periods_of_a_daily_price_are_worked_out_from_one_answer(
    tenant: World, pva: SmspvaSimulator
) -> None:
    """Six periods of SMSPVA have their prices after one question, shortest first."""
    account_id = await settle(tenant, "smspva")
    view = await tenant.engine.rent_shop.bills(USER, account_id, "GB", "telegram")
    told = [(one.bill.period, one.bill.price and one.bill.price.amount) for one in view.bills]
    assert told[0] == (WEEK, Decimal("0.70"))
    assert told[3] == (MONTH, Decimal("3.00"))
    assert len(told) == 6
    assert view.has_several
    assert view.has_operators
    assert pva.ledger.count("getdata") == 1


async def test_prices_by_period_are_asked_for_each(builder: Builder, clock: ManualClock) -> None:
    """SMS-Activate tells a price for one period at a time: each button has its own."""
    async with letting(builder, handler(clock, "sms-activate")) as world:
        account_id = await settle(world, "sms-activate")
        view = await world.engine.rent_shop.bills(USER, account_id, "RU", "telegram")
        told = {one.bill.period: one.bill.price for one in view.bills}
        assert told[FOUR_HOURS] == Money(Decimal(5), "RUB")
        assert told[Period(Unit.WEEK, 8)] == Money(Decimal(5) * 336, "RUB")


async def test_get_sms_has_one_to_seven_days(world: World) -> None:
    """The seven periods whose prices Get-SMS tells are offered as it tells them, after one question."""
    account_id = await lettings.settle_at_getsms(world)
    view = await world.engine.rent_shop.bills(USER, account_id, "RU", "telegram")
    assert [one.bill.period for one in view.bills] == [Period(Unit.DAY, days) for days in range(1, 8)]
    assert not view.bills[0].bill.estimated
    assert world.asked("rent/getcountprices") == 1


async def test_several_services_cost_their_sum(tenant: World) -> None:
    """One number for two services has one button with the price of both; no service counts twice."""
    account_id = await settle(tenant, "smspva")
    bills = tenant.engine.rent_shop.bills
    view = await bills(USER, account_id, "GB", "telegram", further=("whatsapp",))
    assert view.bills[0].bill.price == Money(Decimal("1.40"), "USD")
    with pytest.raises(AlreadyDone):
        await bills(USER, account_id, "GB", "telegram", further=("telegram",))


async def test_what_cannot_be_had_is_said(tenant: World, pva: SmspvaSimulator) -> None:
    """Nothing in stock, a service that the house has no word for, and a whole number are told apart."""
    account_id = await settle(tenant, "smspva")
    bills = tenant.engine.rent_shop.bills
    pva.stock("opt29", "UK", count=0, price="0.10")
    with pytest.raises(NoNumbers):
        await bills(USER, account_id, "GB", "telegram")
    with pytest.raises(BadService):
        await bills(USER, account_id, "GB", "getsms:ask")
    with pytest.raises(NotOffered):
        await bills(USER, account_id, "GB", None)


async def test_a_button_is_its_persons_and_can_be_shown_again(tenant: World) -> None:
    """A button shows the same act again; a stranger gets nothing, an unknown token is out of date."""
    account_id = await settle(tenant, "smspva")
    (view, *_) = (await tenant.engine.rent_shop.bills(USER, account_id, "GB", "telegram")).bills
    again = await tenant.engine.rent_shop.bill(USER, view.bill.token)
    assert again.bill == view.bill
    assert again.bill.state is BillState.OFFERED
    with pytest.raises(NotYours):
        await tenant.engine.rent_shop.bill(STRANGER, view.bill.token)
    with pytest.raises(OutOfDate):
        await tenant.engine.rent_shop.bill(USER, "no-such-token")
