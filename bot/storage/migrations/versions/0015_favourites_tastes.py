"""favourites, and how a person looks through countries

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=False),
        sa.Column("created_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_favourites_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "service", "country", name=op.f("pk_favourites")),
    )
    op.create_table(
        "tastes",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=True),
        sa.Column("in_stock", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=True),
        sa.Column("currency", sa.String(length=8), nullable=True),
        sa.Column("service", sa.String(length=64), server_default="", nullable=False),
        sa.Column("name", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tastes_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_tastes")),
    )


def downgrade() -> None:
    op.drop_table("tastes")
    op.drop_table("favourites")
