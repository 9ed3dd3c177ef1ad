"""A PostgreSQL that a test may stop and start: its own, on a free port of loopback."""

import asyncio
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Self

import pytest

_BINARIES = "/usr/lib/postgresql/*/bin"
_SYSTEM_USER = "postgres"  # PostgreSQL does not run as root


def find_binaries() -> Path:
    """Return where PostgreSQL's programs are; skip the test where they, or the program of Redis, are not.

    With ``REQUIRE_SERVERS`` in the environment the test fails instead.
    """
    postgres = max(Path("/").glob(f"{_BINARIES[1:]}/initdb"), default=None)
    redis = shutil.which("redis-server")
    if postgres is not None and redis is not None:
        return postgres.parent
    told = "the replicas' test starts servers of its own: install Debian's postgresql and redis-server"
    if os.environ.get("REQUIRE_SERVERS"):
        pytest.fail(told)
    pytest.skip(told)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class OwnPostgres:
    """A cluster of PostgreSQL in a folder of its own.

    Args:
        binaries: where its programs are.
    """

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="cluster-postgres-"))
        self._port = free_port()

    @property
    def dsn(self) -> str:
        """Where its database is, as libpq spells it."""
        return f"postgresql://{_SYSTEM_USER}@127.0.0.1:{self._port}/postgres"

    @property
    def url(self) -> str:
        """The same as the bot spells it."""
        return self.dsn.replace("postgresql:", "postgresql+asyncpg:")

    async def __aenter__(self) -> Self:
        if not os.geteuid():
            shutil.chown(self._folder, _SYSTEM_USER, _SYSTEM_USER)
        data = str(self._data)
        await self._run("initdb", "-D", data, "-U", _SYSTEM_USER, "-A", "trust", "--no-sync", "-E", "UTF8")
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        shutil.rmtree(self._folder)

    async def start(self) -> None:
        """Start it; return once it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        await self._run(
            "pg_ctl", "start", "-w", "-D", str(self._data), "-l", f"{self._data}.log", "-o", options
        )

    async def stop(self) -> None:
        """Stop it as an operator does who is in a hurry: whoever is connected is sent away."""
        await self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self._data))

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    async def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        if not os.geteuid():
            user = f"--reuid={_SYSTEM_USER}", f"--regid={_SYSTEM_USER}", "--clear-groups"
            command = ["setpriv", *user, *command]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self._folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,  # no pipe: the server would inherit it, and keep it open
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert await process.wait() == 0, f"{program} failed"
