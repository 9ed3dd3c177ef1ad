"""Finding a number faster: favourites, what was bought last, the same again, and the list of countries."""

from decimal import Decimal

from bot.domain.money import Money
from bot.telegram.finding_callbacks import BuyAgain
from sandbox.handler_api import HandlerApiSimulator
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


def roubles(actor: Actor, amount: str) -> str:
    """Return a price in roubles as this person reads it."""
    return actor.t.money(Money(Decimal(amount), "RUB"))


def again(actor: Actor, amount: str = "12.50") -> str:
    """Return the label that buys the same again."""
    return actor.label("button-again", price=roubles(actor, amount))


async def bought_and_ended(actor: Actor) -> Seen:
    """Buy a number and give it back; return its card."""
    card = await actor.buy("tg ru")
    await actor.press(actor.label("button-cancel"), card)
    await actor.until(lambda: card.button(again(actor)) is not None, "the end")
    return card


async def listed(actor: Actor, said: Seen) -> Seen:
    """Return the list of countries that answers a message."""
    by_price = actor.label("button-by-price")
    return await actor.see(
        lambda message: any(by_price in label for row in message.labels for label in row), after=said
    )


async def test_a_favourite_stands_first(anna: Actor) -> None:
    """A star on the offers makes them a favourite: first in /buy, one tap away, and off again by the star."""
    await anna.add_key()
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    await anna.press(anna.label("button-star"), offer)
    await anna.until(lambda: offer.button(anna.label("button-starred")) is not None, "the star")
    said = await anna.say("/buy")
    menu = await anna.see(lambda message: message.button("WhatsApp") is not None, after=said)
    assert menu.labels[0] == ["★ 🇷🇺 Telegram"]
    await anna.press("★ 🇷🇺 Telegram", menu)
    await anna.until(lambda: anna.confirm_of(menu) is not None, "the offer")
    await anna.press(anna.label("button-starred"), menu)
    await anna.until(lambda: menu.button(anna.label("button-star")) is not None, "no star")
    said = await anna.say("/buy")
    menu = await anna.see(lambda message: message.button("WhatsApp") is not None, after=said)
    assert "★" not in str(menu.labels)


async def test_the_same_again_is_one_tap(stage: Stage, anna: Actor) -> None:
    """Under an ended card, in /buy and in /history one tap buys the same, in a card of its own."""
    await anna.add_key()
    card = await bought_and_ended(anna)
    for place in ("card", "/buy", "/history"):
        before, label = anna.chat.last, again(anna)
        if place != "card":
            said = await anna.say(place)
            if place == "/history":
                label = anna.label("button-again-place", place="1", price=roubles(anna, "12.50"))
            card = await anna.see(lambda message: message.button(label) is not None, after=said)  # noqa: B023 - bound now
            before = card
        await anna.press(label, card)
        new = await anna.see(anna.has_number, after=before)
        await anna.press(anna.label("button-cancel"), new)
        await anna.until(lambda: new.button(again(anna)) is not None, "the end")  # noqa: B023 - bound now
        card = new
    assert len(stage.getsms.orders) == 4
    assert {order.service for order in stage.getsms.orders} == {"tg"}


async def test_taps_on_again_buy_one(stage: Stage, anna: Actor) -> None:
    """However often it is tapped, it buys one number: while that is open it says no, later it asks."""
    await anna.add_key()
    card = await bought_and_ended(anna)
    queries = [await anna.chat.tap(card, again(anna)) for _ in range(3)]
    await anna.until(lambda: all(query.answer for query in queries), "all answers")
    new = await anna.see(anna.has_number, after=card)
    assert stage.getsms.ledger.count("getnumber") == 2
    await anna.press(anna.label("button-cancel"), new)
    await anna.until(lambda: new.button(again(anna)) is not None, "the end")
    await anna.press(again(anna), card)
    await anna.see(lambda message: anna.confirm_of(message) is not None, after=new)
    assert stage.getsms.ledger.count("getnumber") == 2


