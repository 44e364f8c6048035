"""The database of jobs: created when new, read without unpickling anything."""

import json
import logging
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.adapters.jobs.steps import StepFailedError


def connect(url: str, schema: str, application: str) -> Any:
    """Create or migrate the database and give a DBOS client of it."""
    from dbos import DBOS, DBOSClient  # noqa: PLC0415  (importing DBOS takes a second)

    _quieten()
    _prepare_sqlite(url)
    DBOS.migrate(url, schema=schema)
    return DBOSClient(
        system_database_url=url,
        dbos_system_schema=schema,
        serializer=json_serializer(),
        application_name=application,
    )


def _quieten() -> None:
    """Keep DBOS off the terminal, and from holding on to the stream that is the terminal now.

    It gives its logger a console handler only where there is none, and flushes it at every start:
    one on a stream that has been closed since would end the start.
    """
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.CRITICAL)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _prepare_sqlite(url: str) -> None:
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(sqlite3.OperationalError):
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.close()


def json_serializer() -> Any:
    """Make a serializer that, unlike DBOS's own, never unpickles what the database holds."""
    from dbos import Serializer  # noqa: PLC0415  (importing DBOS takes a second)

    class JsonSerializer(Serializer):  # type: ignore[misc]
        def serialize(self, data: Any) -> str:
            if isinstance(data, BaseException):
                data = {"error": str(data)}
            return json.dumps(data)

        def deserialize(self, serialized_data: str) -> Any:
            data = json.loads(serialized_data)
            if isinstance(data, dict) and set(data) == {"error"}:
                return StepFailedError(data["error"])
            return data

        def name(self) -> str:
            return "json"

    return JsonSerializer()
