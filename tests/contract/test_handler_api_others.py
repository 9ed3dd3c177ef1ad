"""The ``handler_api.php`` adapter at GetSMS.ONLINE and at Get-SMS's compatible API, both simulated."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import NotOffered, ProviderError
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.presets import build_presets
from bot.providers.registry import build_records
from bot.providers.trade import Want, Watched
from sandbox.getsms import GetSmsSimulator, State
from sandbox.getsms import serve as serve_getsms
from sandbox.handler_api import GETSMS_ONLINE, HandlerApiSimulator, Prints, Stage, Variant, serve
from tests.contract.bad_days import HASTE, TLS, borne
from tests.contract.test_handler_api_bad_days import WORDS
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
WANT = Want("wa", "ru")
FORWARDING = Want("av", "ru", forward=True)

Ask = Callable[[HandlerApi, str], Awaitable[Any]]

FREE: dict[str, Ask] = {
    "getBalance": lambda house, _: house.balance(KEY),
    "getPrices": lambda house, _: house.quotes(KEY, service="wa"),
    "getNumberBalance": lambda house, _: house.number_balance(KEY, "79960000000"),
    "getStatus": lambda house, order: house.check(KEY, Watched(order)),
    "setStatus": lambda house, order: house.ready(KEY, Watched(order)),
    "cleanblacklist": lambda house, _: house.clean_blacklist(KEY),
}


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture(params=["bare", "quoted"])
def sim(clock: ManualClock, request: pytest.FixtureRequest) -> HandlerApiSimulator:
    """A GetSMS.ONLINE with one customer and some shelves."""
    sim = HandlerApiSimulator(GETSMS_ONLINE, clock, Prints(values=request.param, json="document"))
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wa", "ru", count=10, price="2.5")
    sim.stock("av", "ru", count=5, price="3")
    sim.stock("av", "ru", count=5, price="4", variant=Variant.FORWARD)
    return sim


@pytest.fixture
async def house(sim: HandlerApiSimulator, clock: ManualClock) -> AsyncIterator[HandlerApi]:
    """The adapter, with the record that ships, but for its rate: this clock stands still between requests."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        record = build_presets(getsms_online_url=url)[0]
        yield HandlerApi(replace(record, limits=replace(record.limits, requests_per_second=None)), http)


async def test_looking_around(house: HandlerApi) -> None:
    """Balance and prices mean the same on both sides; a second code of a service finds it, too."""
    assert await house.balance(KEY) == rub("100.00")
    assert await house.quotes(KEY, service="wa") == (Quote("wa", "ru", rub("2.5"), 10),)
    assert await house.quotes(KEY, service="at") == (Quote("av", "ru", rub("3"), 5),)
    assert len(await house.quotes(KEY, country="ru")) == 2


