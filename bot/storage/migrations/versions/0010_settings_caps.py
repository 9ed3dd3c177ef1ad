"""settings of a person, caps of an account, and an index for what an account bought lately

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("open_orders_most", sa.Integer(), nullable=True),
        sa.Column("auto_cancel_minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_settings_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_settings")),
    )
    op.create_table(
        "caps",
        sa.Column("account_id", bot.storage.types.RowId, nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_caps_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_caps")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_account_created", ["account_id", "created_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("ix_orders_account_created")
    op.drop_table("caps")
    op.drop_table("settings")
