"""what a person wants an order to come to; what an uncertain purchase may have made

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NAMES = (
    "wish",
    "wished_at",
    "wish_tries",
    "wish_next_at",
    "wish_error",
    "wish_text",
    "wish_is_lost",
    "wish_is_auto",
    "is_spared",
    "candidates",
)


def upgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wish", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("wished_at", bot.storage.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("wish_tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("wish_next_at", bot.storage.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("wish_error", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("wish_text", sa.Text(), nullable=True))
        for name in ("wish_is_lost", "wish_is_auto", "is_spared"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("candidates", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        for name in reversed(_NAMES):
            batch_op.drop_column(name)
