"""Alembic's entry: migrates over the connection that desk.migrate hands it, inside that connection's transaction."""

from alembic import context

from connectors import inbox, outbox
from desk import feedback, ticket
from desk.database import metadata

DECLARING_MODULES = (inbox, outbox, feedback, ticket)  # importing them is what fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, Alembic does not assume it
)
context.run_migrations()
