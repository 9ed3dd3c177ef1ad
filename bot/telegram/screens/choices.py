"""What can be chosen of an offer before it is confirmed: operator, highest price, voice, forwarding."""

from collections.abc import Sequence

from bot.catalog import Catalog, Service
from bot.domain.deals import Choice
from bot.domain.money import Money
from bot.domain.views import OfferView
from bot.i18n import Html, Translator
from bot.telegram.callbacks import (
    LAST_PAGE,
    AddService,
    Change,
    ChooseOperator,
    ShowOffer,
    ShowOperators,
    fits,
)
from bot.telegram.screens.pages import page_of, turning
from bot.telegram.screens.screen import Button, Row, Screen, lines, paired, paragraphs, stacked
from bot.telegram.screens.words import cut, goods, price_of, service_name

_OPERATOR_ROWS = 5
_LONGEST_OPERATOR = 32
_MOST_SERVICES = 5  # of one number, as the engine has it
_MOST_HITS = 6
_LONGEST_SEARCH = 64


def chosen(view: OfferView, t: Translator) -> Html:
    """Return a line for each thing that was chosen."""
    sold = view.draft.offer
    return lines(
        t.t("offer-operator", operator=cut(sold.operator, _LONGEST_OPERATOR)) if sold.operator else "",
        t.t("choice-voice") if sold.voice else "",
        t.t("choice-forward") if sold.forward else "",
    )


def choice_rows(view: OfferView, t: Translator) -> tuple[Row, ...]:
    """Return the buttons that lead to another confirm screen for the same number."""
    token, sold = view.draft.token, view.draft.offer
    buttons = []
    if Choice.OPERATOR in view.choices:
        buttons.append(Button(t.plain("button-operator"), ShowOperators(token=token)))
    is_plain = sold.price is not None and not sold.voice and not view.draft.further
    if Choice.PRICE in view.choices and is_plain:
        buttons.append(Button(t.plain("button-highest-price"), Change(token=token, choice=Choice.PRICE)))
    if Choice.VOICE in view.choices and not (sold.forward or sold.voice or view.draft.further):
        buttons.append(Button(t.plain("button-voice"), Change(token=token, choice=Choice.VOICE)))
    if Choice.FORWARD in view.choices and not sold.voice:
        label = t.plain("button-no-forward") if sold.forward else t.plain("button-forward")
        data = Change(token=token, choice=Choice.FORWARD, wanted=not sold.forward)
        buttons.append(Button(label, data))
    if Choice.SEVERAL in view.choices and not sold.voice and len(view.draft.offers) < _MOST_SERVICES:
        buttons.append(Button(t.plain("button-one-more"), Change(token=token, choice=Choice.SEVERAL)))
    return paired(buttons)


def further(view: OfferView, t: Translator, catalog: Catalog) -> Html:
    """Return a line for each service that the same number is bought for; none where it is for one alone."""
    draft = view.draft
    if not draft.further:
        return Html("")
    told = (f"{service_name(catalog, one.service, t)} · {price_of(one.price, t)}" for one in draft.offers)
    return lines(t.t("several-title"), *told)


def service_prompt(view: OfferView, t: Translator, catalog: Catalog) -> Screen:
    """Ask for which other service the number is to be bought, too."""
    sold = view.draft.offer
    text = t.t("several-prompt", goods=goods(catalog, sold.service, sold.country, t))
    return Screen(text, asks=t.plain("again-service-placeholder"))


def services(text: str, found: Sequence[Service], view: OfferView, t: Translator, catalog: Catalog) -> Screen:
    """Draw the services that an answer may mean.

    Args:
        text: the answer.
        found: best first.
        view: what is to be bought so far.
        t: the reader's language.
        catalog: names.
    """
    token = view.draft.token
    buttons = [
        Button(service_name(catalog, service.id, t), AddService(token=token, service=service.id))
        for service in found[:_MOST_HITS]
        if fits(AddService(token=token, service=service.id))
    ]
    again = Button(t.plain("button-try-again"), Change(token=token, choice=Choice.SEVERAL))
    wanted = cut(text, _LONGEST_SEARCH)
    title = t.t("search-found", text=wanted) if buttons else t.t("service-not-found", text=wanted)
    return Screen(title, (*stacked(buttons), (again,), _back(view, t)))


def operators(view: OfferView, names: tuple[str, ...], page: int, t: Translator) -> Screen:
    """Draw the operators of an offer's country.

    Args:
        view: the offer.
        names: as the provider calls them.
        page: from 0.
        t: the reader's language.
    """
    token = view.draft.token
    told = tuple(name for name in names if fits(ChooseOperator(token=token, operator=name)))
    buttons = [
        Button(cut(name, _LONGEST_OPERATOR), ChooseOperator(token=token, operator=name)) for name in told
    ]
    rows, page, pages = page_of(paired(buttons), page, _OPERATOR_ROWS)
    nav = turning(page, pages, lambda number: ShowOperators(token=token, page=min(number, LAST_PAGE)))
    any_ = (Button(t.plain("button-any-operator"), ChooseOperator(token=token)),)
    text = t.t("operators-title") if told else t.t("operators-none")
    return Screen(text, (*rows, *nav, any_, _back(view, t)))


def price_prompt(price: Money, t: Translator) -> Screen:
    """Ask for the highest price; it is not below the present one."""
    text = t.t("price-prompt", price=t.money(price))
    return Screen(text, asks=t.plain("price-placeholder"))


def price_refused(view: OfferView, price: Money, t: Translator) -> Screen:
    """Say that an answer is no price, or too low a one, with another try."""
    again = Button(t.plain("button-try-again"), Change(token=view.draft.token, choice=Choice.PRICE))
    text = t.t("price-refused", price=t.money(price))
    return Screen(text, ((again,), _back(view, t)))


def no_voice(view: OfferView, t: Translator) -> Screen:
    """Say that no number here can take a call."""
    return Screen(paragraphs(t.t("voice-none")), (_back(view, t),))


def no_forward(view: OfferView, t: Translator) -> Screen:
    """Say that there is no such number here, with forwarding or without it."""
    text = t.t("offers-none") if view.draft.offer.forward else t.t("forward-none")
    return Screen(text, (_back(view, t),))


def _back(view: OfferView, t: Translator) -> Row:
    return (Button(t.plain("button-back"), ShowOffer(token=view.draft.token)),)
