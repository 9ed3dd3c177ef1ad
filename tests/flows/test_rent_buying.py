"""From /rent to a paid rental, at all four houses, over sockets."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.catalog import load_catalog
from bot.domain.money import Money
from bot.i18n import LANGUAGES
from bot.telegram.rent_callbacks import RestoreRental, ShowExtra, ShowProlongs
from sandbox.telegram.seen import Seen
from tests.flows.rent_houses import RentHouses
from tests.flows.stage import KEY, Actor, Stage

CATALOG = load_catalog()
_CLOSED = "SMS-Activate · closed"


@pytest.fixture
async def houses(empty_stage: Stage) -> AsyncIterator[RentHouses]:
    """A running bot that knows the four houses, and must not have logged an error by the end."""
    async with RentHouses(empty_stage).open() as opened:
        yield opened
    assert empty_stage.faults == []


@pytest.fixture(params=list(LANGUAGES))
def anna(request: pytest.FixtureRequest, houses: RentHouses) -> Actor:
    """A person who has not written to the bot yet, in each language."""
    return houses.stage.actor(request.param)


@pytest.fixture
def guest(houses: RentHouses) -> Actor:
    """The same, in English alone."""
    return houses.stage.actor()


@pytest.fixture
def slow_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """SMSPVA wants four seconds between any two calls: taps are answered before their work is done."""
    monkeypatch.setattr("tests.flows.stage._STEP", 0.05)
    monkeypatch.setattr("bot.telegram.visit._PATIENCE_SECONDS", 1.5)


def like(message: Seen, start: str) -> str | None:
    """Return the label of the first button that begins so, if there is one."""
    labels = (label for row in message.labels for label in row)
    return next((label for label in labels if label.startswith(start)), None)


async def begin(actor: Actor, text: str, start: str) -> Seen:
    """Write something and wait for a screen with a button that begins so."""
    said = await actor.say(text)
    return await actor.see(lambda message: like(message, start) is not None, after=said)


async def press(actor: Actor, message: Seen, *starts: str) -> None:
    """Press one button after the other, each once it is there, by how its label begins."""
    for start in starts:
        await actor.until(lambda start=start: like(message, start) is not None, start)  # type: ignore[misc]
        await actor.press(like(message, start) or "", message)


def label(actor: Actor, key: str) -> str:
    """Return how the label of a confirm button begins."""
    return actor.t.plain(key, price="").rstrip(" ·")


async def confirm_screen(actor: Actor, message: Seen, key: str = "bill-confirm-rent") -> str:
    """Wait for the button that pays, and return its label."""
    start = label(actor, key)
    await actor.until(lambda: like(message, start) is not None, "the confirm screen")
    return like(message, start) or ""


async def test_without_a_key_the_way_is_to_a_house_that_rents(anna: Actor) -> None:
    """/rent asks for a key to rent with; the key of a house that only rents leads to renting alone."""
    await anna.say("/rent tg ru")
    invited = await anna.see(lambda message: "SMSPVA" in message.text)
    assert anna.t.plain("buy-needs-key") not in invited.text
    added = await anna.add_key(provider="SMSPVA")
    assert added.button(anna.label("button-rent")) is not None
    assert added.button(anna.label("button-buy")) is None


async def test_get_sms_from_the_menu_to_the_purchase(houses: RentHouses, anna: Actor) -> None:
    """Menu, country, service, period, confirm: each screen leads on, and only the last press pays, once."""
    await anna.add_key()
    t, russia = anna.t, "🇷🇺 " + CATALOG.countries.title("RU", anna.t.language)
    menu = await begin(anna, "/start", t.plain("button-rent"))
    service = CATALOG.services.title("telegram", t.language)
    await press(anna, menu, t.plain("button-rent"), russia, service, t.plain("period-day", count=3) + " · ")
    pay = await confirm_screen(anna, menu)
    assert t.money(Money(Decimal(179), "RUB")) in pay
    assert houses.getsms.rentals == []
    await anna.press(pay, menu)
    await anna.until(lambda: len(houses.getsms.rentals) == 1, "the purchase")
    bought = houses.getsms.rentals[0]
    assert (bought.service, bought.country, bought.price) == ("tg", "ru", Decimal(179))
    assert bought.expires_at - bought.created_at == timedelta(days=3)


async def test_the_confirm_screen_tells_the_rule_of_the_house(guest: Actor, houses: RentHouses) -> None:
    """Before paying it stands there what for, until when, how much, and how long the number goes back."""
    await guest.add_key()
    screen = await begin(guest, "/rent tg ru", "7 days")
    await press(guest, screen, "7 days")
    await confirm_screen(guest, screen)
    assert screen.text.startswith("Rent a number\n\nTelegram · 🇷🇺 Russia\n\nFor: 7 days\nUntil about ")
    assert "Price: ₽270" in screen.text
    assert screen.text.endswith("You can give the number back within 20 minutes as long as no SMS has come.")
    assert houses.getsms.rentals == []


async def test_getsms_online_rents_a_whole_number_for_a_day(houses: RentHouses, anna: Actor) -> None:
    """Where nobody chooses anything, /rent is the confirm screen at once; it says that no price is told."""
    await anna.add_key(provider="GetSMS.ONLINE")
    screen = await begin(anna, "/rent tg ru", label(anna, "bill-confirm-rent"))
    pay = await confirm_screen(anna, screen)
    assert pay == anna.t.plain("bill-confirm-rent", price=anna.t.plain("price-untold"))
    assert anna.t.plain("rent-whole") in screen.text
    assert anna.t.plain("bill-any-country") in screen.text
    await anna.press(pay, screen)
    await anna.until(lambda: len(list(houses.online.rentals.of(houses.online.key(KEY)))) == 1, "the purchase")


async def test_sms_activate_rents_whole_numbers_of_an_operator(houses: RentHouses, guest: Actor) -> None:
    """The whole number stands first; an operator is chosen among the provider's, and is what is rented."""
    await guest.add_key(provider=_CLOSED)
    screen = await begin(guest, "/rent russia", "All services")
    assert screen.labels[0] == ["All services · ₽30 · 6 numbers"]
    await press(guest, screen, "Operator", "mts")
    await guest.until(lambda: "Operator: mts" in screen.text, "the choice")
    await press(guest, screen, "All services", "12 hours")
    assert await confirm_screen(guest, screen) == "Rent · ₽90"
    await guest.press("Rent · ₽90", screen)
    await guest.until(lambda: len(houses.activate.rentals.rentals) == 1, "the purchase")
    (rental,) = houses.activate.rentals.rentals.values()
    assert (rental.service, rental.operator, rental.price) == ("full", "mts", Decimal(90))


