"""What is wrong with a configuration: tried out, not only read, and without changing anything."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError

from bot.app import build_bot, open_vault
from bot.catalog import load_catalog
from bot.config import ConfigError, Settings
from bot.providers.directory import build_directory
from bot.storage.database import Database, DatabaseFails, DatabaseUnusable
from bot.storage.keyfile import KEY_FILE
from bot.storage.schema import newest_revision, revision
from bot.storage.sealing import count, survey
from bot.storage.vault import Vault, VaultError


@dataclass(slots=True)
class Findings:
    """What a check has found, in sentences.

    Attributes:
        problems: must be mended before the bot can run.
        remarks: good to know.
    """

    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


async def examine(settings: Settings) -> Findings:
    """Try the configuration out: the providers, the database, the stored keys, the bot's token."""
    findings = Findings()
    _providers(settings, findings)
    await _database(settings, findings)
    await _telegram(settings, findings)
    _webhooks(settings, findings)
    return findings


def _providers(settings: Settings, findings: Findings) -> None:
    try:
        build_directory(settings, load_catalog().tables)
    except ConfigError as error:
        findings.problems += (f"{problem}." for problem in error.problems)


def _webhooks(settings: Settings, findings: Findings) -> None:
    if not settings.public_url:
        return
    if not settings.http_port:
        findings.problems.append("PUBLIC_URL is set, but HTTP_PORT is 0: nobody answers there.")
    if not settings.public_url.startswith("https:"):
        findings.remarks.append("PUBLIC_URL is not https: others can read the addresses of webhooks.")


async def _database(settings: Settings, findings: Findings) -> None:
    database = Database(settings.database_url)
    try:
        if database.is_sqlite and not _exists(Path(database.url.database or ""), findings):
            _secret(settings, database, findings)
            return
        found = await revision(database)
        if found is None:
            _secret(settings, database, findings)
        if found != newest_revision():
            findings.remarks.append(
                f"The database stands at revision {found or 'none'}, this version wants {newest_revision()}: "
                "it is brought up to date at the next start, or by 'python -m bot migrate'."
            )
        if found is not None and await _makes_its_key_file(settings, database):
            _secret(settings, database, findings)
        elif found is not None:
            vault = await open_vault(settings, database, only_look=True)
            await _keys(database, vault, findings)
    except DatabaseUnusable as error:
        findings.problems.append(f"DATABASE_URL: {error}")
    except DatabaseFails as error:
        findings.problems.append(f"DATABASE_URL: it cannot be read now ({type(error).__name__}).")
    except VaultError as error:
        findings.problems.append(f"SECRET_KEY: {error}.")
    finally:
        await database.close()


async def _makes_its_key_file(settings: Settings, database: Database) -> bool:
    """Say whether the next start makes a key file: nothing is sealed yet, and there is no secret."""
    folder = database.folder
    if settings.secret_key.get_secret_value() or folder is None or (folder / KEY_FILE).exists():
        return False
    async with database.read() as tx:
        return not await count(tx)


async def _keys(database: Database, vault: Vault, findings: Findings) -> None:
    stored = await survey(database, vault)
    if stored.unreadable:
        findings.remarks.append(
            f"SECRET_KEY: {len(stored.unreadable)} of {stored.total} stored keys cannot be opened: a secret "
            "is missing from it, or they are damaged. The bot runs, and asks the owners for these keys."
        )


def _secret(settings: Settings, database: Database, findings: Findings) -> None:
    configured = settings.secret_key.get_secret_value()
    if not configured and database.folder is None:
        findings.problems.append("SECRET_KEY is needed: beside a database server a key file has no place.")
        return
    if not configured:
        findings.remarks.append(
            "SECRET_KEY is empty: a key file will be made beside the database at the next start."
        )
        return
    try:
        Vault(configured.split(","))
    except VaultError as error:
        findings.problems.append(f"SECRET_KEY: {error}.")


def _exists(path: Path, findings: Findings) -> bool:
    if path.exists():
        return True
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        findings.problems.append(f"DATABASE_URL: nothing can be written to {folder}.")
    else:
        findings.remarks.append("There is no database yet: it is made at the first start.")
    return False


async def _telegram(settings: Settings, findings: Findings) -> None:
    if not settings.bot_token.get_secret_value():
        findings.remarks.append("BOT_TOKEN is empty: the sandbox is started instead of the bot.")
        return
    bot = build_bot(settings)
    try:
        me = await bot.me()
    except TelegramUnauthorizedError:
        findings.problems.append("BOT_TOKEN: Telegram does not accept it.")
    except TelegramAPIError as error:
        findings.remarks.append(f"Telegram could not be asked about BOT_TOKEN: {type(error).__name__}.")
    else:
        findings.remarks.append(f"Telegram knows the bot as @{me.username}.")
    finally:
        await bot.session.close()
