"""Files that belong together by where they lie and what they are called: RAW, JPEG and sidecar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tools.core.ingest.outcomes import FileStatus
from tools.core.ingest.walk import Found

RAW = frozenset(
    {"3fr", "arw", "cr2", "cr3", "dng", "erf", "iiq", "kdc", "mef", "mos", "mrw", "nef", "nrw"}
    | {"orf", "pef", "raf", "raw", "rw2", "sr2", "srw", "x3f"}
)
PICTURE = frozenset({"jpg", "jpeg", "jpe", "heic", "heif", "hif"})
SIDECAR = "xmp"
# The moving part of a Live Photo; whether it is one shows only when both are looked into.
MOTION = "mov"
ALONE = "It waits for the file that it describes: take both in together, or their folder."


@dataclass(frozen=True, slots=True)
class Together:
    """A file to take in, and the files that belong to it."""

    found: Found
    companions: tuple[Path, ...] = ()


def role_of(path: Path) -> str:
    """Tell what a file is to others of its name: raw, picture, sidecar, motion, or ""."""
    ending = path.suffix.lower().lstrip(".")
    if ending == SIDECAR:
        return "sidecar"
    if ending == MOTION:
        return "motion"
    return "raw" if ending in RAW else "picture" if ending in PICTURE else ""


def grouped(found: Iterable[Found]) -> Iterator[Together]:
    """Join what belongs together, in the order in which it was found.

    A picture leads: it is what people see, publish and send; its RAW, its sidecar and a clip that
    may be its moving part follow it. A RAW leads its sidecar. A sidecar is called as its file or as
    its file's stem, whatever the case.
    """
    every = list(found)
    leaders = _leaders(every)
    following: dict[Path, list[Path]] = {}
    alone: set[Path] = set()
    for one in every:
        leader = _leader(one, leaders)
        if leader and leader != one.path:
            following.setdefault(leader, []).append(one.path)
        elif one.status is None and role_of(one.path) == "sidecar":
            alone.add(one.path)
    led = {path for paths in following.values() for path in paths}
    for one in every:
        if one.path in alone:
            yield Together(replace(one, status=FileStatus.SKIPPED, reason=ALONE))
        elif one.path not in led:
            yield Together(one, tuple(following.get(one.path, ())))


def _leaders(every: Iterable[Found]) -> dict[tuple[Path, str], Path]:
    """Give which file leads each name, with its ending and without."""
    leaders: dict[tuple[Path, str], Path] = {}
    takeable = [one.path for one in every if one.status is None and role_of(one.path) != "sidecar"]
    order = {"picture": 0, "raw": 1, "motion": 2, "": 2}
    for path in sorted(takeable, key=lambda path: order[role_of(path)]):
        leaders.setdefault((path.parent, path.stem.casefold()), path)
    for path in takeable:
        stem = leaders[path.parent, path.stem.casefold()]
        joined = role_of(path) in {"picture", "raw"} and role_of(stem)
        leaders[path.parent, path.name.casefold()] = stem if joined else path
    return leaders


def _stem(path: Path) -> tuple[Path, str]:
    return path.parent, path.stem.casefold()


def _leader(one: Found, leaders: dict[tuple[Path, str], Path]) -> Path | None:
    path, role = one.path, role_of(one.path)
    if one.status is not None or not role:
        return None
    leader = leaders.get((path.parent, path.stem.casefold()))
    if role == "sidecar":
        # What is called as the clip beside a picture describes the clip alone.
        own = leader is None or role_of(leader) != "motion" or leader == leaders[_stem(leader)]
        return leader if own else None
    # Two pictures or two RAW files of one name, as a DNG and what it was made of, stay apart.
    follows = role in {"raw", "motion"} and leader is not None and role_of(leader) == "picture"
    return leader if follows else path
