"""What the bot says of rentals by itself: reminders, ends, prolonging unasked, payments in doubt."""

from dataclasses import replace

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.outbox import Notice
from bot.domain.rental_views import RentalView
from bot.domain.rentals import Act, BillState, RentalAction, RentalState
from bot.i18n import Translator
from bot.telegram.rent_callbacks import ActRental, RentAccounts, RestoreRental, ShowProlongs, ShowRental
from bot.telegram.screens.rental_notices import rental_notice
from bot.telegram.screens.screen import Screen
from tests.screens import rent_samples
from tests.screens.judge import judged
from tests.screens.rental_samples import paid, rental_view, ugliest
from tests.screens.samples import NOW, UGLY, roubles

OURS = (
    Notice.AWAKE,
    Notice.ASLEEP,
    Notice.DAY_LEFT,
    Notice.HOUR_LEFT,
    Notice.RENTAL_OVER,
    Notice.PROLONGED,
    Notice.NOT_PROLONGED,
    Notice.BILL_UNCERTAIN,
    Notice.BILL_PAID,
    Notice.BILL_SETTLED,
)
NUMBER = "Telegram · 🇷🇺 Russia\n+7 996 981-78-67"


def data(screen: Screen) -> list[CallbackData]:
    """Return what the buttons carry, in reading order, but for those that copy or open a page."""
    return [button.data for row in screen.rows for button in row if button.data is not None]


def told(notice: Notice, view: RentalView, t: Translator, catalog: Catalog) -> str:
    """Return the text of a notice as it is read."""
    return judged(rental_notice(notice, view, t, catalog)).text


@pytest.mark.parametrize("notice", [Notice.DAY_LEFT, Notice.HOUR_LEFT])
def test_a_reminder_has_prolong_under_it(t: Translator, catalog: Catalog, notice: Notice) -> None:
    """Which number ends, in how long; prolonging is one tap away where it is possible, the card always."""
    screen = rental_notice(notice, rental_view(can_prolong=True), t, catalog)
    shown = judged(screen)
    assert "+7 996 981-78-67" in shown.text
    assert [one["date_time_format"] for one in shown.entities if one["type"] == "date_time"] == ["r"]
    assert data(screen) == [ShowProlongs(rental_id=9), ShowRental(rental_id=9)]
    assert data(rental_notice(notice, rental_view(), t, catalog)) == [ShowRental(rental_id=9)]


def test_a_reminder_knows_of_prolonging_unasked(en: Translator, catalog: Catalog) -> None:
    """Whoever has it prolonged without asking is told so, instead of being alarmed."""
    view = rental_view(auto_prolong=rent_samples.WEEK)
    assert "Before that I prolong it by 1 week, as you wanted." in told(Notice.DAY_LEFT, view, en, catalog)


def test_a_late_reminder_tells_the_truth(en: Translator, catalog: Catalog) -> None:
    """A reminder that reaches the chat after the end says that it is over."""
    over = rental_view(state=RentalState.OVER)
    assert "This rental is over." in told(Notice.HOUR_LEFT, over, en, catalog)


def test_an_end_leads_on(en: Translator, catalog: Catalog) -> None:
    """Over: why, where the provider said so, and what can be had again."""
    view = rental_view(state=RentalState.OVER, error="order-closed", error_text="<BYE>", can_restore=True)
    screen = rental_notice(Notice.RENTAL_OVER, view, en, catalog)
    assert "Get-SMS has closed this order.\n<BYE>" in judged(screen).text
    assert data(screen) == [RestoreRental(account_id=1, remote_id="r1"), RentAccounts()]


def test_awake_and_asleep_say_what_to_do(en: Translator, catalog: Catalog) -> None:
    """Awake: ask now, until about when, the number to copy. Asleep: what wakes it, one tap away."""
    awake = rental_notice(Notice.AWAKE, rental_view(awake_until=NOW), en, catalog)
    assert "Ask the service for the SMS now." in judged(awake).text
    assert "after 15 Jan, 12:00 UTC" in judged(awake).text
    assert awake.rows[0][0].copy == "+79969817867"
    view = rental_view(state=RentalState.SLEEPING, actions=(RentalAction.ACTIVATE,))
    asleep = rental_notice(Notice.ASLEEP, view, en, catalog)
    assert data(asleep) == [ActRental(rental_id=9, action=RentalAction.ACTIVATE), ShowRental(rental_id=9)]


def test_prolonged_unasked_says_what_it_cost(en: Translator, catalog: Catalog) -> None:
    """By how much, for how much, until when now."""
    text = told(Notice.PROLONGED, rental_view(bills=(paid(price=roubles("270")),)), en, catalog)
    assert text.startswith(
        f"{NUMBER}\n\nI have prolonged this number by 1 week, as you wanted.\nPrice: ₽270\n"
    )
    assert "Until 22 Jan, 12:00 UTC" in text


def test_prolonged_unasked_calls_an_estimate_one(en: Translator, catalog: Catalog) -> None:
    """A price that was worked out is not told as what was paid."""
    bill = paid(price=roubles("270"), estimated=True)
    text = told(Notice.PROLONGED, rental_view(bills=(bill,)), en, catalog)
    assert "Price: about ₽270, worked out from other prices of the provider" in text
    assert "Price: ₽270" not in text


