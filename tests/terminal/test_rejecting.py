"""A value is rejected like a plan is, with one word more; the list takes it back."""

from agent.views import FileOutcomeView
from tests.fakes.app_served import ServedApp
from tests.terminal.conftest import Terminal


def test_a_value_is_rejected_listed_and_revoked(terminal: Terminal) -> None:
    assert terminal("rejected").stdout.strip() == "Nothing is rejected."
    done = terminal("reject", "a1", "dog", "--because", "it is a fox")
    assert done.stdout.strip() == "Rejected 'dog' on 'Cat'."
    line = terminal("rejected").stdout.strip()
    assert line == "dog  Cat (a1): it is a fox; by owner; kept off 1 look-alike"
    (row,) = terminal.lines("rejected", "a1", "--json")
    assert row["alike"] == ["a2"]
    assert terminal("rejected", "a1", "--revoke").exit_code == 2
    back = terminal("rejected", "a1", "dog", "--revoke")
    assert "may be said of 'Cat' again" in back.stdout
    wrong = terminal("reject", "a1", "zebra")
    assert (wrong.exit_code, "No machine says" in wrong.stderr) == (1, True)


def test_the_review_queue_is_listed_and_decided(terminal: Terminal) -> None:
    listed = terminal("review")
    assert "label fox" in listed.stdout
    rows = terminal.lines("review", "--limit", "2", "--json")
    assert [row["id"] for row in rows] == ["a1-1", "a1-2"]
    assert terminal("review", "accept", "--first", "2").stdout.strip() == "Accepted a1-1, a1-2"
    assert terminal("review", "reject", "a2-1").stdout.strip() == "Rejected a2-1"
    edited = terminal("review", "edit", "a1-1", "red fox")
    assert edited.stdout.strip() == "Accepted a1-1 red fox"
    assert terminal("review", "accept").exit_code == 1


def test_what_breaks_the_conventions_is_reported_and_counted_at_ingest(
    terminal: Terminal, fake: ServedApp
) -> None:
    told = terminal("conform").stdout
    assert "IMG_1.png (a1): Its name says nothing; 'cat.png' would do." in told
    assert "1 asset to mend. Nothing was changed." in told
    outcome = FileOutcomeView("a1", "IMG_1.png", "added", "", "Its name says nothing.")
    fake.library.ingest = lambda *_, **__: iter([outcome])  # type: ignore[method-assign]
    assert "1 file break the conventions" in terminal("ingest", "x").stdout
    (line,) = terminal.lines("ingest", "x", "--json")
    assert line["conform"] == "Its name says nothing."
