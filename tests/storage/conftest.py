"""A PostgreSQL database of a test run's own."""

import os
import secrets

import psycopg
import pytest

SERVER = "postgresql://postgres@127.0.0.1:5432/"


@pytest.fixture(scope="session")
def postgres():
    """Give the URL of an empty database, dropped after the run; tests keep to their own schema."""
    server = os.environ.get("DALM_TEST_POSTGRES", SERVER)
    name = f"dalm_test_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server + name
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
