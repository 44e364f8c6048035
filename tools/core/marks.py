"""Marks that people give to pictures in other programs: stars, colour labels, keyword paths."""

import re

MOST_STARS = 5
_DEEPEST = 8
# Programs write the label in the language that they speak.
_COLOURS = {
    "red": "red rot rouge rojo rosso vermelho rood レッド 赤",
    "yellow": "yellow gelb jaune amarillo giallo amarelo geel イエロー 黄",
    "green": "green grün vert verde groen グリーン 緑",
    "blue": "blue blau bleu azul blu blauw ブルー 青",
    "purple": "purple lila violett violet púrpura morado viola roxo paars パープル 紫",
}
_KNOWN = {word: colour for colour, words in _COLOURS.items() for word in words.split()}
_STEPS = re.compile(r"\s*[|>]\s*")


def stars(text: str) -> str:
    """Give a rating as one to five stars; rejected, unrated and senseless ones are ""."""
    try:
        number = round(float(text.strip().replace(",", ".")))
    except (ValueError, OverflowError):
        return ""
    return str(number) if 1 <= number <= MOST_STARS else ""


def colour_label(text: str) -> str:
    """Give a label's colour in English, or the label as it is where it names no colour."""
    plain = " ".join(text.split())[:60]
    return _KNOWN.get(plain.casefold(), plain)


def keyword_paths(text: str) -> list[tuple[str, ...]]:
    """Give hierarchical keywords, a line each, from the broadest to the narrowest word."""
    found = []
    for line in text.splitlines():
        steps = tuple(" ".join(step.split()) for step in _STEPS.split(line) if step.strip())
        if len(steps) > 1:
            found.append(steps[:_DEEPEST])
    return list(dict.fromkeys(found))
