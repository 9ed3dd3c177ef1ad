"""Alembic's entry: runs on the connection that ``bot.storage.schema`` hands over."""

from alembic import context

# the last module of tables: with it, all are known
from bot.storage.rental_tables import RentalRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=RentalRow.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
