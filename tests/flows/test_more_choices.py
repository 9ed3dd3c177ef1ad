"""What can be chosen before confirming, and lists that fill in, against a house with every capability."""

import pytest

from sandbox.handler_api import HandlerApiSimulator
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


async def offer_for(anna: Actor, text: str) -> Seen:
    """Ask for an offer and return its screen."""
    said = await anna.say(text)
    return await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)


async def buy_shown(anna: Actor, offer: Seen) -> None:
    """Press *Confirm* and wait for the card."""
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the card")


async def test_an_operator_is_chosen_and_bought(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Operator* lists the provider's own; the choice stands on the confirm screen and is what is bought."""
    offer = await offer_for(guest, "/buy tg ru")
    await guest.press("Operator", offer)
    await guest.until(lambda: offer.button("tele2") is not None, "the operators")
    await guest.press("tele2", offer)
    await guest.until(lambda: "Operator: tele2" in offer.text, "the choice")
    await buy_shown(guest, offer)
    assert house.orders[0].operator == "tele2"


async def test_a_choice_can_be_taken_back(guest: Actor) -> None:
    """The way back from a choice is the confirm screen before it."""
    offer = await offer_for(guest, "/buy tg ru")
    await guest.press("Operator", offer)
    await guest.until(lambda: offer.button("mts") is not None, "the operators")
    await guest.press("mts", offer)
    await guest.until(lambda: "Operator: mts" in offer.text, "the choice")
    await guest.press("‹ Back", offer)
    await guest.until(lambda: "Operator" not in offer.text, "the screen before")
    assert guest.confirm_of(offer) == "Confirm · $3"


async def test_a_higher_limit_reaches_dearer_numbers(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Highest price* takes an amount as people write it; with it, numbers at a higher price can be had."""
    offer = await offer_for(guest, "/buy tg ru")
    house.stock("tg", "0", 0, "3")
    house.stock_dearer("tg", "0", 2, "4")
    await guest.press("Highest price", offer)
    prompt = await guest.see(lambda message: message.forces_reply, after=offer)
    await guest.say("4,50 $")
    changed = await guest.see(lambda message: guest.confirm_of(message) is not None, after=prompt)
    assert guest.confirm_of(changed) == "Confirm · up to $4.50"
    assert "Price: $3, at most $4.50" in changed.text
    await guest.press("Highest price", changed)
    await guest.see("Now it is $3;", after=changed)
    await buy_shown(guest, changed)
    await guest.until(lambda: "$4 · House" in changed.text, "what was charged")
    assert house.orders[0].price == 4


@pytest.mark.parametrize("answer", ["2.99", "zero", "-5", "1e99", "NaN", "5" * 40])
async def test_a_limit_that_cannot_be_is_explained(guest: Actor, answer: str) -> None:
    """An amount below the price, or none at all, is explained, with another try."""
    offer = await offer_for(guest, "/buy tg ru")
    await guest.press("Highest price", offer)
    prompt = await guest.see(lambda message: message.forces_reply, after=offer)
    await guest.say(answer)
    refused = await guest.see("not below the present price, $3", after=prompt)
    await guest.press("Try again", refused)
    await guest.see(lambda message: message.forces_reply, after=refused)


async def test_a_number_that_takes_calls_has_its_own_price(house: HandlerApiSimulator, guest: Actor) -> None:
    """*Can take a call* asks for the price of such a number; where there is none, that is said."""
    offer = await offer_for(guest, "/buy whatsapp ru")
    await guest.press("Can take a call", offer)
    await guest.until(lambda: guest.confirm_of(offer) == "Confirm · $5", "the price")
    await buy_shown(guest, offer)
    assert house.orders[0].variant == "voice"
    other = await offer_for(guest, "/buy tg ru")
    await guest.press("Can take a call", other)
    await guest.until(lambda: "can take a call" in other.text, "that there is none")
    await guest.press("‹ Back", other)
    await guest.until(lambda: guest.confirm_of(other) == "Confirm · $3", "the way back")


async def test_offers_of_all_accounts_stand_in_one_list(
    empty_stage: Stage, house: HandlerApiSimulator, guest: Actor
) -> None:
    """Two accounts, two currencies: a line each, nothing added up; the country shows both best prices."""
    await guest.add_key()
    said = await guest.say("/buy tg ru")
    listed = await guest.see(lambda message: len(message.labels) == 3, after=said)
    assert [row[0] for row in listed.labels[:2]] == [
        "₽12.50 · Get-SMS · 5 numbers",
        "$3 · House · 4 numbers",
    ]
    said = await guest.say("/buy tg")
    listed = await guest.see(
        lambda message: any("₽12.50 / $3" in row[0] for row in message.labels), after=said
    )
    assert listed.labels[0][0] == "🇷🇺 Russia · ₽12.50 / $3 · 9 numbers"
    assert (house.orders, empty_stage.getsms.orders) == ([], [])


async def test_a_slow_account_holds_nobody_up(
    empty_stage: Stage, house: HandlerApiSimulator, guest: Actor
) -> None:
    """While one account is silent the others' offers are there to be pressed; what is shown then stays."""
    await guest.add_key()
    house.fault("slow", "getTopCountriesByService", seconds=8)
    said = await guest.say("/buy tg ru")
    listed = await guest.see("Asking House", after=said)
    await guest.until(lambda: listed.button("₽12.50 · Get-SMS · 5 numbers") is not None, "the quick offer")
    await guest.press("₽12.50 · Get-SMS · 5 numbers", listed)
    await guest.until(lambda: guest.confirm_of(listed) == "Confirm · ₽12.50", "its confirm screen")
    await empty_stage.clock.advance(20)
    assert guest.confirm_of(listed) == "Confirm · ₽12.50"


async def test_a_list_is_complete_in_the_end(house: HandlerApiSimulator, guest: Actor) -> None:
    """Who waits sees the slow account's offers come in."""
    await guest.add_key()
    house.fault("slow", "getTopCountriesByService", seconds=3)
    said = await guest.say("/buy tg ru")
    listed = await guest.see("Asking House", after=said)
    await guest.until(lambda: listed.button("$3 · House · 4 numbers") is not None, "the slow offer")
    assert "Asking" not in listed.text


async def test_one_number_for_two_services(house: HandlerApiSimulator, guest: Actor) -> None:
    """*One more service* adds it to the confirm screen with the sum; one tap makes a card for each."""
    offer = await offer_for(guest, "/buy tg ru")
    await guest.press("One more service", offer)
    prompt = await guest.see(lambda message: message.forces_reply, after=offer)
    await guest.say("whatsap")
    found = await guest.see("What do you mean", after=prompt)
    await guest.press("WhatsApp", found)
    await guest.until(lambda: guest.confirm_of(found) == "Confirm · $5", "the sum")
    assert "Telegram · $3" in found.text
    assert "WhatsApp · $2" in found.text
    await guest.press(guest.confirm_of(found) or "", found)
    await guest.until(lambda: guest.has_number(found), "the first card")
    second = await guest.see(guest.has_number, after=found)
    assert second.text.startswith("WhatsApp")
    assert len({one.phone for one in house.orders}) == 1
    house.deliver(house.orders[1].id, "code 88888", "88888")
    code = await guest.see(lambda message: message.text.startswith("88888"))
    assert code.reply_to == second
