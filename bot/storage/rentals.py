"""Rentals and their SMS. Every change of state is a compare-and-set: one winner, whoever else tries."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.periods import Period, Unit
from bot.domain.rentals import OPEN_RENTALS, Rental, RentalState
from bot.domain.sms import Sms
from bot.storage.database import Transaction
from bot.storage.rental_tables import RentalRow, RentalSmsRow
from bot.storage.rows import Broken, readable
from bot.storage.tables import AccountRow

_OPEN = [state.value for state in OPEN_RENTALS]


class RentalIdTaken(Exception):
    """Another open rental of this account carries the same id of the provider."""


def _rental(row: Row[Any]) -> Rental:
    def money(amount: Any) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    return Rental(
        id=row.id,
        user_id=row.user_id,
        account_id=row.account_id,
        provider=row.provider,
        bill=row.bill,
        service=row.service,
        name=row.name,
        country=row.country,
        operator=row.operator,
        state=RentalState(row.state),
        price=money(row.amount),
        remote_id=row.remote_id,
        phone=row.phone,
        created_at=row.created_at,
        until=row.until,
        until_told=row.until_told,
        can_prolong=row.can_prolong,
        prolong_until=row.prolong_until,
        awake_until=row.awake_until,
        news_at=row.news_at,
        reminded=row.reminded,
        auto_prolong=Period(Unit(row.auto_unit), row.auto_count) if row.auto_unit else None,
        auto_most=money(row.auto_most),
        card_chat_id=row.card_chat_id,
        card_message_id=row.card_message_id,
        error=row.error,
        error_text=row.error_text,
    )


async def add(
    tx: Transaction,
    *,
    user_id: int,
    account_id: int,
    provider: str,
    currency: str,
    now: datetime,
    **facts: Any,
) -> Rental:
    """Insert a rental: the intent to rent it, or one that was rented elsewhere.

    Args:
        tx: a writing transaction.
        user_id: whose.
        account_id: which key pays.
        provider: the provider's slug.
        currency: of the account.
        now: UTC.
        facts: further columns of the row; ``state`` and ``card_chat_id`` among them.

    Raises:
        OutOfDate: the account was removed, or moved to another provider, meanwhile.
        RentalIdTaken: ``remote_id`` is that of another open rental of the account; leave the transaction by
            the exception.
    """
    held = select(AccountRow.provider).where(AccountRow.id == account_id, AccountRow.removed_at.is_(None))
    if (await tx.execute(held.with_for_update(read=True))).scalar_one_or_none() != provider:
        raise OutOfDate
    statement = insert(RentalRow).values(
        user_id=user_id,
        account_id=account_id,
        provider=provider,
        currency=currency,
        created_at=now,
        news_at=now,
        **facts,
    )
    try:
        return _rental((await tx.execute(statement.returning(*RentalRow.__table__.columns))).one())
    except IntegrityError as error:
        if "remote" not in str(error.orig):
            raise
        raise RentalIdTaken from None


async def move(
    tx: Transaction, rental_id: int, *, of: Collection[RentalState], to: RentalState, **changes: Any
) -> Rental | None:
    """Change a rental's state if it still stands in one of ``of``; return it as it is now, or None.

    Args:
        tx: a writing transaction.
        rental_id: ours.
        of: states from which the change is right.
        to: the new state.
        changes: further columns of the rental's row.

    Raises:
        RentalIdTaken: ``remote_id`` is that of another open rental of the account; leave the transaction by
            the exception.
    """
    statement = (
        update(RentalRow)
        .where(RentalRow.id == rental_id, RentalRow.state.in_([state.value for state in of]))
        .values(state=to.value, **changes)
        .returning(*RentalRow.__table__.columns)
    )
    try:
        row = (await tx.execute(statement)).one_or_none()
    except IntegrityError as error:
        if "remote" not in str(error.orig):
            raise
        raise RentalIdTaken from None
    return _rental(row) if row else None


async def change(tx: Transaction, rental_id: int, **changes: Any) -> Rental | None:
    """Change columns of a rental, whatever its state; return it as it is now, or None where there is none."""
    statement = update(RentalRow).where(RentalRow.id == rental_id).values(**changes)
    row = (await tx.execute(statement.returning(*RentalRow.__table__.columns))).one_or_none()
    return _rental(row) if row else None


async def lock(tx: Transaction, rental_id: int) -> None:
    """Keep everybody else from changing a rental until the transaction ends, as ``settings.lock`` does."""
    await tx.execute(select(RentalRow.id).where(RentalRow.id == rental_id).with_for_update(key_share=True))


async def find(tx: Transaction, rental_id: int) -> Rental | None:
    """Return the rental, or None."""
    row = (await tx.execute(select(RentalRow).where(RentalRow.id == rental_id))).one_or_none()
    return _rental(row) if row else None


async def of_remote(tx: Transaction, account_id: int, remote_id: str) -> Rental | None:
    """Return the account's newest rental that carries this id of the provider, or None."""
    query = select(RentalRow).where(RentalRow.account_id == account_id, RentalRow.remote_id == remote_id)
    row = (await tx.execute(query.order_by(RentalRow.id.desc()).limit(1))).one_or_none()
    return _rental(row) if row else None


