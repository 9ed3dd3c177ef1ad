"""SMS-Activate's rent adapter and the simulated SMS-Activate, two readings of one document, over sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers.base import Record
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentQuote, RentWant
from bot.providers.sms_activate_rent import SmsActivateRent
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, Lease, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock

KEY = Key("testapikey")
SHORT, DAY = Period(Unit.HOUR, 4), Period(Unit.DAY, 1)
WANT = RentWant("vk", "0", DAY)

Ask = Callable[[SmsActivateRent, Held], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getRentServicesAndCountries": lambda rent, _: rent.quotes(KEY, "0"),
    "getRentStatus": lambda rent, held: rent.sms(KEY, held),
    "setRentStatus": lambda rent, held: rent.finish(KEY, held),
    "getRentList": lambda rent, _: rent.listed(KEY),
    "getContinueRentPriceNumber": lambda rent, held: rent.prolong_price(KEY, held, DAY),
}
PAID: dict[str, Ask] = {
    "getRentNumber": lambda rent, _: rent.rent(KEY, WANT),
    "continueRentNumber": lambda rent, held: rent.prolong(KEY, held, DAY),
}


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house with one customer; six numbers for VK at 5 roubles for four hours, whole ones at 40."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, clock)
    sim.add_key("testapikey", balance="1000")
    sim.stock_rent("vk", "0", count=6, price="5")
    sim.stock_rent("full", "0", count=12, price="40")
    sim.stock_rent("wa", "2", count=0, price="7")
    return sim


@pytest.fixture
async def rent(sim: HandlerApiSimulator, clock: ManualClock) -> AsyncIterator[SmsActivateRent]:
    """The adapter, pointed at the house."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        record = Record("house", "House", url, "sms_activate_rent", "RUB", "sms_activate", url)
        yield SmsActivateRent(record, http)


async def rented(rent: SmsActivateRent, want: RentWant = WANT) -> Held:
    """Rent a number."""
    made = await rent.rent(KEY, want)
    return Held(made.remote_id, made.phone)


async def test_looking_around(rent: SmsActivateRent) -> None:
    """Countries, operators and prices by period are read as they are meant."""
    await rent.prove(KEY)
    assert [country.code for country in await rent.countries(KEY)] == ["0", "2"]
    assert set(await rent.operators(KEY, "0")) == {
        "megafon",
        "mts",
        "beeline",
        "tele2",
        "rostelecom",
        "mtt",
    }
    assert await rent.quotes(KEY, "0") == (
        RentQuote("vk", "0", SHORT, rub("5"), 6),
        RentQuote(None, "0", SHORT, rub("40"), 12),
    )
    assert await rent.quotes(KEY, "0", period=DAY, operator="mts") == (
        RentQuote("vk", "0", DAY, rub("30"), 1, "mts"),
        RentQuote(None, "0", DAY, rub("240"), 2, "mts"),
    )
    assert await rent.quotes(KEY, "1") == ()


async def test_from_renting_to_the_end(
    rent: SmsActivateRent, sim: HandlerApiSimulator, clock: ManualClock
) -> None:
    """A number is rented, its SMS are read in order, it is prolonged, it ends, and it comes back anew."""
    held = await rented(rent)
    rental = sim.rental(held.remote_id)
    assert (rental.phone, rental.expires_at - rental.created_at) == (held.phone, DAY.length)
    assert sim.key("testapikey").balance == 970
    assert await rent.listed(KEY) == (Listed(held.remote_id, held.phone, LeaseState.ACTIVE),)
    assert await rent.sms(KEY, held) == ()
    sim.deliver(held.remote_id, "<b>Код</b>: 1", "1", "VK")
    await clock.advance(60)
    sim.deliver(held.remote_id, "2" * 4000, None, "79180230628")
    first, second = await rent.sms(KEY, held)
    assert (first.text, first.sender) == ("<b>Код</b>: 1", "VK")
    assert second.text == "2" * 4000
    assert first.identity(0) != second.identity(0)
    prolonged = await rent.prolong(KEY, held, SHORT)
    assert (prolonged.remote_id, prolonged.phone) == (held.remote_id, held.phone)
    assert sim.key("testapikey").balance == 965
    await clock.advance(28 * 3600)
    with pytest.raises(errors.OrderExpired):
        await rent.sms(KEY, held)
    assert await rent.listed(KEY) == ()
    again = await rent.prolong(KEY, held, DAY)
    assert again.remote_id != held.remote_id
    assert again.phone == held.phone
    assert [one.remote_id for one in await rent.listed(KEY)] == [again.remote_id]


