"""What is on every account."""

from collections.abc import Mapping

from bot.domain.caps import Tally
from bot.domain.views import AccountView, BalanceView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Go, Place, ShowKeys
from bot.telegram.screens.failures import balance_line
from bot.telegram.screens.screen import Button, Row, Screen, lines, paragraphs
from bot.telegram.screens.start import back
from bot.telegram.screens.words import account_name, bold, key_tail

_MOST_LINES = 16  # of up to 250 characters each: within the 4,096 of a message


def balances(
    accounts: tuple[AccountView, ...],
    answers: Mapping[int, BalanceView],
    t: Translator,
    *,
    is_done: bool,
    tallies: Mapping[int, Tally] | None = None,
) -> Screen:
    """Draw a line for each account: its answer, or that it is being asked.

    Args:
        accounts: all of them.
        answers: by account id, as far as they came.
        t: the reader's language.
        is_done: whether no more answers will come.
        tallies: by account id, how accounts stand against their caps.
    """
    told = [
        _line(view, answers.get(view.account.id), (tallies or {}).get(view.account.id), t)
        for view in accounts[:_MOST_LINES]
    ]
    rows: tuple[Row, ...] = ()
    if is_done:
        again = Button(t.plain("button-refresh"), Go(place=Place.BALANCE))
        rows = ((again, Button(t.plain("button-keys"), ShowKeys())), back(t))
    return Screen(paragraphs(t.t("balance-title"), lines(*told)), rows)


def _line(view: AccountView, answer: BalanceView | None, tally: Tally | None, t: Translator) -> Html:
    told = t.plain("balance-asking") if answer is None else balance_line(answer, t)
    if answer is not None and answer.balance is not None:
        return Html.escape(f"{account_name(view)} {key_tail(view)}: ") + bold(told) + _cap(tally, t)
    return Html.escape(f"{account_name(view)} {key_tail(view)}: {told}")


def _cap(tally: Tally | None, t: Translator) -> Html:
    if tally is None or tally.cap is None or tally.spent is None:
        return Html("")
    return Html(" · ") + t.t("balance-cap", spent=t.money(tally.spent), most=t.money(tally.cap))
