"""Background queries and passages, against which every match is normalised."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bank:
    """Ordinary queries by language, and ordinary passages."""

    queries: Mapping[str, tuple[str, ...]]
    passages: tuple[str, ...]


@lru_cache(maxsize=1)
def default_bank() -> Bank:
    """Give the bank that comes with the product."""
    document = tomllib.loads((Path(__file__).parent / "bank.toml").read_text(encoding="utf-8"))
    return Bank(
        queries={language: tuple(texts) for language, texts in document["queries"].items()},
        passages=tuple(text for texts in document["passages"].values() for text in texts),
    )
