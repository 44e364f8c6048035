"""The commands of the taxonomy say what they did and write over nothing."""

from pathlib import Path

from tests.terminal.conftest import Terminal


def test_a_taxonomy_is_brought_shown_accepted_and_written(
    terminal: Terminal, tmp_path: Path
) -> None:
    brought = terminal("taxonomy", "import", "things.ttl")
    assert brought.exit_code == 0
    assert "1 concept in en, ja, from things.ttl, proposed by owner." in brought.stdout
    assert "dalm taxonomy accept" in brought.stdout
    assert "a note" in brought.stderr
    assert terminal("taxonomy", "show").exit_code == 1
    (accepted,) = terminal.lines("taxonomy", "accept", "--json")
    assert accepted["state"] == "accepted"
    shown = terminal("taxonomy", "show", "--language", "ja")
    assert shown.stdout.splitlines()[0].split() == ["犬", "Dog"]
    proposed = terminal("taxonomy", "proposed")
    assert proposed.stdout.strip() == "broccoli  2 assets, by model"
    target = tmp_path / "out.ttl"
    assert terminal("taxonomy", "export", str(target)).exit_code == 0
    assert "犬" in target.read_text(encoding="utf-8")
    again = terminal("taxonomy", "export", str(target))
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
