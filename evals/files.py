"""Finds the files that cases name: samples, and hostile files that are made when needed."""

from pathlib import Path

from agent.bootstrap import SAMPLES


def find(name: str, folder: Path) -> Path:
    """Give the file of that name; a hostile one is made below the folder.

    Raises KeyError or ValueError, whichever the maker of hostile files raises, for no such name.
    """
    for path in SAMPLES.rglob(name):
        return path
    from evals.hostile import make  # noqa: PLC0415 - most cases need none

    folder.mkdir(parents=True, exist_ok=True)
    return make(name, folder)
