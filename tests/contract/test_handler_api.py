"""The ``handler_api.php`` adapter and the simulated SMS-Activate, two readings of one document."""

from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.errors import ProviderError
from bot.domain.money import Money
from bot.domain.offers import Quote
from bot.domain.secrets import Key
from bot.domain.sms import Sms
from bot.providers.handler_api import HandlerApi
from bot.providers.http import Http
from bot.providers.presets import build_presets
from bot.providers.trade import Want, Watched
from sandbox.handler_api import SMS_ACTIVATE, HandlerApiSimulator, Prints, Stage, Variant, serve
from tests.contract.bad_days import HASTE, TLS
from tests.support.clock import ManualClock
from tests.support.pace import in_time

KEY = Key("testapikey")
WANT = Want("wa", "0")
CALLED = "78006007664"
PRINTS = [Prints(), Prints(values="quoted", json="document")]


def rub(amount: str) -> Money:
    """Return roubles."""
    return Money(Decimal(amount), "RUB")


@pytest.fixture
def clock() -> ManualClock:
    """One time for both sides."""
    return ManualClock()


@pytest.fixture(params=PRINTS, ids=["plain", "as-printed"])
def sim(clock: ManualClock, request: pytest.FixtureRequest) -> HandlerApiSimulator:
    """An SMS-Activate with one customer and some shelves, its values bare or in the document's quotes."""
    sim = HandlerApiSimulator(SMS_ACTIVATE, clock, request.param)
    sim.add_key("testapikey", balance="100.00")
    sim.stock("wa", "0", count=12, price="2.5")
    sim.stock_dearer("wa", "0", count=3, price="4")
    sim.stock("wa", "6", count=0, price="48.67")
    sim.stock("tg", "0", count=6, price="7")
    sim.stock("wa", "0", count=2, price="5", variant=Variant.VOICE)
    sim.stock("av", "0", count=2, price="6")
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


