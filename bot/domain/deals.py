"""The ways to buy a number, and what can be chosen on the way."""

from enum import StrEnum


class Deal(StrEnum):
    """How a number is bought."""

    BUY = "buy"
    REPEAT = "repeat"  # the same number once more
    ADDITIONAL = "additional"  # another service on a forwarded number
    SEVERAL = "several"  # one number for several services, an order each


class Choice(StrEnum):
    """What a person can choose before confirming."""

    OPERATOR = "operator"
    PRICE = "price"  # the highest price, so that dearer numbers count
    VOICE = "voice"  # a number that can take a call
    FORWARD = "forward"  # a number that can be forwarded
    SEVERAL = "several"  # one number for several services


class Tool(StrEnum):
    """What only some protocols can tell or do beside selling."""

    HISTORY = "history"
    NUMBER_BALANCE = "number_balance"
    CLEAN_BLACKLIST = "clean_blacklist"
    CALL_STATUS = "call_status"
    CALL_OUT = "call_out"
