"""rentals, their SMS, the bills that pay for them

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

import bot.storage.types


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = "state IN ('placing', 'uncertain', 'active', 'sleeping', 'waking', 'missing')"


def _id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, bot.storage.types.UtcDateTime(timezone=True), nullable=nullable)


def _amount(name: str) -> sa.Column[object]:
    return sa.Column(name, bot.storage.types.Amount(length=40), nullable=True)


def upgrade() -> None:
    op.create_table(
        "rentals",
        sa.Column("id", _id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("bill", sa.String(length=40), nullable=True),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column("operator", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        _amount("amount"),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("remote_id", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        _moment("created_at", nullable=False),
        _moment("until"),
        sa.Column("until_told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("can_prolong", sa.Boolean(), nullable=True),
        _moment("prolong_until"),
        _moment("awake_until"),
        _moment("news_at", nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=True),
        sa.Column("auto_unit", sa.String(length=8), nullable=True),
        sa.Column("auto_count", sa.Integer(), nullable=True),
        _amount("auto_most"),
        sa.Column("card_chat_id", sa.BigInteger(), nullable=False),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("error_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_rentals_account_id_accounts")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rentals_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rentals")),
    )
    with op.batch_alter_table("rentals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rentals_account_remote",
            ["account_id", "remote_id"],
            unique=True,
            sqlite_where=sa.text(_OPEN),
            postgresql_where=sa.text(_OPEN),
        )
        batch_op.create_index("ix_rentals_state", ["state"], unique=False)
        batch_op.create_index("ix_rentals_user", ["user_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rentals_bill"), ["bill"], unique=False)
    op.create_table(
        "bills",
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", _id(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=64), nullable=True),
        sa.Column("operator", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.String(length=8), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        _amount("amount"),
        sa.Column("currency", sa.String(length=8), nullable=False),
        sa.Column("estimated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rental_id", _id(), nullable=True),
        sa.Column("remote_id", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        _moment("created_at", nullable=False),
        _moment("placed_at"),
        _moment("until_before"),
        _amount("balance_before"),
        _amount("balance_after"),
        sa.Column("listed_before", sa.JSON(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("error_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_bills_account_id_accounts")),
        sa.ForeignKeyConstraint(["rental_id"], ["rentals.id"], name=op.f("fk_bills_rental_id_rentals")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bills_user_id_users")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_bills")),
    )
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.create_index("ix_bills_state", ["state"], unique=False)
        batch_op.create_index("ix_bills_account", ["account_id", "placed_at"], unique=False)
    op.create_table(
        "rental_sms",
        sa.Column("id", _id(), nullable=False),
        sa.Column("rental_id", _id(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("remote_id", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=True),
        _moment("received_at"),
        _moment("recorded_at", nullable=False),
        sa.ForeignKeyConstraint(["rental_id"], ["rentals.id"], name=op.f("fk_rental_sms_rental_id_rentals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rental_sms")),
        sa.UniqueConstraint("rental_id", "identity", name=op.f("uq_rental_sms_rental_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rental_id", _id(), nullable=True))
        batch_op.add_column(sa.Column("rental_sms_id", _id(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_outbox_rental_id_rentals"), "rentals", ["rental_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outbox_rental_sms_id_rental_sms"), "rental_sms", ["rental_sms_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outbox_rental_sms_id_rental_sms"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outbox_rental_id_rentals"), type_="foreignkey")
        batch_op.drop_column("rental_sms_id")
        batch_op.drop_column("rental_id")
    op.drop_table("rental_sms")
    op.drop_table("bills")
    op.drop_table("rentals")
