"""Every screen, in every language, with the longest and ugliest content, is a message that Telegram takes."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.catalog import Catalog, load_catalog
from bot.domain import errors
from bot.domain.alerts import Alert, AlertView, Floor
from bot.domain.caps import Cap
from bot.domain.errors import CodebellError, KeyRejected, LowBalance, ProviderError, Unreachable
from bot.domain.finding import Again, Goods, Kept, Look, Own, Sort, Taste
from bot.domain.orders import Action, State
from bot.domain.outbox import Notice
from bot.domain.rentals import Act, Bill, BillState
from bot.domain.sms import Sms
from bot.domain.views import (
    HostFacts,
    MoveView,
    OwnService,
    OwnServicesFound,
    OwnServicesView,
    ProviderFacts,
    Trouble,
)
from bot.i18n import Translator
from bot.telegram.callbacks import AddHost, AddKey, ShowOrders
from bot.telegram.screens import (
    alerts,
    balance,
    buy,
    card,
    code,
    countries,
    failures,
    finding,
    hosts,
    keys,
    notices,
    offers,
    orders,
    start,
)
from bot.telegram.screens.screen import Screen
from tests.screens import samples
from tests.screens.judge import judged
from tests.screens.samples import LONG, UGLY

_BILL = Bill("t" * 22, 1, 1, Act.RENT, BillState.OFFERED, None, None, None, None, None, samples.NOW)
FOREIGN_SERVICE, FOREIGN_COUNTRY = "getsms:" + "x" * 11, "getsms:" + "y" * 24
ACCOUNTS = tuple(samples.account(2**53 + number, LONG, rejected=True) for number in range(30))


def every_error() -> list[CodebellError]:
    """Return one of each error that can be shown, with words of the provider as ugly as they come."""

    def made(kind: type[CodebellError]) -> Iterator[CodebellError]:
        for child in kind.__subclasses__():
            yield from made(child)
        if kind in {CodebellError, ProviderError, errors.Denied}:
            return
        if issubclass(kind, ProviderError):
            yield kind("getsms", "buy", "500", UGLY * 80)
        elif kind is errors.PriceRose:
            yield errors.PriceRose(samples.offer())
        elif kind is errors.BillRose:
            yield errors.BillRose(_BILL)
        elif kind is errors.CapReached:
            yield errors.CapReached(Cap.DAY, samples.roubles("20"), samples.roubles("12.50"), 1)
        elif kind in {errors.AccountInUse, errors.OrdersStay}:
            yield kind(3)
        else:
            yield kind()

    return list(made(CodebellError))


def every_screen(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    """Yield every screen there is."""
    yield from _first_screens(t)
    yield from _key_screens(t)
    yield from _shop_screens(t, catalog)
    yield from _order_screens(t, catalog)
    yield from _alert_screens(t, catalog)
    yield from _finding_screens(t, catalog)
    for error in every_error():
        yield f"failed {error.slug}", failures.failed(error, t, samples.GETSMS)
    yield "crashed", failures.crashed("0badf00d", t)


def _first_screens(t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "welcome", start.welcome(t, has_keys=False)
    yield "menu", start.welcome(t, has_keys=True)
    yield "help", start.help_(t)
    yield "languages", start.languages(t)
    yield "not invited", start.not_invited(t)


def _key_screens(t: Translator) -> Iterator[tuple[str, Screen]]:
    long = ACCOUNTS[0]
    yield "no keys", keys.key_list((), 0, t)
    yield "keys", keys.key_list(ACCOUNTS, 2, t)
    yield "providers", keys.provider_choice((samples.CLOSED,) * 30, 2, t)
    yield "key prompt", keys.key_prompt(samples.GETSMS, t)
    yield "label prompt", keys.label_prompt(long, t)
    yield "proving", keys.proving(samples.GETSMS, t, deleted=False)
    yield "added", keys.added(samples.balance(view=long), t, deleted=False, is_new=True)
    yield "replaced", keys.added(samples.balance(view=long), t, deleted=True, is_new=False)
    for error in every_error():
        again = AddKey(provider="getsms")
        yield f"refused {error.slug}", keys.refused(error, samples.GETSMS, again, t, deleted=False)
    yield "one key", keys.one_key(long, t)
    yield "one key answered", keys.one_key(long, t, samples.no_balance(long))
    yield "removal", keys.removal(long, t)
    yield "renamed", keys.renamed(long, t)
    yield from _host_screens(t)
    yield "elsewhere", keys.elsewhere("https://t.me/codebell_bot?start=keys", t)
    answers = {view.account.id: samples.no_balance(view) for view in ACCOUNTS}
    yield "balances", balance.balances(ACCOUNTS, answers, t, is_done=True)
    yield "balances asking", balance.balances(ACCOUNTS, {}, t, is_done=False)


def _host_screens(t: Translator) -> Iterator[tuple[str, Screen]]:
    long, host = ACCOUNTS[0], HostFacts("https://" + "x" * 190, "x" * 48, None)
    yield "address prompt", hosts.address_prompt(t)
    yield "currency", hosts.currency_choice(host, t)
    yield "asking", hosts.asking(samples.CLOSED, t)
    for error in every_error():
        yield f"not added {error.slug}", hosts.not_added(error, samples.GETSMS, AddHost(), t)
    yield "targets", hosts.targets(long, (samples.CLOSED,) * 30, 2, t)
    yield "no targets", hosts.targets(long, (), 0, t)
    for count in (0, 3):
        yield "move", hosts.move_question(MoveView(long, samples.CLOSED, count), t)
    yield "moved", hosts.moved(samples.balance(view=long), t)
    yield "closed", keys.one_key(replace(long, provider=samples.CLOSED), t)
    gone = ProviderFacts("gone", "gone", "", 0)
    bare = replace(samples.ugliest_order(), account=replace(long, provider=gone))
    uncertain = replace(bare, order=samples.order(State.UNCERTAIN))
    yield "gone key", keys.one_key(bare.account, t)
    yield "gone doubt", notices.order_notice(Notice.UNCERTAIN, uncertain, t, load_catalog())


def _shop_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    yield "invitation", buy.invitation(t)
    popular = catalog.services.popular(100)
    yield "services", buy.services(popular, 1, t, catalog)
    yield "services in a country", buy.services(popular, 1, t, catalog, FOREIGN_COUNTRY)
    found = [*catalog.services][:9]
    yield "hits", buy.hits(UGLY * 20, found, [*catalog.countries][:9], t, catalog, FOREIGN_COUNTRY)
    yield "no hits", buy.hits(UGLY * 20, [], [], t, catalog)
    yield from _own_service_screens(t, catalog)
    everywhere = [country.id for country in catalog.countries]
    yield (
        "countries",
        countries.countries(samples.countries_view(everywhere), Look(Taste(Sort.STOCK)), 3, t, catalog),
    )
    foreign = samples.countries_view([FOREIGN_COUNTRY] * 9, FOREIGN_SERVICE)
    yield "foreign countries", countries.countries(foreign, Look(), 1, t, catalog)
    yield (
        "no countries",
        countries.countries(samples.countries_view([]), Look(), 0, t, catalog),
    )
    sold = samples.offer(FOREIGN_SERVICE, FOREIGN_COUNTRY)
    for name, view in {
        "several offers": samples.offers_view(*[sold] * 20, error=Unreachable("getsms", "quotes")),
        "one offer": samples.offers_view(sold, error=KeyRejected("getsms", "quotes", text=UGLY)),
        "sold out": samples.offers_view(samples.offer(FOREIGN_SERVICE, FOREIGN_COUNTRY, stock=0)),
        "no answer": samples.offers_view(error=KeyRejected("getsms", "quotes", text=UGLY)),
    }.items():
        yield name, offers.offers(view, 1, foreign.choices, t, catalog)
    yield "offer", offers.offer(samples.offer_view(sold), t, catalog)
    yield "dearer", offers.dearer(samples.offers_view(sold), t, catalog)


def _alert_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    goods = Goods(FOREIGN_SERVICE, FOREIGN_COUNTRY)
    for account in (samples.account(), replace(ACCOUNTS[0], provider=samples.CLOSED)):
        price = samples.roubles("1234567.89")
        alert = Alert(
            1,
            7,
            account.account.id,
            goods,
            price,
            is_met=True,
            price=price,
            stock=10**6,
            expires_at=samples.NOW,
        )
        view = AlertView(alert, account)
        yield "alerts", alerts.alert_list([view] * 20, 1, t, catalog)
        yield "alert added", alerts.added([view] * 9, t, catalog)
        yield "one alert added", alerts.added([view], t, catalog)
        yield "an alert", alerts.one_alert(view, t, catalog)
        yield "alert news", alerts.in_stock(view, t, catalog)
        yield "alert price", alerts.price_prompt(view, "RUB", t, catalog)
        low = Floor(account, "RUB", price, price)
        for one in (low, Floor(account, "USD")):
            yield "low balance", alerts.low_balance(one, t)
            yield "low balance prompt", alerts.low_balance_prompt(one, t)
            yield "low balance refused", alerts.low_balance_refused(one, t)
        yield "balance is low", alerts.balance_is_low(low, t)
    yield "no alerts", alerts.alert_list([], 0, t, catalog)
    yield "not added", alerts.added([], t, catalog)
    yield "a proposal", alerts.proposal(goods, t, catalog)
    yield "usage", alerts.usage(t)
    yield "no price", alerts.price_refused(["EUR", "RUB", "USD"], t)


def _finding_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    popular = catalog.services.popular(100)
    again = Again(2**53, samples.roubles("1234567.89"))
    kept = [Kept(Goods(service.id, "RU"), is_favourite=True, again=again) for service in popular[:9]]
    kept += [Kept(Goods(FOREIGN_SERVICE, FOREIGN_COUNTRY), is_favourite=False, again=again)]
    kept += [Kept(Goods("telegram"), is_favourite=True)]
    for page in range(3):
        yield "kept", buy.services(popular, page, t, catalog, kept=kept, others=True)
    ids = [country.id for country in catalog.countries][:20]
    view = samples.countries_view(ids)
    rated = tuple(replace(choice, rate=Decimal(50)) for choice in view.choices)
    view = replace(view, choices=rated)
    own = dict.fromkeys(ids, Own(1234, 1230))
    for sort in Sort:
        look = Look(Taste(sort, in_stock=True, most=samples.roubles("5"), service="telegram"), own)
        yield f"filtered by {sort}", countries.countries(view, look, 1, t, catalog)
    taste = Taste(in_stock=True, most=samples.roubles("0.5"), service="telegram", name=UGLY)
    yield "nothing passes", countries.countries(view, Look(taste, own, is_favourite=True), 1, t, catalog)
    yield "a filter", countries.country_filter("telegram", replace(taste, name=LONG), t, catalog)
    yield "no filter", countries.country_filter("telegram", Taste(), t, catalog)
    yield "most", countries.most_prompt("telegram", ["RUB", "USD"], t, catalog)
    yield "no most", countries.most_refused("telegram", ["RUB", "USD"], t)
    yield "name", countries.name_prompt("telegram", t, catalog)
    yield "looking", finding.looking(samples.offer_view(), t, catalog)
    beside = (*finding.star(Goods("telegram", "RU"), t, is_favourite=True), finding.share("https://t.me", t))
    many = samples.offers_view(*[samples.offer()] * 20)
    yield "offers and more", offers.offers(many, 1, (), t, catalog, beside)
    empty = samples.offers_view(samples.offer(stock=0))
    yield "sold out and more", offers.offers(empty, 0, view.choices, t, catalog, beside)


def _own_service_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    popular = catalog.services.popular(100)
    yield "services and others", buy.services(popular, 1, t, catalog, "RU", others=True)
    yield "sellers", buy.sellers((samples.CLOSED,) * 30, 2, t, FOREIGN_COUNTRY)
    account = ACCOUNTS[0]
    own = [OwnService(f"{FOREIGN_SERVICE}{number}", UGLY * 9, samples.CLOSED) for number in range(40)]
    trouble = Trouble(account, KeyRejected("getsms", "quotes", text=UGLY * 90))
    for name, view in {
        "asking": OwnServicesView(account, (), asking=True),
        "none": OwnServicesView(account, ()),
        "many": OwnServicesView(account, tuple(own)),
        "trouble": OwnServicesView(account, (), trouble=trouble),
    }.items():
        yield f"own services, {name}", buy.own_services(view, 1, t, catalog, "RU")
    for exact in (0, 1, 40):
        found = OwnServicesFound(tuple(own), "RU", exact, (trouble,) * 9, ACCOUNTS)
        yield (
            f"own hits, {exact} exact",
            buy.hits(UGLY * 20, [*catalog.services][:9], [], t, catalog, own=found),
        )
    yield "no own hits", buy.hits(UGLY, [], [], t, catalog, own=OwnServicesFound(troubles=(trouble,) * 9))
    rated = samples.countries_view([country.id for country in catalog.countries])
    choices = tuple(replace(choice, rate=Decimal("72.4")) for choice in rated.choices)
    yield (
        "success",
        countries.countries(replace(rated, choices=choices), Look(Taste(Sort.RATE)), 3, t, catalog),
    )


def _order_screens(t: Translator, catalog: Catalog) -> Iterator[tuple[str, Screen]]:
    for state in State:
        for words in (None, UGLY * 90):
            for error in (None, "outcome-unknown", "low-balance"):
                after = samples.roubles("5")
                view = samples.order_view(
                    state,
                    actions=tuple(Action),
                    error=error,
                    error_text=words,
                    balance_after=after,
                )
                yield f"card {state}", card.card(view, t, catalog, ShowOrders(page=9_999))
    ugliest = samples.ugliest_order()
    yield "ugliest card", card.card(ugliest, t, catalog, ShowOrders())
    for sms in ugliest.sms[:4]:
        yield "code", code.code_message(sms, ugliest, t, catalog)
        if sms.text:
            yield "bare code", code.bare_code(sms)
    yield "longest SMS", code.code_message(Sms("<&>'\"" * 800, "12345", sender=UGLY * 9), ugliest, t, catalog)
    for notice in (Notice.EXPIRED, Notice.UNCERTAIN, Notice.SETTLED):
        yield f"notice {notice}", notices.order_notice(notice, ugliest, t, catalog)
    for about_key in (Notice.KEY_REJECTED, Notice.KEY_UNREADABLE):
        yield f"notice {about_key}", notices.account_notice(about_key, ACCOUNTS[0], t)
    yield "orders", orders.orders(samples.orders_page(4), t, catalog)
    yield "archive", orders.orders(samples.orders_page(0, is_open=False), t, catalog)


def test_telegram_takes_every_screen(t: Translator, catalog: Catalog) -> None:
    """No screen is too long, badly marked up, or has a keyboard that Telegram refuses."""
    refused = {}
    for name, screen in every_screen(t, catalog):
        try:
            judged(screen)
        except Exception as error:  # noqa: BLE001 - all of them are gathered, with their names
            refused[name] = repr(error)
    assert refused == {}


def test_no_screen_shows_markup(t: Translator, catalog: Catalog) -> None:
    """What a reader sees holds neither escapes nor tags of ours: nothing is escaped twice or shown raw."""
    for name, screen in every_screen(t, catalog):
        shown = judged(screen).text.replace(UGLY[:20], "")
        assert "&lt;" not in shown, name
        assert "</code>" not in shown, name
        assert "tg-time" not in shown, name


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.slug)
def test_boxes_fit(t: Translator, error: CodebellError) -> None:
    """An explanation is shown in a box only where all of it fits into 200 characters."""
    told = failures.box(error, t, "Get-SMS")
    assert told is None or 0 < len(told) <= 200


def test_missing_money_leads_to_the_provider(t: Translator) -> None:
    """Where money is missing, the way to the provider's page is a button."""
    screen = failures.failed(LowBalance("getsms", "buy"), t, samples.GETSMS)
    assert [button.url for row in screen.rows for button in row if button.url] == [samples.GETSMS.site]
