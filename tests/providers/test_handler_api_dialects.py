"""How a record's quirks choose and amend a dialect of ``handler_api.php``."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.errors import NotOffered
from bot.providers.activations import Activations
from bot.providers.base import Capability, Record
from bot.providers.handler_api import HandlerApi
from bot.providers.handler_api_dialects import DIALECTS, Buy, Outer, Repeat, dialect_of
from bot.providers.http import Http
from tests.providers.handler_api_house import KEY, ORDER, house, record
from tests.providers.handler_api_refusals import SINCE, UNTIL, WANT
from tests.support.wire import Wire

OPTIONAL: dict[Capability, Callable[[HandlerApi], Awaitable[Any]]] = {
    Capability.CANCEL: lambda house: house.cancel(KEY, ORDER),
    Capability.BAN: lambda house: house.ban(KEY, ORDER),
    Capability.RETRY: lambda house: house.retry(KEY, ORDER),
    Capability.READY: lambda house: house.ready(KEY, ORDER),
    Capability.FINISH: lambda house: house.finish(KEY, ORDER),
    Capability.REPEAT: lambda house: house.repeat(KEY, ORDER, phone="79501231234", service="vk"),
    Capability.REPEAT_PRICE: lambda house: house.repeat_price(KEY, ORDER),
    Capability.ADDITIONAL: lambda house: house.additional(KEY, ORDER, service="vk"),
    Capability.SEVERAL: lambda house: house.buy_several(KEY, WANT, ("vk", "ok")),
    Capability.OPERATORS: lambda house: house.operators(KEY, "0"),
    Capability.VOICE: lambda house: house.voice_quotes(KEY, "vk"),
    Capability.ACTIVE: lambda house: house.active(KEY),
    Capability.HISTORY: lambda house: house.history(KEY, since=SINCE, until=UNTIL),
    Capability.RATES: lambda house: house.rates(KEY, "vk"),
    Capability.COUNTRIES: lambda house: house.countries(KEY),
    Capability.NUMBER_BALANCE: lambda house: house.number_balance(KEY, "79501231234"),
    Capability.CLEAN_BLACKLIST: lambda house: house.clean_blacklist(KEY),
    Capability.CALL_STATUS: lambda house: house.call_status(KEY, ORDER),
    Capability.CALL_OUT: lambda house: house.call_out(KEY, ORDER, "78006007664"),
}
CORE = {Capability.CANCEL, Capability.BAN, Capability.RETRY, Capability.READY, Capability.FINISH}


@pytest.mark.parametrize(
    ("dialect", "capabilities"),
    [
        ("getsms", CORE),
        ("clone", CORE | {Capability.COUNTRIES}),
        ("vak_sms", CORE),
        (
            "getsms_online",
            CORE
            | {
                Capability.READY_FIRST,
                Capability.BAN_FIRST,
                Capability.REPEAT,
                Capability.FREE_REPEAT,
                Capability.OPERATORS,
                Capability.FORWARD,
                Capability.NUMBER_BALANCE,
                Capability.CLEAN_BLACKLIST,
            },
        ),
        (
            "sms_activate",
            set(Capability)
            - {
                Capability.FOLLOW_UP,
                Capability.LATE_NUMBER,
                Capability.READY_FIRST,
                Capability.BAN_FIRST,
                Capability.UNPRICED,
                Capability.FREE_REPEAT,
                Capability.NUMBER_BALANCE,
                Capability.CLEAN_BLACKLIST,
            },
        ),
        (
            "hero_sms",
            CORE - {Capability.READY}
            | {Capability.OPERATORS, Capability.MAX_PRICE, Capability.ACTIVE, Capability.COUNTRIES},
        ),
    ],
)
def test_what_each_dialect_can_do(dialect: str, capabilities: set[Capability]) -> None:
    """A house offers what its page describes, or what it was seen to do."""
    assert dialect_of(record(dialect=dialect)).capabilities == capabilities


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_what_a_dialect_lacks_is_not_asked_for(wire: Wire, http: Http, dialect: str) -> None:
    """Methods beyond the capabilities refuse, and send nothing."""
    adapter = house(wire, http, dialect)
    for capability, ask in OPTIONAL.items():
        if capability not in adapter.capabilities:
            with pytest.raises(NotOffered):
                await ask(adapter)
    assert wire.heard == []


async def test_methods_of_no_dialect(wire: Wire, http: Http) -> None:
    """What no page has, the contract refuses."""
    adapter: Activations = house(wire, http)
    with pytest.raises(NotOffered):
        await adapter.number(KEY, ORDER)


def test_statuses_and_methods() -> None:
    """What differs between the three pages is what they say."""
    getsms, online, activate = (DIALECTS[name] for name in ("getsms", "getsms_online", "sms_activate"))
    assert [(d.cancel, d.ban) for d in (getsms, online, activate)] == [("8", "8"), ("-1", "10"), ("8", "8")]
    assert [d.buy for d in (getsms, online, activate)] == [Buy.TEXT, Buy.TEXT, Buy.JSON]
    assert [d.repeat for d in (online, activate)] == [Repeat.BY_PHONE, Repeat.BY_ORDER]
    assert [d.cancel_after for d in (getsms, online, activate)] == [0, 0, 120]


def test_single_fields_are_replaced() -> None:
    """Further quirks amend the dialect that is named, and leave the rest of it."""
    quirks = {
        "cancel": "-1",
        "ban": "10",
        "cancel_after": "60",
        "buy": "getNumberV2",
        "repeat": "getRepeat",
        "prices": "service",
        "tiers": "true",
        "cashback": "1",
        "bad_action_is_key": "true",
        "phone_exception": "7918",
        "capabilities": "cancel, retry active",
    }
    dialect = dialect_of(record(dialect="clone", **quirks))
    assert (dialect.cancel, dialect.ban, dialect.cancel_after) == ("-1", "10", 60)
    assert (dialect.buy, dialect.repeat, dialect.prices) == (Buy.JSON, Repeat.BY_PHONE, Outer.SERVICE)
    assert dialect.tiers
    assert dialect.cashback
    assert dialect.bad_action_is_key
    assert dialect.phone_exception == "7918"
    assert dialect.capabilities == {Capability.CANCEL, Capability.RETRY, Capability.ACTIVE}
    assert dialect_of(record(dialect="getsms_online", cancel="8")).ban == "10"


def test_a_record_without_quirks() -> None:
    """Whoever says nothing gets what every house of the family does."""
    plain = Record("x", "X", "https://x.example", "handler_api", "USD", "sms_activate", "https://x.example")
    assert dialect_of(plain) == DIALECTS["clone"]


@pytest.mark.parametrize(
    ("quirks", "words"),
    [
        ({"dialect": "klingon"}, "no dialect 'klingon'; there are getsms, getsms_online"),
        ({"colour": "red"}, "no quirk 'colour'; there are dialect, capabilities"),
        ({"operators": "ru"}, "no quirk 'operators'"),
        ({"tiers": "perhaps"}, "quirk tiers cannot be 'perhaps'"),
        ({"cancel_after": "soon"}, "quirk cancel_after cannot be 'soon'"),
        ({"buy": "getNumberV9"}, "quirk buy cannot be 'getNumberV9'"),
        ({"capabilities": "cancel fly"}, "quirk capabilities cannot be 'cancel fly'"),
    ],
)
def test_a_quirk_that_there_is_not(quirks: dict[str, str], words: str) -> None:
    """A slip in the configuration is told in words, with the provider's name and what there is."""
    wrong = record(**{"dialect": "clone", **quirks})
    with pytest.raises(ValueError, match="house: ") as told:
        dialect_of(wrong)
    assert words in str(told.value)
