"""Updates that Telegram brings to a bot that is shot."""

from functools import partial

from tests.e2e.shopper import Shopper
from tests.e2e.world import Port, World

_SECRET = "e2e-secret-of-the-webhook_0"


async def test_a_message_that_the_bot_died_over_is_brought_again(world: World, anna: Shopper) -> None:
    """Killed while it answers, the bot answers after the start, once; its log never names the secret."""
    port = Port()
    port.close()
    start = partial(
        world.start_bot,
        polls=False,
        HTTP_PORT=str(port.number),
        WEBHOOK_URL=f"http://127.0.0.1:{port.number}/telegram",
        WEBHOOK_SECRET=_SECRET,
    )
    bot = await start()
    await anna.gets_help()
    hold = world.telegram.faults.hold("sendMessage")
    asked = await anna.person.send("/lang")
    await hold.arrival()
    assert len(world.telegram.world.updates) == 1
    await bot.kill()
    world.telegram.faults.clear()
    before = len(world.sent("Which language"))

    again = await start()
    await anna.reads("Which language", after=asked)
    await world.until(lambda: len(world.telegram.world.updates) == 0, "the update to be confirmed")
    assert len(world.sent("Which language")) == before + 1
    assert world.polls == []
    assert "telegram brings updates" in again.said
    assert _SECRET not in bot.said + again.said
