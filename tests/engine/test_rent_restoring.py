"""Bringing a rental back from the archive: the price first, every documented refusal in words, paid once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.errors import (
    CodebellError,
    LowBalance,
    NotOffered,
    NotRepeatable,
    OrderGone,
    ProviderFault,
    StillRunning,
)
from bot.domain.money import Money
from bot.domain.rentals import BillState, Rental, RentalState
from bot.i18n import Translations
from bot.telegram.screens.failures import sentence
from sandbox.smspva import SmspvaSimulator
from tests.engine import lettings
from tests.engine.lettings import DAY, WEEK, letting, rental_of, settle, smspva
from tests.engine.tenancy import bill_of, made_by, press, rent
from tests.engine.world import ON_BOTH, USER, Builder, World
from tests.support.clock import ManualClock

_TEXTS = Translations.load(Path(__file__).parents[2] / "locales", strict=True)


@pytest.fixture
def pva(clock: ManualClock) -> SmspvaSimulator:
    """An SMSPVA with two services in two countries."""
    return smspva(clock)


@pytest.fixture
async def tenant(builder: Builder, pva: SmspvaSimulator) -> AsyncIterator[World]:
    """A world with that SMSPVA; nothing is watched, so that only presses ask."""
    async with letting(builder, pva, hasty=True) as world:
        yield world


async def past(world: World, clock: ManualClock) -> Rental:
    """Return a rental of a week that ended two days ago."""
    rental = await rent(world, await settle(world, "smspva"), WEEK)
    await clock.advance(8.5 * DAY)
    await world.engine.rent_watch.ended(rental.id)
    return rental


async def restoring(world: World, rental: Rental) -> str:
    """Return the token of the live button that restores a rental."""
    shop = world.engine.rent_shop
    return (await shop.restore(USER, rental.account_id, rental.remote_id or "")).bill.token


async def test_a_rental_of_ours_runs_again(tenant: World, pva: SmspvaSimulator, clock: ManualClock) -> None:
    """The price covers the days that were missed and 30 more; our row runs again until the list's end."""
    rental = await past(tenant, clock)
    shop = tenant.engine.rent_shop
    view = await shop.restore(USER, rental.account_id, rental.remote_id or "")
    assert view.bill.price == Money(Decimal("3.20"), "USD")
    assert (view.days, view.overdue_days) == (30, 2)
    paid = await press(tenant, view)
    assert paid.bill.state is BillState.PAID
    now = await rental_of(tenant, rental.id)
    assert now.state is RentalState.ACTIVE
    assert (now.until, now.until_told) == (clock.now() + timedelta(days=30), True)
    assert pva.ledger.count("restore_user") == 1
    with pytest.raises(CodebellError):
        await shop.restore(USER, rental.account_id, rental.remote_id or "")


async def test_a_rental_that_was_never_ours_gets_a_row(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """What was rented elsewhere and is in the archive can be restored: it becomes a rental here."""
    account_id = await settle(tenant, "smspva")
    key = pva.key(lettings.RENTAL_KEY)
    (remote,) = pva.world.rent(key, ["opt29"], "UK", pva.world.countries["UK"].operators[0], 7)
    await clock.advance(8 * DAY)
    view = await tenant.engine.rent_shop.restore(USER, account_id, remote.id)
    await press(tenant, view)
    (made,) = await made_by(tenant, view.bill.token)
    assert (made.state, made.remote_id, made.service) == (RentalState.ACTIVE, remote.id, "telegram")
    assert made.phone == remote.line.phone


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("restore-noavaildays", NotRepeatable),
        ("restore-datediffinvert", StillRunning),
        ("restore-noremotedata", OrderGone),
        ("restore-notowner", OrderGone),
        ("restore-noordercountry", ProviderFault),
        ("restore-noservicedata", ProviderFault),
        ("restore-service-not-found", ProviderFault),
        ("restore-nobalance", LowBalance),
    ],
)
async def test_each_refusal_has_words(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock, word: str, kind: type[CodebellError]
) -> None:
    """What the provider refuses a restoration for is told before paying, in each of the three languages."""
    rental = await past(tenant, clock)
    pva.faults.plan(word, "restore_user_precalc")
    with pytest.raises(kind) as caught:
        await restoring(tenant, rental)
    for language in ("en", "ru", "tr"):
        assert sentence(caught.value, _TEXTS.get(language), "SMSPVA")
    assert pva.ledger.count("restore_user") == 0


async def test_a_lost_restoration_is_found_by_its_id(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """The answer is lost and the archive's rental runs again: it was paid for, and is not paid for again."""
    rental = await past(tenant, clock)
    token = await restoring(tenant, rental)
    pva.faults.plan("reset-after", "restore_user")
    view = await tenant.engine.rent_shop.bill(USER, token)
    assert (await press(tenant, view)).bill.state is BillState.UNCERTAIN
    await tenant.start()
    await tenant.pass_(30)
    assert (await bill_of(tenant, token)).state is BillState.PAID
    now = await rental_of(tenant, rental.id)
    assert (now.state, now.until) == (RentalState.ACTIVE, pva.order(rental.remote_id or "").until)
    assert pva.ledger.count("restore_user") == 1


@ON_BOTH
async def test_two_presses_of_two_buttons_restore_once(
    tenant: World, pva: SmspvaSimulator, clock: ManualClock
) -> None:
    """The archive was opened twice, and both buttons pressed at once: the number is paid for once."""
    rental = await past(tenant, clock)
    tokens = [await restoring(tenant, rental) for _ in range(2)]
    views = [await tenant.engine.rent_shop.bill(USER, token) for token in tokens]
    pva.faults.plan("slow", "restore_user", seconds=2)
    presses = asyncio.gather(*(press(tenant, view) for view in views), return_exceptions=True)
    await tenant.while_time_passes(presses, step=0.2)
    assert pva.ledger.count("restore_user") == 1


async def test_a_house_without_an_archive_restores_nothing(world: World) -> None:
    """Get-SMS keeps no archive."""
    account_id = await lettings.settle_at_getsms(world)
    with pytest.raises(NotOffered):
        await world.engine.rent_shop.restore(USER, account_id, "1")
