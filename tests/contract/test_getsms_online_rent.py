"""The rent adapter of GetSMS.ONLINE and its simulator, two readings of one document, over sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers.base import Record
from bot.providers.getsms_online_rent import GetSmsOnlineRent
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, Listed, RentWant
from sandbox.handler_api import GETSMS_ONLINE, HandlerApiSimulator, Prints, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock

KEY = Key("testapikey")
WANT = RentWant(None, "", Period(Unit.DAY, 1))
PRINTS = [Prints(json="document"), Prints(json="proper")]

Ask = Callable[[GetSmsOnlineRent, Held], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getRentList": lambda rent, _: rent.listed(KEY),
    "getRentNumberSMS": lambda rent, held: rent.sms(KEY, held),
}


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """A house with one customer and a few numbers, a day of which costs 12 roubles."""
    sim = HandlerApiSimulator(GETSMS_ONLINE, clock)
    sim.add_key("testapikey", balance="100")
    sim.stock_rent("full", "ru", count=5, price="2")
    return sim


@pytest.fixture
async def rent(sim: HandlerApiSimulator, clock: ManualClock) -> AsyncIterator[GetSmsOnlineRent]:
    """The adapter, pointed at the house."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        yield GetSmsOnlineRent(
            Record("online", "GetSMS.ONLINE", url, "getsms_online_rent", "RUB", "getsms_online", url), http
        )


async def rented(rent: GetSmsOnlineRent) -> Held:
    """Rent a number."""
    made = await rent.rent(KEY, WANT)
    return Held(made.remote_id, made.phone)


@pytest.mark.parametrize("prints", PRINTS, ids=["document", "proper"])
async def test_from_renting_to_the_end(
    rent: GetSmsOnlineRent, sim: HandlerApiSimulator, clock: ManualClock, prints: Prints
) -> None:
    """A number is rented, listed and read, however answers are printed; after a day it is unknown."""
    sim.prints = prints
    await rent.prove(KEY)
    assert await rent.listed(KEY) == ()
    held = await rented(rent)
    (rental,) = sim.rentals.rentals.values()
    assert rental.phone == held.phone == held.remote_id
    assert sim.key("testapikey").balance == 88
    now = clock.now().replace(microsecond=0)
    assert await rent.listed(KEY) == (
        Listed(held.phone, held.phone, LeaseState.ACTIVE, until=now + timedelta(days=1), started_at=now),
    )
    assert await rent.sms(KEY, held) == ()
    texts = ['"Код", {1}: sender:"x" text: "y"', "2", "3" * 4000, "2"]
    for text in texts:
        sim.deliver(rental.id, text, None, "7900000001")
        await clock.advance(1)
    read = await rent.sms(KEY, held)
    assert [sms.text for sms in read] == texts
    assert {sms.sender for sms in read} == {"7900000001"}
    assert len({sms.identity(0) for sms in read}) == 4
    assert read[0].received_at == now
    await clock.advance(24 * 3600)
    assert await rent.listed(KEY) == ()
    with pytest.raises(errors.OrderGone):
        await rent.sms(KEY, held)


async def test_refusals(rent: GetSmsOnlineRent, sim: HandlerApiSimulator) -> None:
    """Whatever the house refuses has its own name here, and costs nothing."""
    nobody = Key("nobody")
    sim.set_balance("testapikey", "11.99")
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (rent.prove(nobody), errors.KeyRejected),
        (rent.rent(nobody, WANT), errors.KeyRejected),
        (rent.sms(nobody, Held("1", "1")), errors.KeyRejected),
        (rent.rent(KEY, WANT), errors.LowBalance),
        (rent.sms(KEY, Held("79990000000", "79990000000")), errors.OrderGone),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await work
        assert type(told.value) is error
    sim.stock_rent("full", "ru", count=0, price="2")
    with pytest.raises(errors.NoNumbers):
        await rent.rent(KEY, WANT)
    assert sim.rentals.rentals == {}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("rent-error", OutcomeUnknown),
        ("sql-error", OutcomeUnknown),
        ("w157", errors.LowBalance),
        ("w109", errors.KeyRejected),
    ],
)
async def test_refusals_that_can_only_be_played(
    rent: GetSmsOnlineRent, sim: HandlerApiSimulator, fault: str, error: type[ProviderError]
) -> None:
    """Faults of the house leave a purchase open; the printed sentence is known with its dash."""
    sim.fault(fault)
    with pytest.raises(ProviderError) as told:
        await rent.rent(KEY, WANT)
    assert type(told.value) is error


WORDS: dict[str, type[ProviderError]] = {**UGLY, "unknown-word": Malformed}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    rent: GetSmsOnlineRent,
    sim: HandlerApiSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, and when it is over the same question is answered."""
    held = await rented(rent)
    (rental,) = sim.rentals.rentals.values()
    sim.deliver(rental.id, "1")
    assert len(await borne(sim, clock, (fault, name, error), lambda: FREE[name](rent, held))) == 1


@pytest.mark.parametrize("fault", WORDS)
async def test_renting_on_a_bad_day(
    rent: GetSmsOnlineRent, sim: HandlerApiSimulator, clock: ManualClock, fault: str
) -> None:
    """Whatever the house did with it, it was asked for once, nobody claims to know, and the list tells."""
    await rented(rent)  # and so there is a kept connection
    sim.break_with(fault, "getRentOneDay")
    with pytest.raises(OutcomeUnknown):
        await rent.rent(KEY, WANT)
    assert sim.ledger.count("getRentOneDay") == 2
    sim.break_with(None)
    await clock.advance(60)
    assert {one.phone for one in await rent.listed(KEY)} == {
        one.phone for one in sim.rentals.rentals.values()
    }
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