@pytest.mark.usefixtures("slow_house")
async def test_smspva_rents_one_number_for_two_services(houses: RentHouses, guest: Actor) -> None:
    """*One more service* puts two on one number, at a price for both that is called worked out; it sleeps."""
    await guest.add_key(provider="SMSPVA")
    screen = await begin(guest, "/rent tg ru", "1 week")
    await press(guest, screen, "One more service", "WhatsApp", "1 week")
    pay = await confirm_screen(guest, screen)
    assert pay == "Rent · about $7"
    assert "The same number for:\nTelegram\nWhatsApp" in screen.text
    assert "Wake it with Activate" in screen.text
    await guest.press(pay, screen)
    await guest.until(lambda: len(houses.smspva.orders) == 2, "the purchase")
    assert {order.service for order in houses.smspva.orders} == {"opt29", "opt20"}
    assert len({order.line.phone for order in houses.smspva.orders}) == 1


async def test_several_accounts_are_asked_about_first(houses: RentHouses, guest: Actor) -> None:
    """With two accounts that rent, /rent asks which pays, and then goes as far as the words lead."""
    await guest.add_key()
    await guest.add_key(provider=_CLOSED)
    screen = await begin(guest, "/rent tg ru", "Get-SMS")
    await press(guest, screen, "SMS-Activate", "4 hours")
    assert await confirm_screen(guest, screen) == "Rent · ₽12"
    assert houses.activate.rentals.rentals == {}


