"""Prompt files are whole, and filling them is strict."""

import json

import pytest
from langchain_core.utils.function_calling import convert_to_openai_tool

from prompts import examples, library
from prompts.library import PromptError
from tools.registry import REGISTRY


def test_every_tool_has_its_text_and_every_argument_its_note():
    for spec in (one for one in REGISTRY if one.offered):
        text = library.tool(spec.name)
        schema = convert_to_openai_tool(spec.tool)["function"]["parameters"]
        given = set(schema["properties"])
        unknown = set(text.arguments) - given
        assert not unknown, f"{spec.name} describes {unknown}, which it does not take"
        assert text.line.endswith(".")
    assert library.tool("reply").examples


def test_the_bank_covers_every_tool_in_every_language():
    bank = examples.bank()
    assert {row.tool for row in bank} == set(examples.ORDER)
    languages = {row.language for row in bank}
    assert languages == set(library.languages())
    for tool in examples.ORDER:
        assert sum(row.tool == tool for row in bank) >= 25


def test_no_request_stands_in_the_bank_for_two_tools():
    tools: dict[str, str] = {}
    for row in examples.bank():
        assert tools.setdefault(row.request.lower(), row.tool) == row.tool, row.request


def test_arguments_of_the_bank_are_arguments_of_the_tools():
    known = {
        spec.name: convert_to_openai_tool(spec.tool)["function"]["parameters"] for spec in REGISTRY
    }
    for row in examples.bank():
        if row.tool != "reply":
            assert set(row.arguments) <= set(known[row.tool]["properties"]), row


def test_small_talk_says_what_about():
    rows = [row for row in examples.bank() if row.tool == "reply"]
    topics = {str(row.arguments["about"]) for row in rows}
    assert topics <= set(library.wording("en"))


def test_every_language_says_the_same_things():
    wanted = set(library.wording("en"))
    for language in library.languages():
        assert set(library.wording(language)) == wanted
        assert "${candidates}" in library.wording(language)["which_one"]


def test_filling_is_strict():
    with pytest.raises(PromptError, match="lacks a value for target"):
        library.fill("translate", source="English")
    with pytest.raises(PromptError, match="no place for colour"):
        library.fill("translate", source="a", target="b", colour="c")
    with pytest.raises(PromptError, match="empty target"):
        library.fill("translate", source="a", target=" ")
    with pytest.raises(PromptError, match="no prompt file"):
        library.read("missing")


def test_values_are_not_filled_again():
    assert "${source}" in library.fill("translate", source="${source}", target="b")


def test_worked_arguments_are_json_of_their_tool():
    for row in examples.arguments():
        assert json.dumps(dict(row.arguments))
        assert row.tool in examples.ORDER
