"""Read the Markdown prompts and fill them strictly: a missing or surplus value is an error."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
_ARGUMENT = re.compile(r"- `(\w+)`: (.+)")
_SAID = re.compile(r"- ([\w-]+): (.+)")


class PromptError(ValueError):
    """A prompt file is missing or malformed, or was filled with the wrong values."""


@dataclass(frozen=True, slots=True)
class ToolText:
    """What a model reads about a tool.

    `line` is one sentence, `description` the whole text for models that call tools freely,
    `arguments` explains each argument by name, `examples` are requests that mean this tool.
    """

    name: str
    line: str
    description: str
    arguments: Mapping[str, str]
    examples: tuple[str, ...]


@lru_cache(maxsize=256)
def read(name: str) -> str:
    """Give the text of `prompts/<name>.md`; PromptError when there is no such file."""
    path = FOLDER / f"{name}.md"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise PromptError(f"There is no prompt file '{name}.md'.") from error


def fill(name: str, **values: str) -> str:
    """Fill the `${name}` places of a prompt.

    Raises PromptError when a place has no value, a value has no place or a value is empty.
    """
    template = Template(read(name))
    places = set(template.get_identifiers())
    if missing := sorted(places - set(values)):
        raise PromptError(f"Prompt '{name}' lacks a value for {', '.join(missing)}.")
    if surplus := sorted(set(values) - places):
        raise PromptError(f"Prompt '{name}' has no place for {', '.join(surplus)}.")
    if empty := sorted(key for key, value in values.items() if not value.strip()):
        raise PromptError(f"Prompt '{name}' was given an empty {', '.join(empty)}.")
    return template.substitute(values)


def system(**values: str) -> str:
    """Fill the system prompt (see fill)."""
    return fill("system", **values)


@lru_cache(maxsize=64)
def tool(name: str) -> ToolText:
    """Give the text of a tool; PromptError when its file lacks a part."""
    title, body = _titled(f"tools/{name}")
    if title != name:
        raise PromptError(f"prompts/tools/{name}.md is titled '{title}'.")
    intro, *parts = re.split(r"^## ", body, flags=re.M)
    paragraphs = [" ".join(part.split()) for part in intro.strip().split("\n\n") if part.strip()]
    sections = {part.split("\n", 1)[0].strip(): part for part in parts}
    if not paragraphs or "Examples" not in sections or "Arguments" not in sections:
        raise PromptError(f"prompts/tools/{name}.md needs a line, '## Arguments', '## Examples'.")
    examples = tuple(re.findall(r"^- (.+)$", sections["Examples"], flags=re.M))
    if not examples:
        raise PromptError(f"prompts/tools/{name}.md has no example.")
    return ToolText(
        name=name,
        line=paragraphs[0],
        description="\n\n".join(paragraphs),
        arguments=dict(_ARGUMENT.findall(sections["Arguments"])),
        examples=examples,
    )


@lru_cache(maxsize=16)
def wording(language: str) -> Mapping[str, str]:
    """Give the fixed sentences of a language by name; PromptError when it has none."""
    _, body = _titled(f"wording/{language}")
    return dict(_SAID.findall(body))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """List the languages that have fixed sentences."""
    return tuple(sorted(path.stem for path in (FOLDER / "wording").glob("*.md")))


def _titled(name: str) -> tuple[str, str]:
    title, _, body = read(name).partition("\n")
    if not title.startswith("# "):
        raise PromptError(f"Prompt '{name}' does not begin with a title.")
    return title[2:].strip(), body
