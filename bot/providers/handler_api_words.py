"""The words of ``handler_api.php``: which method says which, and what each of them means.

Sources: Get-SMS's page, "Compatible API with other activation services"; GetSMS.ONLINE's page, "API #1";
SMS-Activate's page, "Activation API". Their lists of errors are put together, method by method: the houses
are one family, and a word that two of them use means the same in both. Words that only running houses were
seen to use stand beside those of the method that they answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.errors import (
    AlreadyDone,
    BadCountry,
    BadNumber,
    BadRequest,
    BadService,
    Banned,
    KeyRejected,
    LowBalance,
    NoNumbers,
    NoSmsYet,
    NotRepeatable,
    NumberBusy,
    NumberTrouble,
    OrderClosed,
    OrderGone,
    PriceTooLow,
    ProviderError,
    ProviderFault,
    Refused,
    SmsIsThere,
    TooEarlyToCancel,
    TooLateToCancel,
)

Errors = Mapping[str, type[ProviderError]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method and its errors.

    Attributes:
        action: its name on the wire.
        errors: the exact words, up to a colon.
        nothing: words that mean an empty list.
    """

    action: str
    errors: Errors
    nothing: frozenset[str] = frozenset()


_EVERY: Errors = {
    "NO_KEY": KeyRejected,
    "BAD_KEY": KeyRejected,
    "NO_ACTION": BadRequest,
    "BAD_ACTION": BadRequest,
    "ERROR_SQL": ProviderFault,
    "SQL_ERROR": ProviderFault,  # the same, in the rental half of SMS-Activate's page
    "SERVER_ERROR": ProviderFault,
    "SERVICE_UNAVAILABLE_REGION": Refused,  # seen: the house serves no requests from our address's country
}

_GOODS: Errors = {
    **_EVERY,
    "BAD_SERVICE": BadService,
    "WRONG_SERVICE": BadService,
    "BAD_COUNTRY": BadCountry,
    "service is incorrect": BadService,  # seen, as the message of a JSON answer
}

_PAYING: Errors = {
    **_EVERY,
    "BAD_SERVICE": BadService,
    "WRONG_SERVICE": BadService,
    "BAD_COUNTRY": BadCountry,
    "NO_NUMBERS": NoNumbers,
    "NO_NUMBER": NoNumbers,
    "NO_BALANCE": LowBalance,
    "NO_MEANS": LowBalance,
    "BANNED": Banned,
    "YOU_TEMPORARY_BANNED": Banned,
    "CHANNELS_LIMIT": Banned,  # seen: the account is blocked
    "WHATSAPP_NOT_AVAILABLE": BadService,  # seen: not on sale
    "The service is prohibited for sale by administration": BadService,  # seen
    "MAIL_RULE": Refused,  # seen: rules of the service must be accepted on the site first
}

_ORDER: Errors = {
    **_EVERY,
    "NO_ACTIVATION": OrderGone,
    "WRONG_ACTIVATION_ID": OrderGone,
    "INVALID_ACTIVATION_ID": OrderGone,
    "NOT_FOUND": OrderGone,
    "ACTIVATION_NOT_ACTIVE": OrderClosed,
}

_AGAIN: Errors = {
    **_PAYING,
    **_ORDER,
    "NO_NUMBER": NotRepeatable,  # there is just one number that would do
    "NO_NUMBERS": NotRepeatable,
    "NUMBER_OFFLINE": NumberBusy,
}

GET_BALANCE = Method("getBalance", _EVERY)
GET_BALANCE_AND_CASHBACK = Method("getBalanceAndCashBack", _EVERY)
GET_NUMBERS_STATUS = Method("getNumbersStatus", _GOODS)
GET_PRICES = Method("getPrices", _GOODS)
GET_PRICES_VERIFICATION = Method("getPricesVerification", _GOODS)
GET_TOP_COUNTRIES = Method("getTopCountriesByService", _GOODS)
GET_LIST_OF_TOP_COUNTRIES = Method("getListOfTopCountriesByService", _GOODS)
GET_COUNTRIES = Method("getCountries", _EVERY)
GET_OPERATORS = Method("getOperators", _EVERY, frozenset({"OPERATORS_NOT_FOUND"}))

