"""What replicas tell each other: hints to look at something, and never the thing itself."""

from collections.abc import Callable
from typing import Protocol

Hear = Callable[[str], None]


class Bus(Protocol):
    """A voice that every other replica hears, if all goes well.

    What is told can be lost: whoever listens must find it out by itself as well, only later.
    """

    async def tell(self, topic: str, text: str) -> None:
        """Say something to the other replicas, and not to oneself; nothing is raised where nobody can hear.

        Args:
            topic: who is meant to listen.
            text: ids and words of ours; never a key, nor anything that a person wrote.
        """
        ...

    def listen(self, topic: str, hear: Hear) -> None:
        """Have ``hear`` called with each text of a topic that another replica tells, from now on."""
        ...


class Silence:
    """The bus of a bot that is alone."""

    async def tell(self, topic: str, text: str) -> None:
        """Say it to nobody."""

    def listen(self, topic: str, hear: Hear) -> None:
        """Hear nothing, ever."""
