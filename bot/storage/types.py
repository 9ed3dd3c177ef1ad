"""Column types that keep what databases lose: the zone of a time, the digits of an amount."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

_MOST_DIGITS = 30

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""A generated id: 64 bits everywhere, and still an alias of SQLite's rowid."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a time without a zone is a bug of the caller."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An exact decimal kept as text; SQLite's NUMERIC is a float."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Store the digits without an exponent; an amount that would not fit is a bug of the caller."""
        del dialect
        if value is None:
            return None
        parts = value.as_tuple()
        if not isinstance(parts.exponent, int) or max(len(parts.digits), abs(parts.exponent)) > _MOST_DIGITS:
            raise ValueError("an amount of that many digits cannot be stored")
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read the digits back."""
        del dialect
        return None if value is None else Decimal(value)
