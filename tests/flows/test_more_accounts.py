"""What only some houses tell about an account, and numbers that were bought elsewhere with its key."""

from collections.abc import AsyncIterator

import pytest

from sandbox.handler_api import GETSMS_ONLINE, HandlerApiSimulator, Variant, serve
from sandbox.handler_api.records import Activation
from sandbox.handler_api.world import Wish
from sandbox.telegram.seen import Seen
from tests.flows.stage import KEY, Actor, Stage


def buy_elsewhere(house: HandlerApiSimulator, service: str, country: str) -> Activation:
    """Buy a number as another program does that has the same key."""
    key = house.keys[KEY]
    pick = house.world.find(key, Wish(service, country, Variant.SMS))
    assert pick is not None
    return house.world.sell(key, pick)


async def account_page(anna: Actor, name: str) -> Seen:
    """Open an account's page under /keys."""
    said = await anna.say("/keys")
    listed = await anna.see("Press a key", after=said)
    label = next(label for row in listed.labels for label in row if label.startswith(name))
    await anna.press(label, listed)
    await anna.until(lambda: listed.button("Rename") is not None, "the account")
    return listed


@pytest.fixture
async def online(empty_stage: Stage) -> AsyncIterator[HandlerApiSimulator]:
    """A running bot whose GetSMS.ONLINE sells one number that forwards."""
    sim = HandlerApiSimulator(GETSMS_ONLINE, empty_stage.clock)
    sim.add_key(KEY, "100.00")
    sim.stock("av", "ru", 5, "12")
    sim.stock("av", "ru", 5, "12", Variant.FORWARD)
    async with serve(sim) as url, empty_stage.bot(getsms_online_url=url):
        yield sim
    assert empty_stage.faults == []


@pytest.fixture
async def owner(empty_stage: Stage, online: HandlerApiSimulator) -> Actor:
    """Somebody with a key at GetSMS.ONLINE, in English."""
    assert online.orders == []
    actor = empty_stage.actor()
    await actor.add_key(provider="GetSMS.ONLINE")
    return actor


async def test_the_provider_s_own_history(house: HandlerApiSimulator, guest: Actor) -> None:
    """*History* shows what the provider remembers, by pages, with the SMS as text whatever is in it."""
    empty = await account_page(guest, "House")
    await guest.press("History", empty)
    await guest.until(lambda: "Nothing was bought" in empty.text, "an empty history")
    for number in range(6):
        bought = buy_elsewhere(house, "wa", "0")
        house.deliver(bought.id, f"<b>code</b> {number}", str(number))
    page = await account_page(guest, "House")
    await guest.press("History", page)
    await guest.until(lambda: "<b>code</b>" in page.text, "an SMS")
    assert "· open" in page.text
    assert page.labels[0] == ["‹", "1 / 2", "›"]
    await guest.press("›", page)
    await guest.until(lambda: page.labels[0] == ["‹", "2 / 2", "›"], "the next page")
    await guest.press("‹ Back", page)
    await guest.until(lambda: page.button("Rename") is not None, "the account")


async def test_a_house_without_tools_shows_none(stage: Stage) -> None:
    """Get-SMS tells none of this: its account has no such buttons."""
    anna = stage.actor()
    await anna.add_key()
    page = await account_page(anna, "Get-SMS")
    for label in ("History", "Clean the blacklist", "Balance of a number"):
        assert page.button(label) is None


async def test_the_blacklist_is_cleaned_after_a_question(online: HandlerApiSimulator, owner: Actor) -> None:
    """*Clean the blacklist* asks first; only the second press does it."""
    online.world.blacklists[KEY].add("79990001122")
    page = await account_page(owner, "GetSMS.ONLINE")
    await owner.press("Clean the blacklist", page)
    await owner.until(lambda: "sold to you again" in page.text, "the question")
    assert online.world.blacklists[KEY]
    await owner.press("Clean the blacklist", page)
    await owner.until(lambda: "is clean" in page.text, "the answer")
    assert not online.world.blacklists[KEY]


