"""Cue features of a request: what regular expressions can tell about the intent."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.brains import languages, lexicon, slots
from agent.brains.lexicon import LATIN, fold

FILE = Path(__file__).with_name("cues.toml")
SHORT = 22
LONG = 90
_PLACES = re.compile(r"(?<!\d)[1-9](?!\d)")


def features(text: str) -> NDArray[np.float64]:
    """Give the cue features of a request, shape (f,), each 0 or 1."""
    low = fold(text).strip()
    hints = [bool(cue.search(low)) for cue in cues().values()]
    places = any(True for _ in lexicon.spans("ordinals", low)) or bool(_PLACES.search(low))
    firm_it = bool(lexicon.pattern("focus", "firm_it").search(low))
    these = bool(lexicon.pattern("focus", "these").search(low))
    named = [
        places,
        these,
        firm_it,
        languages.is_named(text),
        slots.channel(text) is not None,
        slots.territory(text) is not None,
        slots.days(text) is not None,
        slots.media_type(text) is not None,
        slots.orientation(text) is not None,
        slots.colour(text) is not None,
        len(low) < SHORT,
        len(low) > LONG,
    ]
    # Some intents are told apart by two cues together: a question about rights or a statement.
    hint = dict(zip(cues(), hints, strict=True))
    asks = hint["question"] or hint["yes_no"] or hint["asks"]
    pairs = [
        hint["rights"] and asks,
        hint["rights"] and not asks,
        hint["tags"] and hint["suggest"],
        hint["tags"] and hint["whole"],
        hint["delete"] and hint["tags"],
        hint["expiry"] and hint["rights"],
        asks and not (places or these or firm_it),
        hint["find"] and not (places or these or firm_it),
        hint["assistant"] and asks,
        hint["make"] and slots.channel(text) is not None,
        hint["now_public"] and slots.channel(text) is not None,
        hint["delete"] and hint["part"],
        hint["delete"] and (places or these or firm_it) and not hint["part"],
        hint["tags"] and asks and not hint["suggest"],
        hint["publish"] and asks,
        hint["reframe"] and asks and hint["rights"],
        sum(hints) == 0 and len(low) < SHORT,
        sum(hints) == 0,
    ]
    return np.asarray([*hints, *named, *pairs], dtype=np.float64)


@lru_cache(maxsize=1)
def cues() -> dict[str, re.Pattern[str]]:
    """Give the compiled cues by name."""
    document: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: re.compile(rf"(?<![{LATIN}])(?:{text})") for name, text in document.items()}


def cued(word: str) -> bool:
    """Tell whether a folded word belongs to a cue of an action, so that it names no asset."""
    return any(cue.match(word) for name, cue in cues().items() if name not in _NAMING)


_NAMING = frozenset({"story", "whole", "world", "assistant", "question", "library", "yes_no"})
