"""Defaults in the chat: a country that /buy begins with, a price above which it asks once more."""

from decimal import Decimal

from bot.domain.money import Money
from sandbox.telegram.seen import Seen
from tests.flows.stage import Actor, Stage


async def defaults(actor: Actor) -> Seen:
    """Go from /settings to the defaults."""
    said = await actor.say("/settings")
    label = actor.label("button-defaults")
    screen = await actor.see(lambda message: message.button(label) is not None, after=said)
    await actor.press(label, screen)
    await actor.until(lambda: screen.button(country(actor)) is not None, "the defaults")
    return screen


def country(actor: Actor) -> str:
    """Return the label of the country button while none is set."""
    return actor.label("button-default-country", country=actor.label("default-none"))


async def test_a_country_is_set_used_and_cleared(stage: Stage, anna: Actor) -> None:
    """With a usual country, a service leads straight to its offers; cleared, to the choice of countries."""
    await anna.add_key()
    screen = await defaults(anna)
    names = stage.app.desk.catalog.countries
    russia = f"{names.flag('RU')} {names.title('RU', anna.t.language, None)}"
    await anna.press(country(anna), screen)
    none = anna.label("button-default-none")
    await anna.until(lambda: screen.button(none) is not None, "the countries")
    while screen.button(russia) is None:
        await anna.turn_page(screen)
    await anna.press(russia, screen)
    set_ = anna.label("button-default-country", country=russia)
    await anna.until(lambda: screen.button(set_) is not None, "the country")

    said = await anna.say("/buy tg")
    await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)

    await anna.press(set_, screen)
    await anna.until(lambda: screen.button(none) is not None, "the countries")
    await anna.press(none, screen)
    await anna.until(lambda: screen.button(country(anna)) is not None, "no country")
    said = await anna.say("/buy tg")
    choice = await anna.see(
        lambda message: any("40" in one for row in message.labels for one in row), after=said
    )
    assert anna.confirm_of(choice) is None


async def test_a_dear_number_is_asked_about_once_more(stage: Stage, anna: Actor) -> None:
    """Above the limit the first tap buys nothing and says both prices; the second buys, once."""
    await anna.add_key()
    user = anna.chat.chat.id
    await stage.app.engine.defaults.set_dear(user, "RUB", Decimal(10))
    said = await anna.say("/buy tg ru")
    offer = await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    await anna.press(anna.confirm_of(offer) or "", offer)
    price = anna.t.money(Money(Decimal("12.50"), "RUB"))
    sure = anna.label("button-dear-buy", price=price)
    await anna.until(lambda: offer.button(sure) is not None, "the question")
    assert anna.t.money(Money(Decimal(10), "RUB")) in offer.text
    assert stage.getsms.orders == []
    await anna.press(sure, offer)
    await anna.until(lambda: anna.has_number(offer), "the card")
    assert len(stage.getsms.orders) == 1

    await stage.app.engine.defaults.set_dear(user, "RUB", None)
    await anna.buy("wa ru")
    assert len(stage.getsms.orders) == 2


async def test_an_account_that_is_set_comes_first(stage: Stage) -> None:
    """Its offers stand on top, and the text says so; removed, it is nobody's any more."""
    anna = stage.actor()
    await anna.add_key()
    stage.getsms.add_key("flow-Key_other-77", balance="50.00")
    await anna.add_key("flow-Key_other-77")
    user, engine = anna.chat.chat.id, stage.app.engine
    second = (await engine.accounts.list(user))[1].account
    await engine.defaults.set_account(user, second.id)
    said = await anna.say("/buy tg ru")
    told = anna.label("offers-choose-first", account=second.label)
    offers = await anna.see(lambda message: told in message.text, after=said)
    assert second.label in offers.labels[0][0]
    await engine.accounts.remove(user, second.id)
    assert (await engine.defaults.of(user)).account is None
