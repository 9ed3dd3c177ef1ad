"""``python -m bot rotate-keys``: every stored key is sealed anew with the newest secret."""

from dataclasses import dataclass
from pathlib import Path

from bot.app import open_vault
from bot.config import Settings
from bot.storage.database import Database
from bot.storage.keyfile import KEY_FILE, load_secrets, replace_secrets
from bot.storage.lock import sole_owner
from bot.storage.schema import migrate
from bot.storage.sealing import Resealing, reseal
from bot.storage.vault import Vault, new_secret


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of a rotation.

    Attributes:
        keys: what became of the stored keys.
        key_file: the file whose secret was replaced; None where ``SECRET_KEY`` holds the secrets.
        secrets: how many secrets were in use meanwhile.
    """

    keys: Resealing
    key_file: Path | None
    secrets: int

    def sentences(self) -> tuple[str, ...]:
        """Say it in words: counts, and what to do now; no secret, and nothing of an account."""
        keys = self.keys
        counts = f"{keys.resealed} sealed anew, {keys.untouched} up to date already"
        told = [f"Stored keys: {counts}, {keys.unreadable} that cannot be opened."]
        if self.key_file is not None:
            told.append(
                f"{self.key_file} holds a new secret. Older backups need the old one: make a new backup."
            )
        elif self.secrets > 1:
            told.append("SECRET_KEY can be cut to its first secret now; older backups need the others.")
        else:
            told.append(
                "SECRET_KEY holds one secret. To replace it, put the new one first: SECRET_KEY=new,old."
            )
        if keys.unreadable:
            told.append("What cannot be opened was left as it is; the bot asks their owners when it starts.")
        return tuple(told)


async def rotate(settings: Settings) -> Rotation:
    """Seal every stored key with the first secret of ``SECRET_KEY``, or with a new one in the key file.

    Whatever moment it is interrupted at, every key opens with the secrets that are in use then, and doing it
    again finishes the work: the key file holds the old secret behind the new one until nothing needs it.

    Raises:
        AlreadyRunning: another process works on this database.
        DatabaseUnusable: it cannot be opened or written.
        VaultError: no stored key can be opened; nothing was changed.
    """
    database = Database(settings.database_url)
    try:
        database.make_folder()
        with sole_owner(database.folder):
            await migrate(database)
            return await _rotate(settings, database)
    finally:
        await database.close()


async def _rotate(settings: Settings, database: Database) -> Rotation:
    await open_vault(settings, database)
    configured, folder = settings.secret_key.get_secret_value(), database.folder
    secrets = load_secrets(configured, folder)
    if configured or folder is None:
        return Rotation(await reseal(database, Vault(secrets)), None, len(secrets))
    if len(secrets) == 1:  # else an earlier rotation was interrupted, and is finished now
        secrets = [new_secret(), *secrets]
        replace_secrets(folder, secrets)
    keys = await reseal(database, Vault(secrets))
    # What is still closed opens with none of these secrets: no key needs the old ones any more.
    replace_secrets(folder, secrets[:1])
    return Rotation(keys, folder / KEY_FILE, len(secrets))
