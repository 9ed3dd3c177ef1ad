"""The schema. The classes describe tables to Alembic and name columns in statements; there is no session."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.types import Amount, RowId, UtcDateTime

_OPEN = text("state IN ('placing', 'waiting', 'received', 'waiting_again', 'uncertain')")


class Base(DeclarativeBase):
    """Names every constraint, so that a migration can find it on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Decimal: Amount,
        dict[str, Any]: JSON,
    }


class UserRow(Base):
    """A person; the id is Telegram's."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8))
    reachable: Mapped[bool]
    created_at: Mapped[datetime]
    standing: Mapped[str] = mapped_column(String(8), server_default="usual")


class AccountRow(Base):
    """A key at a provider. A removed account keeps its row for its orders' sake, and loses its key."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("user_id", "provider", "fingerprint"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    provider: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes | None]
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    tail: Mapped[str] = mapped_column(String(4))
    rejected: Mapped[bool]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class SettingsRow(Base):
    """What a person has set; without a row, and where a column is empty, the setting is off."""

    __tablename__ = "settings"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    open_orders_most: Mapped[int | None]
    auto_cancel_minutes: Mapped[int | None]
    zone: Mapped[str | None] = mapped_column(String(40))
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    is_not_reminded: Mapped[bool] = mapped_column(server_default=false())
    default_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    default_country: Mapped[str | None] = mapped_column(String(64))


class DearRow(Base):
    """The price above which a purchase in a currency is asked about once more."""

    __tablename__ = "dear"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(8), primary_key=True)
    amount: Mapped[Decimal]


class CapRow(Base):
    """The most that an account may spend within 24 hours; an account without a row has no such limit."""

    __tablename__ = "caps"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(8))


class HostRow(Base):
    """A host that a user added, as a provider for that user alone: its slug is ``host-<id>``."""

    __tablename__ = "hosts"
    __table_args__ = (UniqueConstraint("user_id", "url"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    url: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(64))
    currency: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]


class DraftRow(Base):
    """A confirm button that is on somebody's screen; its token buys once."""

    __tablename__ = "drafts"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    service: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(64))
    operator: Mapped[str | None] = mapped_column(String(64))
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(8))
    highest: Mapped[Decimal | None]
    voice: Mapped[bool] = mapped_column(server_default=false())
    forward: Mapped[bool] = mapped_column(server_default=false())
    deal: Mapped[str] = mapped_column(String(16), server_default="buy")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    further: Mapped[dict[str, Any] | None]
    buyer_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class OrderRow(Base):
    """One tap, one number. Written before the provider is called."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("token"),
        Index(
            "ix_orders_account_remote",
            "account_id",
            "remote_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_orders_account_created", "account_id", "created_at"),
        Index("ix_orders_state", "state"),
        Index("ix_orders_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    provider: Mapped[str] = mapped_column(String(40))
    service: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(64))
    operator: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(8))
    balance_before: Mapped[Decimal | None]
    balance_after: Mapped[Decimal | None]
    remote_id: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_sms_id: Mapped[str | None] = mapped_column(String(64))
    card_chat_id: Mapped[int] = mapped_column(BigInteger)
    card_message_id: Mapped[int | None] = mapped_column(BigInteger)
    round: Mapped[int] = mapped_column(server_default="0")
    is_ready: Mapped[bool] = mapped_column(server_default=false())
    can_retry: Mapped[bool] = mapped_column(server_default=true())
    voice: Mapped[bool] = mapped_column(server_default=false())
    forward: Mapped[bool] = mapped_column(server_default=false())
    deal: Mapped[str] = mapped_column(String(16), server_default="buy")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    listed_before: Mapped[list[str] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(String(40))
    error_text: Mapped[str | None] = mapped_column(Text)
    error_until: Mapped[datetime | None]
    minimum: Mapped[Decimal | None]
    is_worked_out: Mapped[bool] = mapped_column(server_default=false())
    highest: Mapped[Decimal | None]
    wish: Mapped[str | None] = mapped_column(String(16))
    wished_at: Mapped[datetime | None]
    wish_tries: Mapped[int] = mapped_column(server_default="0")
    wish_next_at: Mapped[datetime | None]
    wish_error: Mapped[str | None] = mapped_column(String(40))
    wish_text: Mapped[str | None] = mapped_column(Text)
    wish_is_lost: Mapped[bool] = mapped_column(server_default=false())
    wish_is_auto: Mapped[bool] = mapped_column(server_default=false())
    is_spared: Mapped[bool] = mapped_column(server_default=false())
    candidates: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    worker: Mapped[str | None] = mapped_column(String(32))
    buyer_id: Mapped[int | None] = mapped_column(BigInteger)
    card_topic_id: Mapped[int | None] = mapped_column(BigInteger)


class SmsRow(Base):
    """An SMS, recorded once however often it is read."""

    __tablename__ = "sms"
    __table_args__ = (UniqueConstraint("order_id", "identity"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    identity: Mapped[str] = mapped_column(String(64))
    remote_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    sender: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    is_call: Mapped[bool] = mapped_column(server_default=false())


class OutboxRow(Base):
    """A message that somebody must get; written with the change that it tells of."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_pending",
            "priority",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    sms_id: Mapped[int | None] = mapped_column(ForeignKey("sms.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    rental_id: Mapped[int | None] = mapped_column(ForeignKey("rentals.id"))
    rental_sms_id: Mapped[int | None] = mapped_column(ForeignKey("rental_sms.id"))
    notice: Mapped[str | None] = mapped_column(String(40))
    alert_id: Mapped[int | None] = mapped_column(BigInteger)
    group_id: Mapped[int | None] = mapped_column(BigInteger)
    message_thread_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(200))


class PromptRow(Base):
    """A question that waits for a person's answer, so that it survives a restart."""

    __tablename__ = "prompts"
    __table_args__ = (Index("ix_prompts_user", "chat_id", "user_id"),)

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))
    argument: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]


class UpdateRow(Base):
    """An update of Telegram that was begun; one that comes again after its end is not handled again."""

    __tablename__ = "updates"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tries: Mapped[int]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FaultRow(Base):
    """Something of ours that was put aside because it cannot be dealt with."""

    __tablename__ = "faults"

    source: Mapped[str] = mapped_column(String(16), primary_key=True)
    ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    times: Mapped[int]
    created_at: Mapped[datetime]