async def of_bill(tx: Transaction, token: str) -> tuple[Rental, ...]:
    """Return the rentals that a bill has made, the first service's first."""
    rows = await tx.execute(select(RentalRow).where(RentalRow.bill == token).order_by(RentalRow.id))
    return tuple(_rental(row) for row in rows)


async def in_states(
    tx: Transaction, states: Collection[RentalState], *, account_ids: Collection[int] | None = None
) -> tuple[tuple[Rental, ...], Broken]:
    """Return rentals in these states, oldest first, of some accounts or of all; apart, unreadable rows."""
    query = select(RentalRow).where(RentalRow.state.in_([state.value for state in states]))
    if account_ids is not None:
        query = query.where(RentalRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(RentalRow.id), RentalRow.id, _rental)


async def of_user(
    tx: Transaction, user_id: int, *, is_open: bool, limit: int, offset: int = 0
) -> tuple[Rental, ...]:
    """Return a page of the user's open or ended rentals, newest first."""
    matches = RentalRow.state.in_(_OPEN) if is_open else RentalRow.state.not_in(_OPEN)
    query = select(RentalRow).where(RentalRow.user_id == user_id, matches).order_by(RentalRow.id.desc())
    page = query.limit(limit).offset(offset)
    found, _ = await readable(tx, page, RentalRow.id, _rental)  # a broken row hides no other
    return found


async def count_of_user(tx: Transaction, user_id: int, *, is_open: bool) -> int:
    """Return how many open or ended rentals the user has."""
    matches = RentalRow.state.in_(_OPEN) if is_open else RentalRow.state.not_in(_OPEN)
    query = select(func.count()).select_from(RentalRow).where(RentalRow.user_id == user_id, matches)
    return int((await tx.execute(query)).scalar_one())


async def count_open_of_account(tx: Transaction, account_id: int) -> int:
    """Return how many open rentals the account has."""
    query = select(func.count()).select_from(RentalRow)
    query = query.where(RentalRow.account_id == account_id, RentalRow.state.in_(_OPEN))
    return int((await tx.execute(query)).scalar_one())


async def taken_ids(tx: Transaction, account_id: int, *, since: datetime) -> frozenset[str]:
    """Return the provider's ids that stand for rentals which an account has open, or got since a moment.

    Those of earlier ones are free again: some providers call a rental by its number, whoever has it next.
    """
    query = select(RentalRow.remote_id).where(
        RentalRow.account_id == account_id,
        RentalRow.remote_id.is_not(None),
        or_(RentalRow.state.in_(_OPEN), RentalRow.created_at >= since),
    )
    return frozenset(one for one in (await tx.execute(query)).scalars() if one is not None)


