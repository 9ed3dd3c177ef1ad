"""The life of a rental in the chat, in every language: card, SMS, inbox, reminders, prolonging, its end."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.i18n import LANGUAGES
from tests.flows.rent_houses import RentHouses
from tests.flows.stage import KEY, Actor, Stage
from tests.flows.tenancy import Tenant, like, rent

HOUR = 3600.0
_NEXT_LOOK = 30.0  # seconds, by which time every house is asked for SMS again
TEXT = "Your login code: 48213. Tell it to nobody."


@pytest.fixture
async def houses(empty_stage: Stage) -> AsyncIterator[RentHouses]:
    """A running bot that knows the four houses, and must not have logged an error by the end."""
    async with RentHouses(empty_stage).open() as opened:
        yield opened
    assert empty_stage.faults == []


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass in longer steps: rentals are asked for every quarter of a minute, and less often."""
    monkeypatch.setattr("tests.flows.stage._STEP", 0.05)


@pytest.fixture(params=list(LANGUAGES))
def anna(request: pytest.FixtureRequest, houses: RentHouses) -> Actor:
    """A person who has not written to the bot yet, in each language."""
    return houses.stage.actor(request.param)


async def at_getsms(actor: Actor) -> Tenant:
    """Rent Telegram in Russia for a day, for 100 roubles."""
    return await Tenant.of(actor, "Get-SMS", "tg ru", actor.label("period-day", count=1) + " · ")


def balance(houses: RentHouses) -> Decimal:
    """Return what the account at Get-SMS holds."""
    return houses.getsms.key(KEY).balance


async def test_the_confirm_screen_becomes_the_card(houses: RentHouses, anna: Actor) -> None:
    """Number in monospace with its button, state, end, the rule of giving back, and the ways on."""
    tenant = await at_getsms(anna)
    (rental,) = houses.getsms.rentals
    await tenant.shows(tenant.label("rental-state-active"))
    shown = tenant.t.phone(rental.phone)
    assert shown in tenant.card.marked("code")
    copy = tenant.card.button(tenant.label("button-copy-number"))
    assert copy is not None
    assert copy["copy_text"]["text"] == f"+{rental.phone}"
    formats = [one["date_time_format"] for one in tenant.card.entities if one["type"] == "date_time"]
    assert formats == ["Dt", "r", "t"]
    for key in ("button-prolong", "button-auto-off", "button-cancel"):
        assert like(tenant.card, tenant.label(key)) is not None, key
    assert like(tenant.card, tenant.label("button-inbox", count=0)) is not None


async def test_an_sms_rings_with_its_code(houses: RentHouses, anna: Actor) -> None:
    """The code found in the text comes as a new message under the card; card and inbox have it, too."""
    tenant = await at_getsms(anna)
    houses.getsms.deliver(houses.getsms.rentals[0].id, TEXT)
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("48213")
    assert rung.reply_to == tenant.card
    assert rung.text.startswith("48213\n")
    assert rung.marked("code")[0] == "48213"
    assert TEXT in rung.marked("expandable_blockquote")
    button = rung.button(tenant.label("button-copy-code"))
    assert button is not None
    assert button["copy_text"]["text"] == "48213"
    await tenant.shows(tenant.label("card-code", code="48213"))
    assert like(tenant.card, tenant.label("button-cancel")) is None  # nothing comes back any more


async def test_an_sms_without_a_code_has_no_button(houses: RentHouses, anna: Actor) -> None:
    """Where no code can be told, the text itself comes, and nothing can be copied."""
    tenant = await at_getsms(anna)
    houses.getsms.deliver(houses.getsms.rentals[0].id, "Your parcel is on its way")
    houses.stage.clock.skip(_NEXT_LOOK)
    rung = await tenant.told("Your parcel is on its way")
    assert rung.labels == []


async def test_the_inbox_has_pages(houses: RentHouses, anna: Actor) -> None:
    """The inbox opens beside the card, newest first, five a page, and leads back to the number."""
    tenant = await at_getsms(anna)
    for number in range(6):
        houses.getsms.deliver(houses.getsms.rentals[0].id, f"Your code: 4821{number}")
        houses.stage.clock.skip(_NEXT_LOOK)
    await tenant.until(lambda: like(tenant.card, tenant.label("button-inbox", count=6)) is not None, "six")
    last = tenant.actor.chat.last
    await tenant.press(tenant.label("button-inbox", count=6))
    inbox = await tenant.told("48215", after=last)
    assert "48210" not in inbox.text
    assert like(inbox, tenant.label("button-copy-this", code="48215")) is not None
    await tenant.press("›", inbox)
    await tenant.shows("48210", inbox)
    await tenant.press(tenant.label("button-back"), inbox)
    await tenant.shows(tenant.label("rental-state-active"), inbox)
    await tenant.press(tenant.label("button-back"), inbox)
    await tenant.until(lambda: like(inbox, tenant.label("button-past-rentals")) is not None, "the list")


