"""Stored keys that cannot be opened: their owners are told once, and nobody else is held up."""

from bot.domain.errors import KeyUnreadable
from bot.engine.delivery import Delivery
from bot.logs import get_logger
from bot.storage import sealing
from bot.storage.database import Database
from bot.storage.vault import Vault

_log = get_logger(__name__)


class Custody:
    """Looks after the stored keys as a whole."""

    def __init__(self, database: Database, vault: Vault, delivery: Delivery) -> None:
        self._database = database
        self._vault = vault
        self._delivery = delivery

    async def look_through(self) -> None:
        """Try every stored key; tell the owners of those that do not open, and the log how many they are."""
        found = await sealing.survey(self._database, self._vault)
        if not found.unreadable:
            return
        _log.error(
            "stored keys cannot be opened: a secret is missing from SECRET_KEY, or they are damaged",
            unreadable=len(found.unreadable),
            of=found.total,
        )
        for sealed in found.unreadable:
            await self._delivery.key_rejected(sealed.account_id, KeyUnreadable(sealed.provider, "open"))
