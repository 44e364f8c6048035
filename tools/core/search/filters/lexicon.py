"""How people say filters in eight languages: patterns over folded text, from one file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of folded text that was understood, and the value that it stands for."""

    value: str
    start: int
    end: int


def whole(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that begins and ends where words of Latin letters and digits do."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = (Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


@lru_cache(maxsize=256)
def pattern(table: str, value: str) -> re.Pattern[str]:
    """Give one pattern of a table, compiled."""
    return whole(_tables()[table][value])


def source(table: str, *values: str) -> str:
    """Give patterns of a table as one alternative, to build larger ones from."""
    rows = _tables()[table]
    return "(?:" + "|".join(rows[value] for value in values or rows) + ")"


def values(table: str) -> tuple[str, ...]:
    """List the values of a table."""
    return tuple(_tables()[table])


def spans(table: str, text: str) -> Iterator[Span]:
    """Find every value of a table in a folded text."""
    for value in _tables()[table]:
        for match in pattern(table, value).finditer(text):
            yield Span(value, match.start(), match.end())


def at(table: str, text: str, position: int) -> Span | None:
    """Give the longest value of a table that begins at a position of a folded text."""
    found = [
        Span(value, position, match.end())
        for value in _tables()[table]
        if (match := _beginning(table, value).match(text, position))
    ]
    return max(found, key=lambda span: span.end, default=None)


@lru_cache(maxsize=256)
def _beginning(table: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_tables()[table][value]})(?![a-z0-9])")
