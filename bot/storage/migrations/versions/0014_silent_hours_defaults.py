"""silent hours, reminders, defaults of a purchase, and the price above which it is asked about again

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dear",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dear_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "currency", name=op.f("pk_dear")),
    )
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_to", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("is_not_reminded", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("default_account_id", bot.storage.types.RowId, nullable=True))
        batch_op.add_column(sa.Column("default_country", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("default_sort", sa.String(length=8), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_settings_default_account_id_accounts"), "accounts", ["default_account_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_settings_default_account_id_accounts"), type_="foreignkey")
        batch_op.drop_column("default_sort")
        batch_op.drop_column("default_country")
        batch_op.drop_column("default_account_id")
        batch_op.drop_column("is_not_reminded")
        batch_op.drop_column("quiet_to")
        batch_op.drop_column("quiet_from")
        batch_op.drop_column("zone")
    op.drop_table("dear")
