"""What stands in a group itself: codes by the group's rules, and short answers."""

from collections.abc import Sequence

from bot.domain.groups import Group
from bot.domain.sms import Sms
from bot.i18n import Html, Translator
from bot.telegram.group_callbacks import ShowCode
from bot.telegram.screens.card import code_of
from bot.telegram.screens.screen import Button, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import code, cut, number

_LONGEST_TEXT = 1000
_LONGEST_SENDER = 64
_LONGEST_BOX = 200  # Bot API, answerCallbackQuery
_SHOWN_AHEAD, _SHOWN_BEHIND = 2, 2
_SHORT = 7


def group_code(sms: Sms, title: Html, phone: str | None, group: Group, t: Translator) -> Screen:
    """Draw an SMS for a group: its code, what it is for, and as much of the number as its owner allows.

    The whole text is told only where no code was found in it. Whose account it is stays private, and there is
    nothing to press but what copies the code.

    Args:
        sms: what came.
        title: what the number is for, and where it is from.
        phone: digits in international format, without plus; None where the number is not known.
        group: the rules.
        t: the owner's language.
    """
    found = code_of(sms)
    shown = lines(_sender(sms, t), title, _phone(phone, group, t))
    text = cut(sms.text.strip(), _LONGEST_TEXT)
    what = found or text
    if not what:
        return Screen(paragraphs(t.t("code-empty"), shown))
    told = covered(what) if group.spoiler else code(what) if found else Html.escape(what)
    if sms.is_call:
        told = t.t("call-from", phone=told)
    rows = ((Button(t.plain("button-copy-code"), copy=found, style=Style.SUCCESS),),) if found else ()
    return Screen(paragraphs(told, shown), rows)


def hidden_code(
    title: Html, phone: str | None, group: Group, t: Translator, *, sms_id: int, of_rental: bool
) -> Screen:
    """Draw that a code has come, with the button that shows it to the people whom the owner has named."""
    data = ShowCode(group_id=group.id, sms_id=sms_id, of_rental=of_rental)
    show = Button(t.plain("button-group-show"), data, style=Style.PRIMARY)
    return Screen(paragraphs(t.t("group-code-came"), lines(title, _phone(phone, group, t))), ((show,),))


def shown_code(sms: Sms) -> str:
    """Return an SMS for a box that one person sees: its code, or what fits of its text."""
    return cut(code_of(sms) or sms.text.strip() or "…", _LONGEST_BOX)


def covered(text: str) -> Html:
    """Return a text that shows when it is pressed."""
    return Html("<tg-spoiler>") + text + Html("</tg-spoiler>")


def masked(phone: str) -> str:
    """Return a number of which the beginning and the end are left: ``+79•••••••22``."""
    if len(phone) <= _SHORT:
        return "+" + "•" * len(phone)
    hidden = "•" * (len(phone) - _SHOWN_AHEAD - _SHOWN_BEHIND)
    return f"+{phone[:_SHOWN_AHEAD]}{hidden}{phone[-_SHOWN_BEHIND:]}"


def short(text: Html, rows: Sequence[tuple[Button, ...]] = ()) -> Screen:
    """Draw a short answer."""
    return Screen(text, tuple(rows))


def to_private(text: Html, link: str, t: Translator) -> Screen:
    """Draw a short answer with the way to the private chat."""
    return short(text, ((Button(t.plain("button-private-chat"), url=link),),))


def _sender(sms: Sms, t: Translator) -> Html:
    return t.t("code-sender", sender=cut(sms.sender, _LONGEST_SENDER)) if sms.sender else Html("")


def _phone(phone: str | None, group: Group, t: Translator) -> Html:
    if not phone:
        return Html("")
    return number(phone, t) if group.whole_phone else Html.escape(masked(phone))
