"""The buttons under a number that only some houses have: SMS sent, finish, again, calls."""

import pytest

from sandbox.handler_api import HandlerApiSimulator
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


async def buy(anna: Actor, what: str, choice: str = "") -> Seen:
    """Buy a number, with a choice made before; return its card."""
    said = await anna.say(f"/buy {what}")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    if choice:
        before = anna.confirm_of(offer)
        await anna.press(choice, offer)
        await anna.until(lambda: anna.confirm_of(offer) != before, "the choice")
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the card")
    return offer


async def buy_failing(anna: Actor, what: str, choice: str) -> Seen:
    """Try to buy a number that costs more than was shown; return the card that says so."""
    said = await anna.say(f"/buy {what}")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    await anna.press(choice, offer)
    await anna.until(lambda: "forwarded" in offer.text, "the choice")
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: "Not bought" in offer.text, "the refusal")
    return offer


async def raise_to(anna: Actor, failed: Seen, label: str) -> Seen:
    """Press *Raise to …* and confirm; return the new card."""
    await anna.press(label, failed)
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=failed)
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the card")
    return offer


@pytest.fixture
async def card(guest: Actor) -> Seen:
    """The card of a number at House that waits for its SMS."""
    return await buy(guest, "tg ru")


async def receive(anna: Actor, house: HandlerApiSimulator, card: Seen, code: str) -> None:
    """Let a code arrive, and wait until the card shows it."""
    house.deliver(house.orders[-1].id, f"code {code}", code)
    await anna.until(lambda: code in card.text, "the code on the card")


async def test_sms_sent_is_said_once(house: HandlerApiSimulator, guest: Actor, card: Seen) -> None:
    """*SMS sent* tells the provider; the card says so, and the button is gone."""
    answer = await guest.press("SMS sent", card)
    assert "knows that the SMS was sent" in (answer.text or "")
    await guest.until(lambda: "knows that the SMS was sent" in card.text, "the same on the card")
    assert card.button("SMS sent") is None
    assert house.orders[0].stage == "waiting"


async def test_finish_ends_the_order(house: HandlerApiSimulator, guest: Actor, card: Seen) -> None:
    """*Finish* stands beside *Another SMS* once a code is there, and ends the order at the provider."""
    await receive(guest, house, card, "11111")
    await guest.until(lambda: card.button("Finish") is not None, "the button")
    assert card.button("Another SMS") is not None
    await guest.press("Finish", card)
    await guest.until(lambda: "Finished" in card.text, "the end on the card")
    assert house.orders[0].stage == "finished"


async def test_the_same_number_again(house: HandlerApiSimulator, guest: Actor, card: Seen) -> None:
    """*Same number again* tells its price first, then buys the same number by one tap."""
    await receive(guest, house, card, "11111")
    await guest.press("Finish", card)
    await guest.until(lambda: card.button("Same number again") is not None, "the button")
    await guest.press("Same number again", card)
    offer = await guest.see("The same number again", after=card)
    assert guest.confirm_of(offer) == "Confirm · $1.50"
    assert len(house.orders) == 1
    await guest.press(guest.confirm_of(offer) or "", offer)
    await guest.until(lambda: guest.has_number(offer), "the new card")
    assert house.orders[1].phone == house.orders[0].phone
    house.deliver(house.orders[1].id, "code 22222", "22222")
    code = await guest.see(lambda message: message.text.startswith("22222"))
    assert code.reply_to == offer


async def test_a_number_that_cannot_be_had_again(
    house: HandlerApiSimulator, guest: Actor, card: Seen
) -> None:
    """A refusal of the price is told in a box; nothing is bought."""
    await receive(guest, house, card, "11111")
    await guest.press("Finish", card)
    await guest.until(lambda: card.button("Same number again") is not None, "the button")
    house.world.unrepeatable.add(house.orders[0].phone)
    answer = await guest.press("Same number again", card)
    assert answer.show_alert
    assert "cannot be had again" in (answer.text or "")


