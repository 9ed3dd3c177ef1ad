"""The Get-SMS adapter and the simulated Get-SMS, two readings of one document, over sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.providers.activations import Activations
from bot.providers.http import Http
from bot.providers.registry import Providers, build_records
from bot.providers.trade import Want, Watched
from sandbox.getsms import GetSmsSimulator, Prints, State, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")

Ask = Callable[[Activations, str], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getbalance": lambda getsms, _: getsms.balance(KEY),
    "getcount": lambda getsms, _: getsms.quotes(KEY, country="ru"),
    "getallcount": lambda getsms, _: getsms.quotes(KEY, service="wapp"),
    "getcode": lambda getsms, order: getsms.check(KEY, Watched(order)),
    "wrongcode": lambda getsms, order: getsms.retry(KEY, Watched(order, order)),
    "refusenumber": lambda getsms, order: getsms.cancel(KEY, Watched(order)),
    "bannumber": lambda getsms, order: getsms.ban(KEY, Watched(order)),
}


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> GetSmsSimulator:
    """A provider with one customer and two shelves."""
    sim = GetSmsSimulator(clock=clock)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wapp", "ru", count=5, price="2.5")
    sim.stock("wapp", "england", count=0, price="48.67")
    return sim


@pytest.fixture
async def getsms(sim: GetSmsSimulator, clock: ManualClock) -> AsyncIterator[Activations]:
    """The adapter, as the registry builds it."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        yield Providers(build_records(url), http).get("getsms")


async def bought(getsms: Activations) -> str:
    """Buy a number and return the order's id."""
    return (await getsms.buy(KEY, Want("wapp", "ru"))).remote_id


PRINTS = [
    Prints(),
    Prints(balance="point", numbers="numbers", http_status=True),
    Prints(balance="string", numbers="strings"),
]


@pytest.mark.parametrize("prints", PRINTS)
async def test_looking_around(getsms: Activations, sim: GetSmsSimulator, prints: Prints) -> None:
    """Balance, prices and stock are read however they are printed."""
    sim.prints = prints
    assert await getsms.balance(KEY) == rub("100.00")
    assert await getsms.quotes(KEY, service="wapp") == (
        Quote("wapp", "ru", rub("2.5"), 5),
        Quote("wapp", "england", rub("48.67"), 0),
    )
    everywhere = await getsms.quotes(KEY)
    assert {(quote.service, quote.country, quote.price, quote.stock) for quote in everywhere} == {
        ("wapp", "ru", rub("2.5"), 5),
        ("wapp", "england", rub("48.67"), 0),
    }
    in_russia = await getsms.quotes(KEY, service="wapp", country="ru")
    assert in_russia[0] == Quote("wapp", "ru", rub("2.5"), 5)
    assert sum(quote.stock or 0 for quote in in_russia if quote.operator) == 5


@pytest.mark.parametrize("prints", PRINTS)
async def test_from_purchase_to_the_third_sms(
    getsms: Activations, sim: GetSmsSimulator, clock: ManualClock, prints: Prints
) -> None:
    """A number is bought, its SMS are read in order, none twice, and the money goes once."""
    sim.prints = prints
    purchase = await getsms.buy(KEY, Want("wapp", "ru"))
    order = sim.order(purchase.remote_id)
    assert purchase.phone == order.phone
    assert purchase.started_at == clock.now()
    assert await getsms.check(KEY, Watched(order.id)) is None
    with pytest.raises(errors.NoSmsYet):
        await getsms.retry(KEY, Watched(order.id))

    sent = [sim.deliver(order.id, "<b>Код</b>: 753455", "753455", "WhatsApp"), sim.deliver(order.id, "Hi")]
    first = await getsms.check(KEY, Watched(order.id))
    assert first is not None
    assert (first.text, first.code, first.sender) == ("<b>Код</b>: 753455", "753455", "WhatsApp")
    assert (first.remote_id, first.received_at) == (sent[0].id, clock.now())
    second = await getsms.check(KEY, Watched(order.id, first.remote_id))
    assert second is not None
    assert (second.text, second.code, second.remote_id) == ("Hi", None, sent[1].id)
    last = Watched(order.id, second.remote_id)
    assert await getsms.retry(KEY, last) is None
    sim.deliver(order.id, "4" * 4000)
    third = await getsms.retry(KEY, last)
    assert third is not None
    assert third.text == "4" * 4000
    assert await getsms.balance(KEY) == rub("97.50")
    assert len(sim.ledger.charges) == 1


