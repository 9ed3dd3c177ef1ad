"""the highest price apart from the price; until when an account is blocked; calls beside SMS

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("highest", bot.storage.types.Amount(), nullable=True))
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("highest", bot.storage.types.Amount(), nullable=True))
        batch_op.add_column(sa.Column("error_until", bot.storage.types.UtcDateTime(), nullable=True))
    with op.batch_alter_table("sms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_call", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("sms", schema=None) as batch_op:
        batch_op.drop_column("is_call")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("error_until")
        batch_op.drop_column("highest")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_column("highest")
