"""Drafts: what a confirm button would buy."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select

from bot.domain.deals import Deal
from bot.domain.money import Money
from bot.domain.offers import Draft, Offer
from bot.storage.database import Transaction
from bot.storage.tables import DraftRow


async def add(tx: Transaction, draft: Draft, now: datetime) -> None:
    """Insert a draft."""
    offer = draft.offer
    await tx.execute(
        insert(DraftRow).values(
            token=draft.token,
            user_id=draft.user_id,
            account_id=offer.account_id,
            service=offer.service,
            country=offer.country,
            operator=offer.operator,
            amount=offer.price.amount if offer.price else None,
            currency=offer.limit.currency if offer.limit else None,
            highest=offer.highest.amount if offer.highest else None,
            voice=offer.voice,
            forward=offer.forward,
            deal=draft.deal.value,
            parent_id=draft.parent_id,
            buyer_id=draft.buyer_id,
            further={one.service: str(one.price.amount) if one.price else None for one in draft.further},
            created_at=now,
        )
    )


async def find(tx: Transaction, token: str) -> Draft | None:
    """Return the draft behind a confirm button, or None. Its offers have neither provider nor stock."""
    row = (await tx.execute(select(DraftRow).where(DraftRow.token == token))).one_or_none()
    if row is None:
        return None

    def money(amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, row.currency)

    offer = Offer(
        account_id=row.account_id,
        provider="",
        service=row.service,
        country=row.country,
        price=money(row.amount),
        stock=None,
        operator=row.operator,
        voice=row.voice,
        forward=row.forward,
        highest=money(row.highest),
    )
    further = tuple(
        replace(offer, service=service, price=money(amount and Decimal(amount)), forward=False, highest=None)
        for service, amount in (row.further or {}).items()
    )
    return Draft(row.token, row.user_id, offer, Deal(row.deal), row.parent_id, further, row.buyer_id)


async def forget(tx: Transaction, before: datetime) -> None:
    """Delete drafts made before this moment."""
    await tx.execute(delete(DraftRow).where(DraftRow.created_at < before))


async def forget_token(tx: Transaction, token: str) -> None:
    """Delete the draft behind a confirm button, if there is one."""
    await tx.execute(delete(DraftRow).where(DraftRow.token == token))


async def forget_account(tx: Transaction, account_id: int) -> None:
    """Delete an account's drafts."""
    await tx.execute(delete(DraftRow).where(DraftRow.account_id == account_id))
