"""What a person sees while something takes long."""

import pytest

from sandbox.telegram.seen import Seen
from tests.flows.stage import Stage


async def test_a_slow_answer_is_announced(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tap whose work takes long is answered meanwhile, and carried out all the same."""
    buyer = stage.actor()
    await buyer.add_key()
    card: Seen = await buyer.buy()
    monkeypatch.setattr("bot.telegram.visit._PATIENCE_SECONDS", 0.5)
    stage.getsms.fault("slow", "refusenumber", seconds=5)
    answer = await buyer.press(buyer.label("button-cancel"), card)
    assert answer.text == buyer.label("one-moment")
    await buyer.until(lambda: stage.getsms.orders[0].state == "canceled", "the cancellation")
    await buyer.see(lambda message: message.id == card.id and buyer.label("state-canceled") in message.text)