async def test_a_number_is_given_back(houses: RentHouses, anna: Actor) -> None:
    """Are you sure, with the rule of the money; kept, it stays; given back, the price returns."""
    tenant = await at_getsms(anna)
    before = balance(houses)
    await tenant.press(tenant.label("button-cancel"))
    house = tenant.t.plain("rental-ask-cancel", provider="Get-SMS")
    assert house.split("</b>")[1] in tenant.card.text
    await tenant.press(tenant.label("button-keep"))
    await tenant.press(tenant.label("button-cancel"))
    assert balance(houses) == before
    said = await tenant.press(tenant.label("button-give-back"))
    assert said == tenant.label("rental-state-canceled")
    await tenant.shows(tenant.label("rental-state-canceled"))
    assert balance(houses) == before + 100


async def test_an_sms_stops_the_giving_back(houses: RentHouses, anna: Actor) -> None:
    """An SMS that was there already is worth more than the money: it is told, and the number stays."""
    tenant = await at_getsms(anna)
    await tenant.press(tenant.label("button-cancel"))
    houses.getsms.deliver(houses.getsms.rentals[0].id, TEXT)
    said = await tenant.press(tenant.label("button-give-back"))
    assert said == tenant.label("error-sms-came-first")
    await tenant.told("48213")
    await tenant.shows(tenant.label("rental-state-active"))


async def test_a_number_is_deleted(houses: RentHouses, anna: Actor) -> None:
    """After its first SMS a number can only be deleted: asked about, done, and found among the past ones."""
    tenant = await at_getsms(anna)
    houses.getsms.deliver(houses.getsms.rentals[0].id, TEXT)
    houses.stage.clock.skip(_NEXT_LOOK)
    await tenant.press(tenant.label("button-delete"))
    await tenant.press(tenant.label("button-delete-now"))
    await tenant.shows(tenant.label("rental-state-deleted"))
    assert houses.getsms.rentals[0].deleted
    said = await anna.say("/orders")
    lists = await anna.see(lambda seen: like(seen, tenant.label("button-rentals")) is not None, after=said)
    await tenant.press(tenant.label("button-rentals"), lists)
    await tenant.shows(tenant.label("rentals-none-open"), lists)
    await tenant.press(tenant.label("button-past-rentals"), lists)
    await tenant.shows(tenant.label("rental-state-deleted"), lists)


async def test_reminders_lead_to_prolonging(houses: RentHouses, anna: Actor) -> None:
    """An hour before the end it is said, once, with *Prolong* under it: from there to the paid day."""
    tenant = await at_getsms(anna)
    (rental,) = houses.getsms.rentals
    before = rental.expires_at
    houses.stage.clock.skip(23.2 * HOUR)
    title = tenant.t.plain("notice-ending", left="|").partition("|")[0]
    reminder = await tenant.told(title)
    assert reminder.reply_to == tenant.card
    await tenant.press(tenant.label("button-prolong"), reminder)
    days = tenant.label("period-day", count=1)
    await tenant.press(days, reminder)
    await tenant.press(tenant.label("bill-confirm-prolong", price="").rstrip(" ·"), reminder)
    await tenant.shows(tenant.label("bill-done-prolong"), reminder)
    assert (rental.expires_at - before).total_seconds() == 24 * HOUR
    houses.stage.clock.skip(120)
    await anna.say("/help")
    reminders = [seen for seen in tenant.actor.chat.messages if title in seen.text]
    assert reminders == []