async def remote_ids(tx: Transaction, account_id: int) -> frozenset[str]:
    """Return the provider's ids of all rentals that the account ever had here."""
    query = select(RentalRow.remote_id)
    query = query.where(RentalRow.account_id == account_id, RentalRow.remote_id.is_not(None))
    return frozenset(one for one in (await tx.execute(query)).scalars() if one is not None)


async def move_account(tx: Transaction, account_id: int, provider: str) -> None:
    """Have another provider answer for all rentals of an account."""
    await tx.execute(update(RentalRow).where(RentalRow.account_id == account_id).values(provider=provider))


async def record_sms(tx: Transaction, rental_id: int, sms: Sms, now: datetime) -> int | None:
    """Keep an SMS; return its row id, or None where it is known already, or its rental is not, any more."""
    if not await _lock_number(tx, rental_id):
        return None
    identity = sms.identity(0)
    known = select(RentalSmsRow.id).where(
        RentalSmsRow.rental_id == rental_id, RentalSmsRow.identity == identity
    )
    if (await tx.execute(known)).first() is not None:
        return None
    statement = insert(RentalSmsRow).values(
        rental_id=rental_id,
        identity=identity,
        remote_id=sms.remote_id,
        text=sms.text,
        code=sms.code,
        sender=sms.sender,
        received_at=sms.received_at,
        recorded_at=now,
    )
    return int((await tx.execute(statement.returning(RentalSmsRow.id))).scalar_one())


async def _lock_number(tx: Transaction, rental_id: int) -> bool:
    """Have everybody else wait who records an SMS of the same number, be it for another service.

    They find it then, and it is told once. False where there is no such rental.
    """
    this = aliased(RentalRow)
    same = select(RentalRow.id).join(
        this,
        (RentalRow.id == this.id)
        | ((RentalRow.account_id == this.account_id) & (RentalRow.phone == this.phone)),
    )
    rows = same.where(this.id == rental_id).order_by(RentalRow.id)
    return (await tx.execute(rows.with_for_update(key_share=True, of=RentalRow))).first() is not None


async def identities(tx: Transaction, rental_id: int) -> frozenset[str]:
    """Return what tells a rental's recorded SMS from others (``Sms.identity``)."""
    query = select(RentalSmsRow.identity).where(RentalSmsRow.rental_id == rental_id)
    return frozenset((await tx.execute(query)).scalars())


async def is_known_beside(tx: Transaction, rental: Rental, sms: Sms) -> bool:
    """Whether the same SMS is recorded with another rental of the same number and account."""
    beside = select(RentalRow.id).where(
        RentalRow.account_id == rental.account_id,
        RentalRow.phone == rental.phone,
        RentalRow.id != rental.id,
    )
    query = select(RentalSmsRow.id).where(
        RentalSmsRow.identity == sms.identity(0), RentalSmsRow.rental_id.in_(beside)
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def sms_page(tx: Transaction, rental_id: int, *, limit: int, offset: int = 0) -> tuple[Sms, ...]:
    """Return a page of a rental's SMS, newest first."""
    query = select(RentalSmsRow).where(RentalSmsRow.rental_id == rental_id)
    rows = await tx.execute(query.order_by(RentalSmsRow.id.desc()).limit(limit).offset(offset))
    return tuple(_sms(row) for row in rows)


async def count_sms(tx: Transaction, rental_id: int) -> int:
    """Return how many SMS of a rental were recorded."""
    query = select(func.count()).select_from(RentalSmsRow).where(RentalSmsRow.rental_id == rental_id)
    return int((await tx.execute(query)).scalar_one())


async def find_sms(tx: Transaction, sms_id: int) -> Sms | None:
    """Return one SMS by our row id, or None."""
    row = (await tx.execute(select(RentalSmsRow).where(RentalSmsRow.id == sms_id))).one_or_none()
    return _sms(row) if row else None


def _sms(row: Row[Any]) -> Sms:
    return Sms(row.text, row.code, row.remote_id, row.sender, row.received_at)
