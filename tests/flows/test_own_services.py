"""What only its provider has a word for, from the chat: found by its name, listed, and bought."""

from sandbox.handler_api import HandlerApiSimulator
from tests.flows.stage import Actor, Stage

OWN = "zzown"


async def test_the_providers_own_name_leads_to_an_offer(stage: Stage, anna: Actor) -> None:
    """/buy with the name, alone or with a country, leads on as for any service, in every language."""
    stage.getsms.stock(OWN, "ru", count=3, price="4")
    await anna.add_key()
    said = await anna.say(f"/buy {OWN} ru")
    await anna.see(lambda message: anna.confirm_of(message) is not None, after=said)
    said = await anna.say(OWN)
    menu = await anna.see(lambda message: message.button(anna.label("button-by-price")) is None, after=said)
    await anna.until(lambda: menu.text.startswith(OWN), "the countries of the service")


async def test_other_services_are_listed_and_bought(stage: Stage, anna: Actor) -> None:
    """From the list of services to those of one provider, to a country, to a number."""
    stage.getsms.stock(OWN, "ru", count=3, price="4")
    await anna.add_key()
    said = await anna.say("/buy")
    other = anna.label("button-own-services")
    menu = await anna.see(lambda message: message.button(other) is not None, after=said)
    await anna.press(other, menu)
    await anna.until(lambda: menu.button(OWN) is not None, "the provider's own services")
    await anna.press(OWN, menu)
    await anna.until(lambda: menu.text.startswith(OWN), "the countries")
    await anna.press(menu.labels[0][0], menu)
    await anna.until(lambda: anna.confirm_of(menu) is not None, "the offer")
    await anna.press(anna.confirm_of(menu) or "", menu)
    await anna.until(lambda: anna.has_number(menu), "the card")
    assert [order.service for order in stage.getsms.orders] == [OWN]


async def test_countries_are_sorted_by_success(house: HandlerApiSimulator, guest: Actor) -> None:
    """Where a provider tells how often an SMS came, countries can be sorted by its figure."""
    for country in ("1", "2", "6"):
        house.stock("tg", country, 5, "4")
    await guest.say("/buy telegram")
    menu = await guest.see(lambda message: message.button(guest.label("button-by-rate")) is not None)
    await guest.press(guest.label("button-by-rate"), menu)
    await guest.until(lambda: guest.label("countries-rates") in menu.text, "the figures")
    figures = [int(row[0].rpartition("·")[2].removesuffix("%")) for row in menu.labels[:4]]
    assert figures == sorted(figures, reverse=True)
