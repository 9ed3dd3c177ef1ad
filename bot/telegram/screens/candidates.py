"""Which number of the provider's list an uncertain purchase has made: the person chooses."""

from bot.catalog import Catalog
from bot.domain.orders import MOST_CANDIDATES, Candidate, Order, State
from bot.domain.views import OrderView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import Claim, fits
from bot.telegram.screens.screen import Button, Row, lines, paragraphs
from bot.telegram.screens.words import cut, goods, number

_LONGEST_ID = 24
_LONGEST_MOMENT = 32


def candidates(view: OrderView, t: Translator, catalog: Catalog) -> Html:
    """Return the question and what there is to choose from; nothing where nothing is asked."""
    found = _shown(view.order)
    if not found:
        return Html("")
    title = view.account.provider.title
    told = [_entry(one, t, catalog, title) for one in found]
    return paragraphs(t.t("choose-question", count=len(found), provider=title), *told)


def choosing(order: Order, t: Translator) -> tuple[Row, ...]:
    """Return a button for each candidate, and one for none of them; no rows where nothing is asked."""
    rows: list[Row] = [
        (Button(t.plain("button-this-one", tail=_tail(one)), _claim(order, one)),) for one in _shown(order)
    ]
    if rows:
        rows.append((Button(t.plain("button-none-of-these"), Claim(order_id=order.id)),))
    return tuple(rows)


def _entry(one: Candidate, t: Translator, catalog: Catalog, title: str) -> Html:
    since = cut(one.opened, _LONGEST_MOMENT) if one.opened else ""
    return lines(
        number(one.phone, t) if one.phone else Html.escape(_tail(one)),
        goods(catalog, one.service, one.country, t),
        t.money(one.price) if one.price is not None else "",
        t.t("choose-since", moment=since, provider=title) if since else "",
    )


def _tail(one: Candidate) -> str:
    return f"…{one.phone[-4:]}" if one.phone else cut(one.remote_id, _LONGEST_ID)


def _claim(order: Order, one: Candidate) -> Claim:
    return Claim(order_id=order.id, remote_id=one.remote_id)


def _shown(order: Order) -> tuple[Candidate, ...]:
    if order.state is not State.UNCERTAIN:
        return ()
    return tuple(one for one in order.candidates or () if fits(_claim(order, one)))[:MOST_CANDIDATES]
