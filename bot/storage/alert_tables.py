"""The schema of what a person is told without asking: that there are numbers, that a balance is low."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base
from bot.storage.types import RowId


class AlertRow(Base):
    """The wish to hear when an account could buy a service in a country, at most at a price."""

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("account_id", "service", "country"),
        Index("ix_alerts_next", "next_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    service: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(64))
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(8))
    is_met: Mapped[bool] = mapped_column(server_default=false())
    seen_amount: Mapped[Decimal | None]
    seen_currency: Mapped[str | None] = mapped_column(String(8))
    seen_stock: Mapped[int | None]
    next_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class LowBalanceRow(Base):
    """Below which balance an account's person wants to hear of it."""

    __tablename__ = "low_balances"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(8))
    is_told: Mapped[bool] = mapped_column(server_default=false())
    seen_amount: Mapped[Decimal | None]
    looked_at: Mapped[datetime]