async def test_a_deep_link_leads_to_the_periods(guest: Actor) -> None:
    """``?start=rent_tg_ru`` is ``/rent tg ru``."""
    await guest.add_key()
    await begin(guest, "/start rent_tg_ru", "1 day · ₽100")


async def test_back_leads_to_where_one_came_from(guest: Actor) -> None:
    """From the confirm screen back through every screen to the menu, each by one press."""
    await guest.add_key()
    screen = await begin(guest, "/rent tg ru", "1 day")
    await press(guest, screen, "1 day", "‹ Back", "‹ Services", "‹ Countries", "‹ Accounts", "‹ Menu")
    await guest.until(lambda: like(screen, "Rent a number") is not None, "the menu")


async def test_a_service_is_found_by_its_name(guest: Actor) -> None:
    """*Find by name* asks for a name and lists those that can be rented; what cannot is said."""
    await guest.add_key()
    screen = await begin(guest, "/rent russia", "Find by name")
    await press(guest, screen, "Find by name")
    prompt = await guest.see(lambda message: message.forces_reply, after=screen)
    await guest.say("whats app")
    found = await guest.see(lambda message: like(message, "WhatsApp") is not None, after=prompt)
    assert found.labels[0] == ["WhatsApp · ₽80 / 1 day · 2 numbers"]
    await press(guest, found, "Try again")
    again = await guest.see(lambda message: message.forces_reply, after=found)
    await guest.say("avito")
    await guest.see("I found no service for “avito”", after=again)


async def test_what_is_not_rented_out_is_said(guest: Actor) -> None:
    """A service that the house does not rent there is named, above those that it does."""
    await guest.add_key()
    screen = await begin(guest, "/rent avito ru", "Telegram")
    assert "Get-SMS rents no number for Avito in 🇷🇺 Russia right now" in screen.text
    other = await begin(guest, "/rent tg zimbabwe", "‹ Countries")
    assert other.text == "Get-SMS has nothing to rent in 🇿🇼 Zimbabwe right now. Try another country."


async def test_unclear_words_are_asked_about(guest: Actor) -> None:
    """Words that may mean several things lead to guesses, each of which goes on renting."""
    await guest.add_key()
    screen = await begin(guest, "/rent wb ru", "WeChat")
    await press(guest, screen, "WeChat")
    await guest.until(lambda: like(screen, "Telegram") is not None, "what there is")


async def test_without_an_account_that_rents_the_houses_are_named(houses: RentHouses, guest: Actor) -> None:
    """Somebody without a key is asked for one."""
    assert houses.smspva.orders == []
    said = await guest.say("/rent")
    screen = await guest.see(lambda message: message.button("Add a key") is not None, after=said)
    assert "To rent numbers I need your key first" in screen.text


async def at_confirm(actor: Actor, text: str, period: str) -> Seen:
    """Go to the confirm screen for a period."""
    screen = await begin(actor, text, period)
    await press(actor, screen, period)
    await confirm_screen(actor, screen)
    return screen


async def test_a_price_that_rose_is_asked_again(houses: RentHouses, guest: Actor) -> None:
    """Dearer than on the screen: nothing is paid, the new price is shown, and pressing that pays it."""
    await guest.add_key()
    screen = await at_confirm(guest, "/rent tg ru", "1 day")
    houses.getsms.stock_rent("tg", "ru", 5, "120")
    await press(guest, screen, "Rent · ₽100", "Rent · ₽120")
    await guest.until(lambda: len(houses.getsms.rentals) == 1, "the purchase")
    assert houses.getsms.rentals[0].price == 120


async def test_what_somebody_else_rented_first_is_said(houses: RentHouses, anna: Actor) -> None:
    """When the last number is gone, nothing is charged, that is said, and what there is is one tap away."""
    await anna.add_key()
    screen = await at_confirm(anna, "/rent tg ru", anna.t.plain("period-day", count=1) + " · ")
    houses.getsms.stock_rent("tg", "ru", 0, "100")
    await press(anna, screen, label(anna, "bill-confirm-rent"))
    await anna.until(lambda: anna.t.plain("failure-no-money") in screen.text, "the word about the money")
    await press(anna, screen, anna.t.plain("button-refresh"))
    await anna.until(lambda: like(screen, "WhatsApp") is not None, "what there is")
    assert houses.getsms.key(KEY).balance == 500


