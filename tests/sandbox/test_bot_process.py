"""The process under the sandbox: what it is told, and how it ends."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.clock import SystemClock
from sandbox.bot_process import BotProcess, database, environment, forget
from tests.support.clock import ManualClock

_READY = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()"
_SLEEP = "import time; time.sleep(600)"
_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"


async def _start(tmp_path: Path, *lines: str, clock: ManualClock | None = None) -> BotProcess:
    """Start a programme of these lines and return once it has come to its last one."""
    ready = tmp_path / "ready"
    *first, last = lines
    programme = "\n".join([*first, _READY, last])
    process = await BotProcess.start(
        {}, clock or SystemClock(), (sys.executable, "-c", programme, str(ready))
    )
    while not ready.exists():  # noqa: ASYNC110 - another process's file: there is nothing to wait on
        await asyncio.sleep(0.01)
    return process


def test_the_bot_is_pointed_at_the_simulators_and_nothing_else(tmp_path: Path) -> None:
    """The environment names a token, the addresses and no port; the database has a name of its own."""
    told = environment(token="1:x", url="http://127.0.0.1:1", data=tmp_path)
    extras = json.loads(told.pop("EXTRA_PROVIDERS"))
    assert [extra["url"] for extra in extras] == [
        "http://127.0.0.1:1/getsms-compatible",
        "http://127.0.0.1:1/getsms-online",
        "http://127.0.0.1:1/sms-activate",
    ]
    assert told == {
        "BOT_TOKEN": "1:x",
        "TELEGRAM_API_URL": "http://127.0.0.1:1",
        "GETSMS_URL": "http://127.0.0.1:1/getsms",
        "GETSMS_ONLINE_URL": "http://127.0.0.1:1/getsms-online",
        "SMS_ACTIVATE_URL": "http://127.0.0.1:1/sms-activate",
        "SMSPVA_URL": "http://127.0.0.1:1/smspva",
        "SMSPVA_REQUESTS_PER_SECOND": "10",
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/sandbox.db",
        "HTTP_PORT": "0",
    }


def test_an_earlier_world_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    """Only the sandbox's own database goes: a key file and a real bot's database stay."""
    kept = [tmp_path / "secret.key", tmp_path / "codebell.db"]
    gone = [database(tmp_path), tmp_path / "sandbox.db-wal", tmp_path / "sandbox.db-shm"]
    for path in kept + gone:
        path.touch()
    forget(tmp_path)
    forget(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


async def test_variables_reach_the_process() -> None:
    """The process sees our environment and the variables on top of it."""
    programme = "import os, sys; sys.exit(7 if os.environ['BOT_TOKEN'] == 'x' and os.environ['PATH'] else 1)"
    process = await BotProcess.start({"BOT_TOKEN": "x"}, SystemClock(), (sys.executable, "-c", programme))
    assert await process.wait() == 7


async def test_a_process_that_hears_is_stopped_by_asking(tmp_path: Path) -> None:
    """SIGTERM ends it long before its grace does; the code is what a shell would say."""
    process = await _start(tmp_path, _SLEEP)
    assert await process.stop() == 128 + 15


async def test_a_process_that_does_not_hear_is_killed_after_its_grace(tmp_path: Path) -> None:
    """Ten seconds after SIGTERM comes the end that cannot be refused."""
    clock = ManualClock()
    process = await _start(tmp_path, _DEAF, _SLEEP, clock=clock)
    stopping = asyncio.create_task(process.stop())
    await clock.until_asleep()
    await clock.advance(9.9)
    assert not stopping.done()
    await clock.advance(0.1)
    assert await stopping == 128 + 9


@pytest.mark.parametrize("code", [0, 3])
async def test_stopping_what_has_ended_tells_its_code(code: int) -> None:
    """A process that ended by itself is not signalled any more."""
    process = await BotProcess.start({}, SystemClock(), (sys.executable, "-c", f"raise SystemExit({code})"))
    assert await process.wait() == code
    assert await process.stop() == code
