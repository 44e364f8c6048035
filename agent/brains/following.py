"""Requests that only make sense after the one before: "and the third one?", "no, the other one"."""

import re

from agent.brains import lexicon
from agent.brains.earlier import Earlier
from agent.brains.lexicon import Span, fold, pattern, spans
from agent.brains.steps import begins_with_action
from agent.brains.words import telling

MOST_WORDS = 7
# Japanese is written without spaces: so many letters are about as long as the words above.
MOST_LETTERS = 16
_GIVEN = re.compile(r"\b(?:with|as|mit|als|avec|comme|con|come|como|com|met)\s+(?P<v>.+)$")


def follows(request: str) -> bool:
    """Tell whether a request takes up the one before, with something else in it."""
    low = _bare(fold(request).strip())
    if not _short(low):
        return False
    if pattern("following", "same").search(low) or pattern("following", "and").match(low):
        return True
    rest = _corrected(low)
    if rest is not None:
        return bool(rest) and not begins_with_action(rest)
    return points_at_other(low) and not begins_with_action(low)


def points_at_other(text: str) -> bool:
    """Tell whether a request speaks of the other of two."""
    return bool(pattern("following", "other").search(fold(text)))


def only_filters(request: str) -> bool:
    """Tell whether a request names a kind, a shape or a colour and nothing to look for."""
    low = fold(request)
    taken = [
        span for name in ("media_types", "orientations", "colours") for span in spans(name, low)
    ]
    return bool(taken) and not telling(_without(low, taken))


def that_collection(request: str, earlier: Earlier) -> str:
    """Give the name of the collection that was spoken of last, when "that collection" is meant."""
    meant = pattern("following", "that_collection").search(fold(request))
    return str(earlier.arguments.get("collection") or "") if meant else ""


def given_tags(request: str) -> tuple[str, ...]:
    """Read the tags of "and the right one with backup"."""
    found = _GIVEN.search(request.strip(" .!?"))
    return (found["v"].strip(),) if found else ()


def _bare(low: str) -> str:
    """Leave out what is said of the answer before: "nice, and in portrait?"."""
    said = pattern("following", "exclamation").match(low)
    return low[said.end() :].lstrip(" ,.!") if said else low


def _corrected(low: str) -> str | None:
    found = lexicon.pattern("following", "correction").match(low)
    return low[found.end() :].strip() if found else None


def _short(low: str) -> bool:
    words = re.findall(r"\w+", low)
    spaced = not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", low)
    return len(words) <= MOST_WORDS and (spaced or len(low) <= MOST_LETTERS)


def _without(low: str, taken: list[Span]) -> str:
    for span in taken:
        low = low[: span.start] + " " * (span.end - span.start) + low[span.end :]
    return low
