"""Whose work it is: everything, where one process has the database; else the accounts that are leased."""

from typing import Protocol

from bot.storage.database import Transaction


class Territory(Protocol):
    """Which accounts this process watches.

    Attributes:
        worker: this process, as the database knows it; None where it is alone.
    """

    @property
    def worker(self) -> str | None:
        """This process, as the database knows it; None where it is alone."""
        ...

    async def live(self, tx: Transaction) -> frozenset[str]:
        """Return the processes that may still get an answer to a paid call, this one among them."""
        ...

    def mine(self, account_id: int) -> bool:
        """Whether this process watches an account now: nobody else does anything for it by itself."""
        ...

    def changed(self, account_id: int) -> None:
        """Have whoever watches an account take up what was committed; where nobody does, this process."""
        ...

    def say(self, what: str, about: str) -> None:
        """Tell all other processes something that they can do without, only not so soon.

        Args:
            what: a word that they listen for.
            about: ids of ours or of a provider's, divided by blanks; nothing that is secret.
        """
        ...


class Everything:
    """The territory of a process that is alone."""

    @property
    def worker(self) -> None:
        """Nobody else could ask."""
        return

    async def live(self, tx: Transaction) -> frozenset[str]:
        """Nobody: what a paid call of an earlier process has left open is this one's."""
        del tx
        return frozenset()

    def mine(self, account_id: int) -> bool:
        """Every account is this process's."""
        del account_id
        return True

    def changed(self, account_id: int) -> None:
        """There is nobody to tell."""

    def say(self, what: str, about: str) -> None:
        """There is nobody to tell."""
