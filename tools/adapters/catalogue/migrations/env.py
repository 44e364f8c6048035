"""Runs migrations on the engine that the catalogue hands over."""

from alembic import context

from tools.adapters.catalogue.tables import metadata

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
