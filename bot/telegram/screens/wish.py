"""What a person wished of an order and the provider has not confirmed yet: how it stands, in words."""

from bot.domain.errors import (
    KeyRejected,
    KeyUnreadable,
    Malformed,
    RateLimited,
    TooEarlyToCancel,
    Unreachable,
)
from bot.domain.orders import Action, Order, Wish
from bot.domain.views import OrderView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Act
from bot.telegram.screens.screen import Button, Row, lines
from bot.telegram.screens.words import cut, quote

_LONGEST_WORDS = 120
_SILENT = {Unreachable.slug, Malformed.slug}
_KEY = {KeyRejected.slug, KeyUnreadable.slug}


def wish(view: OrderView, t: Translator) -> Html:
    """Return the lines of a card that say what is being asked for; none where nothing is."""
    made = view.order.wish
    if made is None:
        return Html("")
    title = view.account.provider.title
    return lines(_what(made, t), _why(made, t, title), _tries(made, t))


def keeping(order: Order, t: Translator) -> Row:
    """Return the button that takes a wish back; no button where none stands."""
    if order.wish is None:
        return ()
    return (Button(t.plain("button-keep"), Act(order_id=order.id, action=Action.KEEP)),)


def answer(order: Order, t: Translator, title: str) -> str:
    """Return what a box says to a press whose wish the provider has not confirmed yet, plain."""
    if order.wish is not None and order.wish.error == TooEarlyToCancel.slug:
        return t.plain("wish-noted-early", provider=title)
    return t.plain("wish-noted", provider=title)


def _what(made: Wish, t: Translator) -> Html:
    if made.is_auto:
        return t.t("wish-auto")
    if made.action is Action.FINISH:
        return t.t("wish-finish")
    return t.t("wish-ban") if made.action is Action.BAN else t.t("wish-cancel")


def _why(made: Wish, t: Translator, title: str) -> Html:
    """Return what the provider said to the last try."""
    if made.error is None:
        return Html("")
    if made.error == TooEarlyToCancel.slug:
        return t.t("wish-why-early", provider=title)
    if made.error == RateLimited.slug:
        return t.t("wish-why-pause", provider=title)
    if made.error in _KEY:
        return t.t("wish-why-key", provider=title)
    if made.error in _SILENT:
        return t.t("wish-why-silent", provider=title)
    words = quote(cut(made.error_text, _LONGEST_WORDS)) if made.error_text else Html("")
    return lines(t.t("wish-why-other", provider=title), words)


def _tries(made: Wish, t: Translator) -> Html:
    if not made.tries:
        return Html("")
    asked = t.t("wish-tries", count=made.tries)
    if made.next_at is None:
        return asked
    return Html(" ").join((asked, t.t("wish-next", moment=t.date_time(made.next_at, "r"))))
