"""What the panel can do to rents at SMSPVA: wake them, let them sleep, shorten them, lose them."""

import pytest

from sandbox.provider import NotPossible
from sandbox.smspva import SmspvaSimulator
from tests.sandbox.smspva.client import Client
from tests.support.clock import ManualClock

HOUR = 3600


def shown(sim: SmspvaSimulator) -> dict[str, object]:
    """Return what the panel shows of the newest rent."""
    order: dict[str, object] = sim.panel()["orders"][0]
    return order


async def test_a_number_is_woken_and_sent_to_sleep(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """Nobody waits for the queue: asleep or in it, a number wakes at once, and sleeps when told to."""
    order = await client.rent()
    assert (shown(sim)["rental"], shown(sim)["presence"]) == (True, "asleep")
    sim.play(order, "wake")
    assert shown(sim)["presence"] == "awake"
    sim.deliver(order, "hello")
    await clock.advance(60)
    sim.play(order, "sleep")
    assert shown(sim)["presence"] == "asleep"
    assert (await client.data("orders"))[0]["lastonline"] == int(clock.now().timestamp())
    await client.data("activate", id=order)
    assert shown(sim)["presence"] == "waking"
    sim.play(order, "wake")
    assert shown(sim)["presence"] == "awake"
    with pytest.raises(NotPossible):
        sim.play(order, "wake")


async def test_a_number_that_the_panel_woke_gets_its_sms(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """With the automatic on, one SMS follows each waking, also where the client had asked for it."""
    sim.set_automatic(enabled=True, after=6)
    order = await client.rent()
    sim.play(order, "wake")
    await clock.until_asleep()
    await clock.advance(6)
    assert len(sim.order(order).sms) == 1
    await clock.advance(HOUR)
    await client.data("activate", id=order)
    sim.play(order, "wake")
    await clock.until_asleep()
    await clock.advance(HOUR)
    assert len(sim.order(order).sms) == 2


async def test_a_number_that_is_always_on_neither_wakes_nor_sleeps(
    sim: SmspvaSimulator, client: Client
) -> None:
    """British numbers do not sleep, so that the panel offers no such thing."""
    await client.rent(country="UK")
    assert (shown(sim)["presence"], shown(sim)["deeds"]) == ("awake", ["lose", "day-left", "hour-left"])


async def test_an_end_comes_nearer_and_is_never_put_off(
    sim: SmspvaSimulator, client: Client, clock: ManualClock
) -> None:
    """A day is left, then an hour; the list tells it, and what has less than that is left alone."""
    order = await client.rent()
    for deed, left in (("day-left", 24 * HOUR), ("hour-left", HOUR)):
        sim.play(order, deed)
        assert (await client.data("orders"))[0]["until"] == int(clock.now().timestamp()) + left
    assert shown(sim)["deeds"] == ["wake", "lose"]
    await clock.advance(HOUR)
    assert (shown(sim)["state"], shown(sim)["presence"], shown(sim)["deeds"]) == ("over", None, [])


async def test_a_number_is_lost(sim: SmspvaSimulator, client: Client) -> None:
    """The provider has lost it: it wakes no more, and can only end."""
    order = await client.rent()
    sim.play(order, "lose")
    assert (shown(sim)["presence"], shown(sim)["deeds"]) == ("missing", ["day-left", "hour-left"])
    assert (await client.data("orders"))[0]["state"] == -1
