"""*Why is there no code?*: on a card that has waited, with the next step one tap away."""

from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


async def asked(stage: Stage, actor: Actor) -> tuple[Seen, Seen]:
    """Buy a number, wait three minutes and ask; return its card and the answer."""
    await actor.add_key()
    card = await actor.buy()
    label = actor.label("button-why")
    await stage.clock.advance(120)
    assert card.button(label) is None
    await stage.clock.advance(80)
    await actor.until(lambda: card.button(label) is not None, "the question")
    await actor.press(label, card)
    helps = actor.label("why-money")
    return card, await actor.see(lambda message: helps in message.text, after=card)


async def test_a_late_code_is_talked_about_and_the_next_number_offered(stage: Stage, anna: Actor) -> None:
    """After three minutes the card offers advice; one tap gives the number back and shows the offers."""
    card, advice = await asked(stage, anna)
    await anna.press(anna.label("button-take-next"), advice)
    await anna.until(lambda: anna.label("state-banned") in card.text, "the ban")
    await anna.see(lambda message: any("₽" in label for row in message.labels for label in row), after=advice)
    assert len(stage.getsms.orders) == 1
    assert card.button(anna.label("button-why")) is None


async def test_a_late_number_is_canceled_from_the_advice(stage: Stage) -> None:
    """*Cancel* under the advice gives the number back."""
    anna = stage.actor()
    card, advice = await asked(stage, anna)
    await anna.press(anna.label("button-cancel"), advice)
    await anna.until(lambda: anna.label("state-canceled") in card.text, "the end")
