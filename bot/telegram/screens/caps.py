"""Limits that a person sets: what they are, how far they are used, and the choice of others."""

from decimal import Decimal

from aiogram.filters.callback_data import CallbackData

from bot.domain.cap_views import AccountCap, CapsView
from bot.domain.caps import Cap, Tally
from bot.domain.errors import CapReached
from bot.domain.money import Money
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Go, Place
from bot.telegram.cap_callbacks import AskDayCap, SetDayCap, SetOpenCap, ShowDayCap, ShowOpenCap, ShowSettings
from bot.telegram.data_callbacks import ShowData
from bot.telegram.default_callbacks import ShowDefaults
from bot.telegram.quiet_callbacks import ShowNotifications
from bot.telegram.screens.amounts import amounts
from bot.telegram.screens.groups import groups_button
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.start import back
from bot.telegram.screens.words import account_name

_A_PAGE = 3
_NUMBERS = ((1, 2, 3), (5, 10, 20))


def settings(view: CapsView, page: int, t: Translator) -> Screen:
    """Draw all that a person can set."""
    shown, page, pages = page_of(view.accounts, page, _A_PAGE)
    most = t.plain("cap-none") if view.open_most is None else t.number(view.open_most)
    opened: Row = (Button(t.plain("button-cap-open", most=most), ShowOpenCap()),)
    rows = tuple((_account_button(one, t),) for one in shown)
    nav = turning(page, pages, lambda number: ShowSettings(page=number))
    by_itself: Row = (Button(t.plain("button-notifications"), ShowNotifications()), groups_button(t))
    begins: Row = (Button(t.plain("button-defaults"), ShowDefaults()),)
    language = Button(t.plain("button-language"), Go(place=Place.LANGUAGES))
    data = Button(t.plain("button-data"), ShowData())
    text = paragraphs(t.t("settings-title"), t.t("settings-caps"))
    return Screen(text, (opened, *rows, *nav, begins, by_itself, (data, language, *back(t))))


def open_cap(view: CapsView, t: Translator) -> Screen:
    """Draw how many numbers may be open at once, with the choice of another limit."""
    most = t.plain("cap-none") if view.open_most is None else t.number(view.open_most)
    facts = lines(t.t("cap-open-now", now=t.number(view.open_now)), t.t("cap-open-limit", most=most))
    rows = tuple(
        tuple(
            Button(t.number(many), SetOpenCap(most=many), style=_mark(many == view.open_most)) for many in row
        )
        for row in _NUMBERS
    )
    off = Button(t.plain("button-cap-off"), SetOpenCap(most=0), style=_mark(view.open_most is None))
    text = paragraphs(t.t("cap-open-title"), t.t("cap-open-text"), facts)
    return Screen(text, (*rows, (off,), _to_settings(t)))


def day_cap(view: AccountCap, t: Translator) -> Screen:
    """Draw how much an account may spend within 24 hours, with the choice of another limit."""
    id_, cap = view.account.account.id, view.tally.cap
    paid = view.tally.spending.spent(view.currency)
    facts = lines(
        t.t("cap-day-spent", spent=t.money(paid)),
        t.t("cap-day-limit", most=t.plain("cap-none") if cap is None else t.money(cap)),
        untold(view.tally, t),
    )
    choices = tuple(
        Button(
            t.money(amount),
            SetDayCap(account_id=id_, amount=amount.amount),
            style=_mark(amount == cap),
        )
        for amount in amounts(view.currency)
    )
    other = Button(t.plain("button-cap-other"), AskDayCap(account_id=id_))
    off = Button(
        t.plain("button-cap-off"), SetDayCap(account_id=id_, amount=Decimal(0)), style=_mark(cap is None)
    )
    title = t.t("cap-day-title", account=account_name(view.account))
    text = paragraphs(title, t.t("cap-day-text"), facts)
    return Screen(text, (choices[:2], choices[2:], (other,), (off,), _to_settings(t)))


def day_cap_prompt(view: AccountCap, t: Translator) -> Screen:
    """Ask for another amount."""
    text = t.t("cap-prompt", account=account_name(view.account), currency=view.currency)
    return Screen(text, asks=t.plain("cap-prompt-placeholder"))


def day_cap_refused(view: AccountCap, t: Translator) -> Screen:
    """Say that a text is no limit; the question stays."""
    return refused(ShowDayCap(account_id=view.account.account.id), t)


def refused(back_to: CallbackData, t: Translator) -> Screen:
    """Say that a text is no amount to set; the question stays."""
    return Screen(t.t("cap-refused"), ((Button(t.plain("button-back"), back_to),),))


def untold(tally: Tally, t: Translator) -> Html:
    """Return how many purchases are in no sum; nothing where all are."""
    return t.t("cap-untold", count=tally.spending.untold) if tally.spending.untold else Html("")


def tally_lines(tally: Tally | None, t: Translator) -> Html:
    """Return, for the last screen before a purchase, how far an account is from its cap; nothing without."""
    if tally is None or tally.cap is None or tally.spent is None:
        return Html("")
    told = t.t("offer-cap", spent=t.money(tally.spent), most=t.money(tally.cap))
    return lines(told, untold(tally, t))


def risk(tally: Tally | None, t: Translator) -> Html:
    """Return the warning that too few of the last numbers brought an SMS; nothing where enough did."""
    if tally is None or not tally.spending.is_risky:
        return Html("")
    return t.t("offer-risk", missed=tally.spending.missed, total=tally.spending.looked_at)


def how_far(error: CapReached, t: Translator) -> Html:
    """Return what counts against the limit that was reached, and what it allows."""
    now, most = _amount(error.now, t), _amount(error.most, t)
    if error.cap is Cap.OPEN:
        return t.t("cap-reached-open", now=now, most=most)
    if error.cap is Cap.DAY:
        return t.t("cap-reached-day", now=now, most=most)
    return t.t("cap-reached-foreign", most=most)


def to_cap(error: CapReached, t: Translator) -> Row:
    """Return the row that leads to the limit that was reached."""
    data = ShowOpenCap() if error.account_id is None else ShowDayCap(account_id=error.account_id)
    return (Button(t.plain("button-change-limit"), data),)


def _amount(amount: int | Money, t: Translator) -> str:
    return t.money(amount) if isinstance(amount, Money) else t.number(amount)


def _account_button(one: AccountCap, t: Translator) -> Button:
    cap = one.tally.cap
    most = t.plain("cap-none")
    if cap is not None:
        most = f"{t.money(one.tally.spending.spent(cap.currency))} / {t.money(cap)}"
    label = t.plain("button-cap-day", account=account_name(one.account), most=most)
    return Button(label, ShowDayCap(account_id=one.account.account.id))


def _mark(is_set: bool) -> Style | None:  # noqa: FBT001 - whether a button is the choice of now
    return Style.SUCCESS if is_set else None


def _to_settings(t: Translator) -> Row:
    return (Button(t.plain("button-back"), ShowSettings()),)
