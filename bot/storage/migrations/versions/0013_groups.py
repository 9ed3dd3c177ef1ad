"""groups that get a person's codes, and who may do what there

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("id", bot.storage.types.RowId, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("pause", sa.String(length=16), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("whole_phone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("spoiler", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("named_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", bot.storage.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_groups_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("chat_id", "topic_id", "owner_id", name=op.f("uq_groups_chat_id")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index("ix_groups_owner_id", ["owner_id"], unique=False)
    op.create_table(
        "group_members",
        sa.Column("id", bot.storage.types.RowId, nullable=False),
        sa.Column("group_id", bot.storage.types.RowId, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("sees", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_members_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("group_id", "user_id", name=op.f("uq_group_members_group_id")),
    )
    with op.batch_alter_table("group_members", schema=None) as batch_op:
        batch_op.create_index("ix_group_members_user_id", ["user_id"], unique=False)
    op.create_table(
        "group_budgets",
        sa.Column("member_id", bot.storage.types.RowId, nullable=False),
        sa.Column("account_id", bot.storage.types.RowId, nullable=False),
        sa.Column("amount", bot.storage.types.Amount(), nullable=False),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_group_budgets_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["group_members.id"], name=op.f("fk_group_budgets_member_id_group_members")
        ),
        sa.PrimaryKeyConstraint("member_id", "account_id", name=op.f("pk_group_budgets")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("buyer_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("buyer_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("card_topic_id", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("message_thread_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("message_thread_id")
        batch_op.drop_column("group_id")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_column("card_topic_id")
        batch_op.drop_column("buyer_id")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_column("buyer_id")
    op.drop_table("group_budgets")
    op.drop_table("group_members")
    op.drop_table("groups")
