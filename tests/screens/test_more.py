"""Screens of what only some houses can do: choices, numbers used again, calls, tools, imports."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aiogram.filters.callback_data import CallbackData

from bot.catalog import Catalog
from bot.domain.deals import Choice, Deal, Tool
from bot.domain.errors import Unreachable
from bot.domain.finding import Look
from bot.domain.money import Money
from bot.domain.orders import Action, State
from bot.domain.reports import Outgoing, Past
from bot.domain.sms import Sms
from bot.domain.views import ForeignOrder, ImportsView, OfferView, Trouble
from bot.i18n import Translator
from bot.telegram import callbacks
from bot.telegram.callbacks import LAST_PAGE, fits
from bot.telegram.routers.choices import amount_in
from bot.telegram.screens import choices, countries, imports, keys, numbers, offers, tools
from bot.telegram.screens.card import card
from bot.telegram.screens.screen import Screen
from tests.screens import samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, UGLY

_ROW = 2**63 - 1
_TOKEN = "A" * 22
ACCOUNT = samples.account(2**53, LONG)
EVERYTHING = replace(samples.offer_view(samples.offer(), ACCOUNT), choices=frozenset(Choice))
PAST = Past("1", UGLY, UGLY * 9, samples.roubles("5"), (Sms(UGLY * 90), Sms(LONG * 50), Sms("")), UGLY * 9)
CALL = Outgoing("1", UGLY * 9, UGLY, UGLY * 9)


def labels(screen: Screen) -> list[str]:
    """Return every label, in reading order."""
    return [button.text for row in screen.rows for button in row]


def every_screen(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    """Yield every one of these screens with the longest and ugliest that can come."""
    order = samples.ugliest_order()
    for name, sold in {
        "plain": samples.offer(),
        "voice": replace(samples.offer(), voice=True, operator=LONG),
        "forward": replace(samples.offer(), forward=True),
    }.items():
        view = OfferView(replace(EVERYTHING.draft, offer=sold), ACCOUNT, frozenset(Choice))
        yield f"offer {name}", offers.offer(view, t, catalog)
        yield f"changed {name}", offers.changed(view, _TOKEN, t, catalog)
    beside = tuple(samples.offer("getsms:" + "x" * number, price="2") for number in range(30, 34))
    bundle = replace(EVERYTHING, draft=replace(EVERYTHING.draft, further=beside))
    yield "several", offers.offer(bundle, t, catalog)
    yield "one more prompt", choices.service_prompt(bundle, t, catalog)
    yield "one more", choices.services(UGLY * 20, list(catalog.services)[:9], bundle, t, catalog)
    many = tuple(f"operator-{number}" for number in range(99))
    yield "operators", choices.operators(EVERYTHING, (UGLY, LONG * 9, *many), 3, t)
    yield "no operators", choices.operators(EVERYTHING, (), 0, t)
    yield "price prompt", choices.price_prompt(samples.roubles("12.50"), t)
    yield "price refused", choices.price_refused(EVERYTHING, samples.roubles("12.50"), t)
    yield "no voice", choices.no_voice(EVERYTHING, t)
    for deal in (Deal.REPEAT, Deal.ADDITIONAL):
        for price in ("0", "12.5"):
            draft = replace(EVERYTHING.draft, deal=deal, offer=samples.offer(price=price))
            yield f"again {deal} {price}", numbers.again(OfferView(draft, ACCOUNT), order, t, catalog)
    yield "service prompt", numbers.service_prompt(order, t)
    yield "services", numbers.services(UGLY * 20, list(catalog.services)[:9], order, t, catalog)
    yield "no services", numbers.services(UGLY * 20, [], order, t, catalog)
    yield "caller", numbers.caller(UGLY, order, t)
    yield "calls", numbers.calls(order, [CALL] * 50, t)
    yield "no calls", numbers.calls(order, [], t)
    yield "call prompt", numbers.call_prompt(order, t)
    yield "account with tools", keys.one_key(ACCOUNT, t, samples.no_balance(ACCOUNT), tuple(Tool))
    yield "history", tools.history(ACCOUNT, [PAST] * 50, 3, t)
    yield "no history", tools.history(ACCOUNT, [], 0, t)
    yield "blacklist question", tools.blacklist_question(ACCOUNT, t)
    yield "blacklist cleaned", tools.blacklist_cleaned(ACCOUNT, t)
    yield "number prompt", tools.number_prompt(ACCOUNT, t)
    yield "finding out", tools.finding_out(ACCOUNT, UGLY * 99, t)
    for balance in (None, samples.roubles("100")):
        yield "number balance", tools.number_balance(ACCOUNT, UGLY * 99, balance, t)
    trouble = Trouble(ACCOUNT, Unreachable("getsms", "active", text=UGLY * 90))
    foreign = ForeignOrder(ACCOUNT, samples.offer("getsms:" + "x" * 30, "getsms:" + "y" * 30), "9" * 20, None)
    full = ImportsView((foreign,) * 40, (trouble,) * 20, asked=20, silent=(ACCOUNT,) * 20)
    yield "imports", imports.imports(full, 2, t, catalog)
    yield "no imports", imports.imports(ImportsView((), (), asked=0, silent=(ACCOUNT,)), 0, t, catalog)
    asking = replace(samples.offers_view(samples.offer()), asking=(ACCOUNT,) * 20)
    yield "offers asking", offers.offers(asking, 0, (), t, catalog)
    yield "nobody has answered", offers.offers(replace(asking, offers=()), 0, (), t, catalog)
    waiting = replace(samples.countries_view([]), asking=(ACCOUNT,) * 20)
    yield "countries asking", countries.countries(waiting, Look(), 0, t, catalog)


def test_telegram_takes_every_screen(t: Translator, catalog: Catalog) -> None:
    """No screen is too long, badly marked up, or has a keyboard that Telegram refuses."""
    refused = {}
    for name, screen in every_screen(t, catalog):
        try:
            shown = judged(screen).text
            assert "&lt;" not in shown
            assert "</code>" not in shown
        except Exception as error:  # noqa: BLE001 - all of them are gathered, with their names
            refused[name] = repr(error)
    assert refused == {}


def test_the_longest_of_each_button_fits(catalog: Catalog) -> None:
    """Every action with its longest values is at most 64 bytes."""
    service = max((service.id for service in catalog.services), key=len)
    longest: list[CallbackData] = [
        callbacks.ShowOperators(token=_TOKEN, page=LAST_PAGE),
        callbacks.ChooseOperator(token=_TOKEN, operator="o" * 30),
        callbacks.Change(token=_TOKEN, choice=Choice.OPERATOR, wanted=False),
        callbacks.AddService(token=_TOKEN, service=service),
        callbacks.UseAgain(order_id=_ROW, deal=Deal.ADDITIONAL),
        callbacks.UseFor(order_id=_ROW, service=service),
        callbacks.Raise(order_id=_ROW),
        callbacks.Ask(order_id=_ROW, tool=Tool.CALL_STATUS, step=callbacks.Step.NEW),
        callbacks.AskAccount(account_id=_ROW, tool=Tool.CLEAN_BLACKLIST, page=LAST_PAGE, sure=True),
        callbacks.ShowImports(page=LAST_PAGE),
        callbacks.Adopt(account_id=_ROW, remote_id="9" * 32),
    ]
    assert [data for data in longest if not fits(data)] == []


def test_the_confirm_screen_offers_what_the_account_can_do(en: Translator, catalog: Catalog) -> None:
    """Each choice has its button only where the account can do it; what was chosen stands on the screen."""
    assert labels(offers.offer(EVERYTHING, en, catalog))[1:6] == [
        "Operator",
        "Highest price",
        "Can take a call",
        "With forwarding",
        "One more service",
    ]
    nothing = replace(EVERYTHING, choices=frozenset())
    assert len(labels(offers.offer(nothing, en, catalog))) == 2
    sold = replace(samples.offer(), operator="mts", forward=True)
    chosen = replace(EVERYTHING, draft=replace(EVERYTHING.draft, offer=sold))
    screen = offers.offer(chosen, en, catalog)
    assert "Operator: mts" in judged(screen).text
    assert "can be forwarded" in judged(screen).text
    assert "Without forwarding" in labels(screen)
    assert "Can take a call" not in labels(screen)  # one number is not both


def test_english_labels_under_a_number(en: Translator, catalog: Catalog) -> None:
    """The labels of the card, letter by letter, in their order."""
    view = replace(samples.order_view(actions=tuple(Action)), deals=tuple(Deal), tools=tuple(Tool))
    assert labels(card(view, en, catalog)) == [
        "Copy number",
        "SMS sent",
        "Another SMS",
        "Finish",
        "Cancel",
        "Ban",
        "Who called?",
        "Make a call",
        "Same number again",
        "Another service",
        "Buy another",
    ]


def test_a_number_that_comes_later_is_announced(t: Translator, catalog: Catalog) -> None:
    """While an order waits for its number the card says so, and has nothing to copy."""
    screen = card(samples.order_view(phone=None), t, catalog)
    assert t.plain("card-number-coming") in judged(screen).text
    assert t.plain("button-copy-number") not in labels(screen)


def test_a_price_below_the_minimum_can_be_raised(t: Translator, catalog: Catalog) -> None:
    """The card of a refused price has the minimum on a button; without a minimum there is none."""
    refused = samples.order_view(State.FAILED, phone=None, expires_at=None, error="price-too-low")
    view = replace(refused, order=replace(refused.order, minimum=samples.roubles("20")))
    raised = t.plain("button-raise", price=t.money(samples.roubles("20")))
    assert raised in labels(card(view, t, catalog))
    assert raised not in labels(card(refused, t, catalog))


def test_currencies_stand_side_by_side(en: Translator, catalog: Catalog) -> None:
    """A country that is sold in two currencies shows the best price in each."""
    view = samples.countries_view(["RU"])
    prices = (samples.roubles("12.5"), Money(Decimal(3), "USD"))
    choice = replace(view.choices[0], prices=prices)
    screen = countries.countries(replace(view, choices=(choice,)), Look(), 0, en, catalog)
    assert "₽12.50 / $3" in labels(screen)[0]


def test_no_country_is_cut_off(en: Translator, catalog: Catalog) -> None:
    """Where one label of a page is too long for a phone, the stock of all is said in short, or left out."""

    def drawn(name: str, *prices: Money) -> list[str]:
        view = samples.countries_view([name, "DE"])
        long, other = (replace(choice, stock=216) for choice in view.choices)
        page = replace(view, choices=(replace(long, prices=prices), other))
        return labels(countries.countries(page, Look(), 0, en, catalog))[:2]

    rouble, dollar = samples.roubles("112.5"), Money(Decimal("1.35"), "USD")
    assert [label.rpartition(" · ")[2] for label in drawn("RU", rouble)] == ["216 numbers"] * 2
    assert [label.rpartition(" · ")[2] for label in drawn("RU", rouble, dollar)] == ["216 pcs"] * 2
    assert [label.rpartition(" · ")[2] for label in drawn("GB", rouble, dollar)] == [
        "₽112.50 / $1.35",
        "₽2.50",
    ]


def test_one_early_offer_is_not_yet_the_confirm_screen(t: Translator, catalog: Catalog) -> None:
    """While others are still asked, the first offer stands in a list: cheaper ones may come."""
    view = replace(samples.offers_view(samples.offer()), asking=(samples.account(2, "Second"),))
    screen = offers.offers(view, 0, (), t, catalog)
    assert not any(isinstance(b.data, callbacks.Confirm) for row in screen.rows for b in row)
    assert "Second" in judged(screen).text


def test_amounts_are_read_as_people_write_them() -> None:
    """Commas, blanks and signs of currency are taken; what is no amount is not."""
    assert [amount_in(text) for text in ("4,50", "1 200.5 ₽", "$7", "0.1")] == [
        Decimal("4.50"),
        Decimal("1200.5"),
        Decimal(7),
        Decimal("0.1"),
    ]
    for text in ("", "0", "-1", "NaN", "inf", "1e9", "1E-99999999", "1_000", "ten", "1,2,3", "9" * 99, "१२"):
        assert amount_in(text) is None, text
