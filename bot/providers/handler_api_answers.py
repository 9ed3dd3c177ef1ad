"""What ``handler_api.php`` says of a balance, of purchases and of an order.

Sources: as in ``handler_api_words``; the methods' names stand in each docstring. Shapes that no page prints
are those that running houses were seen to use.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.errors import OrderClosed, SmsIsThere
from bot.domain.money import Money
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.handler_api_reply import Reply, read_messages, rows, split
from bot.providers.trade import Bought

_NO_CONTENT = 204
_RESEND = "STATUS_WAIT_RESEND"
_WAITING = frozenset({"STATUS_WAIT_CODE", "STATUS_WAIT_READY", _RESEND})
_EARLIER = "STATUS_WAIT_RETRY"
_HERE = frozenset({"STATUS_OK", "STATUS_ACCESS"})
_COMPLETED = "ACCESS_ACTIVATION"
_GIVEN_BACK = frozenset(
    {
        "ACCESS_CANCEL",
        "ACCESS_ERROR_NUMBER_GET",
        "ACCESS_CANCEL_ALREADY",  # seen, as the next two
        "ALREADY_CANCELED",
        "ALREADY_CANCEL",
    }
)
_BOUGHT = frozenset({"ACCESS_NUMBER", "ADDITIONAL"})
_SUCCESS = ("success", "true", True)
_CURRENCIES = {"643": "RUB", "840": "USD", "978": "EUR"}  # ISO 4217, as numbers

_CODE = re.compile(r"(?<!\d)(?:\d{3}[ -]\d{3}|\d{4,8})(?!\d)", re.ASCII)
_LONGEST_CODE = 20


def read_balance(reply: Reply) -> Money:
    """Return the balance of ``getBalance`` and ``getBalanceAndCashBack``."""
    return _amount(reply, "ACCESS_BALANCE")


def read_number_balance(reply: Reply) -> Money | None:
    """Return the balance of ``getNumberBalance``, or None while the house finds it out."""
    if reply.words()[0] == "ORDER_ACCEPTED":
        return None
    return _amount(reply, "NUM_BALANCE")


def read_purchase(reply: Reply) -> Bought:
    """Return the order of ``getNumber``, ``getNumberV2`` and the methods that answer like them.

    Raises:
        OutcomeUnknown: it is not complete; the order's id is in the text where it is told.
    """
    value = reply.value()
    if isinstance(value, str):
        word, rest = split(value)
        order, _, phone = rest.partition(":")
        row: Any = {"activationId": order, "phoneNumber": phone} if word in _BOUGHT else None
    else:
        row = value
    if not isinstance(row, dict):
        raise reply.unreadable()
    bought = _bought(reply, row)
    if bought is None:
        order_id = values.identifier(row.get("activationId"))
        raise reply.unreadable(f"id {order_id}" if order_id else None)
    return bought


def read_several(reply: Reply) -> tuple[Bought, ...]:
    """Return the orders of ``getMultiServiceNumber``: one number, an order for each service.

    A sentence of SMS-Activate's page has it that ``phone`` is the id and ``activation`` the number; the
    program beside it has it the other way round, and is believed, unless it is plain that it cannot be: the
    number is what the orders share.

    Raises:
        OutcomeUnknown: an order among them is not complete; the ids that are told are in the text.
    """
    found = [row if isinstance(row, dict) else {} for row in rows(reply.data())]
    orders = [row.get("activation") for row in found]
    phones = [row.get("phone") for row in found]
    if len(found) > 1 and orders[0] == orders[1] and phones[0] != phones[1]:
        orders, phones = phones, orders
    bought = [
        _bought(
            reply, {**row, "activationId": order, "phoneNumber": phone, "serviceCode": row.get("service")}
        )
        for order, phone, row in zip(orders, phones, found, strict=True)
    ]
    complete = tuple(one for one in bought if one is not None)
    if not complete or len(complete) < len(found):
        told = [known for order in orders if (known := values.identifier(order))]
        raise reply.unreadable(f"id {', '.join(told)}" if told else None)
    return complete


def read_status(reply: Reply) -> Sms | None:
    """Return the SMS of ``getStatus``, or None while there is none.

    Raises:
        OrderClosed: the order was canceled or completed.
    """
    value = reply.value()
    if not isinstance(value, str):
        return _newest(reply, value)
    word, rest = split(value)
    if word in _WAITING:
        return None
    sms = read_text(rest, earlier=word == _EARLIER)
    if word == _EARLIER or (word in _HERE and sms is not None):
        return sms
    raise reply.unreadable()


def awaits_resend(reply: Reply) -> bool:
    """Return whether ``getStatus`` says that the SMS is to be sent once more."""
    value = reply.value()
    return isinstance(value, str) and split(value)[0] == _RESEND


def read_resent(reply: Reply) -> None:
    """Return if ``setStatus`` took note that the SMS was sent again; the pages name no word for it."""
    _expect(reply, frozenset({"ACCESS_READY", "ACCESS_RETRY_GET", _COMPLETED}))


def read_ready(reply: Reply) -> None:
    """Return if ``setStatus`` took note that the SMS was requested."""
    _expect(reply, frozenset({"ACCESS_READY"}))


def read_retry(reply: Reply) -> None:
    """Return if ``setStatus`` asked for another SMS."""
    _expect(reply, frozenset({"ACCESS_RETRY_GET"}))


def read_given_back(reply: Reply) -> Sms | None:
    """Return None if ``setStatus`` gave a number back, or the SMS that a refusal carries.

    Raises:
        TooLateToCancel: the order's state does not allow it.
        OrderClosed: the order was completed instead.
    """
    try:
        word = _expect(reply, _GIVEN_BACK | {_COMPLETED})
    except SmsIsThere:
        sms = reply.carried()
        if sms is None:
            raise
        return sms
    if word == _COMPLETED:
        raise reply.call.error(OrderClosed, word)
    return None


def read_finished(reply: Reply) -> None:
    """Return if ``setStatus`` completed an order.

    GetSMS.ONLINE's page has it answer with the next order where several SMS were ordered at once (``count``).
    The adapter never orders several, so that there is no next order to be watched.
    """
    _expect(reply, _GIVEN_BACK | _BOUGHT | {_COMPLETED})


def read_done(reply: Reply) -> None:
    """Return if ``cleanblacklist`` or ``createTaskForCall`` says that it is done."""
    _expect(reply, frozenset({"OK"}))


def price_of(reply: Reply, row: Mapping[str, Any], name: str) -> Money | None:
    """Return a price in a row, in the currency that the row names by its number, or in the record's."""
    amount = values.number(row.get(name))
    number = row.get("currency")
    told = _CURRENCIES.get(number) if isinstance(number, str) else reply.call.record.currency
    return None if amount is None or amount < 0 or told is None else Money(amount, told)


