"""Alembic's entry: runs on the connection that ``bot.storage.schema`` hands over."""

from alembic import context

from bot.storage.all_tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
