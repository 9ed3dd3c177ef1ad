"""The SMSPVA adapter and the simulated SMSPVA, two readings of two documents, over sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import ProviderError
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.secrets import Key
from bot.providers.base import Record
from bot.providers.http import Http
from bot.providers.lease import Held, LeaseState, RentWant
from bot.providers.smspva import Smspva
from sandbox.smspva import Prints, SmspvaSimulator, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
WEEK, MONTH = Period(Unit.WEEK, 1), Period(Unit.MONTH, 1)
WANT = RentWant("opt29", "RU", WEEK)
DAY = 24 * 60 * 60.0

Ask = Callable[[Smspva, Held], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getcountries": lambda a, _: a.countries(KEY),
    "getdata": lambda a, _: a.quotes(KEY, "RU"),
    "getdataWithProviders": lambda a, _: a.operators(KEY, "RU"),
    "getCountWithProviders": lambda a, _: a.stock(KEY, "RU"),
    "orders": lambda a, _: a.listed(KEY),
    "sms": lambda a, held: a.sms(KEY, held),
    "activate": lambda a, held: a.activate(KEY, held),
    "delete": lambda a, held: a.delete(KEY, held),
    "get_rent_history": lambda a, _: a.archive(KEY, skip=0, take=10),
    "restore_user_precalc": lambda a, held: a.restore_price(KEY, held.remote_id),
}
PAID: dict[str, Ask] = {
    "create": lambda a, _: a.rent(KEY, WANT),
    "create_multi": lambda a, _: a.rent_several(KEY, WANT, ("opt29", "opt20")),
    "add_service_to_order": lambda a, held: a.add_service(KEY, held, "opt20"),
    "prolong": lambda a, held: a.prolong(KEY, held, WEEK),
    "restore_user": lambda a, held: a.restore(KEY, held.remote_id),
}
PRINTS = {
    "printed": Prints(),
    "served": Prints(
        getdata="services",
        create="array",
        sms="SmsList",
        numbers="strings",
        refusals="sentence",
        extra=True,
    ),
}


def usd(amount: str) -> Money:
    """Return dollars."""
    return Money(Decimal(amount), "USD")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture(params=PRINTS)
def sim(clock: ManualClock, request: pytest.FixtureRequest) -> SmspvaSimulator:
    """A provider with one customer and three shelves, in the printed shapes and in those seen."""
    sim = SmspvaSimulator(clock=clock, prints=PRINTS[request.param])
    sim.add_key("testapikey", balance="500.00")
    sim.stock("opt29", "RU", count=6, price="2.5")
    sim.stock("opt20", "RU", count=6, price="0.5")
    sim.stock("opt29", "DE", count=3, price="4")
    return sim


@pytest.fixture
async def smspva(sim: SmspvaSimulator, clock: ManualClock) -> AsyncIterator[Smspva]:
    """The adapter."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        record = Record("smspva", "SMSPVA", url, "smspva", "USD", "smspva", "https://smspva.com")
        yield Smspva(record, http)


async def rented(smspva: Smspva, want: RentWant = WANT) -> Held:
    """Rent a number."""
    lease = await smspva.rent(KEY, want)
    return Held(lease.remote_id, lease.phone)


async def state_of(smspva: Smspva, held: Held) -> LeaseState:
    """Return how a rental stands in the list."""
    return next(one.state for one in await smspva.listed(KEY) if one.remote_id == held.remote_id)


async def test_looking_around(smspva: Smspva, sim: SmspvaSimulator) -> None:
    """Countries, prices, operators and stock agree with the shelves."""
    await smspva.prove(KEY)
    assert {country.code for country in await smspva.countries(KEY)} == {"RU", "DE"}
    quotes = await smspva.quotes(KEY, "RU", period=MONTH)
    assert [(quote.service, quote.price, quote.stock) for quote in quotes] == [
        ("opt29", usd("75.0"), 6),
        ("opt20", usd("15.0"), 6),
    ]
    operators = await smspva.operators(KEY, "RU")
    assert operators == ("MTS", "Megafon", "Tele2")
    (telegram, _) = await smspva.quotes(KEY, "RU", operator="MTS")
    assert (telegram.service, telegram.stock, telegram.price) == ("opt29", 2, usd("17.5"))
    stock = [one for one in await smspva.stock(KEY, "RU") if one.service == "opt29"]
    assert {one.operator: one.count for one in stock} == {"MTS": 2, "Megafon": 2, "Tele2": 2, None: 6}
    sim.stock("opt29", "RU", count=0, price="2.5")
    assert "opt29" not in {quote.service for quote in await smspva.quotes(KEY, "RU", operator="MTS")}