def _amount(reply: Reply, expected: str) -> Money:
    word, rest = reply.words()
    amount = values.number(rest)
    if word != expected or amount is None:
        raise reply.unreadable()
    return Money(amount, reply.call.record.currency)


def _expect(reply: Reply, words: frozenset[str]) -> str:
    """Return which of these words was said; none where success was told without a word."""
    if reply.answer.status == _NO_CONTENT:
        return ""
    value = reply.value()
    if isinstance(value, dict) and value.get("status") in _SUCCESS:
        return ""
    word = split(value)[0] if isinstance(value, str) else ""
    if word not in words:
        raise reply.unreadable()
    return word


def _bought(reply: Reply, row: Mapping[str, Any]) -> Bought | None:
    order = values.identifier(row.get("activationId"))
    phone = values.phone(row.get("phoneNumber"))
    if order is None or phone is None:
        return None
    return Bought(
        remote_id=order,
        phone=phone,
        started_at=values.moment(row.get("activationTime")),
        price=price_of(reply, row, "activationCost"),
        service=values.identifier(row.get("serviceCode")),
        can_retry=values.flag(row.get("canGetAnotherSms")) is not False,
        ends_at=values.moment(row.get("activationEndTime")),
    )


def read_text(told: str, *, earlier: bool = False) -> Sms | None:
    """Return the SMS in what a status or a history shows of it: its code, or its whole text."""
    text = values.sentence(told)
    if text is None:
        return None
    codes = {text} if len(text) <= _LONGEST_CODE and len(text.split()) == 1 else set(_CODE.findall(text))
    return Sms(text, codes.pop() if len(codes) == 1 else None, earlier=earlier)


def _newest(reply: Reply, value: Any) -> Sms | None:
    """Return the SMS of a status in JSON: ``{"sms": {…}}``, or ``{"data": …}`` with one or a list of them."""
    if not isinstance(value, dict) or not {"sms", "data"} & value.keys():
        raise reply.unreadable()
    inside = value.get("sms") or value.get("data")
    messages = read_messages([inside] if isinstance(inside, dict) and "code" in inside else inside)
    if inside and not messages:
        raise reply.unreadable()
    return messages[-1] if messages else None