_BUYING: Errors = {
    **_PAYING,
    "WRONG_MAX_PRICE": PriceTooLow,
    "WRONG_EXCEPTION_PHONE": BadRequest,
    "NO_BALANCE_FORWARD": LowBalance,
}
GET_NUMBER = Method("getNumber", _BUYING)
GET_NUMBER_V2 = Method("getNumberV2", _BUYING)
GET_MULTI_SERVICE_NUMBER = Method("getMultiServiceNumber", _BUYING)

GET_EXTRA_ACTIVATION = Method(
    "getExtraActivation",
    {**_AGAIN, "RENEW_ACTIVATION_NOT_AVAILABLE": NotRepeatable, "NEW_ACTIVATION_IMPOSSIBLE": NotRepeatable},
)
CHECK_EXTRA_ACTIVATION = Method(
    "checkExtraActivation", {**_ORDER, "RENEW_ACTIVATION_NOT_AVAILABLE": NotRepeatable}
)
GET_REPEAT = Method("getRepeat", {**_AGAIN, "DOUBLE_RETRY": AlreadyDone})
GET_ADDITIONAL_SERVICE = Method(
    "getAdditionalService",
    {
        **_AGAIN,
        "WRONG_ADDITIONAL_SERVICE": BadService,
        "WRONG_SECURITY": NotRepeatable,  # no forwarding on the number, or its order is over
        "REPEAT_ADDITIONAL_SERVICE": AlreadyDone,
    },
)

GET_STATUS = Method(
    "getStatus",
    {
        **_ORDER,
        "NO_BALANCE": LowBalance,
        "BAD_STATUS": BadRequest,
        "STATUS_CANCEL": OrderClosed,  # canceled or completed: nothing is said of the money
        "ACCESS_CANCEL": OrderClosed,
        "STATUS_ERROR_NUMBER": NumberTrouble,  # "Problems with our phone number": of this order alone
        "STATUS_ERROR": ProviderFault,
    },
)
_SETTING: Errors = {
    **_ORDER,
    "BAD_SERVICE": BadService,
    "EARLY_CANCEL_DENIED": TooEarlyToCancel,
    "OTP_RECEIVED": SmsIsThere,
    "NEW_OTP_RECEIVED": SmsIsThere,
}
# One method, but this word, "wrong status", says something else of each status that is set.
BAD_STATUS = "BAD_STATUS"
SET_READY = Method("setStatus", {**_SETTING, BAD_STATUS: BadRequest})
SET_RETRY = Method("setStatus", {**_SETTING, BAD_STATUS: NoSmsYet})
SET_GIVEN_BACK = Method("setStatus", {**_SETTING, BAD_STATUS: TooLateToCancel})
SET_FINISHED = Method("setStatus", {**_SETTING, BAD_STATUS: BadRequest})

GET_ACTIVE_ACTIVATIONS = Method("getActiveActivations", _EVERY, frozenset({"NO_ACTIVATIONS"}))
GET_HISTORY = Method("getHistory", _EVERY)
GET_INCOMING_CALL_STATUS = Method("getIncomingCallStatus", _ORDER)
CREATE_TASK_FOR_CALL = Method(
    "createTaskForCall",
    {**_ORDER, "CALL_TASK_ALREADY_EXIST": AlreadyDone, "NUMBER_NOT_EXIST": BadNumber},
)
GET_OUTGOING_CALLS = Method("getOutgoingCalls", _ORDER)
GET_NUMBER_BALANCE = Method(
    "getNumberBalance",
    {
        **_EVERY,
        "WRONG_NUMBER": BadNumber,
        "CANT_GET_BALANCE_FROM_THIS_NUMBER": Refused,
        "TEMPORARY_ERROR": ProviderFault,
    },
)
CLEAN_BLACKLIST = Method("cleanblacklist", _EVERY)
