"""leases, workers, and who makes a paid call

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("worker", sa.String(length=32), nullable=False),
        sa.Column("until", bot.storage.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "ref", name=op.f("pk_leases")),
    )
    op.create_index("ix_leases_worker", "leases", ["worker"], unique=False)
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seen_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    for name in ("bills", "orders"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column("worker", sa.String(length=32), nullable=True))


def downgrade() -> None:
    for name in ("orders", "bills"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("worker")
    op.drop_table("workers")
    op.drop_index("ix_leases_worker", table_name="leases")
    op.drop_table("leases")
