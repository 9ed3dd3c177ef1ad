"""The methods of the Bot API that have an effect here, by name."""

from sandbox.telegram.methods import asking, changing, introducing, receiving, sending
from sandbox.telegram.methods.call import Call, Method

METHODS: dict[str, Method] = {
    **asking.METHODS,
    **changing.METHODS,
    **introducing.METHODS,
    **receiving.METHODS,
    **sending.METHODS,
}

__all__ = ["METHODS", "Call", "Method"]
