"""An API key in memory: usable on purpose, invisible by accident."""

from typing import NoReturn


class Key:
    """A provider's API key that does not show itself in ``str``, ``repr``, f-strings or pickles."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the plain key; only for the body of a request and for the vault."""
        return self._value

    @property
    def tail(self) -> str:
        """The last 4 characters, by which a person recognises the key; fewer where it is short."""
        return self._value[-4:] if len(self._value) > 8 else self._value[-2:]  # noqa: PLR2004 - half of it at most

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Key(…)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not to be pickled")
