"""Keys on their way into a request: looked up sealed, opened at the last moment, kept nowhere in clear."""

from collections.abc import Callable

from bot.clock import Clock
from bot.domain.errors import KeyUnreadable, NotYours
from bot.domain.secrets import Key
from bot.engine.territory import Territory
from bot.storage import accounts, sealing
from bot.storage.accounts import SealedKey
from bot.storage.database import Database
from bot.storage.vault import Vault, VaultError

KEY_CHANGED = "key"
"""What is said of an account whose key was replaced or removed."""

_FRESH_SECONDS = 30.0


class Keyring:
    """Opens the key of an account.

    Sealed keys are remembered, because a poll without news may not cost a database statement; opening one
    costs some microseconds, so that the clear text is never remembered.

    Where several processes share a database, a key is remembered for half a minute: one that another of them
    has replaced, and of which no word came here, is not used for longer.

    Attributes:
        listeners: called with an account's id after its key was replaced or removed.
    """

    def __init__(self, database: Database, vault: Vault, clock: Clock, territory: Territory) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._territory = territory
        self._sealed: dict[int, tuple[SealedKey, float]] = {}
        self.listeners: list[Callable[[int], None]] = []

    async def key(self, account_id: int) -> Key:
        """Return the account's key.

        Raises:
            NotYours: the account was removed.
            KeyUnreadable: sealed with a secret that is gone, or damaged.
        """
        sealed = self._remembered(account_id)
        if sealed is None:
            async with self._database.read() as tx:
                sealed = await accounts.sealed_key(tx, account_id)
            if sealed is None:
                raise NotYours
            self._sealed[account_id] = sealed, self._clock.monotonic()
        try:
            return sealing.open_(self._vault, sealed)
        except VaultError:
            raise KeyUnreadable(sealed.provider, "open") from None

    def forget(self, account_id: int) -> None:
        """Look the account up again next time: its key was replaced or removed. Listeners are told."""
        self.hear(account_id)
        self._territory.say(KEY_CHANGED, str(account_id))

    def hear(self, account_id: int) -> None:
        """Do what ``forget`` does, for a key that another process has replaced or removed."""
        self._sealed.pop(account_id, None)
        for listener in self.listeners:
            listener(account_id)

    def _remembered(self, account_id: int) -> SealedKey | None:
        sealed, since = self._sealed.get(account_id, (None, 0.0))
        is_shared = self._territory.worker is not None
        return None if is_shared and self._clock.monotonic() - since > _FRESH_SECONDS else sealed
