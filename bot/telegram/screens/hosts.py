"""Hosts that a person adds, and keys that move from one host to another."""

from bot.domain.errors import CodebellError
from bot.domain.views import AccountView, BalanceView, HostFacts, MoveView, ProviderFacts
from bot.i18n import Translator
from bot.telegram.callbacks import (
    LAST_PAGE,
    AddHost,
    AddHostKey,
    MoveKey,
    PickCurrency,
    ShowKey,
    ShowKeys,
    ShowTargets,
    fits,
)
from bot.telegram.screens.failures import balance_line, failed
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.words import account_name, code, cut, provider_name

_A_PAGE = 5
_CURRENCIES = ("USD", "RUB", "EUR", "CNY")
_PROTOCOL = "handler_api.php"
_EXAMPLE = "https://example.com"
_LONGEST_TITLE = 48


def address_prompt(t: Translator) -> Screen:
    """Ask for the address of a host."""
    text = t.t("hosts-prompt", example=code(_EXAMPLE), protocol=code(_PROTOCOL))
    return Screen(text, asks=t.plain("hosts-prompt-placeholder"))


def currency_choice(host: HostFacts, t: Translator) -> Screen:
    """Ask in which currency a host's prices are."""
    picks = tuple(Button(name, PickCurrency(currency=name)) for name in _CURRENCIES)
    text = t.t("hosts-currency", host=cut(host.title, _LONGEST_TITLE))
    return Screen(text, (picks, (Button(t.plain("button-keys"), ShowKeys()),)))


def asking(host: ProviderFacts, t: Translator) -> Screen:
    """Say that a host is being tried."""
    return Screen(t.t("hosts-asking", host=host.title))


def not_added(
    error: CodebellError, host: ProviderFacts | None, again: AddHost | AddHostKey, t: Translator
) -> Screen:
    """Say why a host was not added, with another try."""
    retry: Row = (Button(t.plain("button-try-again"), again, style=Style.PRIMARY),)
    return failed(error, t, host, retry, (Button(t.plain("button-keys"), ShowKeys()),))


def key_again(url: str, currency: str) -> AddHost | AddHostKey:
    """Return what asks for a host's key again, or for its address where that is too long for a button."""
    data = AddHostKey(currency=currency, url=url)
    return data if fits(data) else AddHost()


def moving(view: AccountView, t: Translator) -> Button:
    """Return the button that leads to another host for an account's key."""
    data = ShowTargets(account_id=view.account.id)
    return Button(t.plain("button-move"), data, style=Style.PRIMARY if view.provider.closed else None)


def targets(view: AccountView, found: tuple[ProviderFacts, ...], page: int, t: Translator) -> Screen:
    """Draw the question where an account's key is to move."""
    id_ = view.account.id
    shown, page, pages = page_of(found, page, _A_PAGE)
    rows = tuple(
        (Button(provider_name(there, t), MoveKey(account_id=id_, provider=there.slug)),) for there in shown
    )
    nav = turning(page, pages, lambda number: ShowTargets(account_id=id_, page=min(number, LAST_PAGE)))
    another = (Button(t.plain("button-another-host"), AddHost(account_id=id_)),)
    back = (Button(t.plain("button-back"), ShowKey(account_id=id_)),)
    where = t.t("move-where", account=account_name(view)) if found else t.t("move-nowhere")
    return Screen(where, (*rows, *nav, another, back))


def move_question(move: MoveView, t: Translator) -> Screen:
    """Say what a move means, and ask whether it is meant."""
    id_, slug = move.account.account.id, move.target.slug
    name, here = account_name(move.account), move.account.provider.title
    text = t.t("move-question", account=name, here=here, there=move.target.title)
    orders = t.t("move-open-orders", count=move.open_orders) if move.open_orders else ""
    go = Button(
        t.plain("button-move-here"),
        MoveKey(account_id=id_, provider=slug, sure=True),
        style=Style.PRIMARY,
    )
    return Screen(
        paragraphs(text, orders), ((go,), (Button(t.plain("button-back"), ShowTargets(account_id=id_)),))
    )


def moved(view: BalanceView, t: Translator) -> Screen:
    """Say that a key has moved, and what the new host holds for it."""
    account = view.account
    done = t.t("move-done", account=account_name(account), there=account.provider.title)
    back = (Button(t.plain("button-back"), ShowKey(account_id=account.account.id)),)
    return Screen(lines(done, t.t("balance-is", balance=balance_line(view, t))), (back,))
