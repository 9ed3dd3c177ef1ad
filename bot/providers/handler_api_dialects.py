"""How the houses that speak ``handler_api.php`` differ: data, chosen and amended by a record's quirks.

Sources: Get-SMS's page, "Compatible API with other activation services" (``getsms``); GetSMS.ONLINE's page,
"API #1" (``getsms_online``); SMS-Activate's page, "Activation API" (``sms_activate``). The other dialects
hold what answers of running houses prove, and nothing more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.money import Money
from bot.providers import values
from bot.providers.base import Capability, Record


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


class Buy(StrEnum):
    """The method that buys a number."""

    TEXT = "getNumber"
    JSON = "getNumberV2"  # tells the price, too


class Repeat(StrEnum):
    """The method that buys the same number again."""

    BY_ORDER = "getExtraActivation"
    BY_PHONE = "getRepeat"


class Outer(StrEnum):
    """What the outer keys of ``getPrices`` are."""

    COUNTRY = "country"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What is special about a house.

    Attributes:
        capabilities: which methods it has beyond balance, prices, purchase and status.
        cancel: the ``setStatus`` that gives a number back.
        ban: the ``setStatus`` that says that a number is unusable.
        cancel_after: seconds in which a new number cannot be given back.
        buy: the method that buys.
        repeat: the method that buys the same number again.
        prices: what the outer keys of ``getPrices`` are.
        tiers: whether ``getTopCountriesByService`` tells stock by price.
        cashback: whether the balance includes cashback (``getBalanceAndCashBack``).
        bad_action_is_key: whether ``BAD_ACTION`` is also said of a wrong key.
        phone_exception: prefixes that bought numbers must not have, separated by commas.
        operators: the mobile operators by country, where a page lists them and no method does; an operator is
            then a part of the country's word, ``ru_mts``.
        aliases: service codes that mean the stock of another one.
        additional_price: what another service on a forwarded number costs; None where the page does not say.
        lists_sms: whether a page shows codes and texts in ``getActiveActivations``.
        forwards: the services whose numbers can be forwarded; None where the page does not name them.
    """

    capabilities: frozenset[Capability]
    cancel: str = "8"
    ban: str = "8"
    cancel_after: int = 0
    buy: Buy = Buy.TEXT
    repeat: Repeat = Repeat.BY_ORDER
    prices: Outer = Outer.COUNTRY
    tiers: bool = False
    cashback: bool = False
    bad_action_is_key: bool = False
    phone_exception: str = ""
    operators: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    aliases: Mapping[str, str] = field(default_factory=_none)
    lists_sms: bool = False
    forwards: tuple[str, ...] | None = None
    additional_price: Money | None = None

    def place(self, country: str, operator: str | None) -> str:
        """Return the country's word with its operator, where that is how an operator is named."""
        return f"{country}_{operator}" if operator and self.operators else country

    def split(self, place: str) -> tuple[str, str | None]:
        """Return the country and the operator in a word of ``place``."""
        country, _, operator = place.partition("_")
        return (country, operator) if operator in self.operators.get(country, ()) else (place, None)


_CORE = frozenset({Capability.CANCEL, Capability.BAN, Capability.RETRY, Capability.READY, Capability.FINISH})

DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        # "Compatible API with other activation services": four methods, and "no call forwarding yet"
        "getsms": Dialect(capabilities=_CORE),
        "getsms_online": Dialect(
            capabilities=_CORE
            | {
                Capability.READY_FIRST,  # STATUS_WAIT_READY
                Capability.BAN_FIRST,  # 10 is a status for state 0 alone
                Capability.REPEAT,
                Capability.FREE_REPEAT,
                Capability.OPERATORS,
                Capability.FORWARD,
                Capability.NUMBER_BALANCE,
                Capability.CLEAN_BLACKLIST,
            },
            cancel="-1",
            ban="10",
            repeat=Repeat.BY_PHONE,
            # "Country and provider"
            operators=MappingProxyType(
                {
                    "ru": ("beeline", "mts", "megafon", "tele2", "aiva"),
                    "ua": ("beeline", "kyivstar", "djuice", "mts", "jeans", "life"),
                    "kz": ("beeline", "aktiv", "tele2"),
                }
            ),
            # "Service" lists them in pairs; getNumbersStatus answers with the second of each
            aliases=MappingProxyType({"or": "ot", "at": "av", "gm": "go", "vr": "vi"}),
            forwards=("at", "av"),  # "only for Avito+Redirection"
        ),
        "sms_activate": Dialect(
            capabilities=_CORE
            | {
                Capability.REPEAT,
                Capability.REPEAT_PRICE,
                Capability.ADDITIONAL,
                Capability.OPERATORS,
                Capability.MAX_PRICE,
                Capability.SEVERAL,
                Capability.VOICE,
                Capability.FORWARD,
                Capability.ACTIVE,
                Capability.HISTORY,
                Capability.RATES,
                Capability.COUNTRIES,
                Capability.CALL_STATUS,
                Capability.CALL_OUT,
            },
            cancel_after=120,  # EARLY_CANCEL_DENIED, "within the first 2 minutes"
            buy=Buy.JSON,
            tiers=True,
            lists_sms=True,
            additional_price=Money(Decimal(5), "RUB"),  # "The cost of additional service is only 5p"
        ),
        # what every house of this family is known to do; its list of countries gives names alone, so that
        # nothing is lost at a house that has none
        "clone": Dialect(capabilities=_CORE | {Capability.COUNTRIES}),
        # seen: setStatus takes 3, 6 and 8 only; getNumberV2, WRONG_MAX_PRICE, getOperators,
        # getCountries and getActiveActivations answer; numbers can be given back after 120 s
        "hero_sms": Dialect(
            capabilities=(_CORE - {Capability.READY})
            | {Capability.OPERATORS, Capability.MAX_PRICE, Capability.ACTIVE, Capability.COUNTRIES},
            cancel_after=120,
            buy=Buy.JSON,
        ),
        "vak_sms": Dialect(capabilities=_CORE, bad_action_is_key=True),
    }
)

_CHOICE = "dialect"
_USUAL = "clone"


def _flag(value: str) -> bool:
    flag = values.flag(value)
    if flag is None:
        raise ValueError(value)
    return flag


def _capabilities(value: str) -> frozenset[Capability]:
    return frozenset(Capability(name) for name in value.replace(",", " ").split())


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "capabilities": _capabilities,
        "cancel": str,
        "ban": str,
        "cancel_after": int,
        "buy": Buy,
        "repeat": Repeat,
        "prices": Outer,
        "tiers": _flag,
        "cashback": _flag,
        "bad_action_is_key": _flag,
        "phone_exception": str,
    }
)


def dialect_of(record: Record) -> Dialect:
    """Return the dialect that a record's quirks describe.

    ``dialect`` names one of ``DIALECTS`` (``clone`` where it is missing); every other quirk replaces one of
    its fields. Flags are ``true`` or ``false``; ``capabilities`` are names separated by commas or blanks.

    Raises:
        ValueError: a quirk has an unknown name, or a value that it cannot have.
    """
    chosen = record.quirks.get(_CHOICE, _USUAL)
    if chosen not in DIALECTS:
        raise ValueError(f"{record.slug}: no dialect {chosen!r}; there are {', '.join(DIALECTS)}")
    changes: dict[str, Any] = {}
    for name, value in record.quirks.items():
        if name == _CHOICE:
            continue
        if name not in _READ:
            raise ValueError(f"{record.slug}: no quirk {name!r}; there are {_CHOICE}, {', '.join(_READ)}")
        try:
            changes[name] = _READ[name](value)
        except ValueError:
            raise ValueError(f"{record.slug}: quirk {name} cannot be {value!r}") from None
    return replace(DIALECTS[chosen], **changes)
