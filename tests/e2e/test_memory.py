"""Keys in the memory of the running bot: gone from every object once the call that needed them is over.

What this cannot show: Python does not overwrite the memory of a text that it lets go, so that pieces of a key
may lie in freed memory, or on a page that the system swapped out, until something else is written there.
"""

import os
import signal

import pytest

from tests.e2e.shopper import Shopper
from tests.e2e.world import KEY, World

PRESENT = "Get-SMS"  # a text that surely lies in the bot's memory: the search can find


async def holders(world: World, needle: str, anna: Shopper, looks: int) -> list[str]:
    """Return what holds a text in the bot's memory, after it was given a key, used it and told a code.

    Args:
        world: where the bot lives.
        needle: the text.
        anna: who gives the key, and buys.
        looks: how often to look before what is found is believed; it may be there for a moment.
    """
    found = world.folder / "found.txt"
    bot = await world.start_bot(SABOTAGE="memory", NEEDLE=needle.encode().hex(), FOUND=str(found))
    await anna.add_key()
    card, order = await anna.buy()
    world.getsms.deliver(order.id, "Telegram code: 48213", "48213")
    await anna.code("48213", card)
    asked = await anna.person.send("/balance")
    await anna.reads("₽", after=asked)
    for _ in range(3):
        await anna.gets_help()
    left: list[str] = []
    for _ in range(looks):  # a check of the number may be under way just now, with the key in its hands
        os.kill(bot.pid, signal.SIGUSR1)
        await world.until(found.exists, "a look into the memory")
        looked, *left = found.read_text(encoding="utf-8").splitlines()
        found.unlink()
        assert looked == "looked"
        if not left:
            break
        await anna.gets_help()
    return left


@pytest.mark.parametrize("needle", [KEY])
async def test_no_object_keeps_a_key(world: World, anna: Shopper, needle: str) -> None:
    """Between two calls no string, no bytes, in no object that Python knows of, holds the key in clear."""
    assert await holders(world, needle, anna, looks=20) == []


async def test_the_search_finds(world: World, anna: Shopper) -> None:
    """The same search for a text that is there finds it: its silence about keys means something."""
    assert await holders(world, PRESENT, anna, looks=1) != []