async def test_a_dearer_repetition_asks(stage: Stage, anna: Actor) -> None:
    """Where it costs more than the last time, nothing is bought before the new price is confirmed."""
    await anna.add_key()
    card = await bought_and_ended(anna)
    stage.getsms.stock("tg", "ru", count=5, price="13")
    await anna.press(again(anna), card)
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=card)
    assert anna.label("error-price-rose") in offer.text
    assert stage.getsms.ledger.count("getnumber") == 1
    await anna.press(anna.confirm_of(offer) or "", offer)
    await anna.until(lambda: anna.has_number(offer), "the card")


async def test_a_dear_repetition_is_asked_about_and_bought_once(stage: Stage, anna: Actor) -> None:
    """Above the person's highest price the tap asks; *Buy* buys one, and the other button shows the offer."""
    await anna.add_key()
    card = await bought_and_ended(anna)
    await stage.app.engine.defaults.set_dear(anna.chat.chat.id, "RUB", Decimal(10))
    sure = anna.label("button-dear-buy", price=roubles(anna, "12.50"))
    for _ in range(2):
        before = anna.chat.last
        await anna.press(again(anna), card)
        asked = await anna.see(lambda message: message.button(sure) is not None, after=before)
    assert stage.getsms.ledger.count("getnumber") == 1
    back = next(label for row in asked.labels for label in row if label != sure)
    await anna.press(back, asked)
    await anna.until(lambda: anna.confirm_of(asked) is not None, "the offer")
    await anna.press(anna.confirm_of(asked) or "", asked)
    await anna.until(lambda: asked.button(sure) is not None, "the question")
    data = (asked.button(sure) or {})["callback_data"]
    await anna.press(sure, asked)
    await anna.until(lambda: anna.has_number(asked), "the card")
    await anna.press_data(data, asked)
    assert stage.getsms.ledger.count("getnumber") == 2


async def test_a_repetition_that_fails_says_so(stage: Stage, anna: Actor) -> None:
    """Sold out, or a limit that is reached: the new message says so, and nothing was bought."""
    await anna.add_key()
    card = await bought_and_ended(anna)
    stage.getsms.stock("tg", "ru", count=0, price="12.50")
    await anna.press(again(anna), card)
    await anna.see(anna.label("offers-none"), after=card)
    stage.getsms.stock("tg", "ru", count=5, price="12.50")
    assert stage.getsms.ledger.count("getnumber") == 1
    await stage.app.engine.caps.set_open(anna.chat.chat.id, 1)
    await anna.buy("wa ru")
    last = anna.chat.last
    await anna.press(again(anna), card)
    await anna.see(anna.label("error-cap-reached"), after=last)
    assert stage.getsms.ledger.count("getnumber") == 2


async def test_a_lost_answer_to_a_repetition_is_told(stage: Stage) -> None:
    """The same rules of doubt hold as for any purchase: told honestly, and not bought again."""
    anna = stage.actor()
    await anna.add_key()
    card = await bought_and_ended(anna)
    stage.getsms.fault("reset-after", "getnumber")
    await anna.press(again(anna), card)
    await anna.see("I will not buy again", after=card)
    assert stage.getsms.ledger.count("getnumber") == 2
    await anna.press(again(anna), card)
    assert stage.getsms.ledger.count("getnumber") == 2


async def test_nobody_repeats_what_is_anothers(stage: Stage) -> None:
    """A button for somebody else's order buys nothing."""
    anna, boris = stage.actor(), stage.actor(name="Boris")
    await anna.add_key()
    await bought_and_ended(anna)
    said = await boris.say("/help")
    shown = await boris.see("How it works", after=said)
    await boris.press_data(BuyAgain(order_id=1).pack(), shown)
    assert stage.getsms.ledger.count("getnumber") == 1


async def test_a_risky_account_is_asked_first(stage: Stage) -> None:
    """After many numbers without an SMS, the same again leads to the offer with its warning first."""
    anna = stage.actor()
    await anna.add_key()
    stage.getsms.stock("tg", "ru", count=20, price="12.50")
    for _ in range(5):
        card = await bought_and_ended(anna)
    await anna.press(again(anna), card)
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=card)
    assert "brought no SMS" in offer.text
    assert stage.getsms.ledger.count("getnumber") == 5


