"""The screens that pay for a rental: everything that somebody must know before, and what is said after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog import Catalog
from bot.domain.errors import BadPeriod, NoNumbers, NotProlongable, OutcomeUnknown
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Act, BillState, RentalState
from bot.i18n import Translator
from bot.telegram.rent_callbacks import (
    WHOLE,
    PayBill,
    RentPeriods,
    ShowArchive,
    ShowExtra,
    ShowProlongs,
    ShowRental,
)
from bot.telegram.screens import failures, rent_bill
from bot.telegram.screens.screen import Screen, Style
from tests.screens import rent_samples, samples
from tests.screens.judge import judged
from tests.screens.samples import NOW, UGLY, roubles

ORIGINS = {
    Act.RENT: RentPeriods(account_id=1, country="RU", service="telegram"),
    Act.PROLONG: ShowProlongs(rental_id=9),
    Act.ADD_SERVICE: ShowExtra(rental_id=9),
    Act.RESTORE: ShowArchive(account_id=1),
}


def shown(screen: Screen) -> str:
    """Return the text as it is read."""
    return judged(screen).text


def data(screen: Screen) -> list[object]:
    """Return what the buttons carry, in reading order."""
    return [button.data for row in screen.rows for button in row]


@pytest.mark.parametrize("act", Act)
def test_one_green_button_pays_and_one_leads_back(t: Translator, catalog: Catalog, act: Act) -> None:
    """Every act has its confirm button with the price, and the way back to where it was chosen."""
    screen = rent_bill.bill(rent_samples.bill_view(act), t, catalog, now=NOW)
    pay = screen.rows[0][0]
    assert data(screen) == [PayBill(token="A" * 22), ORIGINS[act]]
    assert pay.style is Style.SUCCESS
    assert t.money(roubles("350")) in pay.text


def test_the_confirm_screen_says_all(en: Translator, catalog: Catalog) -> None:
    """What for, where, how long and until when, how much, from which account, and what may come back."""
    view = replace(rent_samples.bill_view(operator="mts"), refund_within=timedelta(minutes=20))
    assert shown(rent_bill.bill(view, en, catalog, now=NOW)) == (
        "Rent a number\n\n"
        "Telegram · 🇷🇺 Russia\n\n"
        "For: 1 week\n"
        "Until about 22 Jan, 12:00 UTC\n"
        "Price: ₽350\n"
        "Paid by: Get-SMS\n"
        "Operator: mts\n\n"
        "You can give the number back within 20 minutes as long as no SMS has come."
    )


def test_what_ended_early_is_had_again_from_now_on(en: Translator, catalog: Catalog) -> None:
    """A number that was ended early lasts no more: prolonging it counts from now, not from its former end."""
    view = rent_samples.bill_view(Act.PROLONG)
    ended = replace(view, rental=rent_samples.rental(state=RentalState.FINISHED))
    told = shown(rent_bill.bill(ended, en, catalog, now=NOW))
    assert "It lasts until" not in told
    assert "Until about 22 Jan, 12:00 UTC" in told
    running = shown(rent_bill.bill(view, en, catalog, now=NOW))
    assert "It lasts until 22 Jan, 12:00 UTC." in running
    assert "Until about 29 Jan, 12:00 UTC" in running


def test_without_a_refund_that_is_said(en: Translator, catalog: Catalog) -> None:
    """Where the provider promises nothing, nobody counts on the money."""
    told = shown(rent_bill.bill(rent_samples.bill_view(), en, catalog, now=NOW))
    assert told.endswith("Get-SMS does not promise that a number can be given back: take the money as spent.")


def test_a_sleeping_number_is_said_beforehand(t: Translator, catalog: Catalog) -> None:
    """Whoever rents a number that sleeps learns before paying that it must be woken."""
    view = rent_samples.bill_view()
    wake = shown(Screen(t.t("bill-wake")))
    assert wake not in shown(rent_bill.bill(view, t, catalog, now=NOW))
    assert wake in shown(rent_bill.bill(replace(view, sleeps=True), t, catalog, now=NOW))


def test_a_price_that_was_worked_out_is_called_so(en: Translator, catalog: Catalog) -> None:
    """An estimate is called one in the text and on the button."""
    screen = rent_bill.bill(rent_samples.bill_view(estimated=True), en, catalog, now=NOW)
    assert "Price: about ₽350, worked out from other prices of the provider" in shown(screen)
    assert screen.rows[0][0].text == "Rent · about ₽350"


def test_a_price_that_is_not_told_is_called_so(en: Translator, catalog: Catalog) -> None:
    """Where no price is told and nobody chooses the country, both is said."""
    view = rent_samples.bill_view(price=None, service=None, country=None, period=Period(Unit.DAY, 1))
    screen = rent_bill.bill(view, en, catalog, now=NOW)
    assert "Get-SMS tells no price beforehand." in shown(screen)
    assert "All services\nWhich country the number is from, the provider decides." in shown(screen)
    assert screen.rows[0][0].text == "Rent · price after purchase"
    assert data(screen)[1] == RentPeriods(account_id=1)


def test_the_whole_number_leads_back_to_its_periods(en: Translator, catalog: Catalog) -> None:
    """The way back from a whole number is its own list of periods, not that of nothing."""
    screen = rent_bill.bill(rent_samples.bill_view(service=None), en, catalog, now=NOW)
    assert data(screen)[1] == RentPeriods(account_id=1, country="RU", service=WHOLE)


def test_several_services_are_all_named(en: Translator, catalog: Catalog) -> None:
    """One number for several services: each stands there before one price pays for all."""
    view = rent_samples.bill_view(further=("whatsapp", "viber"))
    assert "The same number for:\nTelegram\nWhatsApp\nViber" in shown(
        rent_bill.bill(view, en, catalog, now=NOW)
    )


def test_prolonging_counts_from_the_present_end(en: Translator, catalog: Catalog) -> None:
    """A week more on a number that lasts until the 22nd ends on the 29th, and is not given back."""
    told = shown(rent_bill.bill(rent_samples.bill_view(Act.PROLONG), en, catalog, now=NOW))
    assert "+7 996 981-78-67" in told
    assert "It lasts until 22 Jan, 12:00 UTC." in told
    assert "Until about 29 Jan, 12:00 UTC" in told
    assert told.endswith("This cannot be given back: the money is spent.")


def test_one_more_service_lasts_as_long_as_the_number(en: Translator, catalog: Catalog) -> None:
    """A service is added for the time that the number has left."""
    view = rent_samples.bill_view(Act.ADD_SERVICE, service="whatsapp")
    told = shown(rent_bill.bill(view, en, catalog, now=NOW))
    assert "WhatsApp · 🇷🇺 Russia" in told
    assert "Until about 22 Jan, 12:00 UTC" in told


def test_restoring_says_for_how_long_and_for_which_days(en: Translator, catalog: Catalog) -> None:
    """A restoration tells how many days it gives, and how many missed ones are in the price."""
    view = replace(rent_samples.bill_view(Act.RESTORE), days=30, overdue_days=2)
    told = shown(rent_bill.bill(view, en, catalog, now=NOW))
    assert "It will last 30 days longer.\nThe price includes 2 days since its end." in told


def test_a_risen_price_is_asked_again(t: Translator, catalog: Catalog) -> None:
    """After a rise the new price has its own confirm button, under the word that nothing was paid."""
    screen = rent_bill.dearer(rent_samples.bill_view(price=roubles("400")), t, catalog, now=NOW)
    assert shown(screen).startswith(t.plain("error-bill-rose"))
    assert t.money(roubles("400")) in screen.rows[0][0].text


def test_what_is_gone_was_not_paid(t: Translator, catalog: Catalog) -> None:
    """Where the last number went to somebody else, nothing was charged, and what there is is one tap away."""
    screen = rent_bill.gone(rent_samples.bill_view(), NoNumbers("getsms", "quotes"), t, catalog)
    assert shown(screen).endswith(t.plain("failure-no-money"))
    assert shown(screen).count(t.plain("failure-no-money")) == 1
    assert data(screen) == [ORIGINS[Act.RENT]]


@pytest.mark.parametrize("act", [Act.PROLONG, Act.ADD_SERVICE, Act.RESTORE])
def test_what_was_paid_leads_to_the_number(t: Translator, catalog: Catalog, act: Act) -> None:
    """After paying it is said what for, until when the number lasts now, and where it is."""
    view = replace(rent_samples.bill_view(act, state=BillState.PAID), rental=rent_samples.rental())
    screen = rent_bill.outcome(view, t, catalog)
    assert t.plain(f"bill-done-{act.value}") in shown(screen)
    assert "22" in shown(screen)
    assert data(screen) == [ShowRental(rental_id=9)]


def test_what_failed_says_why_and_that_nothing_was_charged(en: Translator, catalog: Catalog) -> None:
    """A refusal has its reason, the provider's words, the word about the money, and another try."""
    view = rent_samples.bill_view(
        Act.PROLONG, state=BillState.FAILED, error="low-balance", error_text="NO <MONEY>"
    )
    screen = rent_bill.outcome(view, en, catalog)
    assert "This did not work, and nothing was charged." in shown(screen)
    assert "There is not enough money on your Get-SMS account." in shown(screen)
    assert "NO <MONEY>" in shown(screen)
    assert data(screen) == [ShowProlongs(rental_id=9), ShowRental(rental_id=9)]


