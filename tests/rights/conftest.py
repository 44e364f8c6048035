"""A small library on a real catalogue."""

import pytest

from tests.rights.world import World


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.catalogue.close()
