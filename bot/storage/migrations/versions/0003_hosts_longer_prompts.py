"""hosts of users, longer arguments of prompts

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op
import bot.storage.types


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hosts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("created_at", bot.storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_hosts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosts")),
        sa.UniqueConstraint("user_id", "url", name=op.f("uq_hosts_user_id")),
    )
    with op.batch_alter_table("prompts", schema=None) as batch_op:
        batch_op.alter_column(
            "argument",
            existing_type=sa.VARCHAR(length=64),
            type_=sa.String(length=300),
            existing_nullable=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("prompts", schema=None) as batch_op:
        batch_op.alter_column(
            "argument",
            existing_type=sa.String(length=300),
            type_=sa.VARCHAR(length=64),
            existing_nullable=False,
        )

    op.drop_table("hosts")