async def test_from_renting_to_the_second_sms(
    smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock
) -> None:
    """A number sleeps, is woken, takes SMS, tells of news, sleeps again; it costs what was quoted."""
    lease = await smspva.rent(KEY, RentWant("opt29", "RU", WEEK, "MTS"))
    held = Held(lease.remote_id, lease.phone)
    order = sim.order(held.remote_id)
    assert lease.phone == order.line.phone
    assert lease.until == clock.now() + timedelta(days=7)
    assert order.line.operator == "MTS"
    assert sim.key("testapikey").balance == Decimal("482.50")
    assert await state_of(smspva, held) is LeaseState.SLEEPING
    assert await smspva.sms(KEY, held) == ()

    await smspva.activate(KEY, held)
    assert await state_of(smspva, held) is LeaseState.WAKING
    await clock.advance(10 * 60)
    assert await state_of(smspva, held) is LeaseState.ACTIVE
    sim.deliver(held.remote_id, "Telegram code 11111", sender="Telegram")
    await clock.advance(30)
    sim.deliver(held.remote_id, "<b>22222</b>")
    (listed,) = await smspva.listed(KEY)
    assert (listed.has_news, listed.service, listed.country) == (True, "opt29", "RU")
    assert listed.until == lease.until
    found = await smspva.sms(KEY, held)
    assert [(sms.text, sms.sender) for sms in found] == [
        ("Telegram code 11111", "Telegram"),
        ("<b>22222</b>", None),
    ]
    assert found[1].received_at == clock.now()
    (listed,) = await smspva.listed(KEY)
    assert listed.has_news is False
    await clock.advance(60 * 60)
    assert await state_of(smspva, held) is LeaseState.SLEEPING


async def test_one_number_for_several_services(smspva: Smspva, sim: SmspvaSimulator) -> None:
    """A rental for each service, on one number; a further service joins later, and all are listed."""
    sim.stock("opt20", "DE", count=3, price="1")
    first, second = await smspva.rent_several(KEY, RentWant(None, "DE", WEEK), ("opt29", "opt20"))
    assert first.phone == second.phone
    assert (first.service, second.service) == ("opt29", "opt20")
    sim.stock("opt16", "DE", count=3, price="1")
    await smspva.add_service(KEY, Held(first.remote_id, first.phone), "opt16")
    assert {one.service for one in await smspva.listed(KEY)} == {"opt29", "opt20", "opt16"}
    assert {one.phone for one in await smspva.listed(KEY)} == {first.phone}
    sim.deliver(second.remote_id, "for the other")
    told = [sms.text for sms in await smspva.sms(KEY, Held(first.remote_id, first.phone))]
    # what came for the number's other services is told as served, not as printed
    assert told == (["for the other"] if sim.prints.sms == "SmsList" else [])


async def test_prolonging(smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock) -> None:
    """In the last seven days, up to ninety days, and never without money."""
    held = await rented(smspva, RentWant("opt29", "RU", MONTH))
    (listed,) = await smspva.listed(KEY)
    assert listed.can_prolong is False
    with pytest.raises(errors.Refused) as told:
        await smspva.prolong(KEY, held, WEEK)
    assert type(told.value) is errors.Refused
    assert told.value.text == "You can prolong number only if before expiring date left less 7 days"
    await clock.advance(25 * DAY)
    (listed,) = await smspva.listed(KEY)
    assert listed.can_prolong is True
    assert listed.prolong_until == clock.now() + timedelta(days=90)
    longer = await smspva.prolong(KEY, held, WEEK)
    assert (longer.remote_id, longer.phone) == (held.remote_id, held.phone)
    (listed,) = await smspva.listed(KEY)
    assert listed.until == clock.now() + timedelta(days=12)
    await clock.advance(10 * DAY)
    sim.set_balance("testapikey", "1")
    with pytest.raises(errors.LowBalance):
        await smspva.prolong(KEY, held, WEEK)


