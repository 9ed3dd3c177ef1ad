"""The card of a rental: its number, until when it is one's own, how it stands, and what can be done."""

from bot.catalog import Catalog
from bot.domain.rental_views import RentalView
from bot.domain.rentals import Bill, Rental, RentalAction, RentalState
from bot.i18n import Html, Translator
from bot.telegram.callbacks import fits
from bot.telegram.rent_callbacks import (
    ActRental,
    RentAccounts,
    RestoreRental,
    SetAuto,
    ShowExtra,
    ShowInbox,
    ShowProlongs,
    ShowRentals,
)
from bot.telegram.screens.card import code_of
from bot.telegram.screens.failures import reason, to_site
from bot.telegram.screens.rent_words import bill_price, period_name, rental_goods
from bot.telegram.screens.rental_doubt import open_payments, unrented
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paired, paragraphs
from bot.telegram.screens.words import account_name, bold, code, cut, number

_LONGEST_TEXT = 120
_LONGEST_OPERATOR = 32
_UNRENTED = frozenset({RentalState.UNCERTAIN, RentalState.FAILED})
_RUNS_OUT = frozenset({RentalState.OVER, RentalState.FINISHED, RentalState.DELETED})
_NO_MONEY = "low-balance"


def card(view: RentalView, t: Translator, catalog: Catalog, back: ShowRentals | None = None) -> Screen:
    """Draw a rental.

    Args:
        view: the rental and all around it.
        t: the reader's language.
        catalog: names.
        back: the list to go back to, where this is not the card itself.
    """
    rental = view.rental
    operator = cut(rental.operator or "", _LONGEST_OPERATOR)
    head = lines(
        rental_goods(rental, t, catalog),
        number(rental.phone, t) if rental.phone else "",
        t.t("offer-operator", operator=operator) if operator else "",
        _paid(view, t),
    )
    rows = list(_rows(view, t))
    if back is not None:
        rows.append((Button(t.plain("button-back"), back),))
    return Screen(paragraphs(head, _newest(view, t), _standing(view, t)), tuple(rows))


def copy_number(rental: Rental, t: Translator) -> Button | None:
    """Return the button that copies the number, plus included; None while there is no number."""
    return Button(t.plain("button-copy-number"), copy=f"+{rental.phone}") if rental.phone else None


def prolong(rental: Rental, t: Translator) -> Button:
    """Return the button that lists by how much a rental can be prolonged."""
    return Button(t.plain("button-prolong"), ShowProlongs(rental_id=rental.id), style=Style.PRIMARY)


def activate(rental: Rental, t: Translator) -> Button:
    """Return the button that wakes a number."""
    data = ActRental(rental_id=rental.id, action=RentalAction.ACTIVATE)
    return Button(t.plain("button-activate"), data, style=Style.SUCCESS)


def going_on(view: RentalView, t: Translator) -> tuple[Row, ...]:
    """Return the ways to have a number again after a rental's end, and to rent another one."""
    rental = view.rental
    ways = [prolong(rental, t)] if view.can_prolong else []
    restore = RestoreRental(account_id=rental.account_id, remote_id=rental.remote_id or "")
    if view.can_restore and fits(restore):
        ways.append(Button(t.plain("button-restore"), restore, style=Style.PRIMARY))
    ways.append(Button(t.plain("button-rent"), RentAccounts()))
    return paired(ways)


def ends(rental: Rental, t: Translator) -> Html:
    """Return until when a rental is one's own, and in how long that is; empty where it is not known."""
    if rental.until is None:
        return Html("")
    until, left = t.date_time(rental.until, "Dt"), t.date_time(rental.until, "r")
    if rental.until_told:
        return t.t("rental-until", until=until, left=left)
    return t.t("rental-until-about", until=until, left=left)


def ended(rental: Rental, t: Translator) -> Html:
    """Return how long ago a rental ran out; empty where it did not: what is ended early keeps a later end."""
    if rental.until is None or rental.state is not RentalState.OVER:
        return Html("")
    return t.t("rental-ended", moment=t.date_time(rental.until, "r"))


def _paid(view: RentalView, t: Translator) -> Html:
    """Return for how long and how much it was rented, and who pays."""
    made, price = view.made_by, view.rental.price
    parts = [period_name(made.period, t)] if made and made.period else []
    if price is not None:
        is_worked_out = made is not None and made.estimated
        told = t.money(price)
        parts.append(t.plain("rent-about", price=told) if is_worked_out else told)
    elif made is not None and made.price is not None and _is_first(view.rental, made):
        parts.append(t.plain("rent-together", price=bill_price(made, t), count=len(made.services)))
    return Html(" · ").join((*parts, account_name(view.account)))


def _is_first(rental: Rental, made: Bill) -> bool:
    """Whether a rental is the first of several that one price paid for."""
    return bool(made.further) and rental.service == made.service


