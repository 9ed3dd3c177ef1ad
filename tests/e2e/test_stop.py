"""SIGTERM: the bot ends in good order, within ten seconds, whatever is under way."""

import time

from tests.e2e.shopper import DOUBT, Shopper
from tests.e2e.world import World

LONGEST = 10.0


async def _stopped(world: World) -> str:
    """Stop the newest bot as an operator does; return what it said."""
    bot = world.bots[-1]
    began = time.monotonic()
    assert await bot.stop(grace=LONGEST) == 0
    assert time.monotonic() - began < LONGEST
    assert "Traceback" not in bot.said
    return bot.said


async def test_idle_bot_ends_at_once(world: World, anna: Shopper) -> None:
    """The open question for updates does not hold it up, and nothing is complained about."""
    await world.start_bot(fresh=True)
    await anna.gets_help()
    await _stopped(world)


async def test_purchase_that_answers_late_is_finished(world: World, anna: Shopper) -> None:
    """A purchase under way is waited for: its answer is not lost, and there is nothing to be in doubt of."""
    await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("slow", "getnumber", seconds=3)
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    await _stopped(world)

    await world.start_bot()
    await anna.becomes(card, "Copy number")
    await anna.gets_help()
    assert not any(DOUBT in message.text for message in anna.person.messages)
    assert world.getsms.ledger.count("getnumber") == 1


async def test_purchase_that_does_not_answer_is_left_in_doubt(world: World, anna: Shopper) -> None:
    """A purchase that hangs does not hold the end up; the next run says that it is in doubt."""
    await world.start_bot()
    await anna.add_key()
    card = await anna.look_up()
    world.getsms.fault("hang-after", "getnumber")
    await anna.confirm(card)
    await world.until(lambda: world.getsms.ledger.count("getnumber") == 1, "the purchase to go out")
    await _stopped(world)

    await world.start_bot()
    await anna.reads(DOUBT, after=card)
    assert world.getsms.ledger.count("getnumber") == 1
