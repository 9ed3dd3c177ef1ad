"""The sms-reg adapter and the simulated API #2, two readings of one document, over sockets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import Malformed, ProviderError, RateLimited
from bot.domain.money import Money
from bot.domain.secrets import Key
from bot.providers.http import Http
from bot.providers.presets import build_presets
from bot.providers.sms_reg import OPERATORS, SmsReg
from bot.providers.trade import Want, Watched
from sandbox.sms_reg import Prints, SmsRegSimulator, State, goods, serve
from tests.contract.bad_days import HASTE, TLS, UGLY, borne
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
WANT = Want("whatsapp", "ru")

Ask = Callable[[SmsReg, str], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getBalance": lambda reg, _: reg.balance(KEY),
    "getState": lambda reg, order: reg.check(KEY, Watched(order)),
    "setReady": lambda reg, order: reg.ready(KEY, Watched(order)),
    "setOperationRevise": lambda reg, order: reg.retry(KEY, Watched(order)),
    "setOperationUsed": lambda reg, order: reg.ban(KEY, Watched(order)),
    "setOperationOk": lambda reg, order: reg.finish(KEY, Watched(order)),
}
PAID: dict[str, Ask] = {
    "getNum": lambda reg, _: reg.buy(KEY, WANT),
    "getNumRepeat": lambda reg, order: reg.repeat(KEY, Watched(order), phone="", service="whatsapp"),
}
PRINTS = [Prints(), Prints(words="original", numbers=True, listed=True, plus=True)]


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture(params=PRINTS, ids=["document", "original"])
def sim(clock: ManualClock, request: pytest.FixtureRequest) -> SmsRegSimulator:
    """A provider with one customer and a shelf, in the document's words and in those it imitates."""
    sim = SmsRegSimulator(clock=clock, prints=request.param)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("whatsapp", "ru", count=5, price="2.5")
    return sim


@pytest.fixture
async def reg(sim: SmsRegSimulator, clock: ManualClock) -> AsyncIterator[SmsReg]:
    """The adapter, with the record that ships."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        yield SmsReg(build_presets(getsms_online_url=url, getsms_online_api="sms_reg")[0], http)


async def bought(reg: SmsReg, clock: ManualClock) -> str:
    """Buy a number and return the order's id."""
    return (await in_time(clock, reg.buy(KEY, WANT))).remote_id


