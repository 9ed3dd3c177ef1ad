"""``python -m bot`` with something wrong in it: run as a script, with what goes wrong in ``SABOTAGE``.

``die:<n>``
    the process is shot (SIGKILL) just before its n-th lasting change: a commit, or a file put in place.
``handlers``
    whoever keeps a key, or looks at balances, stumbles over a fault of ours.
``adapters``
    an adapter stumbles over a fault of ours while it reads an answer.
``memory``
    at SIGUSR1, the names of the objects that hold the text of ``NEEDLE`` (given in hex) are written down.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from bot import __main__ as program
from bot.engine.accounts import Accounts
from bot.providers import getsms_v1_answers


def _die_at(number: int) -> None:
    """Count lasting changes down, and be shot just before the last of them."""
    left = number

    def counted(genuine: Callable[..., Any]) -> Callable[..., Any]:
        def do(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return genuine(*given, **named)

        return do

    Connection._commit_impl = counted(Connection._commit_impl)  # type: ignore[method-assign]
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]


def _stumble_in(owner: Any, name: str) -> None:
    """Have a function fail while it holds everything that it was given."""

    def stumble(*given: Any, **named: Any) -> Any:
        holds = [str(given), repr(named)]
        raise RuntimeError(f"sabotage in {name}, holding {len(holds)} things: {given!r} {named!r}")

    setattr(owner, name, stumble)


def _look_for(needle: bytes, told: Path) -> None:
    """Have SIGUSR1 write down what holds the needle; the needle itself stays in hex."""

    def look(*_: object) -> None:
        gc.unfreeze()  # what lay there before this process was forked is looked into as well
        gc.collect()
        found = []
        seen: set[int] = set()
        for holder in gc.get_objects():
            for one in (holder, *gc.get_referents(holder)):
                if isinstance(one, str | bytes | bytearray) and id(one) not in seen:
                    seen.add(id(one))
                    text = one.encode("utf-8", "replace") if isinstance(one, str) else bytes(one)
                    if needle in text.hex().encode():
                        found.append(f"{type(one).__name__} in {_described(holder)}")
        draft = told.with_suffix(".draft")
        draft.write_text("\n".join(["looked", *found]), encoding="utf-8")
        draft.replace(told)

    signal.signal(signal.SIGUSR1, look)


def _described(holder: Any) -> str:
    """Say what an object is and what holds it, by types and names alone."""
    names = sorted(map(str, holder))[:12] if isinstance(holder, dict) else ""
    above = {type(one).__qualname__ for one in gc.get_referrers(holder)} - {"list_iterator", "list", "frame"}
    return f"{type(holder).__qualname__} {names} held by {sorted(above)}"


def main() -> int:
    """Do the damage, then run the bot."""
    kind, _, number = os.environ["SABOTAGE"].partition(":")
    if kind == "die":
        _die_at(int(number))
    elif kind == "handlers":
        _stumble_in(Accounts, "keep")
        _stumble_in(Accounts, "balances")
    elif kind == "adapters":
        _stumble_in(getsms_v1_answers, "read_balance")
    elif kind == "memory":
        _look_for(os.environ["NEEDLE"].encode(), Path(os.environ["FOUND"]))
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
