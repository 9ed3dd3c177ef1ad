"""alerts that there are numbers, thresholds of balances, and the messages about them

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", bot.storage.types.RowId, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", bot.storage.types.RowId, nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=True),
        sa.Column("currency", sa.String(length=8), nullable=True),
        sa.Column("is_met", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seen_amount", bot.storage.types.Amount(), nullable=True),
        sa.Column("seen_currency", sa.String(length=8), nullable=True),
        sa.Column("seen_stock", sa.Integer(), nullable=True),
        sa.Column("next_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_alerts_account_id_accounts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_alerts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("account_id", "service", "country", name=op.f("uq_alerts_account_id")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_next", ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alerts_user_id"), ["user_id"], unique=False)
    op.create_table(
        "low_balances",
        sa.Column("account_id", bot.storage.types.RowId, nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("is_told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seen_amount", bot.storage.types.Amount(), nullable=True),
        sa.Column("looked_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_low_balances_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_low_balances")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("alert_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("alert_id")
    op.drop_table("low_balances")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_user_id"))
        batch_op.drop_index("ix_alerts_next")
    op.drop_table("alerts")
