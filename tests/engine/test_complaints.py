"""A provider that answers, and will not say whether an SMS has come; and keys that are replaced."""

from bot.domain.orders import State
from tests.engine.world import KEY, USER, World

BETTER = "another-key-of-the-same-person"


async def test_a_refusal_to_look_is_told_on_the_card(world: World) -> None:
    """When the provider refuses the check, the order stays open and carries the reason until a code comes."""
    order = await world.buy()
    world.sim.set_balance(KEY, "-5")
    await world.pass_(6)
    view = await world.engine.orders.view(USER, order.id)
    assert (view.order.state, view.order.error, view.silent_since) == (State.WAITING, "low-balance", None)
    world.sim.set_balance(KEY, "5")
    world.deliver(order, "1234", "1234")
    await world.pass_(30)
    view = await world.engine.orders.view(USER, order.id)
    assert (view.order.state, view.order.error) == (State.RECEIVED, None)


async def test_a_replaced_key_is_used_at_once(world: World) -> None:
    """Orders that waited for a better key are asked for as soon as it is there."""
    order = await world.buy()
    old = world.forget_key(KEY)
    await world.pass_(6)
    world.know_key(old)  # the order's price is in its reserve
    world.sim.add_key(BETTER, "10")
    world.deliver(order, "1234", "1234")
    world.sim.order(order.remote_id or "").key = BETTER
    asked = world.asked("getcode")
    await world.while_time_passes(world.engine.accounts.replace(USER, order.account_id, BETTER), step=0.1)
    await world.pass_(0.5, step=0.1)
    assert world.asked("getcode") == asked + 1
    assert await world.codes() == ["1234"]
