"""Questions back to the person: shown as such, with the assets they are between."""

from langchain_core.messages import AIMessage

from agent.events import Question, Text, ToolUsed
from agent.screen import pointed
from tests.application.talking import Talking
from tests.application.world import CON


def test_a_question_is_no_talk_and_its_candidates_are_what_an_answer_points_at(tmp_path):
    talking = Talking(tmp_path)
    try:
        first, second = (talking.world.asset(f"{name}.jpg") for name in ("one", "two"))
        note = {"question": {"text": "Which one do you mean?", "candidates": [second, first]}}
        events = talking.ask("delete it", AIMessage("", additional_kwargs=note), viewer=CON)
        asked = next(event for event in events if isinstance(event, Question))
        assert asked.text == "Which one do you mean?"
        assert [card.id for card in asked.assets] == [second, first]
        assert not [event for event in events if isinstance(event, Text)]
        assert talking.turns.screen("t-1")["results"] == [second, first]
    finally:
        talking.close()


def test_a_command_without_assets_is_aimed_at_the_selection(tmp_path):
    talking = Talking(tmp_path)
    try:
        name = talking.world.asset("one.jpg")
        events = list(talking.talk.ask("/delete_assets", CON, "t-1", [name]))
        used = next(event for event in events if isinstance(event, ToolUsed))
        assert used.arguments == {"asset_ids": [name]}
        assert used.outcome == "pending"
        named = list(talking.talk.ask("/delete_assets asset_ids=other", CON, "t-1", [name]))
        assert next(e for e in named if isinstance(e, ToolUsed)).arguments == {"asset_ids": "other"}
    finally:
        talking.close()


def test_a_selection_is_known_in_the_next_request_and_uploads_until_the_next_ones():
    assert pointed([], []) == {"selection": []}
    assert pointed(["a"], ["b"]) == {"selection": ["a"], "recent": ["a"], "uploads": ["b"]}


def test_copies_go_where_the_person_said_and_no_model_is_asked(tmp_path):
    talking = Talking(tmp_path)
    try:
        names = [talking.world.asset(name) for name in ("one.jpg", "two.jpg")]
        asked = list(talking.talk.ask("export these", CON, "t-1", names))
        assert "whole path" in next(e for e in asked if isinstance(e, Question)).text
        said = list(talking.talk.ask("export the second one to ~/for-print", CON, "t-1", names))
        used = next(event for event in said if isinstance(event, ToolUsed))
        assert used.name == "export_assets"
        assert used.arguments == {"folder": "~/for-print", "asset_ids": [names[1]]}
        assert talking.model.heard == []
    finally:
        talking.close()
