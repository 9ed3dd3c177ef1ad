"""The ways to buy a number, and what can be chosen on the way."""

from enum import StrEnum


class Deal(StrEnum):
    """How a number is bought."""

    BUY = "buy"
    REPEAT = "repeat"  # the same number once more
    ADDITIONAL = "additional"  # another service on a forwarded number


class Choice(StrEnum):
    """What a person can choose before confirming."""

    OPERATOR = "operator"
    PRICE = "price"  # the highest price, so that dearer numbers count
    VOICE = "voice"  # a number that can take a call
    FORWARD = "forward"  # a number that can be forwarded
