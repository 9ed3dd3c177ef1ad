"""The ``handler_api.php`` adapter and the simulated SMS-Activate on bad days: each call, each fault."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError
from bot.domain.secrets import Key
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.presets import build_presets
from bot.providers.trade import Want, Watched
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, Variant, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock

KEY = Key("testapikey")
WANT = Want("wa", "0")
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


WORDS: dict[str, type[ProviderError]] = {**UGLY, "sql-error": errors.ProviderFault, "unknown-word": Malformed}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
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
    with suppress(errors.NoSmsYet, errors.AlreadyDone):  # what only the answer was kept back of is done
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](house, order))


async def test_keys_stay_out_of_urls(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Every request is a POST with the key in its body."""
    order = await bought(house)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await ask(house, order)
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, *PAID}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