async def test_another_service_on_a_forwarded_number(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Another service* asks which one, shows its price, and buys it for the number that one has."""
    failed = await buy_failing(guest, "avito ru", "With forwarding")
    card = await raise_to(guest, failed, "Raise to $12")
    assert house.orders[0].variant == "1"
    await receive(guest, house, card, "33333")
    await guest.until(lambda: card.button("Another service") is not None, "the button")
    await guest.press("Another service", card)
    prompt = await guest.see(lambda message: message.forces_reply, after=card)
    await guest.say("yula")
    found = await guest.see("What do you mean", after=prompt)
    label = next(
        label for row in found.labels for label in row if label.lower().startswith(("yula", "youla"))
    )
    await guest.press(label, found)
    await guest.until(lambda: guest.confirm_of(found) is not None, "its price")
    await guest.press(guest.confirm_of(found) or "", found)
    await guest.until(lambda: guest.has_number(found), "its card")
    assert (house.orders[1].service, house.orders[1].phone) == ("ym", house.orders[0].phone)


async def test_a_limit_below_the_minimum_can_be_raised(house: HandlerApiSimulator, guest: Actor) -> None:
    """Where the provider wants a higher price, its minimum stands on the card, and one tap away its offer."""
    failed = await buy_failing(guest, "avito ru", "With forwarding")
    assert "Nothing was charged" in failed.text
    assert house.orders == []
    await guest.press("Raise to $12", failed)
    offer = await guest.see(lambda message: guest.confirm_of(message) is not None, after=failed)
    assert guest.confirm_of(offer) == "Confirm · up to $12"
    assert "forwarded" in offer.text
    assert house.orders == []
    await guest.press(guest.confirm_of(offer) or "", offer)
    await guest.until(lambda: guest.has_number(offer), "the card")
    assert house.orders[0].price == 12


async def test_who_called(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Who called?* says nobody in a box, and the caller's number in a message that can be copied from."""
    card = await buy(guest, "whatsapp ru", "Can take a call")
    answer = await guest.press("Who called?", card)
    assert answer.show_alert
    assert "Nobody has called" in (answer.text or "")
    house.orders[0].caller = "79995554433"
    await guest.press("Who called?", card)
    told = await guest.see("A call came from 79995554433", after=card)
    assert told.button("Copy number") is not None


async def test_a_call_is_made_and_listed(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Make a call* lists the calls so far and takes one more; nonsense is not sent."""
    card = await buy(guest, "whatsapp ru", "Can take a call")
    await guest.press("Make a call", card)
    listed = await guest.see("None yet", after=card)
    await guest.press("Call a number", listed)
    prompt = await guest.see(lambda message: message.forces_reply, after=listed)
    await guest.say("my friend")
    refused = await guest.see("does not look like a phone number", after=prompt)
    assert house.world.calls == []
    await guest.press("Try again", refused)
    await guest.see(lambda message: message.forces_reply, after=prompt)
    said = await guest.say("+7 (999) 123-45-67")
    made = await guest.see("Calls from this number", after=said)
    assert house.orders[0].phone in made.text
    assert [call.to for call in house.world.calls] == ["79991234567"]
    await guest.press("Refresh", made)


async def test_what_a_house_cannot_do_has_no_button(stage: Stage) -> None:
    """At Get-SMS, which has none of this, the card has none of these buttons."""
    anna = stage.actor()
    await anna.add_key()
    card = await anna.buy()
    for label in ("SMS sent", "Finish", "Same number again", "Who called?", "Make a call"):
        assert card.button(label) is None


async def test_where_to_forward_is_asked_with_sms_sent(house: HandlerApiSimulator, guest: Actor) -> None:
    """*SMS sent* under a forwarded number asks for the phone first, and sends it along."""
    failed = await buy_failing(guest, "avito ru", "With forwarding")
    card = await raise_to(guest, failed, "Raise to $12")
    await guest.press("SMS sent", card)
    prompt = await guest.see(lambda message: message.forces_reply, after=card)
    await guest.say("12")
    refused = await guest.see("does not look like a phone number", after=prompt)
    await guest.press("Try again", refused)
    prompt = await guest.see(lambda message: message.forces_reply, after=refused)
    await guest.say("+7 999 555-44-33")
    await guest.see("is forwarded from now on", after=prompt)
    asked = [request.form for request in house.ledger.requests if request.form.get("status") == "1"]
    assert [form["forward"] for form in asked] == ["79995554433"]
