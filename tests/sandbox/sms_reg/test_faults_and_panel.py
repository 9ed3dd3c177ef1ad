"""The simulated API #2 misbehaves as told and is played from the panel."""

import aiohttp
import pytest

from sandbox.faults import Kind
from sandbox.provider import NotPossible
from sandbox.sms_reg import SmsRegSimulator, State
from sandbox.sms_reg.faults import OWN
from sandbox.sms_reg.methods import METHODS
from sandbox.wild import wild
from tests.sandbox.sms_reg.client import Client
from tests.support.clock import ManualClock


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
async def test_own_refusals(client: Client, sim: SmsRegSimulator, kind: Kind) -> None:
    """Each can be planned, has no effect, and is over after its time."""
    assert kind.refusals is not None
    tzid = await client.buy()
    for method, body in kind.refusals.items():
        sim.fault(kind.name, method)
        assert await client.ask(method, tzid=tzid, service="whatsapp", country="ru") == body
    assert sim.operation(tzid).state is State.PREPARE
    assert len(sim.operations) == 1
    assert sim.faults.current is None


@pytest.mark.parametrize("kind", wild("sms_reg", METHODS), ids=lambda kind: kind.name)
async def test_bodies_from_the_wild(client: Client, sim: SmsRegSimulator, kind: Kind) -> None:
    """What services of this dialect were seen to send is answered letter by letter, once."""
    (method,) = kind.methods or ()
    tzid = await client.buy()
    sim.fault(kind.name, method)
    assert (await client.raw(method, tzid=tzid)).text == kind.body
    assert await client.state(tzid) == "TZ_NUM_PREPARE"


async def test_a_lost_answer(client: Client, sim: SmsRegSimulator) -> None:
    """The connection ends after the number was ordered: the operation is there, the ledger knows."""
    sim.fault("reset-after", "getNum")
    with pytest.raises(aiohttp.ClientError):
        await client.buy()
    assert len(sim.operations) == 1
    assert sim.ledger.count("getNum") == 1
    sim.fault("reset-before", "getNum")
    with pytest.raises(aiohttp.ClientError):
        await client.buy()
    assert len(sim.operations) == 1


async def test_every_method_can_fail(client: Client, sim: SmsRegSimulator) -> None:
    """What can befall any provider befalls each method of this one."""
    sim.break_with("http-502")
    for method in METHODS:
        assert (await client.raw(method)).status == 502
    sim.break_with(None)
    assert await client.ask("getBalance") == {"response": "1", "balance": "100.00"}


async def test_the_panel(client: Client, sim: SmsRegSimulator) -> None:
    """The panel shows operations in words that it knows, newest first, and the SMS in them."""
    first, second = await client.buy(), await client.buy()
    await client.ask("setReady", tzid=first)
    sim.deliver(first, "Hi: 7", "7")
    await client.ask("setOperationUsed", tzid=second)
    third = await client.buy()
    sim.expire(third)
    shown = sim.panel()
    bought = int(sim.clock.now().timestamp())
    assert (shown["slug"], shown["currency"]) == ("sms-reg", "RUB")
    assert [(order["id"], order["state"]) for order in shown["orders"]] == [
        (third, "over"),
        (second, "banned"),
        (first, "received"),
    ]
    assert shown["orders"][2]["sms"] == [{"text": "Hi: 7", "code": "7", "at": bought}]
    assert shown["orders"][2]["expires_at"] == bought + 20 * 60


async def test_an_sms_by_itself(client: Client, sim: SmsRegSimulator, clock: ManualClock) -> None:
    """The automatic sends an SMS some seconds after the order; it still waits for ``setReady``."""
    sim.set_automatic(enabled=True, after=5)
    tzid = await client.buy()
    await clock.advance(5)
    assert await client.state(tzid) == "TZ_NUM_PREPARE"
    await client.ask("setReady", tzid=tzid)
    assert await client.state(tzid) == "TZ_NUM_ANSWER"


async def test_what_cannot_be(client: Client, sim: SmsRegSimulator) -> None:
    """The dead get no SMS and do not die again; what is not sold cannot be stocked."""
    tzid = await client.buy()
    sim.expire(tzid)
    for impossible in (
        lambda: sim.expire(tzid),
        lambda: sim.deliver(tzid, "x"),
        lambda: sim.deliver("1", "x"),
        lambda: sim.stock("whatsapp", "atlantis", 1, "2"),
        lambda: sim.stock("whatsapp", "ru", -1, "2"),
        lambda: sim.stock("whatsapp", "ru", 1, "much"),
        lambda: sim.set_balance("nobody", "1"),
        lambda: sim.break_with("nothing"),
        lambda: sim.break_with("http-502", "getNothing"),
    ):
        with pytest.raises(NotPossible):
            impossible()


async def test_listeners_hear_of_changes(client: Client, sim: SmsRegSimulator) -> None:
    """Looking is no change; ordering, asking for an SMS and misbehaving are."""
    heard: list[None] = []
    sim.listeners.append(lambda: heard.append(None))
    tzid = await client.buy()
    assert len(heard) == 1
    await client.state(tzid)
    await client.ask("getBalance")
    assert len(heard) == 1
    await client.ask("setReady", tzid=tzid)
    assert len(heard) == 2
