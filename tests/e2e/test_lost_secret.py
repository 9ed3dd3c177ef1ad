"""A secret that is wrong, missing or lost: said in words, nothing destroyed, and a way on."""

from cryptography.fernet import Fernet

from bot.storage import sealing
from bot.storage.database import Database
from bot.storage.keyfile import KEY_FILE
from sandbox.bot_process import database
from tests.e2e.process import run
from tests.e2e.shopper import Shopper
from tests.e2e.world import KEY, World

RIGHT, WRONG = Fernet.generate_key().decode(), Fernet.generate_key().decode()
UNREADABLE = "I can no longer open the stored key of"
SECOND_KEY = "e2e-another-Key_51Bc7d"


async def test_a_lost_key_file_is_not_replaced_by_a_new_one(world: World, anna: Shopper) -> None:
    """Run and check name the missing file and make no other; put back, it opens everything."""
    bot = await world.start_bot()
    await anna.add_key()
    await bot.stop()
    path, away = world.folder / KEY_FILE, world.folder / "kept"
    path.rename(away)
    before = database(world.folder).read_bytes()
    for command in (("run",), ("check", "--offline")):
        code, said = await run(world.variables, world.folder, *command)
        assert code == 1
        assert f"{KEY_FILE} is missing" in said
        assert "Traceback" not in said
        assert not path.exists()
    assert database(world.folder).read_bytes() == before
    away.rename(path)
    await world.start_bot()
    assert await anna.look_up()


async def test_a_key_file_that_is_overruled_is_pointed_at(world: World, anna: Shopper) -> None:
    """Whoever sets SECRET_KEY over an older key file hears how many keys need that one."""
    bot = await world.start_bot()
    await anna.add_key()
    await bot.stop()
    code, said = await run({**world.variables, "SECRET_KEY": WRONG}, world.folder)
    assert code == 1
    assert "none of the 1 stored keys opens with this SECRET_KEY" in said
    assert f"{KEY_FILE} is not read while it is set" in said
    assert WRONG not in said


async def test_going_on_without_a_lost_secret(world: World, anna: Shopper) -> None:
    """With --secret-lost the bot starts, asks the owner once, takes the same key again, and is well then."""
    bot = await world.start_bot(SECRET_KEY=RIGHT)
    await anna.add_key()
    await bot.stop()
    for _ in range(2):
        bot = await world.start_bot(arguments=("run", "--secret-lost"), SECRET_KEY=WRONG)
        asked = await anna.reads(UNREADABLE)
        await anna.gets_help()  # what it has to say comes in turn: by now it has said everything
        await bot.stop()
    assert len(world.sent(UNREADABLE)) == 1
    await world.start_bot(arguments=("run", "--secret-lost"), SECRET_KEY=WRONG)
    sent = await anna.offer_key(asked, KEY, "Replace the key")
    await anna.reads("₽", after=sent)
    assert await anna.look_up()
    await world.bots[-1].stop()
    await world.start_bot(SECRET_KEY=WRONG)
    assert await anna.look_up()


async def test_one_damaged_key_stops_nobody_else(world: World, anna: Shopper) -> None:
    """The bot starts, tells the owner once which account to mend, says counts, and works for the others."""
    bot = await world.start_bot(SECRET_KEY=RIGHT)
    await anna.add_key()
    world.getsms.add_key(SECOND_KEY, balance="9")
    asked = await anna.person.send("/keys")
    sent = await anna.offer_key(await anna.sees("Add a key", after=asked), SECOND_KEY)
    added = await anna.sees("Buy a number", after=sent)
    await bot.stop()
    store = Database(f"sqlite+aiosqlite:///{database(world.folder)}")
    async with store.write() as tx:
        await sealing.put(tx, 2, b"damaged")
    await store.close()

    code, said = await run({**world.variables, "SECRET_KEY": RIGHT}, world.folder, "check", "--offline")
    assert code == 0
    assert "1 of 2 stored keys cannot be opened" in said
    bot = await world.start_bot(SECRET_KEY=RIGHT)
    told = await anna.reads(UNREADABLE, after=added)
    assert "Get-SMS 2" in told.text
    assert "stored keys cannot be opened" in bot.said
    assert "of=2" in bot.said
    asked = await anna.person.send("/balance")
    await anna.reads("500", after=asked)
    await anna.buy()
    assert [secret for secret in (KEY, SECOND_KEY, RIGHT) if secret in bot.said] == []