def test_not_prolonged_says_why(en: Translator, catalog: Catalog) -> None:
    """Refused: nothing was charged, why, in the provider's words, and until when the number lasts."""
    bill = paid(state=BillState.FAILED, error="low-balance", error_text="NO <MONEY>")
    screen = rental_notice(Notice.NOT_PROLONGED, rental_view(bills=(bill,), can_prolong=True), en, catalog)
    text = judged(screen).text
    assert "by 1 week, and could not. Nothing was charged." in text
    assert "There is not enough money on your Get-SMS account." in text
    assert "NO <MONEY>" in text
    assert "Until 22 Jan, 12:00 UTC" in text
    assert data(screen) == [ShowProlongs(rental_id=9), ShowRental(rental_id=9)]
    assert screen.rows[-1][0].url == "https://get-sms.com"


def test_a_risen_price_names_both(en: Translator, catalog: Catalog) -> None:
    """Dearer than allowed: what it costs, and what was allowed; where neither is told, that."""
    bill = paid(state=BillState.FAILED, error="bill-rose", price=roubles("400"))
    view = rental_view(bills=(bill,), auto_most=roubles("350"))
    assert "It costs ₽400 now, and you allowed ₽350." in told(Notice.NOT_PROLONGED, view, en, catalog)
    untold = replace(view, bills=(replace(bill, price=None),))
    assert "the provider does not tell" in told(Notice.NOT_PROLONGED, untold, en, catalog)


def test_a_payment_in_doubt_says_all(en: Translator, catalog: Catalog) -> None:
    """What was tried, for how much, whether money may be gone, the balance before and after, what now."""
    bill = paid(state=BillState.UNCERTAIN, balance_before=roubles("500"), balance_after=roubles("150"))
    screen = rental_notice(Notice.BILL_UNCERTAIN, rental_view(bills=(bill,)), en, catalog)
    assert judged(screen).text == (
        f"Prolong a number\n1 week · ₽350\n\n{NUMBER}\nPaid by: Get-SMS\n\n"
        "⚠️ The answer to this payment was lost on the way: Get-SMS may have taken the money, or may not.\n\n"
        "Your balance: ₽500 before, ₽150 after.\n\n"
        "I do not pay again by myself. I keep looking at your account at Get-SMS and write what I find. "
        "Please do not pay again before that."
    )
    assert data(screen) == [ShowRental(rental_id=9)]


def test_only_the_balance_before_is_known(en: Translator, catalog: Catalog) -> None:
    """Where the balance afterwards was not told, that before is."""
    bill = paid(state=BillState.UNCERTAIN, balance_before=roubles("500"))
    assert "Your balance before that: ₽500." in told(
        Notice.BILL_UNCERTAIN, rental_view(bills=(bill,)), en, catalog
    )


def test_the_notice_is_about_the_payment_that_it_means(en: Translator, catalog: Catalog) -> None:
    """Among several payments the newest that stands so is named; the first one, where there is no other."""
    older = paid(state=BillState.UNCERTAIN, price=roubles("11"))
    newer = paid(Act.ADD_SERVICE, price=roubles("22"), service="viber")
    view = rental_view(bills=(older, newer))
    assert "1 week · ₽11" in told(Notice.BILL_UNCERTAIN, view, en, catalog)
    assert "One more service on the number\nViber · ₽22" in told(Notice.BILL_PAID, view, en, catalog)
    rented = rental_view(made_by=rent_samples.bill(state=BillState.UNCERTAIN))
    assert told(Notice.BILL_UNCERTAIN, rented, en, catalog).startswith("Rent a number\n1 week · ₽350\n")


def test_found_paid_says_until_when(en: Translator, catalog: Catalog) -> None:
    """Where a payment went through after all, the number lasts, and its card is one tap away."""
    screen = rental_notice(Notice.BILL_PAID, rental_view(bills=(paid(),)), en, catalog)
    assert "The payment that was in doubt has gone through.\nUntil 22 Jan" in judged(screen).text
    assert data(screen) == [ShowRental(rental_id=9)]


def test_no_trace_is_not_called_certain(en: Translator, catalog: Catalog) -> None:
    """Settled: most likely nothing was paid, with the balances; paid without a number: ask the provider."""
    bill = rent_samples.bill(state=BillState.FAILED, balance_before=roubles("5"), balance_after=roubles("5"))
    gone = rental_view(state=RentalState.FAILED, phone=None, until=None, made_by=bill)
    text = told(Notice.BILL_SETTLED, gone, en, catalog)
    assert "most likely nothing was paid" in text
    assert "₽5 before, ₽5 after" in text
    spent = replace(gone, made_by=replace(bill, price=roubles("2"), balance_after=roubles("3")))
    assert "your balance fell by just the price" in told(Notice.BILL_SETTLED, spent, en, catalog)
    astray = replace(gone, made_by=replace(bill, state=BillState.PAID))
    assert "no number of its own has turned up" in told(Notice.BILL_SETTLED, astray, en, catalog)


@pytest.mark.parametrize("notice", OURS)
def test_telegram_takes_the_ugliest(t: Translator, catalog: Catalog, notice: Notice) -> None:
    """Every notice in every language, with everything at its longest, and with nothing known at all."""
    for state in (RentalState.ACTIVE, RentalState.OVER):
        shown = told(notice, ugliest(state), t, catalog)
        assert "&lt;" not in shown.replace(UGLY[:20], "")
    bare = rental_view(phone=None, until=None, country=None, service=None, made_by=None)
    assert told(notice, bare, t, catalog)
