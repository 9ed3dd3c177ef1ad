"""The setting by which a number without a code is given back before its end."""

from bot.domain.orders import LONGEST_AUTO_CANCEL
from bot.i18n import Translator
from bot.telegram.cap_callbacks import SetAutoCancel, ShowAutoCancel
from bot.telegram.quiet_callbacks import ShowNotifications
from bot.telegram.screens.screen import Button, Screen, Style, paragraphs

_MINUTES = (2, 3, 5, LONGEST_AUTO_CANCEL)


def auto_cancel_button(minutes: int | None, t: Translator) -> Button:
    """Return the button of *Notifications* that says how it is set."""
    if minutes is None:
        return Button(t.plain("button-auto-cancel-never"), ShowAutoCancel())
    return Button(t.plain("button-auto-cancel", count=minutes), ShowAutoCancel())


def auto_cancel(minutes: int | None, t: Translator) -> Screen:
    """Draw when a number is given back by itself, with the choice of another time."""
    choices = tuple(
        Button(
            t.plain("button-minutes", count=many),
            SetAutoCancel(minutes=many),
            style=Style.SUCCESS if many == minutes else None,
        )
        for many in _MINUTES
    )
    never = Button(
        t.plain("button-never"), SetAutoCancel(minutes=0), style=Style.SUCCESS if minutes is None else None
    )
    now = t.t("auto-cancel-off") if minutes is None else t.t("auto-cancel-on", count=minutes)
    text = paragraphs(t.t("auto-cancel-title"), t.t("auto-cancel-text"), now)
    back = Button(t.plain("button-back"), ShowNotifications())
    return Screen(text, (choices[:2], choices[2:], (never,), (back,)))
