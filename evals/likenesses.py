"""Learns the named drawings that pictures are compared with: `make likenesses ROOT=FOLDER`.

FOLDER holds unpacked Debian packages (see evals.pictures.drawings). What is the same drawing as
one of the pictures that search is measured on is left out, or they would be found by their names.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from agent.bootstrap import keep_likenesses
from agent.settings import load_settings
from evals.bench.retrieval import found_sets
from evals.pictures.drawings import drawings


def main(arguments: Sequence[str]) -> int:
    """Learn from packages below a root; gives the exit code."""
    parser = argparse.ArgumentParser("make likenesses", description=__doc__)
    parser.add_argument("root", type=Path, help="where the packages are unpacked")
    root: Path = parser.parse_args(arguments).root
    with tempfile.TemporaryDirectory() as folder:
        kept = keep_likenesses(load_settings(), drawings(root), _measured(root, Path(folder)))
    sys.stderr.write(f"{kept} drawings are kept. Embed their names with `make vectors`.\n")
    return 0 if kept else 1


def _measured(root: Path, unpacked: Path) -> Iterator[Image.Image]:
    for pictures in found_sets(root, unpacked):
        for one in pictures.pictures:
            with suppress(UnidentifiedImageError), Image.open(one.path) as image:
                yield image.convert("RGBA")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
