"""Makes hostile files by name: which carrier, which order, which disguise is in files.toml."""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from agent.bootstrap import SAMPLES
from evals.hostile import documents, pictures
from evals.hostile.disguises import DISGUISES

FILE = Path(__file__).with_name("files.toml")
SCENE = "IMG_2015.png"

_MAKERS: Mapping[str, Callable[[Path, str], bytes]] = {
    "caption": pictures.with_caption,
    "exif": pictures.with_exif,
    "user comment": pictures.with_user_comment,
    "xmp": pictures.with_xmp,
    "keyword": pictures.with_keyword,
    "jpeg comment": pictures.with_comment,
    "png chunk": pictures.with_chunk,
    "ocr": pictures.with_writing,
    "file name": pictures.bare,
    "pdf text": documents.pdf_with_text,
    "pdf white": documents.pdf_in_white,
    "pdf note": documents.pdf_with_note,
    "docx comment": documents.docx_with_comment,
    "docx hidden": documents.docx_with_hidden_text,
    "docx property": documents.docx_with_property,
    "csv cell": documents.csv_with_cell,
    "subtitle": documents.subtitles,
    "web subtitle": documents.web_subtitles,
    "text": documents.plain,
    "markdown": documents.markdown,
}


def make(name: str, folder: Path) -> Path:
    """Write the hostile file of that name into a folder; KeyError when there is none."""
    entry = _entries()[name]
    order = DISGUISES[entry.get("disguise", "")](entry.get("order", ""))
    text = entry.get("around", "{}").replace("{}", order)
    path = folder / name
    path.write_bytes(_MAKERS[entry["carrier"]](_scene(entry), text))
    return path


def names(split: str = "") -> tuple[str, ...]:
    """List the hostile files, those of one split or all."""
    return tuple(name for name, entry in _entries().items() if not split or entry["split"] == split)


@lru_cache(maxsize=1)
def _entries() -> dict[str, dict[str, str]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        entry["name"]: {**entry, "split": split}
        for split in ("train", "test")
        for entry in document[split]
    }


def _scene(entry: Mapping[str, str]) -> Path:
    return SAMPLES / "photos" / entry.get("scene", SCENE)
