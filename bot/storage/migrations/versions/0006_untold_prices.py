"""prices that are not told before a purchase

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = ("drafts", "orders")


def upgrade() -> None:
    _allow_no_price(allowed=True)
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_worked_out", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("is_worked_out")
    op.execute("DELETE FROM drafts WHERE amount IS NULL")
    op.execute("UPDATE orders SET amount = '0' WHERE amount IS NULL")
    op.execute("UPDATE orders SET currency = '' WHERE currency IS NULL")
    _allow_no_price(allowed=False)


def _allow_no_price(*, allowed: bool) -> None:
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column, type_ in (("amount", bot.storage.types.Amount()), ("currency", sa.String(length=8))):
                batch_op.alter_column(column, existing_type=type_, nullable=allowed)
