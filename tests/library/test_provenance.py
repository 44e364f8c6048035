"""The table of markings, both ways: what must be marked is, and a real photograph stays one."""

from dataclasses import fields, is_dataclass

import pytest

from tools.core.edits import wishes
from tools.core.edits.provenance import law, marking, source_type, steps
from tools.core.rights.kin import Kin

EDITS = [
    wishes.NewGround("transparent"),
    wishes.NewGround("blur"),
    wishes.NewGround("colour", ("#ffffff",)),
    wishes.Graded(("mono",)),
    wishes.Recoloured("car", frozenset({"car"}), "#ff0000"),
    wishes.Stamped("logo", "top"),
    wishes.Widened(("left",), 0.2),
    wishes.Enlarged(2.0),
]


@pytest.mark.parametrize("wish", EDITS, ids=lambda wish: wish.step)
def test_every_edit_has_a_marking_and_none_calls_a_photograph_ai(wish: wishes.Wish) -> None:
    assert is_dataclass(wish)
    assert fields(wish)
    assert not marking(wish.step).generated
    assert "lgorithmic" not in source_type(wish.step, "digitalCapture")


def test_crop_grade_cut_out_and_more_pixels_leave_the_type_as_it_is() -> None:
    for step in ("reframe", "edit-grade", "edit-cutout", "edit-blur", "edit-enlarge"):
        assert source_type(step, "digitalCapture") == "digitalCapture"
        assert source_type(step, "") == ""


def test_what_a_parent_says_of_ai_is_never_taken_back() -> None:
    for step in steps():
        said = source_type(step, "trainedAlgorithmicMedia")
        assert "rainedAlgorithmicMedia" in said


def test_what_is_generated_is_marked_and_the_law_is_dated() -> None:
    assert marking("edit-generate").generated
    assert source_type("edit-generate", "digitalCapture") == "compositeWithTrainedAlgorithmicMedia"
    assert law()["applies_from"] == "2026-08-02"
    assert "2024/1689" in law()["text"]


def test_a_step_without_a_marking_is_an_error() -> None:
    with pytest.raises(KeyError):
        marking("edit-anything")


def test_rights_know_what_kind_of_edit_each_step_is() -> None:
    for wish in EDITS:
        assert Kin("a", ("b",), step=wish.step).edits
