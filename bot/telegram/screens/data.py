"""All that is stored of a person: a copy of it, and the two questions before it goes."""

from bot.domain.leaving import Holdings
from bot.i18n import Html, Translator
from bot.telegram.callbacks import ShowOrders
from bot.telegram.cap_callbacks import ShowSettings
from bot.telegram.data_callbacks import AskLeave, AskLeaveAgain, CopyData, Leave, ShowData
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs


def data(t: Translator) -> Screen:
    """Draw what can be done with all that is stored of a person."""
    rows: tuple[Row, ...] = (
        (Button(t.plain("button-data-copy"), CopyData()),),
        (Button(t.plain("button-leave"), AskLeave(), style=Style.DANGER),),
        (Button(t.plain("button-back"), ShowSettings()),),
    )
    return Screen(paragraphs(t.t("data-title"), t.t("data-text")), rows)


def copy_caption(t: Translator) -> Screen:
    """Draw what stands under the file."""
    return Screen(t.t("data-caption"))


def leave_question(held: Holdings, t: Translator) -> Screen:
    """Ask whether everything is to go, and say what that means."""
    if held.in_doubt:
        return in_doubt(held, t)
    goes = lines(
        t.t("leave-keys", count=held.keys),
        t.t("leave-purchases", count=held.purchases),
        t.t("leave-settings"),
    )
    text = paragraphs(t.t("leave-question"), t.t("leave-goes"), goes, _open(held, t), t.t("leave-stays"))
    go_on = Button(t.plain("button-leave-go-on"), AskLeaveAgain(), style=Style.DANGER)
    return Screen(text, ((go_on,), *_to_orders(held, t), (_keep(t),)))


def leave_again(held: Holdings, asked_at: int, t: Translator) -> Screen:
    """Ask once more; what cannot be undone is said again."""
    if held.in_doubt:
        return in_doubt(held, t)
    sure = Button(t.plain("button-leave-sure"), Leave(asked_at=asked_at), style=Style.DANGER)
    text = paragraphs(t.t("leave-sure"), _open(held, t), t.t("leave-no-way-back"))
    return Screen(text, ((_keep(t),), (sure,)))


def in_doubt(held: Holdings, t: Translator) -> Screen:
    """Say why nothing is deleted now, and until when."""
    text = paragraphs(t.t("leave-in-doubt", count=held.in_doubt), t.t("leave-in-doubt-why"))
    orders = Button(t.plain("button-open-orders"), ShowOrders())
    return Screen(text, ((orders,), (Button(t.plain("button-back"), ShowData()),)))


def left(t: Translator) -> Screen:
    """Say that nothing is left; whoever writes again is a newcomer."""
    return Screen(t.t("leave-done"))


def _open(held: Holdings, t: Translator) -> Html:
    return t.t("leave-open", count=held.open_numbers) if held.open_numbers else Html("")


def _to_orders(held: Holdings, t: Translator) -> tuple[Row, ...]:
    return ((Button(t.plain("button-open-orders"), ShowOrders()),),) if held.open_numbers else ()


def _keep(t: Translator) -> Button:
    return Button(t.plain("button-leave-keep"), ShowData(), style=Style.SUCCESS)
