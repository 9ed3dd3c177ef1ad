"""The schema of what helps to find a number faster."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class FavouriteRow(Base):
    """A service in a country that its person wants at hand; an empty country is any."""

    __tablename__ = "favourites"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    service: Mapped[str] = mapped_column(String(64), primary_key=True)
    country: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime]


class TasteRow(Base):
    """How a person looks through countries: the order and the filters that were chosen last."""

    __tablename__ = "tastes"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    sort: Mapped[str | None] = mapped_column(String(8))
    in_stock: Mapped[bool] = mapped_column(server_default=false())
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(String(8))
    service: Mapped[str] = mapped_column(String(64), server_default="")
    name: Mapped[str] = mapped_column(String(64), server_default="")
