"""Run by Alembic; the connection comes from `bot.storage.upgrading`."""

from alembic import context

from bot.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
