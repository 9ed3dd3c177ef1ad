"""What is asked for until a final word, in the chat: said in words, taken back, chosen, set."""

import pytest

from bot.domain.secrets import Key
from bot.i18n import LANGUAGES
from bot.providers.trade import Want
from sandbox.handler_api import HandlerApiSimulator
from tests.flows.stage import KEY, Actor, Stage


async def test_a_cancel_that_is_asked_for_again(stage: Stage, anna: Actor) -> None:
    """The box and the card say that it is asked on; the second press sends nothing; then it comes true."""
    await anna.add_key()
    card = await anna.buy()
    stage.getsms.fault("reset-before", "refusenumber", times=None)
    answer = await anna.press(anna.label("button-cancel"), card)
    assert answer.text == anna.label("wish-noted", provider="Get-SMS")
    assert answer.show_alert
    await anna.until(lambda: anna.label("wish-cancel") in card.text, "the wish on the card")
    assert anna.label("wish-why-silent", provider="Get-SMS") in card.text
    await anna.until(lambda: anna.label("wish-tries", count=3) in card.text, "the tries on the card")
    assert card.button(anna.label("button-cancel")) is None
    stage.getsms.faults.clear()
    told = await anna.see(anna.label("notice-given-back", provider="Get-SMS"), after=card)
    assert told.reply_to == card
    await anna.until(lambda: anna.label("state-canceled") in card.text, "the end on the card")


async def test_taking_a_wish_back(stage: Stage, anna: Actor) -> None:
    """*Keep it* on the card ends the asking, and the card offers *Cancel* again."""
    await anna.add_key()
    card = await anna.buy()
    stage.getsms.fault("reset-before", "refusenumber", times=None)
    await anna.press(anna.label("button-cancel"), card)
    keep = anna.label("button-keep")
    await anna.until(lambda: card.button(keep) is not None, "the button")
    answer = await anna.press(keep, card)
    assert answer.text == anna.label("wish-taken-back", provider="Get-SMS")
    await anna.until(lambda: card.button(anna.label("button-cancel")) is not None, "the card as it was")
    assert anna.label("wish-cancel") not in card.text


async def test_a_code_comes_first(stage: Stage, anna: Actor) -> None:
    """A code that comes between two tries is told as one, and why the number stays."""
    await anna.add_key()
    card = await anna.buy()
    stage.getsms.fault("reset-before", "refusenumber", times=None)
    await anna.press(anna.label("button-cancel"), card)
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 77777", "77777")
    await anna.see("77777", after=card)
    await anna.see(anna.label("error-sms-came-first"), after=card)
    assert card.button(anna.label("button-keep")) is None


async def test_auto_cancel_is_set_and_told(stage: Stage, anna: Actor) -> None:
    """From /settings to the message that a number went back by itself."""
    await anna.add_key()
    await anna.say("/settings")
    gathered, never = anna.label("button-notifications"), anna.label("button-auto-cancel-never")
    screen = await anna.see(lambda message: message.button(gathered) is not None)
    await anna.press(gathered, screen)
    await anna.until(lambda: screen.button(never) is not None, "the notifications")
    await anna.press(never, screen)
    ten = anna.label("button-minutes", count=10)
    await anna.until(lambda: screen.button(ten) is not None, "the choice")
    await anna.press(ten, screen)
    await anna.until(lambda: anna.label("auto-cancel-on", count=10) in screen.text, "the setting")
    await anna.press(anna.label("button-back"), screen)
    await anna.until(
        lambda: screen.button(anna.label("button-auto-cancel", count=10)) is not None, "the list"
    )
    card = await anna.buy()
    await stage.clock.advance(5 * 60)
    told = await anna.see(anna.label("notice-auto-canceled"), after=card)
    assert told.reply_to == card
    assert stage.getsms.orders[-1].state.value == "canceled"


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("is_none", [False, True])
async def test_choosing_what_was_bought(
    empty_stage: Stage,
    house: HandlerApiSimulator,
    language: str,
    is_none: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Several numbers fit a lost purchase: a message and the card show them, and the choice is one press."""
    anna = empty_stage.actor(language)
    await anna.add_key(provider="House")
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)

    def break_down() -> None:
        if house.orders:
            house.listeners.remove(break_down)
            house.fault("http-502", "getActiveActivations", times=None)

    house.listeners.append(break_down)
    house.fault("reset-after", "getNumberV2")
    house.fault("reset-after", "getNumber")
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(
        lambda: anna.label("state-uncertain") in offer.text or len(house.orders) == 1, "the loss"
    )
    adapter = empty_stage.app.engine.accounts._providers.get("house")
    await empty_stage.time_for(adapter.buy(Key(KEY), Want("tg", "0")))
    first, second = house.orders
    house.faults.clear()
    question = anna.label("choose-question", count=2, provider="House")
    asked = await anna.see(question, after=said)
    await anna.until(lambda: question in offer.text, "the question on the card")
    for one in (first, second):
        assert anna.label("button-this-one", tail=f"…{one.phone[-4:]}") in str(asked.labels)
    if is_none:
        answer = await anna.press(anna.label("button-none-of-these"), asked)
        assert answer.text == anna.label("choose-none")
        await anna.until(lambda: question not in offer.text, "the card without the question")
        return
    await anna.press(anna.label("button-this-one", tail=f"…{second.phone[-4:]}"), asked)
    await anna.until(lambda: anna.has_number(offer), "the card with the number")
    house.deliver(second.id, "Your code: 24680")
    await anna.see("24680", after=offer)
