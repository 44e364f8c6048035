"""What is wanted of an export, and what became of each file."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tools.core.assets import Asset, AssetId
from tools.core.done import Done
from tools.core.errors import Fixable


class Carried(StrEnum):
    """Where the metadata of a copy is.

    NOTHING means that there was none to write, UNCHANGED that the very copy lay there already.
    """

    INSIDE = "inside"
    BESIDE = "beside"
    NOTHING = "nothing"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export where; with a channel it is for somebody outside the team.

    `folder` is a whole path. `sidecars_only` writes the XMP files and no copies.
    """

    asset_ids: tuple[str, ...]
    folder: str
    channel: str | None = None
    territory: str | None = None
    sidecars_only: bool = False


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """What became of one file; `fields` were written and read back the same.

    `beside` names the companions that went along.
    """

    asset_id: AssetId
    title: str
    file: str
    carried: Carried
    fields: tuple[str, ...] = ()
    reason: str = ""
    beside: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Say it in one line."""
        if self.carried is Carried.FAILED:
            return f"'{self.title}' was not exported: {self.reason}"
        if self.carried is Carried.UNCHANGED:
            return f"{self.file}: it lay there already"
        fields = ", ".join(name.replace("_", " ") for name in self.fields)
        said = {
            Carried.INSIDE: f"{fields} written into it and read back",
            Carried.BESIDE: f"{fields} in the sidecar beside it",
            Carried.NOTHING: "as it is, for nothing is known of it that it could carry",
        }[self.carried]
        along = f"; with {', '.join(self.beside)}" if self.beside else ""
        return f"{self.file}: {said}{f' ({self.reason})' if self.reason else ''}{along}"


def attempted(asset: Asset, work: Callable[[], ExportedFile]) -> ExportedFile:
    """Do the work on one file; what a person or the disk can mend fails that file alone."""
    try:
        return work()
    except Fixable as trouble:
        why = str(trouble)
    except OSError as error:
        why = error.strerror or type(error).__name__
    return ExportedFile(asset.id, asset.title, asset.file_name, Carried.FAILED, reason=why)


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export; what failed is told apart."""

    done: Done
    files: tuple[ExportedFile, ...]

    @property
    def failed(self) -> tuple[ExportedFile, ...]:
        """Give what could not be exported."""
        return tuple(one for one in self.files if one.carried is Carried.FAILED)