async def test_from_purchase_to_the_end(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """An SMS counts once the house was told of it; a finished order still tells its code."""
    order = sim.order((await house.buy(KEY, Want("wa", "ru", "mts"))).remote_id)
    assert order.operator == "mts"
    watched = Watched(order.id)
    sim.deliver(order.id, "12345", "12345")
    assert await house.check(KEY, watched) is None
    await house.ready(KEY, watched)
    assert await house.check(KEY, watched) == Sms("12345", "12345")
    await house.retry(KEY, watched)
    assert await house.check(KEY, watched) is None
    sim.deliver(order.id, "Code 777888", "777888")
    assert await house.check(KEY, watched) == Sms("777888", "777888")
    await house.finish(KEY, watched)
    assert await house.check(KEY, watched) == Sms("777888", "777888")
    assert await house.balance(KEY) == rub("97.50")


async def test_several_sms(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Where further SMS were ordered elsewhere, the answer that names the next order is an end, too."""
    purchase = await house.buy(KEY, WANT)
    sim.order(purchase.remote_id).further = 1
    await house.ready(KEY, Watched(purchase.remote_id))
    sim.deliver(purchase.remote_id, "1")
    await house.finish(KEY, Watched(purchase.remote_id))
    assert len(sim.orders) == 2


async def test_an_sms_that_is_to_be_sent_again(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Saying that it was sent is the same the second time."""
    order = (await house.buy(KEY, WANT)).remote_id
    sim.have_resent(order)
    assert await house.check(KEY, Watched(order)) is None
    await house.ready(KEY, Watched(order))
    assert sim.order(order).stage is Stage.WAITING


async def test_giving_back_and_banning(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Two different words with two different ends; banning is over once the SMS was asked for."""
    canceled, banned = [(await house.buy(KEY, WANT)).remote_id for _ in range(2)]
    assert await house.cancel(KEY, Watched(canceled)) is None
    assert await house.ban(KEY, Watched(banned)) is None
    assert await house.balance(KEY) == rub("100.00")
    with pytest.raises(errors.OrderClosed):
        await house.check(KEY, Watched(canceled))
    with pytest.raises(errors.NumberTrouble):
        await house.check(KEY, Watched(banned))
    assert sim.world.blacklists["testapikey"] == {sim.order(banned).phone}
    await house.clean_blacklist(KEY)
    assert sim.world.blacklists["testapikey"] == set()
    late = (await house.buy(KEY, WANT)).remote_id
    await house.ready(KEY, Watched(late))
    with pytest.raises(errors.TooLateToCancel):
        await house.ban(KEY, Watched(late))
    sim.deliver(late, "55555", "55555")
    assert await house.cancel(KEY, Watched(late)) == Sms("55555", "55555")


async def test_the_same_number_again(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """A number that was paid for once is repeated for nothing, one order at a time."""
    purchase = await house.buy(KEY, WANT)
    order, phone = Watched(purchase.remote_id), purchase.phone or ""
    with pytest.raises(errors.AlreadyDone):
        await house.repeat(KEY, order, phone=phone, service="wa")
    await house.ready(KEY, order)
    sim.deliver(order.remote_id, "1")
    await house.finish(KEY, order)
    assert (await house.repeat(KEY, order, phone=phone, service="wa")).phone == phone
    assert await house.balance(KEY) == rub("97.50")
    with pytest.raises(errors.NotRepeatable):
        await house.repeat(KEY, order, phone="79960000000", service="wa")


async def test_the_balance_of_a_number(
    house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock
) -> None:
    """It is asked for until it is told."""
    phone = (await house.buy(KEY, FORWARDING)).phone or ""
    assert await house.number_balance(KEY, phone) is None
    await clock.advance(20)
    assert await house.number_balance(KEY, phone) == rub("100.00")
    with pytest.raises(errors.BadNumber):
        await house.number_balance(KEY, "79960000000")
    sim.fault("no-number-balance")
    with pytest.raises(errors.Refused):
        await house.number_balance(KEY, phone)


async def test_forwarding_needs_somewhere_to(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """A forwarding number is made ready with the phone that it forwards to, and not without."""
    order = (await house.buy(KEY, FORWARDING)).remote_id
    with pytest.raises(errors.BadRequest):
        await house.ready(KEY, Watched(order))
    await house.ready(KEY, Watched(order), forward_to="79261234567")
    assert sim.order(order).forward_to == "79261234567"


async def test_refusals(house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock) -> None:
    """Whatever the provider refuses has its own name here."""
    sim.stock("tg", "ru", count=1, price="1000")
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (house.balance(Key("nobody")), errors.KeyRejected),
        (house.buy(KEY, Want("nothing", "ru")), errors.BadService),
        (house.buy(KEY, Want("wa", "atlantis")), errors.BadCountry),
        (house.buy(KEY, Want("wa", "ru", "sealand")), errors.BadCountry),
        (house.buy(KEY, Want("ig", "ru")), errors.NoNumbers),
        (house.buy(KEY, Want("tg", "ru")), errors.LowBalance),
        (house.check(KEY, Watched("1")), errors.OrderGone),
        (house.cancel(KEY, Watched("1")), errors.OrderGone),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert sim.orders == []
    with pytest.raises(NotOffered):
        await house.active(KEY)


@pytest.mark.parametrize("sim", ["bare"], indirect=True)
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
    """Every fault has its name, and when it is over the same question is answered, if only by a no."""
    order = (await house.buy(KEY, WANT)).remote_id
    with suppress(errors.BadNumber, errors.BadRequest):
        await borne(sim, clock, (fault, name, error), lambda: FREE[name](house, order))


@pytest.fixture
def getsms(clock: ManualClock) -> GetSmsSimulator:
    """A Get-SMS with one customer and two shelves."""
    sim = GetSmsSimulator(clock=clock)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wa", "ru", count=5, price="25")
    sim.stock("wa", "england", count=2, price="48.67")
    return sim


@pytest.fixture
async def compatible(getsms: GetSmsSimulator, clock: ManualClock) -> AsyncIterator[HandlerApi]:
    """The adapter for Get-SMS's other language, with the record that ships."""
    async with serve_getsms(getsms) as url, Http(clock, HASTE, TLS) as http:
        yield HandlerApi(build_records(url, "compatible")[0], http)


async def test_the_compatible_language(compatible: HandlerApi, getsms: GetSmsSimulator) -> None:
    """A number is bought, used twice and completed in Get-SMS's other language, on the same account."""
    assert await compatible.balance(KEY) == rub("100")
    assert await compatible.quotes(KEY, service="wa") == (Quote("wa", "0", rub("25"), 5),)
    assert await compatible.quotes(KEY, service="wa", country="16") == (Quote("wa", "16", rub("48.67"), 2),)
    assert await compatible.quotes(KEY, country="36") == ()
    purchase = await compatible.buy(KEY, Want("wa", "0"))
    order = Watched(purchase.remote_id)
    assert purchase.phone == getsms.order(order.remote_id).phone
    assert await compatible.check(KEY, order) is None
    await compatible.ready(KEY, order)
    getsms.deliver(order.remote_id, "Code: 5", "5")
    assert await compatible.check(KEY, order) == Sms("5", "5")
    await compatible.retry(KEY, order)
    assert await compatible.check(KEY, order) == Sms("5", "5", earlier=True)
    getsms.deliver(order.remote_id, "no code: in it")
    assert await compatible.check(KEY, order) == Sms("no code: in it")
    await compatible.finish(KEY, order)
    assert await compatible.balance(KEY) == rub("75")


@pytest.mark.parametrize(("close", "state"), [("cancel", State.CANCELED), ("ban", State.CANCELED)])
async def test_giving_back_in_the_compatible_language(
    compatible: HandlerApi, getsms: GetSmsSimulator, close: str, state: State
) -> None:
    """There is one status for both ends."""
    order = Watched((await compatible.buy(KEY, Want("wa", "0"))).remote_id)
    assert await getattr(compatible, close)(KEY, order) is None
    assert getsms.order(order.remote_id).state is state
    assert await compatible.balance(KEY) == rub("100")


async def test_refusals_in_the_compatible_language(
    compatible: HandlerApi, getsms: GetSmsSimulator, clock: ManualClock
) -> None:
    """Whatever is refused has its own name here, too."""
    getsms.set_balance("testapikey", "30")
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (compatible.balance(Key("nobody")), errors.KeyRejected),
        (compatible.buy(KEY, Want("", "0")), errors.BadService),
        (compatible.buy(KEY, Want("zz", "0")), errors.BadService),
        (compatible.buy(KEY, Want("wa", "36")), errors.NoNumbers),
        (compatible.buy(KEY, Want("wa", "16")), errors.LowBalance),
        (compatible.check(KEY, Watched("1")), errors.OrderGone),
        (compatible.cancel(KEY, Watched("1")), errors.OrderGone),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    getsms.fault("banned")
    with pytest.raises(errors.Banned):
        await compatible.buy(KEY, Want("wa", "0"))
    assert getsms.orders == []
