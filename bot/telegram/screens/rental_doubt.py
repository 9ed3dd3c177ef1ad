"""What is known of a payment for a rental, above all where its answer was lost."""

from collections.abc import Iterable

from bot.catalog import Catalog
from bot.domain.outbox import Notice
from bot.domain.rental_views import RentalView
from bot.domain.rentals import Act, Bill, BillState, RentalState
from bot.i18n import Html, Translator
from bot.telegram.screens.failures import reason
from bot.telegram.screens.rent_words import bill_price, period_name, rented_service
from bot.telegram.screens.screen import lines, paragraphs

_LOST = "outcome-unknown"
_MEANT = {
    Notice.PROLONGED: BillState.PAID,
    Notice.NOT_PROLONGED: BillState.FAILED,
    Notice.BILL_UNCERTAIN: BillState.UNCERTAIN,
    Notice.BILL_PAID: BillState.PAID,
}


def meant(notice: Notice, view: RentalView) -> Bill | None:
    """Return the payment that a notice is about: the newest that stands so; None where there is none.

    It may have moved on since the notice was written; then it is the newest of all.
    """
    ours = (view.made_by, *view.bills) if view.made_by not in view.bills else view.bills
    bills = sorted(
        (bill for bill in ours if bill is not None), key=lambda bill: bill.placed_at or bill.created_at
    )
    fitting = [bill for bill in bills if bill.state is _MEANT.get(notice, bill.state)]
    if notice in {Notice.PROLONGED, Notice.NOT_PROLONGED}:
        fitting = [bill for bill in fitting if bill.act is Act.PROLONG]
    return next(reversed(fitting or bills), None)


def tried(bill: Bill, t: Translator, catalog: Catalog) -> Html:
    """Return what was to be paid for, in a line or two: the act, for how long, for how much."""
    facts = [period_name(bill.period, t)] if bill.period else []
    if bill.act is Act.ADD_SERVICE:
        facts.append(rented_service(bill.service, t, catalog))
    facts.append(bill_price(bill, t))
    return lines(t.t(f"bill-title-{bill.act.value}"), Html(" · ").join(facts))


def balances(bill: Bill | None, t: Translator) -> Html:
    """Return what the account held before, and after where that is known; empty where neither is."""
    if bill is None or bill.balance_before is None:
        return Html("")
    before = t.money(bill.balance_before)
    if bill.balance_after is None:
        return t.t("rental-balance-before", before=before)
    return t.t("uncertain-balances", before=before, after=t.money(bill.balance_after))


def untraced(bill: Bill | None, t: Translator, house: str) -> Html:
    """Return the words for a payment without a trace: a balance that fell says more than an empty list."""
    if bill is not None and bill.is_price_gone:
        return t.t("notice-bill-gone", provider=house)
    return t.t("notice-bill-settled", provider=house)


def unrented(view: RentalView, t: Translator) -> Html:
    """Return how it stands with a number that is not rented for certain: what happened, and what is paid."""
    rental, bill, house = view.rental, view.made_by, view.account.provider.title
    is_paid = bill is not None and bill.state is BillState.PAID
    if rental.state is RentalState.UNCERTAIN:
        if is_paid:
            return t.t("rental-unlisted", provider=house)
        what = t.t("notice-bill-uncertain", provider=house)
        return paragraphs(what, balances(bill, t), t.t("notice-bill-now", provider=house))
    if is_paid:
        return t.t("notice-bill-astray", provider=house)
    if rental.error == _LOST:
        return paragraphs(untraced(bill, t, house), balances(bill, t))
    why = reason(rental.error, rental.error_text, t, house) if rental.error else Html("")
    return lines(t.t("failure-no-money"), why)


def open_payments(bills: Iterable[Bill], t: Translator, house: str) -> Html:
    """Return a line for each payment that is under way, or in doubt."""
    told = []
    for bill in bills:
        what = period_name(bill.period, t) if bill.period else bill_price(bill, t)
        if bill.state is BillState.PLACING:
            told.append(t.t("rental-paying", what=what))
        elif bill.state is BillState.UNCERTAIN:
            told.append(t.t("rental-in-doubt", what=what, provider=house))
    return lines(*told)
