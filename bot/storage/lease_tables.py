"""The schema of what several replicas share out among themselves."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class LeaseRow(Base):
    """What one replica alone takes care of, up to a moment by the database server's clock."""

    __tablename__ = "leases"
    __table_args__ = (Index("ix_leases_worker", "worker"),)

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    ref: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    worker: Mapped[str] = mapped_column(String(32))
    until: Mapped[datetime]


class WorkerRow(Base):
    """A replica, and when it was last heard of, by the database server's clock."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seen_at: Mapped[datetime]
