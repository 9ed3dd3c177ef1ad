"""The command line: ``python -m bot [run|migrate|check|rotate-keys|backup|copy-database]``."""

import argparse
import asyncio
import importlib.util
import io
import os
import resource
import signal
import sys
from pathlib import Path

from bot.app import build_app
from bot.check import examine
from bot.clock import SystemClock
from bot.config import ConfigError, Settings, load_settings
from bot.config_values import as_database_url
from bot.logs import configure_logging
from bot.providers.addresses import Addresses
from bot.rotation import rotate
from bot.safekeeping import InUse, back_up_database, copy_database
from bot.storage.backup import NoBackup
from bot.storage.copying import NotEmpty
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.lock import AlreadyRunning
from bot.storage.schema import migrate
from bot.storage.vault import VaultError

_LOST = (
    "Bring the right secret back: your backup has it in secret.key, or as SECRET_KEY. Where it is lost for "
    "good, 'python -m bot run --secret-lost' goes on, and asks the owners for their keys again."
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Codebell, a Telegram bot for SMS codes."
    )
    commands = parser.add_subparsers(dest="command")
    run = commands.add_parser("run", help="run the bot (the default); without BOT_TOKEN, the sandbox")
    run.add_argument(
        "--local-hosts",
        action="store_true",
        help="let users add hosts on this machine, over plain HTTP too; for trying out",
    )
    run.add_argument(
        "--secret-lost",
        action="store_true",
        help="start though no stored key can be opened any more; their owners are asked to send them again",
    )
    commands.add_parser("migrate", help="bring the database up to date")
    check = commands.add_parser(
        "check", help="try the configuration out; exit code 1 where it cannot be used"
    )
    check.add_argument("--offline", action="store_true", help="leave the hosts of the providers alone")
    commands.add_parser(
        "rotate-keys", help="seal the stored keys with the newest secret; the bot must not run meanwhile"
    )
    backup = commands.add_parser("backup", help="copy the SQLite database, also while the bot runs")
    backup.add_argument("path", type=Path, help="the file to make; one that is there is not overwritten")
    copy = commands.add_parser("copy-database", help="copy all data into another, empty database")
    for name in ("source", "target"):
        copy.add_argument(
            name, help="a URL as in DATABASE_URL, or the word DATABASE_URL for the configured one"
        )
    options = parser.parse_args(arguments)
    _keep_to_itself()
    command = options.command or "run"
    try:
        settings = load_settings()
    except ConfigError as error:
        return _complain(*error.problems)
    configure_logging(settings)
    if command == "check":
        return _check(settings, offline=options.offline)
    try:
        return _do(command, options, settings)
    except DatabaseUnusable as error:
        return _complain(f"DATABASE_URL: {error}")


def _do(command: str, options: argparse.Namespace, settings: Settings) -> int:
    if command == "migrate":
        sys.stdout.write(f"The database is at revision {asyncio.run(_migrate(settings))}.\n")
        return 0
    if command == "rotate-keys":
        return _rotate(settings)
    if command == "backup":
        return _back_up(settings, options.path)
    if command == "copy-database":
        return _copy(settings, options.source, options.target)
    addresses = Addresses(loopback=getattr(options, "local_hosts", False))
    return _run(settings, addresses, secret_is_lost=getattr(options, "secret_lost", False))


def _keep_to_itself() -> None:
    """Let nobody else read what this process writes, and let no crash write its memory to a file."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(settings: Settings, addresses: Addresses, *, secret_is_lost: bool) -> int:
    if not settings.bot_token.get_secret_value():
        return _sandbox()
    try:
        asyncio.run(_work(settings, addresses, secret_is_lost=secret_is_lost))
    except ConfigError as error:
        return _complain(*error.problems)
    except VaultError as error:
        return _complain(f"The keys cannot be opened: {error}. Nothing was changed.", _LOST)
    except AlreadyRunning as error:
        return _complain(f"Another Codebell is running on the database in {error}.")
    return 0


def _rotate(settings: Settings) -> int:
    try:
        done = asyncio.run(rotate(settings))
    except VaultError as error:
        return _complain(f"The keys cannot be opened: {error}. Nothing was changed.")
    except AlreadyRunning as error:
        return _complain(f"A Codebell is running on the database in {error}: stop it, then rotate the keys.")
    for sentence in done.sentences():
        sys.stdout.write(f"{sentence}\n")
    return 1 if done.keys.unreadable else 0


def _back_up(settings: Settings, path: Path) -> int:
    try:
        told = asyncio.run(back_up_database(settings, path))
    except NoBackup as error:
        return _complain(f"No backup was made: {error}.")
    for sentence in told:
        sys.stdout.write(f"{sentence}\n")
    return 0


def _copy(settings: Settings, source: str, target: str) -> int:
    try:
        urls = {"DATABASE_URL": settings.database_url}
        of, to = (urls.get(one) or as_database_url(one) for one in (source, target))
        done = asyncio.run(copy_database(of, to))
    except ValueError as error:
        return _complain(f"Nothing was copied: a URL {error}.")
    except (AlreadyRunning, InUse) as error:
        return _complain(f"Nothing was copied: a Codebell runs on the database in {error}; stop it first.")
    except NotEmpty:
        return _complain("Nothing was copied: the target has other data; name an empty database.")
    except DatabaseUnusable as error:
        return _complain(f"Nothing was copied: {error}.")
    for sentence in done.sentences():
        sys.stdout.write(f"{sentence}\n")
    return 0 if done.is_whole else 1


async def _work(settings: Settings, addresses: Addresses, *, secret_is_lost: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with build_app(settings, SystemClock(), addresses, secret_is_lost=secret_is_lost) as app:
        await app.run(stop)


def _sandbox() -> int:
    if importlib.util.find_spec("sandbox") is None:
        return _complain("BOT_TOKEN is empty, and the sandbox is not installed here.")
    sys.stdout.write("BOT_TOKEN is empty: starting the sandbox, with a simulated Telegram and provider.\n")
    sys.stdout.flush()
    return os.execv(sys.executable, [sys.executable, "-m", "sandbox"])  # noqa: S606 - this program, other module


async def _migrate(settings: Settings) -> str:
    database = Database(settings.database_url)
    try:
        return await migrate(database)
    finally:
        await database.close()


def _check(settings: Settings, *, offline: bool) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # not every terminal has the signs in front of the sentences
    findings = asyncio.run(examine(settings, offline=offline))
    for finding in findings.all:
        sys.stdout.write(f"{finding}\n")
    if findings.problems:
        sys.stdout.write("\nThis must be mended: what stands behind ✗.\n")
        return 1
    sys.stdout.write("\nThe configuration is fine.\n")
    return 0


def _complain(*sentences: str) -> int:
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
