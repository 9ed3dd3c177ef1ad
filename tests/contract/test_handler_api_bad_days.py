"""The ``handler_api.php`` adapter and the simulated SMS-Activate on bad days: each call, each fault."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, OutcomeUnknown, ProviderError, RateLimited, Unreachable
from bot.domain.secrets import Key
from bot.providers.calls import Kind
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http, Patience
from bot.providers.presets import build_presets
from bot.providers.trade import Want, Watched
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, Variant, serve
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
WANT = Want("wa", "0")
TLS = ssl.create_default_context()
HASTE = {kind: Patience(connect=0.4, read=0.3, total=0.6) for kind in Kind}
CALLED = "78006007664"

Ask = Callable[[HandlerApi, str], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getBalance": lambda house, _: house.balance(KEY),
    "getPrices": lambda house, _: house.quotes(KEY, service="wa"),
    "getTopCountriesByService": lambda house, _: house.quotes(KEY, service="wa", country="0"),
    "getPricesVerification": lambda house, _: house.voice_quotes(KEY, "wa"),
    "getOperators": lambda house, _: house.operators(KEY, "0"),
    "getCountries": lambda house, _: house.countries(KEY),
    "getListOfTopCountriesByService": lambda house, _: house.rates(KEY, "wa"),
    "getActiveActivations": lambda house, _: house.active(KEY),
    "getStatus": lambda house, order: house.check(KEY, Watched(order)),
    "setStatus": lambda house, order: house.retry(KEY, Watched(order)),
    "createTaskForCall": lambda house, order: house.call_out(KEY, Watched(order), CALLED),
    "getOutgoingCalls": lambda house, order: house.outgoing(KEY, Watched(order)),
}
PAID: dict[str, Ask] = {
    "getNumberV2": lambda house, _: house.buy(KEY, WANT),
    "getMultiServiceNumber": lambda house, _: house.buy_several(KEY, WANT, ("wa", "tg")),
    "getExtraActivation": lambda house, order: house.repeat(KEY, Watched(order), phone="", service="wa"),
    "getAdditionalService": lambda house, order: house.additional(KEY, Watched(order), service="ya"),
}


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture
def sim(clock: ManualClock) -> HandlerApiSimulator:
    """An SMS-Activate with one customer and what each call needs."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, clock)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wa", "0", count=12, price="2.5")
    sim.stock("tg", "0", count=6, price="7")
    sim.stock("wa", "0", count=2, price="5", variant=Variant.VOICE)
    sim.stock("av", "0", count=2, price="9", variant=Variant.FORWARD)
    return sim


@pytest.fixture
async def house(sim: HandlerApiSimulator, clock: ManualClock) -> AsyncIterator[HandlerApi]:
    """The adapter, with the record that ships."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        yield HandlerApi(build_presets(sms_activate_url=url)[1], http)


async def bought(house: HandlerApi, want: Want = WANT) -> str:
    """Buy a number and return the order's id."""
    return (await house.buy(KEY, want)).remote_id


UGLY: dict[str, type[ProviderError]] = {
    "html-200": Malformed,
    "empty": Malformed,
    "cut-off": Malformed,
    "cut-off-stream": Unreachable,
    "wrong-types": Malformed,
    "http-502": Unreachable,
    "http-500": Unreachable,
    "429": RateLimited,
    "cloudflare-403": RateLimited,
    "cloudflare-1020": RateLimited,
    "reset-before": Unreachable,
    "reset-after": Unreachable,
    "hang": Unreachable,
    "hang-after": Unreachable,
    "sql-error": errors.ProviderFault,
    "unknown-word": Malformed,
}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), UGLY.items())
async def test_free_calls_on_a_bad_day(
    house: HandlerApi,
    sim: HandlerApiSimulator,
    clock: ManualClock,
    name: str,
    fault: str,
    error: type[ProviderError],
) -> None:
    """Every fault has its name, and when it is over the same question is answered."""
    order = await bought(house)
    sim.deliver(order, "1", "1")
    sim.break_with(fault, name)
    with pytest.raises(ProviderError) as told:
        await in_time(clock, FREE[name](house, order))
    assert type(told.value) is error
    sim.break_with(None)
    await clock.advance(60)
    with suppress(errors.NoSmsYet, errors.AlreadyDone):  # what only the answer was kept back of is done
        await FREE[name](house, order)


@pytest.mark.parametrize("kept", [False, True], ids=["new", "kept"])
@pytest.mark.parametrize("name", PAID)
@pytest.mark.parametrize("fault", UGLY)
async def test_a_purchase_on_a_bad_day(
    house: HandlerApi, sim: HandlerApiSimulator, name: str, fault: str, *, kept: bool
) -> None:
    """Whatever the provider did with it, each paid call was sent once, and nobody claims to know."""
    if name == "getExtraActivation":
        order = await bought(house)
        sim.deliver(order, "1")
        await house.finish(KEY, Watched(order))
    else:
        order = await bought(house, Want("av", "0", forward=True))
        sim.deliver(order, "1")
    if kept:
        await bought(house)
    before, orders = sim.ledger.count(name), len(sim.orders)
    sim.break_with(fault, name)
    with pytest.raises(OutcomeUnknown):
        await PAID[name](house, order)
    assert sim.ledger.count(name) == before + 1
    assert len(sim.orders) <= orders + (2 if name == "getMultiServiceNumber" else 1)


async def test_keys_stay_out_of_urls(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Every request is a POST with the key in its body."""
    order = await bought(house)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await ask(house, order)
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, *PAID}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
