"""The conventions of a house: how files are named and which fields each kind must have."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.core.assets import MediaType
from tools.core.errors import Fixable

FIELDS = frozenset(
    {"title", "description", "creator", "credit", "copyright", "captured_at", "keywords"}
)


@dataclass(frozen=True, slots=True)
class NameFault:
    """A way in which a name is bad; `says` goes on a sentence that begins with the name."""

    name: str
    pattern: re.Pattern[str]
    says: str


@dataclass(frozen=True, slots=True)
class Conventions:
    """What is asked of names and of the fields of each kind; `pattern` None lets any name be."""

    pattern: re.Pattern[str] | None
    longest: int
    faults: tuple[NameFault, ...]
    required: Mapping[MediaType, tuple[str, ...]]

    def faults_of(self, name: str) -> list[NameFault]:
        """List what is wrong with a file name."""
        found = [fault for fault in self.faults if fault.pattern.search(name)]
        stem = name.rpartition(".")[0] or name
        if len(name) > self.longest:
            found.append(NameFault("too long", _ANY, f"has more than {self.longest} characters"))
        if self.pattern and not self.pattern.fullmatch(stem):
            found.append(NameFault("other pattern", _ANY, "does not follow the pattern"))
        return found


_ANY = re.compile("")


def parse_conventions(text: str) -> Conventions:
    """Read a conventions file; Fixable for one that cannot be read, saying where."""
    try:
        document = tomllib.loads(text)
        naming = document.get("naming", {})
        pattern = str(naming.get("pattern", ""))
        return Conventions(
            re.compile(pattern) if pattern else None,
            int(naming.get("longest", 100)),
            tuple(_fault(entry) for entry in naming.get("fault", [])),
            {MediaType(kind): _fields(names) for kind, names in document["required"].items()},
        )
    except (tomllib.TOMLDecodeError, re.error, KeyError, ValueError, TypeError) as error:
        raise Fixable(f"conventions.toml cannot be read ({error}). Correct it.") from error


def _fault(entry: Mapping[str, Any]) -> NameFault:
    return NameFault(str(entry["name"]), re.compile(entry["pattern"]), str(entry["says"]))


def _fields(names: list[str]) -> tuple[str, ...]:
    unknown = set(names) - FIELDS
    if unknown:
        raise ValueError(f"unknown field {sorted(unknown)[0]}")
    return tuple(names)
