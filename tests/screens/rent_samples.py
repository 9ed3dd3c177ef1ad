"""Views of rentals to draw: ordinary ones, and ones with the longest and ugliest that can come."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.periods import Period, Unit
from bot.domain.rental_views import (
    BillView,
    RentBillsView,
    RentCountriesView,
    RentCountryChoice,
    RentServiceChoice,
    RentServicesView,
)
from bot.domain.rentals import Act, Bill, BillState, Rental, RentalState
from tests.screens import samples
from tests.screens.samples import LONG, NOW, UGLY, roubles

WEEK = Period(Unit.WEEK, 1)
FOREIGN_SERVICE, FOREIGN_COUNTRY = "getsms:" + "x" * 11, "getsms:" + "y" * 24


def rental(**changes: object) -> Rental:
    """Return a rental that runs for a week."""
    running = Rental(
        id=9,
        user_id=7,
        account_id=1,
        provider="getsms",
        bill="A" * 22,
        service="telegram",
        name=None,
        country="RU",
        operator=None,
        state=RentalState.ACTIVE,
        price=roubles("350"),
        remote_id="r1",
        phone="79969817867",
        created_at=NOW,
        until=NOW + timedelta(days=7),
        until_told=True,
        can_prolong=None,
        prolong_until=None,
        awake_until=None,
        news_at=NOW,
        reminded=None,
        auto_prolong=None,
        auto_most=None,
        card_chat_id=7,
        card_message_id=3,
        error=None,
        error_text=None,
    )
    return replace(running, **changes)  # type: ignore[arg-type]  # columns by name, as in a row


def bill(act: Act = Act.RENT, **changes: object) -> Bill:
    """Return a paid act that is offered: a week of Telegram in Russia, unless told otherwise."""
    has_rental = act is not Act.RENT
    offered = Bill(
        token="A" * 22,
        user_id=7,
        account_id=1,
        act=act,
        state=BillState.OFFERED,
        service="telegram",
        country="RU",
        operator=None,
        period=WEEK if act in {Act.RENT, Act.PROLONG} else None,
        price=roubles("350"),
        created_at=NOW,
        rental_id=9 if has_rental else None,
        remote_id="r1" if act is Act.RESTORE else None,
        phone="79969817867" if has_rental else None,
    )
    return replace(offered, **changes)  # type: ignore[arg-type]  # columns by name, as in a row


def bill_view(act: Act = Act.RENT, **changes: object) -> BillView:
    """Return a paid act with its account and, unless it rents anew, its rental."""
    has_rental = act in {Act.PROLONG, Act.ADD_SERVICE}
    return BillView(bill(act, **changes), samples.account(), rental() if has_rental else None)


def ugliest_bill(act: Act = Act.RENT, **changes: object) -> BillView:
    """Return a paid act whose every part is as long and as ugly as it can be."""
    ugly: dict[str, object] = {
        "account_id": 2**53,
        "service": FOREIGN_SERVICE,
        "country": FOREIGN_COUNTRY,
        "further": tuple(f"smspva:opt{number}" for number in range(4)),
        "operator": LONG,
        "price": roubles("123456789.123456"),
        "estimated": True,
        "error": "key-rejected",
        "error_text": UGLY * 90,
    }
    return BillView(
        bill(act, **{**ugly, **changes}),
        samples.account(2**53, LONG, rejected=True),
        rental(service=FOREIGN_SERVICE, country=FOREIGN_COUNTRY, name=UGLY * 9),
        name=UGLY * 9,
        days=365,
        overdue_days=99,
        refund_within=timedelta(minutes=20),
        sleeps=True,
    )


def bills_view(*views: BillView, **changes: object) -> RentBillsView:
    """Return periods to choose from."""
    view = RentBillsView(samples.account(), views)
    return replace(view, **changes)  # type: ignore[arg-type]  # attributes by name


def days(*counts: int) -> tuple[BillView, ...]:
    """Return a bill for each of these numbers of days, a rouble a day."""
    return tuple(
        bill_view(token=f"{count:022}", period=Period(Unit.DAY, count), price=roubles(str(count)))
        for count in counts
    )


def countries_view(ids: list[str], name: str | None = None) -> RentCountriesView:
    """Return countries of an account."""
    choices = tuple(RentCountryChoice(country, name) for country in ids)
    return RentCountriesView(samples.account(), choices)


def service(id_: str | None, price: str | None = "50", stock: int | None = 3) -> RentServiceChoice:
    """Return a service that can be rented for a day."""
    money = None if price is None else roubles(price)
    return RentServiceChoice(id_, None, money, Period(Unit.DAY, 1), stock)


def services_view(*choices: RentServiceChoice, has_operators: bool = False) -> RentServicesView:
    """Return what a number from Russia can be rented for."""
    return RentServicesView(samples.account(), "RU", choices, None, has_operators)
