"""Run by Alembic: the connection comes from migrate.py, the tables from whoever compares."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    include_name=context.config.attributes.get("include_name"),
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
