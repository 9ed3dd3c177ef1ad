"""What is asked before something is done with a rental: whether one is sure, and by how much to prolong."""

from bot.catalog import Catalog
from bot.domain.rental_views import RentalView
from bot.domain.rentals import RentalAction
from bot.i18n import Html, Translator
from bot.telegram.rent_callbacks import ActRental, SetAuto, ShowRental
from bot.telegram.screens.rent_bill import rental_lines
from bot.telegram.screens.rent_words import period_name
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paired, paragraphs

_MOST_PERIODS = 12


def sure(view: RentalView, action: RentalAction, t: Translator, catalog: Catalog) -> Screen:
    """Ask whether a rental is really to end, with what becomes of the money."""
    house = view.account.provider.title
    if action is RentalAction.CANCEL:
        until = view.cancel_until
        limit = t.t("rental-ask-until", moment=t.date_time(until, "t")) if until else ""
        asked, label = lines(t.t("rental-ask-cancel", provider=house), limit), t.plain("button-give-back")
    elif action is RentalAction.FINISH:
        asked, label = t.t("rental-ask-finish"), t.plain("button-end-now")
    else:
        asked, label = t.t("rental-ask-delete", provider=house), t.plain("button-delete-now")
    data = ActRental(rental_id=view.rental.id, action=action, sure=True)
    yes = Button(label, data, style=Style.DANGER)
    return Screen(paragraphs(rental_lines(view.rental, t, catalog), asked), ((yes,), _keep(view, t)))


def auto(view: RentalView, t: Translator, catalog: Catalog) -> Screen:
    """Ask by how much a rental is to be prolonged each time without asking."""
    rental = view.rental
    periods = paired(
        [
            Button(
                period_name(period, t),
                SetAuto(rental_id=rental.id, unit=period.unit, count=period.count),
                style=Style.SUCCESS if period == rental.auto_prolong else None,
            )
            for period in view.auto_periods[:_MOST_PERIODS]
        ]
    )
    stop: tuple[Row, ...] = ()
    if rental.auto_prolong is not None:
        stop = ((Button(t.plain("button-auto-stop"), SetAuto(rental_id=rental.id, off=True)),),)
    away = (Button(t.plain("button-back"), ShowRental(rental_id=rental.id)),)
    told: Html = paragraphs(
        t.t("rental-auto-title"), rental_lines(rental, t, catalog), t.t("rental-auto-explain")
    )
    return Screen(paragraphs(told, t.t("rental-auto-by")), (*periods, *stop, away))


def _keep(view: RentalView, t: Translator) -> Row:
    return (Button(t.plain("button-keep"), ShowRental(rental_id=view.rental.id)),)
