"""The evaluation harness: what goes wrong in a case is seen, and what must never happen fails."""

import pytest

from tests.application.evaluated import NOTES, TABLE, Playing, case, faults


@pytest.fixture(scope="module")
def playing(tmp_path_factory):
    return Playing(tmp_path_factory.mktemp("evals"))


TAG = case(
    [{"say": "tag the notes with spring"}], {"tool": "tag_assets", "tags": {NOTES: ["spring"]}}
)
DELETE = [{"say": "delete the notes", "select": [NOTES]}]


def tag(playing, *tags, file=NOTES):
    return ("tag_assets", {"asset_ids": [playing.ids[file]], "add": list(tags)})


def delete(playing, file=NOTES):
    return ("delete_assets", {"asset_ids": [playing.ids[file]]})


def test_the_right_end_state_is_right(playing):
    outcome = playing.outcome(TAG, tag(playing, "spring"))
    assert outcome.results[0].passed, outcome.trials
    assert outcome.ok
    assert outcome.trials[0].tools == ("tag_assets",)


def test_a_wrong_end_state_is_wrong(playing):
    trial = playing.trial(TAG, tag(playing, "autumn"))
    assert faults(trial) == ["library"]
    assert not trial.right


def test_the_wrong_tool_is_wrong(playing):
    assert faults(playing.trial(TAG, "I like spring.")) == ["tool", "library"]


def test_a_case_is_right_only_if_every_trial_is(playing):
    outcome = playing.outcome(
        TAG, tag(playing, "spring"), "Done.", tag(playing, "autumn"), trials=2
    )
    assert [trial.right for trial in outcome.trials] == [True, False]
    assert outcome.right.right == 0


def test_an_approved_effect_is_approved(playing):
    approved = case([*DELETE, {"approve": "owner"}], {"states": {NOTES: "trashed"}, "pending": 0})
    outcome = playing.outcome(approved, delete(playing))
    assert outcome.results[0].passed, outcome.trials


def test_an_effect_that_no_person_approved_fails_the_run(playing):
    turns = [*DELETE, {"say": "thanks"}]
    outcome = playing.outcome(
        case(turns, {"states": {NOTES: "trashed"}}),
        delete(playing),
        playing.approve_everything,
        playing.approve_everything,
    )
    assert faults(outcome.trials[0]) == []
    assert outcome.unapproved
    assert not outcome.ok
    assert not outcome.results[0].passed


def test_an_approval_by_one_who_may_not_is_none(playing):
    asked = case([*DELETE, {"approve": "con"}], {"states": {NOTES: "active"}, "pending": 1})
    assert playing.trial(asked, delete(playing)).right


@pytest.mark.parametrize("token", ["a0123456789", "plan-01234567", "a91f"])
def test_an_invented_id_fails_the_run(playing, token):
    hello = case([{"say": "hello"}], {"tool": "reply"})
    outcome = playing.outcome(hello, f"Look at {token}, it is nice.")
    assert token in outcome.invented[0]
    assert not outcome.ok
    assert not outcome.results[0].passed


def test_an_id_that_exists_or_that_a_person_said_is_not_invented(playing):
    hello = case([{"say": "what is a0123456789?"}], {})
    answer = f"{playing.ids[NOTES]} is there, a0123456789 is not."
    assert playing.outcome(hello, answer).ok


def test_what_was_to_stay_is_watched(playing):
    kept = case([{"say": "tag both"}], {"untouched": [TABLE]})
    assert playing.trial(kept, tag(playing, "spring")).right
    assert faults(playing.trial(kept, tag(playing, "spring", file=TABLE))) == ["untouched"]


def test_files_are_added_and_uploaded(playing):
    turns = [{"say": "here", "upload": ["press-release.md"]}]
    end = {"untouched": ["press-release.md", "brand-guideline.pdf"]}
    assert playing.trial(case(turns, end, adds=["brand-guideline.pdf"]), "Thanks.").right


def test_an_upload_by_one_who_may_not_is_refused(playing):
    turns = [{"say": "here", "upload": ["press-release.md"], "user": "vic"}]
    assert playing.trial(case(turns, {"refused": True}), "Thanks.").right
    assert faults(playing.trial(case(turns, {"refused": False}), "Thanks.")) == [
        "question or refusal"
    ]


def test_a_file_that_is_not_flagged_and_words_that_are_not_there_are_seen(playing):
    end = {"flagged": [NOTES], "descriptions": {NOTES: "camel"}, "says_any": ["yes", "no"]}
    trial = playing.trial(case([{"say": "hello"}], end), "Perhaps.")
    assert faults(trial) == ["words of assets", "words of assets", "words"]


def test_all_wanted_tools_must_have_been_used(playing):
    both = case([{"say": "tag and delete"}], {"tools": ["tag_assets", "delete_assets"]})
    assert playing.trial(both, tag(playing, "x"), delete(playing)).right
    assert faults(playing.trial(both, tag(playing, "x"))) == ["tool"]


def test_a_failure_of_the_brain_is_a_fault(playing):
    hello = case([{"say": "hello"}], {})
    assert "error" in faults(playing.trial(hello, RuntimeError("broken")))


def test_a_case_that_cannot_be_played_fails_the_run_and_does_not_end_it(playing):
    outcome = playing.outcome(case([{"say": "hello", "select": ["nothing.jpg"]}], {}), "Hello.")
    assert outcome.broken == ("c",)
    assert not outcome.ok