async def test_the_whole_number_of_an_operator(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """An operator and all services at once; its prolongation has a price beforehand."""
    held = await rented(rent, RentWant(None, "0", SHORT, operator="mtt"))
    rental = sim.rental(held.remote_id)
    assert (rental.service, rental.operator) == ("full", "mtt")
    assert await rent.prolong_price(KEY, held, DAY) == rub("240")


async def test_a_call_when_an_sms_comes(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """The address that was given when renting is called."""
    called: asyncio.Queue[Any] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        await called.put(await request.json())
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        held = await rented(rent, RentWant("vk", "0", DAY, webhook=hook))
        sim.deliver(held.remote_id, "1")
        assert held.remote_id in str(await called.get())
    finally:
        await runner.cleanup()


async def test_giving_a_number_back(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """The money is back; afterwards every question says that the rental is closed."""
    held = await rented(rent)
    await rent.cancel(KEY, held)
    assert sim.rental(held.remote_id).lease is Lease.CANCELED
    assert sim.key("testapikey").balance == 1000
    for ask in (rent.sms, rent.cancel, rent.finish):
        with pytest.raises(errors.OrderClosed):
            await ask(KEY, held)
    with pytest.raises(errors.OrderExpired):
        await rent.prolong(KEY, held, DAY)


async def test_too_late_to_give_back(
    rent: SmsActivateRent, sim: HandlerApiSimulator, clock: ManualClock
) -> None:
    """After 20 minutes, or an SMS, a number can be finished and no longer given back."""
    late, used = await rented(rent), await rented(rent)
    sim.deliver(used.remote_id, "1")
    assert rent.terms.cancel_within is not None
    await clock.advance(rent.terms.cancel_within.total_seconds())
    for held in (late, used):
        with pytest.raises(errors.TooLateToCancel):
            await rent.cancel(KEY, held)
        await rent.finish(KEY, held)
        for ask in (rent.cancel, rent.finish):
            with pytest.raises(errors.OrderExpired):
                await ask(KEY, held)


async def test_a_number_that_is_taken_away(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """The house revokes a rental: it is closed."""
    held = await rented(rent)
    sim.revoke(held.remote_id)
    with pytest.raises(errors.OrderClosed):
        await rent.sms(KEY, held)


async def test_every_offered_period_can_be_rented(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """What the adapter offers, the house rents out for exactly so long."""
    sim.set_balance("testapikey", "100000")
    sim.stock_rent("vk", "0", count=60, price="5")
    for period in rent.terms.periods:
        held = await rented(rent, RentWant("vk", "0", period))
        rental = sim.rental(held.remote_id)
        assert rental.expires_at - rental.created_at == period.length


async def test_refusals(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """Whatever the house refuses has its own name here, and costs nothing."""
    held, nobody = await rented(rent), Key("nobody")
    unknown, missing = Held("1", held.phone), Held("", held.phone)
    sim.set_balance("testapikey", "10")
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (rent.prove(nobody), errors.KeyRejected),
        (rent.quotes(nobody, "0"), errors.KeyRejected),
        (rent.rent(nobody, WANT), errors.KeyRejected),
        (rent.sms(nobody, held), errors.KeyRejected),
        (rent.cancel(nobody, held), errors.KeyRejected),
        (rent.prolong(nobody, held, DAY), errors.KeyRejected),
        (rent.rent(KEY, RentWant("zzzz", "0", DAY)), errors.BadService),
        (rent.rent(KEY, RentWant("wa", "2", DAY)), errors.NoNumbers),
        (rent.rent(KEY, RentWant("vk", "0", DAY, operator="sealand")), errors.NoNumbers),
        (rent.rent(KEY, WANT), errors.LowBalance),
        (rent.sms(KEY, unknown), errors.OrderGone),
        (rent.sms(KEY, missing), errors.BadRequest),
        (rent.cancel(KEY, unknown), errors.OrderGone),
        (rent.finish(KEY, missing), errors.BadRequest),
        (rent.prolong(KEY, unknown, DAY), errors.OrderGone),
        (rent.prolong(KEY, missing, DAY), errors.BadRequest),
        (rent.prolong(KEY, held, Period(Unit.HOUR, 3)), errors.BadPeriod),
        (rent.prolong(KEY, held, DAY), errors.LowBalance),
        (rent.prolong_price(KEY, unknown, DAY), errors.OrderGone),
        (rent.prolong_price(KEY, held, Period(Unit.WEEK, 9)), errors.BadPeriod),
        (rent.prolong_price(KEY, held, DAY), errors.Refused),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await work
        assert type(told.value) is error
    assert len(sim.rentals.rentals) == 1


async def test_the_longest_time_is_told(rent: SmsActivateRent) -> None:
    """Who asks for too much learns how much there is."""
    held = await rented(rent)
    with pytest.raises(errors.BadPeriod) as told:
        await rent.prolong(KEY, held, Period(Unit.WEEK, 8))
    assert told.value.longest is not None
    assert told.value.longest.total_seconds() == (1344 - 24) * 3600


@pytest.mark.parametrize(
    ("fault", "ask", "error"),
    [
        ("account-inactive", PAID["getRentNumber"], errors.NoNumbers),
        ("server-error", PAID["continueRentNumber"], OutcomeUnknown),
        ("server-error", FREE["getContinueRentPriceNumber"], errors.ProviderFault),
        ("sql-error", FREE["getRentList"], errors.ProviderFault),
        ("sql-error", PAID["getRentNumber"], OutcomeUnknown),
        ("w126", FREE["getRentServicesAndCountries"], None),
        ("w120", FREE["getRentStatus"], None),
        ("w119", FREE["getRentStatus"], errors.OrderClosed),
        ("w123", PAID["getRentNumber"], errors.NoNumbers),
        ("w124", FREE["setRentStatus"], errors.TooLateToCancel),
        ("w085", FREE["getRentList"], Malformed),
        ("w109", FREE["getRentList"], errors.KeyRejected),
    ],
)
async def test_words_that_can_only_be_played(
    rent: SmsActivateRent, sim: HandlerApiSimulator, fault: str, ask: Ask, error: type[ProviderError] | None
) -> None:
    """Refusals that no request brings about, and bodies seen in the wild."""
    held = await rented(rent)
    sim.fault(fault)
    if error is None:
        assert await ask(rent, held) == ()
        return
    with pytest.raises(ProviderError) as told:
        await ask(rent, held)
    assert type(told.value) is error


WORDS: dict[str, type[ProviderError]] = {**UGLY, "unknown-word": Malformed}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    rent: SmsActivateRent,
    sim: HandlerApiSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, and when it is over the same question is answered."""
    held = await rented(rent, RentWant(None, "0", DAY, operator="mtt"))
    sim.deliver(held.remote_id, "1")
    with suppress(errors.OrderExpired):  # the faults that keep back only the answer have finished the rental
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](rent, held))


@pytest.mark.parametrize("name", PAID)
@pytest.mark.parametrize("fault", WORDS)
async def test_paid_calls_on_a_bad_day(
    rent: SmsActivateRent, sim: HandlerApiSimulator, clock: ManualClock, fault: str, name: str
) -> None:
    """Whatever the house did with it, it was asked for once, nobody claims to know, and the list tells."""
    held = await rented(rent)  # and so there is a kept connection
    before = sim.ledger.count(name)
    sim.break_with(fault, name)
    with pytest.raises(OutcomeUnknown):
        await PAID[name](rent, held)
    assert sim.ledger.count(name) == before + 1
    sim.break_with(None)
    await clock.advance(60)
    told = {one.remote_id for one in await rent.listed(KEY)}
    assert told == {one.id for one in sim.rentals.rentals.values()}


async def test_keys_stay_out_of_urls(rent: SmsActivateRent, sim: HandlerApiSimulator) -> None:
    """Every request is a POST with the key in its body."""
    held = await rented(rent)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await ask(rent, held)
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, *PAID}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