async def test_a_double_tap_pays_once(houses: RentHouses, guest: Actor) -> None:
    """The same button pressed again, even from another screen of the past, rents no second number."""
    await guest.add_key()
    screen = await at_confirm(guest, "/rent tg ru", "1 day")
    data = screen.buttons[0][0]["callback_data"]
    await guest.press_data(data, screen)
    await guest.until(lambda: len(houses.getsms.rentals) == 1, "the purchase")
    answer = await guest.press_data(data, screen)
    assert "used already" in (answer.text or "")
    assert len(houses.getsms.rentals) == 1


async def test_anothers_button_pays_nothing(houses: RentHouses, guest: Actor) -> None:
    """A confirm button that somebody else presses by hand says so, and nothing is bought."""
    await guest.add_key()
    screen = await at_confirm(guest, "/rent tg ru", "1 day")
    stranger = houses.stage.actor("en", "Eve")
    said = await stranger.say("/start")
    theirs = await stranger.see(lambda message: bool(message.labels), after=said)
    answer = await stranger.press_data(screen.buttons[0][0]["callback_data"], theirs)
    assert "belongs to somebody else" in (answer.text or "")
    assert houses.getsms.rentals == []


async def test_a_house_that_is_down_can_be_asked_again(houses: RentHouses, guest: Actor) -> None:
    """Trouble on the way says what happened, and *Try again* goes on where it stopped."""
    await guest.add_key()
    houses.getsms.fault("http-500", times=None)
    screen = await begin(guest, "/rent russia", "Try again")
    assert "Get-SMS" in screen.text
    houses.getsms.break_with(None)
    await press(guest, screen, "Try again", "Telegram")


async def test_missing_money_is_said_on_the_card(houses: RentHouses, guest: Actor) -> None:
    """Without enough money nothing is rented, and the tap says that nothing was charged."""
    await guest.add_key()
    houses.getsms.set_balance(KEY, "20")
    screen = await at_confirm(guest, "/rent tg ru", "1 day")
    answer = await guest.press("Rent · ₽100", screen)
    assert "nothing was charged" in (answer.text or "") + screen.text
    assert houses.getsms.rentals == []


async def rented(actor: Actor, houses: RentHouses) -> Seen:
    """Rent a Get-SMS number for a day, and return the message that was its confirm screen."""
    await actor.add_key()
    screen = await at_confirm(actor, "/rent tg ru", actor.t.plain("period-day", count=1) + " · ")
    await press(actor, screen, label(actor, "bill-confirm-rent"))
    await actor.until(lambda: len(houses.getsms.rentals) == 1, "the purchase")
    return screen


async def test_a_rental_is_prolonged(houses: RentHouses, anna: Actor) -> None:
    """The periods of prolonging come in a new message, the price of one is paid once, and the end moves."""
    card = await rented(anna, houses)
    before = houses.getsms.rentals[0].expires_at
    await anna.press_data(ShowProlongs(rental_id=1).pack(), card)
    days = anna.t.plain("period-day", count=2)
    screen = await anna.see(lambda message: like(message, days) is not None, after=card)
    assert screen.text.startswith(anna.t.plain("bill-title-prolong").replace("<b>", "").replace("</b>", ""))
    await press(anna, screen, days, label(anna, "bill-confirm-prolong"))
    await anna.until(lambda: anna.t.plain("bill-done-prolong") in screen.text, "the word that it is done")
    assert houses.getsms.rentals[0].expires_at - before == timedelta(days=2)
    assert like(screen, anna.t.plain("button-rental")) is not None


