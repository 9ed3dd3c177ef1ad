"""The bot is killed again and again while people buy: no money, no code and no word to its owner is lost.

``CRASH_ROUNDS`` says how many bots die, ``CRASH_SEED`` repeats the dice of a run, ``CRASH_REPORT`` names a
file for the figures; see ``tests/crash/plan.py``.
"""

import random
import time
from collections import Counter
from pathlib import Path

from sandbox.bot_process import PROJECT
from tests.crash import report
from tests.crash.audit import audit, settled
from tests.crash.commits import Point, every_point
from tests.crash.nest import KILLED
from tests.crash.plan import ROUNDS, SEED, keep, tell
from tests.crash.town import HURRY, Life, Town

PEOPLE = 30
_A_LIFE = (0.05, 3.0)  # seconds; a start takes a quarter of one
_TO_A_POINT = 5.0
_FIRST_LIFE = 12.0
_SETTLED = 90.0  # seconds
_WEIGHTY = frozenset(
    {
        *("Purchase._intend", "Purchase._settle", "Delivery.sms", "Delivery.end", "Outbox.end"),
        *("Receipts.intend", "Receipts.paid", "Receipts._end", "RentDelivery.sms", "RentDelivery.changed"),
    }
)
_WEIGHTIER = 4
_ENOUGH = ("SMS told", "SMS of rentals told", "purchases sent", "payments for rentals sent")
_MORE_LIVES = 6  # at the most, on a machine so busy that hardly anything happens in a life


async def test_killed_at_random_moments_and_at_every_commit(tmp_path: Path) -> None:
    """After dozens of deaths the bot's rows and the chats agree with the providers' own ledgers."""
    since, points = time.monotonic(), every_point(PROJECT / "bot")
    async with Town(tmp_path, SEED, PEOPLE) as town:
        tried: Counter[Point] = Counter()
        dice = random.Random(SEED)  # noqa: S311 - a test that is repeatable, no secret
        town.think()
        town.stir()
        await town.live(seconds=_FIRST_LIFE)
        for number in range(ROUNDS):
            await _kill(town, dice, tried, number)
        await _live_enough(town)
        await town.rest()
        town.clock.hurry(HURRY)
        bot = await town.hatch()
        findings = await settled(town, _SETTLED)
        assert await bot.stop() == 0
        told = report.figures(town, SEED, findings, points, time.monotonic() - since)
    tell(told)
    keep(told)
    assert set(town.passed) <= set(points)
    assert not findings.problems, "\n".join([f"CRASH_SEED={SEED}", *findings.problems])
    for what in _ENOUGH:
        assert findings.counts[what] > ROUNDS / 4, what
    assert {life.code for life in town.lives} == {KILLED}, town.nest.log.read_text()[-4000:]


async def _kill(town: Town, dice: random.Random, tried: Counter[Point], number: int) -> Life:
    """Let one bot live: every third is killed at a random moment, the rest where it was tried least."""
    if number % 3 == 0:
        return await town.live(seconds=dice.uniform(*_A_LIFE))
    point = _next(town, dice, tried)
    tried[point] += 1
    in_a_life = town.passed[point] // (3 * len(town.lives))
    return await town.live(seconds=_TO_A_POINT, kill_at=point, times=dice.randint(1, in_a_life + 1))


async def _live_enough(town: Town) -> None:
    """Let bots live longer until enough has happened for the audit to mean something."""
    for _ in range(_MORE_LIVES):
        counts = audit(town).counts
        if all(counts[what] > ROUNDS / 2 for what in _ENOUGH):
            return
        await town.live(seconds=_FIRST_LIFE)


def _next(town: Town, dice: random.Random, tried: Counter[Point]) -> Point:
    """Return the point that is most in arrears; those around money and codes are due more often."""

    def arrears(point: Point) -> float:
        return tried[point] / (_WEIGHTIER if point.operation in _WEIGHTY else 1)

    seen = sorted(town.passed, key=str)
    fewest = min(map(arrears, seen))
    return dice.choice([point for point in seen if arrears(point) == fewest])
