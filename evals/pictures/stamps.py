"""The stamps of Tux Paint: cut-outs, photographed and drawn, with captions in many languages."""

from collections.abc import Iterator
from pathlib import Path

from evals.pictures.captioned import LANGUAGES, Captioned, PictureSet, first_sentence, short

PLACE = Path("usr/share/tuxpaint/stamps")
# Letters, digits and notes are read as text, not found as pictures.
LEFT_OUT = "symbols"
# Beside each picture lies a text: the English caption, then a line `LANGUAGE.utf8=CAPTION` each.
MARK = ".utf8="


def stamps(root: Path) -> PictureSet | None:
    """Read the stamps below the root of a file system, or None where they are not installed."""
    folder = root / PLACE
    pictures = tuple(_pictures(folder)) if folder.is_dir() else ()
    if not pictures:
        return None
    source = "Debian package tuxpaint-stamps-default"
    return PictureSet("stamps", "cut-outs", source, "GPL-2+ and public domain", pictures)


def _pictures(folder: Path) -> Iterator[Captioned]:
    for path in sorted(folder.rglob("*.png")):
        text = path.with_suffix(".txt")
        if path.relative_to(folder).parts[0] == LEFT_OUT or not text.is_file():
            continue
        captions = _captions(text.read_text(encoding="utf-8", errors="replace"))
        if short(captions["en"]):
            yield Captioned(path, captions)


def _captions(text: str) -> dict[str, str]:
    lines = text.splitlines() or [""]
    captions = {"en": first_sentence(lines[0])}
    for line in lines[1:]:
        language, found, caption = line.partition(MARK)
        if found and language in LANGUAGES and (said := first_sentence(caption)):
            captions[language] = said
    return captions
