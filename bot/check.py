"""What is wrong with a configuration: tried out, not only read, and without changing anything."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError

from bot.app import build_bot, open_vault
from bot.catalog import load_catalog
from bot.config import ConfigError, Settings
from bot.providers.directory import build_directory
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.schema import newest_revision, revision
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
    return findings


def _providers(settings: Settings, findings: Findings) -> None:
    try:
        build_directory(settings, load_catalog().tables)
    except ConfigError as error:
        findings.problems += (f"{problem}." for problem in error.problems)


async def _database(settings: Settings, findings: Findings) -> None:
    database = Database(settings.database_url)
    try:
        if not _exists(Path(database.url.database or ""), findings):
            _secret(settings, findings)
            return
        found = await revision(database)
        if found != newest_revision():
            findings.remarks.append(
                f"The database stands at revision {found or 'none'}, this version wants {newest_revision()}: "
                "it is brought up to date at the next start, or by 'python -m bot migrate'."
            )
        if found is not None:
            await open_vault(settings, database)
    except DatabaseUnusable as error:
        findings.problems.append(f"DATABASE_URL: {error}")
    except VaultError as error:
        findings.problems.append(f"SECRET_KEY: {error}.")
    finally:
        await database.close()


def _secret(settings: Settings, findings: Findings) -> None:
    configured = settings.secret_key.get_secret_value()
    if not configured:
        findings.remarks.append(
            "SECRET_KEY is empty: a key file is made beside the database at the first start."
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
