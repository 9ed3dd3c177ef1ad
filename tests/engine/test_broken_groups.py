"""A binding that cannot be read keeps no code from its owner."""

import pytest
from sqlalchemy import update

from bot.domain.groups import GroupState
from bot.storage import groups
from bot.storage.group_tables import GroupRow
from tests.engine import lettings
from tests.engine.lettings import let, pushed
from tests.engine.world import USER, World

_CHAT, _OTHER = -100777, -100888


async def bind(world: World, column: str = "pause") -> None:
    """Bind two groups of the user, of which the first cannot be read."""
    async with world.database.write() as tx:
        for chat in (_CHAT, _OTHER):
            place, now = (chat, 0), world.clock.now()
            await groups.add(tx, owner_id=USER, place=place, title="Codes", state=GroupState.ACTIVE, now=now)
        broken = update(GroupRow).where(GroupRow.chat_id == _CHAT)
        await tx.execute(broken.values(**{column: "riddle"}))


async def test_the_code_of_an_order_comes(world: World) -> None:
    """Its owner and the other group hear the code; the broken group gets nothing."""
    await bind(world)
    order = await world.buy()
    world.deliver(order, "code 12345", "12345")
    await world.pass_(30)
    assert {one.chat_id for one in await world.told() if one.sms_id is not None} == {USER, _OTHER}


@pytest.mark.parametrize("column", ["pause", "state"])
async def test_the_sms_of_a_rental_comes(world: World, column: str) -> None:
    """A rental whose card is in the broken group tells its owner, and nothing in full in that group."""
    await bind(world, column)
    rental = await let(world, await lettings.settle_at_getsms(world), chat_id=_CHAT)
    world.sim.deliver(rental.remote_id or "", "Hello")
    await world.pass_(30)
    assert {chat for chat, *_ in await pushed(world)} == {USER, _OTHER}
