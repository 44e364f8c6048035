"""Making one copy: its fields written inside or beside it, read back, and put into the folder."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.core.assets import Asset, Companion
from tools.core.errors import Fixable
from tools.core.exporting.outcomes import Carried, ExportedFile
from tools.core.exporting.placing import place
from tools.core.exporting.scratch import Scratch
from tools.core.ingest.attaching import XMP
from tools.core.ingest.naming import stored_name
from tools.core.ingest.sidecars import merged
from tools.core.originals import Originals
from tools.core.perception import FileFacts
from tools.core.ports import MetadataWriter, Probe

# A file may have lists that are wholly gone from the library.
LISTS = ("keywords", "keyword_paths")
CHANGED = "the file was altered by writing, so it was not kept"


@dataclass(frozen=True, slots=True)
class Leaving:
    """An asset on its way out, what it is to carry, given what its files say now, and with whom."""

    asset: Asset
    fields: Mapping[str, str]
    found: Mapping[str, str]
    companions: tuple[Companion, ...] = ()


class Copying:
    """Makes copies, one at a time."""

    def __init__(
        self, *, originals: Originals, probe: Probe, writer: MetadataWriter, scratch: Scratch
    ) -> None:
        self.room = scratch.room
        self._originals = originals
        self._probe = probe
        self._writer = writer

    def found(self, asset: Asset, companions: Sequence[Companion]) -> dict[str, str]:
        """Give what an asset's files say now; one that cannot be read says nothing.

        Raises Fixable when a file is gone or was changed.
        """
        said: dict[str, str] = {}
        with self._originals.open(asset) as path, suppress(Fixable):
            said = self._probe.identify(path).embedded
        for one in companions:
            if one.role == "sidecar":
                with self._originals.beside(one) as path:
                    said = merged(said, self._probe.sidecar(path))
        return said

    def copy(self, leaving: Leaving, folder: Path) -> ExportedFile:
        """Copy a file with its fields into a folder; Fixable says why that failed."""
        asset, fields = leaving.asset, leaving.fields
        gone = [name for name in LISTS if leaving.found.get(name) and name not in fields]
        with self.room(folder) as scratch:
            ready = scratch / "copy"
            self._fetch(asset, ready)
            obstacle, carried = "", Carried.NOTHING
            if fields or gone:
                obstacle = self._written(asset, ready, fields)
                carried = Carried.BESIDE if obstacle else Carried.INSIDE
            along, told = self._companions(leaving, scratch)
            placed, twin = place(ready, folder, stored_name(asset.file_name))
            beside = [
                place(file, folder, _called(placed, one))[0].name for file, one in along.items()
            ]
            if obstacle and fields and not told:
                self._beside(placed, fields, scratch)
            elif obstacle and not told:
                carried = Carried.NOTHING
        names = tuple(fields) if carried is not Carried.NOTHING else ()
        if twin and carried is not Carried.BESIDE:
            carried = Carried.UNCHANGED
        return ExportedFile(
            asset.id, asset.title, placed.name, carried, names, obstacle, tuple(beside)
        )

    def sidecar(self, leaving: Leaving, folder: Path) -> ExportedFile:
        """Write only the XMP file of an asset into a folder; Fixable says why that failed."""
        asset = leaving.asset
        if not leaving.fields:
            return ExportedFile(asset.id, asset.title, asset.file_name, Carried.NOTHING)
        with self.room(folder) as scratch:
            beside = folder / stored_name(asset.file_name)
            name = self._beside(beside, leaving.fields, scratch)
        names = tuple(leaving.fields)
        return ExportedFile(asset.id, asset.title, name, Carried.BESIDE, names)

    def renewed(self, sidecar: Path, fields: Mapping[str, str], scratch: Path) -> Path:
        """Give a sidecar with fields written and read back; what others wrote into it stays.

        Raises Fixable when there is one and exiftool, which can change it, is missing.
        """
        ready = scratch / "copy"
        if not sidecar.is_file():
            ready.write_bytes(self._writer.sidecar(fields))
        elif why := self._writer.obstacle(XMP):
            raise Fixable(f"{sidecar.name} is there already, and to change it {why}")
        else:
            shutil.copyfile(sidecar, ready)
            self._writer.write(ready, XMP, fields)
        _check(fields, self._probe.sidecar(ready))
        return ready

    def _companions(self, leaving: Leaving, scratch: Path) -> tuple[dict[Path, Companion], bool]:
        """Fetch what goes along, and tell whether a sidecar among it says the fields now.

        A sidecar keeps what other programs wrote into it; without exiftool it goes as it is.
        """
        along: dict[Path, Companion] = {}
        told = False
        for number, one in enumerate(leaving.companions):
            room = scratch / f"beside-{number}"
            room.mkdir()
            file = room / "copy"
            with self._originals.beside(one) as path:
                shutil.copyfile(path, file)
            if one.role == "sidecar" and not self._writer.obstacle(one.mime):
                self._writer.write(file, one.mime, leaving.fields)
                _check(leaving.fields, self._probe.sidecar(file))
                told = True
            along[file] = one
        return along, told

    def _fetch(self, asset: Asset, ready: Path) -> None:
        with self._originals.open(asset) as path:
            shutil.copyfile(path, ready)

    def _written(self, asset: Asset, ready: Path, fields: Mapping[str, str]) -> str:
        """Write into a copy and read it back; gives why it has to be a sidecar instead, or "".

        Raises Fixable when the copy does not say what was written, or is not the same picture.
        """
        mime = asset.version.mime
        if why := self._writer.obstacle(mime):
            return why
        before = self._probe.identify(ready)
        try:
            self._writer.write(ready, mime, fields)
        except Fixable as trouble:
            self._fetch(asset, ready)
            return str(trouble)
        after = self._probe.identify(ready)
        if _shape(before) != _shape(after):
            raise Fixable(CHANGED)
        _check(fields, after.embedded)
        return ""

    def _beside(self, path: Path, fields: Mapping[str, str], scratch: Path) -> str:
        """Put a sidecar beside a copy, read it back and give its name."""
        ready = scratch / "sidecar"
        ready.write_bytes(self._writer.sidecar(fields))
        _check(fields, self._probe.sidecar(ready))
        return place(ready, path.parent, f"{path.name}.xmp")[0].name


def _called(placed: Path, companion: Companion) -> str:
    """Name a companion after its file, so that other programs find them together."""
    name = Path(companion.file_name)
    whole = companion.role == "sidecar" and "." in name.stem
    return f"{placed.name if whole else placed.stem}{name.suffix}"


def _shape(facts: FileFacts) -> tuple[object, ...]:
    return facts.mime, facts.width, facts.height, facts.duration, facts.pages


def _check(fields: Mapping[str, str], read: Mapping[str, str]) -> None:
    wanted = dict.fromkeys(LISTS, "") | dict(fields)
    wrong = [name for name, text in wanted.items() if read.get(name, "") != text]
    if wrong:
        names = ", ".join(name.replace("_", " ") for name in wrong)
        raise Fixable(f"what was written could not be read back the same: {names}")
