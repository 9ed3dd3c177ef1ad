"""Houses that rent numbers out beside the world's Get-SMS, and numbers that are rented from them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.outbox import Kind
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Rental, RentalState
from bot.domain.secrets import Key
from bot.engine.rent_delivery import reminded_at
from bot.providers.base import Record
from bot.providers.lease import RentWant
from bot.providers.presets import build_presets
from bot.storage import rental_outbox, rentals
from sandbox.getsms import GetSmsSimulator
from sandbox.handler_api import GETSMS_ONLINE, SMS_ACTIVATE, HandlerApiSimulator
from sandbox.smspva import SmspvaSimulator
from sandbox.wire import serve
from tests.engine.world import KEY, USER, Builder, World
from tests.support.clock import ManualClock

RENTAL_KEY = "key-of-a-tenant-of-numbers"
HOUR = 3600.0
DAY = 24 * HOUR
ONE_DAY = Period(Unit.DAY, 1)
WEEK = Period(Unit.WEEK, 1)
MONTH = Period(Unit.MONTH, 1)
FOUR_HOURS = Period(Unit.HOUR, 4)

SimulatedHouse = GetSmsSimulator | SmspvaSimulator | HandlerApiSimulator


def smspva(clock: ManualClock, key: str = RENTAL_KEY) -> SmspvaSimulator:
    """Return an SMSPVA that rents out Telegram: in Britain always awake, in Russia asleep until woken."""
    sim = SmspvaSimulator(clock)
    sim.add_key(key, balance="100000")
    for country in ("UK", "RU"):
        sim.stock("opt29", country, count=500, price="0.10")
        sim.stock("opt20", country, count=500, price="0.10")
    return sim


def handler(clock: ManualClock, slug: str, key: str = RENTAL_KEY) -> HandlerApiSimulator:
    """Return an SMS-Activate that rents out Telegram in Russia, or a GetSMS.ONLINE with whole numbers."""
    online = slug == "getsms-online"
    sim = HandlerApiSimulator(GETSMS_ONLINE if online else SMS_ACTIVATE, clock)
    sim.add_key(key, balance="100000")
    sim.stock_rent("full" if online else "tg", "ru" if online else "0", count=50, price="5")
    return sim


@asynccontextmanager
async def letting(
    builder: Builder, *houses: SimulatedHouse, brisk: bool = True, **world: Any
) -> AsyncIterator[World]:
    """Open a world that does not run yet, with further houses at which the user keeps a key.

    Args:
        builder: of the test.
        houses: simulators; their keys are ``RENTAL_KEY``.
        brisk: whether the houses bear more calls a second than their documents allow.
        world: as ``Builder.world`` takes it.
    """
    async with AsyncExitStack() as stack:
        records = []
        for sim in houses:
            record = _record(sim, await stack.enter_async_context(serve(sim)))
            limits = replace(record.limits, requests_per_second=None) if brisk else record.limits
            records.append(replace(record, limits=limits))
        yield await stack.enter_async_context(builder.world(further=tuple(records), **world))


def _record(sim: SimulatedHouse, url: str) -> Record:
    slug = "sms-activate"
    if isinstance(sim, SmspvaSimulator):
        slug = "smspva"
    elif isinstance(sim, HandlerApiSimulator) and sim.house is GETSMS_ONLINE:
        slug = "getsms-online"
    found = next(record for record in build_presets() if record.slug == slug)
    return replace(found, url=url, closed=False)


async def settle(world: World, slug: str, key: str = RENTAL_KEY) -> int:
    """Have the user keep a key at a house; return the account."""
    await world.engine.people.arrive(USER, "en")
    return (await world.engine.accounts.add(USER, slug, key)).account.account.id


async def settle_at_getsms(world: World) -> int:
    """Have the world's Get-SMS rent out Telegram in Russia; return the account of the user's key there."""
    world.sim.stock_rent("tg", "ru", count=50, price="1")
    (account,) = await world.engine.accounts.list(USER)
    return account.account.id


_WANTED = {
    "getsms": RentWant("tg", "ru", ONE_DAY),
    "smspva": RentWant("opt29", "UK", WEEK),
    "sms-activate": RentWant("tg", "0", FOUR_HOURS),
    "getsms-online": RentWant(None, "", ONE_DAY),
}


async def let(
    world: World,
    account_id: int,
    *,
    period: Period | None = None,
    country: str | None = None,
    chat_id: int = USER,
    **facts: Any,
) -> Rental:
    """Rent a number at the account's house over the wire, and keep it as one that was paid for here."""
    account = await world.engine.accounts.find(account_id)
    assert account is not None
    slug = account.account.provider
    wanted = _WANTED[slug]
    want = replace(wanted, period=period or wanted.period, country=country or wanted.country)
    adapter = world.engine.rent_watch._providers.rentals(slug)
    rented = await adapter.rent(Key(KEY if slug == "getsms" else RENTAL_KEY), want)
    now = world.engine.rent_watch._clock.now()
    until = rented.until or now + want.period.length
    row = {
        "state": RentalState.ACTIVE.value,
        "bill": "bill-of-the-test",
        "service": "telegram" if want.service else None,
        "country": world.engine.rent_imports._names.country(adapter.record, want.country or None),
        "remote_id": rented.remote_id,
        "phone": rented.phone,
        "until": until,
        "until_told": rented.until is not None,
        "reminded": reminded_at(until, now),
        "card_chat_id": chat_id,
        "card_message_id": 7,
    }
    async with world.database.write() as tx:
        rental = await rentals.add(
            tx,
            user_id=USER,
            account_id=account_id,
            provider=slug,
            currency=adapter.record.currency,
            now=now,
            **(row | facts),
        )
        await rental_outbox.add_card(tx, rental, now)
    world.engine.rent_watch.take(rental)
    return rental


async def rental_of(world: World, rental_id: int) -> Rental:
    """Return a rental as it stands in the database."""
    view = await world.engine.rent_book.find(rental_id)
    assert view is not None
    return view.rental


async def pushed(world: World) -> list[tuple[int, int | None, str]]:
    """Return the SMS of rentals that wait for the courier: chat, rental, text."""
    found = []
    for message in await world.told():
        if message.kind is Kind.CODE and message.rental_sms_id is not None:
            sms = await world.engine.rent_book.sms(message.rental_sms_id)
            assert sms is not None
            found.append((message.chat_id, message.rental_id, sms.text))
    return found


def asked_at(sim: SimulatedHouse, method: str, order_id: str | None = None) -> list[datetime]:
    """Return when a method was asked for, of one rental or of any."""
    return [
        asked.at
        for asked in sim.ledger.requests
        if asked.method == method and order_id in {None, asked.order_id}
    ]
