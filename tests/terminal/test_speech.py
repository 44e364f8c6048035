"""The answer as it streams: whole, inert, and marked up where a terminal can show it."""

import io
import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ui.cli.speech import Speech, inert


def spoken(*pieces: str, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, markup=False, highlight=False, width=80)
    speech = Speech(console)
    for piece in pieces:
        speech.say(piece)
    speech.end()
    return out.getvalue()


def test_pieces_join_as_they_are() -> None:
    assert spoken("Hel", "lo\n", "  wor", "ld") == "Hello\n  world\n"


def test_marks_become_style_even_when_a_piece_cuts_them() -> None:
    whole = spoken("a **bold** and `code`", terminal=True)
    assert "\x1b[1mbold" in whole
    assert "**" not in whole
    assert "`" not in whole
    assert spoken("a *", "*bold*", "* and `co", "de`", terminal=True).count("bold") == 1
    assert "*" not in spoken("a *", "*bold*", "* b", terminal=True)


def test_a_single_star_is_a_star() -> None:
    assert spoken("2 * 3 *", " 4 *", terminal=True).strip() == "2 * 3 * 4 *"


@given(st.text().map(lambda text: text.replace("\t", " ")), st.integers(0, 2**16))
def test_nothing_acts_on_the_terminal_and_nothing_else_is_lost(text: str, seed: int) -> None:
    cut = random.Random(seed)
    places = sorted(cut.randint(0, len(text)) for _ in range(4))
    edges = [0, *places, len(text)]
    pieces = [text[a:b] for a, b in pairwise(edges)]
    said = spoken(*pieces)
    assert not set(said) & set("\x1b\x9b\x07\x08\r\u202e\u2066")
    assert said.rstrip("\n") == inert(text).rstrip("\n")
