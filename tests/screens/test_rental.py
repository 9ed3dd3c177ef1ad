"""The card of a rental: what it says in each state, and which buttons are under it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.periods import Period, Unit
from bot.domain.rentals import Act, BillState, RentalAction, RentalState
from bot.domain.sms import Sms
from bot.i18n import Translator
from bot.telegram.rent_callbacks import (
    ActRental,
    RentAccounts,
    RestoreRental,
    SetAuto,
    ShowExtra,
    ShowInbox,
    ShowProlongs,
    ShowRental,
    ShowRentals,
)
from bot.telegram.screens import rental_questions
from bot.telegram.screens.rental import card
from bot.telegram.screens.screen import Screen, Style
from tests.screens import rent_samples, samples
from tests.screens.judge import judged
from tests.screens.rental_samples import SMS, paid, rental_view, ugliest
from tests.screens.samples import NOW, UGLY, roubles

WEEK = rent_samples.WEEK
ENDINGS = (RentalAction.CANCEL, RentalAction.FINISH, RentalAction.DELETE)


def data(screen: Screen) -> list[CallbackData]:
    """Return what the buttons carry, in reading order, but for those that copy or open a page."""
    return [button.data for row in screen.rows for button in row if button.data is not None]


def test_the_card_says_what_is_one_s_own(en: Translator, catalog: Catalog) -> None:
    """Goods, number, for how long and how much from which account, state, until when and in how long."""
    screen = card(rental_view(operator="mts"), en, catalog)
    shown = judged(screen)
    assert shown.text == (
        "Telegram · 🇷🇺 Russia\n+7 996 981-78-67\nOperator: mts\n1 week · ₽350 · Get-SMS\n\n"
        "Takes SMS\nUntil 22 Jan, 12:00 UTC · 22 Jan, 12:00 UTC"
    )
    until = int((NOW + timedelta(days=7)).timestamp())
    moments = [one for one in shown.entities if one["type"] == "date_time"]
    assert [(one["unix_time"], one["date_time_format"]) for one in moments] == [(until, "Dt"), (until, "r")]
    copy = screen.rows[0][0]
    assert (copy.text, copy.copy) == ("Copy number", "+79969817867")


def test_an_end_that_we_worked_out_is_called_so(en: Translator, catalog: Catalog) -> None:
    """Where the provider told no end, ours is called about right."""
    assert "Until about 22 Jan" in judged(card(rental_view(until_told=False), en, catalog)).text


def test_the_first_of_several_services_has_the_price_of_all(en: Translator, catalog: Catalog) -> None:
    """A number for several services was paid for once: the first card says how much, and for how many."""
    made = rent_samples.bill(state=BillState.PAID, rental_id=9, further=("whatsapp", "viber"))
    first = rental_view(price=None, made_by=made)
    assert "1 week · ₽350 for all 3 services · Get-SMS" in judged(card(first, en, catalog)).text
    worked_out = rental_view(price=None, made_by=replace(made, estimated=True))
    assert "about ₽350 for all 3 services" in judged(card(worked_out, en, catalog)).text
    other = rental_view(id=10, service="whatsapp", price=None, made_by=made)
    assert "₽350" not in judged(card(other, en, catalog)).text


def test_every_ability_has_its_button(t: Translator, catalog: Catalog) -> None:
    """Waking, inbox, prolonging, another service, prolonging unasked, ending: each where it is possible."""
    view = rental_view(
        state=RentalState.SLEEPING,
        actions=(RentalAction.ACTIVATE, RentalAction.FINISH, RentalAction.DELETE),
        can_prolong=True,
        can_add_service=True,
        auto_periods=(WEEK,),
        sms_count=3,
        newest=SMS,
    )
    screen = card(view, t, catalog)
    assert data(screen) == [
        ActRental(rental_id=9, action=RentalAction.ACTIVATE),
        ShowInbox(rental_id=9),
        ShowProlongs(rental_id=9),
        ShowExtra(rental_id=9),
        SetAuto(rental_id=9),
        ActRental(rental_id=9, action=RentalAction.FINISH),
        ActRental(rental_id=9, action=RentalAction.DELETE),
    ]
    assert [button.copy for row in screen.rows for button in row if button.copy] == ["+79969817867", "48213"]
    assert t.plain("card-code", code="48213") in judged(screen).text
    assert data(card(rental_view(), t, catalog)) == [ShowInbox(rental_id=9)]


def test_while_the_money_comes_back_nothing_gives_it_away(t: Translator, catalog: Catalog) -> None:
    """As long as a number can be given back, the buttons that end it without its money are not there."""
    view = rental_view(actions=ENDINGS, cancel_until=NOW + timedelta(minutes=20))
    screen = card(view, t, catalog)
    assert data(screen)[1:] == [ActRental(rental_id=9, action=RentalAction.CANCEL)]
    assert screen.rows[-1][0].style is Style.DANGER
    assert "12:20" in judged(screen).text


def test_a_sleeping_number_says_what_waking_means(en: Translator, catalog: Catalog) -> None:
    """Asleep, in the queue, awake: each says what to do, and when to ask the service for the SMS."""
    asleep, waking = (
        judged(card(rental_view(state=state), en, catalog)).text
        for state in (RentalState.SLEEPING, RentalState.WAKING)
    )
    assert "press Activate" in asleep
    assert "usually for 10 to 15 minutes, and stays awake for 10 to 30" in asleep
    assert "I will write when it is awake" in waking
    awake = judged(card(rental_view(awake_until=NOW), en, catalog)).text
    assert "Probably falls asleep again after 15 Jan, 12:00 UTC." in awake


def test_an_sms_without_a_code_has_nothing_to_copy(en: Translator, catalog: Catalog) -> None:
    """Its beginning is shown, in one line."""
    screen = card(rental_view(newest=Sms("Hello\nthere")), en, catalog)
    assert "Newest SMS: Hello there" in judged(screen).text
    assert [button.copy for row in screen.rows for button in row if button.copy] == ["+79969817867"]


def test_prolonging_unasked_is_written_on_the_card(en: Translator, catalog: Catalog) -> None:
    """By how much and for how much at most stands there, and on the button that it is on."""
    view = rental_view(auto_prolong=WEEK, auto_most=roubles("350"), auto_periods=(WEEK,))
    screen = card(view, en, catalog)
    assert "Prolongs itself by 1 week, for at most ₽350 each time" in judged(screen).text
    assert screen.rows[-1][-1].text == "Auto-prolong: 1 week"
    untold = judged(card(rental_view(auto_prolong=WEEK, auto_periods=(WEEK,)), en, catalog)).text
    assert "Get-SMS tells no price for that" in untold
    assert card(rental_view(auto_periods=(WEEK,)), en, catalog).rows[-1][-1].text == "Auto-prolong: off"


def test_a_payment_in_doubt_is_on_the_card(en: Translator, catalog: Catalog) -> None:
    """A prolongation that is under way or whose answer was lost is named; one that was paid is not."""
    told = judged(card(rental_view(bills=(paid(state=BillState.PLACING),)), en, catalog)).text
    assert "A payment is under way: 1 week" in told
    told = judged(card(rental_view(bills=(paid(state=BillState.UNCERTAIN),)), en, catalog)).text
    assert "In doubt: 1 week." in told
    assert "Please do not pay again" in told
    told = judged(card(rental_view(bills=(paid(),)), en, catalog)).text
    assert told.endswith("Until 22 Jan, 12:00 UTC · 22 Jan, 12:00 UTC")


def test_while_it_is_being_rented_nothing_can_be_pressed(t: Translator, catalog: Catalog) -> None:
    """Between the press and the answer the card only says that it is under way."""
    screen = card(rental_view(state=RentalState.PLACING, phone=None, until=None), t, catalog)
    assert screen.rows == ()
    assert t.plain("rental-state-placing") in judged(screen).text


def test_a_rent_in_doubt_says_what_may_be_gone(en: Translator, catalog: Catalog) -> None:
    """A lost answer: what may have happened to the money, what the account held, and not to pay again."""
    made = rent_samples.bill(
        state=BillState.UNCERTAIN, balance_before=roubles("500"), balance_after=roubles("150")
    )
    unknown = {"phone": None, "until": None, "remote_id": None}
    view = rental_view(state=RentalState.UNCERTAIN, made_by=made, error="outcome-unknown", **unknown)
    screen = card(view, en, catalog)
    told = judged(screen).text
    assert "Get-SMS may have taken the money, or may not." in told
    assert "Your balance: ₽500 before, ₽150 after." in told
    assert "Please do not pay again before that." in told
    assert [button.url for row in screen.rows for button in row] == ["https://get-sms.com"]
    found = replace(view, made_by=replace(made, state=BillState.PAID))
    assert "This is paid for." in judged(card(found, en, catalog)).text


def test_what_was_not_rented_says_whether_money_is_gone(en: Translator, catalog: Catalog) -> None:
    """Refused: nothing was charged, and why. No trace: most likely not. Paid without a number: ask."""
    unknown = {"state": RentalState.FAILED, "phone": None, "until": None, "remote_id": None}
    failed = rent_samples.bill(state=BillState.FAILED)
    refused = rental_view(**unknown, error="low-balance", error_text="NO <MONEY>", made_by=failed)
    told = judged(card(refused, en, catalog)).text
    assert "Not rented\n\nNothing was charged.\nThere is not enough money" in told
    assert "NO <MONEY>" in told
    lost = judged(card(rental_view(**unknown, error="outcome-unknown", made_by=failed), en, catalog)).text
    assert "most likely nothing was paid" in lost
    assert "Nothing was charged" not in lost
    astray = judged(card(rental_view(**unknown), en, catalog)).text
    assert "This is paid for, but no number of its own has turned up" in astray


def test_what_is_over_can_be_had_again(t: Translator, catalog: Catalog) -> None:
    """After the end the inbox stays, and prolonging, bringing back, renting anew where that is possible."""
    over = rental_view(state=RentalState.OVER)
    assert data(card(over, t, catalog)) == [ShowInbox(rental_id=9), RentAccounts()]
    again = replace(over, can_prolong=True, can_restore=True)
    assert data(card(again, t, catalog))[1:] == [
        ShowProlongs(rental_id=9),
        RestoreRental(account_id=1, remote_id="r1"),
        RentAccounts(),
    ]


def test_trouble_is_told_on_the_card(en: Translator, catalog: Catalog) -> None:
    """A provider that is silent or complains, and a key that it refuses: one line each."""
    view = rental_view(
        silent_since=NOW,
        account=samples.account(rejected=True),
        error="number-trouble",
        error_text="<SORRY>",
    )
    told = judged(card(view, en, catalog)).text
    assert "Get-SMS does not answer" in told
    assert "refuses the key of Get-SMS" in told
    assert "Get-SMS reports trouble with this number." in told
    assert "<SORRY>" in told


def test_from_a_list_there_is_a_way_back(t: Translator, catalog: Catalog) -> None:
    """Shown in place of a list, the last button leads back to it."""
    back = ShowRentals(is_open=False, page=2)
    assert data(card(rental_view(), t, catalog, back))[-1] == back


@pytest.mark.parametrize("state", RentalState)
def test_telegram_takes_the_ugliest_card(t: Translator, catalog: Catalog, state: RentalState) -> None:
    """With everything there is at its longest, each state is a message of at most eight rows."""
    shown = judged(card(ugliest(state), t, catalog, ShowRentals(page=9_999)))
    assert "&lt;" not in shown.text.replace(UGLY[:20], "")


@pytest.mark.parametrize("action", ENDINGS)
def test_what_ends_a_number_is_asked_about(t: Translator, catalog: Catalog, action: RentalAction) -> None:
    """One red button that does it, one that keeps the number, and which number it is about."""
    screen = rental_questions.sure(rental_view(actions=ENDINGS), action, t, catalog)
    assert data(screen) == [ActRental(rental_id=9, action=action, sure=True), ShowRental(rental_id=9)]
    assert screen.rows[0][0].style is Style.DANGER
    assert "+7 996 981-78-67" in judged(screen).text


def test_the_question_says_what_becomes_of_the_money(en: Translator, catalog: Catalog) -> None:
    """Given back: the price returns, until when. Ended or deleted: it does not."""
    view = rental_view(actions=ENDINGS, cancel_until=NOW)
    texts = {
        action: judged(rental_questions.sure(view, action, en, catalog)).text.partition("\n\n")[2]
        for action in ENDINGS
    }
    assert "Get-SMS returns its price to your balance" in texts[RentalAction.CANCEL]
    assert texts[RentalAction.CANCEL].endswith("This is possible until 15 Jan, 12:00 UTC.")
    assert "the money for the time that is left does not come back" in texts[RentalAction.FINISH]
    assert "no money comes back" in texts[RentalAction.DELETE]


def test_prolonging_unasked_is_chosen_by_its_period(t: Translator, catalog: Catalog) -> None:
    """Each period is a button, the present one green, and there is one that switches it off."""
    months = Period(Unit.MONTH, 1)
    view = rental_view(auto_periods=(WEEK, months), auto_prolong=months)
    screen = rental_questions.auto(view, t, catalog)
    judged(screen)
    assert data(screen) == [
        SetAuto(rental_id=9, unit=Unit.WEEK, count=1),
        SetAuto(rental_id=9, unit=Unit.MONTH, count=1),
        SetAuto(rental_id=9, off=True),
        ShowRental(rental_id=9),
    ]
    assert [button.style for row in screen.rows for button in row][:2] == [None, Style.SUCCESS]
    off = rental_questions.auto(replace(view, rental=rent_samples.rental()), t, catalog)
    assert SetAuto(rental_id=9, off=True) not in data(off)
    assert len(judged(rental_questions.auto(ugliest(), t, catalog)).text) > 1


def test_a_restoration_has_no_period(en: Translator, catalog: Catalog) -> None:
    """What has no period is named by its price while it is under way."""
    bill = paid(Act.RESTORE, BillState.PLACING, price=roubles("70"))
    assert "under way: ₽70" in judged(card(rental_view(bills=(bill,)), en, catalog)).text
