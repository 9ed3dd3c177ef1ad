"""The schema of groups that get somebody's codes, and of what others may do there."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base
from bot.storage.types import RowId


class GroupRow(Base):
    """A group or a topic that gets a person's codes, once that person has agreed."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("chat_id", "topic_id", "owner_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    topic_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    title: Mapped[str] = mapped_column(String(128))
    state: Mapped[str] = mapped_column(String(16))
    pause: Mapped[str | None] = mapped_column(String(16))
    services: Mapped[list[str]] = mapped_column(JSON)
    whole_phone: Mapped[bool] = mapped_column(server_default=false())
    spoiler: Mapped[bool] = mapped_column(server_default=false())
    named_only: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[datetime]


class GroupMemberRow(Base):
    """Somebody whom a group's owner has named, or who has asked for it."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("group_id", "user_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str] = mapped_column(String(64))
    sees: Mapped[bool] = mapped_column(server_default=false())


class GroupBudgetRow(Base):
    """How much a member may spend of an account of the owner's within 24 hours."""

    __tablename__ = "group_budgets"

    member_id: Mapped[int] = mapped_column(ForeignKey("group_members.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(8))
