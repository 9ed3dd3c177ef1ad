"""An activation's life at SMS-Activate: which status may follow which, what each says, what is listed."""

import json

import pytest

from sandbox.handler_api import HandlerApiSimulator, Prints, Stage
from tests.sandbox.handler_api.client import Client
from tests.support.clock import ManualClock

GRACE = 120


async def test_from_the_purchase_to_the_end(sim: HandlerApiSimulator, client: Client) -> None:
    """Ready, a code, another code, done: each step has its word."""
    order_id = await client.buy()
    assert await client.status(order_id) == "STATUS_WAIT_CODE"
    assert await client.set(order_id, 1) == "ACCESS_READY"
    sim.deliver(order_id, "Your code: 11", "11")
    assert await client.status(order_id) == "STATUS_OK:11"
    assert await client.say("getFullSms", id=order_id) == "FULL_SMS:Your code: 11"
    assert await client.set(order_id, 3) == "ACCESS_RETRY_GET"
    assert await client.status(order_id) == "STATUS_WAIT_RETRY:11"
    assert await client.say("getFullSms", id=order_id) == "STATUS_WAIT_RETRY:11"
    sim.deliver(order_id, "no code in here")
    assert await client.status(order_id) == "STATUS_OK:no code in here"
    assert await client.set(order_id, 6) == "ACCESS_ACTIVATION"
    assert await client.status(order_id) == "STATUS_CANCEL"
    assert sim.order(order_id).stage is Stage.FINISHED


async def test_waiting_again_can_be_ended(sim: HandlerApiSimulator, client: Client) -> None:
    """6 while another code is awaited completes the activation."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    await client.set(order_id, 3)
    assert await client.set(order_id, 6) == "ACCESS_ACTIVATION"
    assert sim.key("testapikey").balance == 98


async def test_an_sms_that_should_be_sent_again(sim: HandlerApiSimulator, client: Client) -> None:
    """The house may ask for it; 6 then goes on waiting, as the footnote has it."""
    order_id = await client.buy()
    sim.deliver(order_id, "1")
    sim.have_resent(order_id)
    assert await client.status(order_id) == "STATUS_WAIT_RESEND"
    assert await client.set(order_id, 6) == "ACCESS_RETRY_GET"
    assert await client.status(order_id) == "STATUS_WAIT_RETRY:1"


@pytest.mark.parametrize(("status", "stage"), [(8, Stage.CANCELED), (6, Stage.REFUSED)])
async def test_nothing_is_given_back_in_the_first_two_minutes(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock, status: int, stage: Stage
) -> None:
    """A cancel is denied before 120 seconds and taken from then on; the money and the number come back."""
    order_id = await client.buy()
    await clock.advance(GRACE - 1)
    assert await client.set(order_id, status) == "EARLY_CANCEL_DENIED"
    await clock.advance(1)
    assert await client.set(order_id, status) == "ACCESS_CANCEL"
    assert sim.order(order_id).stage is stage
    assert sim.key("testapikey").balance == 100
    assert (await client.json("getNumbersStatus"))["wa_0"] == 12
    assert await client.status(order_id) == "STATUS_CANCEL"


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ("new", [3, 7, -1, 0]),
        ("ready", [1, 3, 6]),
        ("received", [1, 8]),
        ("again", [1, 3, 8]),
        ("done", [6, 8]),
    ],
)
async def test_statuses_that_do_not_follow(
    sim: HandlerApiSimulator, client: Client, clock: ManualClock, before: str, refused: list[int]
) -> None:
    """What the chronology does not allow is BAD_STATUS and changes nothing."""
    order_id = await client.buy()
    await clock.advance(GRACE)
    if before == "ready":
        await client.set(order_id, 1)
    if before in ("received", "again", "done"):
        sim.deliver(order_id, "1")
    if before in ("again", "done"):
        await client.set(order_id, 3 if before == "again" else 6)
    was = sim.order(order_id).stage
    for status in refused:
        assert await client.set(order_id, status) == "BAD_STATUS"
    assert await client.say("setStatus", id=order_id, status="six") == "BAD_STATUS"
    assert sim.order(order_id).stage is was


async def test_activations_of_nobody_or_of_others(sim: HandlerApiSimulator, client: Client) -> None:
    """An unknown id, none, and somebody else's are all NO_ACTIVATION."""
    order_id = await client.buy()
    sim.add_key("another")
    for form in ({"id": "1"}, {"id": None}, {"id": order_id, "api_key": "another"}):
        assert await client.say("getStatus", **form) == "NO_ACTIVATION"
        assert await client.say("setStatus", status="8", **form) == "NO_ACTIVATION"


async def test_twenty_minutes_end_it(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """Without an SMS the price comes back; with one it stays paid."""
    silent, heard = await client.buy(), await client.buy()
    sim.deliver(heard, "1")
    await clock.advance(20 * 60)
    assert await client.status(silent) == await client.status(heard) == "STATUS_CANCEL"
    assert sim.order(silent).stage is Stage.CANCELED
    assert sim.order(heard).stage is Stage.FINISHED
    assert sim.key("testapikey").balance == 98


async def test_active_activations(sim: HandlerApiSimulator, client: Client) -> None:
    """All that live, with codes and the last text; none is an error of its own."""
    assert await client.say("getActiveActivations") == "NO_ACTIVATIONS"
    sim.prints = Prints(nothing="object")
    assert await client.json("getActiveActivations") == {"status": "error", "error": "NO_ACTIVATIONS"}
    first, second = await client.buy(), await client.buy("tg")
    sim.deliver(first, "Your 11", "11")
    listed = await client.json("getActiveActivations")
    assert listed["status"] == "success"
    assert listed["activeActivations"][0] == {
        "activationId": first,
        "serviceCode": "wa",
        "phoneNumber": sim.order(first).phone,
        "activationCost": "2.00",
        "activationStatus": "4",
        "smsCode": ["11"],
        "smsText": "Your 11",
        "activationTime": "2026-01-15 15:00:00",
        "discount": "0.00",
        "repeated": "0",
        "countryCode": "0",
        "countryName": "Russia",
        "canGetAnotherSms": "1",
    }
    waiting = listed["activeActivations"][1]
    assert (waiting["activationId"], waiting["smsCode"], waiting["smsText"]) == (second, None, None)
    await client.set(first, 6)
    assert len((await client.json("getActiveActivations"))["activeActivations"]) == 1


async def test_the_history(sim: HandlerApiSimulator, client: Client, clock: ManualClock) -> None:
    """Newest first, by time where asked; what was not completed cost nothing."""
    assert await client.json("getHistory") == []
    done = await client.buy()
    sim.deliver(done, "Your 11", "11")
    await client.set(done, 6)
    bought = int(clock.now().timestamp())
    await clock.advance(600)
    waiting = await client.buy()
    history = await client.json("getHistory")
    assert [one["id"] for one in history] == [int(waiting), int(done)]
    assert history[1] == {
        "id": int(done),
        "date": "2026-01-15 15:00:00",
        "phone": sim.order(done).phone,
        "sms": json.dumps(["Your 11"]),
        "cost": 2.0,
        "status": "6",
    }
    assert (history[0]["cost"], history[0]["status"]) == (0, "4")
    assert [one["id"] for one in await client.json("getHistory", start=str(bought + 1))] == [int(waiting)]
    assert [one["id"] for one in await client.json("getHistory", end=str(bought))] == [int(done)]
    assert await client.say("getHistory", start="yesterday") == "ERROR_SQL"
