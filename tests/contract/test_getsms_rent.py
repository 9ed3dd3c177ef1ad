"""The Get-SMS rent adapter and the simulated rent API, two readings of one document, over sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers.getsms_rent import GetSmsRent
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentWant
from bot.providers.registry import build_records
from sandbox.getsms import GetSmsSimulator, Prints, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
DAY, WEEK = Period(Unit.DAY, 1), Period(Unit.WEEK, 1)
WANT = RentWant("vk", "ru", DAY)
DAYS = 24 * 60 * 60.0

Ask = Callable[[GetSmsRent, Held], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getcountprices": lambda a, _: a.quotes(KEY, "ru"),
    "getcode": lambda a, held: a.sms(KEY, held),
    "refuse": lambda a, held: a.cancel(KEY, held),
    "delete": lambda a, held: a.delete(KEY, held),
    "getorders": lambda a, _: a.listed(KEY),
}
PAID: dict[str, Ask] = {
    "getnumber": lambda a, _: a.rent(KEY, WANT),
    "prolong": lambda a, held: a.prolong(KEY, held, DAY),
}
PRINTS = {
    "printed": Prints(),
    "numbers": Prints(numbers="numbers", http_status=True),
    "strings": Prints(numbers="strings"),
}


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture(params=PRINTS)
def sim(clock: ManualClock, request: pytest.FixtureRequest) -> GetSmsSimulator:
    """A provider with one customer and two shelves of numbers for rent, in three ways of printing."""
    sim = GetSmsSimulator(clock=clock, prints=PRINTS[request.param])
    sim.add_key("testapikey", balance="1000.00")
    sim.stock_rent("vk", "ru", count=5, price="101.9")
    sim.stock_rent("wa", "england", count=0, price="250.5")
    return sim


@pytest.fixture
async def rent(sim: GetSmsSimulator, clock: ManualClock) -> AsyncIterator[GetSmsRent]:
    """The adapter, with the record that ships."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        yield GetSmsRent(build_records(url)[0], http)


async def rented(rent: GetSmsRent, want: RentWant = WANT) -> Held:
    """Rent a number."""
    lease = await rent.rent(KEY, want)
    return Held(lease.remote_id, lease.phone)


async def state_of(rent: GetSmsRent, held: Held) -> LeaseState:
    """Return how a rental stands in the list."""
    return next(one.state for one in await rent.listed(KEY) if one.remote_id == held.remote_id)


async def test_looking_around(rent: GetSmsRent) -> None:
    """A key is proved without a rental; prices are those that the page prints."""
    await rent.prove(KEY)
    prices = {quote.period.count: quote.price for quote in await rent.quotes(KEY, "ru")}
    assert prices == {
        1: rub("101.9"),
        2: rub("144.7"),
        3: rub("182.4"),
        4: rub("215.0"),
        5: rub("241.5"),
        6: rub("251.7"),
        7: rub("275.1"),
    }
    assert {quote.stock for quote in await rent.quotes(KEY, "england")} == {0}
    assert await rent.quotes(KEY, "atlantis") == ()


@pytest.mark.parametrize("period", [DAY, Period(Unit.DAY, 3), WEEK])
async def test_the_quoted_price_is_what_it_costs(
    rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock, period: Period
) -> None:
    """A rental costs what was quoted and ends when it was said to, a week included."""
    (quote,) = await rent.quotes(KEY, "ru", period=period)
    lease = await rent.rent(KEY, RentWant("vk", "ru", period))
    assert lease.until == clock.now() + period.length
    assert lease.phone == sim.rental(lease.remote_id).phone
    assert sim.key("testapikey").balance == Decimal(1000) - quote.price.amount


async def test_from_renting_to_the_end(rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock) -> None:
    """SMS come, equal ones too; the rental is prolonged, ends, and says so."""
    held = await rented(rent)
    assert await rent.listed(KEY) == (Listed(held.remote_id, held.phone, LeaseState.ACTIVE),)
    assert await rent.sms(KEY, held) == ()
    sim.deliver(held.remote_id, "<b>Код</b>: 4354")
    await clock.advance(30)
    sim.deliver(held.remote_id, "<b>Код</b>: 4354")
    found = await rent.sms(KEY, held)
    assert [sms.text for sms in found] == ["<b>Код</b>: 4354"] * 2
    assert len({sms.identity for sms in found}) == 2

    longer = await rent.prolong(KEY, held, WEEK)
    assert (longer.remote_id, longer.phone) == (held.remote_id, held.phone)
    assert sim.rental(held.remote_id).expires_at == sim.rental(held.remote_id).created_at + timedelta(days=8)
    assert sim.key("testapikey").balance == Decimal("623.0")
    await clock.advance(8 * DAYS)
    assert await state_of(rent, held) is LeaseState.OVER
    with pytest.raises(errors.OrderClosed):
        await rent.sms(KEY, held)
    with pytest.raises(errors.BadPeriod):
        await rent.prolong(KEY, held, DAY)


