"""A process that has imported the bot and brings forth programs by forking: a start costs no imports.

``python -m tests.support.hatchery SOCKET`` listens there. Whoever connects sends a wish, one line of JSON
(see ``Wish``), and reads two lines: the number of the new process and, once it has ended, its exit code as
``subprocess`` counts them (-n for signal n). A program whose connection breaks is killed; when the hatchery's
standard input ends, it ends too.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import Any, TypedDict

import alembic.command  # noqa: F401 - the bot imports it late, where there is something to migrate
from babel import Locale

import bot.__main__  # noqa: F401 - what most programs are
from bot.app import LOCALES
from bot.catalog import load_catalog
from bot.i18n import LANGUAGES, Translations

_BROKEN = 70


class Wish(TypedDict):
    """What to bring forth.

    Attributes:
        program: the module; its ``main()`` returns the exit code.
        arguments: of its command line.
        folder: the working directory.
        log: the file that takes what it writes, to either stream.
        variables: its environment, beyond the hatchery's own.
    """

    program: str
    arguments: list[str]
    folder: str
    log: str
    variables: dict[str, str]


def hatch(address: str) -> None:
    """Serve until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the keepers
    Translations.load(LOCALES)
    load_catalog()
    for language in LANGUAGES:
        Locale.parse(language)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{address}.new")
        door.listen()
        os.rename(f"{address}.new", address)  # noqa: PTH104 - whoever sees it can connect
        while sys.stdin not in (ready := select.select([door, sys.stdin], [], [])[0]):
            assert door in ready
            guest, _ = door.accept()
            with guest:
                if not os.fork():
                    door.close()
                    _end_with(_keep, guest)


def _keep(guest: socket.socket) -> int:
    """Bring one program forth and wait for it, as a process of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with guest.makefile("rw") as words:
        wish: Wish = json.loads(words.readline())
        pid = os.fork()
        if not pid:
            _end_with(_live, wish)
        print(pid, file=words, flush=True)
        code = _outlive(pid, guest)
        print(code, file=words, flush=True)
    return 0


def _live(wish: Wish) -> int:
    """Become the program; return its exit code."""
    os.setpgid(0, 0)
    log = os.open(wish["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.closerange(3, 1024)  # the connection above all
    os.chdir(wish["folder"])
    os.environ.update(wish["variables"])
    sys.argv = [wish["program"], *wish["arguments"]]
    code: int = importlib.import_module(wish["program"]).main()
    return code


def _outlive(pid: int, guest: socket.socket) -> int:
    """Wait for a program's end; return its exit code."""
    ending = os.pidfd_open(pid)
    ready, _, _ = select.select([ending, guest.fileno()], [], [])
    if ending not in ready:  # whoever asked for it is gone
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _end_with(work: Any, given: Any) -> None:
    """Do what this process was forked for, and end: it must never become a second hatchery."""
    code = _BROKEN
    try:
        code = work(given)
    except SystemExit as error:  # a command line that cannot be read
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 - see above
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    hatch(sys.argv[1])