@pytest.mark.parametrize(("close", "state"), [("cancel", State.CANCELED), ("ban", State.BANNED)])
async def test_giving_a_number_back(
    getsms: Activations, sim: GetSmsSimulator, close: str, state: State
) -> None:
    """The order ends as asked, the money is back, and doing it twice does no harm."""
    order = await bought(getsms)
    await getattr(getsms, close)(KEY, Watched(order))
    assert sim.order(order).state is state
    assert await getsms.balance(KEY) == rub("100.00")
    with pytest.raises(errors.OrderExpired):
        await getattr(getsms, close)(KEY, Watched(order))
    assert sim.order(order).state is state


@pytest.mark.parametrize("prints", PRINTS)
async def test_the_lifetime_ends(
    getsms: Activations, sim: GetSmsSimulator, clock: ManualClock, prints: Prints
) -> None:
    """After 15 minutes every question about the order says that it is over."""
    sim.prints = prints
    order = await bought(getsms)
    await clock.advance(15 * 60 + 1)
    for ask in (getsms.check, getsms.cancel, getsms.ban):
        with pytest.raises(errors.OrderExpired):
            await ask(KEY, Watched(order))


@pytest.mark.parametrize("prints", PRINTS)
async def test_refusals(
    getsms: Activations, sim: GetSmsSimulator, clock: ManualClock, prints: Prints
) -> None:
    """Whatever the provider refuses has its own name here."""
    sim.prints = prints
    sim.stock("wapp", "ssha", count=1, price="1000")
    nobody = Key("nobody")
    order = await bought(getsms)
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (getsms.balance(nobody), errors.KeyRejected),
        (getsms.quotes(nobody), errors.KeyRejected),
        (getsms.buy(nobody, Want("wapp", "ru")), errors.KeyRejected),
        (getsms.check(nobody, Watched(order)), errors.KeyRejected),
        (getsms.quotes(KEY, country="atlantis"), errors.ProviderFault),
        (getsms.buy(KEY, Want("nothing", "ru")), errors.BadService),
        (getsms.buy(KEY, Want("wapp", "atlantis")), errors.BadCountry),
        (getsms.buy(KEY, Want("wapp", "ru", "SEALAND")), errors.BadOperator),
        (getsms.buy(KEY, Want("wapp", "england")), errors.NoNumbers),
        (getsms.buy(KEY, Want("wapp", "ssha")), errors.LowBalance),
        (getsms.check(KEY, Watched("1")), errors.OrderGone),
        (getsms.check(KEY, Watched("1", "1")), errors.OrderGone),
        (getsms.check(KEY, Watched("")), errors.BadRequest),
        (getsms.check(KEY, Watched(order, "77")), errors.NoSmsYet),
        (getsms.cancel(KEY, Watched("")), errors.BadRequest),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert len(sim.orders) == 1


@pytest.mark.parametrize(("fault", "error"), [("maintenance", errors.Maintenance), ("banned", errors.Banned)])
async def test_a_closed_shop(
    getsms: Activations, sim: GetSmsSimulator, fault: str, error: type[ProviderError]
) -> None:
    """Technical work and a ban are told apart, and nothing is bought."""
    sim.fault(fault)
    with pytest.raises(error):
        await bought(getsms)
    assert sim.orders == []


WORDS: dict[str, type[ProviderError]] = {
    **UGLY,
    "internal-error": errors.ProviderFault,
    "unknown-status": Malformed,
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    getsms: Activations,
    sim: GetSmsSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, and when it is over the same question is answered."""
    order = await bought(getsms)
    sms = sim.deliver(order, "1")
    if name == "wrongcode":
        await getsms.check(KEY, Watched(order))
        sim.deliver(order, "2")
    assert sms.id == order
    with suppress(errors.OrderExpired):  # the faults that keep back only the answer have closed the order
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](getsms, order))


async def test_keys_stay_out_of_urls(getsms: Activations, sim: GetSmsSimulator) -> None:
    """Every request is a POST with the key in its body."""
    order = await bought(getsms)
    for ask in FREE.values():
        with suppress(ProviderError):
            await ask(getsms, order)
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, "getnumber"}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
