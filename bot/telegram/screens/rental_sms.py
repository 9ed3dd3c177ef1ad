"""The message that an SMS of a rental becomes, and the inbox that keeps them all."""

from bot.catalog import Catalog
from bot.domain.rental_views import InboxView, RentalView
from bot.domain.sms import Sms
from bot.i18n import Html, Translator
from bot.telegram.callbacks import LAST_PAGE
from bot.telegram.rent_callbacks import ShowInbox, ShowRental
from bot.telegram.screens.card import code_of
from bot.telegram.screens.code import sms_message
from bot.telegram.screens.pages import turning
from bot.telegram.screens.rent_words import rental_goods
from bot.telegram.screens.screen import Button, Row, Screen, lines, paired, paragraphs
from bot.telegram.screens.words import code, cut, folded, number

_LONGEST_TEXT = 480  # five of them, with all around them, are less than the 4,096 of a message
_LONGEST_SENDER = 48


def rental_sms(sms: Sms, view: RentalView, t: Translator, catalog: Catalog) -> Screen:
    """Draw an SMS: its code, who sent it, for which service and to which number, and the whole text."""
    rental = view.rental
    title = rental_goods(rental, t, catalog)
    return sms_message(sms, title, rental.phone, view.account, t)


def inbox(view: InboxView, t: Translator, catalog: Catalog) -> Screen:
    """Draw a page of a rental's SMS, newest first, with a button that copies each code."""
    rental = view.view.rental
    title = lines(
        t.t("inbox-title", phone=number(rental.phone or "", t)),
        rental_goods(rental, t, catalog),
    )
    told = [_entry(sms, t) for sms in view.sms] or [t.t("inbox-none")]
    codes = dict.fromkeys(found for sms in view.sms if (found := code_of(sms)))
    copies = paired([Button(t.plain("button-copy-this", code=found), copy=found) for found in codes])
    nav = turning(view.page, view.pages, lambda to: ShowInbox(rental_id=rental.id, page=min(to, LAST_PAGE)))
    away: Row = (
        Button(t.plain("button-back"), ShowRental(rental_id=rental.id)),
        Button(t.plain("button-refresh"), ShowInbox(rental_id=rental.id)),
    )
    return Screen(paragraphs(title, *told), (*copies, *nav, away))


def _entry(sms: Sms, t: Translator) -> Html:
    found, text = code_of(sms), cut(sms.text.strip(), _LONGEST_TEXT)
    when = t.date_time(sms.received_at, "dt") if sms.received_at else Html("")
    sender = Html.escape(cut(sms.sender, _LONGEST_SENDER)) if sms.sender else Html("")
    head = Html(" · ").join(part for part in (code(found) if found else "", sender, when) if part)
    body = folded(text) if text and text != found else Html("")
    return lines(head, body if text else t.t("code-empty"))
