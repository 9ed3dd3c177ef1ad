"""The schema of rentals, their SMS, and the bills that pay for them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base
from bot.storage.types import RowId

_OPEN = text("state IN ('placing', 'uncertain', 'active', 'sleeping', 'waking', 'missing')")


class BillRow(Base):
    """One paid act: a button first, then the intent, then the outcome. Its token pays once."""

    __tablename__ = "bills"
    __table_args__ = (Index("ix_bills_state", "state"), Index("ix_bills_account", "account_id", "placed_at"))

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    act: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    service: Mapped[str | None] = mapped_column(String(64))
    further: Mapped[list[str]] = mapped_column(JSON)
    country: Mapped[str | None] = mapped_column(String(64))
    operator: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str | None] = mapped_column(String(8))
    units: Mapped[int | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(8))
    estimated: Mapped[bool] = mapped_column(server_default=false())
    rental_id: Mapped[int | None] = mapped_column(ForeignKey("rentals.id"))
    remote_id: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]
    until_before: Mapped[datetime | None]
    balance_before: Mapped[Decimal | None]
    balance_after: Mapped[Decimal | None]
    listed_before: Mapped[list[str] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(String(40))
    error_text: Mapped[str | None] = mapped_column(Text)
    worker: Mapped[str | None] = mapped_column(String(32))


class RentalRow(Base):
    """A number for hours, days or weeks. Written before the provider is called."""

    __tablename__ = "rentals"
    __table_args__ = (
        Index(
            "ix_rentals_account_remote",
            "account_id",
            "remote_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_rentals_state", "state"),
        Index("ix_rentals_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    provider: Mapped[str] = mapped_column(String(40))
    # A bill names its rental and the rental its bill: only one of the two can be a foreign key.
    bill: Mapped[str | None] = mapped_column(String(40), index=True)
    service: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(String(64))
    operator: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Decimal | None]
    currency: Mapped[str] = mapped_column(String(8))
    remote_id: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    until: Mapped[datetime | None]
    until_told: Mapped[bool] = mapped_column(server_default=false())
    can_prolong: Mapped[bool | None]
    prolong_until: Mapped[datetime | None]
    awake_until: Mapped[datetime | None]
    news_at: Mapped[datetime]
    reminded: Mapped[int | None]
    auto_unit: Mapped[str | None] = mapped_column(String(8))
    auto_count: Mapped[int | None]
    auto_most: Mapped[Decimal | None]
    card_chat_id: Mapped[int] = mapped_column(BigInteger)
    card_message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(40))
    error_text: Mapped[str | None] = mapped_column(Text)


class RentalSmsRow(Base):
    """An SMS of a rental, recorded once however often it is read."""

    __tablename__ = "rental_sms"
    __table_args__ = (UniqueConstraint("rental_id", "identity"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    rental_id: Mapped[int] = mapped_column(ForeignKey("rentals.id"))
    identity: Mapped[str] = mapped_column(String(64))
    remote_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    sender: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
