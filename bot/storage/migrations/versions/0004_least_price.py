"""the least price that a provider takes

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minimum", bot.storage.types.Amount(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("minimum")
