"""Starting: what must be there, what may be missing for a while, and who says no."""

import aiohttp
from cryptography.fernet import Fernet

from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.shopper import Shopper
from tests.e2e.world import Port, World


async def test_other_secret_than_the_keys_were_sealed_with(world: World, anna: Shopper) -> None:
    """The bot says so and ends; the database stays as it was, and the right secret still opens it."""
    right, wrong = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    first = await world.start_bot(SECRET_KEY=right)
    await anna.add_key()
    assert await first.stop() == 0
    before = database(world.folder).read_bytes()

    code, said = await run({**world.variables, "SECRET_KEY": wrong}, world.folder)
    assert code == 1
    assert "SECRET_KEY" in said
    assert "Nothing was changed" in said
    assert "Traceback" not in said
    assert database(world.folder).read_bytes() == before

    await world.start_bot(SECRET_KEY=right)
    assert await anna.look_up()


async def test_second_bot_on_the_same_database(world: World, anna: Shopper) -> None:
    """It says that another one is running and ends; the first one works on."""
    await world.start_bot(fresh=True)
    code, said = await run(world.variables, world.folder, fresh=True)
    assert code == 1
    assert "Another Codebell is running" in said
    assert "Traceback" not in said
    await anna.gets_help()


async def test_telegram_that_does_not_answer_yet(closed_world: World) -> None:
    """The bot starts all the same, says that it lives, and answers once Telegram does."""
    port = Port()
    bot = await closed_world.start_bot(polls=False, HTTP_PORT=str(port.number))
    await closed_world.until(lambda: "telegram does not answer" in bot.said, "a complaint about Telegram")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port.number}/healthz") as health,
    ):
        assert (health.status, await health.text()) == (200, "ok\n")
    await closed_world.open()
    await Shopper(closed_world).gets_help()
    port.close()
