"""Requests that need no model: `approve ID`, `reject ID because ...`, `wrong: dog`, `/tool`."""

import json
import re
import shlex
from dataclasses import dataclass

from tools.core.errors import Fixable

_DECISION = re.compile(
    r"(approve|reject)\s+(plan-[0-9a-f]+)(?:\s+(?:because\s+)?(.+))?", re.I | re.S
)

_WRONG = re.compile(r"(?:that['’]?s |that is |das ist )?(?:wrong|falsch): *([^\n]{1,64})", re.I)


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision in exact words."""

    approval: str
    approved: bool
    because: str


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call in exact words."""

    tool: str
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True)
class AskUsage:
    """The question what the chat model has used."""


def parse(text: str) -> Decide | Call | AskUsage | None:
    """Read a command, or give None for what a model should read.

    Raises Fixable for a command that cannot be read.
    """
    line = text.strip()
    if match := _DECISION.fullmatch(line):
        approved = match[1].lower() == "approve"
        if approved and match[3]:
            # Words beside the exact ones may mean anything, so they approve nothing.
            return None
        return Decide(match[2].lower(), approved, (match[3] or "").strip())
    if line.lower() == "/usage":
        return AskUsage()
    if match := _WRONG.fullmatch(line):
        return Call("tag_assets", {"remove": [match[1].strip()]})
    if line.startswith("/"):
        return _call(line[1:])
    return None


def _call(line: str) -> Call:
    try:
        name, *parts = shlex.split(line)
    except ValueError as error:
        raise Fixable(
            f"That command cannot be read ({error}). Write /tool key=value, quotes around spaces."
        ) from error
    arguments: dict[str, object] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if not equals:
            raise Fixable(f"'{part[:40]}' is not key=value. For example: /search_assets query=dogs")
        arguments[key] = value_of(value)
    return Call(name, arguments)


def value_of(text: str) -> object:
    """Read a value: `[a,b]` is a list, everything else is text."""
    if text.startswith("[") and text.endswith("]"):
        try:
            found: object = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            # A shell takes the quotes inside the brackets away.
            return [part.strip() for part in text[1:-1].split(",") if part.strip()]
        return found
    return text
