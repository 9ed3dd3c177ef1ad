"""The card and its buttons, and what the provider does to an order."""

import pytest

from sandbox.getsms.shop import Order
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


@pytest.fixture
async def buyer(stage: Stage) -> Actor:
    """Somebody with a key, in English."""
    anna = stage.actor()
    await anna.add_key()
    return anna


@pytest.fixture
async def card(buyer: Actor) -> Seen:
    """The card of a number that waits for its SMS."""
    return await buyer.buy()


@pytest.fixture
def order(stage: Stage, card: Seen) -> Order:
    """The same number at the provider."""
    assert card.text
    return stage.getsms.orders[-1]


async def test_another_sms(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """*Another SMS* brings the second code, and the card shows both."""
    stage.getsms.deliver(order.id, "code 11111", "11111")
    await buyer.see("11111", after=card)
    await buyer.until(lambda: card.button("Another SMS") is not None, "the button")
    await buyer.press("Another SMS", card)
    await buyer.until(lambda: "Waiting for another SMS" in card.text, "the state")
    stage.getsms.deliver(order.id, "code 22222", "22222")
    second = await buyer.see("22222", after=card)
    assert second.reply_to == card
    await buyer.until(lambda: "11111" in card.text and "22222" in card.text, "both codes")


@pytest.mark.parametrize(("label", "state"), [("Cancel", "canceled"), ("Ban", "banned")])
async def test_giving_back(
    stage: Stage, buyer: Actor, card: Seen, order: Order, label: str, state: str
) -> None:
    """*Cancel* and *Ban* give the number back at the provider; the card ends and offers the next number."""
    answer = await buyer.press(label, card)
    assert "the number was given back" in (answer.text or "")
    await buyer.until(lambda: "given back" in card.text, "the end on the card")
    assert stage.getsms.order(order.id).state.value == state
    assert card.labels[-1] == ["Again · ₽12.50", "Buy another"]
    assert card.button("Cancel") is None


async def test_a_code_beats_a_cancel(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """A code that is there when *Cancel* is pressed is delivered instead, and the number kept."""
    stage.getsms.deliver(order.id, "code 33333", "33333")
    answer = await buyer.press("Cancel", card)
    assert answer.show_alert
    await buyer.see("33333", after=card)
    assert stage.getsms.order(order.id).state.value == "received"


async def test_an_expiry_is_told(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """When the time is over without an SMS, the person hears it, and the card offers the next number."""
    stage.getsms.expire(order.id)
    notice = await buyer.see("No SMS came in time", after=card)
    assert notice.labels == [["Buy another"]]
    await buyer.until(lambda: "Time is over" in card.text, "the end on the card")


async def test_a_deleted_card_comes_back(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """A code still arrives when its card was deleted, and the order gets a new card."""
    await buyer.chat.delete(card)
    stage.getsms.deliver(order.id, "code 44444", "44444")
    code = await buyer.see(lambda message: message.text.startswith("44444"))
    assert code.reply_to != card
    await buyer.see(lambda message: buyer.has_number(message) and "44444" in message.text)


async def test_an_sms_full_of_markup(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """4,000 characters of markup arrive as text, cut to what Telegram takes, with the code first."""
    stage.getsms.deliver(order.id, "<b>&amp; 'x' \"y\"</b> " * 200, "55555")
    code = await buyer.see(lambda message: message.text.startswith("55555"), after=card)
    assert "<b>&amp; 'x' \"y\"</b>" in code.text
    assert len(code.text) <= 4096


async def test_an_sms_without_a_code(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """Where the provider makes out no code, the text itself is the message, without a copy button."""
    stage.getsms.deliver(order.id, "Welcome to the service!")
    told = await buyer.see("Welcome to the service!", after=card)
    assert told.text.startswith("Welcome")
    assert told.buttons == []


async def test_somebody_else_s_button(stage: Stage, card: Seen, order: Order) -> None:
    """A stranger with made-up callback data for this order gets a short answer, and nothing happens."""
    boris = stage.actor(name="Boris")
    await boris.say("/start")
    await boris.see("Codebell")
    data = (card.button("Cancel") or {})["callback_data"]
    answer = await boris.press_data(data)
    assert answer.show_alert
    assert "somebody else" in (answer.text or "")
    assert stage.getsms.order(order.id).state.value == "waiting"
    assert stage.getsms.ledger.count("refusenumber") == 0


async def test_in_a_group_only_the_owner_presses(stage: Stage) -> None:
    """A menu in a group belongs to whoever asked for it; the others get an answer that only they see."""
    person = stage.telegram.person("Anna", "en")
    stranger = stage.telegram.person("Boris", "en")
    group = stage.telegram.group("Friends", person, stranger)
    await stage.actor_of(person).add_key()
    anna, boris = stage.actor_of(person.in_group(group)), stage.actor_of(stranger.in_group(group))
    offer_of = lambda message: anna.confirm_of(message) is not None  # noqa: E731 - a predicate, used twice
    await anna.say("/buy tg ru")
    offer = await anna.see(offer_of)
    answer = await boris.press(anna.confirm_of(offer) or "", offer)
    assert answer.show_alert
    assert stage.getsms.orders == []
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the card")
    answer = await boris.press("Cancel", offer)
    assert answer.show_alert
    stage.getsms.deliver(stage.getsms.orders[-1].id, "code 66666", "66666")
    code = await anna.see(lambda message: message.text.startswith("66666"))
    assert code.reply_to == offer
    await stage.actor_of(person).see(lambda message: message.text.startswith("66666"))


async def test_orders_list_opens_cards(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """/orders shows open orders with their numbers; each opens its card there, and actions work from it."""
    said = await buyer.say("/orders")
    listed = await buyer.see("Open orders", after=said)
    label = next(label for row in listed.labels for label in row if label.startswith("🇷🇺 Telegram"))
    await buyer.press(label, listed)
    await buyer.until(lambda: listed.button("Cancel") is not None, "the card in the list")
    await buyer.press("Cancel", listed)
    await buyer.until(lambda: "given back" in listed.text and "given back" in card.text, "both redrawn")
    await buyer.press("‹ Back", listed)
    await buyer.see("Archive")
    assert stage.getsms.order(order.id).state.value == "canceled"


async def test_a_late_button_redraws_its_card(stage: Stage, buyer: Actor, card: Seen, order: Order) -> None:
    """*Cancel* on a card whose order is over answers that it is out of date, and the card is drawn anew."""
    data = (card.button("Cancel") or {})["callback_data"]
    await buyer.press("Cancel", card)
    await buyer.until(lambda: "given back" in card.text, "the end on the card")
    answer = await buyer.press_data(data, card)
    assert "out of date" in (answer.text or "")
    assert stage.getsms.ledger.count("refusenumber") == 1
    assert order.state.value == "canceled"
