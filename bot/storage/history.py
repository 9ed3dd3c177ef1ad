"""Purchases looked back at: activations and what was paid for rentals, in one list.

Amounts are kept as text: equal ones are counted here by the database, and multiplied by their reader.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String, and_, case, cast, exists, false, func, literal, null, select, true, type_coerce
from sqlalchemy.engine import Row
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.history import Bought, Facet, Purchase, Wanted
from bot.domain.money import Money
from bot.domain.orders import OPEN, State
from bot.domain.rentals import Act, BillState, RentalState
from bot.storage.database import Transaction
from bot.storage.rental_tables import BillRow, RentalRow
from bot.storage.tables import AccountRow, OrderRow, SmsRow
from bot.storage.types import Amount, UtcDateTime

_GIVEN_BACK = [State.CANCELED.value, State.BANNED.value, State.EXPIRED.value]
_PAID = [BillState.PLACING.value, BillState.UNCERTAIN.value, BillState.PAID.value]
_ENDED = [state.value for state in State if state not in OPEN and state is not State.FAILED]
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Charge:
    """Equal payments of one day: ``times`` of ``amount`` each, which is None where nobody told."""

    day: date
    provider: str
    currency: str | None
    amount: Decimal | None
    times: int


@dataclass(frozen=True, slots=True)
class Endings:
    """How many activations of a provider in a country are over, and how many of them brought an SMS."""

    provider: str
    country: str
    ended: int
    brought: int


@dataclass(frozen=True, slots=True)
class Wait:
    """From a purchase to its first SMS."""

    provider: str
    country: str
    seconds: float


async def count(tx: Transaction, user_id: int, wanted: Wanted) -> int:
    """Return how many purchases are wanted."""
    query = select(func.count()).select_from(_wanted(user_id, wanted).subquery())
    return int((await tx.execute(query)).scalar_one())


async def purchases(
    tx: Transaction, user_id: int, wanted: Wanted, *, limit: int | None = None, offset: int = 0
) -> tuple[Purchase, ...]:
    """Return purchases, the newest first."""
    found = _wanted(user_id, wanted).subquery()
    query = select(found).order_by(found.c.made_at.desc(), found.c.id.desc()).limit(limit).offset(offset)
    return tuple(_purchase(row) for row in await tx.execute(query))


async def values(tx: Transaction, user_id: int, facet: Facet, wanted: Wanted) -> tuple[str, ...]:
    """Return by what a facet can narrow the wanted purchases down: the most frequent first, months newest."""
    found = _wanted(user_id, wanted.with_(facet, "")).subquery()
    many = func.count().label("many")
    if facet is Facet.MONTH:
        month = func.substr(cast(func.date(found.c.made_at), String), 1, 7)
        rows = (await tx.execute(select(month).group_by(month).order_by(month.desc()))).scalars()
        return tuple(str(one)[2:4] + str(one)[5:7] for one in rows)
    column = {
        Facet.KIND: found.c.kind,
        Facet.ACCOUNT: found.c.account_id,
        Facet.SERVICE: found.c.service,
        Facet.COUNTRY: found.c.country,
    }[facet]
    query = select(column, many).where(column.is_not(None)).group_by(column).order_by(many.desc(), column)
    return tuple(str(row[0]) for row in await tx.execute(query))


async def charges(tx: Transaction, user_id: int, since: datetime) -> tuple[Charge, ...]:
    """Return what was paid since a moment and not given back, by day (UTC) and provider."""
    found = _wanted(user_id, Wanted(), since).subquery()
    day = func.date(found.c.made_at, type_=String)
    keys = (day, found.c.provider, found.c.currency, found.c.amount)
    query = select(*keys, func.count()).where(found.c.is_returned.is_(false())).group_by(*keys).order_by(day)
    return tuple(
        Charge(date.fromisoformat(str(at)), provider, currency, amount, times)
        for at, provider, currency, amount, times in await tx.execute(query)
    )


async def endings(tx: Transaction, user_id: int, since: datetime) -> tuple[Endings, ...]:
    """Return how activations since a moment ended, by provider and country; the most frequent first."""
    many = func.count()
    brought = func.sum(case((_brought(), 1), else_=0))
    query = (
        select(OrderRow.provider, OrderRow.country, many, brought)
        .where(OrderRow.user_id == user_id, OrderRow.created_at >= since, OrderRow.state.in_(_ENDED))
        .group_by(OrderRow.provider, OrderRow.country)
        .order_by(many.desc(), OrderRow.provider, OrderRow.country)
    )
    return tuple(Endings(*row) for row in await tx.execute(query))


async def waits(tx: Transaction, user_id: int, since: datetime) -> tuple[Wait, ...]:
    """Return how long each activation since a moment waited for its first SMS."""
    first = _first_sms().label("first")
    query = select(OrderRow.provider, OrderRow.country, OrderRow.created_at, first).where(
        OrderRow.user_id == user_id, OrderRow.created_at >= since, _brought()
    )
    return tuple(
        Wait(row.provider, row.country, max(0.0, (row.first - row.created_at).total_seconds()))
        for row in await tx.execute(query)
    )


def _wanted(user_id: int, wanted: Wanted, since: datetime | None = None) -> Any:
    """Select both kinds under the same names."""
    kinds = {Bought.ACTIVATION: _activations(user_id), Bought.RENTAL: _bills(user_id)}
    parts = [query for kind, query in kinds.items() if wanted.kind in {Bought.ALL, kind}]
    both = (parts[0] if len(parts) == 1 else parts[0].union_all(parts[1])).subquery("bought")
    ways = [both.c.account_id == wanted.account_id] if wanted.account_id else []
    ways += [both.c.service == wanted.service] if wanted.service else []
    ways += [both.c.country == wanted.country] if wanted.country else []
    if wanted.month:
        begin, end = _bounds(wanted.month)
        ways += [both.c.made_at >= begin, both.c.made_at < end]
    ways += [both.c.made_at >= since] if since else []
    return select(both).where(and_(true(), *ways))


def _bounds(month: int) -> tuple[datetime, datetime]:
    year, number = 2000 + month // 100, month % 100
    after = (year + 1, 1) if number == _DECEMBER else (year, number + 1)
    return datetime(year, number, 1, tzinfo=UTC), datetime(*after, 1, tzinfo=UTC)


def _activations(user_id: int) -> Any:
    returned = and_(OrderRow.state.in_(_GIVEN_BACK), ~_brought())
    return select(
        literal(Bought.ACTIVATION.value, String).label("kind"),
        OrderRow.id.label("id"),
        OrderRow.created_at.label("made_at"),
        OrderRow.account_id.label("account_id"),
        OrderRow.provider.label("provider"),
        OrderRow.service.label("service"),
        OrderRow.country.label("country"),
        OrderRow.phone.label("phone"),
        OrderRow.amount.label("amount"),
        OrderRow.currency.label("currency"),
        OrderRow.state.label("state"),
        OrderRow.deal.label("act"),
        case((returned, true()), else_=false()).label("is_returned"),
        _first_sms().label("first_sms_at"),
    ).where(OrderRow.user_id == user_id, OrderRow.state != State.FAILED.value)


def _bills(user_id: int) -> Any:
    """Select what was paid for rentals; of a number that was given back, its first price returned."""
    made = select(RentalRow.id).where(RentalRow.bill == BillRow.token)
    is_back = made.where(RentalRow.state == RentalState.CANCELED.value).exists()
    is_kept = made.where(RentalRow.state != RentalState.CANCELED.value).exists()
    returned = and_(BillRow.act == Act.RENT.value, is_back, ~is_kept)
    return (
        select(
            literal(Bought.RENTAL.value, String).label("kind"),
            func.coalesce(BillRow.rental_id, _of_rental(RentalRow.id)).label("id"),
            BillRow.placed_at.label("made_at"),
            BillRow.account_id.label("account_id"),
            func.coalesce(_of_rental(RentalRow.provider), AccountRow.provider).label("provider"),
            func.coalesce(BillRow.service, _of_rental(RentalRow.service)).label("service"),
            func.coalesce(BillRow.country, _of_rental(RentalRow.country)).label("country"),
            func.coalesce(BillRow.phone, _of_rental(RentalRow.phone)).label("phone"),
            type_coerce(BillRow.amount, Amount).label("amount"),
            BillRow.currency.label("currency"),
            BillRow.state.label("state"),
            BillRow.act.label("act"),
            case((returned, true()), else_=false()).label("is_returned"),
            type_coerce(null(), UtcDateTime).label("first_sms_at"),
        )
        .join(AccountRow, AccountRow.id == BillRow.account_id)
        .where(BillRow.user_id == user_id, BillRow.state.in_(_PAID), BillRow.placed_at.is_not(None))
    )


def _of_rental(column: InstrumentedAttribute[Any]) -> Any:
    """Return a column of the rental that a bill is about; of several, of the first."""
    mine = (RentalRow.id == BillRow.rental_id) | (RentalRow.bill == BillRow.token)
    return select(column).where(mine).order_by(RentalRow.id).limit(1).correlate(BillRow).scalar_subquery()


def _brought() -> Any:
    return exists().where(SmsRow.order_id == OrderRow.id)


def _first_sms() -> Any:
    return select(func.min(SmsRow.recorded_at)).where(SmsRow.order_id == OrderRow.id).scalar_subquery()


def _purchase(row: Row[Any]) -> Purchase:
    return Purchase(
        kind=Bought(row.kind),
        id=row.id,
        made_at=row.made_at,
        account_id=row.account_id,
        provider=row.provider,
        service=row.service,
        country=row.country,
        phone=row.phone,
        price=None if row.amount is None or row.currency is None else Money(row.amount, row.currency),
        state=row.state,
        act=row.act,
        is_returned=bool(row.is_returned),
        first_sms_at=row.first_sms_at,
    )
