"""The catalogue in SQL: SQLite with WAL, or PostgreSQL."""

from tools.adapters.catalogue.store import SqlCatalogue

__all__ = ["SqlCatalogue"]
