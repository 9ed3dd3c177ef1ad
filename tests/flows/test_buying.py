"""Buying: from words to an offer, and everything that can go wrong between the offer and the number."""

import pytest

from sandbox.getsms import GetSmsSimulator, serve
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


@pytest.fixture
async def buyer(stage: Stage) -> Actor:
    """Somebody with a key, in English."""
    anna = stage.actor()
    await anna.add_key()
    return anna


async def offer_for(anna: Actor, text: str = "/buy tg ru") -> Seen:
    """Ask for an offer and return its screen."""
    said = await anna.say(text)
    return await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)


async def confirm(anna: Actor, offer: Seen) -> str:
    """Press *Confirm* and return what the tap was answered."""
    answer = await anna.press(anna.confirm_of(offer) or "", offer)
    return answer.text or ""


async def test_words_lead_straight_to_the_offer(stage: Stage, anna: Actor) -> None:
    """A service and a country in one line lead to the confirm screen, however they are written."""
    await anna.add_key()
    for text in ("/buy tg ru", "телеграм россия", "telegram rusya", "/start buy_tg_ru"):
        offer = await offer_for(anna, text)
        assert offer.text.startswith("Telegram")
    assert stage.getsms.orders == []


async def test_a_service_then_a_country_then_an_offer(buyer: Actor) -> None:
    """By buttons alone: service, country with price and stock, offer, and back again."""
    await buyer.say("/buy")
    menu = await buyer.see("Which service")
    await buyer.press("Telegram", menu)
    await buyer.see("from which country")
    assert [row[0] for row in menu.labels[:2]] == [
        "🇷🇺 Russia · ₽12.50 · 5 numbers",
        "🇹🇷 Türkiye · ₽40 · 3 numbers",
    ]
    await buyer.press("🇹🇷 Türkiye · ₽40 · 3 numbers", menu)
    await buyer.see("Price: ₽40")
    await buyer.press("‹ Countries", menu)
    await buyer.see("from which country")


async def test_a_country_alone_asks_for_the_service(buyer: Actor) -> None:
    """A country's name leads to the services, and those straight to its offers."""
    said = await buyer.say("Türkiye")
    menu = await buyer.see("The number will be from", after=said)
    await buyer.press("Telegram", menu)
    await buyer.see("Price: ₽40")


async def test_nonsense_is_answered(buyer: Actor) -> None:
    """A service that does not exist gets an answer with a way on, not silence."""
    said = await buyer.say("/buy qqqqqqqq")
    found = await buyer.see("neither a service nor a country", after=said)
    assert found.button("‹ Services") is not None


async def test_without_a_key_there_is_an_invitation(stage: Stage, anna: Actor) -> None:
    """Who has no key yet is led to adding one."""
    await anna.say("/buy tg ru")
    invited = await anna.see(anna.label("buy-needs-key"))
    assert invited.button(anna.label("button-add-key")) is not None
    assert stage.getsms.ledger.count() == 0


async def test_an_empty_country_shows_others(stage: Stage, buyer: Actor) -> None:
    """A country without stock says so and shows where there is some."""
    stage.getsms.stock("tg", "ru", count=0, price="12.50")
    said = await buyer.say("/buy tg ru")
    empty = await buyer.see("no numbers left here", after=said)
    assert empty.labels[0] == ["🇹🇷 Türkiye · ₽40 · 3 numbers"]


async def test_a_double_tap_buys_once(stage: Stage, buyer: Actor) -> None:
    """Two presses of *Confirm* are one purchase; the second is told that the button was used."""
    offer = await offer_for(buyer)
    label = buyer.confirm_of(offer) or ""
    first = await buyer.chat.tap(offer, label)
    second = await buyer.chat.tap(offer, label)
    await buyer.until(lambda: bool(first.answer and second.answer), "both answers")
    await buyer.until(lambda: buyer.has_number(offer), "the card")
    assert len(stage.getsms.orders) == 1
    assert stage.getsms.ledger.count("getnumber") == 1
    texts = [query.answer.text or "" for query in (first, second) if query.answer]
    assert any("out of date" in text for text in texts)


