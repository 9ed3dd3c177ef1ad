"""An update that is handled twice acts once, whichever way it comes a second time."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from sandbox.handler_api import HandlerApiSimulator
from sandbox.telegram.seen import Seen
from sandbox.telegram.updates import Updates
from tests.flows.house import furnished, knowing
from tests.flows.ledger import read
from tests.flows.stage import KEY, Actor, Stage
from tests.flows.test_more_accounts import account_page, buy_elsewhere

Add = Callable[[str, Any], None]


def listen(updates: Updates, *, times: int) -> list[dict[str, Any]]:
    """Have everything that people do come so often, each time as another update; return what came."""
    came: list[dict[str, Any]] = []
    add: Add = updates.add

    def add_again(kind: str, body: Any) -> None:
        for _ in range(times):
            came.append({"update_id": updates._next_id, kind: deepcopy(body)})
            add(kind, deepcopy(body))

    updates.add = add_again  # type: ignore[method-assign]  # Telegram itself never does this; a crash does
    return came


async def confirm(anna: Actor, offer: Seen) -> Seen:
    """Press *Confirm*, and return the card."""
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the number")
    return offer


async def play(stage: Stage, house: HandlerApiSimulator, anna: Actor) -> dict[str, Any]:
    """Do all that changes something; return what came of it in the bot, at the provider and in the chat."""
    await anna.add_key(provider="House")
    card = await anna.buy("tg ru")
    await anna.press("SMS sent", card)
    house.deliver(house.orders[-1].id, "code 11111", "11111")
    await anna.until(lambda: card.button("Another SMS") is not None, "the first code")
    await anna.press("Another SMS", card)
    await anna.until(lambda: "Waiting for another" in card.text, "the next round")
    house.deliver(house.orders[-1].id, "code 22222", "22222")
    await anna.until(lambda: card.button("Finish") is not None, "the second code")
    await anna.press("Finish", card)
    await anna.until(lambda: card.button("Same number again") is not None, "the end")
    await anna.press("Same number again", card)
    again = await anna.see("The same number again", after=card)
    await confirm(anna, again)
    house.deliver(house.orders[-1].id, "code 33333", "33333")
    await anna.until(lambda: "33333" in again.text, "the third code")
    for button, state in (("Cancel", "Canceled"), ("Ban", "Banned")):
        given_back = await anna.buy("av ru")
        await stage.time_for(stage.clock.sleep(130))
        await anna.press(button, given_back)
        await anna.until(lambda card=given_back, state=state: state in card.text, "the end")  # type: ignore[misc]  # bound now

    foreign = buy_elsewhere(house, "wa", "0")
    said = await anna.say("/orders")
    listed = await anna.see("Open orders", after=said)
    await anna.press("Import orders made elsewhere", listed)
    await anna.until(lambda: "Bought elsewhere" in listed.text, "the list")
    await anna.press(f"Watch it · …{foreign.phone[-4:]}", listed)
    adopted = await anna.see(anna.has_number, after=listed)
    house.deliver(foreign.id, "code 44444", "44444")
    await anna.until(lambda: "44444" in adopted.text, "the fourth code")

    page = await account_page(anna, "House")
    await anna.press("Rename", page)
    prompt = await anna.see(lambda message: message.forces_reply, after=page)
    await anna.say("Mine")
    await anna.see("Renamed", after=prompt)
    await anna.add_key()
    page = await account_page(anna, "Get-SMS")
    for _ in range(2):
        await anna.press("Remove", page)
        await anna.until(lambda: page.button("Rename") is None, "the next step")
    await stage.until(lambda: read(stage, "SELECT id FROM outbox WHERE ended_at IS NULL") == [])
    return outcome(stage, house, anna)


def outcome(stage: Stage, house: HandlerApiSimulator, anna: Actor) -> dict[str, Any]:
    """Return what there is, without what differs from one run to the next."""
    codes = [one.text.split("\n")[0] for one in anna.chat.messages if one.text[:5].isdigit()]
    number = {order.id: place for place, order in enumerate(house.orders)}
    spent = [(entry.movement, number[entry.order_id], entry.amount) for entry in house.ledger.entries]
    return {
        "orders": read(stage, "SELECT service, state, deal, amount, round, is_ready FROM orders ORDER BY id"),
        "sms": read(stage, "SELECT order_id, text FROM sms ORDER BY id"),
        "accounts": read(stage, "SELECT provider, label, removed_at IS NULL FROM accounts ORDER BY id"),
        "told": read(
            stage,
            "SELECT kind, order_id, sms_id, notice, ending FROM outbox WHERE kind != 'card' ORDER BY id",
        ),
        "drawn": read(stage, "SELECT DISTINCT order_id FROM outbox WHERE kind = 'card' ORDER BY order_id"),
        "house": [(order.service, order.stage) for order in house.orders],
        "spent": spent,
        "bought": len(house.orders),
        "codes": codes,
    }


@pytest.fixture
async def once(tmp_path: Path) -> dict[str, Any]:
    """What comes of it where everything comes once."""
    folder = tmp_path / "once"
    folder.mkdir()
    async with Stage(folder).open() as stage:
        house = furnished(stage)
        async with knowing(stage, house):
            return await play(stage, house, stage.actor())


async def test_everything_that_comes_twice_acts_once(
    empty_stage: Stage, house: HandlerApiSimulator, once: dict[str, Any]
) -> None:
    """Each message and each tap is handled twice, as after a crash before the first was noted."""
    listen(empty_stage.telegram.world.updates, times=2)
    twice = await play(empty_stage, house, empty_stage.actor())
    assert twice["bought"] == 5
    assert twice["codes"] == ["11111", "22222", "33333", "44444"]
    assert twice == once
    assert KEY not in repr([call.params for call in empty_stage.telegram.calls])


async def test_what_telegram_sends_again_after_a_restart_is_not_handled(empty_stage: Stage) -> None:
    """All updates of a long talk come again to another process: nothing is said, asked or changed."""
    stage, house = empty_stage, furnished(empty_stage)
    came = listen(stage.telegram.world.updates, times=1)
    async with knowing(stage, house):
        anna = stage.actor()
        before = await play(stage, house, anna)
    async with knowing(stage, house):
        stage.telegram.calls.clear()
        await stage.until(lambda: bool(stage.telegram.calls.of("getUpdates")))
        stage.telegram.calls.clear()
        for update in came:
            stage.app.intake.take(update)
        await stage.time_for(stage.app.intake.settle(600))
        assert {call.method for call in stage.telegram.calls} <= {"getUpdates"}
    assert len(came) > 30
    assert outcome(stage, house, anna) == before
    assert stage.faults == []
