"""The command line: ``python -m bot [run|migrate|check]``."""

import argparse
import asyncio
import importlib.util
import os
import signal
import sys

from bot.app import build_app
from bot.check import examine
from bot.clock import SystemClock
from bot.config import ConfigError, Settings, load_settings
from bot.logs import configure_logging
from bot.providers.addresses import Addresses
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.lock import AlreadyRunning
from bot.storage.schema import migrate
from bot.storage.vault import VaultError


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
    commands.add_parser("migrate", help="bring the database up to date")
    commands.add_parser("check", help="say what is wrong with the configuration; exit code 0 or 1")
    options = parser.parse_args(arguments)
    command = options.command or "run"
    try:
        settings = load_settings()
    except ConfigError as error:
        return _complain(*error.problems)
    configure_logging(settings)
    if command == "check":
        return _check(settings)
    try:
        if command == "migrate":
            sys.stdout.write(f"The database is at revision {asyncio.run(_migrate(settings))}.\n")
            return 0
        return _run(settings, Addresses(loopback=getattr(options, "local_hosts", False)))
    except DatabaseUnusable as error:
        return _complain(f"DATABASE_URL: {error}")


def _run(settings: Settings, addresses: Addresses) -> int:
    if not settings.bot_token.get_secret_value():
        return _sandbox()
    try:
        asyncio.run(_work(settings, addresses))
    except ConfigError as error:
        return _complain(*error.problems)
    except VaultError as error:
        return _complain(f"The keys cannot be opened: {error}. Nothing was changed.")
    except AlreadyRunning as error:
        return _complain(f"Another Codebell is running on the database in {error}.")
    return 0


async def _work(settings: Settings, addresses: Addresses) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with build_app(settings, SystemClock(), addresses) as app:
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


def _check(settings: Settings) -> int:
    findings = asyncio.run(examine(settings))
    for remark in findings.remarks:
        sys.stdout.write(f"{remark}\n")
    if findings.problems:
        return _complain(*findings.problems)
    sys.stdout.write("The configuration is fine.\n")
    return 0


def _complain(*sentences: str) -> int:
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
