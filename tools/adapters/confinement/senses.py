"""The ports that open files, kept in the reading room; what works on pixels stays outside."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from tools.adapters.confinement.letters import Letter
from tools.adapters.confinement.room import DIED, ReadingRoom
from tools.adapters.documents.files import FileDocuments
from tools.adapters.imaging.limits import check_size
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.vocabulary.files import FileVocabularies
from tools.core.datasets.schema import Column, Kind, Schema
from tools.core.errors import Fixable
from tools.core.perception import FileFacts
from tools.core.ports import DocumentText, Frame, Rendered, RenderSpec, SoundPart
from tools.core.taxonomy.concepts import Concept, read

_MODES = {"RGB": 3, "RGBA": 4, "L": 1}


class ConfinedProbe:
    """Implements ports.Probe in the reading room."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def identify(self, path: Path) -> FileFacts:
        """Describe the file; Fixable as in ContentProbe, and when it kills its reader."""
        facts = self._room.ask("identify", path).head["facts"]
        paired = {"asides": tuple((str(place), str(text)) for place, text in facts["asides"])}
        return FileFacts(**{**facts, **paired, "warnings": tuple(facts["warnings"])})

    def sidecar(self, path: Path) -> dict[str, str]:
        """Give what an XMP file says; Fixable when it cannot be opened or kills its reader."""
        said = self._room.ask("sidecar", path).head["said"]
        return {str(name): str(text) for name, text in said.items()}


class ConfinedImaging(PillowImaging):
    """Implements ports.Imaging; files are decoded in the reading room."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def open(self, path: Path, longest_side: int | None = None) -> Image.Image:
        """Decode upright sRGB; Fixable as in PillowImaging, and when it kills its reader."""
        return _pictures(self._room.ask("open", path, side=longest_side))[0][1]

    def render(self, path: Path, spec: RenderSpec) -> Rendered:
        """Make a new encoded picture of a file; Fixable as in PillowImaging."""
        letter = self._room.ask("render", path, spec=asdict(spec))
        facts = letter.head["rendered"]
        return Rendered(letter.parts[0], facts["mime"], facts["width"], facts["height"])


class ConfinedDocuments(FileDocuments):
    """Implements ports.Documents; files are read and drawn in the reading room."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def read(self, path: Path, mime: str) -> DocumentText:
        """Extract the text; Fixable as in FileDocuments, and when it kills its reader."""
        text = self._room.ask("read", path, mime=mime).head["text"]
        asides = tuple((str(place), str(said)) for place, said in text["asides"])
        return DocumentText(
            tuple(text["pages"]),
            truncated=text["truncated"],
            asides=asides,
            times=tuple(map(float, text["times"])),
        )

    def schemas(self, path: Path, mime: str) -> tuple[Schema, ...]:
        """Describe columns; Fixable as in FileDocuments, and when it kills its reader."""
        found = self._room.ask("schemas", path, mime=mime).head["schemas"]
        return tuple(
            Schema(**{**one, "columns": tuple(_column(column) for column in one["columns"])})
            for one in found
        )

    def preview(self, path: Path, mime: str, page: int = 1) -> Image.Image | None:
        """Draw a page, or None where it cannot be drawn; what has no pages by its beginning."""
        found = _pictures(self._room.ask("preview", path, mime=mime, page=page))
        return found[0][1] if found else None


class ConfinedVideo:
    """Implements ports.VideoReader in the reading room."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def shots(self, path: Path) -> tuple[float, ...]:
        """Give where shots begin; Fixable as in PyavVideo, and when it kills its reader."""
        return tuple(map(float, self._room.ask("shots", path).head["shots"]))

    def key_frames(self, path: Path, count: int, shots: Sequence[float] = ()) -> tuple[Frame, ...]:
        """Give frames; Fixable as in PyavVideo, and when it kills its reader."""
        letter = self._room.ask("frames", path, count=count, shots=list(shots))
        return tuple(Frame(seconds, picture) for seconds, picture in _pictures(letter))


class ConfinedVocabularies(FileVocabularies):
    """Implements ports.Vocabularies; files are parsed in the reading room."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def read(self, path: Path) -> tuple[Concept, ...]:
        """Give the concepts; Fixable as in FileVocabularies, and when it kills its reader."""
        return read(self._room.ask("vocabulary", path).head["concepts"])


class ConfinedSound:
    """Implements ports.SoundReader in the reading room; only samples come out."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room

    def part(self, path: Path, start: float, seconds: float) -> SoundPart:
        """Decode a stretch; Fixable as in PyavSound, and when it kills its reader."""
        letter = self._room.ask("sound", path, start=start, seconds=seconds)
        (pcm,) = letter.parts
        if len(pcm) % 2:
            raise Fixable(DIED)
        return SoundPart(pcm, last=bool(letter.head["last"]))


def _column(facts: Any) -> Column:
    return Column(**{**facts, "kind": Kind(facts["kind"]), "values": tuple(facts["values"])})


def _pictures(letter: Letter) -> list[tuple[float, Image.Image]]:
    """Take pictures out of a letter, believing nothing that does not fit together."""
    found = []
    for facts, pixels in zip(letter.head["pictures"], letter.parts, strict=True):
        mode, (width, height) = facts["mode"], facts["size"]
        check_size(width, height)
        if mode not in _MODES or len(pixels) != width * height * _MODES[mode]:
            raise Fixable(DIED)
        picture = Image.frombytes(mode, (width, height), pixels)
        found.append((float(facts["seconds"]), picture))
    return found
