"""Orders and their SMS. Every change of state is a compare-and-set: one winner, whoever else tries."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from bot.domain.deals import Deal
from bot.domain.errors import OutOfDate
from bot.domain.money import Money
from bot.domain.offers import Draft
from bot.domain.orders import OPEN, WATCHED, Action, Order, State, Wish
from bot.domain.sms import Sms
from bot.storage import candidates
from bot.storage.database import Transaction
from bot.storage.rows import Broken, readable
from bot.storage.tables import AccountRow, OrderRow, SmsRow


class TokenUsed(Exception):
    """This confirm token has an order already."""


class RemoteIdTaken(Exception):
    """Another open order of this account carries the same id of the provider."""


def from_row(row: Row[Any]) -> Order:
    """Return the record of a row of the table of orders."""

    def money(amount: Any) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    return Order(
        id=row.id,
        user_id=row.user_id,
        account_id=row.account_id,
        provider=row.provider,
        service=row.service,
        country=row.country,
        operator=row.operator,
        state=State(row.state),
        price=money(row.amount),
        balance_before=money(row.balance_before),
        balance_after=money(row.balance_after),
        remote_id=row.remote_id,
        phone=row.phone,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_sms_id=row.last_sms_id,
        card_chat_id=row.card_chat_id,
        card_message_id=row.card_message_id,
        round=row.round,
        is_ready=row.is_ready,
        can_retry=row.can_retry,
        voice=row.voice,
        forward=row.forward,
        deal=Deal(row.deal),
        parent_id=row.parent_id,
        listed_before=None if row.listed_before is None else frozenset(row.listed_before),
        error=row.error,
        error_text=row.error_text,
        minimum=money(row.minimum),
        is_worked_out=row.is_worked_out,
        highest=money(row.highest),
        error_until=row.error_until,
        wish=_wish(row) if row.wish else None,
        is_spared=row.is_spared,
        buyer_id=row.buyer_id,
        card_topic_id=row.card_topic_id,
        candidates=None if row.candidates is None else tuple(map(candidates.read, row.candidates)),
    )


def _wish(row: Row[Any]) -> Wish:
    return Wish(
        action=Action(row.wish),
        made_at=row.wished_at,
        tries=row.wish_tries,
        next_at=row.wish_next_at,
        error=row.wish_error,
        error_text=row.wish_text,
        is_lost=row.wish_is_lost,
        is_auto=row.wish_is_auto,
    )


def _sms(row: Row[Any]) -> Sms:
    return Sms(row.text, row.code, row.remote_id, row.sender, row.received_at, is_call=row.is_call)


def _violates(error: IntegrityError, name: str) -> bool:
    """Whether the broken rule is about this column: SQLite names the column, others the constraint."""
    return name in str(error.orig)


async def place(
    tx: Transaction,
    draft: Draft,
    *,
    balance_before: Money | None,
    listed_before: frozenset[str] | None = None,
    card: tuple[int, int | None],
    topic_id: int | None = None,
    now: datetime,
    worker: str | None = None,
) -> Order:
    """Insert the intent to buy, in state ``placing``.

    Args:
        tx: a writing transaction.
        draft: what the confirm button stands for, with its provider filled in.
        balance_before: what the account holds, where it was told.
        listed_before: the provider's ids of what the account has open, where it was told.
        card: chat and message that will show the order; no message where it is still to be sent.
        topic_id: the topic of the chat, where it has topics.
        now: UTC.
        worker: which process makes the paid call; None where one is alone.

    Raises:
        TokenUsed: this button has bought already; the transaction is to be left by the exception.
        OutOfDate: the account was removed, or moved to another provider, since the button was drawn.
    """
    offer = draft.offer
    held = select(AccountRow.provider).where(
        AccountRow.id == offer.account_id, AccountRow.removed_at.is_(None)
    )
    if (await tx.execute(held.with_for_update(read=True))).scalar_one_or_none() != offer.provider:
        raise OutOfDate
    known = offer.limit or balance_before  # one account has one currency
    statement = insert(OrderRow).values(
        token=draft.token,
        user_id=draft.user_id,
        account_id=offer.account_id,
        provider=offer.provider,
        service=offer.service,
        country=offer.country,
        operator=offer.operator,
        state=State.PLACING.value,
        amount=offer.price.amount if offer.price else None,
        currency=known.currency if known else None,
        highest=offer.highest.amount if offer.highest else None,
        balance_before=balance_before.amount if balance_before else None,
        created_at=now,
        card_chat_id=card[0],
        card_message_id=card[1],
        voice=offer.voice,
        forward=offer.forward,
        deal=draft.deal.value,
        parent_id=draft.parent_id,
        buyer_id=draft.buyer_id,
        card_topic_id=topic_id,
        listed_before=None if listed_before is None else sorted(listed_before),
        worker=worker,
    )
    try:
        row = (await tx.execute(statement.returning(*OrderRow.__table__.columns))).one()
    except IntegrityError as error:
        if not _violates(error, "token"):
            raise
        raise TokenUsed(draft.token) from None
    return from_row(row)


async def move(
    tx: Transaction, order_id: int, *, of: Collection[State], to: State, **changes: Any
) -> Order | None:
    """Change an order's state if it still stands in one of ``of``; return it as it is now, or None.

    Args:
        tx: a writing transaction.
        order_id: ours.
        of: states from which the change is right.
        to: the new state.
        changes: further columns of the order's row.

    Raises:
        RemoteIdTaken: ``remote_id`` is that of another open order of the account; leave the transaction by
            the exception.
    """
    statement = (
        update(OrderRow)
        .where(OrderRow.id == order_id, OrderRow.state.in_([state.value for state in of]))
        .values(state=to.value, **changes)
        .returning(*OrderRow.__table__.columns)
    )
    try:
        row = (await tx.execute(statement)).one_or_none()
    except IntegrityError as error:
        if not _violates(error, "remote"):
            raise
        raise RemoteIdTaken from None
    return from_row(row) if row else None


async def lock(tx: Transaction, order_id: int) -> None:
    """Keep everybody else from changing an order until the transaction ends, as ``settings.lock`` does."""
    await tx.execute(select(OrderRow.id).where(OrderRow.id == order_id).with_for_update(key_share=True))


async def find(tx: Transaction, order_id: int) -> Order | None:
    """Return the order, or None."""
    row = (await tx.execute(select(OrderRow).where(OrderRow.id == order_id))).one_or_none()
    return from_row(row) if row else None


async def by_token(tx: Transaction, token: str) -> Order | None:
    """Return the order that this confirm token has made, or None."""
    row = (await tx.execute(select(OrderRow).where(OrderRow.token == token))).one_or_none()
    return from_row(row) if row else None


async def in_states(
    tx: Transaction, states: Collection[State], account_ids: Collection[int] | None = None
) -> tuple[tuple[Order, ...], Broken]:
    """Return orders in these states, oldest first; apart, the rows that cannot be read.

    Args:
        tx: a transaction.
        states: which ones.
        account_ids: of which accounts; None for all of all users.
    """
    wanted = [state.value for state in states]
    query = select(OrderRow).where(OrderRow.state.in_(wanted)).order_by(OrderRow.id)
    if account_ids is not None:
        query = query.where(OrderRow.account_id.in_(account_ids))
    return await readable(tx, query, OrderRow.id, from_row)


async def interrupted(
    tx: Transaction, account_ids: Collection[int] | None, live: Collection[str]
) -> tuple[tuple[Order, ...], Broken]:
    """Return the orders whose purchase nobody waits for any more, oldest first; apart, unreadable rows.

    Args:
        tx: a transaction.
        account_ids: of which accounts; None for all.
        live: the workers that may still get an answer.
    """
    query = select(OrderRow).where(
        OrderRow.state == State.PLACING.value,
        or_(OrderRow.worker.is_(None), OrderRow.worker.not_in(sorted(live))),
    )
    if account_ids is not None:
        query = query.where(OrderRow.account_id.in_(account_ids))
    return await readable(tx, query.order_by(OrderRow.id), OrderRow.id, from_row)


async def count_open_by_provider(tx: Transaction) -> dict[str, int]:
    """Return how many orders of all users are open at each provider that has any."""
    query = (
        select(OrderRow.provider, func.count())
        .where(OrderRow.state.in_([state.value for state in OPEN]))
        .group_by(OrderRow.provider)
    )
    return {provider: int(number) for provider, number in await tx.execute(query)}


async def of_user(
    tx: Transaction, user_id: int, *, is_open: bool, limit: int, offset: int = 0
) -> tuple[Order, ...]:
    """Return a page of the user's open or ended orders, newest first."""
    states = [state.value for state in OPEN]
    matches = OrderRow.state.in_(states) if is_open else OrderRow.state.not_in(states)
    query = select(OrderRow).where(OrderRow.user_id == user_id, matches).order_by(OrderRow.id.desc())
    page = query.limit(limit).offset(offset)
    found, _ = await readable(tx, page, OrderRow.id, from_row)  # a broken row hides no other
    return found


