"""What went wrong, in words: what happened, whether money was taken, what to do now."""

from bot.domain.errors import (
    AccountInUse,
    Banned,
    CodebellError,
    LowBalance,
    OrdersStay,
    ProviderError,
    RateLimited,
)
from bot.domain.views import AccountView, BalanceView, ProviderFacts, Trouble
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Go, Place, ReplaceKey
from bot.telegram.screens.screen import Button, Row, Screen, lines, paragraphs
from bot.telegram.screens.words import account_name, cut, quote, sound

_LONGEST_WORDS = 300
_MOST_TROUBLES = 8
_LONGEST_BOX = 200  # Bot API, answerCallbackQuery
_BUY = "buy"


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
    if isinstance(error, ProviderError):
        money = t.t("failure-no-money") if error.operation == _BUY else ""
        return lines(paragraphs(told, money), _words(error.text))
    return told


def box(error: CodebellError, t: Translator, title: str = "") -> str | None:
    """Return the explanation for a box over the chat, plain; None where it does not fit there."""
    parts = [sentence(error, t, title)]
    if isinstance(error, ProviderError):
        parts += [t.plain("failure-no-money")] if error.operation == _BUY else []
        parts += [sound(error.text)] if error.text else []
    told = "\n\n".join(parts)
    return told if len(told) <= _LONGEST_BOX else None


def reason(slug: str, words: str | None, t: Translator, title: str) -> Html:
    """Return why an order ended or is in doubt: the error's sentence and the provider's own words."""
    told = t.t(f"error-{slug}", provider=title, seconds=0, count=0)
    return lines(told, _words(words))


def failed(error: CodebellError, t: Translator, provider: ProviderFacts | None, *rows: Row) -> Screen:
    """Draw an explanation; where money is missing, with the way to it."""
    title = provider.title if provider else ""
    ways: list[Row] = list(rows)
    if isinstance(error, LowBalance) and provider is not None and provider.site:
        site = Button(t.plain("button-site", provider=title), url=provider.site)
        balance = Button(t.plain("button-balance"), Go(place=Place.BALANCE))
        ways.insert(0, (site, balance))
    return Screen(explain(error, t, title), tuple(ways))


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
        if trouble.error.slug == "key-rejected":
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
    return sentence(view.error, t, view.account.provider.title) if view.error else ""


def _words(text: str | None) -> Html:
    return quote(cut(text, _LONGEST_WORDS)) if text else Html("")
