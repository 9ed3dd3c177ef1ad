"""What can be asked of a house that speaks ``handler_api.php``, and which words refuse it, by the pages."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.domain import errors
from bot.domain.errors import Banned, PriceTooLow, ProviderError
from bot.domain.secrets import Key
from bot.providers.handler_api import HandlerApi
from bot.providers.trade import Want
from tests.providers.handler_api_house import ORDER

SECRET = "test+api/key 1"
KEY = Key(SECRET)
WANT = Want("vk", "0")
PHONE = "79501231234"
SINCE = UNTIL = datetime(2022, 11, 12, tzinfo=UTC)

Ask = Callable[[HandlerApi], Awaitable[Any]]
Table = dict[str, type[ProviderError]]

READS: dict[str, Ask] = {
    "getBalance": lambda house: house.balance(KEY),
    "getPrices": lambda house: house.quotes(KEY, service="vk"),
    "getTopCountriesByService": lambda house: house.quotes(KEY, service="vk", country="0"),
    "getPricesVerification": lambda house: house.voice_quotes(KEY, "vk"),
    "getOperators": lambda house: house.operators(KEY, "0"),
    "getCountries": lambda house: house.countries(KEY),
    "getListOfTopCountriesByService": lambda house: house.rates(KEY, "vk"),
    "getHistory": lambda house: house.history(KEY, since=SINCE, until=UNTIL),
    "checkExtraActivation": lambda house: house.repeat_price(KEY, ORDER),
    "getOutgoingCalls": lambda house: house.outgoing(KEY, ORDER),
    "getNumberBalance": lambda house: house.number_balance(KEY, PHONE),
}
OTHERS: dict[str, Ask] = {
    "getStatus": lambda house: house.check(KEY, ORDER),
    "getActiveActivations": lambda house: house.active(KEY),
    "getIncomingCallStatus": lambda house: house.call_status(KEY, ORDER),
    "setStatus-ready": lambda house: house.ready(KEY, ORDER),
    "setStatus-retry": lambda house: house.retry(KEY, ORDER),
    "setStatus-cancel": lambda house: house.cancel(KEY, ORDER),
    "setStatus-ban": lambda house: house.ban(KEY, ORDER),
    "setStatus-finish": lambda house: house.finish(KEY, ORDER),
    "createTaskForCall": lambda house: house.call_out(KEY, ORDER, PHONE),
    "cleanblacklist": lambda house: house.clean_blacklist(KEY),
}
PAID: dict[str, Ask] = {
    "getNumber": lambda house: house.buy(KEY, WANT),
    "getMultiServiceNumber": lambda house: house.buy_several(KEY, WANT, ("vk", "ok")),
    "getExtraActivation": lambda house: house.repeat(KEY, ORDER, phone=PHONE, service="vk"),
    "getRepeat": lambda house: house.repeat(KEY, ORDER, phone=PHONE, service="vk"),
    "getAdditionalService": lambda house: house.additional(KEY, ORDER, service="vk"),
}
FREE = READS | OTHERS
ALL = FREE | PAID
EVERYTHING = (
    "cancel ban retry ready finish repeat repeat_price additional operators max_price several voice forward "
    "active history number_balance clean_blacklist rates countries call_status call_out"
)

_KEY: Table = {"NO_KEY": errors.KeyRejected, "BAD_KEY": errors.KeyRejected}
_ALWAYS: Table = _KEY | {
    "NO_ACTION": errors.BadRequest,
    "BAD_ACTION": errors.BadRequest,
    "ERROR_SQL": errors.ProviderFault,
}
_BUY: Table = {
    "BAD_SERVICE": errors.BadService,
    "WRONG_SERVICE": errors.BadService,
    "BAD_COUNTRY": errors.BadCountry,
    "NO_NUMBERS": errors.NoNumbers,
    "NO_NUMBER": errors.NoNumbers,
    "NO_BALANCE": errors.LowBalance,
    "NO_MEANS": errors.LowBalance,
    "YOU_TEMPORARY_BANNED": Banned,
    "BANNED": Banned,
}
_SET: Table = {
    "NO_ACTIVATION": errors.OrderGone,
    "BAD_SERVICE": errors.BadService,
    "EARLY_CANCEL_DENIED": errors.TooEarlyToCancel,
}
DOCUMENTED: dict[str, Table] = {
    "getBalance": _ALWAYS,
    "getPrices": _ALWAYS,
    "getOperators": _KEY | {"ERROR_SQL": errors.ProviderFault},
    "getActiveActivations": _KEY | {"ERROR_SQL": errors.ProviderFault},
    "getNumber": _ALWAYS
    | _BUY
    | {
        "WRONG_MAX_PRICE": PriceTooLow,
        "WRONG_EXCEPTION_PHONE": errors.BadRequest,
        "NO_BALANCE_FORWARD": errors.LowBalance,
    },
    "getMultiServiceNumber": _ALWAYS | _BUY,
    "getRepeat": _ALWAYS
    | {
        "BAD_SERVICE": errors.BadService,
        "NO_MEANS": errors.LowBalance,
        "NO_NUMBER": errors.NotRepeatable,
        "DOUBLE_RETRY": errors.AlreadyDone,
    },
    "getExtraActivation": _ALWAYS
    | {
        "RENEW_ACTIVATION_NOT_AVAILABLE": errors.NotRepeatable,
        "WRONG_ACTIVATION_ID": errors.OrderGone,
        "NEW_ACTIVATION_IMPOSSIBLE": errors.NotRepeatable,
        "NO_BALANCE": errors.LowBalance,
    },
    "checkExtraActivation": {
        "RENEW_ACTIVATION_NOT_AVAILABLE": errors.NotRepeatable,
        "WRONG_ACTIVATION_ID": errors.OrderGone,
    },
    "getAdditionalService": {
        "WRONG_ADDITIONAL_SERVICE": errors.BadService,
        "WRONG_ACTIVATION_ID": errors.OrderGone,
        "WRONG_SECURITY": errors.NotRepeatable,
        "REPEAT_ADDITIONAL_SERVICE": errors.AlreadyDone,
        "NO_BALANCE": errors.LowBalance,
        "ERROR_SQL": errors.ProviderFault,
    },
    "setStatus-ready": _ALWAYS | _SET | {"BAD_STATUS": errors.BadRequest},
    "setStatus-retry": _ALWAYS | _SET | {"BAD_STATUS": errors.NoSmsYet},
    "setStatus-cancel": _ALWAYS | _SET,
    "setStatus-ban": _ALWAYS | _SET,
    "setStatus-finish": _ALWAYS | _SET | {"BAD_STATUS": errors.BadRequest},
    "getStatus": _ALWAYS
    | {
        "NO_ACTIVATION": errors.OrderGone,
        "NO_BALANCE": errors.LowBalance,
        "BAD_STATUS": errors.BadRequest,
    },
    "getHistory": {
        "ERROR_SQL": errors.ProviderFault,
        "BAD_KEY": errors.KeyRejected,
        "BAD_ACTION": errors.BadRequest,
    },
    "getListOfTopCountriesByService": {
        "ERROR_SQL": errors.ProviderFault,
        "BAD_KEY": errors.KeyRejected,
        "WRONG_SERVICE": errors.BadService,
        "BAD_ACTION": errors.BadRequest,
    },
    "getIncomingCallStatus": {
        "BAD_KEY": errors.KeyRejected,
        "INVALID_ACTIVATION_ID": errors.OrderGone,
    },
    "createTaskForCall": {
        "CALL_TASK_ALREADY_EXIST": errors.AlreadyDone,
        "WRONG_ACTIVATION_ID": errors.OrderGone,
        "NUMBER_NOT_EXIST": errors.BadNumber,
    },
    "getNumberBalance": _ALWAYS
    | {
        "WRONG_NUMBER": errors.BadNumber,
        "CANT_GET_BALANCE_FROM_THIS_NUMBER": errors.Refused,
        "TEMPORARY_ERROR": errors.ProviderFault,
    },
    "cleanblacklist": _ALWAYS,
}
REFUSALS = [(name, word) for name, table in DOCUMENTED.items() for word in table]

# Seen from running houses: the word, what was asked, and what it means.
WILD = [
    ("setStatus-cancel", "WRONG_ACTIVATION_ID", errors.OrderGone),
    ("getStatus", "WRONG_ACTIVATION_ID", errors.OrderGone),
    ("getExtraActivation", "NUMBER_OFFLINE", errors.NumberBusy),
    ("getNumber", "WHATSAPP_NOT_AVAILABLE", errors.BadService),
    ("getNumber", "The service is prohibited for sale by administration", errors.BadService),
    ("getNumber", "MAIL_RULE", errors.Refused),
    ("getNumber", "CHANNELS_LIMIT", Banned),
    ("getNumber", "SERVICE_UNAVAILABLE_REGION", errors.Refused),
    ("getBalance", "SERVICE_UNAVAILABLE_REGION", errors.Refused),
    ("getBalance", "SERVER_ERROR", errors.ProviderFault),
]
