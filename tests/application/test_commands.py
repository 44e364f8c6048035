"""Requests in exact words need no model, and nothing near them counts as one."""

import pytest

from agent.commands import Call, Decide, parse
from tools.core.errors import Fixable


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("approve plan-0a1b2c3d", Decide("plan-0a1b2c3d", approved=True, because="")),
        ("  Approve PLAN-0a1b2c3d  ", Decide("plan-0a1b2c3d", approved=True, because="")),
        ("reject plan-0a", Decide("plan-0a", approved=False, because="")),
        (
            "reject plan-0a because too early",
            Decide("plan-0a", approved=False, because="too early"),
        ),
    ],
)
def test_exact_words_decide(text, wanted):
    assert parse(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "approve",
        "please approve plan-0a1b2c3d",
        "approve plan-0a1b2c3d unless legal objects",
        "do not approve plan-0a1b2c3d",
        "yes",
        "show me animals",
    ],
)
def test_nothing_else_decides(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["wrong: dog", "That's wrong: dog", "that’s wrong:  dog "])
def test_what_is_wrong_is_taken_off(text):
    assert parse(text) == Call("tag_assets", {"remove": ["dog"]})


@pytest.mark.parametrize("text", ["that's wrong", "what is wrong: the dog?", "wrong dog"])
def test_what_is_not_said_so_is_left_to_a_model(text):
    assert parse(text) is None


def test_a_tool_line_is_a_call():
    call = parse('/search_assets query="red car" media_type=image')
    assert call == Call("search_assets", {"query": "red car", "media_type": "image"})
    assert parse('/tag_assets asset_ids=["a1","a2"] add=x,y') == Call(
        "tag_assets", {"asset_ids": ["a1", "a2"], "add": "x,y"}
    )


@pytest.mark.parametrize("text", ["/search_assets dogs", '/search_assets query="dogs'])
def test_an_unreadable_command_says_how_to_write_it(text):
    with pytest.raises(Fixable, match="key=value"):
        parse(text)


def test_brackets_without_end_are_read_as_text():
    deep = "[" * 3000 + "]" * 3000
    assert isinstance(parse(f"/search_assets query={deep}"), Call)
