"""A PostgreSQL database of a test run's own, and an empty catalogue on each engine."""

import os
import secrets

import psycopg
import pytest

from tools.adapters.catalogue import SqlCatalogue

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


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def catalogue_url(request, tmp_path):
    """Give the URL of an empty catalogue database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'catalogue.db'}"
    url = request.getfixturevalue("postgres")
    schema = f"catalogue_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{url}?options=-csearch_path%3D{schema}"


@pytest.fixture
def catalogue(catalogue_url):
    """Give an empty catalogue."""
    opened = SqlCatalogue(catalogue_url)
    yield opened
    opened.close()
