"""One tool call: arguments checked, run with its context, failures told apart."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from langchain_core.messages import ToolMessage
from langgraph.prebuilt import ToolRuntime
from pydantic import ValidationError

from tools.context import Context
from tools.core.errors import Fixable
from tools.reply import Reply
from tools.spec import ToolSpec


def checked(spec: ToolSpec, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments that the tool knows and that were really given.

    Raises Fixable, saying how to correct the call, for an unknown, missing or wrong argument.
    """
    known = set(spec.tool.args) - {"runtime"}
    unknown = sorted(set(arguments) - known)
    if unknown:
        raise Fixable(
            f"{spec.name} has no argument '{unknown[0][:40]}'. "
            f"It takes: {', '.join(sorted(known))}."
        )
    given = {
        key: _listed(spec, key, value)
        for key, value in arguments.items()
        if value not in (None, "", [])
    }
    try:
        schema: Any = spec.tool.tool_call_schema
        schema.model_validate(given)
    except ValidationError as error:
        raise Fixable(_corrected(spec, error)) from error
    return given


def encodable(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Give arguments that can be kept: JSON may spell half a letter, which no file can hold."""
    written = json.dumps(arguments, ensure_ascii=False, default=str)
    found: dict[str, Any] = json.loads(whole(written))
    return found


def whole(text: str) -> str:
    """Give text with a question mark for each half letter."""
    return text.encode("utf-8", "replace").decode()


def run(spec: ToolSpec, arguments: Mapping[str, Any], context: Context) -> tuple[str, Reply]:
    """Carry out a checked call; gives the text for the model and the reply for the person."""
    runtime: ToolRuntime[Context, dict[str, Any]] = ToolRuntime(
        state={},
        context=context,
        config={},
        stream_writer=lambda _: None,
        tool_call_id="call",
        store=None,
    )
    call = {
        "type": "tool_call",
        "name": spec.name,
        "id": "call",
        "args": {**arguments, "runtime": runtime},
    }
    message = spec.tool.invoke(call)
    assert isinstance(message, ToolMessage)
    assert isinstance(message.artifact, Reply)
    return str(message.content), message.artifact


def _listed(spec: ToolSpec, key: str, value: object) -> object:
    """Give a list where one is wanted and a text was given, as on a command line.

    The text is a list in JSON, or values with commas between.
    """
    shape = spec.tool.args.get(key, {})
    kinds = [shape.get("type"), *(one.get("type") for one in shape.get("anyOf", ()))]
    if "array" not in kinds or not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    return [part.strip() for part in value.split(",") if part.strip()]


def _corrected(spec: ToolSpec, error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][:1]) or "the call"
    if first["type"] == "missing":
        return f"{spec.name} needs '{name}'."
    return f"{spec.name}: '{name}' cannot be used: {first['msg']}."