async def count_of_user(tx: Transaction, user_id: int, *, is_open: bool) -> int:
    """Return how many open or ended orders the user has."""
    states = [state.value for state in OPEN]
    matches = OrderRow.state.in_(states) if is_open else OrderRow.state.not_in(states)
    query = select(func.count()).select_from(OrderRow).where(OrderRow.user_id == user_id, matches)
    return int((await tx.execute(query)).scalar_one())


async def count_open_of_account(tx: Transaction, account_id: int) -> int:
    """Return how many open orders the account has."""
    query = (
        select(func.count())
        .select_from(OrderRow)
        .where(OrderRow.account_id == account_id, OrderRow.state.in_([state.value for state in OPEN]))
    )
    return int((await tx.execute(query)).scalar_one())


async def open_of_account(tx: Transaction, account_id: int) -> tuple[Order, ...]:
    """Return the account's open orders, oldest first."""
    rows = await tx.execute(
        select(OrderRow)
        .where(OrderRow.account_id == account_id, OrderRow.state.in_([state.value for state in OPEN]))
        .order_by(OrderRow.id)
    )
    return tuple(from_row(row) for row in rows)


async def move_account(tx: Transaction, account_id: int, provider: str) -> None:
    """Have another provider answer for all orders of an account."""
    await tx.execute(update(OrderRow).where(OrderRow.account_id == account_id).values(provider=provider))