async def test_looking_around(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Balance, prices, tiers and lists mean the same on both sides."""
    assert await house.balance(KEY) == rub("100.00")
    everywhere = await house.quotes(KEY, service="wa")
    assert everywhere == (Quote("wa", "0", rub("2.5"), 12), Quote("wa", "6", rub("48.67"), 0))
    assert await house.quotes(KEY, service="wa", country="0") == (
        Quote("wa", "0", rub("2.50"), 12),
        Quote("wa", "0", rub("4.00"), 3),
    )
    assert {(quote.service, quote.country) for quote in await house.quotes(KEY)} == {
        ("wa", "0"),
        ("wa", "6"),
        ("tg", "0"),
        ("av", "0"),
    }
    assert await house.quotes(KEY, country="7") == ()
    assert await house.voice_quotes(KEY, "wa") == (Quote("wa", "0", rub("5.00"), 2),)
    assert await house.operators(KEY, "2") == ("tele2", "beeline", "activ", "altel")
    assert await house.operators(KEY, "7") == ()
    assert {rate.country for rate in await house.rates(KEY, "wa")} == {"0", "6"}
    (russia, *_) = await house.countries(KEY)
    assert (russia.code, russia.english, russia.russian) == ("0", "Russia", "Россия")
    assert russia.several
    assert sim.orders == []


async def test_from_purchase_to_the_second_sms(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """A number is bought, made ready, used twice and completed; the money goes once."""
    purchase = await house.buy(KEY, WANT)
    order, watched = sim.order(purchase.remote_id), Watched(purchase.remote_id)
    assert (purchase.phone, purchase.price, purchase.can_retry) == (order.phone, rub("2.50"), True)
    assert await house.check(KEY, watched) is None
    await house.ready(KEY, watched)
    assert sim.order(order.id).stage is Stage.WAITING
    with pytest.raises(errors.NoSmsYet):
        await house.retry(KEY, watched)
    sim.deliver(order.id, "Your code: 753455", "753455")
    assert await house.check(KEY, watched) == Sms("753455", "753455")
    await house.retry(KEY, watched)
    assert await house.check(KEY, watched) == Sms("753455", "753455", earlier=True)
    sim.deliver(order.id, "<b>Код</b>: 12-34 'x'")
    assert await house.check(KEY, watched) == Sms("<b>Код</b>: 12-34 'x'")
    await house.finish(KEY, watched)
    assert sim.order(order.id).stage is Stage.FINISHED
    with pytest.raises(errors.OrderClosed):
        await house.check(KEY, watched)
    assert await house.balance(KEY) == rub("97.50")
    assert len(sim.ledger.charges) == 1


async def test_an_sms_that_is_to_be_sent_again(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """When the house wants the SMS sent once more, saying so lets it wait again."""
    order = await bought(house)
    sim.deliver(order, "1")
    sim.have_resent(order)
    assert await house.check(KEY, Watched(order)) is None
    await house.ready(KEY, Watched(order))
    assert sim.order(order).stage is Stage.AGAIN


@pytest.mark.parametrize("close", ["cancel", "ban"])
async def test_giving_a_number_back(
    house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock, close: str
) -> None:
    """Not in the first two minutes; then the money is back, and a second time does no harm."""
    order = await bought(house)
    with pytest.raises(errors.TooEarlyToCancel):
        await getattr(house, close)(KEY, Watched(order))
    await clock.advance(house.dialect.cancel_after)
    assert await getattr(house, close)(KEY, Watched(order)) is None
    assert sim.order(order).stage is Stage.CANCELED
    assert await house.balance(KEY) == rub("100.00")
    with pytest.raises(errors.OrderClosed):
        await getattr(house, close)(KEY, Watched(order))


async def test_a_code_beats_giving_back(
    house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock
) -> None:
    """A number whose code has come cannot be given back, and the code is told."""
    order = await bought(house)
    await clock.advance(120)
    sim.deliver(order, "12345", "12345")
    assert await house.cancel(KEY, Watched(order)) == Sms("12345", "12345")
    assert sim.order(order).alive


async def test_the_lifetime_ends(house: HandlerApi, clock: ManualClock) -> None:
    """After the record's lifetime the order is closed, and nothing is said of the money."""
    order = await bought(house)
    await clock.advance(house.record.limits.lifetime.total_seconds() + 1)
    with pytest.raises(errors.OrderClosed):
        await house.check(KEY, Watched(order))
    assert await house.active(KEY) == ()


async def test_wishes(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Operator, highest price, calls and forwarding bring the number that was wanted."""
    plain = sim.order(await bought(house, Want("wa", "0", "tele2")))
    assert (plain.operator, plain.price) == ("tele2", Decimal("2.5"))
    with pytest.raises(errors.PriceTooLow) as told:
        await bought(house, Want("wa", "0", max_price=Decimal("2.4")))
    assert told.value.minimum == Decimal("2.50")
    sim.stock("wa", "0", count=0, price="2.5")
    with pytest.raises(errors.NoNumbers):
        await bought(house)
    dear = sim.order(await bought(house, Want("wa", "0", max_price=Decimal(4))))
    assert dear.price == Decimal(4)
    assert sim.order(await bought(house, Want("wa", "0", voice=True))).variant is Variant.VOICE
    forwarding = await bought(house, Want("av", "0", forward=True))
    await house.ready(KEY, Watched(forwarding), forward_to="79261234567")
    assert sim.order(forwarding).forward_to == "79261234567"


async def test_one_number_for_two_services(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """Both orders are on one number, each with its own code."""
    first, second = await house.buy_several(KEY, WANT, ("wa", "tg"))
    assert first.phone == second.phone
    assert (first.service, second.service) == ("wa", "tg")
    sim.deliver(second.remote_id, "99", "99")
    assert await house.check(KEY, Watched(first.remote_id)) is None
    assert await house.check(KEY, Watched(second.remote_id)) == Sms("99", "99")


async def test_what_is_open_and_what_was(
    house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock
) -> None:
    """Open orders are listed with their SMS, ended ones in the history."""
    assert await house.active(KEY) == ()
    order = await bought(house)
    sim.deliver(order, "Your code: 7", "7")
    (active,) = await house.active(KEY)
    assert (active.remote_id, active.phone) == (order, sim.order(order).phone)
    assert (active.service, active.country, active.price) == ("wa", "0", rub("2.50"))
    assert active.sms == (Sms("Your code: 7", "7"),)
    await house.finish(KEY, Watched(order))
    assert await house.active(KEY) == ()
    now = clock.now()
    (past,) = await house.history(KEY, since=now - timedelta(hours=1), until=now + timedelta(hours=1))
    assert (past.remote_id, past.phone, past.price) == (order, active.phone, rub("2.5"))
    assert (past.sms, past.status) == ((Sms("Your code: 7"),), "6")


async def test_the_same_number_again(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """What another activation costs is told first, and then taken."""
    order = Watched(await bought(house))
    with pytest.raises(errors.NotRepeatable):
        await house.repeat_price(KEY, order)
    sim.deliver(order.remote_id, "1")
    await house.finish(KEY, order)
    price = await house.repeat_price(KEY, order)
    before = await house.balance(KEY)
    again = await house.repeat(KEY, order, phone="", service="wa")
    assert again.phone == sim.order(order.remote_id).phone
    assert await house.balance(KEY) == before - price
    with pytest.raises(errors.NotRepeatable):
        await house.repeat(KEY, order, phone="", service="wa")


async def test_an_additional_service(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """A forwarded number takes further services once its first SMS came, each of them once."""
    order = Watched(await bought(house, Want("av", "0", forward=True)))
    with pytest.raises(errors.NotRepeatable):
        await house.additional(KEY, order, service="ya")
    sim.deliver(order.remote_id, "1")
    further = await house.additional(KEY, order, service="ya")
    assert further.phone == sim.order(order.remote_id).phone
    with pytest.raises(errors.AlreadyDone):
        await house.additional(KEY, order, service="ya")
    with pytest.raises(errors.BadService):
        await house.additional(KEY, order, service="wa")
    with pytest.raises(errors.OrderGone):
        await house.additional(KEY, Watched("1"), service="ya")


async def test_calls(house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock) -> None:
    """Who called is told; calls out are ordered once and listed."""
    order = Watched(await bought(house, Want("wa", "0", voice=True)))
    assert await house.call_status(KEY, order) is None
    sim.deliver(order.remote_id, "", None, "79991234567")
    assert await house.call_status(KEY, order) == "79991234567"
    assert await house.outgoing(KEY, order) == ()
    await house.call_out(KEY, order, CALLED)
    with pytest.raises(errors.AlreadyDone):
        await house.call_out(KEY, order, CALLED)
    (call,) = await house.outgoing(KEY, order)
    assert (call.activation, call.phone) == (order.remote_id, sim.order(order.remote_id).phone)
    assert call.status == "IN_PROCESS"
    silent = Watched(await bought(house, Want("wa", "0", voice=True)))
    with pytest.raises(errors.BadNumber):
        await house.call_out(KEY, silent, "7")
    await clock.advance(20 * 60)
    with pytest.raises(errors.OrderClosed):
        await house.call_status(KEY, silent)
    with pytest.raises(errors.OrderGone):
        await house.call_status(KEY, Watched("1"))


async def test_refusals(house: HandlerApi, sim: HandlerApiSimulator, clock: ManualClock) -> None:
    """Whatever the provider refuses has its own name here."""
    nobody = Key("nobody")
    sim.stock("wa", "1", count=1, price="1000")
    order = await bought(house)
    before = len(sim.orders)
    cases: list[tuple[Awaitable[Any], type[ProviderError]]] = [
        (house.balance(nobody), errors.KeyRejected),
        (house.quotes(nobody), errors.KeyRejected),
        (house.buy(nobody, WANT), errors.KeyRejected),
        (house.check(nobody, Watched(order)), errors.KeyRejected),
        (house.active(nobody), errors.KeyRejected),
        (house.buy(KEY, Want("nothing", "0")), errors.BadService),
        (house.buy(KEY, Want("wa", "999")), errors.NoNumbers),
        (house.buy(KEY, Want("wa", "0", "sealand")), errors.NoNumbers),
        (house.buy(KEY, Want("wa", "6")), errors.NoNumbers),
        (house.buy(KEY, Want("wa", "1")), errors.LowBalance),
        (house.buy_several(KEY, WANT, ("wa", "nothing")), errors.BadService),
        (house.rates(KEY, "nothing"), errors.BadService),
        (house.check(KEY, Watched("1")), errors.OrderGone),
        (house.cancel(KEY, Watched("1")), errors.OrderGone),
        (house.finish(KEY, Watched("")), errors.OrderGone),
        (house.repeat(KEY, Watched("1"), phone="", service="wa"), errors.OrderGone),
    ]
    for work, error in cases:
        with pytest.raises(ProviderError) as told:
            await in_time(clock, work)
        assert type(told.value) is error
    assert len(sim.orders) == before


async def test_unwanted_prefixes(sim: HandlerApiSimulator, clock: ManualClock) -> None:
    """A record may exclude numbers by their first digits; a wrong exclusion is told."""
    async with serve(sim) as url, Http(clock, HASTE, TLS) as http:
        record = build_presets(sms_activate_url=url)[1]
        for prefixes, error in (("7996", errors.NoNumbers), ("9", errors.BadRequest)):
            quirks = {**record.quirks, "phone_exception": prefixes}
            with pytest.raises(error):
                await HandlerApi(replace(record, quirks=quirks), http).buy(KEY, WANT)


async def test_a_ban(house: HandlerApi, sim: HandlerApiSimulator) -> None:
    """A ban is told in the house's words, and nothing is bought."""
    sim.fault("banned")
    with pytest.raises(errors.Banned) as told:
        await bought(house)
    assert told.value.until is None
    assert told.value.text is not None
    assert sim.orders == []