async def test_a_risen_price_is_asked_again(stage: Stage, buyer: Actor) -> None:
    """When the number became dearer in the meantime, nothing is bought before the new price is confirmed."""
    offer = await offer_for(buyer)
    stage.getsms.stock("tg", "ru", count=5, price="20")
    await confirm(buyer, offer)
    await buyer.see("The price has gone up")
    assert stage.getsms.orders == []
    await stage.clock.advance(20)
    again = await offer_for(buyer)
    assert buyer.confirm_of(again) == "Confirm · ₽20"


async def test_sold_out_at_the_last_moment(stage: Stage, buyer: Actor) -> None:
    """Stock that ran out between the screen and the tap: said, nothing bought, other countries shown."""
    offer = await offer_for(buyer)
    stage.getsms.stock("tg", "ru", count=0, price="12.50")
    await confirm(buyer, offer)
    await buyer.see("no numbers left here")
    assert stage.getsms.ledger.count("getnumber") == 0
    assert offer.button("🇹🇷 Türkiye · ₽40 · 3 numbers") is not None


async def test_a_refusal_is_told_on_the_card(stage: Stage, buyer: Actor) -> None:
    """A provider that refuses the purchase: the reason, that nothing was charged, and the next try."""
    offer = await offer_for(buyer)
    stage.getsms.fault("banned", "getnumber")
    await confirm(buyer, offer)
    await buyer.until(lambda: "Nothing was charged" in offer.text, "the reason")
    assert "blocked your account" in offer.text
    await buyer.press("Buy another", offer)
    await buyer.see("Price: ₽12.50", after=offer)


async def test_missing_money_shows_the_way(stage: Stage, buyer: Actor) -> None:
    """Without enough money the card says so and links to the provider."""
    stage.getsms.set_balance("flow-Key_5d2E8b71c4", "1.00")
    offer = await offer_for(buyer)
    await confirm(buyer, offer)
    await buyer.until(lambda: "not enough money" in offer.text, "the reason")
    assert [button["url"] for row in offer.buttons for button in row if "url" in button] == [
        "https://get-sms.com"
    ]


async def test_a_lost_answer_is_told_honestly(stage: Stage, buyer: Actor) -> None:
    """When the answer to a purchase is lost, the card says so with the balances; nothing is bought again."""
    offer = await offer_for(buyer)
    stage.getsms.fault("reset-after", "getnumber")
    await confirm(buyer, offer)
    notice = await buyer.see("may have booked a number", after=offer)
    assert "₽100 before" in notice.text
    await buyer.until(lambda: "I will not buy again" in offer.text, "the same on the card")
    assert stage.getsms.ledger.count("getnumber") == 1
    assert buyer.confirm_of(offer) is None


async def test_a_provider_that_is_down_is_named(stage: Stage, buyer: Actor) -> None:
    """While the provider does not answer, the screen says who and what to do, and a new try works."""
    stage.getsms.break_with("http-502")
    said = await buyer.say("/buy tg")
    down = await buyer.see("cannot be reached", after=said)
    stage.getsms.break_with(None)
    await buyer.press("‹ Services", down)
    await buyer.see("Which service")
    await buyer.press("Telegram", down)
    await buyer.see("from which country")


async def test_a_key_that_stopped_working_can_be_replaced(empty_stage: Stage) -> None:
    """A key that the provider begins to refuse: said at the offer, with the button that replaces it."""
    anna = empty_stage.actor()
    async with empty_stage.bot():
        await anna.add_key()
    async with serve(GetSmsSimulator(empty_stage.clock)) as strict, empty_stage.bot(getsms_url=strict):
        said = await anna.say("/buy tg ru")
        refused = await anna.see("does not accept this key", after=said)
        await anna.press("Replace the key", refused)
        await anna.see(lambda message: message.forces_reply, after=refused)