async def answered(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> str:
    """Buy a number, have it receive an SMS, and return the order's id."""
    order = await bought(reg, clock)
    await in_time(clock, reg.ready(KEY, Watched(order)))
    sim.deliver(order, "Your code: 1111", "1111")
    return order


async def test_from_purchase_to_the_second_sms(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """A number comes late, its SMS after "ready", another one on request, and the money goes once."""
    sim.number_after = 5
    order = Watched(await bought(reg, clock))
    assert await in_time(clock, reg.number(KEY, order)) is None
    await clock.advance(5)
    assert await in_time(clock, reg.number(KEY, order)) == sim.operation(order.remote_id).phone
    sim.deliver(order.remote_id, "Your code: 1111", "1111")
    assert await in_time(clock, reg.check(KEY, order)) is None
    await in_time(clock, reg.ready(KEY, order))
    first = await in_time(clock, reg.check(KEY, order))
    assert first is not None
    assert first.code == "1111"
    await in_time(clock, reg.ready(KEY, order))  # once more: harmless
    assert await in_time(clock, reg.retry(KEY, order)) is None
    assert await in_time(clock, reg.check(KEY, order)) is None
    sim.deliver(order.remote_id, "Two words", None)
    second = await in_time(clock, reg.check(KEY, order))
    assert second is not None
    assert second.text == "Two words"
    await in_time(clock, reg.finish(KEY, order))
    assert not sim.operation(order.remote_id).alive
    await in_time(clock, reg.finish(KEY, order))  # once more: harmless
    assert await in_time(clock, reg.balance(KEY)) == rub("97.50")
    assert len(sim.ledger.charges) == 1


async def test_a_number_that_is_used_up(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """The order is over, the money is back; with an SMS there it is told instead."""
    order = Watched(await bought(reg, clock))
    assert await in_time(clock, reg.ban(KEY, order)) is None
    assert sim.operation(order.remote_id).state is State.USED
    assert await in_time(clock, reg.balance(KEY)) == rub("100.00")
    with pytest.raises((errors.OrderExpired, errors.OrderClosed)):
        await in_time(clock, reg.check(KEY, order))
    late = Watched(await answered(reg, sim, clock))
    told = await in_time(clock, reg.ban(KEY, late))
    assert told is not None
    assert told.code == "1111"


@pytest.mark.parametrize("ready", [False, True])
async def test_the_time_runs_out(
    reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock, *, ready: bool
) -> None:
    """Without an SMS the order expires and the money is back; without a number nothing was charged."""
    order = Watched(await bought(reg, clock))
    if ready:
        await in_time(clock, reg.ready(KEY, order))
    await clock.advance(20 * 60)
    with pytest.raises(errors.OrderExpired):
        await in_time(clock, reg.check(KEY, order))
    assert await in_time(clock, reg.balance(KEY)) == rub("100.00")
    sim.stock("whatsapp", "ru", count=0, price="2.5")
    none = Watched(await bought(reg, clock))
    with pytest.raises(errors.NoNumbers):
        await in_time(clock, reg.number(KEY, none))
    assert await in_time(clock, reg.balance(KEY)) == rub("100.00")


async def test_the_last_sms_survives_the_end(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Whoever was away when it came still reads it after the order's end."""
    order = Watched(await answered(reg, sim, clock))
    await clock.advance(20 * 60)
    sms = await in_time(clock, reg.check(KEY, order))
    assert sms is not None
    assert sms.code == "1111"


async def test_the_same_number_again(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Busy while the order lives, then free of charge, then gone with its card."""
    order = Watched(await answered(reg, sim, clock))
    phone = sim.operation(order.remote_id).phone
    with pytest.raises(errors.NumberBusy):
        await in_time(clock, reg.repeat(KEY, order, phone=phone, service="whatsapp"))
    await in_time(clock, reg.finish(KEY, order))
    again = await in_time(clock, reg.repeat(KEY, order, phone=phone, service="whatsapp"))
    assert await in_time(clock, reg.number(KEY, Watched(again.remote_id))) == phone
    sim.expire(again.remote_id)
    sim.retire(phone)
    with pytest.raises(errors.NotRepeatable):
        await in_time(clock, reg.repeat(KEY, order, phone=phone, service="whatsapp"))
    assert await in_time(clock, reg.balance(KEY)) == rub("97.50")


async def test_refusals(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Whatever the provider refuses has its own name here."""
    nobody = Key("nobody")
    sim.add_key("poor", balance="1.00")
    order = Watched(await bought(reg, clock))
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (reg.balance(nobody), errors.KeyRejected),
        (reg.buy(nobody, WANT), errors.KeyRejected),
        (reg.check(nobody, order), errors.KeyRejected),
        (reg.ready(nobody, order), errors.KeyRejected),
        (reg.buy(KEY, Want("nothing", "ru")), errors.BadService),
        (reg.buy(KEY, Want("whatsapp", "atlantis")), errors.BadRequest),
        (reg.buy(Key("poor"), WANT), errors.LowBalance),
        (reg.check(KEY, Watched("1")), errors.OrderGone),
        (reg.ban(KEY, Watched("1")), errors.OrderGone),
        (reg.repeat(KEY, Watched("1"), phone="", service=""), errors.OrderGone),
        (reg.retry(KEY, order), errors.NoSmsYet),
        (reg.finish(KEY, order), errors.NoSmsYet),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert len(sim.operations) == 1


def test_operators_are_the_same_ones() -> None:
    """Both sides took the same words for countries and operators from the page."""
    words = {f"{country}_{name}" for country, names in OPERATORS.items() for name in names}
    assert words == {code for code in goods.COUNTRIES if "_" in code}


WORDS: dict[str, type[ProviderError]] = {**UGLY, "unknown-error": Malformed}


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize(("fault", "error"), WORDS.items())
async def test_free_calls_on_a_bad_day(
    reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock, name: str, fault: str, error: type[ProviderError]
) -> None:
    """Every fault has its name, none of them ends an order, and afterwards the question is answered."""
    order = await answered(reg, sim, clock)
    with suppress(errors.Refused):  # the faults that keep back only the answer have ended the order
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](reg, order))


async def test_words_from_the_wild(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Ends that the document does not print are ends; a template says nothing; what lives is kept."""
    order = Watched(await answered(reg, sim, clock))
    for fault, error in (
        ("w161", Malformed),
        ("w170", errors.OrderExpired),
        ("w173", errors.OrderExpired),
        ("unknown-word", Malformed),
    ):
        sim.fault(fault, "getState")
        with pytest.raises(error):
            await in_time(clock, reg.check(KEY, order))
    sim.fault("w166", "getNum")
    with pytest.raises(errors.LowBalance):
        await bought(reg, clock)
    sim.fault("wait-15-min", "getNum")
    with pytest.raises(RateLimited):
        await bought(reg, clock)
    assert sim.operation(order.remote_id).state is State.ANSWER


async def test_keys_stay_out_of_urls(reg: SmsReg, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """Every request is a POST with the key in its body."""
    order = await answered(reg, sim, clock)
    for ask in (FREE | PAID).values():
        with suppress(ProviderError):
            await in_time(clock, ask(reg, order))
    assert {asked.method for asked in sim.ledger.requests} == {*FREE, *PAID}
    assert {asked.verb for asked in sim.ledger.requests} == {"POST"}
