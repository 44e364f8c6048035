"""The lexicon: how people say small fixed things in eight languages."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("lexicon.toml")
LATIN = "a-zà-öø-ÿœ"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was understood, and the value it stands for."""

    value: str
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both hold a letter in common."""
        return self.start < other.end and other.start < self.end

    def beside(self, other: "Span") -> bool:
        """Tell whether one ends where the other begins, but for a letter between."""
        return 0 <= self.start - other.end <= 1 or 0 <= other.start - self.end <= 1

    def within(self, wide: "Span") -> bool:
        """Tell whether this lies in a longer one."""
        longer = wide.end - wide.start > self.end - self.start
        return longer and wide.start <= self.start and self.end <= wide.end


def fold(text: str) -> str:
    """Lower the case and unify width and apostrophes, keeping accents."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").lower()


def whole_word(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that does not begin or end inside a word of Latin letters."""
    return re.compile(rf"(?<![{LATIN}]){'(?:' + pattern + ')'}(?![{LATIN}])")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, re.Pattern[str]]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {key: whole_word(pattern) for key, pattern in table.items()}
        for name, table in document.items()
    }


def pattern(table: str, key: str) -> re.Pattern[str]:
    """Give one compiled pattern."""
    return _tables()[table][key]


def source(table: str, *keys: str) -> str:
    """Give patterns as text, joined, to build larger ones from."""
    rows = _tables()[table]
    return "|".join(rows[key].pattern for key in keys or rows)


def spans(table: str, text: str) -> Iterator[Span]:
    """Find every value of a table in folded text, table order first, then from left to right."""
    for value, known in _tables()[table].items():
        for match in known.finditer(text):
            yield Span(value, match.start(), match.end())


def first(table: str, text: str) -> str | None:
    """Give the leftmost value of a table in folded text, or None."""
    found = min(spans(table, text), key=lambda span: (span.start, -span.end), default=None)
    return found.value if found else None
