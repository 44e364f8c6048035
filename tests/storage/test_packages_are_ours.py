"""Packages with short names can be shadowed by a stray one; here they are this repository's."""

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["agent", "tools", "prompts", "ui", "evals"])
def test_the_package_is_this_repositorys(name):
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve() == (ROOT / name / "__init__.py").resolve()
