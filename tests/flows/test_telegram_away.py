"""Telegram is away for ten minutes: numbers are watched on, and afterwards everything is told, once."""

from datetime import timedelta

import pytest

from tests.flows.stage import Actor, Stage
from tests.support.pace import in_time

_AWAY = 600.0
_SOON = timedelta(seconds=65)  # the longest pause of the courier, and the way


@pytest.mark.parametrize("anna", ["en"], indirect=True)
@pytest.mark.parametrize("how", ["cut", "html", "502", "429"])
async def test_ten_minutes_without_telegram(stage: Stage, anna: Actor, how: str) -> None:
    """What came meanwhile is told within a minute of Telegram's return, what was said is answered."""
    await anna.add_key()
    card = await anna.buy()
    order = stage.getsms.orders[-1]
    faults = stage.telegram.faults
    for method in ("*", "getUpdates"):
        if how == "cut":
            faults.cut_before(method, times=None)
        elif how == "html":
            faults.garble(method, times=None)
        else:
            faults.add(method, error_code=int(how), times=None)
    stage.getsms.deliver(order.id, "Telegram code: 24680", "24680")
    await in_time(stage.clock, stage.clock.sleep(_AWAY / 2), 0.5)
    asked = await anna.say("/help")
    await in_time(stage.clock, stage.clock.sleep(_AWAY / 2), 0.5)
    assert not [message for message in anna.chat.messages if "24680" in message.text]

    faults.clear()
    back = stage.clock.now()
    code = await anna.see(lambda message: message.text.startswith("24680"))
    assert code.reply_to == card
    assert stage.clock.now() - back < _SOON
    await anna.see("/buy", after=asked)
    assert stage.clock.now() - back < _SOON
    told = [
        call
        for call in stage.telegram.calls.of("sendMessage")
        if call.result and "24680" in call.params["text"]
    ]
    assert len(told) == 1


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_a_start_behind_a_gateway_that_answers_in_html(empty_stage: Stage, method: str) -> None:
    """What is no answer of Telegram's is one more reason to ask again, not to end."""
    faulty = empty_stage.telegram.faults.garble(method, times=2)
    async with empty_stage.bot():
        anna = empty_stage.actor()
        await anna.say("/start")
        await anna.see("Codebell")
    assert faulty.hits == 2
