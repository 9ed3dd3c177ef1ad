"""What the sms-reg language answers, and what it means.

Source: GetSMS.ONLINE, "API documentation", section "API #2"; the words that it shares with older services of
the same language and does not print (``TZ_INPOOL``, ``TZ_NUM_ANSWER2``, ``TZ_OVER_NR`` …) are theirs.

An answer is an object whose ``response`` is ``1``, a state, or ``ERROR``, and then ``error_msg`` is a word or
an English sentence. Both are compared whole, up to a colon. What is in no table is no information.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import (
    BadRequest,
    BadService,
    KeyRejected,
    LowBalance,
    NoNumbers,
    NotRepeatable,
    NumberBusy,
    OrderClosed,
    OrderExpired,
    OrderGone,
    ProviderError,
    RateLimited,
)
from bot.domain.money import Money
from bot.domain.sms import Sms
from bot.providers import values
from bot.providers.calls import Answer, Call
from bot.providers.trade import Bought

_DONE = "1"
_ERROR = "ERROR"
_NO_CONTENT = 204
_QUARTER = 15 * 60.0  # seconds

# "Errors" of all methods together: no word of them changes its meaning from one method to another.
ERRORS: Mapping[str, type[ProviderError]] = {
    "ERROR_NO_KEY": KeyRejected,
    "ERROR_WRONG_KEY": KeyRejected,
    "WARNING_LOW_BALANCE": LowBalance,
    "WARNING_NO_NUMS": NoNumbers,
    "WARNING_WAIT15MIN": RateLimited,
    "Service not define": BadService,
    "There is no TZID value": OrderGone,  # "not specified or wrong", and we do specify it
}
_NO_VALUE = re.compile(r"There is no \S+ value")
_NOT_APPLICABLE = re.compile(r"\S+ to this TZID not applicable")

# "getNumRepeat": what its `response` can be besides 1
_NO_REPEAT: Mapping[str, type[ProviderError]] = {"0": NotRepeatable, "3": NumberBusy}

# A code is one word, or digits in groups ("671 094", "12-34-56"); anything else is a text.
_CODE = re.compile(r"\S{1,32}|\d+(?:[ -]\d+)+")


@dataclass(frozen=True, slots=True)
class _Step:
    """What a state word tells.

    Attributes:
        sms: whether ``msg`` is an SMS; before the first one it is not, whatever stands there.
        due: whether ``msg`` has to be there.
        end: why nothing more will come, None while the order lives.
    """

    sms: bool = False
    due: bool = False
    end: type[ProviderError] | None = None


# "getState"; an order that is over still tells the SMS that it brought, for whoever was away when it came.
_STEPS: Mapping[str, _Step] = {
    "TZ_INPOOL": _Step(),
    "TZ_NUM_PREPARE": _Step(),
    "TZ_NUM_WAIT": _Step(),
    "TZ_NUM_ANSWER": _Step(sms=True, due=True),
    "TZ_NUM_WAIT2": _Step(sms=True),
    "TZ_NUM_ANSWER2": _Step(sms=True, due=True),
    "TZ_OVER_OK": _Step(sms=True, end=OrderClosed),
    "TZ_OVER2_OK": _Step(sms=True, end=OrderClosed),
    "TZ_OVER2_EMPTY": _Step(sms=True, end=OrderExpired),  # the first SMS came, the second did not
    "TZ_OVER_EMPTY": _Step(end=OrderExpired),
    "TZ_OVER_NR": _Step(end=OrderExpired),  # setReady was never sent
    "TZ_OVER_GR": _Step(end=OrderClosed),  # marked as unusable
    "TZ_DELETED": _Step(end=OrderClosed),
    "WARNING_NO_NUMS": _Step(end=NoNumbers),
}
_IN_POOL = "TZ_INPOOL"
_WAITING_AGAIN = "TZ_NUM_WAIT2"


@dataclass(frozen=True, slots=True)
class State:
    """A ``getState`` answer of an order that lives, or that brought an SMS.

    Attributes:
        word: the provider's own.
        phone: digits in international format, or None where none is told.
        sms: the newest SMS, or None where there is none.
    """

    word: str
    phone: str | None
    sms: Sms | None

    @property
    def waits_again(self) -> bool:
        """Whether another SMS has been asked for."""
        return self.word == _WAITING_AGAIN

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return _STEPS[self.word].end is not None


def read_balance(call: Call, answer: Answer) -> Money:
    """Return the balance of a ``getBalance`` answer."""
    amount = values.number(_accepted(call, answer).get("balance"))
    if amount is None:
        raise call.unreadable(answer)
    return Money(amount, call.record.currency)


def read_purchase(call: Call, answer: Answer) -> Bought:
    """Return the order of a ``getNum`` or ``getNumRepeat`` answer; its number comes later."""
    return _bought(call, answer, _accepted(call, answer))


def read_repeat(call: Call, answer: Answer) -> Bought:
    """Return the new order of a ``getNumRepeat`` answer.

    Raises:
        NotRepeatable: 0, "reply operation cannot be created", or the order is not one to be repeated.
        NumberBusy: 3, the number may be free later.
    """
    body = _body(call, answer)
    response = body["response"]
    if response in _NO_REPEAT:
        raise call.error(_NO_REPEAT[response], response)
    if _is_not_applicable(body):
        raise call.error(NotRepeatable, None, body["error_msg"])
    return _bought(call, answer, _accepted(call, answer))


def read_done(call: Call, answer: Answer) -> bool:
    """Return whether a ``set…`` call was carried out; False where the order's state does not allow it."""
    if answer.status == _NO_CONTENT:
        return True
    if _is_not_applicable(_body(call, answer)):
        return False
    _accepted(call, answer)
    return True