def _newest(view: RentalView, t: Translator) -> Html:
    if view.newest is None:
        return Html("")
    found = code_of(view.newest)
    if found:
        return t.t("card-code", code=code(found))
    text = cut(" ".join(view.newest.text.split()), _LONGEST_TEXT)
    return t.t("rental-newest", text=text) if text else Html("")


def _standing(view: RentalView, t: Translator) -> Html:
    """Return how the rental stands, in words."""
    rental, house = view.rental, view.account.provider.title
    state = bold(t.plain(f"rental-state-{rental.state.value}"))
    if rental.state in _UNRENTED:
        return paragraphs(state, unrented(view, t))
    told = [state, _meaning(rental, t)]
    if rental.is_held:
        told += [ends(rental, t), _refund(view, t), _auto(view, t)]
    else:
        told.append(ended(rental, t))
    told.append(open_payments(view.bills, t, house))
    if rental.error:
        told.append(reason(rental.error, rental.error_text, t, house))
    if view.silent_since is not None:
        told.append(t.t("card-silent", provider=house, moment=t.date_time(view.silent_since, "r")))
    if view.account.account.rejected and rental.is_held:
        told.append(t.t("card-key-rejected", account=account_name(view.account)))
    return lines(*told)


def _meaning(rental: Rental, t: Translator) -> Html:
    """Return what a state asks of its reader; empty where it speaks for itself."""
    if rental.state is RentalState.SLEEPING:
        return t.t("rental-asleep")
    if rental.state is RentalState.WAKING:
        return t.t("rental-waking")
    if rental.state is RentalState.MISSING:
        return t.t("rental-missing")
    if rental.state is RentalState.ACTIVE and rental.awake_until is not None:
        return t.t("rental-awake", moment=t.date_time(rental.awake_until, "t"))
    return Html("")


def _refund(view: RentalView, t: Translator) -> Html:
    if RentalAction.CANCEL not in view.actions or view.cancel_until is None:
        return Html("")
    return t.t("rental-refund", moment=t.date_time(view.cancel_until, "t"))


def _auto(view: RentalView, t: Translator) -> Html:
    period, most = view.rental.auto_prolong, view.rental.auto_most
    if period is None:
        return Html("")
    if most is None:
        return t.t("rental-auto-untold", period=period_name(period, t), provider=view.account.provider.title)
    return t.t("rental-auto", period=period_name(period, t), most=t.money(most))


def _rows(view: RentalView, t: Translator) -> tuple[Row, ...]:
    rental = view.rental
    if rental.state is RentalState.PLACING:
        return ()
    if rental.state in _UNRENTED:
        site = to_site(view.account.provider, t)
        is_asked = rental.state is RentalState.UNCERTAIN
        return site if is_asked else (*site, (Button(t.plain("button-rent"), RentAccounts()),))
    rows: list[Row] = [(activate(rental, t),)] if RentalAction.ACTIVATE in view.actions else []
    copies = [button for button in (copy_number(rental, t), _copy_code(view, t)) if button]
    inbox = Button(t.plain("button-inbox", count=view.sms_count), ShowInbox(rental_id=rental.id))
    rows += paired((*copies, inbox, *_longer(view, t)))
    if not rental.is_held:
        return (*rows, *going_on(view, t))
    if rental.error == _NO_MONEY:
        rows += to_site(view.account.provider, t)
    return (*rows, *paired(_endings(view, t)))


def _longer(view: RentalView, t: Translator) -> tuple[Button, ...]:
    """Return what makes more of a number: time, services."""
    rental = view.rental
    if not rental.is_held:
        return ()
    buttons = [prolong(rental, t)] if view.can_prolong else []
    if view.can_add_service:
        buttons.append(Button(t.plain("button-add-service"), ShowExtra(rental_id=rental.id)))
    if view.auto_periods:
        period = rental.auto_prolong
        label = (
            t.plain("button-auto-on", period=period_name(period, t)) if period else t.plain("button-auto-off")
        )
        buttons.append(Button(label, SetAuto(rental_id=rental.id)))
    return tuple(buttons)


def _endings(view: RentalView, t: Translator) -> tuple[Button, ...]:
    """Return what ends a rental; while the money comes back, only what brings it back."""
    labels = {
        RentalAction.CANCEL: t.plain("button-cancel"),
        RentalAction.FINISH: t.plain("button-finish"),
        RentalAction.DELETE: t.plain("button-delete"),
    }
    possible = [action for action in labels if action in view.actions]
    if RentalAction.CANCEL in possible:
        possible = [RentalAction.CANCEL]
    return tuple(
        Button(labels[action], ActRental(rental_id=view.rental.id, action=action), style=Style.DANGER)
        for action in possible
    )


def _copy_code(view: RentalView, t: Translator) -> Button | None:
    found = code_of(view.newest) if view.newest else None
    return Button(t.plain("button-copy-code"), copy=found, style=Style.SUCCESS) if found else None
