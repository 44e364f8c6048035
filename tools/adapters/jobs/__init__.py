"""Jobs: long work that survives a crash, on DBOS over SQLite or PostgreSQL."""

from tools.adapters.jobs.runner import DbosJobs

__all__ = ["DbosJobs"]
