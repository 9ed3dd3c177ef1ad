"""Views to draw: ordinary ones, and ones with the longest and ugliest that can come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.domain.deals import Deal, Tool
from bot.domain.errors import ProviderError, Unreachable
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.domain.orders import Action, Order, State
from bot.domain.people import Account
from bot.domain.sms import Sms
from bot.domain.views import (
    AccountView,
    BalanceView,
    CountriesView,
    CountryChoice,
    OffersView,
    OfferView,
    OrdersPage,
    OrderView,
    ProviderFacts,
    Trouble,
)

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
UGLY = "<b>&amp; \"'</b>\x00 \ud800 <script>"
LONG = "Ы" * 64

GETSMS = ProviderFacts("getsms", "Get-SMS", "https://get-sms.com", 15)
CLOSED = ProviderFacts("x" * 24, "W" * 40, "https://example.com", 20, closed=True)


def roubles(amount: str) -> Money:
    """Return an amount."""
    return Money(Decimal(amount), "RUB")


def account(id_: int = 1, label: str = "Get-SMS", *, rejected: bool = False) -> AccountView:
    """Return an account."""
    return AccountView(Account(id_, 7, "getsms", label, "c71a", rejected, NOW), GETSMS)


def offer(
    service: str = "telegram", country: str = "RU", price: str | None = "12.50", stock: int | None = 5
) -> Offer:
    """Return an offer."""
    return Offer(1, "getsms", service, country, None if price is None else roubles(price), stock)


def offer_view(sold: Offer | None = None, view: AccountView | None = None) -> OfferView:
    """Return an offer with a token as long as they are."""
    return OfferView(Draft("A" * 22, 7, sold or offer()), view or account())


def offers_view(*sold: Offer, error: ProviderError | None = None) -> OffersView:
    """Return the offers of an account, or why it could not be asked."""
    first = sold[0] if sold else offer()
    troubles = (Trouble(account(), error),) if error else ()
    return OffersView(first.service, first.country, tuple(offer_view(one) for one in sold), troubles)


def countries_view(ids: list[str], service: str = "telegram") -> CountriesView:
    """Return countries that sell a service, dearer and with more stock one after the other."""
    choices = [
        CountryChoice(country, offer(service, country, f"{number + 1}.50", number), number)
        for number, country in enumerate(ids)
    ]
    return CountriesView(service, tuple(choices), ())


def order(state: State = State.WAITING, **changes: object) -> Order:
    """Return an order in a state."""
    waiting = Order(
        id=2**53,
        user_id=7,
        account_id=1,
        provider="getsms",
        service="telegram",
        country="RU",
        operator=None,
        state=state,
        price=roubles("12.50"),
        balance_before=roubles("100"),
        balance_after=None,
        remote_id="123",
        phone="79969817867",
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
        last_sms_id=None,
        card_chat_id=7,
        card_message_id=3,
        round=0,
        is_ready=False,
        can_retry=True,
        voice=False,
        forward=False,
        deal=Deal.BUY,
        parent_id=None,
        listed_before=None,
        error=None,
        error_text=None,
    )
    return replace(waiting, **changes)  # type: ignore[arg-type]  # columns by name, as in a row


def order_view(
    state: State = State.WAITING, *sms: Sms, actions: tuple[Action, ...] = (), **changes: object
) -> OrderView:
    """Return an order with all around it."""
    return OrderView(order(state, **changes), account(), sms, actions, (), (), None)


def ugliest_order() -> OrderView:
    """Return an order whose every part is as long and as ugly as it can be."""
    texts = [
        Sms(UGLY * 60, None, sender=UGLY * 9),
        Sms(LONG * 60, "9" * 200),
        Sms("", ""),
        Sms("1234", "1234"),
    ]
    return OrderView(
        order(
            State.RECEIVED,
            service="getsms:" + "x" * 18,
            country="getsms:" + "y" * 24,
            operator=LONG,
            error="key-rejected",
            error_text=UGLY * 90,
        ),
        account(2**53, LONG, rejected=True),
        tuple(texts * 5),
        tuple(Action),
        tuple(Deal),
        tuple(Tool),
        NOW - timedelta(minutes=5),
    )


def orders_page(count: int, *, is_open: bool = True) -> OrdersPage:
    """Return a page in the middle with so many of the ugliest orders."""
    return OrdersPage((ugliest_order(),) * count, 3, 9, is_open, 70)


def balance(amount: str = "87.50", view: AccountView | None = None) -> BalanceView:
    """Return what an account answered."""
    return BalanceView(view or account(), roubles(amount), None)


def no_balance(view: AccountView | None = None) -> BalanceView:
    """Return that an account did not answer."""
    return BalanceView(view or account(), None, Unreachable("getsms", "balance", text=UGLY * 50))