async def test_back_from_the_archive(smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock) -> None:
    """A rental that ended is in the archive, has a price, and comes back for it."""
    held = await rented(smspva)
    with pytest.raises(errors.StillRunning):
        await smspva.restore_price(KEY, held.remote_id)
    await clock.advance(9 * DAY)
    assert await smspva.listed(KEY) == ()
    (past,) = await smspva.archive(KEY, skip=0, take=10)
    assert (past.remote_id, past.phone, past.service, past.days) == (held.remote_id, held.phone, "opt29", 7)
    assert await smspva.archive(KEY, skip=1, take=10) == ()
    price = await smspva.restore_price(KEY, held.remote_id)
    assert (price.price, price.overdue_days, price.days) == (usd("80.0"), 2, 30)
    assert (price.phone, price.service, price.country) == (held.phone, "opt29", "RU")
    await smspva.restore(KEY, held.remote_id)
    (listed,) = await smspva.listed(KEY)
    assert listed.phone == held.phone
    assert sim.key("testapikey").balance == Decimal("402.50")


async def test_deleting(smspva: Smspva, sim: SmspvaSimulator) -> None:
    """A deleted rental is gone from the list, its money is not back, and asking again is answered."""
    held = await rented(smspva)
    await smspva.delete(KEY, held)
    assert await smspva.listed(KEY) == ()
    assert sim.key("testapikey").balance == Decimal("482.50")
    with pytest.raises(errors.OrderGone):
        await smspva.delete(KEY, held)


async def test_a_number_that_is_lost(smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock) -> None:
    """A number that left the provider's machines is missing, and cannot be restored."""
    held = await rented(smspva)
    sim.lose(held.remote_id)
    assert await state_of(smspva, held) is LeaseState.MISSING
    await clock.advance(8 * DAY)
    with pytest.raises(errors.NotRepeatable):
        await smspva.restore_price(KEY, held.remote_id)


async def test_refusals(smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock) -> None:
    """Whatever the provider refuses has its own name here."""
    nobody, poor = Key("nobody"), Key("poor")
    sim.add_key("poor", balance="1.00")
    sim.stock("opt16", "RU", count=0, price="1")
    held, foreign = await rented(smspva), Held("1", "79960000000")
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (smspva.prove(nobody), errors.KeyRejected),
        (smspva.rent(nobody, WANT), errors.KeyRejected),
        (smspva.rent(KEY, RentWant("opt999", "RU", WEEK)), errors.BadService),
        (smspva.rent(KEY, RentWant("opt16", "RU", WEEK)), errors.NoNumbers),
        (smspva.rent(poor, WANT), errors.LowBalance),
        (smspva.rent(KEY, RentWant("opt29", "RU", WEEK, "Sealand")), errors.Refused),
        (smspva.sms(KEY, foreign), errors.OrderGone),
        (smspva.sms(poor, held), errors.OrderGone),
        (smspva.activate(KEY, foreign), errors.OrderGone),
        (smspva.prolong(KEY, foreign, WEEK), errors.OrderGone),
        (smspva.add_service(KEY, held, "opt999"), errors.BadService),
        (smspva.restore_price(KEY, "1"), errors.OrderGone),
        (smspva.restore(poor, held.remote_id), errors.OrderGone),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert len(sim.orders) == 1


WORDS: dict[str, type[ProviderError]] = {**UGLY, "unknown-word": errors.Refused}


@pytest.mark.parametrize("sim", ["printed"], indirect=True)
@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    smspva: Smspva,
    sim: SmspvaSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, none ends an order, and when it is over the question is answered."""
    held = await rented(smspva)
    if name.startswith("restore"):
        await clock.advance(8 * DAY)
    with suppress(errors.OrderGone):  # the faults that keep back only the answer have deleted the rental
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](smspva, held))


async def test_everything_is_asked_by_get(smspva: Smspva, sim: SmspvaSimulator, clock: ManualClock) -> None:
    """All methods of the documents are used, by GET, and keys are shown only to those that want one."""
    held = await rented(smspva)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await in_time(clock, ask(smspva, held))
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, *PAID}
    assert {asked.verb for asked in sim.ledger.requests} == {"GET"}
    without = {asked.method for asked in sim.ledger.requests if "apikey" not in asked.form}
    assert without == {"getcountries", "getdata", "getdataWithProviders", "getCountWithProviders"}
