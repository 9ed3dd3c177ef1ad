"""What went wrong, in words: what happened, whether money was taken, what to do now."""

import re
from datetime import datetime, timedelta

from aiogram.filters.callback_data import CallbackData

from bot.domain.errors import (
    AccountInUse,
    BadPeriod,
    Banned,
    CapReached,
    CodebellError,
    KeyRejected,
    LowBalance,
    NotProlongable,
    OrdersStay,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
)
from bot.domain.views import AccountView, BalanceView, ProviderFacts, Trouble
from bot.i18n import Html, Translator, sound
from bot.telegram.callbacks import Go, Place, ReplaceKey
from bot.telegram.screens.caps import how_far, to_cap
from bot.telegram.screens.screen import Button, Row, Screen, lines, paragraphs
from bot.telegram.screens.words import account_name, cut, length, quote

_LONGEST_WORDS = 300
_MOST_TROUBLES = 8
_LONGEST_BOX = 200  # Bot API, answerCallbackQuery
_DAY = timedelta(days=1)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}", re.ASCII)
_PAID = frozenset({"buy", "rent", "prolong", "add_service", "restore"})
_PRICED = frozenset({"quotes", "prolong_price", "restore_price"})
"""Operations that cost money, or that ask for its amount on the way there: where one failed, it is said that
nothing was charged."""


def sentence(error: CodebellError, t: Translator, title: str = "") -> str:
    """Return what happened and what to do, plain: for a box over the chat, or one line of a list.

    Args:
        error: what went wrong.
        t: the reader's language.
        title: the provider's name, where a provider is concerned.
    """
    return t.plain(
        f"error-{error.slug}",
        provider=title,
        seconds=round(error.retry_after) if isinstance(error, RateLimited) else 0,
        count=error.open_orders if isinstance(error, AccountInUse | OrdersStay) else 0,
    )


def explain(error: CodebellError, t: Translator, title: str = "") -> Html:
    """Return the explanation: the sentence, until when, about the money, the provider's own words."""
    told = Html.escape(sentence(error, t, title))
    if isinstance(error, Banned) and error.until is not None:
        told += Html(" ") + t.t("failure-until", moment=t.date_time(error.until, "dt"))
    if isinstance(error, BadPeriod) and error.longest is not None:
        told += Html(" ") + t.t("failure-longest", count=error.longest // _DAY)
    if isinstance(error, NotProlongable) and error.since is not None:
        told += Html(" ") + t.t("failure-since", moment=t.date_time(error.since, "Dt"))
    if isinstance(error, CapReached):
        return lines(told, how_far(error, t))
    if isinstance(error, ProviderError):
        money = t.t("failure-no-money") if _is_unpaid(error) else ""
        is_clock = isinstance(error, Banned) and error.until is None
        return lines(
            paragraphs(told, money), _words(error.text), _clock(error.text, t, title) if is_clock else ""
        )
    return told


def _is_unpaid(error: ProviderError) -> bool:
    return error.operation in _PAID | _PRICED and not isinstance(error, OutcomeUnknown)


def box(error: CodebellError, t: Translator, title: str = "") -> str | None:
    """Return the explanation for a box over the chat, plain; None where it does not fit there.

    A moment does not: in a box the reader's client would not show it in the reader's own zone. Nor does what
    has a button that leads on.
    """
    if isinstance(error, CapReached) or (isinstance(error, NotProlongable) and error.since is not None):
        return None
    parts = [sentence(error, t, title)]
    if isinstance(error, BadPeriod) and error.longest is not None:
        parts += [t.plain("failure-longest", count=error.longest // _DAY)]
    if isinstance(error, ProviderError):
        parts += [t.plain("failure-no-money")] if _is_unpaid(error) else []
        parts += [sound(error.text)] if error.text else []
    told = "\n\n".join(parts)
    return told if length(told) <= _LONGEST_BOX else None


def reason(slug: str, words: str | None, t: Translator, title: str, until: datetime | None = None) -> Html:
    """Return why an order ended or is in doubt: the error's sentence and the provider's own words.

    Args:
        slug: of the error.
        words: the provider's own, or None.
        t: the reader's language.
        title: the provider's name.
        until: when a block ends, where that is known with its zone.
    """
    told = t.t(f"error-{slug}", provider=title, seconds=0, count=0)
    if until is not None:
        told += Html(" ") + t.t("failure-until", moment=t.date_time(until, "dt"))
    is_clock = slug == Banned.slug and until is None
    return lines(told, _words(words), _clock(words, t, title) if is_clock else "")


def failed(error: CodebellError, t: Translator, provider: ProviderFacts | None, *rows: Row) -> Screen:
    """Draw an explanation; where money is missing, or a limit was reached, with the way to it."""
    title = provider.title if provider else ""
    ways: list[Row] = list(rows)
    if isinstance(error, CapReached):
        ways.insert(0, to_cap(error, t))
    if isinstance(error, LowBalance) and provider is not None and provider.site:
        site = Button(t.plain("button-site", provider=title), url=provider.site)
        balance = Button(t.plain("button-balance"), Go(place=Place.BALANCE))
        ways.insert(0, (site, balance))
    return Screen(explain(error, t, title), tuple(ways))


def number_unusable(again: CallbackData, t: Translator) -> Screen:
    """Say that an answer is no phone number, with another try."""
    return Screen(t.t("error-number-unusable"), ((Button(t.plain("button-try-again"), again),),))


def to_site(provider: ProviderFacts, t: Translator) -> tuple[Row, ...]:
    """Return the row with the way to a provider's page; no row where none is known."""
    if not provider.site:
        return ()
    return ((Button(t.plain("button-site", provider=provider.title), url=provider.site),),)


def troubles(found: tuple[Trouble, ...], t: Translator) -> Html:
    """Return a line for each account that could not be asked."""
    told = (
        Html.escape(f"⚠️ {account_name(trouble.account)}: ")
        + sentence(trouble.error, t, trouble.account.provider.title)
        for trouble in found[:_MOST_TROUBLES]
    )
    return lines(*told)


def asking(accounts: tuple[AccountView, ...], t: Translator) -> Html:
    """Return the line that names the accounts which have not answered yet; none where all have."""
    if not accounts:
        return Html("")
    names = [account_name(view) for view in accounts[:_MOST_TROUBLES]]
    return t.t("asking", accounts=", ".join(names) + ("…" if len(accounts) > _MOST_TROUBLES else ""))


def replace_rows(found: tuple[Trouble, ...], t: Translator) -> tuple[Row, ...]:
    """Return a button for the first account whose key is refused: it can be mended at once."""
    for trouble in found:
        if isinstance(trouble.error, KeyRejected):
            data = ReplaceKey(account_id=trouble.account.account.id)
            return ((Button(t.plain("button-replace"), data),),)
    return ()


def crashed(incident: str, t: Translator) -> Screen:
    """Draw the admission of a fault of ours."""
    return Screen(t.t("failure-ours", incident=incident))


def balance_line(view: BalanceView, t: Translator) -> str:
    """Return what an account answered, plain."""
    if view.balance is not None:
        return t.money(view.balance)
    if view.error is not None:
        return sentence(view.error, t, view.account.provider.title)
    return t.plain("balance-untold")


def _clock(text: str | None, t: Translator, title: str) -> Html:
    """Return by whose clock a time in a provider's words is, where there is one: it names no zone."""
    return t.t("failure-clock", provider=title) if text and _DATE.search(text) else Html("")


def _words(text: str | None) -> Html:
    return quote(cut(text, _LONGEST_WORDS)) if text else Html("")
