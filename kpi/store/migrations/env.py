"""How Alembic reaches the database: through the connection that ``kpi init`` opened."""

from alembic import context

from kpi.store.oversight import deeds

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=deeds.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