def test_a_lost_answer_is_not_called_a_failure(en: Translator, catalog: Catalog) -> None:
    """Where the answer was lost nobody says that nothing was charged, or offers to pay again."""
    view = rent_samples.bill_view(Act.PROLONG, state=BillState.UNCERTAIN, error="outcome-unknown")
    screen = rent_bill.outcome(view, en, catalog)
    assert "Get-SMS may have taken the money, or may not." in shown(screen)
    assert "nothing was charged" not in shown(screen)
    assert data(screen) == [ShowRental(rental_id=9)]


@pytest.mark.parametrize("act", Act)
def test_telegram_takes_the_ugliest(t: Translator, catalog: Catalog, act: Act) -> None:
    """With the longest of everything, each screen of an act is a message that Telegram takes."""
    period = Period(Unit.MONTH, 3)
    ugliest = rent_samples.ugliest_bill(act, period=period)
    screens = [
        rent_bill.bill(ugliest, t, catalog, now=NOW),
        rent_bill.dearer(ugliest, t, catalog, now=NOW),
        rent_bill.gone(ugliest, NoNumbers("getsms", "rent", text=UGLY * 90), t, catalog),
    ]
    for state in BillState:
        ended = replace(ugliest, bill=replace(ugliest.bill, state=state, error="outcome-unknown"))
        screens.append(rent_bill.outcome(ended, t, catalog))
    for screen in screens:
        told = shown(screen)
        assert "&lt;" not in told.replace(UGLY[:20], "")
        assert screen.rows


