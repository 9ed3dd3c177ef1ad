"""Limits in the chat: set under /settings, seen before a purchase, kept, and told in words when reached."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.i18n import LANGUAGES
from sandbox.telegram.seen import Seen
from tests.flows.rent_houses import RentHouses
from tests.flows.stage import KEY, Actor, Stage

ONE = "12.50"


def roubles(actor: Actor, amount: str) -> str:
    """Return an amount as the person reads it."""
    return actor.t.money(Money(Decimal(amount), "RUB"))


def plain(actor: Actor, key: str, **values: str) -> str:
    """Return a text of the bot as it looks in the chat, without its markup."""
    return actor.t.plain(key, **values).replace("<b>", "").replace("</b>", "")


async def settings(actor: Actor) -> Seen:
    """Ask for the settings."""
    said = await actor.say("/settings")
    title = plain(actor, "settings-title")
    return await actor.see(lambda message: message.text.startswith(title), after=said)


async def set_day(actor: Actor, amount: str, account: str = "Get-SMS") -> None:
    """Set how much the account may spend, in words."""
    screen = await settings(actor)
    label = actor.label("button-cap-day", account=account, most=actor.label("cap-none"))
    await actor.press(label, screen)
    other = actor.label("button-cap-other")
    await actor.until(lambda: screen.button(other) is not None, "the limit")
    await actor.press(other, screen)
    prompt = await actor.see(lambda message: message.forces_reply, after=screen)
    await actor.say(amount)
    await actor.see(lambda message: message.button(other) is not None, after=prompt)


async def offer(actor: Actor, words: str = "tg ru") -> Seen:
    """Go to the confirm screen."""
    said = await actor.say(f"/buy {words}")
    return await actor.see(lambda message: actor.confirm_of(message) is not None, after=said)


async def test_a_daily_limit_is_set_seen_and_kept(stage: Stage, anna: Actor) -> None:
    """Typed in, told before the purchase and in the balance; beyond it nothing is bought, as is said."""
    await anna.add_key()
    await set_day(anna, "20")
    first = await offer(anna)
    most = roubles(anna, "20")
    assert plain(anna, "offer-cap", spent=roubles(anna, "0"), most=most) in first.text
    await anna.press(anna.confirm_of(first) or "", first)
    await anna.until(lambda: anna.has_number(first), "the card")

    second = await offer(anna)
    assert plain(anna, "offer-cap", spent=roubles(anna, ONE), most=most) in second.text
    await anna.press(anna.confirm_of(second) or "", second)
    denial = await anna.see(anna.label("error-cap-reached"), after=second)
    assert plain(anna, "cap-reached-day", now=roubles(anna, ONE), most=most) in denial.text
    assert len(stage.getsms.orders) == 1

    said = await anna.say("/balance")
    cap = plain(anna, "balance-cap", spent=roubles(anna, ONE), most=most)
    await anna.see(lambda message: cap in message.text, after=said)

    await anna.press(anna.label("button-change-limit"), denial)
    off = anna.label("button-cap-off")
    await anna.until(lambda: denial.button(off) is not None, "the limit")
    assert plain(anna, "cap-day-spent", spent=roubles(anna, ONE)) in denial.text
    await anna.press(off, denial)
    none = plain(anna, "cap-day-limit", most=anna.label("cap-none"))
    await anna.until(lambda: none in denial.text, "no limit")
    await anna.press(anna.confirm_of(second) or "", second)
    await anna.until(lambda: anna.has_number(second), "the second card: the same button still buys")
    assert len(stage.getsms.orders) == 2


async def test_a_limit_on_open_numbers(stage: Stage, anna: Actor) -> None:
    """Set by a button; the denial says how many are open and leads to the limit; giving one back helps."""
    await anna.add_key()
    screen = await settings(anna)
    await anna.press(anna.label("button-cap-open", most=anna.label("cap-none")), screen)
    await anna.until(lambda: screen.button("1") is not None, "the choice")
    await anna.press("1", screen)
    await anna.until(lambda: plain(anna, "cap-open-limit", most="1") in screen.text, "the limit")
    card = await anna.buy()

    second = await offer(anna)
    await anna.press(anna.confirm_of(second) or "", second)
    denial = await anna.see(anna.label("error-cap-reached"), after=second)
    assert plain(anna, "cap-reached-open", now="1", most="1") in denial.text
    await anna.press(anna.label("button-change-limit"), denial)
    await anna.until(lambda: plain(anna, "cap-open-now", now="1") in denial.text, "the limit")

    await anna.press(anna.label("button-cancel"), card)
    await anna.until(lambda: anna.label("state-canceled") in card.text, "the end")
    await anna.press(anna.confirm_of(second) or "", second)
    await anna.until(lambda: anna.has_number(second), "the second card")
    assert len(stage.getsms.orders) == 2


@pytest.mark.parametrize("words", ["much", "0", "-5", "nan", "9999999", "€"])
async def test_what_is_no_amount_is_asked_again(stage: Stage, words: str) -> None:
    """A text that is no amount sets nothing; the next one may, without pressing anything."""
    anna = stage.actor()
    await anna.add_key()
    screen = await settings(anna)
    await anna.press("Get-SMS · 24 h: no limit", screen)
    await anna.until(lambda: screen.button("Another amount") is not None, "the limit")
    await anna.press("Another amount", screen)
    prompt = await anna.see(lambda message: message.forces_reply, after=screen)
    await anna.say(words)
    refusal = await anna.see("I cannot use this as a limit", after=prompt)
    await anna.say("99,50 ₽")
    await anna.see("Limit: ₽99.50", after=refusal)


async def test_a_preset_is_one_tap(stage: Stage) -> None:
    """The presets stand in the account's currency, and the one that is set is marked."""
    anna = stage.actor()
    await anna.add_key()
    screen = await settings(anna)
    await anna.press("Get-SMS · 24 h: no limit", screen)
    await anna.until(lambda: screen.button("₽300") is not None, "the presets")
    await anna.press("₽300", screen)
    await anna.until(lambda: "Limit: ₽300" in screen.text, "the limit")
    await anna.press("‹ Back", screen)
    await anna.until(lambda: screen.button("Get-SMS · 24 h: ₽0 / ₽300") is not None, "the settings")


