"""The eight methods of GetSMS.ONLINE's API #2, as the document tells them, on the simulated shop."""

from collections.abc import Callable, Mapping

from sandbox.keys import Key
from sandbox.sms_reg import goods
from sandbox.sms_reg.replies import (
    LOW_BALANCE,
    NO_KEY,
    NO_SERVICE,
    NO_TZID,
    WRONG_KEY,
    Prints,
    Reply,
    error,
    missing,
    not_applicable,
)
from sandbox.sms_reg.shop import Operation, Shop, State

METHODS = (
    "getBalance",
    "getNum",
    "setReady",
    "getState",
    "setOperationOk",
    "setOperationRevise",
    "getNumRepeat",
    "setOperationUsed",
)


def answer(shop: Shop, prints: Prints, method: str, form: Mapping[str, str], number_after: float) -> Reply:
    """Do what the form asks for and return the answer.

    Args:
        shop: the world.
        prints: how values look.
        method: one of ``METHODS``.
        form: the parameters.
        number_after: seconds until a number is found.
    """
    key = shop.keys.get(form.get("apikey", ""))
    if key is None:
        return error(WRONG_KEY if form.get("apikey") else NO_KEY)
    if method == "getBalance":
        return {"response": "1", "balance": f"{key.balance:.2f}"}
    if method == "getNum":
        return _get_num(shop, key, form, number_after)
    operation = shop.operations.get(form.get("tzid", ""))
    if operation is None or operation.key != key.key:
        return error(NO_TZID)
    if method == "getState":
        return prints.state(operation)
    return _ACTIONS[method](shop, operation)


def _get_num(shop: Shop, key: Key, form: Mapping[str, str], number_after: float) -> Reply:
    """Order a number; that there is none is told by ``getState``."""
    service, country = form.get("service", ""), form.get("country", "")
    if service not in shop.services:
        return error(NO_SERVICE)
    if country != goods.ANYWHERE and country not in goods.COUNTRIES:
        return missing("country")
    offered = shop.offered(service, country)
    if key.balance < (offered[1].price if offered else 0):
        return error(LOW_BALANCE)
    return {"response": "1", "tzid": shop.order(key, service, country, number_after).tzid}


def _set_ready(shop: Shop, operation: Operation) -> Reply:
    if operation.state is not State.PREPARE:
        return not_applicable("setReady")
    shop.ask_for_sms(operation)
    return {"response": "1"}


def _set_operation_ok(shop: Shop, operation: Operation) -> Reply:
    if operation.state not in (State.ANSWER, State.WAIT2):
        return not_applicable("setOperationOk")
    shop.complete(operation)
    return _done(operation)


def _set_operation_revise(shop: Shop, operation: Operation) -> Reply:
    if operation.state is not State.ANSWER:
        return not_applicable("setOperationRevise")
    shop.ask_for_sms(operation)
    return _done(operation)


def _set_operation_used(shop: Shop, operation: Operation) -> Reply:
    if operation.state not in (State.PREPARE, State.WAIT):
        return not_applicable("setOperationUsed")
    shop.use(operation)
    return _done(operation)


def _get_num_repeat(shop: Shop, operation: Operation) -> Reply:
    """Order the same number again: it must have brought an SMS, still be there, and be free."""
    if operation.phone and shop.busy(operation.phone):
        return {"response": "3", "tzid": ""}
    if not operation.shown or operation.phone in shop.retired:
        return {"response": "0", "tzid": ""}
    return _done(shop.repeat(operation))


def _done(operation: Operation) -> Reply:
    return {"response": "1", "tzid": operation.tzid}


_ACTIONS: dict[str, Callable[[Shop, Operation], Reply]] = {
    "setReady": _set_ready,
    "setOperationOk": _set_operation_ok,
    "setOperationRevise": _set_operation_revise,
    "setOperationUsed": _set_operation_used,
    "getNumRepeat": _get_num_repeat,
}
