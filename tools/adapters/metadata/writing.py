"""Writes an asset's fields into a file by exiftool, after the guideline of the MWG.

Texts of people never become arguments of the program: they go into an XMP file that we write, and
the program copies from there, so that nothing in them can be taken for an option or a path.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.adapters.imaging.xmp import LINES, write_xmp
from tools.adapters.metadata.exiftool import MISSING, ExifTool
from tools.core.errors import Fixable

# Texts in several languages; only what has no language is written, the others stay.
_TEXTS = (
    "XMP-dc:Title",
    "XMP-dc:Description",
    "XMP-dc:Rights",
    "XMP-iptcCore:AltTextAccessibility",
    "XMP-xmpRights:UsageTerms",
)
_XMP = (
    "XMP-dc:Creator",
    "XMP-dc:Subject",
    "XMP-photoshop:Credit",
    "XMP-iptcExt:DigitalSourceType",
    "XMP-plus:CopyrightOwner",
    "XMP-plus:Licensor",
    "XMP-plus:DataMining",
    "XMP-xmpRights:Owner",
    "XMP-xmpRights:WebStatement",
    "XMP-lr:HierarchicalSubject",
    "XMP-digiKam:TagsList",
    "XMP-xmp:Rating",
    "XMP-xmp:Label",
)
# Lists are replaced whole: what is no tag any more must not stay.
_EMPTIED = ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList")
_IPTC = {
    "ObjectName": "XMP-dc:Title",
    "Caption-Abstract": "XMP-dc:Description",
    "By-line": "XMP-dc:Creator",
    "CopyrightNotice": "XMP-dc:Rights",
    "Credit": "XMP-photoshop:Credit",
    "Keywords": "XMP-dc:Subject",
}
# The most bytes that IPTC-IIM 4.2 allows.
_IPTC_LENGTHS = {
    "title": 64,
    "description": 2000,
    "creator": 32,
    "copyright": 128,
    "credit": 32,
    "keywords": 64,
}
_EXIF = {
    "ImageDescription": "XMP-dc:Description",
    "Artist": "XMP-dc:Creator",
    "Copyright": "XMP-dc:Rights",
}
_PDF = {
    "Title": "XMP-dc:Title",
    "Author": "XMP-dc:Creator",
    "Subject": "XMP-dc:Description",
    "Keywords": "XMP-dc:Subject",
}
_WITH_IPTC = frozenset({"image/jpeg", "image/tiff"})
_WITH_EXIF = _WITH_IPTC | {"image/png", "image/webp", "image/heic", "image/avif"}
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "image/vnd.adobe.photoshop": ".psd",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    # Into a sidecar, so that what other programs keep in it stays.
    "application/rdf+xml": ".xmp",
}


class MetadataFiles:
    """Implements ports.MetadataWriter."""

    def __init__(self, exiftool: ExifTool) -> None:
        self._exiftool = exiftool

    def obstacle(self, mime: str) -> str:
        """Say why nothing can be written into files of a kind, "" when it can."""
        if mime not in _ENDINGS:
            return f"{mime} takes no metadata that can be read back"
        return "" if self._exiftool.installed else MISSING

    def write(self, path: Path, mime: str, fields: Mapping[str, str]) -> None:
        """Write fields into a file in place, which lies in a folder of its own.

        Raises Fixable, in half a sentence, when that fails.
        """
        # The program goes by endings; names of people's files never reach it, and neither do those
        # of their folders, where it takes %d for a code and a line end for the next argument.
        named = path.with_name(f"written{_ENDINGS[mime]}")
        with TemporaryDirectory(prefix="dalm-") as own:
            whole, short, there = (Path(own, name) for name in ("whole.xmp", "short.xmp", "there"))
            whole.write_bytes(write_xmp(fields))
            short.write_bytes(write_xmp(_shortened(fields)))
            there.symlink_to(path.parent.absolute())
            path.rename(named)
            try:
                said = self._exiftool.run(
                    [*_arguments(mime, whole, short), str(there / named.name)]
                )
            finally:
                named.rename(path)
        if "1 image files updated" not in said and "1 image files unchanged" not in said:
            raise Fixable(_why(said))

    def sidecar(self, fields: Mapping[str, str]) -> bytes:
        """Write fields as an XMP file that lies beside another."""
        return write_xmp(fields)

    def close(self) -> None:
        """End the program."""
        self._exiftool.close()


def _arguments(mime: str, whole: Path, short: Path) -> list[str]:
    given = [
        "-n",
        "-api",
        "LargeFileSupport=1",
        "-charset",
        "exif=UTF8",
        *(f"-{tag}=" for tag in _EMPTIED),
    ]
    given += ["-tagsFromFile", str(whole), *(f"-{tag}" for tag in _XMP)]
    given += [f"-{tag}-x-default<{tag}" for tag in _TEXTS]
    if mime in _WITH_IPTC:
        # What is there already is read and written again, so that all of it becomes UTF-8.
        given += ["-IPTC:Keywords=", "-tagsFromFile", "@", "-IPTC:all", "--IPTC:Keywords"]
        given += _copied(short, "IPTC", _IPTC)
        given += ["-IPTC:CodedCharacterSet=UTF8", "-Photoshop:IPTCDigest=new"]
    if mime in _WITH_EXIF:
        given += _copied(whole, "EXIF", _EXIF)
    if mime == "application/pdf":
        given += ["-PDF:Keywords=", *_copied(whole, "PDF", _PDF)]
    return [*given, "-overwrite_original"]


def _copied(source: Path, group: str, tags: Mapping[str, str]) -> list[str]:
    return ["-tagsFromFile", str(source), *(f"-{group}:{to}<{of}" for to, of in tags.items())]


def _shortened(fields: Mapping[str, str]) -> dict[str, str]:
    """Cut texts to the lengths of IPTC, never within a letter."""
    return {
        name: "\n".join(_cut(line, length) for line in fields[name].splitlines())
        if name in LINES
        else _cut(fields[name], length)
        for name, length in _IPTC_LENGTHS.items()
        if fields.get(name)
    }


def _cut(text: str, length: int) -> str:
    return text.encode()[:length].decode("utf-8", "ignore")


def _why(said: str) -> str:
    errors = [line for line in said.splitlines() if line.startswith("Error")]
    return errors[0].removeprefix("Error:").partition(" - ")[0].strip() if errors else "no reason"
