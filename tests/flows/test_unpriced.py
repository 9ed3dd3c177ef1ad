"""Buying where no price is told: GetSMS.ONLINE by its API #2, from the offer to the code and the end."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.money import Money
from bot.i18n import LANGUAGES
from sandbox.sms_reg import SmsRegSimulator, State, serve
from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage

HOUSE = "GetSMS.ONLINE"


@pytest.fixture
async def online(empty_stage: Stage) -> AsyncIterator[SmsRegSimulator]:
    """A running bot that speaks API #2, whose numbers come three seconds after the purchase."""
    sim = SmsRegSimulator(empty_stage.clock, number_after=3)
    sim.add_key(KEY, "100.00")
    sim.stock("telegram", "ru", count=5, price="49")
    async with (
        serve(sim) as url,
        empty_stage.bot(getsms_online_url=url, getsms_online_api="sms_reg"),
    ):
        yield sim
    assert empty_stage.faults == []


async def confirm_at(actor: Actor, text: str = "/buy tg ru") -> Seen:
    """Ask for a number in words, and press *Confirm* under the one offer; return the card-to-be."""
    said = await actor.say(text)
    offer = await actor.see(lambda message: actor.confirm_of(message) is not None, after=said)
    await actor.press(actor.confirm_of(offer) or "", offer)
    return offer


@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_from_the_offer_to_the_code_and_the_end(
    empty_stage: Stage, online: SmsRegSimulator, language: str
) -> None:
    """By buttons alone: the screen says that no price is told, the card what the balance lost."""
    anna = empty_stage.actor(language)
    await anna.add_key(provider=HOUSE)
    said = await anna.say("/buy telegram")
    menu = await anna.see(lambda message: len(message.labels) > 3, after=said)
    label = next(row[0] for row in menu.labels if row[0].startswith("🇷🇺"))
    assert label.endswith(anna.label("price-untold"))
    await anna.press(label, menu)
    await anna.until(lambda: anna.confirm_of(menu) is not None, "the offer")
    assert anna.label("offer-unpriced", provider=HOUSE) in menu.text
    confirm = anna.confirm_of(menu) or ""
    assert confirm == anna.label("button-confirm", price=anna.label("price-untold"))

    await anna.press(confirm, menu)
    await anna.until(lambda: anna.label("card-number-coming") in menu.text, "a card without a number")
    assert menu.button(anna.label("button-ready")) is None
    await anna.until(lambda: anna.has_number(menu), "the number")
    order = online.operations[0]
    cost = anna.label("card-worked-out", price=anna.t.money(Money(order.price, "RUB")), account=HOUSE)
    await anna.until(lambda: cost in menu.text, "what the balance lost")
    assert anna.label("button-ready") in menu.text

    online.deliver(order.tzid, "Your code: 24680", "24680")
    await anna.press(anna.label("button-ready"), menu)
    code = await anna.see(lambda message: message.text.startswith("24680"))
    assert code.reply_to == menu
    await anna.until(lambda: menu.button(anna.label("button-finish")) is not None, "the button")
    await anna.press(anna.label("button-finish"), menu)
    await anna.until(lambda: anna.label("state-finished") in menu.text, "the end")
    assert cost in menu.text
    assert online.operation(order.tzid).state is State.OK
    assert len(online.ledger.charges) == 1


async def test_the_same_number_again(empty_stage: Stage, online: SmsRegSimulator) -> None:
    """A number is used again without a price, too; it was free, so that nothing is claimed."""
    anna = empty_stage.actor()
    await anna.add_key(provider=HOUSE)
    card = await confirm_at(anna)
    await anna.until(lambda: card.button("SMS sent") is not None, "the number")
    await anna.press("SMS sent", card)
    online.deliver(online.operations[0].tzid, "1111", "1111")
    await anna.until(lambda: card.button("Finish") is not None, "the code")
    await anna.press("Finish", card)
    await anna.until(lambda: card.button("Same number again") is not None, "the end")
    await anna.press("Same number again", card)
    offer = await anna.see("The same number again", after=card)
    assert "tells no price before the purchase" in offer.text
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the new card")
    await empty_stage.clock.advance(90)
    assert "Price not told" in offer.text
    assert online.operations[1].phone == online.operations[0].phone


async def test_prices_that_are_told_come_first(empty_stage: Stage, online: SmsRegSimulator) -> None:
    """With another account that tells prices, its offers stand before the one without a price."""
    anna = empty_stage.actor()
    await anna.add_key(provider=HOUSE)
    await anna.add_key()
    said = await anna.say("/buy tg ru")
    offers = await anna.see("Which offer?", after=said)
    await anna.until(lambda: len(offers.labels) == 3, "both offers")
    assert [row[0] for row in offers.labels[:2]] == [
        "₽12.50 · Get-SMS · 5 numbers",
        "price after purchase · GetSMS.ONLINE",
    ]
    assert online.operations == []


async def test_no_number_is_told_as_a_refusal(empty_stage: Stage, online: SmsRegSimulator) -> None:
    """Stock is not told either: where there is no number after all, the card says so."""
    anna = empty_stage.actor()
    await anna.add_key(provider=HOUSE)
    card = await confirm_at(anna, "/buy tg de")
    await anna.until(lambda: "Nothing was charged" in card.text, "the reason")
    assert "no numbers left" in card.text
    assert list(online.ledger.entries) == []


async def test_missing_money_is_told(empty_stage: Stage, online: SmsRegSimulator) -> None:
    """The provider refuses a number that the account cannot pay: said, with the way to the site."""
    anna = empty_stage.actor()
    await anna.add_key(provider=HOUSE)
    online.set_balance(KEY, "1.00")
    card = await confirm_at(anna)
    await anna.until(lambda: "not enough money" in card.text, "the reason")
    assert online.operations == []
