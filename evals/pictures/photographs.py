"""The photographs of GCompris, with captions that were written for this measurement."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from evals.pictures.captioned import LANGUAGES, Captioned, PictureSet
from evals.pictures.rcc import entries

PLACE = Path("usr/share/gcompris-qt/rcc")
ACTIVITIES = "gcompris/src/activities/"
CAPTIONS = Path(__file__).parent / "gcompris.tsv"


def photographs(root: Path, unpacked: Path) -> PictureSet | None:
    """Unpack the photographs into a folder, or None where they are not installed."""
    captions = parse_captions(CAPTIONS.read_text(encoding="utf-8"))
    names = sorted({pattern.split("/")[0] for pattern in captions if pattern[0] != "*"})
    archives = [root / PLACE / f"{name}.rcc" for name in names]
    pictures = tuple(
        picture
        for archive in archives
        if archive.is_file()
        for picture in _pictures(archive, captions, unpacked)
    )
    if not pictures:
        return None
    source, licence = "Debian package gcompris-qt-data", "GPL-3+, CC-BY-SA and public domain"
    return PictureSet("photographs", "photographs", source, licence, pictures)


def parse_captions(text: str) -> dict[str, dict[str, str]]:
    """Read captions by language for each pattern of file paths."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: dict(zip(LANGUAGES, row[1:], strict=True)) for row in rows}


def _pictures(
    archive: Path, captions: Mapping[str, Mapping[str, str]], unpacked: Path
) -> Iterator[Captioned]:
    for entry in entries(archive):
        inside = entry.path.removeprefix(ACTIVITIES).replace("/resource/", "/", 1)
        pattern = next((one for one in captions if fnmatchcase(inside, one)), None)
        if pattern is None or not inside.endswith(".webp"):
            continue
        path = unpacked / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(entry.content)
        yield Captioned(path, captions[pattern])
