"""Whether the database answers, is up to date, and holds keys that open."""

import asyncio
import os
import stat
from pathlib import Path

from bot.app import open_vault
from bot.check.findings import Findings
from bot.config import Settings
from bot.storage.database import Database, DatabaseFails, DatabaseUnusable
from bot.storage.keyfile import KEY_FILE
from bot.storage.schema import newest_revision, revision
from bot.storage.sealing import count, survey
from bot.storage.vault import Vault, VaultError

_SECONDS = 10.0
_OF_OTHERS = 0o077


async def database(settings: Settings, findings: Findings) -> None:
    """Open the database, look at its revision, and open its keys; nothing is made or changed."""
    opened = Database(settings.database_url)
    try:
        async with asyncio.timeout(_SECONDS):
            await _look(settings, opened, findings)
    except DatabaseUnusable as error:
        findings.problem(f"DATABASE_URL: {error}")
    except TimeoutError:
        findings.problem(f"DATABASE_URL: it has not answered within {_SECONDS:.0f} seconds.")
    except DatabaseFails as error:
        findings.problem(f"DATABASE_URL: it cannot be read now ({type(error).__name__}).")
    except VaultError as error:
        findings.problem(f"SECRET_KEY: {error}.")
    finally:
        await opened.close()
    _key_file(settings, opened, findings)


async def _look(settings: Settings, opened: Database, findings: Findings) -> None:
    if opened.is_sqlite and not _exists(Path(opened.url.database or ""), findings):
        _secret(settings, opened, findings)
        return
    found = await revision(opened)
    if found is None:
        _secret(settings, opened, findings)
    what = "SQLite" if opened.is_sqlite else "PostgreSQL"
    if found == newest_revision():
        findings.fine(f"DATABASE_URL: {what} answers, and is up to date (revision {found}).")
    else:
        findings.fine(f"DATABASE_URL: {what} answers.")
        findings.note(
            f"The database stands at revision {found or 'none'}, this version wants {newest_revision()}: "
            "it is brought up to date at the next start, or by 'python -m bot migrate'."
        )
    if found is not None and await _makes_its_key_file(settings, opened):
        _secret(settings, opened, findings)
    elif found is not None:
        vault = await open_vault(settings, opened, only_look=True)
        await _keys(opened, vault, findings)


async def _makes_its_key_file(settings: Settings, opened: Database) -> bool:
    """Say whether the next start makes a key file: nothing is sealed yet, and there is no secret."""
    folder = opened.folder
    if settings.secret_key.get_secret_value() or folder is None or (folder / KEY_FILE).exists():
        return False
    async with opened.read() as tx:
        return not await count(tx)


async def _keys(opened: Database, vault: Vault, findings: Findings) -> None:
    stored = await survey(opened, vault)
    if stored.unreadable:
        findings.note(
            f"SECRET_KEY: {len(stored.unreadable)} of {stored.total} stored keys cannot be opened: a secret "
            "is missing from it, or they are damaged. The bot runs, and asks the owners for these keys."
        )
    else:
        findings.fine(f"SECRET_KEY: all {stored.total} stored keys can be opened.")


def _secret(settings: Settings, opened: Database, findings: Findings) -> None:
    configured = settings.secret_key.get_secret_value()
    if not configured and opened.folder is None:
        findings.problem("SECRET_KEY is needed: beside a database server a key file has no place.")
        return
    if not configured:
        findings.note("SECRET_KEY is empty: a key file will be made beside the database at the next start.")
        return
    try:
        Vault(configured.split(","))
    except VaultError as error:
        findings.problem(f"SECRET_KEY: {error}.")
    else:
        findings.fine("SECRET_KEY can seal keys; none is stored yet.")


def _key_file(settings: Settings, opened: Database, findings: Findings) -> None:
    """Look who may read the file with the secret."""
    if opened.folder is None or settings.secret_key.get_secret_value():
        return
    path = opened.folder / KEY_FILE
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:  # there is none yet, or what has been said of the folder already
        return
    if mode & _OF_OTHERS:
        findings.note(f"{path} can be read by others (mode {mode:04o}): the next start takes that from them.")
    else:
        findings.fine(f"{path} can be read by its owner alone.")


def _exists(path: Path, findings: Findings) -> bool:
    if path.exists():
        return True
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        findings.problem(f"DATABASE_URL: nothing can be written to {folder}.")
    else:
        findings.note("There is no database yet: it is made at the first start.")
    return False
