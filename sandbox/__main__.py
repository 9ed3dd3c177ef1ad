"""``python -m sandbox``: the simulators, the web chat and the real bot under them, until Ctrl-C."""

import argparse
import asyncio
import fcntl
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.clock import SystemClock
from sandbox import demo
from sandbox.app import build_app, serve
from sandbox.bot_process import BotProcess, environment, forget


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox; return the exit code: the bot's where it ended by itself, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="The bot with a simulated Telegram and simulated providers, in a web chat.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, help="port (default: 8080, or a free one where that is busy)")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("sandbox-data"),
        help="folder of the bot's database, which begins anew in every run (default: %(default)s)",
    )
    parser.add_argument("--no-bot", action="store_true", help="start the simulators alone")
    options = parser.parse_args(arguments)
    try:
        with _held(options.data):
            return asyncio.run(_run(options))
    except OSError as error:
        _say(f"The sandbox cannot start: {error}")
        return 1


async def _run(options: argparse.Namespace) -> int:
    stopped = _stop_signal()
    clock = SystemClock()
    app = build_app(demo.telegram(clock), demo.providers(clock))
    async with serve(app, options.host, options.port) as url:
        variables = environment(token=demo.TOKEN, url=url, data=options.data)
        _say(
            "\nCodebell's sandbox: nothing here is real, no Telegram, no provider, no money.\n\n"
            f"  Web chat   {url}/\n"
            f"  Demo key   {demo.KEY}   (for every provider; the bot asks for it under /keys)\n\n"
            "Stop with Ctrl-C.\n"
        )
        if options.no_bot:
            _say(
                "No bot was started. Start one with\n" + "".join(f"  {k}={v}\n" for k, v in variables.items())
            )
            await stopped.wait()
            return 0
        forget(options.data)
        return await _with_bot(await BotProcess.start(variables, clock), stopped)


async def _with_bot(bot: BotProcess, stopped: asyncio.Event) -> int:
    """Wait until somebody stops the sandbox or the bot ends; leave no bot behind."""
    ended = asyncio.create_task(bot.wait())
    asked = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            _say(f"The bot ended by itself, with exit code {ended.result()}.")
            return ended.result()
        _say("Stopping.")
        return 0
    finally:
        await bot.stop()
        asked.cancel()


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


@contextmanager
def _held(data: Path) -> Iterator[None]:
    """Hold the folder, so that a second sandbox does not delete this one's database.

    Raises:
        OSError: the folder cannot be made, or another sandbox holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / "sandbox.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OSError(f"another sandbox uses {data}; give this one a folder with --data") from None
        yield


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
