"""Messages about rentals that the bot sends by itself, SMS apart."""

from bot.catalog import Catalog
from bot.domain.money import Money
from bot.domain.outbox import Notice
from bot.domain.rental_views import RentalView
from bot.domain.rentals import Act, Bill, BillState, Rental, RentalAction
from bot.i18n import Html, Translator
from bot.telegram.rent_callbacks import ShowRental
from bot.telegram.screens.failures import reason, to_site
from bot.telegram.screens.rent_words import bill_price_line, period_name, rental_goods
from bot.telegram.screens.rental import activate, copy_number, ends, going_on, prolong
from bot.telegram.screens.rental_doubt import balances, meant, tried, untraced
from bot.telegram.screens.screen import Button, Row, Screen, lines, paired, paragraphs
from bot.telegram.screens.words import account_name, number

_BILLS = frozenset({Notice.BILL_UNCERTAIN, Notice.BILL_PAID, Notice.BILL_SETTLED})
_ROSE = "bill-rose"


def rental_notice(notice: Notice, view: RentalView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a notice about a rental.

    Args:
        notice: what to tell.
        view: the rental, as it stands now.
        t: the reader's language.
        catalog: names.
    """
    title = _title(view.rental, t, catalog)
    if notice in _BILLS:
        return _payment(notice, view, title, t, catalog)
    return _DRAWN.get(notice, _over)(view, title, t)


def _title(rental: Rental, t: Translator, catalog: Catalog) -> Html:
    return lines(
        rental_goods(rental, t, catalog),
        number(rental.phone, t) if rental.phone else "",
    )


def _to_card(view: RentalView, t: Translator) -> Button:
    return Button(t.plain("button-rental"), ShowRental(rental_id=view.rental.id))


def _ways(view: RentalView, t: Translator) -> tuple[Row, ...]:
    """Return the button that prolongs, where that can be done now, and the way to the number."""
    first = (prolong(view.rental, t),) if view.can_prolong else ()
    return paired((*first, _to_card(view, t)))


def _awake(view: RentalView, title: Html, t: Translator) -> Screen:
    rental = view.rental
    asleep = rental.awake_until
    until = t.t("rental-awake", moment=t.date_time(asleep, "t")) if asleep else ""
    copy = copy_number(rental, t)
    ways = (*((copy,) if copy else ()), _to_card(view, t))
    return Screen(paragraphs(title, lines(t.t("notice-awake"), until)), paired(ways))


def _asleep(view: RentalView, title: Html, t: Translator) -> Screen:
    ways = (activate(view.rental, t),) if RentalAction.ACTIVATE in view.actions else ()
    return Screen(paragraphs(title, t.t("notice-asleep")), paired((*ways, _to_card(view, t))))


def _ending(view: RentalView, title: Html, t: Translator) -> Screen:
    rental = view.rental
    left = t.date_time(rental.until, "r") if rental.until else Html("")
    auto = (
        t.t("notice-ending-auto", period=period_name(rental.auto_prolong, t)) if rental.auto_prolong else ""
    )
    told = t.t("notice-ending", left=left) if rental.is_held else t.t("notice-rental-over")
    return Screen(paragraphs(title, told, auto if rental.is_held else ""), _ways(view, t))


def _over(view: RentalView, title: Html, t: Translator) -> Screen:
    rental, house = view.rental, view.account.provider.title
    why = reason(rental.error, rental.error_text, t, house) if rental.error else ""
    return Screen(paragraphs(title, lines(t.t("notice-rental-over"), why)), going_on(view, t))


def _prolonged(view: RentalView, title: Html, t: Translator) -> Screen:
    bill = meant(Notice.PROLONGED, view)
    period = period_name(bill.period, t) if bill and bill.period else ""
    price = bill_price_line(bill, t) if bill else ""
    told = lines(t.t("notice-prolonged", period=period), price, ends(view.rental, t))
    return Screen(paragraphs(title, told), ((_to_card(view, t),),))


def _not_prolonged(view: RentalView, title: Html, t: Translator) -> Screen:
    house, bill = view.account.provider.title, meant(Notice.NOT_PROLONGED, view)
    what = bill.period if bill else None
    period = period_name(what, t) if what else ""
    told = t.t("notice-not-prolonged", period=period)
    why = _why(bill, view.rental.auto_most, t, house) if bill else ""
    site = to_site(view.account.provider, t) if bill and bill.error == "low-balance" else ()
    return Screen(paragraphs(title, told, why, ends(view.rental, t)), (*_ways(view, t), *site))


def _why(bill: Bill, most: Money | None, t: Translator, house: str) -> Html:
    """Return why nothing was paid: the sentence of a risen price is meant for whoever looks at one."""
    if bill.error != _ROSE:
        return reason(bill.error, bill.error_text, t, house) if bill.error else Html("")
    if bill.price is None or most is None:
        return t.t("notice-price-unsure")
    return t.t("notice-dearer", price=t.money(bill.price), most=t.money(most))


def _payment(notice: Notice, view: RentalView, title: Html, t: Translator, catalog: Catalog) -> Screen:
    """Draw what is known of a payment whose answer was lost: what was tried, is money gone, what now."""
    bill, house = meant(notice, view), view.account.provider.title
    what = tried(bill, t, catalog) if bill else Html("")
    head = (what, lines(title, t.t("offer-account", account=account_name(view.account))))
    to_card, site = (_to_card(view, t),), to_site(view.account.provider, t)
    if notice is Notice.BILL_PAID:
        lasts = ends(view.rental, t) if view.rental.is_held else ""
        return Screen(paragraphs(*head, lines(t.t("notice-bill-paid"), lasts)), (to_card,))
    if notice is Notice.BILL_SETTLED:
        is_astray = bill is not None and bill.state is BillState.PAID and bill.act is not Act.PROLONG
        told = t.t("notice-bill-astray", provider=house) if is_astray else untraced(bill, t, house)
        return Screen(paragraphs(*head, told, balances(bill, t)), (to_card, *site))
    told = t.t("notice-bill-uncertain", provider=house)
    now = t.t("notice-bill-now", provider=house)
    return Screen(paragraphs(*head, told, balances(bill, t), now), (to_card, *site))


_DRAWN = {
    Notice.AWAKE: _awake,
    Notice.ASLEEP: _asleep,
    Notice.DAY_LEFT: _ending,
    Notice.HOUR_LEFT: _ending,
    Notice.PROLONGED: _prolonged,
    Notice.NOT_PROLONGED: _not_prolonged,
}
