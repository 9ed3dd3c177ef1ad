"""Accounts: list, add, show, remove. A key itself is never shown."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.deals import Tool
from bot.domain.errors import CodebellError
from bot.domain.views import AccountView, BalanceView, ProviderFacts
from bot.i18n import Html, Translator
from bot.telegram.alert_callbacks import ShowLowBalance
from bot.telegram.callbacks import (
    AddHost,
    AddKey,
    CheckKey,
    RemoveKey,
    RenameKey,
    ReplaceKey,
    ShowKey,
    ShowKeys,
    ShowProviders,
    ShowServices,
)
from bot.telegram.rent_callbacks import RentAccounts
from bot.telegram.screens.failures import balance_line, failed
from bot.telegram.screens.hosts import moving
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, Style, lines, paragraphs
from bot.telegram.screens.start import back
from bot.telegram.screens.tools import tool_rows
from bot.telegram.screens.words import account_name, bold, code, key_tail, provider_name

_A_PAGE = 5


def key_list(accounts: tuple[AccountView, ...], page: int, t: Translator) -> Screen:
    """Draw the accounts, a button each."""
    add = (Button(t.plain("button-add-key"), AddKey(), style=None if accounts else Style.PRIMARY),)
    if not accounts:
        return Screen(paragraphs(t.t("keys-title"), t.t("keys-none")), (add, back(t)))
    shown, page, pages = page_of(accounts, page, _A_PAGE)
    rows = tuple(
        (
            Button(
                f"{'⚠️ ' if view.account.rejected else ''}{account_name(view)} {key_tail(view)}",
                ShowKey(account_id=view.account.id),
            ),
        )
        for view in shown
    )
    nav = turning(page, pages, lambda number: ShowKeys(page=number))
    return Screen(paragraphs(t.t("keys-title"), t.t("keys-some")), (*rows, *nav, add, back(t)))


def provider_choice(providers: tuple[ProviderFacts, ...], page: int, t: Translator) -> Screen:
    """Draw the question at which provider the key is."""
    shown, page, pages = page_of(providers, page, _A_PAGE)
    rows = tuple((Button(provider_name(one, t), AddKey(provider=one.slug)),) for one in shown)
    nav = turning(page, pages, lambda number: ShowProviders(page=number))
    another = (Button(t.plain("button-another-host"), AddHost()),)
    return Screen(t.t("keys-which-provider"), (*rows, *nav, another, back(t)))


def key_prompt(provider: ProviderFacts, t: Translator) -> Screen:
    """Ask for a key."""
    text = t.t("keys-prompt", provider=provider.title, site=provider.site)
    return Screen(text, asks=t.plain("keys-prompt-placeholder"))


def label_prompt(view: AccountView, t: Translator) -> Screen:
    """Ask for a label."""
    text = t.t("keys-label-prompt", account=account_name(view))
    return Screen(text, asks=t.plain("keys-label-placeholder"))


def proving(provider: ProviderFacts, t: Translator, *, deleted: bool) -> Screen:
    """Say that the key is being tried; ask for help where its message could not be deleted."""
    stays = "" if deleted else t.t("keys-not-deleted")
    return Screen(paragraphs(t.t("keys-proving", provider=provider.title), stays))


def stray_key(t: Translator, *, deleted: bool) -> Screen:
    """Say that a text was taken for a key that nobody asked for, with the way to add it."""
    stays = "" if deleted else t.t("keys-not-deleted")
    add = (Button(t.plain("button-add-key"), AddKey(), style=Style.PRIMARY),)
    return Screen(paragraphs(t.t("keys-stray"), stays), (add, back(t)))


def added(view: BalanceView, t: Translator, *, deleted: bool, is_new: bool) -> Screen:
    """Say that the key works, what is on the account, and what can be done with it now."""
    name = account_name(view.account)
    done = t.t("keys-added", account=name) if is_new else t.t("keys-replaced", account=name)
    stays = "" if deleted else t.t("keys-not-deleted")
    if view.account.provider.only_rents:
        use = Button(t.plain("button-rent"), RentAccounts(), style=Style.SUCCESS)
    else:
        use = Button(t.plain("button-buy"), ShowServices(), style=Style.SUCCESS)
    rows = ((use,), (Button(t.plain("button-keys"), ShowKeys()),))
    facts = lines(done, t.t("balance-is", balance=balance_line(view, t)))
    return Screen(paragraphs(facts, stays), rows)


def refused(
    error: CodebellError, provider: ProviderFacts, again: CallbackData, t: Translator, *, deleted: bool
) -> Screen:
    """Say why a key was not taken, with another try."""
    retry: Row = (Button(t.plain("button-try-again"), again, style=Style.PRIMARY),)
    screen = failed(error, t, provider, retry, (Button(t.plain("button-keys"), ShowKeys()),))
    stays = "" if deleted else t.t("keys-not-deleted")
    return Screen(paragraphs(screen.text, t.t("keys-not-kept"), stays), screen.rows)


def one_key(
    view: AccountView, t: Translator, answer: BalanceView | None = None, tools: tuple[Tool, ...] = ()
) -> Screen:
    """Draw one account.

    Args:
        view: the account.
        t: the reader's language.
        answer: what it holds, where it was asked.
        tools: what else can be asked of it.
    """
    id_ = view.account.id
    rejected = view.account.rejected and (answer is None or answer.error is not None)
    told = t.t("balance-is", balance=balance_line(answer, t)) if answer else ""
    facts = lines(
        bold(account_name(view)),
        t.t("keys-tail", provider=view.provider.title, tail=code(key_tail(view))),
        t.t("keys-since", moment=t.date_time(view.account.created_at, "d")),
        told,
    )
    rows: tuple[Row, ...] = (
        (
            Button(t.plain("button-check"), CheckKey(account_id=id_), style=Style.PRIMARY),
            Button(t.plain("button-low-balance"), ShowLowBalance(account_id=id_)),
        ),
        (
            Button(t.plain("button-rename"), RenameKey(account_id=id_)),
            Button(t.plain("button-replace"), ReplaceKey(account_id=id_)),
        ),
        *tool_rows(view, tools, t),
        (moving(view, t),),
        (Button(t.plain("button-remove"), RemoveKey(account_id=id_), style=Style.DANGER),),
        (Button(t.plain("button-back"), ShowKeys()),),
    )
    closed = t.t("hosts-closed", provider=view.provider.title) if view.provider.closed else ""
    return Screen(paragraphs(facts, closed, t.t("keys-rejected") if rejected else Html("")), rows)


def removal(view: AccountView, t: Translator) -> Screen:
    """Ask whether a key is really to be forgotten."""
    id_ = view.account.id
    remove = Button(t.plain("button-remove"), RemoveKey(account_id=id_, sure=True), style=Style.DANGER)
    keep = Button(t.plain("button-keep"), ShowKey(account_id=id_))
    return Screen(t.t("keys-remove-question", account=account_name(view)), ((remove, keep),))


def renamed(view: AccountView, t: Translator, tools: tuple[Tool, ...] = ()) -> Screen:
    """Say that the account has its new label."""
    shown = one_key(view, t, tools=tools)
    return Screen(paragraphs(t.t("keys-renamed"), shown.text), shown.rows)


def elsewhere(link: str, t: Translator) -> Screen:
    """Send a person from a group into the private chat: keys have no place in groups."""
    return Screen(t.t("keys-private-only"), ((Button(t.plain("button-private-chat"), url=link),),))