@pytest.mark.parametrize("operation", ["rent", "prolong", "add_service", "restore"])
def test_a_refused_payment_was_not_charged(en: Translator, operation: str) -> None:
    """What a provider refused to take money for says so; what may have been taken does not."""
    assert "Nothing was charged." in failures.explain(NoNumbers("getsms", operation), en, "Get-SMS")
    assert "Nothing was charged." in (failures.box(NoNumbers("getsms", operation), en, "Get-SMS") or "")
    assert "Nothing was charged." not in failures.explain(OutcomeUnknown("getsms", operation), en, "Get-SMS")


def test_the_longest_period_is_told(en: Translator) -> None:
    """Who asks for too long learns how long it can be."""
    error = BadPeriod("getsms", "prolong", longest=timedelta(days=90))
    assert "90 days at most" in failures.explain(error, en, "Get-SMS")
    assert "90 days at most" in (failures.box(error, en, "Get-SMS") or "")


def test_when_prolonging_begins_is_told(en: Translator) -> None:
    """Who prolongs too early learns from when on it can be done, as a moment in the reader's own zone."""
    error = NotProlongable(NOW)
    told = shown(failures.failed(error, en, samples.GETSMS))
    assert told.endswith("It can be from 15 Jan, 12:00 UTC on.")
    assert failures.box(error, en) is None
    assert failures.box(NotProlongable(), en) is not None