async def test_the_balance_of_a_number_takes_a_while(online: HandlerApiSimulator, owner: Actor) -> None:
    """The bot says that the provider finds out, asks again every ten seconds, and edits the same message."""
    said = await owner.say("/buy avito ru")
    offer = await owner.see(lambda message: owner.confirm_of(message) is not None, after=said)
    await owner.press("With forwarding", offer)
    await owner.until(lambda: "forwarded" in offer.text, "the choice")
    await owner.press(owner.confirm_of(offer) or "", offer)
    await owner.until(lambda: owner.has_number(offer), "the card")
    page = await account_page(owner, "GetSMS.ONLINE")
    await owner.press("Balance of a number", page)
    await owner.see(lambda message: message.forces_reply, after=page)
    said = await owner.say(f"+{online.orders[0].phone}")
    shown = await owner.see("is finding out", after=said)
    await owner.until(lambda: "₽100" in shown.text, "what is on it")
    assert online.ledger.count("getNumberBalance") == 3


async def test_a_number_of_somebody_else_has_no_balance(online: HandlerApiSimulator, owner: Actor) -> None:
    """What is no number, or none of the account's, is refused with a word."""
    page = await account_page(owner, "GetSMS.ONLINE")
    words = {"mine": "does not look like a phone number", "+79991234567": "does not know this phone number"}
    for wrong, why in words.items():
        await owner.press("Balance of a number", page)
        await owner.see(lambda message: message.forces_reply, after=page)
        said = await owner.say(wrong)
        await owner.see(why, after=said)
    assert online.ledger.count("getNumberBalance") == 1


async def test_numbers_bought_elsewhere_are_watched(
    empty_stage: Stage, house: HandlerApiSimulator, guest: Actor
) -> None:
    """/orders leads to what other programs bought with the key; *Watch it* makes a card."""
    await guest.add_key()
    foreign = buy_elsewhere(house, "wa", "0")
    said = await guest.say("/orders")
    listed = await guest.see("Open orders", after=said)
    await guest.press("Import orders made elsewhere", listed)
    await guest.until(lambda: "Bought elsewhere" in listed.text, "the list")
    assert "cannot tell what was bought elsewhere: Get-SMS." in listed.text
    await guest.press(f"Watch it · …{foreign.phone[-4:]}", listed)
    card = await guest.see(guest.has_number, after=listed)
    await guest.until(lambda: "no open numbers" in listed.text, "the list without it")
    house.deliver(foreign.id, "code 77777", "77777")
    code = await guest.see(lambda message: message.text.startswith("77777"))
    assert code.reply_to == card
    assert empty_stage.getsms.orders == []


async def test_an_order_that_is_gone_cannot_be_watched(house: HandlerApiSimulator, guest: Actor) -> None:
    """A number that ended in the meantime is not adopted; a made-up id is nobody's."""
    foreign = buy_elsewhere(house, "wa", "0")
    said = await guest.say("/orders")
    listed = await guest.see("Open orders", after=said)
    await guest.press("Import orders made elsewhere", listed)
    await guest.until(lambda: "Bought elsewhere" in listed.text, "the list")
    house.expire(foreign.id)
    answer = await guest.press(f"Watch it · …{foreign.phone[-4:]}", listed)
    assert answer.show_alert
    assert "out of date" in (answer.text or "")


async def test_who_cannot_be_asked_is_named(house: HandlerApiSimulator, guest: Actor) -> None:
    """An account whose provider is down is named in the list; that is not called an empty list."""
    house.fault("html-200", "getActiveActivations", times=None)
    said = await guest.say("/orders")
    listed = await guest.see("Open orders", after=said)
    await guest.press("Import orders made elsewhere", listed)
    await guest.until(lambda: "⚠️ House" in listed.text, "who was not asked")