async def test_nobody_changes_anothers_limit(stage: Stage) -> None:
    """A button made up by hand with another person's account says so, and changes nothing."""
    anna, eve = stage.actor(), stage.actor("en", "Eve")
    await anna.add_key()
    await set_day(anna, "20")
    said = await eve.say("/settings")
    screen = await eve.see("Settings", after=said)
    for data in ("We|1|0", "Wd|1", "Wf|1"):
        answer = await eve.press_data(data, screen)
        assert "belongs to somebody else" in (answer.text or "")
    shown = await settings(anna)
    assert shown.button("Get-SMS · 24 h: ₽0 / ₽20") is not None


async def bought_in_vain(stage: Stage, actor: Actor, warning: str) -> None:
    """Buy a number, without a warning before it, and give it back."""
    screen = await offer(actor)
    assert warning not in screen.text
    await actor.press(actor.confirm_of(screen) or "", screen)
    await actor.until(lambda: actor.has_number(screen), "the card")
    await actor.press(actor.label("button-cancel"), screen)
    await actor.until(lambda: actor.label("state-canceled") in screen.text, "the end")
    await stage.clock.advance(60)


async def test_a_row_of_numbers_without_an_sms_is_warned_of(stage: Stage, anna: Actor) -> None:
    """After five numbers without an SMS the confirm screen says what may come of that, and buys still."""
    stage.getsms.stock("tg", "ru", count=50, price="1")
    await anna.add_key()
    warning = plain(anna, "offer-risk", missed="5", total="5")
    for _ in range(5):
        await bought_in_vain(stage, anna, warning)
    screen = await offer(anna)
    assert warning in screen.text
    await anna.press(anna.confirm_of(screen) or "", screen)
    await anna.until(lambda: anna.has_number(screen), "the card")


@pytest.fixture
async def houses(empty_stage: Stage) -> AsyncIterator[RentHouses]:
    """A running bot that knows the houses which rent numbers out."""
    async with RentHouses(empty_stage).open() as opened:
        yield opened
    assert empty_stage.faults == []


@pytest.mark.parametrize("language", list(LANGUAGES))
async def test_renting_is_held_to_the_limit(houses: RentHouses, language: str) -> None:
    """The confirm screen of a rental tells the limit, and beyond it nothing is paid."""
    anna = houses.stage.actor(language)
    await anna.add_key()
    await set_day(anna, "50")
    t = anna.t
    said = await anna.say("/rent tg ru")
    day = t.plain("period-day", count=1) + " · "
    screen = await anna.see(lambda message: _like(message, day) is not None, after=said)
    await anna.press(_like(screen, day) or "", screen)
    pay = t.plain("bill-confirm-rent", price="").rstrip(" ·")
    await anna.until(lambda: _like(screen, pay) is not None, "the confirm screen")
    most = roubles(anna, "50")
    assert plain(anna, "offer-cap", spent=roubles(anna, "0"), most=most) in screen.text
    await anna.press(_like(screen, pay) or "", screen)
    denial = await anna.see(anna.label("error-cap-reached"), after=screen)
    assert plain(anna, "cap-reached-day", now=roubles(anna, "0"), most=most) in denial.text
    assert houses.getsms.rentals == []
    assert houses.getsms.key(KEY).balance == 500


def _like(message: Seen, start: str) -> str | None:
    return next((label for row in message.labels for label in row if label.startswith(start)), None)
