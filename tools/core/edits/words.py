"""Reads what is to be done to a picture out of a request, by rules in eight languages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from tools.core.colours import NAMES, meant
from tools.core.edits.wishes import (
    Enlarged,
    Graded,
    NewGround,
    Recoloured,
    Stamped,
    Widened,
    Wish,
)
from tools.core.errors import Fixable
from tools.core.search.filters.lexicon import Span, spans, whole
from tools.core.search.folding import fold, words_of
from tools.core.search.lexicon.concepts import default_lexicon
from tools.core.search.lexicon.reading import read
from tools.core.search.lexicon.sights import default_sights
from tools.core.search.query import default_vocabulary

CAN = (
    "What can be done: cut the subject out, give it another background (a colour, a gradient, "
    "blurred, transparent), recolour an object, brighter, darker, warmer, cooler, contrast, "
    "black and white, sepia, sharper, mirrored, a logo in a corner, more canvas, more pixels."
)
SHARE, MOST_FACTOR = 0.25, 4.0
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])")
_INSTEAD = re.compile(
    r"instead of|rather than|statt|anstatt|au lieu d|en vez d|en lugar d|em vez d|invece (?:che|di)"
    r"|in plaats van|ではなく"
)
_EXCEPT = whole(
    r"except|everything but|ausser|sauf|excepto|salvo|exceto|tranne|solo l\S*|behalve|\w*以外\w*"
)
_FACTOR = re.compile(
    r"(\d(?:[.,]\d)?)\s*-?(?:x|×|fach\w*|fold|times|fois|veces|vezes|volte|keer|倍)|x\s?(\d)(?!\d)"
)
_PERCENT = re.compile(r"(\d{1,3})\s?(?:%|percent|prozent)")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{2,80})[\"“”„«»]")
_SIDES = ("left", "right", "top", "bottom")
_LITTLE = whole(
    r"(?:a )?(?:little|bit|tad)|etwas|ein wenig|bisschen|un peu|un poco|un pouco|un po'?"
    r"|(?:een )?beetje|wat|\w*少し\w*"
)


def read_edit(said: str) -> Wish:
    """Give what is wanted; Fixable, saying what is possible, where it cannot be done or told."""
    text = fold(said)
    for reader in (_stamp, _ground, _bigger, _canvas, _grade, _recolour):
        if wish := reader(text):
            return wish
    if _has("does", "remove", text):
        raise Fixable(
            "Things in a picture cannot be painted away here: what is behind them is in no pixel, "
            f"and making it up is not offered. {CAN}"
        )
    raise Fixable(f"That edit was not understood, or cannot be done here. {CAN}")


def _stamp(text: str) -> Wish | None:
    if not _has("things", "logo", text) or _has("does", "remove", text):
        return None
    if _has("things", "wearer", text):
        raise Fixable(
            "A logo can be laid flat into a corner or on a side; on a thing in the picture it "
            "would have to follow its folds and light. Say for example: bottom right."
        )
    sides = _edges(text)
    place = " ".join(side for side in ("top", "bottom", "left", "right") if side in sides)
    quoted = _QUOTED.search(text)
    return Stamped(quoted[1].strip() if quoted else "logo", place or "bottom right")


def _ground(text: str) -> Wish | None:
    behind = _has("does", "remove", text) and _has("things", "behind", text)
    named = _has("things", "background", text) and not behind
    cut = _has("does", "cut", text)
    colours = _colours(text)
    onto = any(_onto(text, colour) for colour in colours)
    if not (named or cut or onto):
        return None
    if _has("does", "gradient", text):
        if not colours:
            raise Fixable("From which colour to which? For example: from white to #00aaff.")
        values = [colour.value for colour in colours]
        return NewGround("gradient", (values[0], values[1] if len(values) > 1 else "#ffffff"))
    if named and _has("does", "blur", text):
        return NewGround("blur")
    if colours:
        return NewGround("colour", (colours[-1].value,))
    if cut or _has("does", "remove", text):
        return NewGround("transparent")
    raise Fixable(
        "Which background? A colour (white, teal, #00aaff), a gradient from one colour to another, "
        "blurred, or none (cut out). Another scene is not painted here."
    )


def _bigger(text: str) -> Wish | None:
    if not _has("does", "enlarge", text):
        return None
    found = _FACTOR.search(text)
    factor = float((found[1] or found[2]).replace(",", ".")) if found else 2.0
    if not 1.0 < factor <= MOST_FACTOR:
        raise Fixable(f"Pictures are enlarged up to {MOST_FACTOR:g} times. Say for example: 2x.")
    return Enlarged(factor)


def _canvas(text: str) -> Wish | None:
    edges = _edges(text)
    wider = _has("does", "extend", text) and bool(edges)
    if _has("does", "remove", text) or not (wider or _has("things", "canvas", text)):
        return None
    around = _has("things", "all_around", text) or not edges
    sides = _SIDES if around else edges
    colours = _colours(text)
    percent = _PERCENT.search(text)
    usual = 0.05 if around and colours else SHARE / 2 if _LITTLE.search(text) else SHARE
    share = int(percent[1]) / 100 if percent else usual
    if not 0 < share <= 1:
        raise Fixable("A side can grow by 1 to 100 % of the picture. Say for example: 25 %.")
    return Widened(sides, share, colours[-1].value if colours else "")


def _grade(text: str) -> Wish | None:
    found = {name: list(_pattern("grades", name).finditer(text)) for name in _tables()["grades"]}
    steps = tuple(name for name, matches in found.items() if matches)
    taken = [Span("", m.start(), m.end()) for matches in found.values() for m in matches]
    loose = [colour for colour in _colours(text) if not any(_share(colour, one) for one in taken)]
    if not steps or loose or _has("does", "remove", text):
        return None
    if _EXCEPT.search(text):
        raise Fixable("A grade goes over the whole picture, not over all but one thing of it.")
    return Graded(steps)


def _recolour(text: str) -> Wish | None:
    colours = _colours(text)
    if not colours or _EXCEPT.search(text) or _has("does", "remove", text):
        return None
    words = [word for word in words_of(_without(text, colours)) if word]
    vocabulary = default_vocabulary()
    content = [word for word in words if word not in vocabulary.fillers]
    shown = read(content, {}, default_lexicon(vocabulary.fillers), default_sights()).sights
    if _has("things", "behind", text):
        raise Fixable(
            "What is behind a thing is not recoloured alone; the whole background can be."
        )
    objects = frozenset(name for kinds in shown.values() for kind in kinds for name in kind.objects)
    if not objects:
        raise Fixable(
            "What is to get that colour? An object that was found in the picture can be recoloured "
            f"(the car, the cup), or the background. {CAN}"
        )
    return Recoloured(" ".join(shown), objects, colours[-1].value)


def _colours(text: str) -> list[Span]:
    """Find colours as `#rrggbb` in the order said, without what they shall replace."""
    end = instead.start() if (instead := _INSTEAD.search(text)) else len(text)
    found = [Span(_full(m[0]), m.start(), m.end()) for m in _HEX.finditer(text)]
    named = sorted(spans("colours", text), key=lambda span: span.start - span.end)
    for span in named:
        known = span.value in NAMES
        if known and not any(_share(span, other) for other in found):
            found.append(Span(meant(span.value), span.start, span.end))
    return sorted((one for one in found if one.start < end), key=lambda span: span.start)


def _full(code: str) -> str:
    return code if len(code) == 7 else "#" + "".join(letter * 2 for letter in code[1:])


def _onto(text: str, colour: Span) -> bool:
    before = text[: colour.start].rstrip()
    return any(match.end() == len(before) for match in _pattern("things", "onto").finditer(before))


def _edges(text: str) -> tuple[str, ...]:
    if _has("edges", "both", text):
        return ("left", "right")
    return tuple(side for side in _SIDES if _has("edges", side, text))


def _without(text: str, gone: list[Span]) -> str:
    for span in reversed(gone):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _share(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _has(table: str, key: str, text: str) -> bool:
    return _pattern(table, key).search(text) is not None


@lru_cache(maxsize=64)
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return whole(_tables()[table][key])


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


def grades() -> Iterator[str]:
    """List the steps of grading, in the order in which they are carried out."""
    return iter(_tables()["grades"])
