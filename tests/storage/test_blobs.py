"""One contract for blobs in a folder, in a bucket and in memory; then a folder's own dangers."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.fakes.blobs import FakeBlobs
from tests.storage.s3_server import s3_server
from tools.adapters.blobs import ObjectBlobs
from tools.core.errors import Fixable

ROOT = Path(__file__).parent.parent.parent
LARGE = 9 * 1024 * 1024


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(params=["fake", "folder", "bucket"])
def blobs(request, tmp_path):
    if request.param == "fake":
        yield FakeBlobs()
    elif request.param == "folder":
        yield ObjectBlobs(tmp_path / "blobs")
    else:
        with s3_server() as server:
            yield ObjectBlobs("s3://assets/library", server.options())


def test_what_is_put_is_read_again(blobs):
    key = blobs.put(b"a photo")
    sha256 = sha256_of(b"a photo")
    assert key == f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert blobs.read(key) == b"a photo"
    assert blobs.exists(key)
    assert blobs.put(b"") != key


def test_the_same_bytes_again_are_harmless(blobs):
    assert blobs.put(b"twice") == blobs.put(b"twice")
    assert blobs.read(blobs.put(b"twice")) == b"twice"


@pytest.mark.parametrize("size", [0, 10, LARGE])
def test_a_file_is_stored_whole(blobs, tmp_path, size):
    content = os.urandom(size)
    source = tmp_path / "source"
    source.write_bytes(content)
    key = blobs.put_file(source, sha256_of(content))
    assert key == blobs.put_file(source, sha256_of(content))
    assert blobs.read(key) == content


@pytest.mark.parametrize("size", [10, LARGE])
def test_a_file_that_changed_meanwhile_is_not_stored(blobs, tmp_path, size):
    source = tmp_path / "source"
    source.write_bytes(b"x" * size)
    sha256 = sha256_of(b"what it was before")
    with pytest.raises(Fixable, match="changed"):
        blobs.put_file(source, sha256)
    assert not blobs.exists(f"{sha256[:2]}/{sha256[2:4]}/{sha256}")


def test_a_missing_source_says_what_to_do(blobs, tmp_path):
    with pytest.raises(Fixable, match="gone: ingest it again"):
        blobs.put_file(tmp_path / "nothing", sha256_of(b""))


def test_a_blob_is_lent_as_a_file(blobs):
    key = blobs.put(b"lend me")
    with blobs.local(key) as path:
        assert path.read_bytes() == b"lend me"


def test_a_removed_blob_is_gone_and_removing_again_is_harmless(blobs):
    key = blobs.put(b"short life")
    blobs.delete(key)
    blobs.delete(key)
    assert not blobs.exists(key)
    with pytest.raises(Fixable, match="gone"):
        blobs.read(key)
    with pytest.raises(Fixable, match="gone"), blobs.local(key):
        pass


def test_eight_threads_store_the_same_bytes_at_once(blobs):
    content, keys = os.urandom(100_000), []
    threads = [threading.Thread(target=lambda: keys.append(blobs.put(content))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert blobs.read(keys[0]) == content


@pytest.mark.parametrize("key", ["../../etc/passwd", "ab/cd/../x", "", "/etc/passwd", "ab/cd/EF"])
def test_only_keys_of_blobs_are_keys(tmp_path, key):
    blobs = ObjectBlobs(tmp_path / "blobs")
    for use in (blobs.read, blobs.exists, blobs.delete):
        with pytest.raises(Fixable, match="not the key"):
            use(key)


def test_a_damaged_blob_is_mended_by_storing_it_again(tmp_path):
    blobs = ObjectBlobs(tmp_path / "blobs")
    key = blobs.put(b"whole content")
    (tmp_path / "blobs" / key).write_bytes(b"half")
    blobs.put(b"whole content")
    assert blobs.read(key) == b"whole content"


def test_a_large_file_is_not_loaded_into_memory(tmp_path):
    source = tmp_path / "film"
    with source.open("wb") as file:
        file.truncate(400_000_000)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from tools.adapters.blobs import ObjectBlobs\n"
        "blobs = ObjectBlobs(Path(sys.argv[1])); before = resource.getrusage(0).ru_maxrss\n"
        "blobs.put_file(Path(sys.argv[2]), sys.argv[3])\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    with source.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "blobs"), str(source), sha256],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 150  # MiB


def test_a_killed_write_leaves_no_blob_and_is_swept(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from tools.adapters import blobs\n"
        "def slowly(path):\n"
        "    yield b'x' * 6_000_000\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
        "blobs._pieces = slowly\n"
        "blobs.ObjectBlobs(Path(sys.argv[1])).put_file(Path(sys.argv[2]), 'a' * 64)"
    )
    source = tmp_path / "source"
    source.write_bytes(b"x")
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "blobs"), str(source)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert all(path.parent.name == ".incoming" for path in files)
    ObjectBlobs(tmp_path / "blobs")
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]


def test_a_full_disk_says_so_and_leaves_nothing(tmp_path):
    if not shutil.which("unshare") or _in_a_small_disk(tmp_path, "True").returncode:
        pytest.skip("this machine lets nobody mount a small disk in a namespace of their own")
    done = _in_a_small_disk(
        tmp_path,
        "from tools.adapters.blobs import ObjectBlobs; from tools.core.errors import Fixable\n"
        "import pathlib, sys; disk = pathlib.Path(sys.argv[1])\n"
        "blobs = ObjectBlobs(disk / 'blobs')\n"
        "try:\n"
        "    blobs.put(b'x' * 9_000_000)\n"
        "except Fixable as error:\n"
        "    print(error, len([p for p in disk.rglob('*') if p.is_file()]))",
    )
    assert done.stdout == "The disk is full: free some space and do it again. 0\n", done.stderr


def _in_a_small_disk(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    mount = 'mount -t tmpfs -o size=4m none "$1" && exec "$2" -c "$3" "$1"'
    words = ["unshare", "-rm", "sh", "-c", mount, "sh", str(disk), sys.executable, program]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_store_that_cannot_be_reached_says_so_in_one_line(tmp_path):
    options = {"endpoint": "http://127.0.0.1:9", "region": "x", "access_key_id": "a"}
    options |= {"secret_access_key": "b"}
    with pytest.raises(Fixable, match="not at"):
        ObjectBlobs("ftp://somewhere")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Fixable, match="check its folder"):
        ObjectBlobs(tmp_path / "file" / "blobs")
    blobs = ObjectBlobs("s3://bucket", options, patience=0.5)
    started = time.monotonic()
    with pytest.raises(Fixable, match="check its folder or its server"):
        blobs.put(b"x")
    assert time.monotonic() - started < 20
