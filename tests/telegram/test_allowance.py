"""How much one person may send."""

from bot.telegram.allowance import A_SECOND, BURST, Allowance
from tests.support.clock import ManualClock

ANNA, BORIS = 1, 2


def spend(allowance: Allowance, person: int = ANNA) -> int:
    """Send until it is too much; return how many were taken."""
    taken = 0
    while allowance.take(person):
        taken += 1
    return taken


async def test_a_burst_is_taken_and_refilled_by_the_second() -> None:
    """So many at once, then one a second, and never more than the burst; others are not concerned."""
    clock = ManualClock()
    allowance = Allowance(clock)
    assert spend(allowance) == BURST
    assert allowance.take(BORIS)
    await clock.advance(3 / A_SECOND)
    assert spend(allowance) == 3
    await clock.advance(3600)
    assert spend(allowance) == BURST


async def test_a_flood_is_warned_of_once() -> None:
    """The first refusal is told; the next only after the person has been quiet for a while."""
    clock = ManualClock()
    allowance = Allowance(clock)
    warned = []
    for _ in range(5):
        spend(allowance)
        warned.append(allowance.warn(ANNA))
        await clock.advance(2)
    await clock.advance(BURST)
    spend(allowance)
    assert [*warned, allowance.warn(ANNA)] == [True, False, False, False, False, True]


async def test_forgotten_buckets_are_full_ones() -> None:
    """Where thousands have written, those are forgotten whose bucket is full again, and nobody else."""
    clock = ManualClock()
    allowance = Allowance(clock)
    for person in range(10_000):
        allowance.take(person)
    await clock.advance(BURST)
    spend(allowance, ANNA)
    allowance.take(20_000)
    assert not allowance.take(ANNA)
    assert len(allowance._buckets) == 2
