"""Counted things in English, as a draft says them."""

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IRREGULAR = {"person": "people", "mouse": "mice", "knife": "knives", "sheep": "sheep",
              "skis": "pairs of skis", "scissors": "pairs of scissors"}  # fmt: skip


def counted_noun(name: str, count: int) -> str:
    """Give the name of one thing, or a number and the plural: "two dogs"."""
    if count < 2:
        return name
    many = _IRREGULAR.get(name)
    if many is None:
        hissing = name.endswith(("s", "x", "ch", "sh"))
        many = f"{name}es" if hissing else f"{name}s"
    number = _NUMBERS[count - 2] if count - 2 < len(_NUMBERS) else str(count)
    return f"{number} {many}"
