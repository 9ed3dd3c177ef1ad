"""Updates that wait at Telegram while the bot is dead, and those that it died over."""

from tests.e2e.shopper import Shopper, confirm
from tests.e2e.world import KEY, PATIENCE, World


async def test_what_was_said_to_a_dead_bot_is_answered_in_order(world: World, anna: Shopper) -> None:
    """A key, a command and a search that came after kill -9 are answered after the start, one by one."""
    bot = await world.start_bot()
    start = await anna.person.start()
    welcome = await anna.sees("Add a key", after=start)
    await anna.question(welcome)
    await bot.kill()
    key = await anna.person.send(KEY)
    await anna.person.send("/lang")
    await anna.person.send("/buy tg ru")

    await world.start_bot()
    offer = await anna.person.wait_for(lambda one: bool(confirm(one)), after=key, timeout=PATIENCE)
    texts = [one.text for one in anna.person.messages if one.from_bot and one.id > key.id]
    assert key.deleted
    added = next(place for place, text in enumerate(texts) if "The key works" in text)
    spoken = next(place for place, text in enumerate(texts) if "Which language" in text)
    assert added < spoken < texts.index(offer.text)


async def test_a_message_that_the_bot_died_over_is_answered(world: World, anna: Shopper) -> None:
    """Killed while it answers, the bot answers after the start: Telegram still has the message."""
    bot = await world.start_bot()
    await anna.gets_help()
    hold = world.telegram.faults.hold("sendMessage")
    asked = await anna.person.send("/lang")
    await hold.arrival()
    await bot.kill()
    world.telegram.faults.clear()
    before = len(world.sent("Which language"))

    await world.start_bot()
    await anna.reads("Which language", after=asked)
    await anna.gets_help()
    assert len(world.sent("Which language")) == before + 1