async def test_a_refused_prolonging_was_not_charged(houses: RentHouses, guest: Actor) -> None:
    """Without enough money the screen says why, that nothing was charged, and offers another try."""
    card = await rented(guest, houses)
    houses.getsms.set_balance(KEY, "1")
    await guest.press_data(ShowProlongs(rental_id=1).pack(), card)
    screen = await guest.see(lambda message: like(message, "2 days") is not None, after=card)
    await press(guest, screen, "2 days", "Prolong")
    await guest.until(lambda: "This did not work, and nothing was charged." in screen.text, "the reason")
    assert "There is not enough money on your Get-SMS account." in screen.text
    await press(guest, screen, "Try again", "2 days")


async def test_a_lost_answer_is_in_doubt(houses: RentHouses, guest: Actor) -> None:
    """Where the answer to a paid call is lost, nobody is told that nothing was charged, or to pay again."""
    card = await rented(guest, houses)
    await guest.press_data(ShowProlongs(rental_id=1).pack(), card)
    screen = await guest.see(lambda message: like(message, "2 days") is not None, after=card)
    await press(guest, screen, "2 days")
    houses.getsms.fault("reset-after", "rent/prolong")
    await press(guest, screen, "Prolong")
    await guest.until(lambda: "may have taken the money, or may not" in screen.text, "the doubt")
    assert screen.labels == [["To the number"]]


@pytest.mark.usefixtures("slow_house")
async def test_smspva_prolongs_in_the_last_week_alone(houses: RentHouses, guest: Actor) -> None:
    """Too early is said with the moment from which on it can be, and nothing is asked or paid."""
    await guest.add_key(provider="SMSPVA")
    screen = await at_confirm(guest, "/rent tg ru", "1 month")
    await press(guest, screen, "Rent")
    await guest.until(lambda: len(houses.smspva.orders) == 1, "the purchase")
    await guest.press_data(ShowProlongs(rental_id=1).pack(), screen)
    told = await guest.see("cannot be prolonged yet", after=screen)
    assert "It can be from" in told.text


async def rented_at_smspva(guest: Actor, houses: RentHouses) -> Seen:
    """Rent Telegram at SMSPVA for a week, and return the message that was its confirm screen."""
    await guest.add_key(provider="SMSPVA")
    screen = await at_confirm(guest, "/rent tg ru", "1 week")
    await press(guest, screen, "Rent")
    await guest.until(lambda: len(houses.smspva.orders) == 1, "the purchase")
    return screen


@pytest.mark.usefixtures("slow_house")
async def test_a_service_is_added_to_a_number(houses: RentHouses, guest: Actor) -> None:
    """*Add service* lists what the number is not rented for, and puts it on the number for what is left."""
    card = await rented_at_smspva(guest, houses)
    await guest.press_data(ShowExtra(rental_id=1).pack(), card)
    screen = await guest.see(lambda message: like(message, "WhatsApp") is not None, after=card)
    assert like(screen, "Telegram") is None
    await press(guest, screen, "WhatsApp", "Add · about $2.80")
    await guest.until(lambda: "takes SMS of this service now, too" in screen.text, "the word that it is done")
    first, second = houses.smspva.orders
    assert (second.service, second.line) == ("opt20", first.line)


@pytest.mark.usefixtures("slow_house")
async def test_a_number_is_brought_back(houses: RentHouses, guest: Actor) -> None:
    """*Restore* tells its price and what it gives before it is paid, and the number is there again."""
    await guest.add_key(provider="SMSPVA")
    elsewhere = {"apikey": KEY, "service": "opt29", "country": "RU", "dtype": "week", "dcount": "1"}
    houses.smspva.answer({"method": "create", **elsewhere}, "GET")
    (remote,) = houses.smspva.orders
    houses.smspva.expire(remote.id)
    screen = await begin(guest, "/rent tg ru", "1 week")
    await guest.press_data(RestoreRental(account_id=1, remote_id=remote.id).pack(), screen)
    start = label(guest, "bill-confirm-restore")
    screen = await guest.see(lambda message: like(message, start) is not None)
    assert screen.text.startswith("Bring a number back")
    assert "This cannot be given back: the money is spent." in screen.text
    await press(guest, screen, start)
    await guest.until(lambda: "the number is yours again" in screen.text, "the word that it is done")
