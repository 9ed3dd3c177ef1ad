"""Whatever bytes a house sends, a reader returns a result or raises a ProviderError of the right sort."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secrets import Key
from bot.providers import handler_api_answers as answers
from bot.providers import handler_api_lists as lists
from bot.providers import handler_api_prices as prices
from bot.providers import handler_api_words as words
from bot.providers.calls import Answer, Call, Kind
from bot.providers.handler_api_dialects import Outer
from bot.providers.handler_api_reply import Reply
from tests.providers import handler_api_prints as prints
from tests.providers.handler_api_house import record
from tests.providers.rubbish import STATUSES, bodies, judge

READERS: dict[str, tuple[Kind, words.Method, Callable[[Reply], Any]]] = {
    "balance": (Kind.READ, words.GET_BALANCE, answers.read_balance),
    "number-balance": (Kind.READ, words.GET_NUMBER_BALANCE, answers.read_number_balance),
    "purchase": (Kind.PAID, words.GET_NUMBER_V2, answers.read_purchase),
    "several": (Kind.PAID, words.GET_MULTI_SERVICE_NUMBER, answers.read_several),
    "repeat": (Kind.PAID, words.GET_EXTRA_ACTIVATION, answers.read_purchase),
    "status": (Kind.POLL, words.GET_STATUS, answers.read_status),
    "ready": (Kind.ACTION, words.SET_READY, answers.read_ready),
    "retry": (Kind.ACTION, words.SET_RETRY, answers.read_retry),
    "cancel": (Kind.ACTION, words.SET_GIVEN_BACK, answers.read_given_back),
    "finish": (Kind.ACTION, words.SET_FINISHED, answers.read_finished),
    "done": (Kind.ACTION, words.CLEAN_BLACKLIST, answers.read_done),
    "active": (Kind.POLL, words.GET_ACTIVE_ACTIVATIONS, lists.read_active),
    "shown": (Kind.POLL, words.GET_ACTIVE_ACTIVATIONS, lists.read_shown),
    "history": (Kind.READ, words.GET_HISTORY, lists.read_history),
    "rates": (Kind.READ, words.GET_LIST_OF_TOP_COUNTRIES, lists.read_rates),
    "countries": (Kind.READ, words.GET_COUNTRIES, lists.read_countries),
    "operators": (Kind.READ, words.GET_OPERATORS, lambda reply: lists.read_operators(reply, "0")),
    "stock": (Kind.READ, words.GET_NUMBERS_STATUS, lists.read_stock),
    "repeat-price": (Kind.READ, words.CHECK_EXTRA_ACTIVATION, lists.read_repeat_price),
    "caller": (Kind.POLL, words.GET_INCOMING_CALL_STATUS, lists.read_caller),
    "outgoing": (Kind.READ, words.GET_OUTGOING_CALLS, lists.read_outgoing),
    "prices": (
        Kind.READ,
        words.GET_PRICES,
        lambda reply: prices.read_prices(reply, Outer.COUNTRY, "vk", "0"),
    ),
    "voice": (
        Kind.READ,
        words.GET_PRICES_VERIFICATION,
        lambda reply: prices.read_prices(reply, Outer.SERVICE, "vk", None),
    ),
    "top": (Kind.READ, words.GET_TOP_COUNTRIES, lambda reply: prices.read_top_countries(reply, "vk")),
}
PRINTED = [value for name, value in vars(prints).items() if name.isupper() and isinstance(value, str)]
SPOKEN = [
    "ACCESS_BALANCE:1.5",
    "ACCESS_NUMBER:1:79969817867",
    "STATUS_OK: 'code 1234'",
    "STATUS_WAIT_RETRY:1234",
    "BANNED:'2022-06-01'",
    "WRONG_MAX_PRICE:1",
    "NO_NUMBERS: testapikey",
]
NAMES = [
    *("status", "message", "msg", "error", "title", "details", "info", "data", "min", "banned_until"),
    *("activationId", "phoneNumber", "activationCost", "currency", "serviceCode", "smsCode", "smsText"),
    *("activeActivations", "rows", "countryOperators", "phone", "cost", "price", "count", "map"),
    *("freePriceMap", "country", "share", "rate", "id", "sms", "code", "text", "type", "vk", "0", "vk_0"),
]


@pytest.mark.parametrize("name", READERS)
@given(status=STATUSES | st.just(409), body=bodies(PRINTED + SPOKEN, NAMES))
def test_any_bytes(name: str, status: int, body: bytes) -> None:
    """No answer crashes a reader, and all text that comes out can be stored."""
    kind, method, read = READERS[name]
    form: dict[str, str | Key] = {"api_key": Key("testapikey")}
    call = Call(record(), name, "/", form, kind)
    judge(lambda call, answer: read(Reply(call, answer, method)), call, Answer(status, body), "testapikey")