async def idle_since(tx: Transaction, account_id: int) -> int | None:
    """Return the id of the account's newest order (0 without any), or None while one of them is open."""
    if await count_open_of_account(tx, account_id):
        return None
    query = select(func.max(OrderRow.id)).where(OrderRow.account_id == account_id)
    return int((await tx.execute(query)).scalar_one() or 0)


async def is_alone(tx: Transaction, order: Order, since: int) -> bool:
    """Whether the account has placed only this order after the order ``since`` (see ``idle_since``)."""
    query = select(OrderRow.id).where(OrderRow.account_id == order.account_id, OrderRow.id > since)
    return (await tx.execute(query)).scalars().all() == [order.id]


async def set_cost(tx: Transaction, order_id: int, cost: Money) -> Order | None:
    """Note what an order without a price took from the balance; None where it has a price, or is over."""
    statement = (
        update(OrderRow)
        .where(
            OrderRow.id == order_id,
            OrderRow.amount.is_(None),
            OrderRow.state.in_([state.value for state in WATCHED]),
        )
        .values(amount=cost.amount, currency=cost.currency, is_worked_out=True)
        .returning(*OrderRow.__table__.columns)
    )
    row = (await tx.execute(statement)).one_or_none()
    return from_row(row) if row else None


async def set_card(tx: Transaction, order_id: int, message_id: int | None) -> None:
    """Note which message shows the order now."""
    await tx.execute(update(OrderRow).where(OrderRow.id == order_id).values(card_message_id=message_id))


async def record_sms(tx: Transaction, order_id: int, sms: Sms, now: datetime) -> int | None:
    """Keep an SMS; return its row id, or None where it is known already, or its order is not, any more."""
    asked = select(OrderRow.round, OrderRow.state).where(OrderRow.id == order_id)
    await lock(tx, order_id)  # whoever reads the same SMS at the same time waits here, and finds it
    order = (await tx.execute(asked)).one_or_none()
    if order is None:
        return None
    identity = sms.identity(order.round)
    # Without ids, a list may tell the whole text of what a check told as a bare code: one SMS, two faces.
    retold = sms.remote_id is None and sms.code is not None and order.state != State.WAITING_AGAIN
    same = SmsRow.identity == identity
    if sms.earlier or retold:
        same = or_(same, SmsRow.code == sms.code)
    if sms.is_call:  # a provider may tell a call as the text of an SMS, too
        same = or_(same, SmsRow.text == sms.text, SmsRow.code == sms.text)
    if (await tx.execute(select(SmsRow.id).where(SmsRow.order_id == order_id, same))).first() is not None:
        return None
    row_id = (
        await tx.execute(
            insert(SmsRow)
            .values(
                order_id=order_id,
                identity=identity,
                remote_id=sms.remote_id,
                text=sms.text,
                code=sms.code,
                sender=sms.sender,
                is_call=sms.is_call,
                received_at=sms.received_at,
                recorded_at=now,
            )
            .returning(SmsRow.id)
        )
    ).scalar_one()
    return int(row_id)


async def sms_of(tx: Transaction, order_id: int) -> tuple[Sms, ...]:
    """Return the order's SMS in the order of their arrival here."""
    rows = await tx.execute(select(SmsRow).where(SmsRow.order_id == order_id).order_by(SmsRow.id))
    return tuple(_sms(row) for row in rows)


async def find_sms(tx: Transaction, sms_id: int) -> Sms | None:
    """Return one SMS by our row id, or None."""
    row = (await tx.execute(select(SmsRow).where(SmsRow.id == sms_id))).one_or_none()
    return _sms(row) if row else None


async def remote_ids(tx: Transaction, account_id: int) -> frozenset[str]:
    """Return the provider's ids of all orders that the account ever had here."""
    rows = await tx.execute(
        select(OrderRow.remote_id).where(OrderRow.account_id == account_id, OrderRow.remote_id.is_not(None))
    )
    return frozenset(remote_id for remote_id in rows.scalars() if remote_id is not None)