async def test_prolonging_without_asking(houses: RentHouses, anna: Actor) -> None:
    """Switched on by its period: before the end it is paid once, told with its price, and switched off."""
    tenant = await at_getsms(anna)
    (rental,) = houses.getsms.rentals
    before = rental.expires_at
    await tenant.press(tenant.label("button-auto-off"))
    period = tenant.label("period-day", count=2)
    said = await tenant.press(period)
    assert said == tenant.label("rental-auto-set")
    most = tenant.t.money(roubles("142"))
    await tenant.shows(tenant.label("rental-auto", period=period, most=most))
    houses.stage.clock.skip(22 * HOUR)
    told = await tenant.told(tenant.label("notice-prolonged", period=period))
    assert most in told.text
    assert (rental.expires_at - before).total_seconds() == 48 * HOUR
    assert balance(houses) == 500 - 100 - 142
    await tenant.press(tenant.label("button-auto-on", period=period))
    await tenant.press(tenant.label("button-auto-stop"))
    await tenant.until(lambda: like(tenant.card, tenant.label("button-auto-off")) is not None, "off")


def roubles(amount: str) -> Money:
    """Return an amount in the currency of Get-SMS."""
    return Money(Decimal(amount), "RUB")


async def test_dearer_than_allowed_is_not_paid(houses: RentHouses, anna: Actor) -> None:
    """A price that rose above the one that was allowed is told with both, and nothing is paid."""
    tenant = await at_getsms(anna)
    period = tenant.label("period-day", count=1)
    await tenant.press(tenant.label("button-auto-off"))
    await tenant.press(period)
    houses.getsms.stock_rent("tg", "ru", 5, "120")
    houses.stage.clock.skip(22 * HOUR)
    told = await tenant.told(tenant.label("notice-not-prolonged", period=period))
    prices = {"price": tenant.t.money(roubles("120")), "most": tenant.t.money(roubles("100"))}
    assert tenant.label("notice-dearer", **prices) in told.text
    assert like(told, tenant.label("button-prolong")) is not None
    assert balance(houses) == 400


async def test_an_end_is_told(houses: RentHouses, anna: Actor) -> None:
    """When its time is over the card says so, and a message leads to another number."""
    tenant = await at_getsms(anna)
    houses.stage.clock.skip(24.1 * HOUR)
    over = await tenant.told(tenant.label("notice-rental-over"))
    assert like(over, tenant.label("button-rent")) is not None
    await tenant.shows(tenant.label("rental-state-over"))


async def test_a_payment_in_doubt_is_told_and_settled(houses: RentHouses, anna: Actor) -> None:
    """The answer is lost and the list is silent: what was tried and what may be gone; then what was found."""
    tenant = await at_getsms(anna)
    last = tenant.actor.chat.last
    await tenant.press(tenant.label("button-prolong"))
    period = tenant.label("period-day", count=2)
    beside = await anna.see(lambda seen: like(seen, period) is not None, after=last)
    await tenant.press(period, beside)
    houses.getsms.fault("reset-after", "rent/prolong")
    houses.getsms.fault("http-500", "rent/getorders", times=None)
    await tenant.press(tenant.label("bill-confirm-prolong", price="").rstrip(" ·"), beside)
    doubt = await tenant.told(tenant.label("notice-bill-uncertain", provider="Get-SMS"), after=beside)
    told = {"before": tenant.t.money(roubles("400")), "after": tenant.t.money(roubles("258"))}
    assert tenant.label("uncertain-balances", **told) in doubt.text
    assert tenant.label("notice-bill-now", provider="Get-SMS") in doubt.text
    houses.getsms.break_with(None)
    await tenant.told(tenant.label("notice-bill-paid"), after=doubt)
    assert balance(houses) == 258


async def test_two_rentals_have_a_card_each(houses: RentHouses, anna: Actor) -> None:
    """Whatever happens to both in the same moment, each card is drawn anew."""
    tenant = await at_getsms(anna)
    other = await rent(anna, "wa ru", anna.label("period-day", count=1) + " · ")
    for rental in houses.getsms.rentals:
        houses.getsms.deliver(rental.id, TEXT)
        houses.stage.clock.skip(_NEXT_LOOK)
    for card in (tenant.card, other):
        await tenant.shows(tenant.label("card-code", code="48213"), card)


async def test_what_is_somebody_elses(houses: RentHouses, anna: Actor) -> None:
    """A stranger who presses the buttons of a card by hand learns nothing and ends nothing."""
    tenant = await at_getsms(anna)
    stranger = houses.stage.actor("en", "Eve")
    said = await stranger.say("/start")
    theirs = await stranger.see(lambda message: bool(message.labels), after=said)
    for row in tenant.card.buttons:
        for button in row:
            if "callback_data" in button:
                answer = await stranger.press_data(button["callback_data"], theirs)
                assert "belongs to somebody else" in (answer.text or ""), button
    assert houses.getsms.rentals[0].alive
