"""One of several bots: ``python -m bot`` whose leases are short, so that a test need not wait long for them.

``main`` is run in a process that the hatchery has forked; nothing of this is in the product.
"""

import os
from functools import partial
from types import ModuleType

from bot.engine import engine, shared_territory
from bot.engine.chats import LeasedChats
from bot.engine.duty import LeasedDuty
from tests.crash import mortal

NAME = "REPLICA_NAME"
LEASE_SECONDS = 8.0
BEAT_SECONDS = 2.0


def main() -> int:
    """Live; return the exit code."""
    _change(shared_territory, LEASE_SECONDS=LEASE_SECONDS, BEAT_SECONDS=BEAT_SECONDS)
    _change(
        engine,
        LeasedChats=partial(LeasedChats, seconds=LEASE_SECONDS),
        LeasedDuty=partial(LeasedDuty, seconds=LEASE_SECONDS),
        token_hex=lambda _: f"{os.environ[NAME]}.{os.getpid()}",  # by which the leases name it
    )
    return mortal.main()


def _change(module: ModuleType, **names: object) -> None:
    for name, value in names.items():
        assert hasattr(module, name)
        setattr(module, name, value)
