"""The message that an SMS becomes: the code first, to be read on a locked screen."""

from bot.catalog import Catalog
from bot.domain.sms import Sms
from bot.domain.views import AccountView, OrderView
from bot.i18n import Html, Translator, sound
from bot.telegram.screens.call import call_message
from bot.telegram.screens.card import code_of
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, code, cut, folded, goods, number

_LONGEST_TEXT = (
    3500  # of the 4,096 characters of a message; cut before escaping, which Telegram does not count
)
_LONGEST_SENDER = 64


def code_message(sms: Sms, view: OrderView, t: Translator, catalog: Catalog) -> Screen:
    """Draw an SMS: its code, who sent it to which number, and the whole text to be unfolded."""
    order = view.order
    if sms.is_call:
        return call_message(sms, view, t, catalog)
    return sms_message(sms, goods(catalog, order.service, order.country, t), order.phone, view.account, t)


def sms_message(sms: Sms, title: Html, phone: str | None, account: AccountView, t: Translator) -> Screen:
    """Draw an SMS that came to any number of ours.

    Args:
        sms: what came.
        title: what the number is for, and where it is from.
        phone: digits in international format, without plus; None where the number is not known.
        account: which key pays for the number.
        t: the reader's language.
    """
    found = code_of(sms)
    text = cut(sms.text.strip(), _LONGEST_TEXT)
    about = lines(
        t.t("code-sender", sender=cut(sms.sender, _LONGEST_SENDER)) if sms.sender else "",
        title,
        _phone(phone, account, t),
    )
    if found is None:
        first = folded(text) if text else t.t("code-empty")
        return Screen(paragraphs(first, about))
    copy = Button(t.plain("button-copy-code"), copy=found, style=Style.SUCCESS)
    whole = folded(text) if text and text != found else Html("")
    return Screen(paragraphs(code(found), about, whole), ((copy,),))


def bare_code(sms: Sms) -> Screen:
    """Draw an SMS with nothing around it: the last resort, where the proper message cannot be sent."""
    return Screen(Html.escape(cut(sound(sms.code or sms.text), _LONGEST_TEXT).strip() or "…"))


def _phone(phone: str | None, account: AccountView, t: Translator) -> Html:
    name = Html.escape(account_name(account))
    return number(phone, t) + Html(" · ") + name if phone else name