async def test_giving_back_in_time(rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock) -> None:
    """Within 20 minutes and without an SMS the money returns; asking twice does no harm."""
    held = await rented(rent)
    await clock.advance(19 * 60)
    await rent.cancel(KEY, held)
    assert sim.key("testapikey").balance == Decimal("1000.00")
    assert await state_of(rent, held) is LeaseState.CANCELED
    with pytest.raises(errors.AlreadyDone):
        await rent.cancel(KEY, held)
    with pytest.raises(errors.OrderClosed):
        await rent.sms(KEY, held)


@pytest.mark.parametrize("late", [False, True])
async def test_giving_back_too_late(
    rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock, *, late: bool
) -> None:
    """After 20 minutes, or once an SMS has come, the rental stays, and so does the money."""
    held = await rented(rent)
    if late:
        await clock.advance(20 * 60)
    else:
        sim.deliver(held.remote_id, "1")
    with pytest.raises(errors.TooLateToCancel):
        await rent.cancel(KEY, held)
    assert await state_of(rent, held) is LeaseState.ACTIVE


async def test_other_ends(rent: GetSmsRent, sim: GetSmsSimulator) -> None:
    """What the provider completed is over; what was deleted is not listed."""
    completed, deleted = await rented(rent), await rented(rent)
    sim.complete(completed.remote_id)
    for ask in (rent.sms, rent.cancel):
        with pytest.raises(errors.OrderExpired):
            await ask(KEY, completed)
    await rent.delete(KEY, deleted)
    assert {one.remote_id for one in await rent.listed(KEY)} == {completed.remote_id}
    with pytest.raises(errors.OrderGone):
        await rent.sms(KEY, deleted)


async def test_refusals(rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock) -> None:
    """Whatever the provider refuses has its own name here."""
    nobody, poor, gone = Key("nobody"), Key("poor"), Held("1", "79510405923")
    sim.add_key("poor", balance="1.00")
    held = await rented(rent)
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (rent.prove(nobody), errors.KeyRejected),
        (rent.quotes(nobody, "ru"), errors.KeyRejected),
        (rent.rent(nobody, WANT), errors.KeyRejected),
        (rent.rent(KEY, RentWant("nothing", "ru", DAY)), errors.BadService),
        (rent.rent(KEY, RentWant("vk", "atlantis", DAY)), errors.BadCountry),
        (rent.rent(KEY, RentWant("wa", "england", DAY)), errors.NoNumbers),
        (rent.rent(KEY, RentWant("vk", "ru", Period(Unit.DAY, 365))), errors.BadPeriod),
        (rent.rent(poor, WANT), errors.LowBalance),
        (rent.sms(KEY, gone), errors.OrderGone),
        (rent.sms(poor, held), errors.OrderGone),
        (rent.cancel(KEY, gone), errors.OrderGone),
        (rent.cancel(KEY, Held("", "")), errors.BadRequest),
        (rent.delete(KEY, gone), errors.BadRequest),
        (rent.prolong(KEY, gone, DAY), errors.OrderGone),
        (rent.prolong(KEY, held, Period(Unit.WEEK, 4)), errors.BadPeriod),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert len(sim.rentals) == 1


@pytest.mark.parametrize(
    ("fault", "error"), [("maintenance", errors.Maintenance), ("internal-error", errors.ProviderFault)]
)
async def test_a_closed_shop(
    rent: GetSmsRent, sim: GetSmsSimulator, fault: str, error: type[ProviderError]
) -> None:
    """Technical work and the provider's own faults are refusals: nothing was rented."""
    sim.fault(fault, "rent/getnumber")
    with pytest.raises(error):
        await rent.rent(KEY, WANT)
    assert sim.rentals == []


WORDS: dict[str, type[ProviderError]] = {**UGLY, "unknown-status": Malformed}


@pytest.mark.parametrize("sim", ["printed"], indirect=True)
@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    rent: GetSmsRent,
    sim: GetSmsSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, none ends an order, and when it is over the question is answered."""
    held = await rented(rent)
    with suppress(errors.AlreadyDone, errors.BadRequest):  # done, though the answer was lost
        await borne(sim, clock, (fault, f"rent/{name}", error), lambda: FREE[name](rent, held))


@pytest.mark.parametrize("sim", ["printed"], indirect=True)
@pytest.mark.parametrize(
    ("fault", "name", "error"),
    [
        ("w141", "refuse", errors.TooLateToCancel),
        ("w201", "getcode", errors.OrderGone),
        ("w202", "getorders", Malformed),
    ],
)
async def test_words_from_the_wild(
    rent: GetSmsRent, sim: GetSmsSimulator, fault: str, name: str, error: type[ProviderError]
) -> None:
    """A refusal without words, an order that is gone, a wall in front of the provider."""
    held = await rented(rent)
    sim.fault(fault, f"rent/{name}")
    with pytest.raises(error):
        await FREE[name](rent, held)


async def test_keys_stay_out_of_urls(rent: GetSmsRent, sim: GetSmsSimulator, clock: ManualClock) -> None:
    """All methods of the document are used, each by POST with the key in its body."""
    held = await rented(rent)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await in_time(clock, ask(rent, held))
    assert {asked.method for asked in sim.ledger.requests} == {f"rent/{name}" for name in (FREE | PAID)}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
