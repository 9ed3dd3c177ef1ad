"""Keys on their way into a request: looked up sealed, opened at the last moment, kept nowhere in clear."""

from collections.abc import Callable

from bot.domain.errors import KeyUnreadable, NotYours
from bot.domain.secrets import Key
from bot.storage import accounts, sealing
from bot.storage.accounts import SealedKey
from bot.storage.database import Database
from bot.storage.vault import Vault, VaultError


class Keyring:
    """Opens the key of an account.

    Sealed keys are remembered, because a poll without news may not cost a database statement; opening one
    costs some microseconds, so that the clear text is never remembered.

    Attributes:
        listeners: called with an account's id after its key was replaced or removed.
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._sealed: dict[int, SealedKey] = {}
        self.listeners: list[Callable[[int], None]] = []

    async def key(self, account_id: int) -> Key:
        """Return the account's key.

        Raises:
            NotYours: the account was removed.
            KeyUnreadable: sealed with a secret that is gone, or damaged.
        """
        sealed = self._sealed.get(account_id)
        if sealed is None:
            async with self._database.read() as tx:
                sealed = await accounts.sealed_key(tx, account_id)
            if sealed is None:
                raise NotYours
            self._sealed[account_id] = sealed
        try:
            return sealing.open_(self._vault, sealed)
        except VaultError:
            raise KeyUnreadable(sealed.provider, "open") from None

    def forget(self, account_id: int) -> None:
        """Look the account up again next time: its key was replaced or removed. Listeners are told."""
        self._sealed.pop(account_id, None)
        for listener in self.listeners:
            listener(account_id)
