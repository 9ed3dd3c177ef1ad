"""A stored key that does not open: its owner is told once, nobody else notices, and it can come back."""

import pytest

from bot.domain.errors import KeyKnown, KeyUnreadable
from bot.domain.orders import State
from bot.domain.outbox import Notice
from bot.storage import sealing
from tests.engine.world import KEY, STRANGER, USER, Builder, World

STRANGERS_KEY = "key-of-the-stranger"


async def damage(world: World, account_id: int) -> None:
    """Spoil the ciphertext of an account, as a disk or a wrong hand would."""
    async with world.database.write() as tx:
        await sealing.put(tx, account_id, b"damaged")


async def test_one_key_that_does_not_open_stops_nobody_else(builder: Builder) -> None:
    """After a restart the owner is told once, their order waits, and a stranger's code arrives."""
    async with builder.world() as world:
        ours = await world.add_account()
        await world.add_account(STRANGER, STRANGERS_KEY)
        mine, theirs = await world.buy(), await world.buy(user_id=STRANGER)
        await damage(world, ours.account.id)
    for _ in range(2):
        async with builder.world() as world:
            await world.start()
            await world.pass_(120)
            assert await world.notices() == [Notice.KEY_UNREADABLE]
            assert (await world.order(mine.id)).state is State.WAITING
    async with builder.world() as world:
        await world.start()
        world.deliver(theirs, "code 2")
        world.deliver(mine, "code 1")
        await world.pass_(70)
        assert set(await world.codes()) == {"code 2"}  # in the chats of its card and of its owner
        await world.while_time_passes(world.engine.accounts.replace(USER, ours.account.id, KEY))
        await world.pass_(10)
        assert set(await world.codes()) == {"code 1", "code 2"}
        assert not (await world.engine.accounts.get(USER, ours.account.id)).account.rejected


async def test_nothing_is_sent_with_a_key_that_does_not_open(builder: Builder) -> None:
    """A purchase, and every look at the account, ends with an error that has a name; no call goes out."""
    async with builder.world() as world:
        ours = await world.add_account()
        view = await world.offer()
        await damage(world, ours.account.id)
        world.engine.accounts._keyring.forget(ours.account.id)
        before = world.asked("getnumber"), world.asked("getbalance")
        with pytest.raises(KeyUnreadable):
            await world.engine.purchase.confirm(USER, view.draft.token, chat_id=USER, message_id=1)
        assert isinstance((await world.engine.accounts.check(USER, ours.account.id)).error, KeyUnreadable)
        assert (world.asked("getnumber"), world.asked("getbalance")) == before


async def test_a_key_that_opens_is_still_known(idle: World) -> None:
    """Only where the stored key does not open may the same key be sent again."""
    (ours,) = await idle.engine.accounts.list(USER)
    with pytest.raises(KeyKnown):
        await idle.engine.accounts.replace(USER, ours.account.id, KEY)
