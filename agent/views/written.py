"""Views as documents."""

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

View = TypeVar("View")


def read(kind: type[View], document: object) -> View:
    """Read a view back from its JSON; unknown keys are ignored."""
    wanted: Any = kind
    found: View = _adapter(wanted).validate_python(document)
    return found


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
