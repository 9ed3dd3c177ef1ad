"""What only some providers tell about an account: their history, the blacklist, what is on a number."""

from collections.abc import Sequence

from bot.domain.deals import Tool
from bot.domain.money import Money
from bot.domain.reports import Course, Past
from bot.domain.views import AccountView
from bot.i18n import Html, Translator, sound
from bot.telegram.callbacks import LAST_PAGE, AskAccount, ShowKey
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paired, paragraphs
from bot.telegram.screens.words import account_name, bold, code, cut, quote

_A_PAGE = 5
_MOST_SMS = 2
_LONGEST_WORD = 40
_LONGEST_TEXT = 160


def tool_rows(view: AccountView, tools: tuple[Tool, ...], t: Translator) -> tuple[Row, ...]:
    """Return the buttons of an account's tools."""
    labels = {
        Tool.HISTORY: t.plain("button-history"),
        Tool.NUMBER_BALANCE: t.plain("button-number-balance"),
        Tool.CLEAN_BLACKLIST: t.plain("button-clean-blacklist"),
    }
    buttons = [
        Button(label, AskAccount(account_id=view.account.id, tool=tool))
        for tool, label in labels.items()
        if tool in tools
    ]
    return paired(buttons)


def history(view: AccountView, past: Sequence[Past], page: int, t: Translator) -> Screen:
    """Draw a page of the provider's own history, in its own words.

    Args:
        view: whose.
        past: all of it, in the provider's order.
        page: from 0.
        t: the reader's language.
    """
    shown, page, pages = page_of(past, page, _A_PAGE)
    id_ = view.account.id
    nav = turning(
        page,
        pages,
        lambda number: AskAccount(account_id=id_, tool=Tool.HISTORY, page=min(number, LAST_PAGE)),
    )
    title = t.t("history-title", account=account_name(view))
    told = [_past(one, t) for one in shown] or [t.t("history-none")]
    return Screen(paragraphs(title, *told), (*nav, _back(view, t)))


def blacklist_question(view: AccountView, t: Translator) -> Screen:
    """Ask whether the banned numbers are really to be forgotten."""
    clean = AskAccount(account_id=view.account.id, tool=Tool.CLEAN_BLACKLIST, sure=True)
    rows = ((Button(t.plain("button-clean-blacklist"), clean, style=Style.DANGER),), _back(view, t))
    return Screen(t.t("blacklist-question", account=account_name(view)), rows)


def blacklist_cleaned(view: AccountView, t: Translator) -> Screen:
    """Say that the banned numbers are forgotten."""
    return Screen(t.t("blacklist-cleaned", account=account_name(view)), (_back(view, t),))


def number_prompt(view: AccountView, t: Translator) -> Screen:
    """Ask which number is meant."""
    text = t.t("number-balance-prompt", account=account_name(view))
    return Screen(text, asks=t.plain("number-balance-placeholder"))


def finding_out(view: AccountView, phone: str, t: Translator) -> Screen:
    """Say that the provider finds out what is on a number."""
    text = t.t("number-balance-asking", provider=view.provider.title, phone=_phone(phone))
    return Screen(text, (_back(view, t),))


def number_balance(view: AccountView, phone: str, balance: Money | None, t: Translator) -> Screen:
    """Draw what is on a number; None where the provider has not found out in time."""
    if balance is None:
        text = t.t("number-balance-unknown", provider=view.provider.title, phone=_phone(phone))
    else:
        text = t.t("number-balance-is", phone=_phone(phone), balance=t.money(balance))
    again = Button(
        t.plain("button-number-balance"), AskAccount(account_id=view.account.id, tool=Tool.NUMBER_BALANCE)
    )
    return Screen(text, ((again,), _back(view, t)))


def _past(one: Past, t: Translator) -> Html:
    known = {
        Course.OPEN: t.plain("past-open"),
        Course.FINISHED: t.plain("past-finished"),
        Course.CANCELED: t.plain("past-canceled"),
    }
    ended = one.status if one.course is None else known[one.course]
    parts = [one.at, t.money(one.price) if one.price else "", ended]
    texts = [quote(cut(sms.text, _LONGEST_TEXT)) for sms in one.sms[-_MOST_SMS:]]
    return lines(
        bold(cut(one.phone, _LONGEST_WORD)),
        Html(" · ").join(cut(sound(part), _LONGEST_WORD) for part in parts if part),
        *texts,
    )


def _phone(phone: str) -> Html:
    return code(cut(phone, _LONGEST_WORD))


def _back(view: AccountView, t: Translator) -> Row:
    return (Button(t.plain("button-back"), ShowKey(account_id=view.account.id)),)
