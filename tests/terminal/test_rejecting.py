"""A value is rejected like a plan is, with one word more; the list takes it back."""

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
