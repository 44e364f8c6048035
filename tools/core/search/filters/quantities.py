"""Conditions on numbers with a unit: "longer than 30 seconds", "at least two people", "> 10 MB"."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from tools.core.criteria import AllOf, AnyOf, Between, Criterion, Trait
from tools.core.search.filters.lexicon import at, pattern, source, values
from tools.core.search.filters.piece import Piece

_SCALES = {
    "kilobytes": (Trait.BYTES, 1e3),
    "megabytes": (Trait.BYTES, 1e6),
    "gigabytes": (Trait.BYTES, 1e9),
    "megapixels": (Trait.PIXELS, 1e6),
    "pixels": (Trait.WIDTH, 1.0),
    "seconds": (Trait.DURATION, 1.0),
    "minutes": (Trait.DURATION, 60.0),
    "hours": (Trait.DURATION, 3600.0),
    "pages": (Trait.PAGES, 1.0),
    "people": (Trait.PEOPLE, 1.0),
}
_ARTICLES = "an?|eine[rmn]?|une?|una|uma?|een"
_WIDER, _TALLER = re.compile("wid|breit|bred|larg|anch"), re.compile("tall|hig|hoh|hog|alt")
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:[.,]\d{1,3})?"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_AREA = re.compile(r"(?<![0-9a-z])(\d{3,5})\s?[x×]\s?(\d{3,5})(?:\s?(?:px|pixels?))?(?![0-9])")


def quantities(text: str) -> list[Piece]:
    """Find conditions on numbers in a folded text."""
    found: list[Piece] = []
    for piece in (*_areas(text), *_ranges(text), *_numbers(text)):
        if not any(piece.spans(other) for other in found):
            found.append(piece)
    return found


def _numbers(text: str) -> Iterator[Piece]:
    for match in _number().finditer(text):
        count, trait, factor = _measure(match)
        role, start = _before(text, match.start())
        if match["article"] and (not role or trait is not Trait.DURATION):
            continue
        role, end = _after(text, match.end(), role)
        side, end = _side(text, start, end) if trait is Trait.WIDTH else ("", end)
        role = role or ("exactly" if trait is Trait.PEOPLE else "")
        if role:
            criterion = _lies(trait, role, count * factor, side)
            yield Piece(start, end, criterion, trait)


def _ranges(text: str) -> Iterator[Piece]:
    for match in _range().finditer(text):
        count, trait, factor = _measure(match)
        low = _amount(match["low"]) * factor
        start, end = match.span()
        side, end = _side(text, start, end) if trait is Trait.WIDTH else ("", end)
        both = sorted((low, count * factor))
        yield Piece(start, end, _sided(trait, both[0], both[1], side), trait)


def _areas(text: str) -> Iterator[Piece]:
    """Find sizes like "at least 1920x1080"; alone they are rather what is to be made."""
    for match in _AREA.finditer(text):
        role, start = _before(text, match.start())
        role, end = _after(text, match.end(), role)
        if role:
            width, height = int(match[1]), int(match[2])
            sides = (_lies(Trait.WIDTH, role, width, "width"),
                     _lies(Trait.HEIGHT, role, height, "height"))  # fmt: skip
            yield Piece(start, end, AllOf(sides), Trait.WIDTH)


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    count = f"(?:(?P<count>{_DIGITS}|{source('numbers')})|(?P<article>{_ARTICLES}))"
    return re.compile(rf"(?<![a-z0-9.,:/-]){count}[\s-]?{_unit()}(?![a-z0-9])")


@lru_cache(maxsize=1)
def _range() -> re.Pattern[str]:
    number = f"{_DIGITS}|{source('numbers')}"
    lead = rf"(?:{source('before_date', 'between')}\s+)?"
    link = rf"\s?(?:{source('between_dates')}|or)\s?"
    return re.compile(
        rf"(?<![a-z0-9.,:/-]){lead}(?P<low>{number}){link}(?P<count>{number})[\s-]?{_unit()}"
        r"(?![a-z0-9])"
    )


@lru_cache(maxsize=1)
def _unit() -> str:
    return f"(?P<unit>{source('units')[:-1]}|{source('nouns', 'people')}))"


def _measure(match: re.Match[str]) -> tuple[float, Trait, float]:
    people = pattern("nouns", "people").fullmatch(match["unit"])
    units = (unit for unit in values("units") if pattern("units", unit).fullmatch(match["unit"]))
    trait, factor = _SCALES["people" if people else next(units)]
    said = match.groupdict().get("count")
    return _amount(said) if said else 1.0, trait, factor


def _amount(said: str) -> float:
    if said[0].isdigit():
        plain = said.replace(",", "") if _THOUSANDS.fullmatch(said) else said.replace(",", ".")
        return float(plain)
    return float(next(n for n in values("numbers") if pattern("numbers", n).fullmatch(said)))


def _before(text: str, start: int) -> tuple[str, int]:
    """Give the comparison that stands before a number, and where it begins."""
    for role in values("compare"):
        lead = re.search(rf"(?<![a-z0-9]){source('compare', role)}\s?$", text[:start])
        if lead:
            return "exactly" if role == "only" else role, lead.start()
    return "", start


def _after(text: str, end: int, role: str) -> tuple[str, int]:
    """Give the comparison that stands after a number, if any, and where it ends."""
    after = at("compare_after", text, end) or at("compare_after", text, end + 1)
    return (after.value, after.end) if after else (role, end)


def _side(text: str, start: int, end: int) -> tuple[str, int]:
    """Give the side of a picture that a number of pixels is about, "" for the longer one."""
    side = at("sides", text, end) or at("sides", text, end + 1)
    if side:
        return side.value, side.end
    lead = re.match(r"[a-z]+(?: [a-z]+)?", text[start:])
    said = lead[0] if lead else ""
    return ("width" if _WIDER.search(said) else "height" if _TALLER.search(said) else ""), end


def _lies(trait: Trait, role: str, amount: float, side: str) -> Criterion:
    low, high = {
        "above": (math.nextafter(amount, math.inf), None),
        "at_least": (amount, None),
        "below": (None, math.nextafter(amount, -math.inf)),
        "at_most": (None, amount),
    }.get(role, (amount, amount))
    return _sided(trait, low, high, side)


def _sided(trait: Trait, low: float | None, high: float | None, side: str) -> Criterion:
    if trait is not Trait.WIDTH or side == "width":
        return Between(trait, low, high)
    if side == "height":
        return Between(Trait.HEIGHT, low, high)
    return AnyOf((Between(Trait.WIDTH, low, high), Between(Trait.HEIGHT, low, high)))
