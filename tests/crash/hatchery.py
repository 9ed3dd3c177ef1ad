"""A process that has imported the bot, and brings forth bots by forking: a start costs no imports.

``python -m tests.crash.hatchery`` reads one line of JSON a bot and answers with two: the bot's process
number, and, once it has ended, its exit code. A bot is ``bot.__main__.main``, as ``python -m bot`` would run
it, in a process of its own. When the hatchery's standard input ends, its bot is killed and it ends too.
"""

import gc
import json
import os
import select
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from babel import Locale

from bot.__main__ import main
from bot.app import LOCALES
from bot.catalog import load_catalog
from bot.i18n import LANGUAGES, Translations
from tests.crash import wall
from tests.crash.commits import Point, watch

READY = "ready"
_BROKEN = 70


def hatch() -> None:
    """Serve until standard input ends."""
    Translations.load(LOCALES)
    load_catalog()
    for language in LANGUAGES:
        Locale.parse(language)
    gc.collect()
    gc.freeze()
    _say(READY)
    for line in sys.stdin:
        wish = json.loads(line)
        pid = os.fork()
        if not pid:
            code = _BROKEN
            try:
                code = _live(wish)
            except BaseException:  # noqa: BLE001 - whatever it is, this process must not become a second hatchery
                traceback.print_exc()
            os._exit(code)
        _say(pid)
        _say(_outlive(pid))


def _live(wish: dict[str, Any]) -> int:
    """Become a bot; return its exit code."""
    os.setpgid(0, 0)
    log = os.open(wish["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.chdir(wish["folder"])
    os.environ.update(wish["variables"])
    wall.watch(Path(wish["wall"]))
    watch(Path(wish["points"]), Point.parse(wish["kill_at"]) if wish["kill_at"] else None, wish["times"])
    code = main(["run", "--local-hosts"])
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _outlive(pid: int) -> int:
    """Wait for a bot's end; return its exit code, 128 + n for one that signal n ended."""
    ending = os.pidfd_open(pid)
    try:
        ready, _, _ = select.select([ending, sys.stdin], [], [])
        if ending not in ready:  # whoever asked for the bot is gone
            os.kill(pid, signal.SIGKILL)
    finally:
        os.close(ending)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


def _say(word: str | int) -> None:
    sys.stdout.write(f"{json.dumps(word)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    hatch()