async def test_countries_are_filtered_and_stay_so(stage: Stage, anna: Actor) -> None:
    """Order and filters are kept for the next list, in stock, up to a price, by a part of the name."""
    stage.getsms.stock("tg", "ukr", count=0, price="1")
    await anna.add_key()
    menu = await listed(anna, await anna.say("/buy tg"))
    assert len(menu.labels) == 5
    await anna.press(anna.label("button-filter"), menu)
    only = anna.label("button-in-stock")
    await anna.until(lambda: menu.button(only) is not None, "the filter")
    await anna.press(only, menu)
    await anna.until(lambda: menu.button(f"✓ {only}") is not None, "in stock only")
    most = anna.label("filter-most", value=anna.label("filter-any"))
    await anna.press(most, menu)
    prompt = await anna.see(lambda message: message.forces_reply, after=menu)
    await anna.say("many")
    await anna.see(lambda message: "RUB" in message.text and not message.forces_reply, after=prompt)
    shown = await listed(anna, await anna.say("20"))
    assert [row[0][:2] for row in shown.labels[:-2]] == ["🇷🇺"]
    await anna.press(anna.label("button-by-stock"), shown)
    chosen = f"✓ {anna.label('button-by-stock')}"
    await anna.until(lambda: shown.button(chosen) is not None, "the order")

    again_ = await listed(anna, await anna.say("/buy tg"))
    assert again_.button(chosen) is not None
    assert [row[0][:2] for row in again_.labels[:-2]] == ["🇷🇺"]
    await anna.press(f"✓ {anna.label('button-filter')}", again_)
    off = anna.label("button-filter-off")
    await anna.until(lambda: again_.button(off) is not None, "the filter")
    await anna.press(off, again_)
    await anna.until(lambda: len(again_.labels) == 5, "all countries")
    await anna.press(anna.label("button-filter"), again_)
    named = anna.label("filter-name", value=anna.label("filter-any"))
    await anna.until(lambda: again_.button(named) is not None, "the filter")
    await anna.press(named, again_)
    await anna.see(lambda message: message.forces_reply, after=again_)
    found = await listed(anna, await anna.say("ürk"))
    assert [row[0][:2] for row in found.labels[:-2]] == ["🇹🇷"]


async def test_countries_by_ones_own_success(anna: Actor) -> None:
    """Whoever has bought can sort by their own success; the figure is said to be their own."""
    await anna.add_key()
    await bought_and_ended(anna)
    menu = await listed(anna, await anna.say("/buy tg"))
    await anna.press(anna.label("button-by-own"), menu)
    figure = anna.label("picture-result", brought="0", ended="1")
    await anna.until(lambda: figure in menu.labels[0][0], "the own figure")
    assert anna.label("countries-own") in menu.text
    assert figure not in str(menu.labels[1:])


async def test_links_are_exact_and_can_be_shared(stage: Stage) -> None:
    """The offers have a link to themselves to share; it holds ids alone, and leads where it was made."""
    anna = stage.actor()
    await anna.add_key()
    said = await anna.say("/start buy_telegram_RU")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    button = offer.button("Share")
    assert button is not None
    assert button["url"].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2F")
    assert "start%3Dbuy_telegram_RU" in button["url"]
    said = await anna.say("/start buy_whatsapp")
    await anna.see("WhatsApp", after=said)


async def test_a_repetition_at_another_house(house: HandlerApiSimulator, guest: Actor) -> None:
    """Where the protocol takes a highest price, the repetition names the price of the last time."""
    card = await guest.buy("tg ru")
    await guest.press("Cancel", card)
    await guest.until(lambda: card.button("Again · $3") is not None, "the end")
    await guest.press("Again · $3", card)
    await guest.see(guest.has_number, after=card)
    assert len(house.orders) == 2
