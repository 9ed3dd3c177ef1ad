"""What the machine must have for the bot: room on the disk, and a port."""

import shutil
import socket

import aiohttp

from bot.check.findings import Findings
from bot.config import Settings
from bot.storage.database import Database

_MEGABYTE = 1_000_000
_LEAST = 100 * _MEGABYTE
_LITTLE = 1000 * _MEGABYTE
_SECONDS = aiohttp.ClientTimeout(total=3)


def free_space(settings: Settings, findings: Findings) -> None:
    """Look how much room the disk of the SQLite file has; a server's disk is not seen from here."""
    folder = Database(settings.database_url).folder
    if folder is None:
        return
    path = folder.absolute()
    while not path.exists():
        path = path.parent
    free = shutil.disk_usage(path).free
    told = f"{free // _MEGABYTE:,} MB are free on the disk of the database"
    if free < _LEAST:
        findings.problem(f"{told}: make room, or purchases will fail.")
    elif free < _LITTLE:
        findings.note(f"{told}, which is little.")
    else:
        findings.fine(f"{told}.")


async def free_port(settings: Settings, findings: Findings) -> None:
    """Try whether the bot's HTTP server could listen; a bot that listens there already is no trouble."""
    host, port = settings.http_host, settings.http_port
    if not port:
        findings.note("HTTP_PORT is 0: there is no /healthz, /readyz or /metrics.")
        return
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as found:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, port))
    except OSError as error:
        if await _is_ours(port):
            findings.note(f"HTTP_PORT: a bot answers at {port} already.")
        else:
            findings.problem(f"HTTP_PORT: nothing can listen at {host}, port {port}: {error.strerror}.")
        return
    findings.fine(f"HTTP_PORT: {port} is free.")


async def _is_ours(port: int) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=_SECONDS) as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as answer,
        ):
            return await answer.text() == "ok\n"
    except (aiohttp.ClientError, TimeoutError, UnicodeDecodeError):
        return False
