"""Column types: amounts keep their digits, times their zone."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from bot.domain.people import Account
from bot.storage.database import Database
from bot.storage.tables import DraftRow, UserRow
from bot.storage.types import Amount, UtcDateTime
from tests.support.clock import START

DIALECT = sqlite.dialect()


@pytest.mark.parametrize(
    "written",
    ["0", "0.00", "12.50", "-3.1", "0.1", "99999999999.99999999", "1E+3", "1E-7", "0.30000000000000004"],
)
async def test_amounts_come_back_exactly(database: Database, account: Account, written: str) -> None:
    """An amount that was stored is the same decimal when it is read, trailing noughts included."""
    async with database.write() as tx:
        await tx.execute(
            insert(DraftRow).values(
                token="t",
                user_id=account.user_id,
                account_id=account.id,
                service="s",
                country="c",
                amount=Decimal(written),
                currency="RUB",
                created_at=START,
            )
        )
        read = (await tx.execute(select(DraftRow.amount))).scalar_one()
    assert read == Decimal(written)
    assert format(read, "f") == format(Decimal(written), "f")


async def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    """A time of any zone is the same moment when it is read, in UTC, to the microsecond."""
    moment = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    async with database.write() as tx:
        await tx.execute(
            insert(UserRow)
            .values(id=7, language="en", reachable=True, created_at=moment)
            .returning(UserRow.id)
        )
    async with database.read() as tx:
        read = (await tx.execute(select(UserRow.created_at).where(UserRow.id == 7))).scalar_one()
    assert read == moment
    assert read.tzinfo is UTC


async def test_a_naive_time_is_refused(database: Database) -> None:
    """A time without a zone is a bug of the caller and is not stored."""
    naive = START.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"):
        async with database.write() as tx:
            await tx.execute(insert(UserRow).values(id=8, language="en", reachable=True, created_at=naive))
    async with database.read() as tx:
        assert (await tx.execute(select(UserRow.id).where(UserRow.id == 8))).first() is None


async def test_a_comparison_in_the_database_is_one_of_moments(database: Database) -> None:
    """Times of different zones compare by moment in SQL too, because all are stored in UTC."""
    east = timezone(timedelta(hours=14))
    async with database.write() as tx:
        await tx.execute(
            insert(UserRow).values(id=9, language="en", reachable=True, created_at=START.astimezone(east))
        )
        query = select(UserRow.id).where(UserRow.id == 9, UserRow.created_at < START + timedelta(seconds=1))
        assert (await tx.execute(query)).scalar_one() == 9


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=8))
@settings(max_examples=200)
def test_no_amount_is_written_with_an_exponent(amount: Decimal) -> None:
    """What is stored is plain digits that read back as the same number."""
    column = Amount()
    stored = column.process_bind_param(amount, DIALECT)
    assert stored is not None
    assert "E" not in stored.upper()
    assert column.process_result_value(stored, DIALECT) == amount


def test_nothing_stays_nothing() -> None:
    """None passes through both types in both directions."""
    for column in (Amount(), UtcDateTime()):
        assert column.process_bind_param(None, DIALECT) is None
        assert column.process_result_value(None, DIALECT) is None


@pytest.mark.parametrize("written", ["1E-99999999", "1E+99999999", "NaN", "Infinity", "1." + "1" * 40])
def test_an_amount_without_bounds_is_refused(written: str) -> None:
    """Written out digit by digit, a short exponent would fill the memory: it is a bug of the caller."""
    with pytest.raises(ValueError, match="many digits"):
        Amount().process_bind_param(Decimal(written), DIALECT)
