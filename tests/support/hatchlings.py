"""The tests' side of the hatchery: programs that start in a moment."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from sandbox.bot_process import PROJECT
from tests.support.hatchery import Wish

_KEPT = ("PATH", "HOME", "LANG", "TMPDIR")  # nothing else of the tester's environment configures a program
_SECONDS_TO_IMPORT = 60.0
_GLANCE = 0.02


def environment() -> dict[str, str]:
    """Return what a program gets of the tester's environment, and where our code is."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(PROJECT)}


class Hatchling:
    """A program that came out of a hatchery; what it is asked is asked like an ``asyncio`` subprocess.

    Attributes:
        pid: its process.
        returncode: its exit code, -n for one that signal n ended; None while it lives.
    """

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._writer = writer
        self._end = asyncio.create_task(self._outlive(reader))

    def send_signal(self, number: int) -> None:
        """Send it a signal; nothing where it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as ``kill -9`` does; nothing where it has ended."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Return the exit code once it has ended."""
        return await asyncio.shield(self._end)

    async def _outlive(self, reader: asyncio.StreamReader) -> int:
        self.returncode = int(await reader.readline())
        self._writer.close()
        await self._writer.wait_closed()
        return self.returncode


class Hatchery:
    """One hatchery, started when it is first needed; programs of one test or of many come out of it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""

    async def hatch(
        self, program: str, arguments: Sequence[str], *, variables: Mapping[str, str], folder: Path, log: Path
    ) -> Hatchling:
        """Start a program; see ``tests.support.hatchery.Wish``."""
        await self.open()
        reader, writer = await asyncio.open_unix_connection(self._address)
        wish = Wish(
            program=program,
            arguments=[*arguments],
            folder=str(folder),
            log=str(log),
            variables=dict(variables),
        )
        writer.write(f"{json.dumps(wish)}\n".encode())
        return Hatchling(int(await reader.readline()), reader, writer)

    async def open(self) -> None:
        """Start it where it does not run; return once programs can come out of it."""
        if self._process is None:
            self._folder = tempfile.mkdtemp(prefix="hatchery-")
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 - it outlives the loop of this test; ours
                (sys.executable, "-m", "tests.support.hatchery", self._address),
                cwd=PROJECT,
                env=environment(),
                stdin=subprocess.PIPE,
            )
        async with asyncio.timeout(_SECONDS_TO_IMPORT):
            while not self._is_open():
                assert self._process.poll() is None, "the hatchery has ended"
                await asyncio.sleep(_GLANCE)

    def close(self) -> None:
        """End it, and with it all that came out of it."""
        if self._process is not None:
            self._process.communicate()
            self._process = None
            shutil.rmtree(self._folder)

    @property
    def _address(self) -> str:
        return f"{self._folder}/door"

    def _is_open(self) -> bool:
        return Path(self._address).exists()
