"""The tools as models read them: schemas from the code, words from the prompts, nothing twice."""

from collections.abc import Mapping
from typing import Any

from langchain_core.utils.function_calling import convert_to_openai_tool

from prompts import library
from tools.registry import REGISTRY

KEPT = ("type", "enum")


def offered() -> list[Mapping[str, Any]]:
    """Describe every tool in a fixed order, so that an endpoint's prompt cache hits."""
    return [_described(convert_to_openai_tool(spec.tool)) for spec in REGISTRY if spec.offered]


def _described(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    function = schema["function"]
    text = library.tool(function["name"])
    given = function["parameters"]
    shapes = {
        name: _slim(shape) | _noted(text.arguments.get(name))
        for name, shape in given["properties"].items()
    }
    parameters = {"type": "object", "properties": shapes}
    if given.get("required"):
        parameters["required"] = given["required"]
    return {
        "type": "function",
        "function": {
            "name": function["name"],
            "description": text.description,
            "parameters": parameters,
        },
    }


def _slim(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what says how to write a value; that it may be left out, `required` says already."""
    kinds = [one for one in shape.get("anyOf", ()) if one.get("type") != "null"]
    chosen = kinds[0] if kinds else shape
    slim: dict[str, Any] = {name: chosen[name] for name in KEPT if name in chosen}
    if "items" in chosen:
        slim["items"] = _slim(chosen["items"])
    if "properties" in chosen:
        parts = chosen["properties"].items()
        slim["properties"] = {name: _slim(part) for name, part in parts}
    return slim


def _noted(note: str | None) -> dict[str, str]:
    return {"description": note} if note else {}
