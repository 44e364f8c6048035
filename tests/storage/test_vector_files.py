"""What the matrix's files and Chroma's copy survive: kills, damage, full disks, forgetting."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings

from tests.storage.test_vectors import clustered
from tools.adapters.vectors import MatrixIndex
from tools.core.errors import Fixable

ROOT = Path(__file__).parent.parent.parent
DIMENSIONS = 16

WRITE_FOR_EVER = """
import sys
import numpy as np
from pathlib import Path
from tools.adapters.vectors import MatrixIndex
index = MatrixIndex(Path(sys.argv[1]), "e5", 64, chroma_from=None)
turn = 0
while True:
    turn += 1
    angles = turn * 0.001 + np.arange(32)
    rows = np.tile(np.stack([np.cos(angles), np.sin(angles)], axis=1), (1, 32))
    index.put(range(1, 33), rows)
    index.drop([turn % 32 + 1])
    print(turn, flush=True)
"""


def make(folder, chroma_from=None, dimensions=DIMENSIONS):
    return MatrixIndex(folder, "e5", dimensions, chroma_from=chroma_from)


@pytest.mark.parametrize("patience", [0.02, 0.11, 0.3])
def test_a_kill_leaves_whole_rows_only(tmp_path, patience):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    time.sleep(patience)
    process.send_signal(signal.SIGKILL)
    turns = [1, *(int(line) for line in process.stdout.read().split("\n")[:-1])]
    process.stdout.close()
    process.wait()
    index = make(tmp_path, dimensions=64)
    keys = index.keys()
    assert len(set(keys)) == len(keys) >= 31
    rows = index.vectors(keys).reshape(len(keys), 32, 2) * np.sqrt(32)
    assert np.ptp(rows, axis=1).max() < 1e-5
    shown = np.mod(np.arctan2(rows[:, 0, 1], rows[:, 0, 0]) - np.array(keys) + 1, 2 * np.pi)
    assert np.round(shown / 0.001).min() >= turns[-1]
    free = index._matrix.slot_keys < 0
    assert not index._matrix.rows[free].any()
    index.put(range(1, 33), clustered(32, dimensions=64))
    assert index.keys() == list(range(1, 33))
    index.close()


def test_everything_is_there_when_it_opens_again(tmp_path):
    rows = clustered(3_000)
    index = make(tmp_path)
    index.put(range(3_000), rows)
    index.put([5], rows[:1])
    index.drop([8])
    index.close()
    index = make(tmp_path)
    assert index.keys() == [key for key in range(3_000) if key != 8]
    assert np.array_equal(index.vectors([5]), index.vectors([0]))
    index.close()


def test_dropped_numbers_are_overwritten(tmp_path):
    secret = clustered(1, seed=9)
    index = make(tmp_path, chroma_from=1)
    index.put(range(50), clustered(50))
    index.put([50], secret)
    assert index.settle(60)
    stored = np.asarray(index.vectors([50])).tobytes()
    assert any(stored in path.read_bytes() for path in _files(tmp_path))
    index.drop([50])
    assert not any(stored in path.read_bytes() for path in _files(tmp_path))
    index.close()


def test_replaced_numbers_are_overwritten(tmp_path):
    index = make(tmp_path)
    index.put([1], clustered(1, seed=9))
    stored = np.asarray(index.vectors([1])).tobytes()
    index.put([1], clustered(1, seed=10))
    assert not any(stored in path.read_bytes() for path in _files(tmp_path))
    index.close()


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_space_of_another_dimension_says_what_to_do(tmp_path):
    make(tmp_path).close()
    with pytest.raises(Fixable, match="dalm reindex"):
        make(tmp_path, dimensions=8)


def test_damaged_rows_are_forgotten_and_the_others_kept(tmp_path):
    index = make(tmp_path)
    index.put(range(100), clustered(100))
    kept = index.vectors([50])
    index.close()
    (file,) = tmp_path.rglob("rows.f32")
    with file.open("r+b") as opened:
        opened.write(b"\xff" * 4)  # not a number
        opened.seek(7 * DIMENSIONS * 4)
        opened.write(np.full(DIMENSIONS, 3.0, dtype=np.float32).tobytes())
    index = make(tmp_path)
    assert index.keys() == [key for key in range(100) if key not in {0, 7}]
    assert np.array_equal(index.vectors([50]), kept)
    index.put([0, 7], clustered(2, seed=5))
    index.close()
    index = make(tmp_path)
    assert index.keys() == list(range(100))
    index.close()


def test_slots_that_name_impossible_keys_are_free(tmp_path):
    index = make(tmp_path)
    index.put(range(10), clustered(10))
    index.close()
    (file,) = tmp_path.rglob("slots.i64")
    with file.open("r+b") as opened:
        opened.write(np.array([1 << 60, 1, 3, 1 << 60, -7, 4], dtype=np.int64).tobytes())
    index = make(tmp_path)
    assert index.keys() == list(range(3, 10))
    index.close()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]"])
def test_a_space_without_a_readable_header_begins_anew(tmp_path, content):
    index = make(tmp_path)
    index.put(range(10), clustered(10))
    index.close()
    (header,) = tmp_path.rglob("header.json")
    header.write_bytes(content)
    index = make(tmp_path)
    assert index.keys() == []
    index.put([1], clustered(1))
    index.close()
    index = make(tmp_path)
    assert index.keys() == [1]
    index.close()


def test_spaces_do_not_meet(tmp_path):
    first = MatrixIndex(tmp_path, "a/../model@2", 2, chroma_from=None)
    second = MatrixIndex(tmp_path, "model@2", 2, chroma_from=None)
    first.put([1], np.eye(2)[:1])
    assert second.keys() == []
    assert {path.parent.parent for path in _files(tmp_path)} == {tmp_path}
    first.close()
    second.close()


def test_a_vector_that_is_not_a_number_is_a_bug(tmp_path):
    index = make(tmp_path)
    with pytest.raises(ValueError, match="finite"):
        index.put([1], np.full((1, DIMENSIONS), np.nan))
    with pytest.raises(ValueError, match="negative"):
        index.put([-1], clustered(1))
    assert index.keys() == []
    index.close()


def test_a_full_disk_says_so_and_keeps_what_there_was(tmp_path):
    if not shutil.which("unshare") or _on_a_small_disk(tmp_path, "True").returncode:
        pytest.skip("this machine lets nobody mount a small disk in a namespace of their own")
    done = _on_a_small_disk(
        tmp_path,
        "import pathlib, sys, numpy as np; from tools.adapters.vectors import MatrixIndex\n"
        "from tools.core.errors import Fixable; folder = pathlib.Path(sys.argv[1])\n"
        "index = MatrixIndex(folder, 'e5', 512, None)\n"
        "index.put(range(500), np.ones((500, 512)))\n"
        "try:\n"
        "    index.put(range(100, 4000), np.ones((3900, 512)) * -1)\n"
        "except Fixable as error:\n"
        "    print(error, len(index.keys()), index.vectors([100])[0][0] > 0)\n"
        "index.close(); index = MatrixIndex(folder, 'e5', 512, None)\n"
        "print(len(index.keys()), (np.asarray(index.vectors(range(500))) > 0).all())\n"
        "index.put([500], np.ones((1, 512))); print(len(index.keys()))",
    )
    told = "The disk is full: free some space and do it again."
    assert done.stdout == f"{told} 500 True\n500 True\n501\n", done.stderr


def _on_a_small_disk(folder, program):
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    mount = 'mount -t tmpfs -o size=4m none "$1" && exec "$2" -c "$3" "$1"'
    words = ["unshare", "-rm", "sh", "-c", mount, "sh", str(disk), sys.executable, program]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def large(tmp_path):
    """Give an index above its threshold with Chroma in step, and its rows."""
    rows = clustered(2_500)
    index = make(tmp_path, chroma_from=1_000)
    index.put(range(2_500), rows)
    assert index.settle(60)
    yield index, rows
    index.close()


def agreement(index, rows, asked=range(0, 2_500, 50)):
    """Measure recall@10 of unfiltered questions against a scan."""
    hits = 0
    for row in asked:
        exact = set(np.argsort(-(rows @ rows[row]))[:10].tolist())
        hits += len(exact & {near.key for near in index.nearest(rows[row], 10)})
    return hits / 10 / len(asked)


def test_chroma_is_really_asked_and_right(large, monkeypatch):
    index, rows = large
    asked = []
    ask = index._mirror.nearest
    monkeypatch.setattr(index._mirror, "nearest", lambda *a: asked.append(ask(*a)) or asked[-1])
    assert agreement(index, rows) >= 0.98
    assert len(asked) == 50
    assert all(keys is not None and len(keys) == 10 for keys in asked)


def test_what_chroma_has_not_seen_is_found_too(large):
    index, rows = large
    index.put([2_500], rows[:1] * -1)
    assert index._mirror.synced < index._matrix._sequence
    assert index.nearest(-rows[0], 1)[0].key == 2_500


def test_a_copy_that_is_in_step_is_not_built_again(large, tmp_path):
    index, rows = large
    index.close()
    before = _chroma_folders(tmp_path)
    again = make(tmp_path, chroma_from=1_000)
    again.put([2_500], rows[:1])
    assert again.settle(60)
    assert _chroma_folders(tmp_path) == before
    assert again._mirror._collection.count() == 2_501
    again.close()


@pytest.mark.parametrize("harm", ["garbage", "removed", "fewer", "more", "no state"])
def test_a_damaged_copy_is_built_anew(large, tmp_path, harm):
    index, rows = large
    index.close()
    folder = next((tmp_path / "e5").glob("chroma-*"))
    if harm == "garbage":
        (folder / "chroma.sqlite3").write_bytes(b"not a database" * 999)
    elif harm == "removed":
        shutil.rmtree(folder)
    elif harm == "no state":
        (tmp_path / "e5" / "mirror.json").write_text("{")
    else:
        _change_count(folder, rows, more=harm == "more")
    again = make(tmp_path, chroma_from=1_000)
    assert again.nearest(rows[3], 1)[0].key == 3
    assert again.settle(60)
    assert _chroma_folders(tmp_path) != {folder.name}
    assert again._mirror._collection.count() == 2_500
    assert agreement(again, rows) >= 0.98
    again.close()


def _chroma_folders(folder):
    return {path.name for path in (folder / "e5").glob("chroma-*")}


def _change_count(folder, rows, *, more):
    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.get_collection("rows", embedding_function=None)
    if more:
        collection.add(ids=["7000"], embeddings=rows[:1])
    else:
        collection.delete(ids=["5"])
    client.close()


def test_an_answer_does_not_fail_with_chroma(large):
    index, rows = large

    class Broken:
        def query(self, **_words):
            raise RuntimeError("the copy broke")

    index._mirror._collection = Broken()
    assert index.nearest(rows[3], 1)[0].key == 3
    assert index.settle(60)
    assert index._mirror._failures == 1
    assert index.nearest(rows[3], 1)[0].key == 3


def test_a_forgotten_key_is_not_in_the_next_copy(large, tmp_path):
    index, rows = large
    index.drop([3])
    assert not _chroma_folders(tmp_path)
    assert index.nearest(rows[3], 1)[0].key != 3
    assert index.settle(60)
    state = json.loads((tmp_path / "e5" / "mirror.json").read_text())
    assert _chroma_folders(tmp_path) == {state["folder"]}
    assert index._mirror._collection.count() == 2_499


def test_a_small_library_never_loads_chroma(tmp_path):
    program = (
        "import sys, numpy as np; from pathlib import Path\n"
        "from tools.adapters.vectors import MatrixIndex\n"
        "index = MatrixIndex(Path(sys.argv[1]), 'e5', 8)\n"
        "index.put(range(100), np.random.default_rng(0).normal(size=(100, 8)))\n"
        "index.nearest(np.ones(8), 5); index.settle(); print('chromadb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