def read_state(call: Call, answer: Answer) -> State:
    """Return where an order stands.

    Raises:
        OrderExpired: the lifetime is over and no SMS came.
        OrderClosed: the order is complete, marked as unusable or deleted, and shows no SMS.
        NoNumbers: there is no number for it.
        OrderGone: there is no such order.
    """
    body = _body(call, answer)
    word: str = body["response"]
    step = _STEPS.get(word)
    if step is None:
        raise _refusal(call, answer, body)
    if body.get("tzid", call.form["tzid"]) != call.form["tzid"]:
        raise call.unreadable(answer)  # somebody else's code is worse than none
    sms = _sms(body.get("msg")) if step.sms else None
    if step.end is not None and sms is None:
        raise call.error(step.end, word)
    if step.due and sms is None:
        raise call.unreadable(answer, word)
    return State(word, values.phone(body.get("number")), sms)


def read_number(call: Call, answer: Answer) -> str | None:
    """Return the phone of a ``getState`` answer, None while the order waits for one; raises as it does."""
    state = read_state(call, answer)
    if state.word == _IN_POOL:
        return None
    if state.phone is None:
        raise call.unreadable(answer, state.word)
    return state.phone


def _sms(msg: object) -> Sms | None:
    text = values.sentence(msg)
    if text is None:
        return None
    return Sms(text=text, code=text if _CODE.fullmatch(text) else None)


def _bought(call: Call, answer: Answer, body: Mapping[str, Any]) -> Bought:
    order = values.identifier(body.get("tzid"))
    if order is None:
        raise call.unreadable(answer)
    return Bought(order, None)


def _body(call: Call, answer: Answer) -> Mapping[str, Any]:
    """Return the object that has a ``response``."""
    try:
        body = values.parse_json(values.decode(answer.body))
    except ValueError:
        body = None
    if isinstance(body, list) and len(body) == 1:  # a relative of this language wraps its state in a list
        body = body[0]
    if not isinstance(body, dict) or not isinstance(body.get("response"), str):
        raise call.unreadable(answer)
    return body


def _accepted(call: Call, answer: Answer) -> Mapping[str, Any]:
    body = _body(call, answer)
    if body["response"] != _DONE:
        raise _refusal(call, answer, body)
    return body


def _refusal(call: Call, answer: Answer, body: Mapping[str, Any]) -> ProviderError:
    """Return what an answer that is not a yes means."""
    response: str = body["response"]
    said = values.sentence(body.get("error_msg")) if response == _ERROR else response
    if said is None:
        return call.unreadable(answer, response)
    word, _, rest = (part.strip() for part in said.partition(":"))
    code, text = (None, said) if " " in word else (word, rest or None)
    error = ERRORS.get(word)
    if error is None and (_NO_VALUE.fullmatch(word) or _NOT_APPLICABLE.fullmatch(word)):
        error = BadRequest
    if error is None:
        return call.unreadable(answer, code or response, text)
    refusal = call.error(error, code, text)
    if isinstance(refusal, RateLimited):
        refusal.retry_after = _QUARTER
    return refusal


def _is_not_applicable(body: Mapping[str, Any]) -> bool:
    said = body.get("error_msg")
    return isinstance(said, str) and _NOT_APPLICABLE.fullmatch(said.split(":")[0].strip()) is not None
