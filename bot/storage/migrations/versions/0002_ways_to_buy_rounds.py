"""ways to buy, rounds of an order

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voice', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('forward', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('deal', sa.String(length=16), server_default='buy', nullable=False))
        batch_op.add_column(sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_drafts_parent_id_orders'), 'orders', ['parent_id'], ['id'])

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('round', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('is_ready', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('can_retry', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('voice', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('forward', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('deal', sa.String(length=16), server_default='buy', nullable=False))
        batch_op.add_column(sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('listed_before', sa.JSON(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_orders_parent_id_orders'), 'orders', ['parent_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_orders_parent_id_orders'), type_='foreignkey')
        batch_op.drop_column('listed_before')
        batch_op.drop_column('parent_id')
        batch_op.drop_column('deal')
        batch_op.drop_column('forward')
        batch_op.drop_column('voice')
        batch_op.drop_column('can_retry')
        batch_op.drop_column('is_ready')
        batch_op.drop_column('round')

    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_drafts_parent_id_orders'), type_='foreignkey')
        batch_op.drop_column('parent_id')
        batch_op.drop_column('deal')
        batch_op.drop_column('forward')
        batch_op.drop_column('voice')

