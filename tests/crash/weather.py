"""Bad weather over the town: providers and Telegram that misbehave, a locked database, a clock that jumps."""

import asyncio
import itertools
import random
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any

from sandbox.bot_process import database
from tests.crash.town import PACE, Town

# How a provider misbehaves: the fault, and how it differs from what the simulators know.
PROVIDER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reset-before", {}),
    ("reset-after", {}),
    ("http-500", {}),
    ("http-502", {}),
    ("html-200", {}),
    ("empty", {}),
    ("cut-off", {}),
    ("slow", {"seconds": 2}),
    ("hang", {"seconds": 11 * PACE}),  # a check waits for ten real seconds
    ("hang-after", {"seconds": 11 * PACE}),
)
# These make the bot leave a whole host alone: for 7 seconds where it names a pause, else for a minute.
REBUKES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("429", {}),
    ("body", {"body": "Too Many Requests", "status": 429}),
    ("cloudflare-403", {}),
)
TELEGRAM: tuple[str, ...] = ("cut before", "answer lost", "500", "502", "429", "429 without a pause")
_PAUSE = (0.3, 1.5)
_SHOWER = (1, 12)  # calls that one fault hits


class Weather:
    """What goes wrong, and how often it did.

    Attributes:
        seen: by name, how many faults were planned.
    """

    def __init__(self, town: Town, dice: random.Random) -> None:
        self.seen: Counter[str] = Counter()
        self._town = town
        self._dice = dice

    async def rage(self, seconds: float) -> None:
        """Plan one fault after another for so long, then let everything work again."""
        async with asyncio.timeout(seconds + 1):
            until = asyncio.get_running_loop().time() + seconds
            while asyncio.get_running_loop().time() < until:
                self._strike()
                await asyncio.sleep(self._dice.uniform(*_PAUSE))
        self.clear()

    def rebuke(self) -> None:
        """Have each house refuse once to be asked so much, each in its way."""
        for house, (name, how) in zip(self._town.houses.values(), itertools.cycle(REBUKES), strict=False):
            house.fault(name, "*", 1, **how)
            self.seen["429 without a pause, of a provider" if how else f"{name}, of a provider"] += 1

    def clear(self) -> None:
        """Let everything work again."""
        for house in self._town.houses.values():
            house.break_with(None)
        self._town.telegram.faults.clear()

    async def lock(self, seconds: float) -> None:
        """Hold the database's write lock, as a backup or somebody's shell would."""
        self.seen[f"database locked for {seconds:g} s"] += 1
        with closing(sqlite3.connect(database(self._town.folder), isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            other.execute("ROLLBACK")

    def _strike(self) -> None:
        times = self._dice.randint(*_SHOWER)
        if self._dice.random() < 0.35:
            name = self._dice.choice(TELEGRAM)
            self._telegram(name, times)
        else:
            name, how = self._dice.choice(PROVIDER)
            times = 1 if "hang" in name else times
            self._dice.choice(list(self._town.houses.values())).fault(name, "*", times, **how)
        self.seen[name] += 1

    def _telegram(self, name: str, times: int) -> None:
        faults = self._town.telegram.faults
        match name:
            case "cut before":
                faults.cut_before(times=times)
            case "answer lost":
                faults.lose_answer(times=times)
            case "429":
                faults.add(error_code=429, retry_after=self._dice.randint(1, 4), times=times)
            case "429 without a pause":
                faults.add(error_code=429, times=times)
            case _:
                faults.add(error_code=int(name), times=times)
