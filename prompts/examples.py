"""Read the bank of worked requests: what people say, the tool they mean and its arguments."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from prompts.library import FOLDER, PromptError, read

ORDER = (
    "search_assets",
    "find_similar",
    "get_asset",
    "check_rights",
    "forecast_rights",
    "suggest_tags",
    "tag_assets",
    "describe_asset",
    "collect_assets",
    "reframe_assets",
    "translate_asset",
    "edit_image",
    "rewrite_text",
    "record_rights",
    "publish_assets",
    "withdraw_assets",
    "archive_assets",
    "delete_assets",
    "bulk_update",
    "run_workflow",
    "predict_performance",
    "library_report",
    "undo",
    "reply",
)
_SAID = re.compile(r"- (\w\w): (.+)")
_SHOWN = re.compile(r"- (\w+) (\w+) (.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A worked request; `group` names its template, which never straddles a train/test split.

    `arguments` holds what was checked by hand and may be empty; a text argument lists accepted
    alternatives between bars, an asset id belongs to the bank's screen.
    """

    tool: str
    group: str
    language: str
    request: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """An asset on the screen that the bank's requests speak of."""

    id: str
    media_type: str
    title: str


@lru_cache(maxsize=1)
def bank() -> tuple[Example, ...]:
    """Give every worked request, tool by tool; PromptError for a malformed file."""
    return tuple(example for tool in ORDER for example in _of_tool(tool))


@lru_cache(maxsize=1)
def arguments() -> tuple[Example, ...]:
    """Give the few requests that show a model how arguments are copied out."""
    return tuple(
        example
        for block in _blocks("arguments")
        for example in _block_examples(block.pop("tool"), block)
    )


@lru_cache(maxsize=1)
def screen() -> tuple[Shown, ...]:
    """Give the screen that the bank's requests refer to."""
    return tuple(Shown(*match) for match in _SHOWN.findall(read("bank/screen")))


def read_requests(path: Path) -> tuple[Example, ...]:
    """Read a file in the form of the bank's; its title, or a line in a section, names the tool.

    Raises PromptError for a malformed file and for a tool that does not exist.
    """
    text = path.read_text(encoding="utf-8").strip()
    title = text.partition("\n")[0].removeprefix("# ").strip()
    found: list[Example] = []
    for block in _parted(path.stem, text):
        tool = block["tool"] or title
        if tool not in ORDER:
            raise PromptError(f"{path.name} speaks of a tool '{tool}' that does not exist.")
        found += _block_examples(tool, block)
    return tuple(found)


def _of_tool(tool: str) -> list[Example]:
    return [
        example for block in _blocks(f"bank/{tool}") for example in _block_examples(tool, block)
    ]


def _blocks(name: str) -> list[dict[str, str]]:
    return _parted(name, read(name))


def _parted(name: str, text: str) -> list[dict[str, str]]:
    parts = re.split(r"^## ", text, flags=re.M)[1:]
    if not parts:
        raise PromptError(f"Prompt '{name}' holds no worked request.")
    return [_block(name, part) for part in parts]


def _block(name: str, part: str) -> dict[str, str]:
    heading, _, body = part.partition("\n")
    given = re.search(r"^`(\{.*\})`$", body, flags=re.M)
    tool = re.search(r"^Tool: (\w+)$", body, flags=re.M)
    if not _SAID.search(body):
        raise PromptError(f"Prompt '{name}', section '{heading}', holds no request.")
    return {
        "group": heading.strip(),
        "arguments": given[1] if given else "{}",
        "body": body,
        "tool": tool[1] if tool else "",
    }


def _block_examples(tool: str, block: dict[str, str]) -> list[Example]:
    try:
        given = json.loads(block["arguments"])
    except json.JSONDecodeError as error:
        raise PromptError(f"Section '{block['group']}' of {tool} is not JSON.") from error
    return [
        Example(tool, f"{tool}/{block['group']}", language, request.strip(), given)
        for language, request in _SAID.findall(block["body"])
    ]


def fingerprint() -> str:
    """Give all bank files as one text, for keys of what is computed from them."""
    return "\n".join(path.read_text("utf-8") for path in sorted((FOLDER / "bank").glob("*.md")))
